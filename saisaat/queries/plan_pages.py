"""What the pages of the plan show: a month, a list, the history, where the announcement stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.cadence import BANGKOK, Forecast, Per
from saisaat.domain.delivery import DELIVERED_STATES
from saisaat.domain.plan_changes import TELLING, Change, can_move_now
from saisaat.queries.pages import EntryFilter
from saisaat.queries.plan import SeasonPlan, Slot, covering, span_forecasts
from saisaat.records.models import (
    Campaign,
    Delivery,
    ExcusedWeek,
    Group,
    InboundEvent,
    Item,
    Person,
    PlanChange,
    PlanEntry,
)

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar. `inside` the campaign; `other` when it belongs to a neighbouring month."""

    date: date
    slots: tuple[Slot, ...]
    holiday: str
    inside: bool
    other: bool

    @property
    def weekend(self) -> bool:
        return self.date.weekday() > 4


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday. `guards` are the quotas counted in this week: by week, and by day where one is short."""

    monday: date
    days: tuple[Day, ...]
    guards: tuple[Forecast, ...]
    excused: ExcusedWeek | None

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def inside(self) -> bool:
        return any(day.inside for day in self.days)


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is its first day. `guards` are the quotas of longer spans that hold it."""

    first: date
    weeks: tuple[Week, ...]
    guards: tuple[Forecast, ...]
    before: date | None
    after: date | None


def month(plan: SeasonPlan, found: Sequence[Forecast], first: date) -> Month:
    """The weeks that touch the month, whole, so that a week's guard stands over all its days."""
    assert plan.campaign.period_start is not None and plan.campaign.period_end is not None
    following = next_month(first)
    by_day: dict[date, list[Slot]] = {}
    for slot in plan.standing:
        by_day.setdefault(slot.local.date(), []).append(slot)

    def day(on: date) -> Day:
        inside = plan.campaign.period_start <= on <= plan.campaign.period_end  # type: ignore[operator]
        return Day(on, tuple(by_day.get(on, ())), plan.holidays.get(on, ""), inside, on.month != first.month)

    weeks = []
    monday = first - timedelta(days=first.weekday())
    while monday < following:
        days = tuple(day(monday + timedelta(days=ahead)) for ahead in range(7))
        guards = [one for one in span_forecasts(found, monday, days[-1].date) if _of_week(one)]
        weeks.append(Week(monday, days, tuple(guards), plan.excused.get(monday)))
        monday += WEEK
    longer = [one for one in _shown(found, first, plan) if one.quota.per not in {Per.DAY, Per.WEEK}]
    before = (first - timedelta(days=1)).replace(day=1)
    return Month(
        first,
        tuple(weeks),
        tuple(longer),
        before if before >= plan.campaign.period_start.replace(day=1) else None,
        following if following <= plan.campaign.period_end else None,
    )


def _of_week(one: Forecast) -> bool:
    return one.quota.per is Per.WEEK or (one.quota.per is Per.DAY and one.missing > 0)


def _shown(found: Sequence[Forecast], first: date, plan: SeasonPlan) -> list[Forecast]:
    """The spans that hold the month's first day in the campaign."""
    assert plan.campaign.period_start is not None
    return covering(found, max(first, plan.campaign.period_start))


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def entries(campaign: Campaign, wanted: EntryFilter) -> QuerySet[PlanEntry]:
    """The entries that have a delivery as wanted, by time; page them, then ask `slots_of`."""
    rows = PlanEntry.of(campaign.province_id).filter(campaign=campaign)
    if wanted.first:
        rows = rows.filter(at__gte=datetime.combine(wanted.first, time(), BANGKOK))
    if wanted.last:
        rows = rows.filter(at__lt=datetime.combine(wanted.last + timedelta(days=1), time(), BANGKOK))
    if wanted.kinds:
        rows = rows.filter(kind__in=wanted.kinds)
    if wanted.states or wanted.way:
        rows = rows.filter(Exists(_as_wanted(campaign, wanted).filter(entry=OuterRef("pk"))))
    return rows.order_by("at", "no")


def deliveries(campaign: Campaign, wanted: EntryFilter) -> int:
    """How many deliveries the list is about."""
    return _as_wanted(campaign, wanted).filter(entry__in=entries(campaign, wanted).order_by().values("pk")).count()


def _as_wanted(campaign: Campaign, wanted: EntryFilter) -> QuerySet[Delivery]:
    rows = Delivery.of(campaign.province_id).filter(entry__campaign=campaign)
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.way:
        rows = rows.filter(way=wanted.way)
    return rows


def slots_of(campaign: Campaign, page: Sequence[PlanEntry], wanted: EntryFilter) -> list[Slot]:
    """The entries of a page with those of their deliveries that were asked for."""
    slots = {entry.pk: Slot(entry) for entry in page}
    rows = _as_wanted(campaign, wanted).filter(entry__in=list(slots))
    for delivery in rows.select_related("group", "item__preview").order_by("group__position", "group__id"):
        slots[delivery.entry_id].deliveries.append(delivery)
    return list(slots.values())


def history(campaign: Campaign, entry: PlanEntry | None = None) -> QuerySet[PlanChange]:
    """Who changed what, the latest first."""
    rows = PlanChange.of(campaign.province_id).filter(campaign=campaign)
    rows = rows.filter(entry=entry) if entry else rows
    return rows.select_related("by__key", "entry").order_by("-at", "-id")


def changes_since_told(campaign: Campaign) -> dict[Change, int]:
    """What changed since an announcement last reached a group, by kind. Empty while nobody was told."""
    told = Delivery.of(campaign.province_id).filter(
        entry__campaign=campaign, entry__kind=ItemKind.ANNOUNCEMENT, state__in=DELIVERED_STATES
    )
    last = told.order_by("-sent_at").values_list("sent_at", flat=True).first()
    return _counted(campaign, last) if last else {}


def _counted(campaign: Campaign, since: datetime) -> dict[Change, int]:
    rows = PlanChange.of(campaign.province_id).filter(campaign=campaign, at__gt=since, kind__in=TELLING)
    rows = rows.exclude(entry__kind=ItemKind.ANNOUNCEMENT)
    return {Change(kind): count for kind, count in rows.order_by().values_list("kind").annotate(n=Count("pk"))}


@dataclass(frozen=True, slots=True)
class Announcement:
    """Where telling the groups stands. `stale`: changes of the plan since the words were written.

    `slot` is the announcement that waits, or the last one; None where the plan has none. `since_told`: changes since
    a group was last told.
    """

    slot: Slot | None
    item: Item | None
    stale: int
    since_told: int
    earlier: tuple[Slot, ...]

    @property
    def waiting(self) -> bool:
        return self.slot is not None and self.slot.waiting

    @property
    def may_write(self) -> bool:
        return self.waiting and (self.item is None or self.item.status != ItemStatus.IN_REVIEW)


def announcement(plan: SeasonPlan) -> Announcement:
    """Three queries."""
    slots = [slot for slot in plan.standing if slot.entry.kind == ItemKind.ANNOUNCEMENT]
    slot = next((one for one in slots if one.waiting), slots[-1] if slots else None)
    item = None
    if slot is not None and slot.item is not None:
        rows = Item.of(plan.campaign.province_id).select_related("author__key")
        item = rows.prefetch_related("reviews__reviewer__key").get(pk=slot.item.pk)
    stale = sum(_counted(plan.campaign, item.created_at).values()) if item else 0
    told = sum(changes_since_told(plan.campaign).values())
    return Announcement(slot, item, stale, told, tuple(one for one in slots if one is not slot))


def owners(campaign: Campaign) -> list[Person]:
    """Who may have an entry in hand: the working group in its order; before it is appointed, whoever can sign in."""
    appointed = [member.person for member in campaign.working_group.select_related("person__key")]
    if appointed:
        return [person for person in appointed if person.left_on is None]
    rows = Person.of(campaign.province_id).filter(account__is_active=True, left_on__isnull=True)
    return list(rows.select_related("key").order_by("position", "id")[:100])


def usable_items(campaign: Campaign) -> list[Item]:
    """What is made and stands in no entry yet, the newest first."""
    rows = Item.of(campaign.province_id).filter(campaign=campaign, deliveries__isnull=True)
    rows = rows.exclude(kind=ItemKind.ANNOUNCEMENT).exclude(status__in=[ItemStatus.REJECTED, ItemStatus.DISCARDED])
    return list(rows.order_by("-created_at").only("id", "kind", "title", "topic", "style", "status")[:200])


def swappable(plan: SeasonPlan, slot: Slot, now: datetime) -> list[Slot]:
    """Entries that `slot` might exchange times with: of its kind first, the nearest first."""
    others = [s for s in plan.standing if s is not slot and can_move_now(s.states) and s.entry.at > now]
    others = [s for s in others if ItemKind.ANNOUNCEMENT not in {s.entry.kind, slot.entry.kind}]

    def order(other: Slot) -> tuple[bool, timedelta]:
        return other.entry.kind != slot.entry.kind, abs(other.entry.at - slot.entry.at)

    return sorted(others, key=order)[:60]


def busiest_hours(campaign: Campaign, now: datetime, days: int = 60) -> list[tuple[Group, list[int]]]:
    """For each group the hours of the day (Thai) in which it talked most lately, at most three, most first."""
    rows = InboundEvent.of(campaign.province_id).filter(group__isnull=False, hour__gte=now - timedelta(days=days))
    heard: dict[int | str, Counter[int]] = {}
    for group, hour, count in rows.order_by().values_list("group", "hour").annotate(n=Count("pk")):
        heard.setdefault(group, Counter())[hour.astimezone(BANGKOK).hour] += count
    groups = Group.of(campaign.province_id).filter(pk__in=list(heard)).order_by("position", "id")
    return [(group, [hour for hour, _ in heard[group.pk].most_common(3)]) for group in groups]


def named_people(rows: Sequence[PlanChange], province: str) -> dict[str, Person]:
    """The people that edits speak of, by id."""
    ids = {person for row in rows for person in row.fields.get("owner", []) if person}
    return Person.of(province).select_related("key").in_bulk(list(ids)) if ids else {}
