"""The contract of a channel: a folder that can show messages to a group and read what comes back.

A channel knows nothing of what is stored. It takes and returns `domain.messages`; a failure is a `ChannelError`
whose `outcome` is a word of `domain.delivery`, so no status code leaks upwards.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from saisaat.domain.delivery import Outcome
from saisaat.domain.messages import AccountCheck, InboundEvent, OutgoingMessage, QuotaReading, Receipt


class ChannelError(Exception):
    """A call failed. `outcome` says what that means for the delivery; `detail` is the channel's own reason."""

    def __init__(self, outcome: Outcome, detail: str, *, request_id: str = "", status: int | None = None) -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail
        self.request_id = request_id
        self.status = status

    @property
    def permanent(self) -> bool:
        """True when trying the same call again cannot help."""
        return self.outcome in {Outcome.REJECTED, Outcome.UNAUTHORIZED, Outcome.GROUP_GONE, Outcome.MONTHLY_LIMIT}


class BadSignature(Exception):
    """The body was not signed with this channel's secret. Answer 401 and store nothing."""


class Malformed(Exception):
    """Signed, but not a webhook body of this channel. Answer 400 and store nothing."""


class Channel(Protocol):
    """One account on one messaging service, ready to be called. Async methods raise `ChannelError`."""

    def render(self, messages: Sequence[OutgoingMessage]) -> list[dict[str, Any]]:
        """The service's own message objects, pure and deterministic. Raises `Invalid` beyond the service's limits."""

    def parse_webhook(self, body: bytes, signature: str | None) -> list[InboundEvent]:
        """Verify on the raw bytes, then parse. Raises `BadSignature` or `Malformed`."""

    async def reply(self, token: str, messages: list[dict[str, Any]]) -> Receipt: ...

    async def push(self, to: str, messages: list[dict[str, Any]], *, retry_key: str) -> Receipt: ...

    async def quota(self, now: datetime) -> QuotaReading: ...

    async def member_count(self, group: str) -> int: ...

    async def group_name(self, group: str) -> str: ...

    async def set_webhook(self, url: str) -> None: ...

    async def check_account(self) -> AccountCheck:
        """Ask the service who we are there and whether its events reach us. Sends nothing to anybody."""

    async def close(self) -> None: ...
