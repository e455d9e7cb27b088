"""Looking over a whole plan: what will go wrong with it, or look careless, if nobody does anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK, Forecast, Outlook, span_of
from saisaat.domain.plan import PlannedEntry, PlanRequest
from saisaat.domain.plan_dates import OwedSpans, is_quiet, owed_spans
from saisaat.domain.plan_moves import CLOSE_MINUTES, NEAR_WEEKS, same_topic, time_worries
from saisaat.domain.plan_notices import Notice, Worry
from saisaat.domain.topics import valid_on

READY_BEFORE = timedelta(days=3)
"""An item not approved this long before its time is a worry."""


@dataclass(frozen=True, slots=True)
class Footing:
    """An entry and what it stands on. `waiting`: it is still to go. `ready`: every group's item is approved.

    `owner_left` is the day on which the person who has it in hand left the office, None where there is no such day.
    """

    entry: PlannedEntry
    waiting: bool
    ready: bool
    owner_left: date | None = None


def look_over(
    footings: Sequence[Footing], forecasts: Sequence[Forecast], request: PlanRequest, now: datetime
) -> tuple[Notice, ...]:
    """Every worry about what is still to come, the serious ones first, then by time."""
    ordered = sorted(footings, key=lambda footing: footing.entry.at)
    waiting = [footing for footing in ordered if footing.waiting]
    found = [notice for footing in waiting for notice in _alone(footing, request, now)]
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    found += [notice for footing in waiting for notice in _later(footing.entry, owed)]
    found += _together([footing.entry for footing in ordered], {footing.entry.no for footing in waiting})
    found += _unannounced(ordered)
    found += [
        Notice(Worry.SHORT, days=(f.span.start, f.span.end), count=f.missing, quota=f.quota)
        for f in forecasts
        if f.outlook is Outlook.SHORT
    ]
    times = {footing.entry.no: footing.entry.at.date() for footing in ordered}

    def order(notice: Notice) -> tuple[bool, date]:
        return not notice.serious, times[notice.nos[0]] if notice.nos else notice.days[0]

    return tuple(sorted(found, key=order))


def _alone(footing: Footing, request: PlanRequest, now: datetime) -> Iterator[Notice]:
    entry = footing.entry
    day = entry.at.date()
    about = ((entry.no,), (day,))
    if not request.period_start <= day <= request.period_end:
        yield Notice(Worry.OUTSIDE, *about)
    if is_quiet(entry.at.time(), request.quiet_hours):
        yield Notice(Worry.QUIET, *about)
    yield from time_worries(entry, request)
    topics = {topic.id: topic for topic in request.topics}
    for choice in {choice.topic_id: choice for choice in entry.per_group.values() if choice.topic_id}.values():
        topic = topics.get(choice.topic_id or "")
        if topic is None or not valid_on(topic, day):
            yield Notice(Worry.EXPIRED, *about, name=choice.topic_id or "")
    if not footing.ready and entry.at - now <= READY_BEFORE:
        yield Notice(Worry.UNREADY, *about, count=max(0, (day - now.astimezone(BANGKOK).date()).days))
    if footing.owner_left is not None and footing.owner_left <= day:
        yield Notice(Worry.OWNER_LEFT, *about)


def _later(entry: PlannedEntry, owed: OwedSpans) -> Iterator[Notice]:
    """A deadline beyond the shortest span in which the entry counts."""
    for quota, found in owed:
        span = span_of(found, entry.at.date())
        if quota.kind.value == entry.kind.value and span is not None:
            if entry.deadline.date() > span.end:
                yield Notice(Worry.COUNTS_LATER, (entry.no,), (span.end,))
            return


def _together(entries: Sequence[PlannedEntry], waiting: set[int]) -> Iterator[Notice]:
    """Pairs of which the later is still to go. `entries` by time, so that each is compared only with those near it."""
    for place, later in enumerate(entries):
        if later.no not in waiting:
            continue
        for earlier in reversed(entries[:place]):
            apart = later.at - earlier.at
            if apart > timedelta(weeks=NEAR_WEEKS):
                break
            shared = earlier.per_group.keys() & later.per_group.keys()
            if apart < timedelta(minutes=CLOSE_MINUTES) and shared:
                yield Notice(Worry.CROWDED, (later.no, earlier.no), (later.at.date(),), count=CLOSE_MINUTES)
            if topic := same_topic(later, earlier):
                yield Notice(Worry.SAME_TOPIC, (later.no, earlier.no), (earlier.at.date(),), topic, NEAR_WEEKS)


def _unannounced(footings: Sequence[Footing]) -> Iterator[Notice]:
    """The entries still to go before the first announcement, or all of them where there is none: said once."""
    shown = [f.entry for f in footings if f.waiting and f.entry.kind is not ItemKind.ANNOUNCEMENT]
    told = min((f.entry.at for f in footings if f.entry.kind is ItemKind.ANNOUNCEMENT), default=None)
    early = [entry for entry in shown if told is None or entry.at <= told]
    if early:
        yield Notice(Worry.UNANNOUNCED, (early[0].no,), (early[0].at.date(),), count=len(early))
