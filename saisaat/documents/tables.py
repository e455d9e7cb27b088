"""Tables out of uploaded files: .xlsx and .csv to sheets of text.

Whatever comes in is untrusted: sizes are bounded before anything is unpacked, only stored values are read (a macro or a
formula is never run), and every refusal is an `Invalid` whose Thai sentence says what to do.
"""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from defusedxml.ElementTree import iterparse

from saisaat.documents.extract import decode
from saisaat.domain.errors import Invalid
from saisaat.domain.staff_list.tables import UNCALCULATED, Line, Sheet

MAX_BYTES = 2_000_000
MAX_UNPACKED = 32_000_000
MAX_SHEET_BYTES = 16_000_000
MAX_PARTS = 2_000
MAX_SHEETS = 30
MAX_LINES = 3_000
MAX_COLUMNS = 60
MAX_CELL = 1_000
MAX_CHARACTERS = 2_000_000
LAST_ROW = 1_048_576
"""The last row a spreadsheet can have."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_tables(data: bytes) -> list[Sheet]:
    """The sheets of a file that hold anything, in order; the kind is told from the content, not the name.

    A line is a row that is not empty, cells are text: dates as 2020-05-01, whole numbers without a point, a formula
    without a stored result as `UNCALCULATED`. The cells of a merged range all hold its value. Raises `Invalid` for a
    file that is empty, too large, of another kind, protected, or damaged.
    """
    if not data.strip():
        raise Invalid("ไฟล์ว่างเปล่า ยังไม่ได้บันทึกอะไร โปรดเลือกไฟล์ที่มีรายชื่อ")
    if len(data) > MAX_BYTES:
        raise Invalid(
            "ไฟล์ใหญ่เกิน %(value)s MB ยังไม่ได้บันทึกอะไร โปรดคัดลอกเฉพาะตารางรายชื่อไปไว้ในไฟล์ใหม่แล้วบันทึกเป็น .xlsx",
            value=MAX_BYTES // 1_000_000,
        )
    if data.startswith(_OLD_OFFICE):
        raise Invalid(
            "ไฟล์นี้เป็น Excel รุ่นเก่า (.xls) หรือมีรหัสผ่าน ยังไม่ได้บันทึกอะไร "
            "โปรดเปิดใน Excel เลือก บันทึกเป็น (Save As) ชนิด Excel Workbook (.xlsx) ไม่ใส่รหัสผ่าน แล้วนำเข้าใหม่"
        )
    sheets = _workbook(data) if data.startswith(_ZIP) else [_csv(data)]
    sheets = [sheet for sheet in sheets if sheet.lines]
    if sum(len(cell) for sheet in sheets for line in sheet.lines for cell in line.cells) > MAX_CHARACTERS:
        raise _too_much()
    if not sheets:
        raise Invalid("ไม่มีข้อความในตาราง ยังไม่ได้บันทึกอะไร โปรดเลือกไฟล์ที่มีรายชื่อ")
    return sheets


def _too_much() -> Invalid:
    return Invalid("ข้อความในตารางมากเกินกำหนด ยังไม่ได้บันทึกอะไร โปรดคัดลอกเฉพาะตารางรายชื่อไปไว้ในไฟล์ใหม่แล้วบันทึกเป็น .xlsx")


def _too_long() -> Invalid:
    return Invalid(
        "ตารางใหญ่เกินกำหนด รับได้ไม่เกิน %(rows)s แถว ยังไม่ได้บันทึกอะไร โปรดแบ่งเป็นหลายไฟล์ เช่น ไฟล์ละสำนักงาน",
        rows=f"{MAX_LINES:,}",
    )


def _rectangle(name: str, rows: list[tuple[int, list[str]]]) -> Sheet:
    """Empty rows and empty columns on the right left out, all lines of one length."""
    kept = [(no, cells) for no, cells in rows if any(cell.strip() for cell in cells)]
    if len(kept) > MAX_LINES:
        raise _too_long()
    width = max((index + 1 for _, cells in kept for index, cell in enumerate(cells) if cell.strip()), default=0)
    lines = (Line(no, tuple(cells[:width]) + ("",) * (width - len(cells))) for no, cells in kept)
    return Sheet(name, tuple(lines))


# Spreadsheets


def _workbook(data: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_other_kinds(archive)
            return _sheets(data, archive)
    except Invalid:
        raise
    # A damaged or hostile package fails wherever the damage is met, in ways no list of errors would cover.
    except Exception as error:
        raise Invalid("อ่านไฟล์ Excel นี้ไม่ได้ ไฟล์อาจเสียหาย ยังไม่ได้บันทึกอะไร โปรดเปิดใน Excel แล้วบันทึกใหม่เป็น .xlsx") from error


def _refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Invalid("ไฟล์คลายออกแล้วใหญ่เกินกำหนด ยังไม่ได้บันทึกอะไร โปรดคัดลอกเฉพาะตารางรายชื่อไปไว้ในไฟล์ใหม่แล้วบันทึกเป็น .xlsx")
    if "mimetype" in names and b"opendocument" in archive.open("mimetype").read(200):
        raise Invalid(
            "ไฟล์นี้เป็น OpenDocument (.ods) ยังไม่ได้บันทึกอะไร "
            "โปรดเปิดใน LibreOffice หรือ Excel เลือก บันทึกเป็น (Save As) ชนิด Excel (.xlsx) แล้วนำเข้าใหม่"
        )
    if "xl/workbook.xml" not in names:
        raise Invalid(
            "ไฟล์นี้ไม่ใช่ตาราง Excel (.xlsx) ยังไม่ได้บันทึกอะไร "
            "โปรดเปิดใน Excel แล้วบันทึกเป็น (Save As) ชนิด Excel Workbook (.xlsx) หรือ CSV UTF-8"
        )
    if any(part.file_size > MAX_SHEET_BYTES for part in parts if part.filename.startswith("xl/worksheets/")):
        raise _too_long()


@dataclass(slots=True)
class _Marks:
    """What the values alone do not tell of a sheet: merged ranges, and formulas whose result was never stored."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncalculated: dict[int, list[int]] = field(default_factory=dict)


def _sheets(data: bytes, archive: zipfile.ZipFile) -> list[Sheet]:
    import openpyxl  # heavy; only a spreadsheet pays for it

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found: list[Sheet] = []
    characters = 0
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    for sheet in shown[:MAX_SHEETS]:
        marks = _marks(archive, vars(sheet)["_worksheet_path"])
        rows: list[tuple[int, list[str]]] = []
        # The size a file states may be a lie; without it every row there is gets read.
        sheet.reset_dimensions()
        values = sheet.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS, values_only=True)
        for no, row in enumerate(values, start=1):
            if row.count(None) == len(row) and no not in marks.uncalculated:
                continue
            cells = [_text(value) for value in row]
            for column in marks.uncalculated.get(no, ()):
                cells[column - 1] = UNCALCULATED
            if any(cells):
                rows.append((no, cells))
                characters += sum(map(len, cells))
            if len(rows) > MAX_LINES:
                raise _too_long()
            if characters > MAX_CHARACTERS:
                raise _too_much()
        found.append(_rectangle(sheet.title, _filled(rows, marks.merged)))
    book.close()
    return found


def _marks(archive: zipfile.ZipFile, path: str) -> _Marks:
    marks = _Marks()
    with archive.open(path) as source:
        for _event, element in iterparse(source):
            if element.tag == f"{_MAIN}c":
                formula, value = element.find(f"{_MAIN}f"), element.find(f"{_MAIN}v")
                # A text result that is empty is stored as an empty value; a result never worked out is too, untyped.
                empty = value is None or (not value.text and element.get("t") != "str")
                if formula is not None and empty:
                    for row, column in _corner(element.get("r", "")):
                        marks.uncalculated.setdefault(row, []).append(column)
            elif element.tag == f"{_MAIN}mergeCell" and len(marks.merged) < MAX_LINES:
                first, _, last = element.get("ref", "").partition(":")
                for top, bottom in zip(_corner(first), _corner(last or first), strict=False):
                    marks.merged.append((*top, *bottom))
            elif element.tag == f"{_MAIN}row":
                element.clear()
    return marks


def _corner(reference: str) -> Iterator[tuple[int, int]]:
    """ "B7" as (7, 2); nothing for what is no cell, or one too far right to be read."""
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(reference) if reference else (0, 0)
    if 0 < row <= LAST_ROW and 0 < column <= MAX_COLUMNS:
        yield row, column


def _filled(rows: list[tuple[int, list[str]]], merged: list[tuple[int, int, int, int]]) -> list[tuple[int, list[str]]]:
    """Every cell of a merged range says what its first cell says. Rows that are wholly empty stay so."""
    by_no = dict(rows)
    for top, left, bottom, right in merged:
        text = by_no.get(top, [""] * left)[left - 1]
        if not text:
            continue
        for no in range(top, min(bottom, top + MAX_LINES) + 1):
            cells = by_no.get(no)
            if cells is not None:
                cells[left - 1 : right] = [text] * (right - left + 1)
    return rows


def _text(value: object) -> str:
    """A cell's value as text, as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)[:MAX_CELL]


# Comma-separated text

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200
_MOST_LINES_IN_A_CELL = 20


def _csv(data: bytes) -> Sheet:
    text = _decoded(data)
    if text.lstrip()[:1] == "<":
        raise Invalid(
            "ไฟล์นี้เป็นหน้าเว็บหรือ XML ไม่ใช่ตาราง ยังไม่ได้บันทึกอะไร โปรดเปิดใน Excel แล้วบันทึกเป็นชนิด Excel Workbook (.xlsx)"
        )
    delimiter = _told_delimiter(text)
    if delimiter:
        text = text.split("\n", 1)[1] if "\n" in text else ""
    delimiter = delimiter or _guessed_delimiter(text)
    rows: list[tuple[int, list[str]]] = []
    try:
        for no, record in enumerate(_records(text, delimiter), start=1):
            if any("\n" in cell and cell.count("\n") > _MOST_LINES_IN_A_CELL for cell in record):
                raise Invalid(
                    'เครื่องหมายคำพูด (") ในแถวที่ %(no)s ไม่มีตัวปิด ยังไม่ได้บันทึกอะไร โปรดลบหรือใส่ให้ครบคู่แล้วนำเข้าใหม่', no=no
                )
            if any(record):
                rows.append((no, [_plain(cell[:MAX_CELL]) for cell in record[:MAX_COLUMNS]]))
            if len(rows) > MAX_LINES:
                raise _too_long()
    except csv.Error as error:
        raise Invalid("อ่านตาราง CSV นี้ไม่ได้ ยังไม่ได้บันทึกอะไร โปรดเปิดใน Excel แล้วบันทึกเป็น .xlsx หรือ CSV UTF-8") from error
    return _rectangle("CSV", rows)


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking the cell for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@", "\t"} else cell


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _told_delimiter(text: str) -> str:
    """Excel's own first line "sep=;"."""
    first = text[:8].split("\n")[0].strip("\r\ufeff\"' ").lower()
    return first[4] if first.startswith("sep=") and len(first) == 5 else ""


def _guessed_delimiter(text: str) -> str:
    """The one that cuts most lines into the same number of cells, more than one; a comma if none does."""

    def weight(delimiter: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for _, record in zip(range(_SAMPLE_LINES), _records(text, delimiter), strict=False):
                widths[len(record)] += 1
        except csv.Error:
            pass
        width, lines = max(((w, n) for w, n in widths.items() if w > 1), key=lambda one: one[1], default=(0, 0))
        return lines, width

    return max(_DELIMITERS, key=weight)


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 or the Thai code page; text that is none of them is refused, not turned into strange letters."""
    try:
        text = decode(data)
    except Invalid as error:
        raise _unreadable() from error
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and "\x00" not in text and not _is_thai(text):
            raise _unreadable() from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _is_thai(text: str) -> bool:
    """True when the code page's letters make Thai: nearly all of them Thai, and marks standing on consonants."""
    high = [char for char in text if char > "\x7f" and char != "\u00a0"]
    thai = sum("ก" <= char <= "๛" for char in high)
    marks = misplaced = 0
    for before, char in zip(" " + text, text, strict=False):
        if char in _MARKS:
            marks += 1
            misplaced += before not in _MARKS and not "ก" <= before <= "ฮ"
    return thai >= 0.95 * len(high) and misplaced <= 0.05 * marks


_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")


def _unreadable() -> Invalid:
    return Invalid("อ่านตัวอักษรในไฟล์นี้ไม่ได้ ยังไม่ได้บันทึกอะไร โปรดเปิดใน Excel แล้วบันทึกเป็น .xlsx หรือชนิด CSV UTF-8 แล้วนำเข้าใหม่")
