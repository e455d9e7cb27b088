"""Single cells of a staff list, in the spellings offices use."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.domain.staff import OfficeKind, StaffType
from saisaat.domain.staff_list.cells import (
    full_name,
    is_name,
    is_title,
    is_vacant,
    name_key,
    office_key,
    read_day,
    read_type,
    tidy,
    written_day,
)

FIRST_OF_OCTOBER = date(2017, 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "๑ ตุลาคม ๒๕๖๐",
        "1 ตุลาคม 2560",
        "1 ตุลาคม พ.ศ. 2560",
        "วันที่ 1 ตุลาคม พ.ศ.2560",
        "1 ต.ค. 2560",
        "1 ต.ค.2560",
        "1ต.ค.2560",
        "1 ตค 2560",
        "1 ตุลา 2560",
        "1-ต.ค.-2560",
        "1/ต.ค./2560",
        "1/10/2560",
        "๑/๑๐/๒๕๖๐",
        "01/10/2560",
        "1 / 10 / 2560",
        "1-10-2560",
        "01.10.2560",
        "1/10/2017",
        "2560-10-01",
        "2017-10-01",
        "2017-10-01 00:00:00",
        "2017-10-01T00:00:00.000",
        " 1\u00a0ตุลาคม\u200b 2560 ",
    ],
)
def test_a_day_in_every_usual_spelling(text: str) -> None:
    found = read_day(text)
    assert found is not None and (found.day, found.sure) == (FIRST_OF_OCTOBER, True)


@pytest.mark.parametrize("text", ["1 ต.ค. 60", "1/10/60", "1-ต.ค.-60", "๑ ต.ค.๖๐"])
def test_a_year_of_two_digits_is_read_and_not_sure(text: str) -> None:
    found = read_day(text)
    assert found is not None and (found.day, found.sure) == (FIRST_OF_OCTOBER, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "ไม่ทราบ",
        "31/2/2560",
        "10/16/2560",
        "2560",
        "43009",
        "ต.ค. 2560",
        "1/10/2560 ถึง 2/10/2560",
        "1/10/25600",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert read_day(text) is None


@settings(deadline=None)
@given(st.dates(date(1940, 1, 1), date(2150, 12, 31)))
def test_a_written_day_reads_back(day: date) -> None:
    found = read_day(written_day(day))
    assert found is not None and (found.day, found.sure) == (day, True)


@pytest.mark.parametrize(
    "spelling",
    [
        "นายสมชาย ใจดี",
        "นาย สมชาย  ใจดี",
        "สมชาย ใจดี",
        "ดร.สมชาย ใจดี",
        "ว่าที่ร้อยตรีสมชาย ใจดี",
        "ว่าที่ ร.ต. สมชาย ใจดี",
        "จ่าสิบเอก สมชาย ใจดี",
        "สมชาย\u200b ใจดี",
        "สมชายใจดี",
    ],
)
def test_spellings_of_one_name(spelling: str) -> None:
    assert name_key(spelling) == name_key("สมชาย ใจดี")


@pytest.mark.parametrize(
    ("one", "other"),
    [("สมชาย ใจดี", "สมหญิง ใจดี"), ("นางสาวิตรี ดี", "นางสาววิตรี ดี"), ("เจ้าหน้าที่ 1", "เจ้าหน้าที่ 11")],
)
def test_different_names(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_digits_and_damage_do_not_make_another_name() -> None:
    assert name_key("เจ้าหน้าที่ ๑๒") == name_key("เจ้าหน้าที่ 12")
    assert name_key("อํานวย น้ํา") == name_key("อำนวย น้ำ")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("นาย", "สมชาย", "ใจดี"), "นายสมชาย ใจดี"),
        (("", "สมชาย", ""), "สมชาย"),
        (("Mr.", "A", "Bee"), "Mr. A Bee"),
        (("ดร.", "ก", "ข"), "ดร.ก ข"),
    ],
)
def test_a_name_of_its_parts(parts: tuple[str, str, str], name: str) -> None:
    assert full_name(*parts) == name


@pytest.mark.parametrize(("text", "answer"), [("นาย", True), ("น.ส.", True), ("ว่าที่ ร.ต.", True), ("สมชาย", False)])
def test_titles(text: str, answer: bool) -> None:
    assert is_title(text) is answer


@pytest.mark.parametrize(("text", "answer"), [("ว่าง", True), ("(ว่าง)", True), ("-ว่าง-", False), ("ตำแหน่งว่าง", True)])
def test_vacant_posts(text: str, answer: bool) -> None:
    assert is_vacant(text) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [("กข", True), ("A B", True), ("ก", False), ("123", False), ("=SUM(A1)", False), ("<b>กข", False)],
)
def test_what_can_be_a_name(text: str, answer: bool) -> None:
    assert is_name(text) is answer


@pytest.mark.parametrize(
    ("name", "kind", "place"),
    [
        ("สำนักงานพัฒนาชุมชนอำเภอตาคลี", OfficeKind.DISTRICT, "ตาคลี"),
        ("สพอ. ตาคลี", OfficeKind.DISTRICT, "ตาคลี"),
        ("สพอ.ตาคลี", OfficeKind.DISTRICT, "ตาคลี"),
        ("อ.ตาคลี", OfficeKind.DISTRICT, "ตาคลี"),
        ("อำเภอ ตาคลี", OfficeKind.DISTRICT, "ตาคลี"),
        ("สนง.พช.อ.ตาคลี", OfficeKind.DISTRICT, "ตาคลี"),
        ("ที่ทำการพัฒนาชุมชนอำเภอตาคลี", OfficeKind.DISTRICT, "ตาคลี"),
        ("ตาคลี", None, "ตาคลี"),
        ("สพจ.นครสวรรค์", OfficeKind.PROVINCIAL, "นครสวรรค์"),
        ("สำนักงานจังหวัด", OfficeKind.PROVINCIAL, ""),
        ("อำเภอ แห่งที่ ๓", OfficeKind.DISTRICT, "แห่งที่3"),
        ("ฝ่ายอำนวยการ", None, "ฝ่ายอำนวยการ"),
    ],
)
def test_what_an_office_name_says(name: str, kind: OfficeKind | None, place: str) -> None:
    key = office_key(name)
    assert (key.kind, key.place) == (kind, place)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ข้าราชการ", StaffType.OFFICIAL),
        ("ข้าราชการพลเรือนสามัญ", StaffType.OFFICIAL),
        ("พนักงานราชการทั่วไป", StaffType.EMPLOYEE),
        ("ลูกจ้าง ประจำ", StaffType.PERMANENT),
        ("จ้างเหมาบริการ", StaffType.OTHER),
        ("อื่นๆ", StaffType.OTHER),
        ("อื่น ๆ", StaffType.OTHER),
        ("วิชาการ", None),
        ("", None),
    ],
)
def test_types(text: str, kind: StaffType | None) -> None:
    assert read_type(text) is kind


@settings(deadline=None)
@given(st.text(max_size=60))
def test_tidying_is_done_once(text: str) -> None:
    plain = tidy(text)
    assert tidy(plain) == plain
    assert "  " not in plain and plain.strip() == plain and plain.isprintable()


THAI = "".join(map(chr, range(0x0E01, 0x0E3B))) + "".join(map(chr, range(0x0E40, 0x0E4F))) + " \u200b\u00a0"


@settings(deadline=None)
@given(st.text(THAI, max_size=12))
def test_tidying_thai_is_done_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_cell_breaks_a_reader(text: str) -> None:
    plain = tidy(text)
    for read in (name_key, office_key, read_type, read_day, is_vacant, is_title):
        read(plain)
