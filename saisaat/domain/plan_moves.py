"""Changing entries of a plan by hand: what is refused, and what a person should know before doing it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK, Quota, Span, excused_spans, span_of
from saisaat.domain.errors import DomainError, Invalid, NotNow
from saisaat.domain.phrases import Phrase
from saisaat.domain.plan import PlannedEntry, PlanRequest, deadline_of, unmet
from saisaat.domain.plan_dates import GREETING_HOURS, day_rank, is_quiet, owed_spans
from saisaat.domain.plan_notices import Notice, Worry
from saisaat.domain.topics import valid_on

CLOSE_MINUTES = 15
"""Two messages nearer than this look like one to a reader."""

NEAR_WEEKS = 4
"""A topic that comes again within this time is remembered as a repetition."""

_LITTLE_TIME = timedelta(hours=2)


def check_future(at: datetime, now: datetime) -> None:
    """Raise `Invalid` for a time that is over."""
    if at <= now:
        raise Invalid("เวลาที่เลือกผ่านไปแล้ว ยังไม่มีอะไรเปลี่ยน โปรดเลือกเวลาที่ยังมาไม่ถึง")


def check_move(
    entry: PlannedEntry,
    new_at: datetime,
    others: Sequence[PlannedEntry],
    request: PlanRequest,
    excused: Collection[date] = (),
) -> None:
    """Raise `Invalid` or `NotNow`, in Thai, unless `entry` may move to `new_at` (aware).

    `others` are the plan's remaining entries. `excused` holds the Mondays of weeks that may fall short.
    """
    moved = _at(entry, new_at)
    check_moment(moved.at, request)
    _check_announced_first([*others, entry], [*others, moved])
    if entry.kind is ItemKind.ANNOUNCEMENT:
        return
    _check_topics(moved, others, request)
    if moved.at.date() != entry.at.date():
        _check_own_day(moved, others)
    _check_quotas([*others, entry], [*others, moved], request, excused)


def can_move(
    entry: PlannedEntry,
    new_at: datetime,
    others: Sequence[PlannedEntry],
    request: PlanRequest,
    excused: Collection[date] = (),
) -> bool:
    try:
        check_move(entry, new_at, others, request, excused)
    except DomainError:
        return False
    return True


def check_swap(
    first: PlannedEntry,
    second: PlannedEntry,
    others: Sequence[PlannedEntry],
    request: PlanRequest,
    excused: Collection[date] = (),
) -> None:
    """Raise unless the two may exchange their times. `others` holds neither of them."""
    if first.at == second.at:
        raise Invalid("สองรายการนี้อยู่เวลาเดียวกันแล้ว จึงไม่มีอะไรให้สลับ โปรดเลือกอีกรายการ")
    swapped = [_at(first, second.at), _at(second, first.at)]
    _check_announced_first([*others, first, second], [*others, *swapped])
    for moved, other in (swapped, swapped[::-1]):
        _check_topics(moved, [*others, other], request)
        if first.kind is not second.kind and first.at.date() != second.at.date():
            _check_own_day(moved, others)
    _check_quotas([*others, first, second], [*others, *swapped], request, excused)


def check_add(entry: PlannedEntry, others: Sequence[PlannedEntry], request: PlanRequest) -> None:
    """Raise unless `entry` may be added. A second story of its kind that day is allowed: a late week may need it."""
    check_moment(entry.at, request)
    _check_announced_first(others, [*others, entry])
    _check_topics(entry, others, request)


def move_cautions(
    entry: PlannedEntry,
    new_at: datetime,
    others: Sequence[PlannedEntry],
    request: PlanRequest,
    excused: Collection[date] = (),
) -> tuple[Notice, ...]:
    """What speaks against `entry` at `new_at` without forbidding it. Serves adding, too: then `new_at` is its time."""
    moved = _at(entry, new_at)
    others = [other for other in others if other.no != entry.no]
    found = [*time_worries(moved, request), *_neighbours(moved, others)]
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    for quota, span in unmet(request, owed, [*others, moved]):
        touched = any(span_of([span], day) for day in (entry.at.date(), moved.at.date()))
        if touched and quota.kind.value == entry.kind.value and not _is_excused(quota, span, excused):
            found.append(Notice(Worry.SHORT, (entry.no,), (span.start, span.end), quota=quota))
    late = deadline_of(request, owed, moved.kind, moved.at) - moved.at
    if late < _LITTLE_TIME and moved.kind is not ItemKind.ANNOUNCEMENT:
        found.append(Notice(Worry.LITTLE_TIME, (entry.no,), count=max(0, int(late.total_seconds() // 60))))
    return tuple(found)


def withdraw_cautions(
    entry: PlannedEntry, others: Sequence[PlannedEntry], request: PlanRequest, excused: Collection[date] = ()
) -> tuple[Notice, ...]:
    """The spans that lack a story once `entry` is gone."""
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    return tuple(
        Notice(Worry.SHORT, (entry.no,), (span.start, span.end), quota=quota)
        for quota, span in unmet(request, owed, others)
        if quota.kind.value == entry.kind.value and span_of([span], entry.at.date())
        if not _is_excused(quota, span, excused)
    )


def time_worries(entry: PlannedEntry, request: PlanRequest) -> Iterator[Notice]:
    """What speaks against the entry's day and hour, whatever else is planned."""
    day, at = entry.at.date(), entry.at.time()
    if day in request.holidays:
        yield Notice(Worry.HOLIDAY, (entry.no,), (day,), request.holidays[day])
    elif day_rank(day, request.holidays) and day.weekday() not in request.weekdays:
        yield Notice(Worry.WEEKEND, (entry.no,), (day,))
    if GREETING_HOURS[0] <= at < GREETING_HOURS[1]:
        yield Notice(Worry.GREETING, (entry.no,), (day,))


def _neighbours(entry: PlannedEntry, others: Sequence[PlannedEntry]) -> Iterator[Notice]:
    for other in others:
        if abs(other.at - entry.at) < timedelta(minutes=CLOSE_MINUTES):
            yield Notice(Worry.CROWDED, (entry.no, other.no), count=CLOSE_MINUTES)
        if other.kind is entry.kind and other.at.date() == entry.at.date() and _shared(entry, other):
            yield Notice(Worry.DOUBLED, (entry.no, other.no), (entry.at.date(),))
        near = abs((other.at.date() - entry.at.date()).days) <= 7 * NEAR_WEEKS
        if near and (topic := same_topic(entry, other)):
            yield Notice(Worry.SAME_TOPIC, (entry.no, other.no), (other.at.date(),), topic, NEAR_WEEKS)


def same_topic(entry: PlannedEntry, other: PlannedEntry) -> str:
    """The topic's id that a group gets from both entries; empty where there is none."""
    for key in _shared(entry, other):
        topic = entry.per_group[key].topic_id
        if topic and topic == other.per_group[key].topic_id:
            return topic
    return ""


def _shared(entry: PlannedEntry, other: PlannedEntry) -> list[str]:
    return [key for key in entry.per_group if key in other.per_group]


def _at(entry: PlannedEntry, at: datetime) -> PlannedEntry:
    return replace(entry, at=at.astimezone(BANGKOK))


def check_moment(local: datetime, request: PlanRequest) -> None:
    if not request.period_start <= local.date() <= request.period_end:
        raise Invalid(
            "วันที่ %(value)s อยู่นอกช่วงโครงการ (%(period_start)s ถึง %(period_end)s) รายการยังอยู่ที่เวลาเดิม",
            value=local.date(),
            period_start=request.period_start,
            period_end=request.period_end,
        )
    if is_quiet(local.time(), request.quiet_hours):
        start, stop = request.quiet_hours
        raise Invalid(
            "เวลา %(local)s น. อยู่ในช่วงงดส่ง %(start)s-%(stop)s น. รายการยังอยู่ที่เวลาเดิม โปรดเลือกเวลาอื่น",
            local=format(local, "%H:%M"),
            start=format(start, "%H:%M"),
            stop=format(stop, "%H:%M"),
        )


def _check_announced_first(before: Sequence[PlannedEntry], after: Sequence[PlannedEntry]) -> None:
    """The first announcement stays before the first publication. A later one, of a changed plan, may stand anywhere."""
    if _announced_late(after) and not _announced_late(before):
        raise NotNow("ต้องแจ้งแผนให้กลุ่มทราบก่อนเผยแพร่เรื่องแรก รายการยังอยู่ที่เวลาเดิม โปรดเลือกเวลาที่ไม่สลับลำดับ")


def _announced_late(entries: Sequence[PlannedEntry]) -> bool:
    told = [entry.at for entry in entries if entry.kind is ItemKind.ANNOUNCEMENT]
    shown = [entry.at for entry in entries if entry.kind is not ItemKind.ANNOUNCEMENT]
    return bool(told and shown) and min(told) >= min(shown)


def _check_topics(entry: PlannedEntry, others: Sequence[PlannedEntry], request: PlanRequest) -> None:
    topics = {topic.id: topic for topic in request.topics}
    day = entry.at.date()
    monday = day - timedelta(days=day.weekday())
    for key, choice in entry.per_group.items():
        if choice.topic_id is None:
            continue
        topic = topics.get(choice.topic_id)
        if topic is None or not valid_on(topic, day):
            raise Invalid(
                "หัวข้อ %(topic_id)s ไม่มีผลใช้บังคับในวันที่ %(day)s รายการยังอยู่ที่เวลาเดิม โปรดเลือกวันหรือหัวข้ออื่น",
                topic_id=topic.headline if topic else choice.topic_id,
                day=day,
            )
        for other in others:
            same = key in other.per_group and other.per_group[key].topic_id == choice.topic_id
            if same and monday <= other.at.date() <= monday + timedelta(days=6):
                raise NotNow(
                    "สัปดาห์นั้นกลุ่มได้หัวข้อเดียวกันแล้วในรายการที่ %(no)s รายการยังอยู่ที่เวลาเดิม โปรดเลือกสัปดาห์อื่น", no=other.no
                )


def _check_own_day(entry: PlannedEntry, others: Sequence[PlannedEntry]) -> None:
    for other in others:
        if other.kind is entry.kind and other.at.date() == entry.at.date() and _shared(entry, other):
            raise NotNow("วันนั้นกลุ่มมีเรื่องชนิดเดียวกันแล้วในรายการที่ %(no)s รายการยังอยู่ที่เวลาเดิม โปรดเลือกวันที่ว่าง", no=other.no)


def _check_quotas(
    before: Sequence[PlannedEntry], after: Sequence[PlannedEntry], request: PlanRequest, excused: Collection[date]
) -> None:
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    short_before = set(unmet(request, owed, before))
    for quota, span in unmet(request, owed, after):
        if (quota, span) not in short_before and not _is_excused(quota, span, excused):
            raise NotNow(
                "ถ้าย้าย %(span)s จะไม่ครบ %(quota)s เรื่อง รายการยังอยู่ที่เวลาเดิม โปรดเพิ่มรายการในช่วงนั้นก่อน หรือบันทึกเหตุยกเว้น",
                span=_named(span),
                quota=span.quota,
            )


def _is_excused(quota: Quota, span: Span, mondays: Collection[date]) -> bool:
    return bool(excused_spans(quota.per, [span], dict.fromkeys(mondays, "")))


def _named(span: Span) -> Phrase:
    if span.start == span.end:
        return Phrase("วันที่ %(day)s", day=span.start)
    return Phrase("ช่วง %(start)s ถึง %(end)s", start=span.start, end=span.end)
