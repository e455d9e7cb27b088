"""The life of a delivery: every pair of states, and what every outcome of every way means."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from saisaat.domain.delivery import (
    OPEN_STATES,
    REPLY_WINDOW,
    SETTLEMENTS,
    TRANSITIONS,
    Alarm,
    Outcome,
    State,
    Way,
    can_reply,
    can_transition,
    check_transition,
    settle,
)
from saisaat.domain.errors import NotNow

NOW = datetime(2027, 5, 3, 3, 0, tzinfo=UTC)
ALLOWED = {
    State.PLANNED: {State.DUE, State.CANCELLED},
    State.DUE: {State.ARMED, State.MISSED, State.CANCELLED},
    State.ARMED: {State.SENDING, State.MISSED, State.CANCELLED},
    State.SENDING: {State.SENT, State.ARMED, State.UNCERTAIN, State.FAILED, State.CANCELLED, State.MISSED},
    State.UNCERTAIN: {State.SENT, State.MISSED},
    State.SENT: {State.CLOSED},
}
CALLED = [way for way in Way if way is not Way.RELAY]


@pytest.mark.parametrize(("old", "new"), list(itertools.product(State, State)))
def test_a_delivery_moves_only_as_the_contract_says(old: State, new: State) -> None:
    allowed = new in ALLOWED.get(old, set())
    assert can_transition(old, new) is allowed
    if not allowed:
        with pytest.raises(NotNow, match="ข้อมูลเดิมยังอยู่ครบ"):
            check_transition(old, new)


def test_every_state_is_in_the_table_and_every_move_has_its_reason() -> None:
    assert set(TRANSITIONS) == set(State)
    assert all(reason for moves in TRANSITIONS.values() for reason in moves.values())
    assert {state for state, moves in TRANSITIONS.items() if moves} == OPEN_STATES | {State.SENT}


@pytest.mark.parametrize(("way", "outcome", "retried"), list(itertools.product(CALLED, Outcome, [False, True])))
def test_every_settlement_is_a_move_that_sending_allows(way: Way, outcome: Outcome, retried: bool) -> None:
    assert can_transition(State.SENDING, settle(way, outcome, retried=retried).state)


@pytest.mark.parametrize(("way", "outcome"), list(itertools.product(CALLED, Outcome)))
def test_after_silence_nothing_is_armed_again(way: Way, outcome: Outcome) -> None:
    """The first call may have been accepted: an armed delivery would be sent a second time."""
    assert settle(way, outcome, retried=True).state is not State.ARMED


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.SERVER_ERROR])
@pytest.mark.parametrize("way", CALLED)
def test_silence_is_uncertain_and_may_be_asked_again(way: Way, outcome: Outcome) -> None:
    settlement = settle(way, outcome, retried=False)
    assert (settlement.state, settlement.retry_same_call) == (State.UNCERTAIN, True)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.ACCEPTED])
def test_a_reply_is_never_tried_a_third_time(outcome: Outcome) -> None:
    settlement = settle(Way.PIGGYBACK, outcome, retried=True)
    assert (settlement.state, settlement.retry_same_call) == (State.UNCERTAIN, False)


@pytest.mark.parametrize("retried", [False, True])
@pytest.mark.parametrize(
    ("outcome", "alarm"), [(Outcome.UNAUTHORIZED, Alarm.STOP_CHANNEL), (Outcome.GROUP_GONE, Alarm.STOP_GROUP)]
)
@pytest.mark.parametrize("way", CALLED)
def test_what_a_person_must_look_at_is_stopped_first_call_or_second(
    way: Way, outcome: Outcome, alarm: Alarm, retried: bool
) -> None:
    assert settle(way, outcome, retried=retried).alarm is alarm


def test_only_a_push_can_end_the_month() -> None:
    assert settle(Way.PUSH, Outcome.MONTHLY_LIMIT, retried=False).alarm is Alarm.STOP_PUSH_THIS_MONTH
    assert SETTLEMENTS[Way.DUTY][Outcome.MONTHLY_LIMIT].alarm is None


@pytest.mark.parametrize(
    ("age", "usable"),
    [
        (timedelta(0), True),
        (REPLY_WINDOW, True),
        (REPLY_WINDOW + timedelta(seconds=1), False),
        (timedelta(seconds=-60), True),
        (timedelta(seconds=-61), False),
    ],
)
def test_a_token_is_worth_trying_for_a_while(age: timedelta, usable: bool) -> None:
    assert can_reply(NOW - age, NOW) is usable
