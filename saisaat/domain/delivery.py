"""A delivery: one plan entry into one group, exactly once, or openly uncertain.

The life of a delivery is the table `TRANSITIONS`; the diagram in docs/reference is drawn from it. What a call's
outcome means for the delivery is the table `SETTLEMENTS`. Rules: docs/explanation/delivery.md.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from saisaat.domain.errors import NotNow


class State(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    ARMED = "armed"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    CLOSED = "closed"
    MISSED = "missed"
    CANCELLED = "cancelled"
    FAILED = "failed"


TRANSITIONS: dict[State, dict[State, str]] = {
    State.PLANNED: {
        State.DUE: "its time has come",
        State.CANCELLED: "entry withdrawn or approval voided",
    },
    State.DUE: {
        State.ARMED: "approved, group joined, inside the allowed hours",
        State.MISSED: "late policy",
        State.CANCELLED: "entry withdrawn or approval voided",
    },
    State.ARMED: {
        State.SENDING: "claimed by one conditional UPDATE, attempt written",
        State.MISSED: "late policy",
        State.CANCELLED: "entry withdrawn or approval voided",
    },
    State.SENDING: {
        State.SENT: "the channel accepted it",
        State.ARMED: "proved not sent",
        State.UNCERTAIN: "no answer after the call began",
        State.FAILED: "the message itself was refused",
        State.CANCELLED: "the re-check before the call",
        State.MISSED: "the re-check before the call",
    },
    State.UNCERTAIN: {
        State.SENT: "resolved by echo, by LINE or by a person",
        State.MISSED: "resolved by LINE or by a person",
    },
    State.SENT: {State.CLOSED: "figures and comment record complete"},
    State.CLOSED: {},
    State.MISSED: {},
    State.CANCELLED: {},
    State.FAILED: {},
}

OPEN_STATES = frozenset({State.PLANNED, State.DUE, State.ARMED, State.SENDING, State.UNCERTAIN})
DELIVERED_STATES = frozenset({State.SENT, State.CLOSED})


def check_transition(old: State, new: State) -> None:
    """Raise `NotNow` unless the table allows `old` -> `new`."""
    if new not in TRANSITIONS[old]:
        raise NotNow("การส่งอยู่ในสถานะ %(old)s จึงเปลี่ยนเป็น %(new)s ไม่ได้ ข้อมูลเดิมยังอยู่ครบ", old=old, new=new)


def can_transition(old: State, new: State) -> bool:
    return new in TRANSITIONS[old]


class Way(StrEnum):
    """How a delivery leaves, cheapest first (docs/explanation/delivery.md)."""

    PIGGYBACK = "piggyback"
    DUTY = "duty"
    RELAY = "relay"
    PUSH = "push"


class Outcome(StrEnum):
    """What a call to a channel turned out to be, whatever the channel."""

    ACCEPTED = "accepted"
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - an outcome's name
    RATE_LIMITED = "rate_limited"
    MONTHLY_LIMIT = "monthly_limit"
    UNAUTHORIZED = "unauthorized"
    GROUP_GONE = "group_gone"
    REJECTED = "rejected"
    NOT_CONNECTED = "not_connected"
    NO_ANSWER = "no_answer"
    SERVER_ERROR = "server_error"


class Alarm(StrEnum):
    """What must stop until a person looks, beside the delivery itself."""

    STOP_CHANNEL = "stop_channel"
    STOP_GROUP = "stop_group"
    STOP_PUSH_THIS_MONTH = "stop_push_this_month"


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where the delivery goes after a call, and what to stop or repeat."""

    state: State
    alarm: Alarm | None = None
    retry_same_call: bool = False


_REPLY_SETTLEMENTS: dict[Outcome, Settlement] = {
    Outcome.ACCEPTED: Settlement(State.SENT),
    Outcome.INVALID_TOKEN: Settlement(State.ARMED),
    Outcome.RATE_LIMITED: Settlement(State.ARMED),
    Outcome.MONTHLY_LIMIT: Settlement(State.ARMED),
    Outcome.UNAUTHORIZED: Settlement(State.ARMED, alarm=Alarm.STOP_CHANNEL),
    Outcome.GROUP_GONE: Settlement(State.ARMED, alarm=Alarm.STOP_GROUP),
    Outcome.REJECTED: Settlement(State.FAILED),
    Outcome.NOT_CONNECTED: Settlement(State.ARMED),
    Outcome.NO_ANSWER: Settlement(State.UNCERTAIN, retry_same_call=True),
    Outcome.SERVER_ERROR: Settlement(State.UNCERTAIN, retry_same_call=True),
}

_PUSH_SETTLEMENTS: dict[Outcome, Settlement] = {
    **_REPLY_SETTLEMENTS,
    Outcome.MONTHLY_LIMIT: Settlement(State.ARMED, alarm=Alarm.STOP_PUSH_THIS_MONTH),
}

SETTLEMENTS: dict[Way, dict[Outcome, Settlement]] = {
    Way.PIGGYBACK: _REPLY_SETTLEMENTS,
    Way.DUTY: _REPLY_SETTLEMENTS,
    Way.PUSH: _PUSH_SETTLEMENTS,
}


def settle(way: Way, outcome: Outcome, *, retried: bool) -> Settlement:
    """What `outcome` of a call by `way` means.

    `retried`: the call before this one, with the same token or retry key, ended without an answer. Then a refusal
    proves nothing, since the first call may have been accepted: the delivery stays uncertain. A push may be asked
    again under its key where only the way to LINE was closed.
    """
    settlement = SETTLEMENTS[way][outcome]
    if not retried or outcome is Outcome.ACCEPTED:
        return settlement
    if way is not Way.PUSH:
        return replace(settlement, state=State.UNCERTAIN, retry_same_call=False)
    if settlement.state is not State.ARMED:
        return settlement
    again = outcome in {Outcome.RATE_LIMITED, Outcome.NOT_CONNECTED}
    return replace(settlement, state=State.UNCERTAIN, retry_same_call=again)


REPLY_WINDOW = timedelta(seconds=50)
"""Use a reply token this soon after its event. LINE documents one minute without guarantee; 50 s is field practice."""

RETRY_KEY_LIFE = timedelta(hours=24)
"""LINE honours a push's retry key this long; the same key later is a new send."""


def can_reply(event_at: datetime, now: datetime) -> bool:
    """A token is worth trying: its event is neither older than the window nor more than a minute ahead (clock skew)."""
    return timedelta(minutes=-1) <= now - event_at <= REPLY_WINDOW
