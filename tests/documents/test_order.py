import dataclasses
import io
import re
from collections.abc import Iterator
from datetime import date

import docx
import pytest
from PIL import Image

from saisaat.documents.order import Order, OrderMember, order_docx, order_pdf
from saisaat.typesetting import RenderPool
from tests.documents.reading import pages, pictures, squeezed, text_extent

MEMBERS = (
    OrderMember("ผู้แทนลำดับที่หนึ่ง", "พัฒนาการจังหวัด", "ประธานคณะทำงาน"),
    OrderMember("ผู้แทนลำดับที่สอง", "หัวหน้าฝ่ายอำนวยการ", "คณะทำงาน"),
    OrderMember("ผู้แทนลำดับที่สาม", "นักวิชาการพัฒนาชุมชน", "คณะทำงานและเลขานุการ"),
)
ORDER = Order(
    office="สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
    number="12",
    year=2020,
    title="แต่งตั้งคณะทำงานจัดทำสื่อ",
    preamble="",
    campaign="Application Line ใสสะอาด",
    members=MEMBERS,
    duties=("จัดทำสื่อภาพนิ่ง", "ติดตามการเข้ารับชม"),
    dated=date(2020, 5, 1),
    signer_name="ผู้ลงนามตัวอย่าง",
    signer_position="พัฒนาการจังหวัดตัวอย่าง",
    acting_for="ผู้ว่าราชการจังหวัดตัวอย่าง",
)
WRITTEN = (
    "คำสั่งสำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
    "ที่ ๑๒/๒๕๖๓",
    "เรื่อง แต่งตั้งคณะทำงานจัดทำสื่อ",
    "ได้จัดทำโครงการ Application Line ใสสะอาด",
    "ผู้แทนลำดับที่หนึ่ง",
    "คณะทำงานและเลขานุการ",
    "๒. ติดตามการเข้ารับชม",
    "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
    "สั่ง ณ วันที่ ๑ พฤษภาคม พ.ศ. ๒๕๖๓",
    "(ผู้ลงนามตัวอย่าง)",
    "พัฒนาการจังหวัดตัวอย่าง",
    "ปฏิบัติราชการแทน",
    "ผู้ว่าราชการจังหวัดตัวอย่าง",
)


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool() as opened:
        yield opened


def word_text(data: bytes) -> str:
    """The whole text in its order, members' table included."""
    document = docx.Document(io.BytesIO(data))
    return squeezed(
        "\n".join(element.text or "" for element in document.element.body.iter() if element.tag[-2:] == "}t")
    )


def both(order: Order, pool: RenderPool) -> tuple[str, str]:
    return word_text(order_docx(order)), "".join(pages(order_pdf(order, pool)))


def test_the_order_has_its_parts_in_order(pool: RenderPool) -> None:
    for text in both(ORDER, pool):
        place = 0
        for words in WRITTEN:
            found = text.find(squeezed(words), place)
            assert found >= 0, words
            place = found
        assert not re.search("[0-9]", text)


def test_what_is_not_known_is_left_to_be_written(pool: RenderPool) -> None:
    order = dataclasses.replace(ORDER, number="", dated=None, signer_name="", signer_position="", acting_for="")
    for text in both(order, pool):
        assert "ที่............/๒๕๖๓" in text
        assert re.search(r"สั่งณวันที่\.+เดือน\.+พ\.ศ\.๒๕๖๓", text)
        assert re.search(r"\(\.{20,}\)ตำแหน่ง\.{20,}", text)
        assert "ปฏิบัติราชการแทน" not in text


@pytest.mark.parametrize("year", [2020, 2563])
def test_the_year_is_of_either_era(pool: RenderPool, year: int) -> None:
    assert "ที่๑๒/๒๕๖๓" in word_text(order_docx(dataclasses.replace(ORDER, year=year)))


def test_a_number_with_its_year_is_not_given_another() -> None:
    text = word_text(order_docx(dataclasses.replace(ORDER, number="12/2562")))
    assert "ที่๑๒/๒๕๖๒เรื่อง" in text


def test_a_members_own_duties_stand_under_the_member(pool: RenderPool) -> None:
    own = (MEMBERS[0], dataclasses.replace(MEMBERS[1], duties="ดูแลกลุ่ม\n- ตอบข้อซักถาม"), MEMBERS[2])
    for text in both(dataclasses.replace(ORDER, members=own), pool):
        places = [text.index(words) for words in ("ลำดับที่สอง", "-ดูแลกลุ่ม", "-ตอบข้อซักถาม", "ลำดับที่สาม")]
        assert places == sorted(places)


def test_a_long_order_keeps_the_margins_and_its_signature_with_some_text(pool: RenderPool) -> None:
    members = tuple(OrderMember(f"ผู้แทนลำดับที่ {number}", "ตำแหน่งยาว" * 12, "คณะทำงาน") for number in range(60))
    order = dataclasses.replace(ORDER, members=members, preamble="เหตุผล " * 900, duties=("หน้าที่ " * 80,) * 12)
    pdf = order_pdf(order, pool)
    text = pages(pdf)
    assert len(text) > 4
    assert "สั่งณวันที่" in text[-1]
    for left, bottom, right, _top in text_extent(pdf):
        assert left >= 2.97
        assert right <= 19.03
        assert bottom <= 27.73


def test_the_emblem_of_the_office_takes_the_place_kept_for_it(pool: RenderPool) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), (160, 0, 0)).save(out, "PNG")
    with_it, without = order_pdf(ORDER, pool, emblem=out.getvalue()), order_pdf(ORDER, pool)
    assert "ตราครุฑ" in pages(without)[0]
    assert "ตราครุฑ" not in pages(with_it)[0]
    assert pictures(with_it) != pictures(without)
    document = docx.Document(io.BytesIO(order_docx(ORDER, emblem=out.getvalue())))
    assert round(document.inline_shapes[0].height.cm, 1) == 3.0


def test_equal_orders_give_equal_bytes(pool: RenderPool) -> None:
    assert order_docx(ORDER) == order_docx(ORDER)
    assert order_pdf(ORDER, pool) == order_pdf(ORDER, pool)
