"""The way of a campaign: which step is done, which comes next, how much waits at each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saisaat.actions.propose import correct
from saisaat.actions.sign import decline
from saisaat.domain.approval import ItemStatus
from saisaat.domain.campaign import SignatureRole, Status
from saisaat.domain.delivery import State
from saisaat.queries.trail import Lack, Stage, Step, trail, unfinished
from saisaat.records.models import Campaign, Delivery, Group, RoleGrant, WorkingGroupMember
from tests.cast import Cast
from tests.factories import NOW, make_delivery, make_entry, make_item
from tests.web.campaign_stage import fresh, read_campaign


def current(campaign: Campaign | None) -> Step | None:
    return next((step for step in trail(campaign, NOW) if step.current), None)


def appoint(cast: Cast) -> None:
    WorkingGroupMember.everywhere.create(
        province=cast.province,
        campaign=cast.campaign,
        person=cast.people["owner"],
        position=1,
        role="ประธาน",
        appointed_at=NOW,
    )


def put(campaign: Campaign, status: Status) -> Campaign:
    Campaign.everywhere.filter(pk=campaign.pk).update(status=status)
    return fresh(campaign)


def test_without_a_campaign_the_way_begins(db: None) -> None:
    steps = trail(None, NOW)
    assert [step.stage for step in steps] == list(Stage)
    assert [step.stage for step in steps if step.current] == [Stage.PROPOSE]
    assert not any(step.done for step in steps)


def test_a_draft_is_completed_then_signed_in_turn(cast: Cast) -> None:
    campaign = read_campaign(cast)
    correct(campaign=campaign, changes={"period": None}, by=cast.actor("owner"), now=NOW)
    assert current(fresh(campaign)) == Step(Stage.PROPOSE, done=False, current=True, lack=Lack.PERIOD)
    period = {"start": "2027-05-01", "end": "2027-09-30"}
    correct(campaign=campaign, changes={"period": period}, by=cast.actor("owner"), now=NOW)
    assert current(fresh(campaign)) == Step(
        Stage.SIGN, done=False, current=True, waiting=3, turn=SignatureRole.PROPOSER
    )
    RoleGrant.of(cast.province).filter(role="proposer").delete()
    assert current(fresh(campaign)) == Step(
        Stage.SIGN, done=False, current=True, waiting=3, turn=SignatureRole.PROPOSER, lack=Lack.SIGNER
    )


def test_a_declined_document_waits_for_its_correction(cast: Cast) -> None:
    campaign = read_campaign(cast)
    decline(
        campaign=campaign,
        role=SignatureRole.PROPOSER,
        person=cast.people["proposer"],
        seen_sha256=campaign.content_sha256,
        reason="ไม่พร้อม",
        by=cast.actor("proposer"),
        now=NOW,
    )
    assert current(fresh(campaign)) == Step(Stage.SIGN, done=False, current=True, lack=Lack.DECLINED)


def test_an_approved_campaign_appoints_then_plans(cast: Cast) -> None:
    campaign = put(cast.campaign, Status.APPROVED)
    assert current(campaign) == Step(Stage.APPOINT, done=False, current=True)
    appoint(cast)
    assert current(campaign) == Step(Stage.PLAN, done=False, current=True)
    Group.of(cast.province).update(left_at=NOW)
    assert current(campaign) == Step(Stage.PLAN, done=False, current=True, lack=Lack.GROUPS)


def season(cast: Cast, status: ItemStatus | None, state: State, days: int = 1) -> Delivery:
    item = make_item(cast.campaign, cast.people["producer"], status=status) if status else None
    return make_delivery(make_entry(cast.campaign, NOW + timedelta(days=days)), cast.staff, item, state)


@pytest.mark.parametrize(
    ("status", "state", "stage", "waiting"),
    [
        (None, State.PLANNED, Stage.CREATE, 1),
        (ItemStatus.DRAFT, State.PLANNED, Stage.CREATE, 1),
        (ItemStatus.REJECTED, State.DUE, Stage.CREATE, 1),
        (ItemStatus.IN_REVIEW, State.PLANNED, Stage.REVIEW, 1),
        (ItemStatus.APPROVED, State.PLANNED, Stage.PUBLISH, 0),
        (ItemStatus.APPROVED, State.ARMED, Stage.PUBLISH, 1),
        (ItemStatus.APPROVED, State.SENT, Stage.CLOSE, 1),
    ],
)
def test_a_publication_is_made_reviewed_sent_and_closed(
    cast: Cast, status: ItemStatus | None, state: State, stage: Stage, waiting: int
) -> None:
    appoint(cast)
    season(cast, status, state)
    step = current(cast.campaign)
    assert step is not None and (step.stage, step.waiting) == (stage, waiting)


def test_with_everything_in_time_nothing_is_to_be_done_until_the_next(cast: Cast) -> None:
    appoint(cast)
    season(cast, ItemStatus.APPROVED, State.CLOSED, days=-8)
    season(cast, None, State.PLANNED, days=20)
    assert current(cast.campaign) is None
    assert unfinished(cast.campaign) == 1
    season(cast, None, State.PLANNED, days=6)
    step = current(cast.campaign)
    assert step is not None and (step.stage, step.waiting) == (Stage.CREATE, 1)


def test_the_end_is_the_last_step(cast: Cast) -> None:
    appoint(cast)
    season(cast, ItemStatus.APPROVED, State.CLOSED, days=-8)
    assert unfinished(cast.campaign) == 0
    step = current(cast.campaign)
    assert step is not None and step.stage is Stage.CLOSE
    assert current(put(cast.campaign, Status.ENDED)) is None


def test_the_trail_takes_few_queries_however_much_there_is(cast: Cast) -> None:
    appoint(cast)
    counts = []
    for _ in range(2):
        for state in (State.PLANNED, State.ARMED, State.SENT, State.CLOSED):
            season(cast, ItemStatus.APPROVED, state)
        campaign = fresh(cast.campaign)
        with CaptureQueriesContext(connection) as asked:
            trail(campaign, NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9
