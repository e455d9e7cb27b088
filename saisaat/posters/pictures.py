"""Pictures from outside: known by their bytes and not by their name, drawn anew, bare of all they carried.

`clean_picture` is all that others need. It decodes in a process of its own, whose memory and time are limited and which
holds no secret, for a picture is a program for a decoder. Run by itself the module is that process.
"""

import io
import os
import resource
import struct
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from saisaat.domain.errors import Invalid

LARGEST_FILE = 20_000_000
LARGEST_PIXELS = 52_000_000
SMALLEST_SIDE = 480
LONGEST_SIDE = 2400

_SECONDS = 20
_MEMORY = 1_200_000_000
_QUALITY = 88
_SOURCE = Path(__file__).parents[2]

_KINDS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_HEIF = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1", b"avif", b"avis"}
# What makes a picture's file a program or another document for somebody who opens it by that name. Long enough not to
# come about by chance in twenty million bytes of compressed light.
_STOWAWAYS = (b"<?php", b"<script", b"<!doctype", b"<iframe", b"javascript:", b"PK\x05\x06", b"%pdf-1")

_TOO_HEAVY = "ไฟล์ใหญ่ %(size)s MB เกิน %(limit)s MB ที่รับได้ จึงยังไม่ได้เก็บ โปรดย่อภาพแล้วส่งใหม่"
_NO_PICTURE = "ไฟล์นี้ไม่ใช่ภาพ JPEG, PNG หรือ WebP แม้ชื่อไฟล์จะบอกว่าใช่ จึงไม่ได้เก็บ โปรดเปิดภาพแล้วบันทึกเป็น JPEG"
_HEIC = (
    "ภาพนี้เป็นแบบ HEIC ของไอโฟน ซึ่งเครื่องนี้เปิดไม่ได้ จึงไม่ได้เก็บ "
    "โปรดตั้งกล้องที่ การตั้งค่า > กล้อง > รูปแบบ > เข้ากันได้มากที่สุด หรือส่งภาพเข้า LINE แล้วบันทึกกลับมาเป็น JPEG"
)
_CARRIES = "ไฟล์ภาพนี้มีข้อมูลอย่างอื่นซ่อนมาด้วย จึงไม่ได้เก็บ โปรดเปิดภาพ จับภาพหน้าจอ แล้วส่งภาพนั้นแทน"
_BROKEN = "เปิดภาพนี้ไม่ได้ ไฟล์อาจขาดหรือเสีย จึงไม่ได้เก็บ โปรดส่งไฟล์ต้นฉบับอีกครั้ง"
_MOVES = "ภาพนี้เคลื่อนไหวได้ แต่โปสเตอร์ใช้ภาพนิ่ง จึงไม่ได้เก็บ โปรดจับภาพหน้าจอของช่วงที่ต้องการแล้วส่งใหม่"
_TOO_WIDE = "ภาพมี %(pixels)s ล้านจุด เกิน %(limit)s ล้านจุดที่รับได้ จึงไม่ได้เก็บ โปรดย่อภาพแล้วส่งใหม่"
_TOO_SMALL = "ภาพเล็กเกินไป ด้านที่สั้นมี %(side)s จุด จึงไม่ได้เก็บ โปรดใช้ภาพที่ด้านสั้นอย่างน้อย %(limit)s จุด"
# What the decoding process says by its exit status.
_IT_BROKE, _IT_MOVES, _IT_IS_WIDE, _IT_IS_SMALL = 1, 2, 3, 4


def clean_picture(data: bytes, *, smallest: int = SMALLEST_SIDE) -> bytes:
    """A JPEG in sRGB of at most `LONGEST_SIDE` pixels, upright, that carries nothing but light.

    Raises `Invalid`, also where the shorter side has fewer than `smallest` pixels.
    """
    if len(data) > LARGEST_FILE:
        raise Invalid(_TOO_HEAVY, size=-(-len(data) // 1_000_000), limit=LARGEST_FILE // 1_000_000)
    kind = sniff(data)
    code, answer = _decoded_apart(data, kind, smallest)
    if code == 0 and answer.startswith(b"\xff\xd8"):
        return answer
    number = answer[:12].decode("ascii", "replace")
    if code == _IT_IS_WIDE:
        raise Invalid(_TOO_WIDE, pixels=number, limit=LARGEST_PIXELS // 1_000_000)
    if code == _IT_IS_SMALL:
        raise Invalid(_TOO_SMALL, side=number, limit=smallest)
    if code == _IT_MOVES:
        raise Invalid(_MOVES)
    raise Invalid(_BROKEN)


def _decoded_apart(data: bytes, kind: str, smallest: int) -> tuple[int, bytes]:
    """The exit status and the answer of the decoding process."""
    command = [sys.executable, "-m", "saisaat.posters.pictures", kind, str(smallest)]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(_SOURCE), "PYTHONUTF8": "1"}
    try:
        told = subprocess.run(
            command, input=data, capture_output=True, timeout=_SECONDS + 10, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        return _IT_BROKE, b""
    return told.returncode, told.stdout


def sniff(data: bytes) -> str:
    """JPEG, PNG or WEBP by the first bytes. Raises `Invalid` for anything else and for what carries a stowaway."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        raise Invalid(_HEIC)
    kind = next((name for start, name in _KINDS.items() if data.startswith(start)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "WEBP"
    if not kind:
        raise Invalid(_NO_PICTURE)
    lowered = data.lower()
    if any(mark.lower() in lowered for mark in _STOWAWAYS):
        raise Invalid(_CARRIES)
    return kind


class _Refused(Exception):
    """`code` is the exit status, `number` what its sentence wants to know."""

    def __init__(self, code: int, number: int = 0) -> None:
        super().__init__(code)
        self.code, self.number = code, number


def drawn_anew(data: bytes, kind: str, smallest: int = SMALLEST_SIDE) -> bytes:
    """The decoding itself; only for a process that may break. Raises `_Refused`, or whatever a decoder raises."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
    with Image.open(io.BytesIO(data), formats=[kind]) as picture:
        width, height = picture.size
        if width * height > LARGEST_PIXELS:
            raise _Refused(_IT_IS_WIDE, -(-width * height // 1_000_000))
        if min(width, height) < smallest:
            raise _Refused(_IT_IS_SMALL, min(width, height))
        if kind != "JPEG" and getattr(picture, "n_frames", 1) > 1:
            raise _Refused(_IT_MOVES)
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        light = _srgb(upright, picture.info.get("icc_profile"))
    light.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A new picture, so that nothing the old one knew about itself comes along.
    plain = Image.new("RGB", light.size, "white")
    plain.paste(light, mask=light.getchannel("A") if light.mode == "RGBA" else None)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB or RGBA in sRGB, whatever depth and colours the picture has."""
    if picture.mode.startswith("I"):  # 16 bits of grey, which Pillow would clip rather than scale
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    alpha = "A" in picture.getbands() or "transparency" in picture.info
    wanted = "RGBA" if alpha else "RGB"
    if picture.mode in {"P", "PA", "LA", "L", "1"}:
        picture = picture.convert(wanted)
    if profile:
        try:
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode=wanted)
            return converted or picture.convert(wanted)
        except (ImageCms.PyCMSError, OSError, struct.error):
            pass  # a profile that does not fit its picture: its colours are read as they stand
    return picture.convert(wanted)


def main(kind: str, smallest: str) -> int:
    """Reads a picture on standard input and writes the clean one; the exit status says what was wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        out.write(drawn_anew(sys.stdin.buffer.read(LARGEST_FILE + 1), kind, int(smallest)))
    except _Refused as refusal:
        out.write(str(refusal.number).encode())
        return refusal.code
    except Exception:  # any decoder, any hostile byte: the answer is the same
        return _IT_BROKE
    finally:
        out.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
