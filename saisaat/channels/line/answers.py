"""What LINE's answers mean, in one table.

Sources: LINE's Messaging API reference, "Status codes", "Error messages" and "Retry failed API requests". LINE tells
several cases of one status apart by its text alone, so a rule may ask for words of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from saisaat.channels.base import ChannelError
from saisaat.channels.transport import Answer
from saisaat.domain.delivery import Outcome
from saisaat.domain.messages import Receipt, SentMessage

DETAIL_LIMIT = 1_000
"""Characters kept of LINE's own reason."""


class Call(StrEnum):
    """What was asked. The same answer may mean different things to different calls."""

    REPLY = "reply"
    PUSH_GROUP = "push_group"
    PUSH_USER = "push_user"
    GROUP = "group"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Rule:
    """An answer to one of `calls` with one of `statuses`, whose message has `words` (lower-case), means `outcome`."""

    statuses: Collection[int]
    outcome: Outcome
    calls: Collection[Call] = frozenset(Call)
    words: str = ""

    def matches(self, call: Call, status: int, message: str) -> bool:
        return status in self.statuses and call in self.calls and self.words in message


_PUSHES = frozenset({Call.PUSH_GROUP, Call.PUSH_USER})

RULES: tuple[Rule, ...] = (
    Rule({200}, Outcome.ACCEPTED),
    Rule({409}, Outcome.ACCEPTED, _PUSHES, "retry key is already accepted"),
    Rule({400}, Outcome.INVALID_TOKEN, {Call.REPLY}, "invalid reply token"),
    Rule({400}, Outcome.GROUP_GONE, {Call.PUSH_GROUP}, "failed to send messages"),
    Rule({400}, Outcome.GROUP_GONE, {Call.PUSH_GROUP}, "the property, 'to',"),
    Rule({400, 404}, Outcome.GROUP_GONE, {Call.GROUP}),
    Rule({429}, Outcome.MONTHLY_LIMIT, words="monthly limit"),
    Rule({429}, Outcome.RATE_LIMITED),
    Rule({400, 413, 415, 422}, Outcome.REJECTED),
    Rule({408}, Outcome.NO_ANSWER),
    # 401 and 403, and every other refusal that is not about the message: this account cannot do it at this address,
    # so the channel waits for a person and the deliveries stay armed.
    Rule(range(400, 500), Outcome.UNAUTHORIZED),
    Rule(range(500, 600), Outcome.SERVER_ERROR),
)
"""First match wins. What no rule knows (a redirect, another 2xx) is not LINE's answer: `NO_ANSWER`."""


def outcome_of(call: Call, status: int, message: str) -> Outcome:
    """The outcome of `call` by LINE's status and the `message` text of its body."""
    lowered = message.lower()
    return next((rule.outcome for rule in RULES if rule.matches(call, status, lowered)), Outcome.NO_ANSWER)


def read_object(call: Call, answer: Answer) -> dict[str, Any]:
    """The JSON object of an accepted answer. Raises `ChannelError` for every other, an unreadable 200 included."""
    content = _json_object(answer.body)
    message = content.get("message") if content is not None else None
    outcome = outcome_of(call, answer.status, message if isinstance(message, str) else "")
    if outcome is not Outcome.ACCEPTED:
        raise _failure(outcome, content, answer)
    if content is None:
        raise unreadable(answer)
    return content


def read_receipt(call: Call, answer: Answer) -> Receipt:
    """The receipt of a reply or push; `repeated` when LINE had accepted its retry key before.

    A repeated push carries the first call's request id and, where LINE still has them, its message ids. A first
    acceptance always lists its messages, so a 200 without them proves nothing: `NO_ANSWER`.
    """
    content = read_object(call, answer)
    repeated = answer.status == 409
    sent = _sent_messages(content.get("sentMessages", []))
    if sent is None or not (sent or repeated):
        raise unreadable(answer)
    accepted = answer.headers.get("x-line-accepted-request-id", "") if repeated else ""
    return Receipt(accepted or _request_id(answer), sent, repeated)


def unreadable(answer: Answer) -> ChannelError:
    """An acceptance whose content is not what LINE promises: it cannot be relied on, nor taken as a refusal."""
    return ChannelError(Outcome.NO_ANSWER, "unreadable answer", request_id=_request_id(answer), status=answer.status)


def _failure(outcome: Outcome, content: dict[str, Any] | None, answer: Answer) -> ChannelError:
    detail = _detail(content) if content is not None else ""
    return ChannelError(
        outcome, detail or f"HTTP {answer.status}", request_id=_request_id(answer), status=answer.status
    )


def _detail(content: dict[str, Any]) -> str:
    """LINE's message and its details on one line: "message; property: reason; ..."."""
    parts = [_words(content.get("message"))]
    details = content.get("details")
    for entry in details if isinstance(details, list) else ():
        if isinstance(entry, dict):
            parts.append(_words(entry.get("property"), entry.get("message")))
    return "; ".join(filter(None, parts))[:DETAIL_LIMIT]


def _words(*values: object) -> str:
    return ": ".join(value for value in values if isinstance(value, str) and value)


def _sent_messages(value: object) -> tuple[SentMessage, ...] | None:
    if not isinstance(value, list):
        return None
    sent = []
    for entry in value:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            return None
        quote_token = entry.get("quoteToken")
        sent.append(SentMessage(entry["id"], quote_token if isinstance(quote_token, str) else None))
    return tuple(sent)


def _request_id(answer: Answer) -> str:
    return answer.headers.get("x-line-request-id", "")


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return content if isinstance(content, dict) else None
