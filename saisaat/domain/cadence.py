"""How often: the spans a quota is counted in, whether each was met, and how the running one stands.

A quota is met per group: a week with quota 3 is met only if every group got three different stories in it.
"""

import calendar
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from saisaat.domain.errors import Invalid
from saisaat.domain.phrases import Phrase

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thai time. A fixed offset, true of every date since 1920, so no time zone database has to be installed."""

LONGEST_PERIOD_DAYS = 3660


class Kind(StrEnum):
    """What a quota counts: still images or clips."""

    POSTER = "poster"
    CLIP = "clip"


class Per(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


KIND_SAID = {Kind.POSTER: Phrase("ภาพความรู้"), Kind.CLIP: Phrase("คลิป")}
_PER_SAID = {
    Per.DAY: Phrase("รายวัน"),
    Per.WEEK: Phrase("รายสัปดาห์"),
    Per.MONTH: Phrase("รายเดือน"),
    Per.QUARTER: Phrase("รายไตรมาส"),
    Per.YEAR: Phrase("รายปี"),
}


class WeekRule(StrEnum):
    """What a span owes when the campaign covers only part of it (the first or last week, say).

    Named for weeks, where it matters most; it holds for months, quarters and years alike.
    """

    FULL_STRICT_EDGE_PRORATED = "full_strict_edge_prorated"
    """A whole span owes the whole quota, a part owes its share of days, rounded up: "at least" never rounds down."""
    FULL_ONLY = "full_only"
    """Only whole spans owe anything."""
    EVERY_TOUCHED = "every_touched"
    """Every span that has a day in the campaign owes the whole quota."""


@dataclass(frozen=True, slots=True)
class Quota:
    """At least `at_least` different stories of `kind` for every group in each `per`."""

    kind: Kind
    at_least: int
    per: Per


@dataclass(frozen=True, slots=True)
class Span:
    """One day, week (Mon-Sun), month, quarter or year, clipped to the campaign. `start` and `end` are inclusive.

    `no` counts from 1 in the campaign; `days` are the days inside it; `quota` is what is owed.
    """

    no: int
    start: date
    end: date
    days: int
    quota: int


@dataclass(frozen=True, slots=True)
class Reached:
    """`story` reached `group` on local day `on`. Two stories differ when their ids differ."""

    group: str
    on: date
    story: str


@dataclass(frozen=True, slots=True)
class SpanResult:
    """How one span came out. `stories` is the smallest count of different stories over all groups.

    `met` is the bare comparison; `excused` is a person's reason why an unmet span is accepted, None without one.
    """

    span: Span
    stories: int
    by_group: Mapping[str, int]
    met: bool
    excused: str | None


def local_day(at: datetime) -> date:
    """The Thai calendar day of an aware time."""
    if at.tzinfo is None:
        raise ValueError("a naive time has no day")
    return at.astimezone(BANGKOK).date()


def check_quota(quota: Quota) -> None:
    """Raise `Invalid` unless the quota asks for something that can be counted."""
    if not 1 <= quota.at_least <= 1000:
        raise Invalid(
            "จำนวนของ “%(kind)s %(per)s” เป็น %(at_least)s จึงจัดแผนไม่ได้ โปรดใส่จำนวนตั้งแต่ 1 ถึง 1000",
            kind=KIND_SAID[quota.kind],
            per=_PER_SAID[quota.per],
            at_least=quota.at_least,
        )


def check_period(start: date, end: date) -> None:
    """Raise `Invalid` for a period that ends before it starts or is longer than ten years."""
    if end < start:
        raise Invalid("วันสิ้นสุดโครงการอยู่ก่อนวันเริ่ม ข้อมูลเดิมยังอยู่ครบ โปรดแก้ช่วงเวลา")
    if (end - start).days >= LONGEST_PERIOD_DAYS:
        raise Invalid("ช่วงเวลาโครงการยาวเกิน 10 ปี โปรดตรวจปีที่ใส่ (พ.ศ. หรือ ค.ศ.)")


def _bounds(day: date, per: Per) -> tuple[date, date]:
    """First and last day of the whole span that holds `day`."""
    if per is Per.DAY:
        return day, day
    if per is Per.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    months = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}[per]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1])


def _owed(at_least: int, days: int, whole: int, rule: WeekRule) -> int:
    if days == whole or rule is WeekRule.EVERY_TOUCHED:
        return at_least
    if rule is WeekRule.FULL_ONLY:
        return 0
    return -(-at_least * days // whole)


def spans(period_start: date, period_end: date, per: Per, rule: WeekRule, at_least: int) -> tuple[Span, ...]:
    """The campaign's spans in order, without gap or overlap, and what each owes. Raises `Invalid` on a bad period.

    Quarters and years are those of the calendar; the government's fiscal year starts on 1 October, a quarter's edge.
    """
    check_period(period_start, period_end)
    found: list[Span] = []
    start = period_start
    while start <= period_end:
        whole_start, whole_end = _bounds(start, per)
        end = min(whole_end, period_end)
        days = (end - start).days + 1
        owed = _owed(at_least, days, (whole_end - whole_start).days + 1, rule)
        found.append(Span(len(found) + 1, start, end, days, owed))
        start = end + timedelta(days=1)
    return tuple(found)


def weeks(period_start: date, period_end: date, rule: WeekRule, at_least: int) -> tuple[Span, ...]:
    """Weeks from Monday to Sunday."""
    return spans(period_start, period_end, Per.WEEK, rule, at_least)


def months(period_start: date, period_end: date, rule: WeekRule, at_least: int) -> tuple[Span, ...]:
    """Calendar months."""
    return spans(period_start, period_end, Per.MONTH, rule, at_least)


def span_of(found: Sequence[Span], day: date) -> Span | None:
    """The span that holds `day`, None outside the campaign."""
    return next((span for span in found if span.start <= day <= span.end), None)


def judge(
    found: Sequence[Span],
    reached: Iterable[Reached],
    groups: Collection[str],
    excused: Mapping[int, str] | None = None,
) -> tuple[SpanResult, ...]:
    """Whether each span was met in every one of `groups`. `excused` gives reasons by span number.

    What reached a group that is not among `groups`, or outside every span, does not count. Raises `Invalid` without
    groups: nothing can be met where nobody reads.
    """
    if not groups:
        raise Invalid("โครงการยังไม่มีกลุ่มไลน์ จึงตัดสินโควตาไม่ได้ โปรดเพิ่มกลุ่มก่อน")
    stories: dict[tuple[int, str], set[str]] = {}
    starts = [span.start for span in found]
    for item in reached:
        span = _span_by_start(found, starts, item.on)
        if span is not None:
            stories.setdefault((span.no, item.group), set()).add(item.story)
    return tuple(_result(span, stories, groups, excused or {}) for span in found)


def _span_by_start(found: Sequence[Span], starts: list[date], day: date) -> Span | None:
    position = bisect_right(starts, day) - 1
    return found[position] if position >= 0 and day <= found[position].end else None


def _result(
    span: Span, stories: Mapping[tuple[int, str], set[str]], groups: Collection[str], excused: Mapping[int, str]
) -> SpanResult:
    by_group = {group: len(stories.get((span.no, group), ())) for group in groups}
    fewest = min(by_group.values())
    met = fewest >= span.quota
    return SpanResult(span, fewest, by_group, met, None if met else excused.get(span.no))


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday and not a holiday."""
    return day.weekday() < 5 and day not in holidays


class Outlook(StrEnum):
    """How a span will come out, as far as one can know today."""

    MET = "met"
    ON_COURSE = "on_course"
    """Met if everything planned arrives."""
    SHORT = "short"
    """Not met even if everything planned arrives, and still time to add."""
    MISSED = "missed"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Progress:
    """One group in one span: different stories it got, and will have got if all that is planned arrives."""

    group: str
    sent: int
    expected: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """One span of a quota, looked ahead. `missing`: how many more stories the worst-off group needs planned.

    `free_days` are the days left on which another story could go without a second of its kind that day: working days,
    or any day where no working day is left.
    """

    quota: Quota
    span: Span
    groups: tuple[Progress, ...]
    outlook: Outlook
    missing: int
    free_days: tuple[date, ...]
    excused: str | None

    @property
    def sent(self) -> int:
        return min(group.sent for group in self.groups)

    @property
    def expected(self) -> int:
        return min(group.expected for group in self.groups)


def excused_spans(per: Per, found: Iterable[Span], mondays: Mapping[date, str]) -> dict[int, str]:
    """Reasons by span number, for the spans of an excused week. Only weeks are excused, never a month through one."""
    if per is not Per.WEEK:
        return {}
    reasons = {span.no: mondays.get(span.start - timedelta(days=span.start.weekday())) for span in found}
    return {no: reason for no, reason in reasons.items() if reason is not None}


def forecast(
    quota: Quota,
    found: Sequence[Span],
    sent: Collection[Reached],
    planned: Collection[Reached],
    groups: Collection[str],
    today: date,
    holidays: Collection[date] = (),
    mondays: Mapping[date, str] | None = None,
) -> tuple[Forecast, ...]:
    """How each span stands and will come out. `planned` are the stories still to go, on days from `today` on.

    `today` is the first day on which anything can still be sent. `mondays` names the excused weeks and why.
    """
    excused = excused_spans(quota.per, found, mondays or {})
    now = judge(found, sent, groups)
    then = judge(found, [*sent, *planned], groups)
    taken = {story.on for story in planned} | {story.on for story in sent}
    return tuple(
        _forecast(quota, before, after, excused.get(before.span.no), _free_days(before.span, today, taken, holidays))
        for before, after in zip(now, then, strict=True)
    )


def _forecast(
    quota: Quota, now: SpanResult, then: SpanResult, reason: str | None, free: tuple[date, ...] | None
) -> Forecast:
    if now.met:
        outlook = Outlook.MET
    elif reason is not None:
        outlook = Outlook.EXCUSED
    elif then.met:
        outlook = Outlook.ON_COURSE
    else:
        outlook = Outlook.MISSED if free is None else Outlook.SHORT
    groups = tuple(Progress(group, now.by_group[group], then.by_group[group]) for group in now.by_group)
    missing = max(0, now.span.quota - then.stories)
    return Forecast(quota, now.span, groups, outlook, missing, free or (), reason)


def _free_days(span: Span, today: date, taken: Collection[date], holidays: Collection[date]) -> tuple[date, ...] | None:
    """None when the span is over."""
    first = max(span.start, today)
    if first > span.end:
        return None
    left = [first + timedelta(days=ahead) for ahead in range((span.end - first).days + 1)]
    free = [day for day in left if day not in taken]
    return tuple(day for day in free if is_working_day(day, holidays)) or tuple(free)
