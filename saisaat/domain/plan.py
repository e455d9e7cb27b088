"""The action plan of a season: dated entries, and what each group gets from each. The same request, the same plan."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import (
    KIND_SAID,
    Kind,
    Quota,
    Reached,
    Span,
    WeekRule,
    check_quota,
    judge,
    local_day,
    span_of,
)
from saisaat.domain.errors import Invalid
from saisaat.domain.plan_dates import (
    WORKDAYS,
    OwedSpans,
    announcement_day,
    at_local,
    check_times,
    clip_days,
    day_rank,
    day_times,
    last_loud_moment,
    latest_loud,
    owed_spans,
    poster_days,
)
from saisaat.domain.plan_notices import Notice, Worry
from saisaat.domain.plan_stories import Choice, ClipChoice, PlanGroup, allot, allot_clips
from saisaat.domain.thai import format_month
from saisaat.domain.topics import Topic

__all__ = [
    "Choice",
    "ClipChoice",
    "ItemKind",
    "Plan",
    "PlanGroup",
    "PlanRequest",
    "PlannedEntry",
    "Reuse",
    "check_request",
    "deadline_of",
    "make_plan",
    "planned_reach",
    "story_of",
    "title_of",
    "unmet",
]

MOST_ENTRIES = 3000
"""More than eight publications a day for a year is a slip of the keyboard, not a campaign."""


ANNOUNCE_WITHIN = timedelta(days=14)
"""An announcement that found no way out yet is tried this long."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What to plan. Dates inclusive; times local (Thai); `quiet_hours` (from, to) may cross midnight.

    `holidays` name days that are not working days. `weekdays` (Monday 0) are preferred to others. `late_hours`: an
    entry unsent this long after its time is missed.
    `seed` varies the order of topics, styles and times and nothing else.
    """

    period_start: date
    period_end: date
    quotas: tuple[Quota, ...]
    groups: tuple[PlanGroup, ...]
    topics: tuple[Topic, ...]
    styles: tuple[str, ...]
    holidays: Mapping[date, str]
    clips: tuple[ClipChoice, ...] = ()
    quiet_hours: tuple[time, time] = (time(20, 0), time(8, 0))
    publish_times: tuple[time, ...] = (time(9, 30), time(10, 30), time(13, 30))
    announce_at: time = time(9, 0)
    late_hours: int = 10
    week_rule: WeekRule = WeekRule.FULL_STRICT_EDGE_PRORATED
    weekdays: tuple[int, ...] = WORKDAYS
    seed: int = 0


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One planned publication. `at` and `deadline` are aware, Thai time; after `deadline` an unsent one is missed.

    `per_group` maps group keys to choices; an announcement's is empty.
    """

    no: int
    kind: ItemKind
    at: datetime
    title: str
    per_group: Mapping[str, Choice]
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Reuse:
    """A topic a group has seen before. `note` is Thai and names the earlier day and both styles."""

    entry_no: int
    group_key: str
    topic_id: str
    style: str
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Entries in order of time, the announcement first. `warnings` say what a person should know before agreeing."""

    entries: tuple[PlannedEntry, ...]
    warnings: tuple[Notice, ...]
    reuses: tuple[Reuse, ...]


def make_plan(request: PlanRequest) -> Plan:
    """The season's plan: every span of every quota met in every group, announced before the first publication.

    Raises `Invalid` where the request contradicts itself or cannot be met.
    """
    check_request(request)
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    posters = poster_days(owed, request.holidays, request.weekdays)
    clips = clip_days(owed, request.holidays, posters, request.weekdays)
    if not posters and not clips:
        raise Invalid("ช่วงเวลาโครงการสั้นจนไม่มีสัปดาห์หรือเดือนใดต้องเผยแพร่ตามกติกาที่เลือก โปรดเปลี่ยนกติกาหรือช่วงเวลา")
    entries = _entries(request, owed, _slots(request, posters, clips))
    _check_met(request, owed, entries)
    return Plan(entries, _warnings(request, posters, clips, entries), _reuses(entries))


def check_request(request: PlanRequest) -> None:
    """Raise `Invalid` for a request that no plan can answer."""
    if not request.quotas:
        raise Invalid("โครงการยังไม่มีโควตา (เช่น โปสเตอร์สัปดาห์ละ 3 เรื่อง) จึงจัดแผนไม่ได้ โปรดใส่โควตาก่อน")
    for quota in request.quotas:
        check_quota(quota)
    if not request.groups:
        raise Invalid("โครงการยังไม่มีกลุ่มไลน์ จึงจัดแผนไม่ได้ โปรดเพิ่มกลุ่มก่อน")
    if len({group.key for group in request.groups}) != len(request.groups):
        raise Invalid("มีกลุ่มไลน์ซ้ำกันในคำขอจัดแผน โปรดเลือกแต่ละกลุ่มครั้งเดียว")
    if not request.styles or len(set(request.styles)) != len(request.styles):
        raise Invalid("ยังไม่ได้เลือกรูปแบบโปสเตอร์ หรือเลือกซ้ำ โปรดเลือกอย่างน้อยหนึ่งรูปแบบ")
    if request.late_hours < 1:
        raise Invalid("เวลาที่ยอมให้ส่งช้าต้องอย่างน้อย 1 ชั่วโมง โปรดแก้การตั้งค่า")
    if not set(request.weekdays) <= set(range(7)) or not request.weekdays:
        raise Invalid("ยังไม่ได้เลือกวันที่จะเผยแพร่ โปรดเลือกอย่างน้อยหนึ่งวันในสัปดาห์")
    check_times(request.publish_times, request.announce_at, request.quiet_hours)
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    if sum(span.quota for _, found in owed for span in found) > MOST_ENTRIES:
        raise Invalid(
            "โควตาและช่วงเวลานี้ทำให้แผนมีมากกว่า %(most_entries)s รายการ โปรดตรวจตัวเลขโควตาและปีของช่วงเวลา",
            most_entries=MOST_ENTRIES,
        )


def _slots(
    request: PlanRequest, posters: Mapping[date, int], clips: Mapping[date, int]
) -> list[tuple[datetime, ItemKind]]:
    """Every publication's time, ascending. On a shared day clips come after posters."""
    slots = []
    for turn, day in enumerate(sorted({*posters, *clips}), start=request.seed):
        kinds = [ItemKind.POSTER] * posters.get(day, 0) + [ItemKind.CLIP] * clips.get(day, 0)
        times = day_times(request.publish_times, len(kinds), turn, request.quiet_hours)
        slots += [(at_local(day, at), kind) for at, kind in zip(times, kinds, strict=True)]
    return slots


def _entries(
    request: PlanRequest, owed: OwedSpans, slots: Sequence[tuple[datetime, ItemKind]]
) -> tuple[PlannedEntry, ...]:
    poster_dates = [at.date() for at, kind in slots if kind is ItemKind.POSTER]
    stories = iter(allot(poster_dates, request.groups, request.topics, request.styles, request.seed))
    clips = iter(allot_clips(len(slots) - len(poster_dates), request.groups, request.clips))
    entries = [_announcement(request, owed, slots[0])]
    for no, (at, kind) in enumerate(slots, start=2):
        per_group = next(stories if kind is ItemKind.POSTER else clips)
        title = title_of(request, at, per_group)
        entries.append(PlannedEntry(no, kind, at, title, per_group, deadline_of(request, owed, kind, at)))
    return tuple(entries)


def title_of(request: PlanRequest, at: datetime, per_group: Mapping[str, Choice]) -> str:
    """What the groups get, by name; a clip yet to be found by its month."""
    titles = {topic.id: topic.headline for topic in request.topics} | {c.clip_id: c.title for c in request.clips}
    names = dict.fromkeys(titles.get(c.topic_id or c.clip_id or "", "") for c in per_group.values())
    return " / ".join(filter(None, names)) or f"คลิปประจำเดือน{format_month(at.date())}"


def _announcement(request: PlanRequest, owed: OwedSpans, first: tuple[datetime, ItemKind]) -> PlannedEntry:
    day = announcement_day(request.period_start, first[0].date(), request.holidays)
    at = at_local(day, request.announce_at)
    # Late is better than never: what follows waits behind it in each group's queue.
    last_day = min(day + ANNOUNCE_WITHIN, request.period_end)
    deadline = max(last_loud_moment(last_day, request.quiet_hours), deadline_of(request, owed, first[1], first[0]))
    return PlannedEntry(1, ItemKind.ANNOUNCEMENT, at, "แจ้งแผนปฏิบัติการให้กลุ่มทราบ", {}, deadline)


def deadline_of(request: PlanRequest, owed: OwedSpans, kind: ItemKind, at: datetime) -> datetime:
    """The last loud moment within `late_hours` of `at`, still inside the shortest span in which the entry counts."""
    late = latest_loud(at + timedelta(hours=request.late_hours), request.quiet_hours)
    found = next((found for quota, found in owed if quota.kind == kind.value), ())
    span = span_of(found, at.date())
    return min(late, last_loud_moment(span.end, request.quiet_hours)) if span else late


def story_of(entry: PlannedEntry, group_key: str) -> str:
    """What makes a story different from another for a group: topic and style, or clip; an empty clip is its entry."""
    choice = entry.per_group[group_key]
    if choice.topic_id:
        return f"{choice.topic_id}/{choice.style}"
    return choice.clip_id or f"entry-{entry.no}"


def planned_reach(entries: Sequence[PlannedEntry], kind: Kind) -> list[Reached]:
    """What each group will have got if every entry of `kind` arrives on its day; input for `cadence.judge`."""
    return [
        Reached(key, local_day(entry.at), story_of(entry, key))
        for entry in entries
        if entry.kind == kind.value
        for key in entry.per_group
    ]


def unmet(request: PlanRequest, owed: OwedSpans, entries: Sequence[PlannedEntry]) -> list[tuple[Quota, Span]]:
    """The spans some group would end without its quota, though every entry arrives on its day."""
    keys = [group.key for group in request.groups]
    return [
        (quota, result.span)
        for quota, found in owed
        for result in judge(found, planned_reach(entries, quota.kind), keys)
        if not result.met
    ]


def _check_met(request: PlanRequest, owed: OwedSpans, entries: Sequence[PlannedEntry]) -> None:
    for quota, span in unmet(request, owed, entries):
        raise Invalid(
            "ช่วง %(start)s ถึง %(end)s ต้องมี %(quota)s เรื่องที่ไม่ซ้ำกัน แต่หัวข้อและรูปแบบมีไม่พอ "
            "โปรดเพิ่มหัวข้อ เพิ่มรูปแบบ หรือลดโควตา (%(kind)s)",
            start=span.start,
            end=span.end,
            quota=span.quota,
            kind=KIND_SAID[quota.kind],
        )


def _reuses(entries: Sequence[PlannedEntry]) -> tuple[Reuse, ...]:
    return tuple(
        Reuse(entry.no, key, choice.topic_id or "", choice.style or "", choice.reuse_note)
        for entry in entries
        for key, choice in entry.per_group.items()
        if choice.reused
    )


def _warnings(
    request: PlanRequest, posters: Mapping[date, int], clips: Mapping[date, int], entries: Sequence[PlannedEntry]
) -> tuple[Notice, ...]:
    found = []
    days = sorted({*posters, *clips})
    if doubled := tuple(day for day in days if posters.get(day, 0) > 1):
        found.append(Notice(Worry.DOUBLED, days=doubled))
    if resting := tuple(day for day in days if day in request.holidays):
        found.append(Notice(Worry.HOLIDAY, days=resting))
    if weekend := tuple(
        d for d in days if day_rank(d, request.holidays) in (1, 2) and d.weekday() not in request.weekdays
    ):
        found.append(Notice(Worry.WEEKEND, days=weekend))
    reused = Counter(reuse.group_key for reuse in _reuses(entries))
    for group in request.groups:
        if count := reused[group.key]:
            found.append(Notice(Worry.TOPICS_RUN_OUT, name=group.label, count=count))
        if empty := sum(1 for e in entries if e.kind is ItemKind.CLIP and not e.per_group[group.key].clip_id):
            found.append(Notice(Worry.CLIPS_MISSING, name=group.label, count=empty))
    return tuple(found)
