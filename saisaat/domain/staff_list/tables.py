"""A table of cells: where its heading row is and what each column holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from saisaat.domain.staff_list.cells import tidy
from saisaat.domain.thai import skeleton

UNCALCULATED = "#FORMULA"
"""What a reader puts where a cell holds a formula whose result was never stored."""
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA", UNCALCULATED)
SEARCHED_LINES = 40
"""A heading row is looked for among this many first lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not empty, with its number in the file (from 1)."""

    no: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file; a .csv is one sheet. All lines have the same number of cells; merged ones are filled."""

    name: str
    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        return len(self.lines[0].cells) if self.lines else 0

    def index_of(self, no: int) -> int | None:
        """Where the line with this number is."""
        return next((index for index, line in enumerate(self.lines) if line.no == no), None)


class Column(StrEnum):
    """What a column of a staff list holds. NUMBER and NOTE are known and not kept."""

    NUMBER = "number"
    TITLE = "title"
    FIRST = "first"
    LAST = "last"
    NAME = "name"
    POSITION = "position"
    LEVEL = "level"
    TYPE = "type"
    OFFICE = "office"
    JOINED = "joined"
    LEFT = "left"
    NOTE = "note"


_WORDS: dict[Column, tuple[str, ...]] = {
    Column.NUMBER: ("ลำดับ", "ลำดับที่", "ที่", "ล.ด.", "เลขที่", "no", "no.", "#"),
    Column.TITLE: ("คำนำหน้า", "คำนำหน้าชื่อ", "คำนำหน้านาม", "คำนำ", "ยศ", "title", "prefix"),
    Column.FIRST: ("ชื่อ", "ชื่อตัว", "ชื่อจริง", "firstname", "givenname"),
    Column.LAST: ("สกุล", "นามสกุล", "lastname", "surname", "familyname"),
    Column.NAME: (
        *("ชื่อสกุล", "ชื่อนามสกุล", "ชื่อและสกุล", "ชื่อและนามสกุล", "ชื่อชื่อสกุล", "ชื่อตัวชื่อสกุล", "ชื่อตัวและชื่อสกุล"),
        *("ชื่อเต็ม", "รายชื่อ", "ยศชื่อสกุล", "คำนำหน้าชื่อสกุล", "คำนำหน้าชื่อนามสกุล", "name", "fullname"),
    ),
    Column.POSITION: ("ตำแหน่ง", "ชื่อตำแหน่ง", "ตำแหน่งปัจจุบัน", "ตำแหน่งในสายงาน", "ตำแหน่งระดับ", "position", "post"),
    Column.LEVEL: ("ระดับ", "ระดับตำแหน่ง", "level"),
    Column.TYPE: ("ประเภท", "ประเภทบุคลากร", "ประเภทเจ้าหน้าที่", "ประเภทการจ้าง", "สถานภาพ", "type", "stafftype"),
    Column.OFFICE: (
        *("สังกัด", "หน่วยงาน", "สำนักงาน", "อำเภอ", "หน่วยงานสังกัด", "สังกัดหน่วยงาน", "หน่วยงานที่สังกัด", "สำนักงานสังกัด"),
        *("ที่ทำงาน", "สถานที่ทำงาน", "สถานที่ปฏิบัติงาน", "สถานที่ปฏิบัติราชการ", "อำเภอจังหวัด", "office", "district"),
    ),
    Column.JOINED: (
        *("วันบรรจุ", "วันที่บรรจุ", "วันเดือนปีที่บรรจุ", "วันเดือนปีบรรจุ", "บรรจุเมื่อ", "วันบรรจุเข้ารับราชการ", "วันเข้ารับราชการ"),
        *("วันเริ่มงาน", "วันที่เริ่มงาน", "วันเริ่มปฏิบัติงาน", "วันที่เริ่มปฏิบัติงาน", "วันเริ่มจ้าง", "วันที่เริ่มจ้าง", "เริ่มงานเมื่อ"),
        *("วันบรรจุวันเริ่มงาน", "startdate", "joined"),
    ),
    Column.LEFT: ("วันที่ออก", "วันออก", "วันพ้นจากราชการ", "วันที่พ้นจากราชการ", "วันพ้นจากตำแหน่ง", "วันที่ลาออก", "left"),
    Column.NOTE: ("หมายเหตุ", "หมายเหตุอื่นๆ", "note", "remark", "remarks"),
}
_NOT_IN_WORDS = re.compile(r"[\s\-–—_/\\.,:;()\[\]*#]+")


def _bare(text: str) -> str:
    """A heading without spaces, stops and dashes; one that is all signs stays as it is."""
    plain = tidy(text).casefold()
    return _NOT_IN_WORDS.sub("", plain) or plain


_BY_WORD = {_bare(word): column for column, words in _WORDS.items() for word in words}
_BY_SKELETON = {skeleton(word): column for word, column in _BY_WORD.items() if len(skeleton(word)) > 3}


def column_of(heading: str) -> Column | None:
    """What a column under this heading holds, or None. Marks lost on the way ("ตาแหน่ง") are forgiven."""
    bare = _bare(heading)
    return _BY_WORD.get(bare) or _BY_SKELETON.get(skeleton(bare))


@dataclass(frozen=True, slots=True)
class Reading:
    """How a sheet is understood: its heading line and its first line of people (indexes), what each column holds."""

    heading: int
    first: int
    columns: tuple[Column | None, ...]

    def has_names(self) -> bool:
        return Column.NAME in self.columns or Column.FIRST in self.columns

    def where(self, column: Column) -> list[int]:
        """The columns that hold this, left to right."""
        return [index for index, held in enumerate(self.columns) if held is column]


def understand(sheet: Sheet) -> Reading:
    """The best heading row there is. Without one, the first line counts as heading and no column is known."""
    best = (0, 0)
    for index, line in enumerate(sheet.lines[:SEARCHED_LINES]):
        known = {column_of(cell) for cell in line.cells if cell} - {None}
        named = bool(known & {Column.NAME, Column.FIRST})
        # The earlier of two equal ones: headings are repeated on later pages.
        if named and len(known) >= 2 and len(known) > best[0]:
            best = (len(known), index)
    if not best[0]:
        return Reading(0, min(1, len(sheet.lines)), (None,) * sheet.width)
    return reading_at(sheet, best[1])


def reading_at(sheet: Sheet, heading: int) -> Reading:
    """The sheet read with this line (index) as its heading; a second heading line below it counts too."""
    upper = sheet.lines[heading].cells
    first, columns = heading + 1, [column_of(cell) for cell in upper]
    if first < len(sheet.lines) and _goes_on(upper, sheet.lines[first].cells):
        lower = sheet.lines[first].cells
        columns = [column_of(below) or above for above, below in zip(columns, lower, strict=True)]
        first += 1
    return Reading(heading, first, _settled(columns))


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """True when the lower line is part of the heading: nothing in it but heading words, at least one of its own."""
    told = [(above, below) for above, below in zip(upper, lower, strict=True) if below]
    own = [below for above, below in told if below != above]
    return bool(own) and all(column_of(below) for below in own)


def _settled(columns: Iterable[Column | None]) -> tuple[Column | None, ...]:
    """One column for each thing, but neighbours under one name heading (title, name, surname) stay together."""
    kept: list[Column | None] = []
    for column in columns:
        twice = column in kept and not (column is Column.NAME and kept[-1] is Column.NAME)
        kept.append(None if twice else column)
    if Column.FIRST in kept and Column.NAME in kept:
        # Beside "ชื่อตัว", "ชื่อสกุล" is the surname.
        other = None if Column.LAST in kept else Column.LAST
        kept = [other if column is Column.NAME else column for column in kept]
    return tuple(kept)


def letter(index: int) -> str:
    """The letter of a column as spreadsheets show it: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
