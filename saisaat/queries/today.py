"""What waits on a day, for the office and for one person of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from saisaat.domain.approval import ItemStatus
from saisaat.domain.cadence import BANGKOK, Quota, SpanResult, local_day
from saisaat.domain.campaign import SIGNING_ORDER, SignatureRole, Status
from saisaat.domain.delivery import State
from saisaat.domain.feedback import PRESSING
from saisaat.domain.roles import Actor, Deed, can_do
from saisaat.queries import pages
from saisaat.queries import season as figures
from saisaat.records.models import Campaign, Comment, Delivery, Item, LedgerEntry, QuotaReading, Signature

SIGNING_DEEDS = {
    SignatureRole.PROPOSER: Deed.SIGN_PROPOSAL,
    SignatureRole.ENDORSER: Deed.ENDORSE_PROPOSAL,
    SignatureRole.APPROVER: Deed.APPROVE_PROPOSAL,
}
_UNSENT = (State.PLANNED, State.DUE, State.ARMED, State.SENDING)


@dataclass(frozen=True, slots=True)
class Owed:
    """A quota and the week or month of today: what is owed and what each group has. `result` None: nothing is owed."""

    quota: Quota
    result: SpanResult | None


@dataclass(frozen=True, slots=True)
class ToSign:
    """A project that waits for this person's signature."""

    campaign: Campaign
    role: SignatureRole


@dataclass(frozen=True, slots=True)
class Today:
    """Home. Counts are rows the page links to; `heads` is this month's cost in LINE's unit, `limit` what is free, None
    while unknown. `to_review` counts others' items for a reviewer, `returned` this person's own that came back.
    """

    day: date
    due: list[pages.EntryRow]
    following: list[pages.EntryRow]
    late: list[pages.EntryRow]
    owed: tuple[Owed, ...]
    to_sign: list[ToSign]
    to_review: int
    returned: int
    open_criticism: int
    unconfirmed: int
    uncertain: int
    heads: int
    limit: int | None

    @property
    def waiting(self) -> bool:
        """Whether anything waits for this person."""
        return bool(self.to_sign or self.to_review or self.returned)


def today(province: str, campaign: Campaign | None, actor: Actor, now: datetime) -> Today:
    """Everything home shows. A bounded number of queries, each over this province's open work only."""
    day = local_day(now)
    late, due, following = _entries(campaign, day)
    comments = Comment.of(province).filter(Comment.in_campaign(campaign))
    pressing = Q(kind__in=PRESSING) | Q(kind="", guess__in=PRESSING)
    mine = Item.of(province).filter(author=actor.id)
    reading = QuotaReading.of(province).order_by("-read_at").first()
    return Today(
        day=day,
        due=due,
        following=following,
        late=late,
        owed=_owed(campaign, day) if campaign is not None and campaign.status == Status.RUNNING else (),
        to_sign=_to_sign(province, actor),
        to_review=_to_review(province, actor),
        returned=mine.filter(status=ItemStatus.REJECTED).count() if can_do(actor, Deed.COMPOSE) else 0,
        open_criticism=comments.filter(pressing, answered_at__isnull=True).count(),
        unconfirmed=comments.filter(kind="", guess__in=PRESSING).count(),
        uncertain=Delivery.of(province).filter(state=State.UNCERTAIN).count(),
        heads=_heads(province, day),
        limit=reading.limit if reading else None,
    )


def _entries(campaign: Campaign | None, day: date) -> tuple[list[pages.EntryRow], ...]:
    """What is late and still unsent, what is due on `day` sent or not, and the next publication after it."""
    if campaign is None:
        return [], [], []
    due = pages.entries(campaign, pages.EntryFilter(first=day, last=day))
    unsent = Delivery.of(campaign.province_id).filter(entry__campaign=campaign, state__in=_UNSENT)
    days = unsent.order_by("due_at").values_list("due_at", flat=True)
    before, after = days.filter(due_at__lt=_start(day)).first(), days.filter(due_at__gte=_end(day)).first()
    late, following = (
        pages.entries(campaign, wanted) if wanted else []
        for wanted in (
            before and pages.EntryFilter(first=local_day(before), last=day - timedelta(days=1), states=_UNSENT),
            after and pages.EntryFilter(first=local_day(after), last=local_day(after)),
        )
    )
    return late, due, following


def _owed(campaign: Campaign, day: date) -> tuple[Owed, ...]:
    groups = figures.campaign_groups(campaign)
    return tuple(
        Owed(quota, figures.judged_on(campaign, quota, day, groups) if groups else None)
        for quota in figures.quotas(campaign)
    )


def _to_sign(province: str, actor: Actor) -> list[ToSign]:
    """Projects whose next signature this person's roles can give and nobody declined."""
    if not any(can_do(actor, deed) for deed in SIGNING_DEEDS.values()):
        return []
    open_ = list(Campaign.of(province).filter(status__in=[Status.DRAFT, Status.PROPOSED]).order_by("-created_at")[:20])
    standing = Signature.of(province).filter(campaign__in=open_, voided_at__isnull=True)
    by_campaign: dict[str, dict[str, str]] = {campaign.pk: {} for campaign in open_}
    for pk, role, decision in standing.values_list("campaign", "role", "decision"):
        by_campaign[pk][role] = decision
    found = []
    for campaign in open_:
        given = by_campaign[campaign.pk]
        following = next((role for role in SIGNING_ORDER if role not in given), None)
        declined = Signature.Decision.DECLINED in given.values()
        if following is not None and not declined and can_do(actor, SIGNING_DEEDS[following]):
            found.append(ToSign(campaign, following))
    return found


def _to_review(province: str, actor: Actor) -> int:
    if not can_do(actor, Deed.REVIEW):
        return 0
    return Item.of(province).filter(status=ItemStatus.IN_REVIEW).exclude(author=actor.id).count()


def _heads(province: str, day: date) -> int:
    """Heads pushed to in the month of `day`."""
    spent = LedgerEntry.of(province).filter(
        kind=LedgerEntry.Kind.SPENT, at__gte=_start(day.replace(day=1)), at__lt=_end(day)
    )
    return sum(spent.values_list("heads", flat=True))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)


def _end(day: date) -> datetime:
    return _start(day + timedelta(days=1))
