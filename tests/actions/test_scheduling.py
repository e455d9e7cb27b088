"""What the clock alone brings about: due, armed, missed, and waiting where it must wait."""

from datetime import timedelta

import pytest

from saisaat.actions import review
from saisaat.actions.propose import change_settings
from saisaat.actions.schedule import change_state, promote
from saisaat.domain.delivery import TRANSITIONS, State
from saisaat.domain.errors import NotNow
from saisaat.records import audit
from saisaat.records.models import AuditEvent, Delivery, Group
from tests.actions.stage import WORKER, Stage
from tests.factories import NOW, make_delivery, make_entry

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAST_DEADLINE = NOW + 10 * HOUR


def test_nothing_moves_before_its_time(stage: Stage) -> None:
    delivery = stage.planned(stage.approved())
    assert promote(now=NOW - MINUTE, by=WORKER) == 0
    assert stage.state(delivery) is State.PLANNED


def test_an_approved_item_is_armed_with_its_hash_when_due(stage: Stage) -> None:
    delivery = stage.planned(stage.approved())
    assert promote(now=NOW, by=WORKER) == 2
    found = stage.fresh(delivery)
    assert found.item is not None
    assert (found.state, found.approved_sha256) == (State.ARMED, found.item.sha256)
    told = AuditEvent.of(stage.province).filter(object_id=delivery.pk).order_by("no")
    assert [event.action for event in told] == ["delivery.due", "delivery.armed"]


def test_a_second_look_changes_nothing(stage: Stage) -> None:
    stage.armed()
    rows = audit.verify(stage.province.pk)
    assert promote(now=NOW + MINUTE, by=WORKER) == 0
    assert audit.verify(stage.province.pk) == rows


def test_without_an_approval_it_waits_and_is_armed_after_it(stage: Stage) -> None:
    item = review.submit(item=stage.draft(), by=stage.actor("producer"), now=NOW)
    delivery = stage.planned(item)
    promote(now=NOW, by=WORKER)
    assert stage.state(delivery) is State.DUE
    stage.approve(item)
    promote(now=NOW + MINUTE, by=WORKER)
    assert stage.state(delivery) is State.ARMED


@pytest.mark.parametrize("ready", [True, False], ids=["armed", "not ready"])
def test_what_is_late_is_missed_and_says_so(stage: Stage, ready: bool) -> None:
    delivery = stage.armed() if ready else stage.planned()
    promote(now=PAST_DEADLINE - MINUTE, by=WORKER)
    assert stage.state(delivery) is (State.ARMED if ready else State.DUE)
    promote(now=PAST_DEADLINE, by=WORKER)
    assert stage.state(delivery) is State.MISSED
    assert "เลยกำหนดส่ง" in stage.fresh(delivery).reason


@pytest.mark.parametrize(
    ("hour", "minute", "state"),
    [(7, 59, State.DUE), (8, 0, State.ARMED), (19, 59, State.ARMED), (20, 0, State.DUE), (23, 30, State.DUE)],
)
def test_quiet_hours_hold_it_back(stage: Stage, hour: int, minute: int, state: State) -> None:
    at = NOW + (hour - 10) * HOUR + minute * MINUTE
    delivery = stage.planned(stage.approved(), at=at)
    promote(now=at, by=WORKER)
    assert stage.state(delivery) is state


def test_the_office_chooses_its_quiet_hours(stage: Stage) -> None:
    changes = {"quiet_from": "09:00", "quiet_to": "11:00"}
    change_settings(campaign=stage.campaign, changes=changes, by=stage.actor("owner"), now=NOW)
    delivery = stage.planned(stage.approved())
    promote(now=NOW, by=WORKER)
    assert stage.state(delivery) is State.DUE
    promote(now=NOW + HOUR, by=WORKER)
    assert stage.state(delivery) is State.ARMED


def test_a_group_that_was_left_is_waited_for(stage: Stage) -> None:
    delivery = stage.planned(stage.approved())
    Group.everywhere.filter(pk=stage.staff.pk).update(left_at=NOW)
    promote(now=NOW, by=WORKER)
    assert stage.state(delivery) is State.DUE


@pytest.mark.parametrize(("old", "new"), [(old, new) for old in State for new in State])
def test_every_pair_of_states(stage: Stage, old: State, new: State) -> None:
    """One that the table does not name is refused and writes nothing; one that it names writes state and audit."""
    item = stage.approved()
    delivery = make_delivery(make_entry(stage.campaign), stage.staff, item, old)
    Delivery.everywhere.filter(pk=delivery.pk).update(approved_sha256=item.approved_sha256)
    rows = audit.verify(stage.province.pk)
    # What the new state asks for besides, which its own action gives.
    fields: dict[str, object] = {"sent_at": NOW, "way": "piggyback"} if new is State.SENT else {}
    if new is State.CLOSED:
        fields = {"closed_at": NOW}
    if new not in TRANSITIONS[old]:
        with pytest.raises(NotNow):
            change_state(delivery, new, "", by=WORKER, now=NOW, **fields)
        assert stage.state(delivery) is old
        assert audit.verify(stage.province.pk) == rows
        return
    assert change_state(delivery, new, "เพราะ", by=WORKER, now=NOW, **fields) == 1
    assert (stage.state(delivery), delivery.state) == (new, new)
    assert audit.verify(stage.province.pk) == rows + 1


def test_whoever_comes_second_moves_nothing(stage: Stage) -> None:
    first = stage.armed()
    second = stage.fresh(first)
    assert change_state(first, State.CANCELLED, "", by=WORKER, now=NOW) == 1
    rows = audit.verify(stage.province.pk)
    assert change_state(second, State.MISSED, "", by=WORKER, now=NOW) == 0
    assert stage.state(first) is State.CANCELLED
    assert audit.verify(stage.province.pk) == rows
