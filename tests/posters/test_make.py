import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from saisaat.posters.make import JPEG_LIMIT, Poster, make_poster, template_data
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import STYLES, Style
from saisaat.typesetting import Job, RenderPool, RenderRefused
from tests.posters.bank import ITEMS, bank_spec

# The longest headline, the shortest and the longest body, one to four parts, Latin words.
SAMPLE = ["KB021", "KB034", "KB056", "KB001", "KB063", "KB069"]


def check(spec: PosterSpec, poster: Poster) -> None:
    style = STYLES[spec.style]
    picture = Image.open(io.BytesIO(poster.jpeg))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (style.width, style.height))
    assert len(poster.jpeg) < JPEG_LIMIT
    preview = Image.open(io.BytesIO(poster.preview))
    assert preview.format == "JPEG" and preview.width <= 240 and preview.height <= 300
    (code,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert code.text == spec.qr_url
    corners = [(point.x, point.y) for point in (code.position.top_left, code.position.top_right)]
    assert corners[1][0] - corners[0][0] >= 0.09 * style.width


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("item_id", SAMPLE)
def test_bank_items_fit(pool: RenderPool, style: str, item_id: str) -> None:
    spec = bank_spec(item_id, style)
    check(spec, make_poster(spec, pool))


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_every_bank_item_fits(pool: RenderPool, style: Style) -> None:
    """The layout is the same at any resolution, so a coarse picture does."""
    specs = [bank_spec(item_id, style.name, seed=number) for number, item_id in enumerate(ITEMS)]
    jobs = [Job(style.template, template_data(spec), fonts=style.fonts, ppi=9) for spec in specs]
    with ThreadPoolExecutor(2) as threads:
        overflowing = [
            (spec.headline, rendered.overflow)
            for spec, rendered in zip(specs, threads.map(pool.render, jobs), strict=True)
            if rendered.overflow
        ]
    assert overflowing == []


@pytest.mark.parametrize("style", STYLES)
def test_the_least_a_poster_can_say(pool: RenderPool, style: str) -> None:
    spec = bank_spec("KB057", style, headline="สุจริต", body="", topic="", citation="", campaign="")
    check(spec, make_poster(spec, pool))


LONG = {
    "office": "กลุ่มงานประสานและสนับสนุนการบริหารงาน สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
    "campaign": "โครงการเผยแพร่ความรู้คุณธรรม จริยธรรม ผ่านกลุ่มไลน์ (LINE ใสสะอาด) ปี 2563",
    "topic": "การส่งเสริมคุณธรรมและความโปร่งใส",
    "headline": "ห้ามยอมให้ใครอาศัยชื่อหรือตำแหน่งของเราไปหาประโยชน์ด้วย ทั้งทางตรงและทางอ้อม เพราะกระทบความเชื่อถือของทั้งหน่วยงาน",
    "body": f"{ITEMS['KB063']['body']} {ITEMS['KB064']['body']}"[:300],
    "citation": f"ที่มา: {ITEMS['KB059']['law']} และ{ITEMS['KB069']['law']}"[:200],
}


@pytest.mark.parametrize("style", STYLES)
def test_the_most_a_poster_can_say(pool: RenderPool, style: str) -> None:
    spec = bank_spec("KB057", style, **LONG)
    check(spec, make_poster(spec, pool))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", [-5, 1, 10**12])
def test_any_seed_will_do(pool: RenderPool, style: str, seed: int) -> None:
    make_poster(bank_spec("KB057", style, seed=seed), pool)


def test_equal_specs_give_equal_pictures_and_seeds_differ(pool: RenderPool) -> None:
    first, second, other = (make_poster(bank_spec("KB075", seed=seed), pool) for seed in (3, 3, 4))
    assert first == second
    assert first.jpeg != other.jpeg


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
    with pytest.raises(RenderRefused) as refused:
        make_poster(bank_spec("KB057", style, **{field: text}), pool)
    assert refused.value.field == field
    assert "โปรด" in refused.value.message


@pytest.mark.parametrize(("field", "text"), [("style", "ไม่มี"), ("icon", "../../etc/passwd")])
def test_only_what_there_is_can_be_chosen(pool: RenderPool, field: str, text: str) -> None:
    with pytest.raises(RenderRefused, match="โปรดเลือก") as refused:
        make_poster(replace(bank_spec("KB057"), **{field: text}), pool)
    assert refused.value.field == field


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
def test_hostile_text_is_set_as_text(pool: RenderPool, text: str) -> None:
    spec = bank_spec("KB057", body=text, headline=text[:119], office=text[:60])
    check(spec, make_poster(spec, pool))
