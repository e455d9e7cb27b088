"""Filling the rest: only what the quotas still lack is planned; what people moved, added or withdrew stays as it is."""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK, Kind, Quota, Span, excused_spans, judge
from saisaat.domain.plan import PlannedEntry, PlanRequest, check_request, deadline_of, planned_reach, title_of, unmet
from saisaat.domain.plan_dates import OwedSpans, at_local, day_tier, is_quiet, owed_spans, spread
from saisaat.domain.plan_moves import CLOSE_MINUTES
from saisaat.domain.plan_stories import Choice, reuse_note
from saisaat.domain.topics import Topic, offered

SOONEST = timedelta(minutes=30)
"""What is added today is at least this far ahead."""


@dataclass(frozen=True, slots=True)
class Filling:
    """`entries` are the new ones alone, in order of time. `short` are the spans still not met, with what they lack."""

    entries: tuple[PlannedEntry, ...]
    short: tuple[tuple[Quota, Span], ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    """A publication to add: when, of what kind, for which groups."""

    at: datetime
    kind: Kind
    groups: tuple[str, ...]


def fill_plan(
    request: PlanRequest, entries: Sequence[PlannedEntry], now: datetime, excused: Collection[date] = ()
) -> Filling:
    """What to add to `entries` so that every quota that can still be met is met in every group.

    `excused` holds the Mondays of weeks for which nothing is asked. The same arguments give the same answer; what is
    there already is not changed. Nothing is put before the announcement.
    """
    check_request(request)
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    asked = _asked(owed, excused)
    told = min((entry.at for entry in entries if entry.kind is ItemKind.ANNOUNCEMENT), default=now)
    gaps = _gaps(request, asked, entries, max(now, told).astimezone(BANGKOK))
    filled = _entries(request, owed, entries, gaps)
    return Filling(filled, tuple(unmet(request, asked, [*entries, *filled])))


def _asked(owed: OwedSpans, mondays: Collection[date]) -> OwedSpans:
    reasons = dict.fromkeys(mondays, "")
    return [
        (quota, tuple(span for span in found if not excused_spans(quota.per, [span], reasons))) for quota, found in owed
    ]


def _gaps(request: PlanRequest, owed: OwedSpans, entries: Sequence[PlannedEntry], now: datetime) -> list[_Gap]:
    """Shortest spans first: what a week lacks counts for its month too."""
    gaps: list[_Gap] = []
    for quota, found in owed:
        for span in found:
            lacking = _lacking(request, quota, span, entries, gaps)
            for round_ in range(max(lacking.values())):
                groups = tuple(key for key, missing in lacking.items() if missing > round_)
                at = _moment(request, quota, span, [*entries, *gaps], now, max(lacking.values()) - round_)
                if at is not None:
                    gaps.append(_Gap(at, quota.kind, groups))
    return sorted(gaps, key=lambda gap: (gap.at, gap.kind))


def _lacking(
    request: PlanRequest, quota: Quota, span: Span, entries: Sequence[PlannedEntry], gaps: Sequence[_Gap]
) -> dict[str, int]:
    """How many stories each group lacks in the span. A gap will be a story of its own."""
    keys = [group.key for group in request.groups]
    held = judge([span], planned_reach(entries, quota.kind), keys)[0].by_group
    coming = Counter(
        key for gap in gaps if gap.kind is quota.kind and span.start <= gap.at.date() <= span.end for key in gap.groups
    )
    return {key: max(0, span.quota - held[key] - coming[key]) for key in keys}


def _moment(
    request: PlanRequest,
    quota: Quota,
    span: Span,
    taken: Sequence[PlannedEntry | _Gap],
    now: datetime,
    wanted: int,
) -> datetime | None:
    """The best free time of the span: as the whole plan is laid out, today last. None when no time is left."""
    first = max(span.start, now.date())
    ahead = ((first + timedelta(days=n)) for n in range((span.end - first).days + 1))
    times = {day: at for day in ahead if (at := _free_time(request, day, taken, now)) is not None}
    if not times:
        return None
    same = Counter(one.at.date() for one in taken if one.kind.value == quota.kind.value)
    other = Counter(one.at.date() for one in taken if one.kind.value != quota.kind.value)

    def tier(day: date) -> tuple[int, ...]:
        crowd = other[day] if quota.kind is Kind.CLIP else 0
        return same[day], *day_tier(day, request.holidays, request.weekdays), day == now.date(), crowd

    best = min(map(tier, times))
    return times[spread([day for day in times if tier(day) == best], wanted)[0]]


def _free_time(request: PlanRequest, day: date, taken: Sequence[PlannedEntry | _Gap], now: datetime) -> datetime | None:
    """A loud time of the day apart from all others: one of the usual ones, or a quarter of an hour after them."""
    apart = timedelta(minutes=CLOSE_MINUTES)
    busy = [one.at for one in taken if abs(one.at.date() - day) <= timedelta(days=1)]
    usual = sorted(request.publish_times)
    turn = day.toordinal() % len(usual)
    first = datetime.combine(day, usual[0])
    quarters = [moment.time() for n in range(1, 96) if (moment := first + n * apart).date() == day]
    for at in (*usual[turn:], *usual[:turn], *quarters):
        moment = at_local(day, at)
        if is_quiet(at, request.quiet_hours) or moment < now + SOONEST:
            continue
        if all(abs(moment - other) >= apart for other in busy):
            return moment
    return None


def _entries(
    request: PlanRequest, owed: OwedSpans, entries: Sequence[PlannedEntry], gaps: Sequence[_Gap]
) -> tuple[PlannedEntry, ...]:
    shelf = _Shelf(request, entries)
    no = max((entry.no for entry in entries), default=0)
    filled = []
    for gap in gaps:
        per_group = shelf.stories(gap) if gap.kind is Kind.POSTER else shelf.clips(gap)
        if not per_group:
            continue
        no += 1
        kind = ItemKind(gap.kind.value)
        title, deadline = title_of(request, gap.at, per_group), deadline_of(request, owed, kind, gap.at)
        filled.append(PlannedEntry(no, kind, gap.at, title, per_group, deadline))
    return tuple(filled)


class _Shelf:
    """What each group has seen or will see, while the gaps are filled."""

    def __init__(self, request: PlanRequest, entries: Sequence[PlannedEntry]) -> None:
        self._groups = {group.key: group for group in request.groups}
        self._topics = request.topics
        self._styles = request.styles
        self._clips = list(request.clips)
        order = random.Random(request.seed)  # noqa: S311 - variety, not secrecy
        self._tie = {topic.id: order.random() for topic in request.topics}
        self._shown: defaultdict[str, defaultdict[str, list[tuple[date, str]]]]
        self._shown = defaultdict(lambda: defaultdict(list))
        self._used_clips: set[tuple[str, str]] = set()
        for entry in entries:
            for key, choice in entry.per_group.items():
                if choice.topic_id:
                    self._shown[key][choice.topic_id].append((entry.at.date(), choice.style or ""))
                if choice.clip_id:
                    self._used_clips.add((key, choice.clip_id))

    def stories(self, gap: _Gap) -> dict[str, Choice]:
        """A topic for each group of the gap that has one to see: the narrowest group first, shared where it can be."""
        day = gap.at.date()
        made: dict[str, Choice] = {}
        held = {key: offered(self._topics, self._groups[key].audience, day) for key in gap.groups}
        for key in sorted(gap.groups, key=lambda key: len(held[key])):
            topic = self._pick(key, held[key], day, {choice.topic_id for choice in made.values()})
            if topic is not None:
                made[key] = self._show(key, topic, day, made)
        return {key: made[key] for key in gap.groups if key in made}

    def _pick(self, key: str, held: Sequence[Topic], day: date, shared: Collection[str | None]) -> Topic | None:
        monday = day - timedelta(days=day.weekday())
        shown = self._shown[key]

        def in_week(topic: Topic) -> bool:
            return any(monday <= on <= monday + timedelta(days=6) for on, _ in shown[topic.id])

        def liking(topic: Topic) -> tuple[int, bool, int, float]:
            distance = min((abs((on - day).days) for on, _ in shown[topic.id]), default=0)
            return len(shown[topic.id]), topic.id not in shared, -distance, self._tie[topic.id]

        return min((topic for topic in held if not in_week(topic)), key=liking, default=None)

    def _show(self, key: str, topic: Topic, day: date, made: Mapping[str, Choice]) -> Choice:
        before = sorted(self._shown[key][topic.id], key=lambda seen: -abs((seen[0] - day).days))
        seen = {style for _, style in before}
        offered_too = [c.style for c in made.values() if c.topic_id == topic.id and c.style and c.style not in seen]
        worn = Counter(style for shows in self._shown[key].values() for _, style in shows)
        unseen = [style for style in self._styles if style not in seen] or list(self._styles)
        style = offered_too[0] if offered_too else min(unseen, key=lambda style: worn[style])
        self._shown[key][topic.id].append((day, style))
        return Choice(
            topic_id=topic.id, style=style, reused=bool(before), reuse_note=reuse_note(before, style) if before else ""
        )

    def clips(self, gap: _Gap) -> dict[str, Choice]:
        """A reviewed clip the group has not seen; empty where none is left, so that the day is kept for one."""
        made: dict[str, Choice] = {}
        for key in gap.groups:
            audience = self._groups[key].audience
            fit = (c for c in self._clips if audience in c.audiences and (key, c.clip_id) not in self._used_clips)
            clip = next(fit, None)
            if clip is not None:
                self._used_clips.add((key, clip.clip_id))
            made[key] = Choice(clip_id=clip.clip_id if clip else None)
        return made
