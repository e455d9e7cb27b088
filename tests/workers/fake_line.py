"""A LINE that can fail in every way it is known to fail, and remembers what it really accepted."""

from collections import deque
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import Any

from saisaat.channels.base import ChannelError
from saisaat.domain.delivery import Outcome
from saisaat.domain.messages import QuotaReading, Receipt, SentMessage
from saisaat.records.models import Channel

TOKEN_LIFE = timedelta(seconds=60)


class Killed(BaseException):
    """The process is gone: nothing after this line runs."""


class Fault(StrEnum):
    NONE = "none"
    ACCEPTED_UNANSWERED = "accepted_unanswered"
    LOST = "lost"
    ACCEPTED_500 = "accepted_500"
    REFUSED_500 = "refused_500"
    RATE_LIMITED = "rate_limited"
    NOT_CONNECTED = "not_connected"
    UNAUTHORIZED = "unauthorized"
    GROUP_GONE = "group_gone"
    MONTHLY_LIMIT = "monthly_limit"
    REJECTED = "rejected"
    KILLED_BEFORE = "killed_before"
    KILLED_AFTER = "killed_after"


REFUSALS = {
    Fault.LOST: Outcome.NO_ANSWER,
    Fault.REFUSED_500: Outcome.SERVER_ERROR,
    Fault.RATE_LIMITED: Outcome.RATE_LIMITED,
    Fault.NOT_CONNECTED: Outcome.NOT_CONNECTED,
    Fault.UNAUTHORIZED: Outcome.UNAUTHORIZED,
    Fault.GROUP_GONE: Outcome.GROUP_GONE,
    Fault.MONTHLY_LIMIT: Outcome.MONTHLY_LIMIT,
    Fault.REJECTED: Outcome.REJECTED,
}
BEFORE_THE_KEY_IS_LOOKED_AT = {
    Fault.LOST,
    Fault.REFUSED_500,
    Fault.RATE_LIMITED,
    Fault.NOT_CONNECTED,
    Fault.UNAUTHORIZED,
}
LOST_ANSWERS = {Fault.ACCEPTED_UNANSWERED: Outcome.NO_ANSWER, Fault.ACCEPTED_500: Outcome.SERVER_ERROR}


class FakeLine:
    """The calls of a channel. `faults` are used up one a call; `accepted` holds the body of every accepted call."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ids = count(1)
        self._issued: dict[str, datetime] = {}
        self._used: set[str] = set()
        self._keys: dict[str, Receipt] = {}
        self._called: set[str] = set()
        self.faults: deque[Fault] = deque()
        self.accepted: list[str] = []

    def issue(self) -> str:
        token = f"token-{next(self._ids)}"
        self._issued[token] = self._now()
        return token

    async def reply(self, token: str, messages: list[dict[str, Any]]) -> Receipt:
        if token in self._used or self._now() - self._issued[token] > TOKEN_LIFE:
            raise ChannelError(Outcome.INVALID_TOKEN, "Invalid reply token")
        return self._take(token, messages, lambda _: self._used.add(token))

    async def push(self, to: str, messages: list[dict[str, Any]], *, retry_key: str) -> Receipt:
        if retry_key in self._keys:
            fault = self.faults.popleft() if self.faults else Fault.NONE
            if fault in BEFORE_THE_KEY_IS_LOOKED_AT:
                raise ChannelError(REFUSALS[fault], fault)
            return self._keys[retry_key]
        return self._take(retry_key, messages, lambda receipt: self._keys.update({retry_key: receipt}))

    async def quota(self, now: datetime) -> QuotaReading:
        return QuotaReading(10_000, 0, now)

    async def member_count(self, group: str) -> int:
        return 3

    def _take(self, key: str, messages: list[dict[str, Any]], keep: Callable[[Receipt], None]) -> Receipt:
        fault = self.faults.popleft() if self.faults else Fault.NONE
        if fault is Fault.REJECTED and key in self._called:
            fault = Fault.NONE  # the same bytes are not right once and wrong the other time
        self._called.add(key)
        if fault is Fault.KILLED_BEFORE:
            raise Killed
        if fault in REFUSALS:
            raise ChannelError(REFUSALS[fault], fault)
        receipt = Receipt(f"request-{next(self._ids)}", (SentMessage(f"message-{next(self._ids)}"),))
        keep(receipt)
        self.accepted.append(str(messages))
        if fault is Fault.KILLED_AFTER:
            raise Killed
        if fault in LOST_ANSWERS:
            raise ChannelError(LOST_ANSWERS[fault], fault)
        return receipt


class OnePort:
    """A channel pool of one row and one port."""

    def __init__(self, row: Channel, port: FakeLine) -> None:
        self._found = row, port

    async def get(self, channel_id: str) -> tuple[Channel, FakeLine]:
        assert channel_id == self._found[0].pk
        return self._found


class Inline:
    """Database work on this thread. `kill_at`: the process is killed around that call, counted from here on."""

    def __init__(self) -> None:
        self.kill_at: int | None = None
        self.kill_after_it = False

    async def __call__(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if self.kill_at is None:
            return function(*args, **kwargs)
        self.kill_at -= 1
        if self.kill_at < 0 and not self.kill_after_it:
            raise Killed
        found = function(*args, **kwargs)
        if self.kill_at < 0:
            raise Killed
        return found


def drive(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that never waits, without an event loop (under which Django forbids database work)."""
    try:
        work.send(None)
    except StopIteration:
        return
    work.close()
    raise AssertionError("the coroutine waited for something")
