"""What the signed-in pages show. Each function takes a bounded number of queries, whatever the number of rows."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK, Quota, SpanResult, local_day
from saisaat.domain.campaign import Status
from saisaat.domain.delivery import DELIVERED_STATES, RETRY_KEY_LIFE, State, Way
from saisaat.domain.feedback import PRESSING
from saisaat.queries import season as figures
from saisaat.queries.publication import PUBLIC_STATES
from saisaat.records.models import (
    Acknowledgement,
    Attempt,
    Campaign,
    Comment,
    Delivery,
    Group,
    Item,
    LedgerEntry,
    LedgerRefusal,
    NearAcknowledgement,
    PlanEntry,
    QuotaReading,
    Reaction,
    TapCount,
)


def current_campaign(province: str) -> Campaign | None:
    """The province's running campaign, the latest if there are several; without one, the latest of any status."""
    running = Case(When(status=Status.RUNNING, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Campaign.of(province).order_by(running, "-created_at").first()


class Standing(StrEnum):
    """How a span of a quota stands on a day."""

    MET = "met"
    RUNNING = "running"
    UNMET = "unmet"
    EXCUSED = "excused"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class SpanGlance:
    """One week or month of a quota: what is owed, what each group has, how it stands."""

    result: SpanResult
    standing: Standing
    groups: tuple[tuple[Group, int], ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """A quota over the whole campaign. `running` is the span of today, None outside the campaign."""

    quota: Quota
    spans: tuple[SpanGlance, ...]
    running: SpanGlance | None

    @property
    def ended(self) -> int:
        """Spans that are over, or met before their end."""
        return sum(1 for span in self.spans if span.standing not in {Standing.FUTURE, Standing.RUNNING})

    @property
    def met(self) -> int:
        return sum(1 for span in self.spans if span.standing is Standing.MET)


@dataclass(frozen=True, slots=True)
class Season:
    """The season at a glance.

    `states` counts everything, the announcement too; `published` and `ways` count posters and clips. `heads` is this
    month's cost in LINE's unit, `limit` what is free, None while unknown.
    """

    campaign: Campaign
    today: date
    strips: tuple[Strip, ...]
    next: PlanEntry | None
    next_deliveries: list[Delivery]
    states: Counter[State]
    published: Counter[State]
    ways: dict[Way, int]
    open_criticism: int
    heads: int
    limit: int | None
    announcements: list[Delivery]

    @property
    def delivered(self) -> int:
        return sum(self.published[state] for state in DELIVERED_STATES)

    @property
    def announced(self) -> int:
        return sum(1 for delivery in self.announcements if delivery.state in DELIVERED_STATES)


def season(campaign: Campaign, now: datetime) -> Season:
    """Everything the season page shows."""
    today = local_day(now)
    deliveries = figures.deliveries_of(campaign)
    told = Delivery.of(campaign.province_id).filter(entry__campaign=campaign, entry__kind=ItemKind.ANNOUNCEMENT)
    announcements = list(told.order_by("group__position"))
    cost = figures.cost(campaign) if campaign.period_start else None
    upcoming = _upcoming(deliveries)
    return Season(
        campaign=campaign,
        today=today,
        strips=_strips(campaign, today) if deliveries else (),
        next=upcoming[0].entry if upcoming else None,
        next_deliveries=upcoming,
        states=figures.states([*deliveries, *announcements]),
        published=figures.states(deliveries),
        ways=figures.ways(deliveries),
        open_criticism=comments(str(campaign.province_id), campaign, CommentShow.OPEN).count(),
        heads=cost.heads_by_month.get(f"{today:%Y-%m}", 0) if cost else 0,
        limit=cost.free_limit if cost else None,
        announcements=announcements,
    )


def _upcoming(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The deliveries of the next entry that is not out yet."""
    waiting = [d for d in deliveries if d.state in {State.PLANNED, State.DUE, State.ARMED}]
    return [d for d in waiting if d.entry_id == waiting[0].entry_id] if waiting else []


def _strips(campaign: Campaign, today: date) -> tuple[Strip, ...]:
    groups = {str(group.pk): group for group in figures.campaign_groups(campaign)}
    found = []
    for quota in figures.quotas(campaign):
        spans = tuple(_glance(result, today, groups) for result in figures.judged(campaign, quota))
        running = next((s for s in spans if s.result.span.start <= today <= s.result.span.end), None)
        found.append(Strip(quota, spans, running))
    return tuple(found)


def _glance(result: SpanResult, today: date, groups: dict[str, Group]) -> SpanGlance:
    span = result.span
    if result.excused is not None:
        standing = Standing.EXCUSED
    elif span.start > today:
        standing = Standing.FUTURE
    elif result.met:
        standing = Standing.MET
    else:
        standing = Standing.RUNNING if today <= span.end else Standing.UNMET
    return SpanGlance(result, standing, tuple((group, result.by_group[key]) for key, group in groups.items()))


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries to list. Days are local and inclusive; None and empty ask for any."""

    first: date | None = None
    last: date | None = None
    states: tuple[State, ...] = ()
    way: Way | None = None
    kinds: tuple[ItemKind, ...] = ()


@dataclass(slots=True)
class EntryRow:
    """An entry with its deliveries in the groups' order."""

    entry: PlanEntry
    deliveries: list[Delivery] = field(default_factory=list)


MOST_ENTRIES = 300


def entries(campaign: Campaign, wanted: EntryFilter) -> list[EntryRow]:
    """The plan, by time. A state or way asks for the deliveries that have it, and shows no others."""
    rows = Delivery.of(campaign.province_id).filter(entry__campaign=campaign)
    if wanted.first:
        rows = rows.filter(entry__at__gte=datetime.combine(wanted.first, time(), BANGKOK))
    if wanted.last:
        rows = rows.filter(entry__at__lt=datetime.combine(wanted.last + timedelta(days=1), time(), BANGKOK))
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.way:
        rows = rows.filter(way=wanted.way)
    if wanted.kinds:
        rows = rows.filter(entry__kind__in=wanted.kinds)
    rows = rows.select_related("entry", "group", "item__preview").order_by("entry__at", "entry__no", "group__position")
    found: dict[str, EntryRow] = {}
    for delivery in rows[: 4 * MOST_ENTRIES]:
        found.setdefault(delivery.entry_id, EntryRow(delivery.entry)).deliveries.append(delivery)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class GroupPublication:
    """What became of one entry in one group. `taps` is None while nobody opened the link: its readers are unknown."""

    delivery: Delivery
    attempts: list[Attempt]
    taps: int | None
    acknowledgements: int
    reactions: int
    comments: int
    nearby: int
    """People who said รับทราบ in the group soon after, without quoting it."""


@dataclass(frozen=True, slots=True)
class Publication:
    """An entry in all its groups, in their order."""

    entry: PlanEntry
    groups: list[GroupPublication]

    @property
    def common_item(self) -> Item | None:
        """The item, where every group gets the same one."""
        first = self.groups[0].delivery.item
        return first if all(side.delivery.item == first for side in self.groups) else None

    @property
    def is_public(self) -> bool:
        """Whether readers may have it in front of them."""
        return any(side.delivery.state in PUBLIC_STATES for side in self.groups)


def publication(province: str, delivery_id: str) -> Publication | None:
    """The publication a delivery belongs to, with all groups side by side; None outside the province."""
    one = Delivery.of(province).filter(pk=delivery_id).values_list("entry", flat=True).first()
    if one is None:
        return None
    rows = Delivery.of(province).filter(entry=one)
    rows = rows.select_related("entry__campaign", "group", "topic", "item__picture", "item__preview", "closeout")
    deliveries = list(rows.order_by("group__position", "group__id"))
    ids = [delivery.pk for delivery in deliveries]
    attempts: defaultdict[str, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.of(province).filter(delivery__in=ids).defer("body").order_by("no"):
        attempts[attempt.delivery_id].append(attempt)
    taps = dict(TapCount.of(province).filter(delivery__in=ids).values_list("delivery").annotate(n=Sum("taps")))
    counted = [
        dict(model.of(province).filter(delivery__in=ids).order_by().values_list("delivery").annotate(n=Count("pk")))
        for model in (Acknowledgement, Reaction, Comment, NearAcknowledgement)
    ]
    groups = [
        GroupPublication(d, attempts[d.pk], taps.get(d.pk), *(found.get(d.pk, 0) for found in counted))
        for d in deliveries
    ]
    return Publication(deliveries[0].entry, groups)


class CommentShow(StrEnum):
    """Which comments to list."""

    OPEN = "open"
    TODO = "todo"
    UNCONFIRMED = "unconfirmed"
    ANSWERED = "answered"
    ALL = "all"


def comments(province: str, campaign: Campaign | None, show: CommentShow) -> QuerySet[Comment]:
    """Comments, newest first. OPEN: criticism and complaints without an answer; TODO: those that nobody ended;
    UNCONFIRMED: criticism and complaints that no person judged.
    """
    pressing = Q(kind__in=PRESSING) | Q(kind="", guess__in=PRESSING)
    rows = Comment.of(province).filter(Comment.in_campaign(campaign))
    if show is CommentShow.OPEN:
        rows = rows.filter(pressing, answered_at__isnull=True)
    elif show is CommentShow.TODO:
        rows = rows.filter(ended_at__isnull=True)
    elif show is CommentShow.UNCONFIRMED:
        rows = rows.filter(kind="", guess__in=PRESSING)
    elif show is CommentShow.ANSWERED:
        rows = rows.filter(answered_at__isnull=False)
    return _with_people(rows).order_by("-day", "-id")


def comments_of(publication: Publication) -> list[Comment]:
    """The comments on a publication in all its groups, by day."""
    entry = publication.entry
    return list(_with_people(Comment.of(entry.province_id).filter(delivery__entry=entry)).order_by("day", "id"))


def comment(province: str, comment_id: str) -> Comment | None:
    return _with_people(Comment.of(province).filter(pk=comment_id)).first()


def _with_people(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    places = ("delivery__entry", "delivery__group", "group")
    return rows.select_related("key", *places, "confirmed_by", "answered_by", "owner", "hidden_by")


@dataclass(frozen=True, slots=True)
class Doubt:
    """An uncertain delivery and what is known. `retry_until`: how long a push's key still gives a sure answer."""

    delivery: Delivery
    attempt: Attempt | None
    taps: int | None
    retry_until: datetime | None


def doubts(province: str) -> list[Doubt]:
    """The uncertain desk, oldest first."""
    rows = Delivery.of(province).filter(state=State.UNCERTAIN)
    rows = rows.select_related("entry", "group", "item__preview").order_by("due_at", "group__position")
    deliveries = list(rows)
    last: dict[str, Attempt] = {}
    for attempt in Attempt.of(province).filter(delivery__in=deliveries).defer("body").order_by("no"):
        last[attempt.delivery_id] = attempt
    taps = dict(TapCount.of(province).filter(delivery__in=deliveries).values_list("delivery").annotate(n=Sum("taps")))
    return [Doubt(d, last.get(d.pk), taps.get(d.pk), _retry_until(last.get(d.pk))) for d in deliveries]


def _retry_until(attempt: Attempt | None) -> datetime | None:
    return attempt.started_at + RETRY_KEY_LIFE if attempt is not None and attempt.way == Way.PUSH else None


@dataclass(frozen=True, slots=True)
class Costs:
    """The ledger behind the cost figure: heads by month (as 2020-05), entries and refusals newest first."""

    by_month: dict[str, int]
    reading: QuotaReading | None
    spent: list[LedgerEntry]
    refusals: list[LedgerRefusal]

    @property
    def limit(self) -> int | None:
        return self.reading.limit if self.reading else None


def costs(campaign: Campaign) -> Costs:
    province = campaign.province_id
    entries = LedgerEntry.of(province).select_related("attempt__delivery__entry", "attempt__delivery__group")
    refusals = LedgerRefusal.of(province).filter(delivery__entry__campaign=campaign)
    return Costs(
        by_month=figures.cost(campaign).heads_by_month if campaign.period_start else {},
        reading=QuotaReading.of(province).order_by("-read_at").first(),
        spent=list(entries.filter(kind=LedgerEntry.Kind.SPENT).order_by("-at")[:100]),
        refusals=list(refusals.select_related("delivery__entry", "delivery__group").order_by("-at")[:100]),
    )
