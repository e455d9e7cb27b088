"""Pictures from outside: hostile bytes are refused with a cure, good ones come out upright and bare."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from saisaat.domain.errors import Invalid
from saisaat.posters import pictures
from saisaat.posters.pictures import LARGEST_FILE, LONGEST_SIDE, clean_picture, sniff

SIZE = (640, 520)


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def halves(mode: str = "RGB", size: tuple[int, int] = SIZE) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, (200, 20, 20))
    picture.paste((20, 20, 200), (size[0] // 2, 0, *size))
    return picture.convert(mode)


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", SIZE, colour) for colour in ("red", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


BOMB = png_header(100_000, 100_000) + chunk(b"IDAT", zlib.compress(b"\0" * 3_000_000)) + chunk(b"IEND", b"")
LYING = png_header(7_000, 7_000) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
TEXT_BOMB = (
    png_header(*SIZE) + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)) + chunk(b"IEND", b"")
)
JPEG = encoded(halves())

HOSTILE = {
    "empty": (b"", "ไม่ใช่ภาพ"),
    "text": (b"hello", "ไม่ใช่ภาพ"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "ไม่ใช่ภาพ"),
    "html": (b"<!doctype html><script>alert(1)</script>", "ไม่ใช่ภาพ"),
    "php": (b"<?php system($_GET['x']); ?>", "ไม่ใช่ภาพ"),
    "gif": (encoded(halves("P"), "GIF"), "ไม่ใช่ภาพ"),
    "gif and script": (b"GIF89a/*" + b"x" * 20 + b"*/=1;alert(1)", "ไม่ใช่ภาพ"),
    "tiff": (encoded(halves(), "TIFF"), "ไม่ใช่ภาพ"),
    "bmp": (encoded(halves(), "BMP"), "ไม่ใช่ภาพ"),
    "pdf": (encoded(halves(), "PDF"), "ไม่ใช่ภาพ"),
    "zip": (b"PK\x03\x04" + b"\0" * 40, "ไม่ใช่ภาพ"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100, "HEIC"),
    "jpeg start and html": (b"\xff\xd8\xff" + b"<html><script>alert(1)</script>", "ซ่อนมา"),
    "jpeg and php behind": (JPEG + b"<?php system('id'); ?>", "ซ่อนมา"),
    "jpeg and zip behind": (JPEG + b"PK\x03\x04" + b"\0" * 26 + b"PK\x05\x06" + b"\0" * 18, "ซ่อนมา"),
    "jpeg and pdf behind": (JPEG + b"%PDF-1.7\n", "ซ่อนมา"),
    "png with a script in its comment": (
        encoded(halves(), "PNG", pnginfo=(lambda i: (i.add_text("c", "<ScRipt>x"), i)[1])(PngImagePlugin.PngInfo())),
        "ซ่อนมา",
    ),
    "truncated jpeg": (JPEG[: len(JPEG) // 2], "ขาดหรือเสีย"),
    "truncated png": (encoded(halves(), "PNG")[:300], "ขาดหรือเสีย"),
    "truncated webp": (encoded(halves(), "WEBP")[:80], "ขาดหรือเสีย"),
    "only a start": (b"\xff\xd8\xff\xe0", "ขาดหรือเสีย"),
    "png called jpeg inside": (b"\xff\xd8\xff" + encoded(halves(), "PNG"), "ขาดหรือเสีย"),
    "bomb": (BOMB, "ล้านจุด"),
    "huge width": (png_header(60_000, 1000) + chunk(b"IEND", b""), "ล้านจุด"),
    "says more than it holds": (LYING, "ขาดหรือเสีย"),
    "text bomb": (TEXT_BOMB, "ขาดหรือเสีย"),
    "moving png": (moving("PNG"), "เคลื่อนไหว"),
    "moving webp": (moving("WEBP"), "เคลื่อนไหว"),
    "tiny": (encoded(halves(size=(100, 900))), "เล็กเกินไป"),
    "heavy": (b"\xff\xd8\xff" + b"\0" * LARGEST_FILE, "MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_refused_with_a_cure(name: str) -> None:
    data, said = HOSTILE[name]
    with pytest.raises(Invalid, match=said) as refused:
        clean_picture(data)
    assert "โปรด" in refused.value.message


GOOD = {
    "jpeg": encoded(halves()),
    "progressive": encoded(halves(), progressive=True),
    "grey": encoded(halves("L")),
    "cmyk": encoded(halves("CMYK")),
    "png": encoded(halves(), "PNG"),
    "see-through": encoded(halves("RGBA"), "PNG"),
    "palette": encoded(halves().quantize(16), "PNG"),
    "one bit": encoded(halves("1"), "PNG"),
    "webp": encoded(halves(), "WEBP"),
    "see-through webp": encoded(halves("RGBA"), "WEBP"),
    "wide gamut": encoded(halves(), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
    "broken profile": encoded(halves(), icc_profile=b"no profile at all"),
    "film of a telephone behind it": JPEG + b"\0\0\0\x18ftypmp42" + b"\0" * 2000,
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_picture_comes_out_as_a_plain_jpeg(name: str) -> None:
    clean = opened(clean_picture(GOOD[name]))
    assert (clean.format, clean.mode, clean.size) == ("JPEG", "RGB", SIZE)
    assert set(clean.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not clean.getexif()


@pytest.mark.parametrize("name", ["cmyk", "png", "see-through", "palette", "webp", "wide gamut", "broken profile"])
def test_its_colours_stay(name: str) -> None:
    clean = opened(clean_picture(GOOD[name]))
    for x, wanted in ((100, (200, 20, 20)), (540, (20, 20, 200))):
        found = clean.getpixel((x, 260))
        assert isinstance(found, tuple)
        assert all(abs(a - b) < 30 for a, b in zip(found, wanted, strict=True))


def test_sixteen_bits_are_scaled_and_not_clipped() -> None:
    deep = Image.new("I;16", SIZE, 30_000)
    grey = opened(clean_picture(encoded(deep, "PNG"))).getpixel((10, 10))
    assert isinstance(grey, tuple) and abs(grey[0] - 30_000 / 256) < 3


def test_it_stands_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825)[2] = (15.0, 42.0, 0.0)
    data = encoded(halves(), exif=exif, comment=b"somebody's words")
    assert b"Telephone" in data and b"somebody" in data
    out = clean_picture(data)
    assert opened(out).size == (SIZE[1], SIZE[0])
    red = opened(out).getpixel((260, 100))
    assert isinstance(red, tuple) and red[0] > 150 > red[2]
    assert b"Telephone" not in out and b"somebody" not in out and b"Exif" not in out


def test_what_a_telephone_hangs_behind_a_picture_is_left_out() -> None:
    assert b"ftyp" not in clean_picture(GOOD["film of a telephone behind it"])


def test_a_large_picture_is_made_smaller() -> None:
    data = encoded(Image.new("RGB", (7000, 5000), "teal"))
    assert max(opened(clean_picture(data)).size) == LONGEST_SIDE


def test_see_through_becomes_white() -> None:
    data = encoded(Image.new("RGBA", SIZE, (255, 0, 0, 0)), "PNG")
    assert opened(clean_picture(data)).getpixel((5, 5)) == (255, 255, 255)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]))
def test_bytes_are_named_or_refused_and_nothing_else(data: bytes, start: bytes) -> None:
    try:
        assert sniff(start + data) in {"JPEG", "PNG", "WEBP"}
    except Invalid as refused:
        assert "ไม่" in refused.message


def test_a_decoder_that_runs_away_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_SECONDS", -10)
    with pytest.raises(Invalid, match="ขาดหรือเสีย"):
        clean_picture(JPEG)
