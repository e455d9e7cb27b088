"""A season's figures from our own tables: weeks, months, ways, tracking, cost. Unknown stays unknown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Sum

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import (
    BANGKOK,
    Kind,
    Per,
    Quota,
    Reached,
    Span,
    SpanResult,
    WeekRule,
    judge,
    local_day,
    spans,
)
from saisaat.domain.delivery import DELIVERED_STATES, State, Way
from saisaat.records.models import (
    Acknowledgement,
    Campaign,
    Closeout,
    Comment,
    Delivery,
    Group,
    LedgerEntry,
    QuotaReading,
    Reaction,
    TapCount,
)


@dataclass(frozen=True, slots=True)
class Publication:
    """One delivery's figures as they stand. `taps` is None where nobody opened the link: its readers are unknown."""

    delivery: Delivery
    taps: int | None
    acknowledgements: int
    reactions: int
    comments: int
    closeout: Closeout | None


def season_spans(campaign: Campaign, quota: Quota) -> tuple[Span, ...]:
    """The weeks (months, ...) of the campaign that owe something under its week rule."""
    assert campaign.period_start is not None and campaign.period_end is not None, "a running campaign has a period"
    rule = WeekRule(campaign.week_rule)
    return spans(campaign.period_start, campaign.period_end, quota.per, rule, quota.at_least)


def quotas(campaign: Campaign) -> tuple[Quota, ...]:
    return tuple(Quota(Kind(q.kind), q.at_least, Per(q.per)) for q in campaign.quotas.order_by("pk"))


def campaign_groups(campaign: Campaign) -> list[Group]:
    """The groups that have entries of the campaign, in the office's order."""
    rows = Group.of(campaign.province_id).filter(deliveries__entry__campaign=campaign)
    return list(rows.distinct().order_by("position", "id"))


def story_of(delivery: Delivery) -> str:
    """What makes a story different from another for a group: its item; before one is made, its topic and style."""
    if delivery.item_id:
        return str(delivery.item_id)
    return f"{delivery.topic_id}/{delivery.style}" if delivery.topic_id else f"entry-{delivery.entry_id}"


def reached(campaign: Campaign, kind: Kind, within: Span | None = None) -> list[Reached]:
    """Which story reached which group on which local day: sent deliveries only, of `within` or of the whole season."""
    sent = Delivery.of(campaign.province_id).filter(
        entry__campaign=campaign, entry__kind=kind, state__in=DELIVERED_STATES
    )
    if within is not None:
        start = datetime.combine(within.start, time(), BANGKOK)
        sent = sent.filter(sent_at__gte=start, sent_at__lt=start + timedelta(days=(within.end - within.start).days + 1))
    return [Reached(str(d.group_id), local_day(d.sent_at), story_of(d)) for d in sent if d.sent_at is not None]


def judged(campaign: Campaign, quota: Quota) -> tuple[SpanResult, ...]:
    """Each span of a quota: how many different stories every group got, and whether that is enough."""
    found = season_spans(campaign, quota)
    groups = [str(group.pk) for group in campaign_groups(campaign)]
    return judge(found, reached(campaign, quota.kind), groups, _excused(campaign, quota, found))


def judged_on(campaign: Campaign, quota: Quota, day: date, groups: Sequence[Group]) -> SpanResult | None:
    """The span of a quota that `day` falls in, as it stands; None where no span owes anything that day."""
    found = tuple(span for span in season_spans(campaign, quota) if span.start <= day <= span.end)
    if not found:
        return None
    told = reached(campaign, quota.kind, found[0])
    return judge(found, told, [str(group.pk) for group in groups], _excused(campaign, quota, found))[0]


def _excused(campaign: Campaign, quota: Quota, found: Sequence[Span]) -> dict[int, str]:
    """The reasons of excused weeks by the number of the span they excuse."""
    by_monday = dict(campaign.excused_weeks.values_list("monday", "reason")) if quota.per is Per.WEEK else {}
    return {
        span.no: reason
        for span in found
        for monday, reason in by_monday.items()
        if (span.start - monday).days in range(7)
    }


def deliveries_of(campaign: Campaign) -> list[Delivery]:
    """Every delivery of posters and clips, oldest first (the announcement is not a publication)."""
    rows = Delivery.of(campaign.province_id).filter(entry__campaign=campaign)
    rows = rows.exclude(entry__kind=ItemKind.ANNOUNCEMENT)
    return list(
        rows.select_related("entry", "group", "item", "topic").order_by("due_at", "entry__no", "group__position")
    )


def publications(campaign: Campaign) -> list[Publication]:
    """The figures of everything sent, in order. Five queries, whatever the size."""
    rows = [d for d in deliveries_of(campaign) if d.state in DELIVERED_STATES]
    mine = {"delivery__entry__campaign": campaign}
    province = campaign.province_id
    taps = dict(TapCount.of(province).filter(**mine).values_list("delivery").annotate(n=Sum("taps")))
    acks = Counter(Acknowledgement.of(province).filter(**mine).values_list("delivery", flat=True))
    likes = Counter(Reaction.of(province).filter(**mine).values_list("delivery", flat=True))
    comments = Counter(Comment.of(province).filter(**mine).values_list("delivery", flat=True))
    closeouts = {row.delivery_id: row for row in Closeout.of(province).filter(**mine)}
    return [Publication(d, taps.get(d.pk), acks[d.pk], likes[d.pk], comments[d.pk], closeouts.get(d.pk)) for d in rows]


def states(deliveries: Sequence[Delivery]) -> Counter[State]:
    return Counter(State(delivery.state) for delivery in deliveries)


def ways(deliveries: Sequence[Delivery]) -> dict[Way, int]:
    """How many went out by each way, all ways named."""
    found = Counter(d.way for d in deliveries if d.way)
    return {way: found[way] for way in Way}


@dataclass(frozen=True, slots=True)
class Cost:
    """What the season cost. Messages are LINE's unit: one a head pushed to. `free_limit` is None where never read."""

    heads_by_month: dict[str, int]
    free_limit: int | None

    @property
    def heads(self) -> int:
        return sum(self.heads_by_month.values())


def cost(campaign: Campaign) -> Cost:
    """Heads our own ledger spent on this campaign's channels, by month, beside the free limit last read."""
    province = campaign.province_id
    spent: Counter[str] = Counter()
    for at, heads in LedgerEntry.of(province).filter(kind=LedgerEntry.Kind.SPENT).values_list("at", "heads"):
        spent[f"{local_day(at):%Y-%m}"] += heads
    reading = QuotaReading.of(province).order_by("-read_at").first()
    return Cost({month: spent[month] for month in months_of(campaign)}, reading.limit if reading else None)


def months_of(campaign: Campaign) -> list[str]:
    """The calendar months the period touches, as 2020-05."""
    assert campaign.period_start is not None and campaign.period_end is not None
    day, found = campaign.period_start, []
    while day <= campaign.period_end:
        found.append(f"{day:%Y-%m}")
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found
