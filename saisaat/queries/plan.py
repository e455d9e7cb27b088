"""A campaign's plan as the domain knows it, and how it stands: read by the actions that change it and the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.cadence import BANGKOK, Forecast, Kind, Reached, WeekRule, forecast, local_day
from saisaat.domain.campaign import CampaignSettings
from saisaat.domain.delivery import DELIVERED_STATES, OPEN_STATES, State
from saisaat.domain.errors import NotNow
from saisaat.domain.plan import Choice, ClipChoice, PlanGroup, PlannedEntry, PlanRequest
from saisaat.domain.plan_checks import Footing, look_over
from saisaat.domain.plan_dates import WORKDAYS, last_loud_moment
from saisaat.domain.plan_notices import Notice
from saisaat.domain.topics import Audience
from saisaat.queries.calendar import civil_holidays
from saisaat.queries.season import quotas, season_spans, story_of
from saisaat.queries.topics import topics_of
from saisaat.records.models import Campaign, Delivery, ExcusedWeek, Group, Item, PlanEntry, Topic

COMING = frozenset({State.PLANNED, State.DUE, State.ARMED})
"""Nothing of these has left yet."""

_COUNTED = OPEN_STATES | DELIVERED_STATES


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person may choose for a plan; None and empty mean what the planner does by itself."""

    styles: tuple[str, ...]
    weekdays: tuple[int, ...] = WORKDAYS
    times: tuple[time, ...] = (time(9, 30), time(10, 30), time(13, 30))
    week_rule: WeekRule | None = None
    seed: int = 0


@dataclass(slots=True)
class Slot:
    """An entry with its deliveries in the groups' order."""

    entry: PlanEntry
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def states(self) -> set[State]:
        return {State(delivery.state) for delivery in self.deliveries}

    @property
    def waiting(self) -> bool:
        """Some group is still to get it."""
        return bool(self.states & COMING)

    @property
    def ready(self) -> bool:
        """Every group that is still to get it has an approved item."""
        coming = [delivery for delivery in self.deliveries if delivery.state in COMING]
        return all(d.item is not None and d.item.status == ItemStatus.APPROVED for d in coming)

    @property
    def item(self) -> Item | None:
        return next((delivery.item for delivery in self.deliveries if delivery.item), None)

    @property
    def title(self) -> str:
        return self.item.title if self.item else self.entry.title

    @property
    def local(self) -> datetime:
        return self.entry.at.astimezone(BANGKOK)

    @property
    def planned(self) -> PlannedEntry:
        """As the planner sees it: for the groups that have got it or may still get it."""
        return PlannedEntry(
            no=self.entry.no,
            kind=ItemKind(self.entry.kind),
            at=self.local,
            title=self.entry.title,
            per_group={str(d.group_id): _choice(d) for d in self.deliveries if d.state in _COUNTED}
            if self.entry.kind != ItemKind.ANNOUNCEMENT
            else {},
            deadline=self.entry.deadline.astimezone(BANGKOK),
        )


def _choice(delivery: Delivery) -> Choice:
    topic = delivery.topic.code if delivery.topic else None
    return Choice(topic, str(delivery.item_id) if delivery.item_id and not topic else None, delivery.style or None)


@dataclass(frozen=True)
class SeasonPlan:
    """The whole plan of a campaign. `slots` by time, withdrawn ones among them; `excused` by Monday."""

    campaign: Campaign
    groups: list[Group]
    slots: list[Slot]
    excused: dict[date, ExcusedWeek]
    holidays: Mapping[date, str]

    @property
    def settings(self) -> CampaignSettings:
        return CampaignSettings.from_json(self.campaign.settings)

    @property
    def standing(self) -> list[Slot]:
        """What is not withdrawn."""
        return [slot for slot in self.slots if slot.entry.withdrawn_at is None]

    @property
    def entries(self) -> list[PlannedEntry]:
        """What counts for the quotas: got by a group, or still to be got."""
        return [slot.planned for slot in self.standing if slot.states & _COUNTED or not slot.deliveries]

    def slot(self, entry: PlanEntry) -> Slot:
        return next(slot for slot in self.slots if slot.entry.pk == entry.pk)

    def others(self, *nos: int) -> list[PlannedEntry]:
        return [entry for entry in self.entries if entry.no not in nos]

    @cached_property
    def request(self) -> PlanRequest:
        """That against which a change by hand is checked."""
        groups = {group.pk: group for group in [*self.groups, *joined_groups(self.campaign)]}
        return plan_request(self.campaign, Wishes(styles=("-",)), list(groups.values()), self.holidays)


def season_plan(campaign: Campaign) -> SeasonPlan:
    """Six queries, whatever the size. Entries, groups and topics are read once, not once for each delivery."""
    assert campaign.period_start is not None and campaign.period_end is not None
    entries = PlanEntry.of(campaign.province_id).filter(campaign=campaign).select_related("owner__key")
    slots = {entry.pk: Slot(entry) for entry in entries.order_by("at", "no")}
    rows = Delivery.of(campaign.province_id).filter(entry__campaign=campaign).select_related("item")
    deliveries = list(rows.defer("item__canonical", "item__text", "item__alt", "item__clip", "item__spec"))
    groups = Group.of(campaign.province_id).in_bulk({delivery.group_id for delivery in deliveries})
    topics = Topic.of(campaign.province_id).only("code", "headline").in_bulk()
    for delivery in sorted(deliveries, key=lambda row: (groups[row.group_id].position, row.group_id)):
        slot = slots[delivery.entry_id]
        delivery.entry, delivery.group = slot.entry, groups[delivery.group_id]
        delivery.topic = topics[delivery.topic_id] if delivery.topic_id else None
        slot.deliveries.append(delivery)
    return SeasonPlan(
        campaign=campaign,
        groups=sorted(groups.values(), key=lambda group: (group.position, group.pk)) or joined_groups(campaign),
        slots=[slot for slot in slots.values() if slot.deliveries],
        excused={week.monday: week for week in campaign.excused_weeks.select_related("by__key")},
        holidays=civil_holidays(campaign.period_start, campaign.period_end),
    )


def joined_groups(campaign: Campaign) -> list[Group]:
    """The office's groups that can be planned for."""
    return list(Group.of(campaign.province_id).filter(left_at__isnull=True).order_by("position", "id"))


def plan_request(
    campaign: Campaign, wishes: Wishes, groups: Sequence[Group], holidays: Mapping[date, str] | None = None
) -> PlanRequest:
    """What is asked of the planner: the signed quotas and period, the office's settings, a person's wishes."""
    if campaign.period_start is None or campaign.period_end is None:
        raise NotNow("โครงการยังไม่มีช่วงเวลา จึงจัดแผนไม่ได้ โปรดใส่วันเริ่มและวันสิ้นสุดในโครงการก่อน")
    chosen = CampaignSettings.from_json(campaign.settings)
    return PlanRequest(
        period_start=campaign.period_start,
        period_end=campaign.period_end,
        quotas=quotas(campaign),
        groups=tuple(PlanGroup(str(g.pk), Audience(g.audience), g.name) for g in groups),
        topics=topics_of(str(campaign.province_id)),
        styles=wishes.styles,
        holidays=civil_holidays(campaign.period_start, campaign.period_end) if holidays is None else holidays,
        clips=reviewed_clips(campaign),
        quiet_hours=(chosen.quiet_from, chosen.quiet_to),
        publish_times=wishes.times,
        announce_at=_before(min(wishes.times, default=time(9, 30))),
        late_hours=chosen.late_hours,
        week_rule=wishes.week_rule or WeekRule(campaign.week_rule),
        weekdays=wishes.weekdays,
        seed=wishes.seed,
    )


def _before(at: time) -> time:
    """When the plan is told: at nine, or a quarter of an hour before an earlier first story."""
    nine = time(9, 0)
    return nine if nine < at else (datetime.combine(date(2000, 1, 2), at) - timedelta(minutes=15)).time()


def reviewed_clips(campaign: Campaign) -> tuple[ClipChoice, ...]:
    """Approved clips that no group has had yet, the oldest first."""
    rows = Item.of(campaign.province_id).filter(campaign=campaign, kind=ItemKind.CLIP, status=ItemStatus.APPROVED)
    rows = rows.exclude(deliveries__state__in=[*DELIVERED_STATES, State.SENDING, State.UNCERTAIN])
    return tuple(ClipChoice(str(pk), title) for pk, title in rows.order_by("created_at").values_list("pk", "title"))


def forecasts(plan: SeasonPlan, now: datetime) -> tuple[Forecast, ...]:
    """Every span of every quota: what each group got, and will have got if the plan holds."""
    keys = [str(group.pk) for group in plan.groups]
    if not keys:
        return ()
    first = first_day(plan, now)
    mondays = {monday: week.reason for monday, week in plan.excused.items()}
    found: list[Forecast] = []
    for quota in quotas(plan.campaign):
        sent, planned = _reach(plan, quota.kind, first)
        spans_ = season_spans(plan.campaign, quota)
        found += forecast(quota, spans_, sent, planned, keys, first, plan.holidays, mondays)
    return tuple(found)


def first_day(plan: SeasonPlan, now: datetime) -> date:
    """Today while something can still be sent today, else tomorrow."""
    chosen = plan.settings
    today = local_day(now)
    return today if now < last_loud_moment(today, (chosen.quiet_from, chosen.quiet_to)) else today + timedelta(days=1)


def _reach(plan: SeasonPlan, kind: Kind, first: date) -> tuple[list[Reached], list[Reached]]:
    """What arrived, on its day; and what is on its way or planned, on the day it can arrive at the earliest."""
    sent, planned = [], []
    for slot in plan.slots:
        if slot.entry.kind != kind.value:
            continue
        for delivery in slot.deliveries:
            told = (str(delivery.group_id), story_of(delivery))
            if delivery.sent_at is not None:
                sent.append(Reached(told[0], local_day(delivery.sent_at), told[1]))
            elif delivery.state in OPEN_STATES:
                planned.append(Reached(told[0], max(slot.local.date(), first), told[1]))
    return sent, planned


def worries(plan: SeasonPlan, found: Sequence[Forecast], now: datetime) -> tuple[Notice, ...]:
    """Everything worth a look in the whole plan."""
    counted = [slot for slot in plan.standing if slot.states & _COUNTED]
    footings = [
        Footing(s.planned, s.waiting, s.ready, s.entry.owner.left_on if s.entry.owner else None) for s in counted
    ]
    return look_over(footings, found, plan.request, now)


def span_forecasts(found: Sequence[Forecast], first: date, last: date) -> list[Forecast]:
    """The forecasts whose span begins in these days, both included."""
    return [one for one in found if first <= one.span.start <= last]


def covering(found: Sequence[Forecast], day: date) -> list[Forecast]:
    return [one for one in found if one.span.start <= day <= one.span.end]


def named_groups(plan: SeasonPlan) -> dict[str, Group]:
    return {str(group.pk): group for group in plan.groups}
