"""From tables to people: headings found, lines that are nobody left out, wrong cells told, nobody invented."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.domain.staff import EARLIEST, StaffType
from saisaat.domain.staff_list.cells import ERASED, is_name, is_vacant, name_key, tidy
from saisaat.domain.staff_list.rows import HEADINGS, Defaults, Read, StaffRow, read_rows, written_row
from saisaat.domain.staff_list.tables import (
    UNCALCULATED,
    Column,
    Line,
    Sheet,
    column_of,
    letter,
    reading_at,
    understand,
)

TODAY = date(2020, 5, 13)
OFFICE = "สำนักงานพัฒนาชุมชนอำเภอตาคลี"
NOTHING_SAID = Defaults()


def sheet(*rows: tuple[str, ...] | list[str]) -> Sheet:
    """Rows as a reader gives them: numbered from 1, of one length, empty ones left out."""
    width = max(map(len, rows))
    lines = [(no, (*row, *[""] * (width - len(row)))) for no, row in enumerate(rows, start=1)]
    return Sheet("รายชื่อ", tuple(Line(no, cells) for no, cells in lines if any(cells)))


def read(*rows: tuple[str, ...] | list[str], defaults: Defaults = NOTHING_SAID) -> Read:
    table = sheet(*rows)
    return read_rows(table, understand(table), defaults, today=TODAY)


HEAD = ("ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "ประเภท", "สังกัด", "วันบรรจุ")


def person(**cells: str) -> tuple[str, ...]:
    told = {
        "no": "1",
        "name": "นายหนึ่ง สองสาม",
        "position": "นักวิชาการ",
        "type": "ข้าราชการ",
        "office": OFFICE,
        "joined": "",
    }
    return tuple((told | cells).values())


# Headings


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("ลำดับที่", Column.NUMBER),
        ("ที่", Column.NUMBER),
        ("คำนำหน้าชื่อ", Column.TITLE),
        ("ชื่อ", Column.FIRST),
        ("นามสกุล", Column.LAST),
        ("สกุล", Column.LAST),
        ("ชื่อ-สกุล", Column.NAME),
        ("ชื่อ - สกุล", Column.NAME),
        ("ชื่อ – นามสกุล", Column.NAME),
        ("ชื่อ / สกุล", Column.NAME),
        ("ชื่อ\nนามสกุล", Column.NAME),
        ("ชื่อและนามสกุล", Column.NAME),
        ("ยศ ชื่อ สกุล", Column.NAME),
        ("ตําแหน่ง", Column.POSITION),
        ("ตาแหนง", Column.POSITION),
        ("ตำแหน่ง/ระดับ", Column.POSITION),
        ("ระดับ", Column.LEVEL),
        ("ประเภทบุคลากร", Column.TYPE),
        ("สังกัด", Column.OFFICE),
        ("หน่วยงาน/สังกัด", Column.OFFICE),
        ("อำเภอ", Column.OFFICE),
        ("วัน เดือน ปี ที่บรรจุ", Column.JOINED),
        ("วัน/เดือน/ปี ที่บรรจุ", Column.JOINED),
        ("วันเริ่มงาน", Column.JOINED),
        ("วันที่ออก", Column.LEFT),
        ("หมายเหตุ", Column.NOTE),
        ("Name", Column.NAME),
        ("First name", Column.FIRST),
        ("เลขบัตรประชาชน", None),
        ("วันเกิด", None),
        ("เบอร์โทร", None),
        ("ประเภทตำแหน่ง", None),
        ("", None),
        ("-", None),
    ],
)
def test_what_a_heading_means(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


def test_titles_above_the_table_are_passed_over() -> None:
    table = sheet(["บัญชีรายชื่อ"] * 4, ["ข้อมูล ณ วันที่ ๑ พ.ค. ๒๕๖๓"], [], ["ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "สังกัด"])
    assert table.lines[understand(table).heading].no == 4


def test_a_heading_in_two_lines() -> None:
    table = sheet(["ลำดับ", "ชื่อ-สกุล", "", "ตำแหน่ง"], ["", "ชื่อ", "สกุล", ""], ["1", "ก", "ข", "ค"])
    reading = understand(table)
    assert (reading.columns, reading.first) == ((Column.NUMBER, Column.FIRST, Column.LAST, Column.POSITION), 2)


def test_title_name_and_surname_under_one_merged_heading() -> None:
    found = read(["ลำดับ", "ชื่อ-สกุล", "ชื่อ-สกุล", "ชื่อ-สกุล", "สังกัด"], ["1", "นาย", "หนึ่ง", "สองสาม", OFFICE])
    assert [row.name for row in found.people] == ["นายหนึ่ง สองสาม"]


def test_the_surname_law_calls_chue_sakun() -> None:
    found = read(["ชื่อตัว", "ชื่อสกุล", "อำเภอ"], ["หนึ่ง", "สองสาม", "ตาคลี"])
    assert [(row.name, row.office) for row in found.people] == [("หนึ่ง สองสาม", "ตาคลี")]


def test_parts_of_a_name_in_columns_of_their_own() -> None:
    found = read(["คำนำหน้า", "ชื่อ", "นามสกุล", "อำเภอ"], ["น.ส.", "หนึ่ง", "สองสาม", "ตาคลี"])
    assert [row.name for row in found.people] == ["น.ส.หนึ่ง สองสาม"]


def test_without_a_heading_nobody_is_read() -> None:
    table = sheet(["ก", "ข"], ["ค", "ง"])
    assert not understand(table).has_names()
    assert read_rows(table, understand(table), today=TODAY) == Read((), ())


def test_another_heading_may_be_chosen() -> None:
    table = sheet(["ชื่อ", "อำเภอ", "สังกัด"], ["คนที่หนึ่ง", "ชื่อ-สกุล", "ตำแหน่ง"])
    assert reading_at(table, 1).columns == (None, Column.NAME, Column.POSITION)


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_letters_of_columns(index: int, name: str) -> None:
    assert letter(index) == name


# Lines


def test_a_person() -> None:
    found = read(HEAD, person(joined="๑ ต.ค. ๒๕๖๐"))
    assert found.wrong == ()
    assert found.people == (
        StaffRow(
            no=2,
            name="นายหนึ่ง สองสาม",
            office=OFFICE,
            position="นักวิชาการ",
            staff_type=StaffType.OFFICIAL,
            joined_on=date(2017, 10, 1),
        ),
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (HEAD, "heading"),
        (("รวม", "104"), "total"),
        (("", "รวมทั้งสิ้น 104 คน"), "total"),
        (person(name="ว่าง"), "vacant"),
        (person(name="(ตำแหน่งว่าง)"), "vacant"),
        ((*person(name="", position="นักวิชาการ (ว่าง)"), "ว่าง"), "vacant"),
        (person(name=ERASED), "vacant"),
        ((OFFICE,), "section"),
        ((OFFICE,) * 6, "section"),
        (("กลุ่มงานยุทธศาสตร์",) * 6, "text"),
        (("หมายเหตุ: ข้อมูล ณ วันที่ 1",), "text"),
        (("5",), "text"),
        (("-", "-", "-"), "empty"),
    ],
)
def test_a_line_that_is_nobody(line: tuple[str, ...], why: str) -> None:
    found = read(HEAD, line, person())
    assert (found.skipped, len(found.people), found.wrong) == ({why: 1}, 1, ())


def test_somebody_who_has_left_is_not_imported() -> None:
    found = read((*HEAD, "วันที่ออก"), (*person(), "1 ม.ค. 2563"), (*person(name="อีกคน หนึ่ง"), "-"))
    assert ([row.name for row in found.people], found.skipped) == (["อีกคน หนึ่ง"], {"left": 1})


def test_an_office_may_head_its_people() -> None:
    head = ("ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง")
    lines = [("สพอ.ตาคลี",), ("1", "คน หนึ่ง", "ก"), ("สพอ.หนองบัว",) * 3, ("1", "คน สอง", "ข")]
    assert [row.office for row in read(head, *lines).people] == ["สพอ.ตาคลี", "สพอ.หนองบัว"]


def test_an_empty_office_is_an_error_unless_told_otherwise() -> None:
    lines = (HEAD, person(), person(name="คน สอง", office=""))
    assert [wrong.no for wrong in read(*lines).wrong] == [3]
    assert [row.office for row in read(*lines, defaults=Defaults(fill_down=True)).people] == [OFFICE, OFFICE]
    assert [row.office for row in read(*lines, defaults=Defaults(office="อื่น")).people] == [OFFICE, "อื่น"]


def test_the_sign_for_the_same_as_above() -> None:
    assert [row.office for row in read(HEAD, person(), person(name="คน สอง", office="〃")).people] == [OFFICE, OFFICE]


@pytest.mark.parametrize(
    ("cells", "index", "sentence"),
    [
        ({"name": ""}, 1, "ไม่มีชื่อ"),
        ({"name": "123"}, 1, "อ่านเป็นชื่อคนไม่ได้"),
        ({"name": "ก" * 151}, 1, "อ่านเป็นชื่อคนไม่ได้"),
        ({"name": UNCALCULATED}, 1, "สูตร"),
        ({"name": "#REF!"}, 1, "ค่าผิดพลาด"),
        ({"position": "ก" * 201}, 2, "ยาวเกิน"),
        ({"type": "ไม่แน่ใจ"}, 3, "ไม่รู้จักประเภท"),
        ({"office": "123"}, 4, "อ่านเป็นชื่อสำนักงานไม่ได้"),
        ({"office": "อำเภอ"}, 4, "อ่านเป็นชื่อสำนักงานไม่ได้"),
        ({"office": ""}, 4, "ไม่บอกว่าสังกัด"),
        ({"joined": "31/2/2560"}, 5, "ไม่มีวันที่นี้"),
        ({"joined": "43009"}, 5, "ตัวเลขล้วน"),
        ({"joined": "ปีที่แล้ว"}, 5, "อ่านเป็นวันที่ไม่ได้"),
        ({"joined": "1/10/2570"}, 5, "เป็นไปไม่ได้"),
        ({"joined": UNCALCULATED}, 5, "สูตร"),
    ],
)
def test_a_wrong_cell_is_told(cells: dict[str, str], index: int, sentence: str) -> None:
    found = read(HEAD, person(**cells))
    assert found.people == ()
    [wrong] = found.wrong
    assert (wrong.no, wrong.index) == (2, index) and sentence in wrong.error.message


def test_every_wrong_cell_of_a_line_is_told_and_its_name_kept_in_mind() -> None:
    found = read(HEAD, person(type="?", joined="?"))
    assert [wrong.index for wrong in found.wrong] == [3, 5]
    assert found.unread == {name_key("หนึ่ง สองสาม")}


def test_a_year_of_two_digits_is_noted() -> None:
    [row] = read(HEAD, person(joined="1/10/60")).people
    assert row.joined_on == date(2017, 10, 1) and len(row.notes) == 1


# Properties

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*HEAD, "รวม", "ว่าง", OFFICE, "นาย", "หนึ่ง สอง", "1 ต.ค. 2560", UNCALCULATED, "〃", "-", ""]),
)
TABLES = st.integers(1, 6).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))


@settings(max_examples=30, deadline=None)
@given(TABLES, st.booleans())
def test_any_table_is_read_and_nobody_is_invented(rows: list[list[str]], fill_down: bool) -> None:
    table = sheet(*rows) if any(any(row) for row in rows) else Sheet("", ())
    found = (
        read_rows(table, understand(table), Defaults(fill_down=fill_down), today=TODAY) if table.lines else Read((), ())
    )
    by_no = {line.no: line for line in table.lines}
    assert len({row.no for row in found.people}) == len(found.people) <= len(rows)
    assert not {row.no for row in found.people} & {wrong.no for wrong in found.wrong}
    for row in found.people:
        told = "".join(tidy(cell) for cell in by_no[row.no].cells).replace(" ", "")
        for word in row.name.split():
            assert word in told


NAMES = st.builds(
    "{} {}".format,
    st.sampled_from(["นายหนึ่ง", "นางสาวสอง", "สาม", "เจ้าหน้าที่ 12"]),
    st.text("กขคงจ", min_size=1, max_size=5),
)
WORDS = st.text("กขคงนาะิี่ำ์ ()-./0123456789abAB", max_size=15).map(tidy)
DAYS = st.one_of(st.none(), st.integers(0, (TODAY - EARLIEST).days).map(lambda days: EARLIEST + timedelta(days=days)))
PEOPLE = st.builds(
    StaffRow,
    no=st.just(2),
    name=NAMES.filter(lambda name: is_name(name) and not is_vacant(name)),
    office=st.sampled_from([OFFICE, "สำนักงานพัฒนาชุมชนจังหวัด", "ตาคลี", "อำเภอ แห่งที่ 3"]),
    position=WORDS.filter(lambda text: text.strip(" -–—.*_") and column_of(text) is None and not is_vacant(text)),
    level=WORDS.filter(lambda text: text.strip(" -–—.*_") or not text).filter(lambda text: not is_vacant(text)),
    staff_type=st.sampled_from(StaffType),
    joined_on=DAYS,
)


@settings(max_examples=30, deadline=None)
@given(PEOPLE)
def test_what_an_export_writes_reads_back_the_same(one: StaffRow) -> None:
    cells = [str(cell) for cell in written_row(1, one)]
    found = read(HEADINGS, cells)
    assert (found.people, found.wrong) == ((one,), ())


def test_an_export_of_somebody_who_left_adds_nobody() -> None:
    one = StaffRow(no=2, name="คน หนึ่ง", office=OFFICE, position="ก", staff_type=StaffType.OFFICIAL)
    assert read(HEADINGS, [str(cell) for cell in written_row(1, one, TODAY)]).people == ()
