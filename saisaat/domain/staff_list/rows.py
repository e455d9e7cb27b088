"""From the lines of a sheet to people, and to what is wrong with which cell."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from saisaat.domain.errors import Invalid
from saisaat.domain.staff import EARLIEST, OfficeKind, StaffType
from saisaat.domain.staff_list.cells import (
    LONGEST_TEXT,
    full_name,
    is_blank,
    is_name,
    is_title,
    is_vacant,
    looks_like_office,
    name_key,
    office_key,
    read_day,
    read_type,
    tidy,
    written_day,
)
from saisaat.domain.staff_list.tables import ERRORS, UNCALCULATED, Column, Line, Reading, Sheet, column_of
from saisaat.domain.thai import has_impossible_date

MOST_WRONG_CELL = 80
"""Of a cell that is wrong, this much is shown."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person as a line of the file tells: empty text and None where the file says nothing."""

    no: int
    name: str
    office: str
    position: str = ""
    level: str = ""
    staff_type: StaffType | None = None
    joined_on: date | None = None
    notes: tuple[Invalid, ...] = ()

    @property
    def key(self) -> str:
        return name_key(self.name)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be used: line number, column index (None: the whole line), what stands there, why not."""

    no: int
    index: int | None
    shown: str
    error: Invalid


@dataclass(frozen=True, slots=True)
class Read:
    """All that a sheet holds. `skipped` counts the lines that are no people, by kind; `unread` are the names (keys) in
    lines with a wrong cell: in the file, though not usable."""

    people: tuple[StaffRow, ...]
    wrong: tuple[Wrong, ...]
    skipped: dict[str, int] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the person importing says about what the file leaves out."""

    office: str = ""
    fill_down: bool = False
    """An empty office cell means the same as the one above it."""


_TOTAL = re.compile(r"(?:รวม(?:ทั้งสิ้น|ทั้งหมด|จำนวน|บุคลากร|\s|\d|$)|ยอดรวม|total\b)", re.IGNORECASE)
_DITTO = frozenset({'"', "''", "”", "“", "〃", "″", "เช่นเดียวกัน"})


def read_rows(sheet: Sheet, reading: Reading, defaults: Defaults = Defaults(), *, today: date) -> Read:
    """Everybody in the sheet, in order. One line gives one person, one or more wrong cells, or nothing to keep."""
    people: list[StaffRow] = []
    wrong: list[Wrong] = []
    skipped: Counter[str] = Counter()
    if not reading.has_names():
        return Read((), ())
    unread: set[str] = set()
    heading = sheet.lines[reading.heading].cells
    under = above = defaults.office
    for line in sheet.lines[reading.first :]:
        why = _no_person(line, reading, heading)
        if why == "section":
            under = tidy(next(cell for cell in line.cells if tidy(cell)))
        if why:
            skipped[why] += 1
            continue
        row = _Row(line, reading, (under, above), today)
        found = row.read()
        above = found.office
        if defaults.fill_down:
            under = above
        if row.wrong:
            wrong += row.wrong
            unread.add(found.key)
        else:
            people.append(found)
    return Read(tuple(people), tuple(wrong), dict(skipped), frozenset(unread - {""}))


def _no_person(line: Line, reading: Reading, heading: Sequence[str]) -> str:
    """Why this line is nobody: a repeated heading, the name of an office over its people, another line of text, a sum,
    a post nobody holds, somebody who has left. Empty for a person, or for what should have been one."""
    said = [plain for plain in (tidy(cell) for cell in line.cells) if not is_blank(plain)]
    if not said:
        return "empty"
    if line.cells == heading or all(column_of(text) for text in said):
        return "heading"
    named = [tidy(line.cells[i]) for c in (Column.NAME, Column.FIRST, Column.LAST) for i in reading.where(c)]
    name = next((text for text in named if not is_blank(text)), "")
    if len(set(said)) == 1 and (len(said) > 1 or not name or looks_like_office(said[0])):
        return _lone(said[0])
    if any(_TOTAL.match(text) for text in ([said[0], name] if name else said)):
        return "total"
    if is_vacant(name) or (not name and any(is_vacant(text) for text in said)):
        return "vacant"
    return "left" if any(not is_blank(tidy(line.cells[index])) for index in reading.where(Column.LEFT)) else ""


def _lone(text: str) -> str:
    """What a line is that says one thing only: an office over its people, a sum, or a line of text."""
    if looks_like_office(text):
        return "section"
    return "total" if _TOTAL.match(text) else "text"


class _Row:
    """One line being read; `wrong` gathers what cannot be used."""

    def __init__(self, line: Line, reading: Reading, offices: tuple[str, str], today: date) -> None:
        self._line, self._reading, self._today = line, reading, today
        self._under, self._above = offices
        self.wrong: list[Wrong] = []
        self._notes: list[Invalid] = []

    def read(self) -> StaffRow:
        return StaffRow(
            no=self._line.no,
            name=self._name(),
            office=self._office(),
            position=self._short(Column.POSITION),
            level=self._short(Column.LEVEL),
            staff_type=self._type(),
            joined_on=self._joined(),
            notes=tuple(self._notes),
        )

    def _texts(self, column: Column) -> Iterator[tuple[int, str]]:
        """The usable cells of a column. A formula without a result and an error value are told of, not used."""
        for index in self._reading.where(column):
            text = tidy(self._line.cells[index])
            if text == UNCALCULATED:
                self._refuse(
                    index,
                    Invalid(
                        "เซลล์นี้เป็นสูตรที่ไม่มีผลลัพธ์เก็บไว้ โปรดเปิดใน Excel คัดลอกคอลัมน์แล้ววางแบบค่า (Paste values) แล้วนำเข้าใหม่"
                    ),
                )
            elif text in ERRORS:
                self._refuse(index, Invalid("เซลล์นี้เป็นค่าผิดพลาดของสูตร โปรดแก้สูตรหรือพิมพ์ค่าที่ถูกต้อง"))
            elif text:
                yield index, text

    def _first(self, column: Column) -> tuple[int | None, str]:
        return next(self._texts(column), (next(iter(self._reading.where(column)), None), ""))

    def _refuse(self, index: int | None, error: Invalid) -> None:
        shown = tidy(self._line.cells[index])[:MOST_WRONG_CELL] if index is not None else ""
        self.wrong.append(Wrong(self._line.no, index, shown, error))

    def _name(self) -> str:
        before = len(self.wrong)
        whole = [text for _, text in self._texts(Column.NAME)]
        title, first, last = (self._first(c)[1] for c in (Column.TITLE, Column.FIRST, Column.LAST))
        # Title, name and surname may stand under one heading; a merged cell that was filled says one thing only.
        parts = whole if len(set(whole)) > 1 else whole[:1]
        if len(parts) > 1 and is_title(parts[0]):
            title, *parts = parts
        name = full_name(title, first or " ".join(parts), last)
        if len(self.wrong) > before:
            return ""
        where = [*self._reading.where(Column.NAME), *self._reading.where(Column.FIRST)][0]
        if not (parts or first or last):
            self._refuse(where, Invalid("ไม่มีชื่อในแถวนี้ โปรดใส่ชื่อ-สกุล หรือลบแถวถ้าไม่มีคน"))
        elif not is_name(name):
            self._refuse(where, Invalid("อ่านเป็นชื่อคนไม่ได้ โปรดใส่ชื่อ-สกุลเป็นตัวอักษร ไม่เกิน 150 ตัว"))
        return name

    def _office(self) -> str:
        index, text = self._first(Column.OFFICE)
        text = self._above if text in _DITTO else text
        text = self._under if is_blank(text) else text
        key = office_key(text)
        if not text:
            self._refuse(
                index,
                Invalid("ไม่บอกว่าสังกัดสำนักงานใด โปรดใส่ชื่อสำนักงาน หรือเลือกสำนักงานที่ใช้เมื่อไม่บอก"),
            )
        elif len(text) > LONGEST_TEXT or not (key.place[:1].isalpha() or key.kind is OfficeKind.PROVINCIAL):
            self._refuse(index, Invalid("อ่านเป็นชื่อสำนักงานไม่ได้ โปรดใส่ชื่อ เช่น สำนักงานพัฒนาชุมชนอำเภอตาคลี"))
        return text

    def _short(self, column: Column) -> str:
        index, text = self._first(column)
        if len(text) > LONGEST_TEXT:
            self._refuse(index, Invalid("ข้อความยาวเกิน 200 ตัวอักษร โปรดย่อให้สั้นลง"))
        return "" if is_blank(text) else text

    def _type(self) -> StaffType | None:
        index, text = self._first(Column.TYPE)
        kind = read_type(text)
        if kind is None and not is_blank(text):
            self._refuse(
                index,
                Invalid("ไม่รู้จักประเภทนี้ ใช้ได้: ข้าราชการ ลูกจ้างประจำ พนักงานราชการ ลูกจ้างชั่วคราว จ้างเหมา อื่น ๆ"),
            )
        return kind

    def _joined(self) -> date | None:
        index, text = self._first(Column.JOINED)
        if is_blank(text):
            return None
        found = read_day(text)
        if found is None:
            self._refuse(index, _not_a_day(text))
            return None
        if not EARLIEST <= found.day <= self._today:
            self._refuse(index, Invalid("วันบรรจุนี้เป็นไปไม่ได้ โปรดใส่วันที่ไม่เกินวันนี้ เช่น 1 ตุลาคม 2560"))
            return None
        if not found.sure:
            self._notes.append(Invalid("ปีเขียนสองหลัก อ่าน %(written)s เป็น %(read)s", written=text, read=found.day))
        return found.day


def _not_a_day(text: str) -> Invalid:
    if re.fullmatch(r"\d{4,6}", text):
        return Invalid("เป็นตัวเลขล้วน ไม่ใช่วันที่ โปรดตั้งรูปแบบเซลล์เป็นวันที่ หรือพิมพ์ เช่น 1 ตุลาคม 2560")
    if has_impossible_date(text):
        return Invalid("ไม่มีวันที่นี้ในปฏิทิน โปรดใส่ วัน/เดือน/ปี พ.ศ. เช่น 1/10/2560")
    return Invalid("อ่านเป็นวันที่ไม่ได้ โปรดใส่ เช่น 1 ตุลาคม 2560, 1 ต.ค. 2560 หรือ 1/10/2560")


def by_line(wrong: Sequence[Wrong]) -> dict[int, list[Wrong]]:
    """The wrong cells by line number, in the order of the file."""
    found: dict[int, list[Wrong]] = {}
    for one in wrong:
        found.setdefault(one.no, []).append(one)
    return found


HEADINGS = ("ลำดับ", "ชื่อ-สกุล", "ตำแหน่ง", "ระดับ", "ประเภทบุคลากร", "สังกัด", "วันบรรจุ", "วันที่ออก")
"""The heading row of an export, and of the list offered as an example. It is data, in Thai whatever the page speaks."""

TYPE_WORDS = {
    StaffType.OFFICIAL: "ข้าราชการ",
    StaffType.PERMANENT: "ลูกจ้างประจำ",
    StaffType.EMPLOYEE: "พนักงานราชการ",
    StaffType.OTHER: "อื่น ๆ",
}


def written_row(no: int, row: StaffRow, left_on: date | None = None) -> list[str | int]:
    """A person as a line under `HEADINGS`. `read_rows` reads the same person back (not one who has left)."""
    kind = TYPE_WORDS[row.staff_type] if row.staff_type else ""
    days = (written_day(row.joined_on), written_day(left_on))
    return [no, row.name, row.position, row.level, kind, row.office, *days]
