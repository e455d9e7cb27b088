import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from saisaat.posters.days import DAYS
from saisaat.posters.make import JPEG_LIMIT, Poster, make_poster, template_data
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import STYLES, Style
from saisaat.typesetting import Job, RenderPool, RenderRefused
from tests.posters.bank import ITEMS, bank_spec, body_for
from tools.poster_sheet import poster_of, sample_picture

# The longest headline, the shortest and the longest body, one to four parts, Latin words.
SAMPLE = ["KB021", "KB034", "KB056", "KB001", "KB063", "KB069"]


def check(spec: PosterSpec, poster: Poster) -> None:
    style = STYLES[spec.style]
    picture = Image.open(io.BytesIO(poster.jpeg))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (style.width, style.height))
    assert len(poster.jpeg) < JPEG_LIMIT
    preview = Image.open(io.BytesIO(poster.preview))
    assert preview.format == "JPEG" and preview.width <= 480 and preview.height <= 600
    (code,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert code.text == spec.qr_url
    corners = [(point.x, point.y) for point in (code.position.top_left, code.position.top_right)]
    assert corners[1][0] - corners[0][0] >= 0.09 * style.width
    assert (poster.alt, poster.text) == (spec.alt_text(), spec.text_version())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("item_id", SAMPLE)
def test_bank_items_fit(pool: RenderPool, style: str, item_id: str) -> None:
    spec = bank_spec(item_id, style)
    check(spec, poster_of(spec, pool))


@pytest.mark.exhaustive
@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_every_bank_item_fits(pool: RenderPool, style: Style) -> None:
    """The layout is the same at any resolution, so a coarse picture does."""
    specs = [bank_spec(item_id, style.name, seed=number) for number, item_id in enumerate(ITEMS)]
    picture = sample_picture() if style.needs else b""
    jobs = [Job(style.template, template_data(spec, picture), fonts=style.fonts, ppi=9) for spec in specs]
    with ThreadPoolExecutor(2) as threads:
        overflowing = [
            (spec.headline, rendered.overflow)
            for spec, rendered in zip(specs, threads.map(pool.render, jobs), strict=True)
            if rendered.overflow
        ]
    assert overflowing == []


@pytest.mark.parametrize("style", STYLES)
def test_the_least_a_poster_can_say(pool: RenderPool, style: str) -> None:
    body = "ทำได้:\nถาม\nทำไม่ได้:\nเดา" if STYLES[style].kind == "comparison" else ""
    spec = bank_spec("KB057", style, headline="สุจริต", body=body, topic="", citation="", campaign="", credit="")
    check(spec, poster_of(spec, pool))


LONG = {
    "office": "กลุ่มงานประสานและสนับสนุนการบริหารงาน สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
    "campaign": "โครงการเผยแพร่ความรู้คุณธรรม จริยธรรม ผ่านกลุ่มไลน์ (LINE ใสสะอาด) ปี 2563",
    "topic": "การส่งเสริมคุณธรรมและความโปร่งใส",
    "headline": "ห้ามยอมให้ใครอาศัยชื่อหรือตำแหน่งของเราไปหาประโยชน์ด้วย ทั้งทางตรงและทางอ้อม เพราะกระทบความเชื่อถือของทั้งหน่วยงาน",
    "body": f"{ITEMS['KB063']['body']} {ITEMS['KB064']['body']}"[:300],
    "citation": f"ที่มา: {ITEMS['KB059']['law']} และ{ITEMS['KB069']['law']}"[:200],
    "credit": "ภาพโดยกลุ่มงานส่งเสริมการพัฒนาชุมชน สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
    "greeting": "สวัสดีเช้าวันพฤหัสบดี\nขอให้เป็นวันที่ใจใส งานสะอาด และโปร่งใสทุกขั้นตอน",
}
LONG_SIDES = (
    "ทำได้:\nอวยพรด้วยการ์ดหรือ LINE แทนการให้ของขวัญ\nรับของจากญาติตามประเพณีและตามฐานะ\n"
    "รับจากผู้อื่นไม่เกิน 3,000 บาทต่อคนต่อโอกาส\nรายงานภายใน 30 วันเมื่อจำเป็นต้องรับไว้\n"
    "ทำไม่ได้:\nรับเงินหรือของเพราะตำแหน่งหน้าที่\nแบ่งรับหลายครั้งเพื่อให้ดูไม่เกิน\n"
    "ให้คู่สมรสหรือคนในครอบครัวรับแทน"
)


def longest(style: str) -> PosterSpec:
    body = LONG_SIDES if STYLES[style].kind == "comparison" else LONG["body"]
    return bank_spec("KB057", style, **LONG | {"body": body})


@pytest.mark.parametrize("style", STYLES)
def test_the_most_a_poster_can_say(pool: RenderPool, style: str) -> None:
    spec = longest(style)
    check(spec, poster_of(spec, pool))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", [-5, 10**12])
def test_any_seed_will_do(pool: RenderPool, style: str, seed: int) -> None:
    poster_of(bank_spec("KB057", style, seed=seed), pool)


@pytest.mark.parametrize("style", STYLES)
def test_equal_specs_give_equal_pictures_and_other_words_others(pool: RenderPool, style: str) -> None:
    first, second = (poster_of(bank_spec("KB075", style, seed=3), pool) for _ in range(2))
    assert first == second
    assert first.jpeg != poster_of(bank_spec("KB075", style, seed=3, headline="คนกลาง"), pool).jpeg


@pytest.mark.parametrize("style", STYLES)
def test_a_day_and_an_office_have_colours_of_their_own(pool: RenderPool, style: str) -> None:
    plain = bank_spec("KB075", style, day="", seed=1)
    others = [
        replace(plain, day="monday"),
        replace(plain, day="friday"),
        replace(plain, colours=("#0055A4", "#FFD700")),
    ]
    posters = [poster_of(spec, pool) for spec in (plain, *others)]
    for spec, poster in zip(others, posters[1:], strict=True):
        check(spec, poster)
    assert len({poster.preview for poster in posters}) == 4
    # The day comes before the office.
    assert (
        template_data(replace(others[2], day="monday"), sample_picture())["_palette"]
        == DAYS["monday"].palette.as_data()
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("headline", "ทุจริต" * 21),
        ("headline", "ก" * 200_000),
        ("body", "ข" * 301),
        ("body", "ซื่อสัตย์😀สุจริต"),
        ("body", "ทนายความ中文"),
        ("headline", "  "),
        ("office", "ส" * 81),
        ("body", "W" * 299),
        ("headline", "M" * 119),
    ],
)
def test_what_does_not_fit_is_refused_in_thai_by_name(pool: RenderPool, style: str, field: str, text: str) -> None:
    written = body_for(style, text) if field == "body" else text
    with pytest.raises(RenderRefused) as refused:
        poster_of(bank_spec("KB057", style, **{field: written}), pool)
    assert refused.value.field == field
    assert "โปรด" in refused.value.message


@pytest.mark.parametrize(
    ("style", "field", "text"),
    [
        ("sawatdi", "greeting", "M" * 80),
        ("sawatdi", "greeting", "สวัสดี\n" + "M" * 70),
        ("sawatdi", "greeting", "สวัสดี" * 14),
        ("phap_rao", "credit", "W" * 80),
        ("song_fang", "body", "ทำได้:\n" + "\n".join("กขคง" * 4 for _ in range(3)) + "\nห้าม:\n" + "M" * 60),
        ("song_fang", "body", "ไม่มีสองฝั่ง"),
        ("song_fang", "body", "ทำได้:\nก\nข\nค\nง\nจ\nทำไม่ได้:\nฉ"),
        ("song_fang", "body", "ทำได้:\nทำไม่ได้:\nฉ"),
        ("phap_rao", "picture", ""),
    ],
)
def test_a_style_s_own_fields_are_refused_by_name(pool: RenderPool, style: str, field: str, text: str) -> None:
    with pytest.raises(RenderRefused) as refused:
        make_poster(
            bank_spec("KB057", style, **{field: text}), pool, picture=sample_picture() if field != "picture" else b""
        )
    assert refused.value.field == field
    assert "โปรด" in refused.value.message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("style", "ไม่มี"),
        ("icon", "../../etc/passwd"),
        ("day", "someday"),
        ("colours", ("#123456",)),
        ("colours", ("red", "#123456")),
        ("colours", ("#12345", "#1234567")),
    ],
)
def test_only_what_there_is_can_be_chosen(pool: RenderPool, field: str, value: object) -> None:
    with pytest.raises(RenderRefused, match="โปรดเลือก") as refused:
        make_poster(replace(bank_spec("KB057"), **{field: value}), pool)
    assert refused.value.field == field


def test_only_the_picture_that_is_named_is_drawn(pool: RenderPool) -> None:
    with pytest.raises(ValueError, match="not the one"):
        make_poster(bank_spec("KB057", "phap_rao"), pool, picture=b"another")


@pytest.mark.parametrize("size", [(4000, 300), (300, 4000), (64, 64)])
def test_a_picture_of_any_shape_fills_its_place(pool: RenderPool, size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("RGB", size, "#C02020").save(out, "JPEG", quality=95)
    spec = bank_spec("KB057", "phap_rao", picture=hashlib.sha256(out.getvalue()).hexdigest())
    poster = make_poster(spec, pool, picture=out.getvalue())
    check(spec, poster)
    with Image.open(io.BytesIO(poster.jpeg)) as drawn:
        for corner in ((2, 2), (1077, 2), (2, 400), (1077, 400)):
            red, green, blue = drawn.getpixel(corner)
            assert red > 170 and green < 60 and blue < 60


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd") #panic()',
        '*x* _y_ "z" \\ \\u{41} $a$ @b <c>',
        "กลับ\u202eหลัง\u202c ซ่อน\u200bตัว",
        "ก" + "\u0e49" * 299,
        "</text> </svg> <script>alert(1)</script> &amp;",
    ],
)
@pytest.mark.parametrize("style", ["aurora", "song_fang", "sawatdi", "phap_rao"])
def test_hostile_text_is_set_as_text(pool: RenderPool, style: str, text: str) -> None:
    spec = bank_spec("KB057", style, body=body_for(style, text[:240]), headline=text[:119], office=text[:60])
    if STYLES[style].kind == "greeting":
        spec = replace(spec, greeting=f"สวัสดี\n{text[:60]}")
    spec = replace(spec, credit=text[:40])
    check(spec, poster_of(spec, pool))
