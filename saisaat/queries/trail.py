"""The way of a campaign from its proposal to its end: what is done, what comes next, how much waits at each step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q

from saisaat.domain.approval import ItemStatus
from saisaat.domain.campaign import SignatureRole, Status
from saisaat.domain.delivery import DELIVERED_STATES, State
from saisaat.domain.roles import MAY, Deed, Role
from saisaat.queries.proposal import signing
from saisaat.queries.working_group import working_group
from saisaat.records.models import Campaign, Delivery, Group, Item, RoleGrant

AHEAD = timedelta(days=7)
"""How long before its time a publication should have its poster or clip."""
_FINISHED = (State.CLOSED, State.MISSED, State.CANCELLED, State.FAILED)
_UNSENT = (State.PLANNED, State.DUE)
_GOING_OUT = (State.DUE, State.ARMED, State.SENDING, State.UNCERTAIN)


class Stage(StrEnum):
    PROPOSE = "propose"
    SIGN = "sign"
    APPOINT = "appoint"
    PLAN = "plan"
    CREATE = "create"
    REVIEW = "review"
    PUBLISH = "publish"
    CLOSE = "close"


class Lack(StrEnum):
    """What must be there before a step can be taken, and is not."""

    PERIOD = "period"
    SIGNER = "signer"
    DECLINED = "declined"
    GROUPS = "groups"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the trail. `current` is the first that is not done.

    `waiting` is how much waits there now. `turn` is whose signature is next. `lack` is what hinders the step.
    """

    stage: Stage
    done: bool
    current: bool = False
    waiting: int = 0
    turn: SignatureRole | None = None
    lack: Lack | None = None


def unfinished(campaign: Campaign) -> int:
    """Deliveries that are neither closed nor missed, withdrawn or refused."""
    return Delivery.of(campaign.province_id).filter(entry__campaign=campaign).exclude(state__in=_FINISHED).count()


def trail(campaign: Campaign | None, now: datetime) -> tuple[Step, ...]:
    """The eight steps, at most one of them current. Nine queries, whatever the size of the campaign."""
    if campaign is None:
        steps = [Step(stage, done=False) for stage in Stage]
    else:
        begun = [_propose(campaign), _sign(campaign), _appoint(campaign), _plan(campaign)]
        steps = begun + _season(campaign, now)
    first = next((step.stage for step in steps if not step.done), None)
    return tuple(Step(step.stage, step.done, step.stage is first, step.waiting, step.turn, step.lack) for step in steps)


def _propose(campaign: Campaign) -> Step:
    whole = campaign.period_start is not None
    return Step(Stage.PROPOSE, done=whole, lack=None if whole else Lack.PERIOD)


def _sign(campaign: Campaign) -> Step:
    if campaign.status not in {Status.DRAFT, Status.PROPOSED}:
        return Step(Stage.SIGN, done=True)
    stands = signing(campaign)
    if stands.declined:
        return Step(Stage.SIGN, done=False, lack=Lack.DECLINED)
    turn = stands.turn
    lack = None if turn is None or _somebody_may(campaign, _SIGNING[turn]) else Lack.SIGNER
    return Step(Stage.SIGN, done=False, waiting=3 - len(stands.signed), turn=turn, lack=lack)


_SIGNING = {
    SignatureRole.PROPOSER: Deed.SIGN_PROPOSAL,
    SignatureRole.ENDORSER: Deed.ENDORSE_PROPOSAL,
    SignatureRole.APPROVER: Deed.APPROVE_PROPOSAL,
}


def _somebody_may(campaign: Campaign, deed: Deed) -> bool:
    roles: frozenset[Role] = MAY[deed]
    return RoleGrant.of(campaign.province_id).filter(role__in=roles, account__is_active=True).exists()


def _appoint(campaign: Campaign) -> Step:
    group = working_group(campaign)
    return Step(Stage.APPOINT, done=bool(group.members), waiting=int(group.to_order))


def is_planned(campaign: Campaign) -> bool:
    """Whether the campaign has an action plan."""
    return campaign.entries.filter(withdrawn_at__isnull=True).exists()


def _plan(campaign: Campaign) -> Step:
    planned = is_planned(campaign)
    lack = None if planned or _has_groups(campaign) else Lack.GROUPS
    return Step(Stage.PLAN, done=planned, lack=lack)


def _has_groups(campaign: Campaign) -> bool:
    return Group.of(campaign.province_id).filter(left_at__isnull=True, used=True).exists()


def _season(campaign: Campaign, now: datetime) -> list[Step]:
    """The steps that come again with every publication."""
    bare = Q(item__isnull=True) | Q(item__status__in=[ItemStatus.DRAFT, ItemStatus.REJECTED])
    deliveries = Delivery.of(campaign.province_id).filter(entry__campaign=campaign)
    told = deliveries.aggregate(
        to_make=Count("entry", filter=bare & Q(state__in=_UNSENT, due_at__lte=now + AHEAD), distinct=True),
        going_out=Count("pk", filter=Q(state__in=_GOING_OUT)),
        sent=Count("pk", filter=Q(state__in=DELIVERED_STATES)),
        to_close=Count("pk", filter=Q(state=State.SENT)),
        open=Count("pk", filter=~Q(state__in=_FINISHED)),
    )
    items = dict(
        Item.of(campaign.province_id).filter(campaign=campaign).order_by().values_list("status").annotate(n=Count("pk"))
    )
    in_review, approved = items.get(ItemStatus.IN_REVIEW, 0), items.get(ItemStatus.APPROVED, 0)
    made = bool(in_review or approved)
    unreviewed = in_review and not _somebody_may(campaign, Deed.REVIEW)
    ended = campaign.status == Status.ENDED
    closed = bool(told["sent"]) and not told["to_close"] and bool(told["open"])
    return [
        Step(Stage.CREATE, ended or (made and not told["to_make"]), waiting=told["to_make"]),
        Step(
            Stage.REVIEW,
            ended or (bool(approved) and not in_review),
            waiting=in_review,
            lack=Lack.REVIEWER if unreviewed else None,
        ),
        Step(Stage.PUBLISH, ended or (bool(told["sent"]) and not told["going_out"]), waiting=told["going_out"]),
        Step(Stage.CLOSE, ended or closed, waiting=told["to_close"]),
    ]
