"""A staff list between upload and import: what was read of it, and what importing it now would change."""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from saisaat.domain.cadence import local_day
from saisaat.domain.staff import Ended, StaffType
from saisaat.domain.staff_list.plan import Choices, KnownOffice, Plan, make_plan
from saisaat.domain.staff_list.rows import Defaults, Read, read_rows
from saisaat.domain.staff_list.tables import Column, Line, Reading, Sheet, reading_at, understand
from saisaat.queries import people
from saisaat.records.models import StaffUpload
from saisaat.records.sealing import unseal

LASTS = timedelta(hours=1)
"""An uploaded list that nobody touched for so long is gone."""


@dataclass(frozen=True, slots=True)
class Preview:
    """An uploaded list as it is understood now, beside the people as they are now."""

    upload: StaffUpload
    sheets: tuple[Sheet, ...]
    sheet: Sheet
    reading: Reading
    read: Read
    choices: Choices
    defaults: Defaults
    offices: tuple[KnownOffice, ...]
    plan: Plan


def living_upload(province: str, upload_id: str, at: datetime) -> StaffUpload | None:
    """The upload while it lasts. `at` is real time."""
    lasting = StaffUpload.of(province).filter(pk=upload_id, touched_at__gt=at - LASTS)
    return lasting.select_related("key", "by").first()


def packed(sheets: list[Sheet]) -> str:
    """Sheets as one text, small enough to be kept in a row."""
    told = [[sheet.name, [[line.no, line.cells] for line in sheet.lines]] for sheet in sheets]
    return base64.b85encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode())).decode()


def unpacked(text: str) -> tuple[Sheet, ...]:
    told = json.loads(zlib.decompress(base64.b85decode(text)))
    return tuple(Sheet(name, tuple(Line(no, tuple(cells)) for no, cells in lines)) for name, lines in told)


def preview(upload: StaffUpload, now: datetime) -> Preview:
    """What importing the list would change now. Nothing is written. `now` is the campaign clock."""
    today = local_day(now)
    told: Mapping[str, Any] = upload.choices
    sheets = unpacked(unseal(upload.key, upload.tables_sealed) or "")
    sheet = sheets[min(told.get("sheet", best_sheet(sheets)), len(sheets) - 1)]
    reading = _reading(sheet, told)
    known_offices = people.known_offices(str(upload.province_id))
    default = next((office.name for office in known_offices if office.id == told.get("office")), "")
    defaults = Defaults(default, fill_down=bool(told.get("fill_down")))
    read = read_rows(sheet, reading, defaults, today=today)
    choices = Choices(
        on=min(date.fromisoformat(told["on"]) if told.get("on") else today, today),
        staff_type=StaffType(told["type"]) if told.get("type") else None,
        offices=told.get("offices", {}),
        rows={int(no): answer for no, answer in told.get("rows", {}).items()},
        absent={person: Ended(how) for person, how in told.get("absent", {}).items()},
    )
    plan = make_plan(read, people.known(str(upload.province_id)), known_offices, choices)
    return Preview(upload, sheets, sheet, reading, read, choices, defaults, tuple(known_offices), plan)


def best_sheet(sheets: tuple[Sheet, ...]) -> int:
    """The first sheet with the most known columns under a heading with names."""

    def known(index: int) -> tuple[int, int]:
        reading = understand(sheets[index])
        return (len(set(reading.columns) - {None}) if reading.has_names() else 0, -index)

    return max(range(len(sheets)), key=known)


def _reading(sheet: Sheet, told: Mapping[str, Any]) -> Reading:
    """As understood by itself, unless a person said otherwise."""
    heading = sheet.index_of(told.get("heading") or 0)
    reading = understand(sheet) if heading is None else reading_at(sheet, heading)
    columns = told.get("columns")
    if columns is None or len(columns) != sheet.width:
        return reading
    return Reading(reading.heading, reading.first, tuple(Column(held) if held else None for held in columns))
