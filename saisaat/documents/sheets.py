"""Tables for spreadsheets: .xlsx, and .csv that Excel opens in Thai."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from saisaat.documents.xml_text import xml_text
from saisaat.domain.cadence import BANGKOK

_HEAD_FILL = PatternFill("solid", fgColor="EFE9DC")
_WIDEST = 48
# A cell that begins so would be reckoned by the program that opens it, whoever wrote it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST = 32_767  # characters a cell holds
_OVER_OR_UNDER = frozenset(
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)


def table_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet: headings that stay in sight, columns as wide as their words, dates as dates, text as text."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_name(title)
    widths = write_head(sheet, 1, headings)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            put(sheet, number, column, value)
            widths[column - 1] = max(widths[column - 1], shown_width(value))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    set_widths(sheet, widths)
    return saved(book)


def table_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark, days as 2020-05-01. Text that would be taken for a formula begins with an
    apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(heading) for heading in headings])
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode(errors="replace")


def _harmless(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local(value).isoformat(" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("\0", "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return text
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS) else text


def sheet_name(title: str) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\, no apostrophe at its ends, not "History"."""
    name = re.sub(r"[\[\]:*?/\\]", " ", xml_text(title))
    name = " ".join(name.split()).strip("' ")[:31].strip("' ")
    return f"{name}_" if name.lower() == "history" else name or "Sheet"


def write_head(sheet: Worksheet, row: int, headings: Sequence[str]) -> list[int]:
    """The headings of a table in `row`; the width each column has so far."""
    for column, heading in enumerate(headings, 1):
        put(sheet, row, column, heading)
        cell = sheet.cell(row, column)
        cell.font, cell.fill = Font(bold=True), _HEAD_FILL
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return [shown_width(heading) for heading in headings]


def put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """A value as what it is; text is never a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = xml_text(value)[:_LONGEST]
        cell.data_type = "s"
    elif isinstance(value, datetime):
        cell.value, cell.number_format = _local(value), "dd/mm/yyyy hh:mm"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
    else:
        cell.value = value  # type: ignore[assignment]  # numbers, None
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))


def shown_width(value: object) -> int:
    """Characters a value takes in a cell. Thai marks above and below take no room."""
    if isinstance(value, datetime):
        return 17
    if isinstance(value, date):
        return 11
    lines = str(value if value is not None else "").split("\n")
    return max(sum(c not in _OVER_OR_UNDER for c in line) for line in lines)


def set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, 6), _WIDEST)


def _local(moment: datetime) -> datetime:
    """Spreadsheets know no time zones: the time of day in Thailand."""
    return moment.astimezone(BANGKOK).replace(tzinfo=None) if moment.tzinfo else moment


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
