"""The action plan (แผนปฏิบัติการ) as a sheet, a printed table and a calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from saisaat.documents.blocks import in_thai_digits
from saisaat.documents.sheets import put, saved, set_widths, shown_width, write_head
from saisaat.documents.text_layer import repaired
from saisaat.domain.thai import THAI_WEEKDAYS, format_date, format_weekday, thai_number
from saisaat.typesetting import Job, RenderPool
from saisaat.typesetting.thai_text import clean

_BANGKOK = ZoneInfo("Asia/Bangkok")
"""By name, as calendars want it; `cadence.BANGKOK` is the same time."""
_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_HEAD_ROW = 5
_LONGEST = 20_000
_WITHDRAWN = "ถอนออกจากแผน"
_LASTS = timedelta(minutes=15)
_HEADINGS = ("ลำดับ", "วัน", "วันที่ (พ.ศ.)", "วันและเวลา", "ชนิด", "เรื่อง", "กลุ่ม", "ผู้รับผิดชอบ", "สถานะ")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One entry. `at` is aware. `uid` is the same in every export, so that a calendar moves it, not doubles it."""

    no: int
    at: datetime
    kind: str
    title: str
    groups: tuple[str, ...]
    owner: str
    state: str
    uid: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The plan as it stands on `made_on`. Both days of `period` are included."""

    title: str
    office: str
    period: tuple[date, date]
    rows: tuple[PlanRow, ...]
    made_on: date


def plan_xlsx(plan: PlanSheet) -> bytes:
    """A sheet that prints on A4 across, its head on every page; days as real dates beside the Thai ones."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "แผนปฏิบัติการ"
    widths = write_head(sheet, _HEAD_ROW, _HEADINGS)
    for number, row in enumerate(plan.rows, _HEAD_ROW + 1):
        for column, value in enumerate(_cells(row), 1):
            put(sheet, number, column, value)
            widths[column - 1] = max(widths[column - 1], shown_width(value))
            if row.withdrawn:
                sheet.cell(number, column).font = Font(strike=True, color="595959")
    set_widths(sheet, widths)
    _write_title(sheet, plan)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    last = get_column_letter(len(_HEADINGS))
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{_HEAD_ROW + max(1, len(plan.rows))}"
    _set_up_print(sheet)
    return saved(book)


def _write_title(sheet: Worksheet, plan: PlanSheet) -> None:
    """Above the table, over its whole width; a long title gets the height it needs."""
    columns = [get_column_letter(number) for number in range(1, len(_HEADINGS) + 1)]
    room = sum(sheet.column_dimensions[name].width for name in columns)
    made = f"ข้อมูล ณ วันที่ {format_date(plan.made_on)} จำนวน {thai_number(len(plan.rows))} รายการ"
    for number, line in enumerate((f"แผนปฏิบัติการ {plan.title}", plan.office, f"{_period(plan)} ({made})"), 1):
        put(sheet, number, 1, line)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(_HEADINGS))
        sheet.cell(number, 1).font = Font(bold=number == 1, size=14 if number == 1 else 11)
        sheet.row_dimensions[number].height = (21 if number == 1 else 16) * (1 + int(shown_width(line) * 1.3 / room))


def _set_up_print(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&P / &N"


def plan_ics(plan: PlanSheet, *, updated: datetime) -> bytes:
    """A calendar of the entries; a withdrawn one is there as cancelled, so that it goes from calendars that had it.

    `updated`: when the plan was changed last. A calendar that is read again takes the version with the later one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Saisaat//Plan//TH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(f"แผนปฏิบัติการ {plan.title}", limit=_LONGEST))
    calendar.add("x-wr-timezone", "Asia/Bangkok")
    calendar.add_component(Timezone.from_tzid("Asia/Bangkok"))
    for row in plan.rows:
        calendar.add_component(_event(row, updated.astimezone(UTC)))
    return bytes(calendar.to_ical())


def _event(row: PlanRow, updated: datetime) -> Event:
    event = Event()
    event.add("uid", f"{row.uid}@saisaat")
    event.add("dtstamp", updated)
    event.add("last-modified", updated)
    # Some programs go by this number alone when an entry comes again; minutes fit the 31 bits it may have.
    event.add("sequence", int((updated - _COUNTED_FROM) / timedelta(minutes=1)))
    start = row.at.astimezone(_BANGKOK)
    event.add("dtstart", start)
    event.add("dtend", start + _LASTS)
    event.add("summary", clean(f"{row.kind}: {row.title}", limit=_LONGEST))
    told = (", ".join(row.groups), row.owner, _state(row))
    event.add("description", clean("\n".join(filter(None, told)), limit=_LONGEST))
    event.add("status", "CANCELLED" if row.withdrawn else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def plan_pdf(plan: PlanSheet, pool: RenderPool) -> bytes:
    """The plan as a table on A4 across, the head of the table on every page. Equal plans give equal bytes."""
    job = Job(
        "documents/plan.typ",
        in_thai_digits(_document(plan)),
        format="pdf",
        text="breakable",
        fonts=("Sarabun",),
        missing="replace",
        pdf_standards=("a-2a",),
        timestamp=int(datetime.combine(plan.made_on, time(12), UTC).timestamp()),
    )
    return repaired(pool.render(job).data)


def _document(plan: PlanSheet) -> Mapping[str, Any]:
    everywhere = {row.groups for row in plan.rows}
    together = everywhere.pop() if len(everywhere) == 1 else ()
    return {
        "_title": clean(f"แผนปฏิบัติการ {plan.title}"[:500]),
        "_author": clean(plan.office[:500]),
        "title": plan.title,
        "office": plan.office,
        "period": _period(plan),
        "together": f"เผยแพร่ทุกรายการในกลุ่ม {', '.join(together)}" if together else "",
        "made": f"ข้อมูล ณ วันที่ {format_date(plan.made_on)} จำนวน {thai_number(len(plan.rows))} รายการ",
        "rows": [
            {"_withdrawn": row.withdrawn, "cells": _printed(row, [] if together else [", ".join(row.groups)])}
            for row in plan.rows
        ],
    }


def _printed(row: PlanRow, groups: list[str]) -> list[str]:
    at = row.at.astimezone(_BANGKOK)
    day = f"{THAI_WEEKDAYS[at.weekday()]} {format_date(at.date(), style='short')}"
    return [str(row.no), day, f"{at:%H.%M} น.", row.kind, row.title, *groups, row.owner, _state(row)]


def _cells(row: PlanRow) -> tuple[object, ...]:
    at = row.at.astimezone(_BANGKOK)
    day = at.date()
    groups = ", ".join(row.groups)
    return row.no, format_weekday(day), format_date(day), at, row.kind, row.title, groups, row.owner, _state(row)


def _state(row: PlanRow) -> str:
    """A withdrawn entry says so in words: what is crossed out looks the same to a screen reader."""
    return _WITHDRAWN if row.withdrawn and not row.state.startswith(_WITHDRAWN) else row.state


def _period(plan: PlanSheet) -> str:
    return f"ระหว่างวันที่ {format_date(plan.period[0])} ถึงวันที่ {format_date(plan.period[1])}"
