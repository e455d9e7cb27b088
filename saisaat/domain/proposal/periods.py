"""When a project runs: first and last day from the ways offices write a period."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from saisaat.domain.phrases import Phrase
from saisaat.domain.proposal.model import Period
from saisaat.domain.thai import (
    MONTH,
    THAI_WEEKDAYS,
    find_dates,
    has_impossible_date,
    read_month,
    read_year,
    to_arabic_digits,
)

_YEAR = r"(?:(?:พ\.? ?ศ\.?|ค\.? ?ศ\.?|ปี) {0,2})?(\d{4}|\d{2})(?!\d|\.\d)"
_TO = r" {0,4}(?:ถึง|จนถึง|-|–|—|~) {0,4}(?:สิ้น)?(?:วันที่ {0,2})?(?:วัน[ก-๎]{2,9}ที่ {0,2})?(?:เดือน)? {0,2}"
_M = rf"({MONTH})"
_DAY = r"(?<![\d.,/])(\d{1,2})"
_IN = r" {0,3}(?:เดือน)? {0,3}"

_DAYS_OF_TWO_MONTHS = re.compile(rf"{_DAY}{_IN}{_M}{_TO}(\d{{1,2}}){_IN}{_M} {{0,3}}{_YEAR}")
_DAYS_OF_TWO_YEARS = re.compile(rf"{_DAY}{_IN}{_M} {{0,3}}{_YEAR}{_TO}(\d{{1,2}}){_IN}{_M} {{0,3}}{_YEAR}")
_DAYS_OF_A_MONTH = re.compile(
    rf"(?<!, ){_DAY} {{0,2}}(?:-|–|—|ถึง|และ) {{0,2}}(?:วันที่ {{0,2}})?(\d{{1,2}}){_IN}{_M} {{0,3}}{_YEAR}"
)
_SLASHED = r"(\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2})"
_TWO_SLASHED = re.compile(rf"{_SLASHED} {{0,3}}(?:ถึง|จนถึง|-|–|—|~) {{0,3}}{_SLASHED}")
_MONTHS_OF_TWO_YEARS = re.compile(rf"{_M} {{0,3}}{_YEAR}{_TO}{_M} {{0,3}}{_YEAR}")
_MONTHS_OF_A_YEAR = re.compile(rf"{_M}{_TO}{_M} {{0,3}}{_YEAR}")
_A_MONTH = re.compile(rf"{_M} {{0,3}}{_YEAR}")
_FISCAL = re.compile(r"ปีงบ(?:ประมาณ)? {0,2}(?:พ\.? ?ศ\.?)? {0,2}(\d{4}|\d{2})(?!\d)")
_QUARTERS = re.compile(r"ไตรมาส(?:ที่)? {0,2}([1-4])(?: {0,2}(?:-|–|ถึง|และ) {0,2}(?:ไตรมาส(?:ที่)? {0,2})?([1-4]))?")
_DURATION = re.compile(rf"(\d{{1,2}}) {{0,2}}เดือน(?!ที่| {{0,3}}{MONTH})")
_WEEKDAY = re.compile(rf"วัน({'|'.join(sorted(THAI_WEEKDAYS, key=len, reverse=True))})ที่ {{0,2}}$")


@dataclass(slots=True)
class Reading:
    """What a text says of the period. `period` is None where it says nothing certain; then `why` asks."""

    period: Period | None = None
    sure: bool = True
    why: Phrase | None = None
    notes: list[Phrase] = field(default_factory=list)
    months: int | None = None


def read_period(text: str) -> Reading:
    """The period a section states. Two different ranges, one end missing, or a school year give None and a question."""
    arabic = to_arabic_digits(text)
    spans, rest = _spans(arabic)
    if has_impossible_date(arabic):
        return Reading(why=Phrase("มีวันที่ซึ่งไม่มีจริงในปฏิทิน วันเริ่มและวันสิ้นสุดที่ถูกต้องคือวันใด"))
    reading = _one_of(spans, rest) if spans else _without_span(arabic)
    found = _DURATION.search(arabic)
    reading.months = int(found[1]) if found else None
    reading.notes += _weekday_notes(arabic)
    if spans and not all(span.sure for span in spans):
        reading.sure = False
        reading.notes.append(Phrase("ปีพิมพ์ไว้สองหลัก อ่านเป็น พ.ศ. ๒๕xx ถูกต้องหรือไม่"))
    return reading


@dataclass(frozen=True, slots=True)
class _Span:
    start: date
    end: date
    sure: bool
    at: int


def _spans(text: str) -> tuple[list[_Span], str]:
    """Every range, longest way of writing first, and the rest of the text: what was used is blanked in it."""
    found: list[_Span] = []
    readers = (
        (_DAYS_OF_TWO_YEARS, lambda m: ((m[1], m[2], m[3]), (m[4], m[5], m[6]))),
        (_DAYS_OF_TWO_MONTHS, lambda m: ((m[1], m[2], None), (m[3], m[4], m[5]))),
        (_DAYS_OF_A_MONTH, lambda m: ((m[1], m[3], m[4]), (m[2], m[3], m[4]))),
        (_MONTHS_OF_TWO_YEARS, lambda m: (("1", m[1], m[2]), (None, m[3], m[4]))),
        (_MONTHS_OF_A_YEAR, lambda m: (("1", m[1], None), (None, m[2], m[3]))),
    )
    for pattern, parts in readers:
        for match in pattern.finditer(text):
            span = _make(*parts(match), at=match.start())
            if span and "และ" in match[0] and (span.end - span.start).days != 1:
                found += [replace(span, end=span.start), replace(span, start=span.end)]
            elif span:
                found.append(span)
        text = pattern.sub(lambda match: "\n" * len(match[0]), text)
    for match in _TWO_SLASHED.finditer(text):
        first, last = find_dates(match[1]), find_dates(match[2])
        if first and last:
            found.append(_Span(first[0].value, last[0].value, first[0].sure and last[0].sure, match.start()))
    return sorted(found, key=lambda span: span.at), text


_Part = tuple[str | None, str, str | None]


def _make(first: _Part, last: _Part, *, at: int) -> _Span | None:
    """A year given once belongs to both months; if the first month is later than the last, it is in the year before."""
    months = read_month(first[1]), read_month(last[1])
    year = read_year(last[2] or "")
    earlier = read_year(first[2]) if first[2] else year
    if year is None or earlier is None or months[0] is None or months[1] is None:
        return None
    start_year = earlier.ce - 1 if first[2] is None and months[0] > months[1] else earlier.ce
    start = _day(start_year, months[0], int(first[0] or 1))
    end = _day(year.ce, months[1], int(last[0])) if last[0] else month_end(year.ce, months[1])
    return _Span(start, end, year.sure and earlier.sure, at) if start and end else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _one_of(spans: list[_Span], rest: str) -> Reading:
    ranges = {(span.start, span.end) for span in spans}
    if any(start > end for start, end in ranges):
        return Reading(why=Phrase("วันสิ้นสุดมาก่อนวันเริ่มต้น กำหนดวันเริ่มและวันสิ้นสุดที่ถูกต้องคือวันใด"))
    whole = (min(start for start, _ in ranges), max(end for _, end in ranges))
    inside = {(whole[0].month - 1 + step) % 12 + 1 for step in range(min(12, months_covered(Period(*whole))))}
    if any(read_month(match[0]) not in inside for match in re.finditer(MONTH, rest)):
        return Reading(why=Phrase("มีเดือนอื่นนอกช่วงที่เขียนไว้ ทั้งโครงการเริ่มวันใดและสิ้นสุดวันใด"))
    if whole in ranges:
        return Reading(Period(*whole))
    return Reading(why=Phrase("พบช่วงเวลามากกว่าหนึ่งช่วง ทั้งโครงการเริ่มวันใดและสิ้นสุดวันใด"))


def _without_span(text: str) -> Reading:
    if "ปีการศึกษา" in text:
        return Reading(why=Phrase("ระบุเป็นปีการศึกษา ซึ่งไม่มีวันที่ตายตัว เริ่มวันใดและสิ้นสุดวันใด"))
    fiscal = _FISCAL.search(text)
    year = read_year(fiscal[1]) if fiscal else None
    dates = find_dates(text)
    if dates:
        if re.search(r"\d {0,2}(?:,|และ) {0,2}$", text[: dates[0].start][-8:]):
            return Reading(why=Phrase("พบหลายวันที่ แต่ไม่เขียนเป็นช่วง โครงการเริ่มวันใดและสิ้นสุดวันใด"))
        return _from_dates(text, [item.value for item in dates], all(item.sure for item in dates))
    months = [(read_month(match[1]), read_year(match[2])) for match in _A_MONTH.finditer(text)]
    known = {(month, year.ce, year.sure) for month, year in months if month and year}
    alone = len(known) == 1 and len(re.findall(MONTH, text)) == len(months)
    if alone and not re.search("ภายใน|เป็นต้นไป|สิ้นสุด", text):
        month, ce, sure = known.pop()
        return Reading(Period(date(ce, month, 1), month_end(ce, month)), sure=sure)
    if year and not known:
        return _fiscal(text, year.ce, year.sure)
    if known or months:
        return Reading(why=Phrase("อ่านช่วงเวลาได้ไม่ครบทั้งวันเริ่มและวันสิ้นสุด โครงการเริ่มวันใดและสิ้นสุดวันใด"))
    return Reading(why=Phrase("ไม่พบวันที่หรือเดือนที่ชัดเจน โครงการเริ่มวันใดและสิ้นสุดวันใด"))


def _fiscal(text: str, year: int, sure: bool) -> Reading:
    """Fiscal year B.E. n runs from 1 October n-1 to 30 September n; its quarters are of three months."""
    quarters = _QUARTERS.search(text)
    if quarters is None:
        return Reading(Period(date(year - 1, 10, 1), date(year, 9, 30)), sure=sure)
    first, last = int(quarters[1]), int(quarters[2] or quarters[1])
    starts = [date(year - 1, 10, 1), date(year, 1, 1), date(year, 4, 1), date(year, 7, 1)]
    ends = [date(year - 1, 12, 31), date(year, 3, 31), date(year, 6, 30), date(year, 9, 30)]
    if first > last:
        return Reading(why=Phrase("ลำดับไตรมาสไม่ถูกต้อง โครงการเริ่มวันใดและสิ้นสุดวันใด"))
    return Reading(Period(starts[first - 1], ends[last - 1]), sure=sure)


def _from_dates(text: str, dates: list[date], sure: bool) -> Reading:
    different = sorted(set(dates))
    if len(different) == 1 and re.search("เป็นต้นไป|ภายใน|เริ่ม|สิ้นสุด|จนถึง|ถึงวันที่|^ {0,3}ตั้งแต่", text):
        return Reading(why=Phrase("ระบุวันไว้เพียงวันเดียว โครงการเริ่มวันใดและสิ้นสุดวันใด"))
    if len(different) == 1:
        return Reading(Period(different[0], different[0]), sure=sure)
    if len(dates) == 2 and re.search("ถึง|-|–|สิ้นสุด", text):
        if dates[0] > dates[1]:
            return Reading(why=Phrase("วันสิ้นสุดมาก่อนวันเริ่มต้น กำหนดวันเริ่มและวันสิ้นสุดที่ถูกต้องคือวันใด"))
        return Reading(Period(dates[0], dates[1]), sure=sure)
    return Reading(why=Phrase("พบหลายวันที่ แต่ไม่เขียนเป็นช่วง โครงการเริ่มวันใดและสิ้นสุดวันใด"))


def _weekday_notes(text: str) -> list[Phrase]:
    notes = []
    for found in find_dates(text):
        named = _WEEKDAY.search(text[max(0, found.start - 20) : found.start])
        actual = THAI_WEEKDAYS[found.value.weekday()]
        if named and named[1] != actual:
            notes.append(Phrase("เขียนว่าวัน%(named)s แต่วันที่นั้นตรงกับวัน%(actual)s วันที่ใดถูกต้อง", named=named[1], actual=actual))
    return notes


def months_covered(period: Period) -> int:
    """Calendar months touched: 1 May to 30 September is 5."""
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def durations(text: str) -> list[int]:
    """Lengths in months that `text` gives for the project itself ("ระยะเวลา ๖ เดือน")."""
    arabic = to_arabic_digits(text)
    return [
        int(match[1]) for match in re.finditer(r"(?:ระยะเวลา|เป็นเวลา|ตลอด)[^\d\n]{0,30}(\d{1,2}) {0,2}เดือน", arabic)
    ]
