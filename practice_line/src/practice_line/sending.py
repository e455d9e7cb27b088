"""What the bot sends: reply and push, and to many at once multicast, broadcast and narrowcast; and what it costs."""

import re
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime, timezone
from typing import Any

from practice_line.clock import JAPAN, japan_day
from practice_line.core import MINUTE_MS, Core, is_group
from practice_line.errors import (
    LineError,
    invalid_property,
    invalid_reply_token,
    monthly_limit,
    not_found,
    one_error,
    same_person_limit,
)
from practice_line.narrowcasts import choose
from practice_line.rows import Delivered, Narrowcast, RetryKey, Unit, Usage
from practice_line.state import Message, Person
from practice_line.validation import check_messages

RETRY_KEY_MS = 24 * 60 * MINUTE_MS
RETRY_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
USER_ID = re.compile(r"U[0-9a-f]{32}")
UNIT = re.compile(r"[A-Za-z0-9_]{1,30}")
MOST_RECIPIENTS = 500
MOST_UNITS = 1000
NARROWCAST_KEPT_MS = 14 * 24 * 60 * MINUTE_MS

# A person who is no friend can be pushed to for this long after writing ("Send push message").
STRANGER_MS = 7 * 24 * 60 * MINUTE_MS

Body = dict[str, Any]


class SendingSide:
    """Sending. Methods return the answer's JSON or raise LineError; a refused call has sent and cost nothing."""

    def __init__(self, core: Core, *, quota_zone: timezone = JAPAN) -> None:
        self._core = core
        self._zone = quota_zone
        self._pushes: dict[str, deque[int]] = {}

    def reply(self, body: Body, *, retry_key: str | None, call_id: str) -> Body:
        """Answer an event, free of charge, once, in time."""
        if retry_key is not None:
            # LINE answers 400 here without giving its text; the wording is ours.
            raise LineError(400, "The retry key is not supported by this endpoint")
        token = body.get("replyToken")
        if not isinstance(token, str) or not token:
            raise one_error("replyToken", "May not be empty")
        messages = _checked(body)
        row = self._core.state.tokens.get(token)
        if row is None or row.used or self._core.now_ms() > row.expires_ms or not self._reachable(row.chat):
            raise invalid_reply_token()
        self._check_for_chat(messages, row.chat)
        row.used = True
        self._core.state.tokens.put(token, row)
        sent = self._send(row.chat, messages, way="reply", call_id=call_id)
        self._count("reply", self._heads(row.chat))
        return {"sentMessages": _told(sent)}

    def push(self, body: Body, *, retry_key: str | None, call_id: str) -> Body:
        """Send at any time, at the price of one per head that receives."""
        messages, unit = _checked(body), _unit(body)
        chat = body.get("to")
        if not isinstance(chat, str) or not CHAT_ID.fullmatch(chat):
            raise invalid_property("to")
        self._refuse_repeat(retry_key)
        if not self._reachable(chat):
            raise LineError(400, "Failed to send messages")
        self._check_for_chat(messages, chat)
        heads = self._heads(chat)
        usage = self._affordable(heads)
        if not is_group(chat):
            self._count_for_person(chat)
        self._charge(usage, heads)
        sent = self._send(chat, messages, way="push", call_id=call_id, cost=heads, unit=self._assign(unit))
        self._count("push", heads)
        self._remember(retry_key, call_id, _told(sent))
        return {"sentMessages": _told(sent)}

    def multicast(self, body: Body, *, retry_key: str | None, call_id: str) -> Body:
        """To at most 500 people; those who are no friends of the account get and cost nothing."""
        messages, unit = _checked(body), _unit(body)
        people = _recipients(body)
        self._refuse_repeat(retry_key)
        friends = [user_id for user_id in dict.fromkeys(people) if self.is_friend(user_id)]
        self._to_all(friends, messages, way="multicast", call_id=call_id, unit=unit)
        self._remember(retry_key, call_id, [])
        return {}

    def broadcast(self, body: Body, *, retry_key: str | None, call_id: str) -> Body:
        """To every friend of the account."""
        messages = _checked(body)
        self._refuse_repeat(retry_key)
        self._to_all(self.friends(), messages, way="broadcast", call_id=call_id)
        self._remember(retry_key, call_id, [])
        return {}

    def narrowcast(self, body: Body, *, retry_key: str | None, call_id: str) -> Body:
        """To some friends. Accepted first and sent after; here at once, and `progress` tells how it went."""
        messages = _checked(body)
        self._refuse_repeat(retry_key)
        limit = self._core.state.settings.quota_limit
        left = None if limit is None else limit - self._usage().used
        targets, error = choose(body, self.friends(), left, self._known_narrowcast)
        if not error:
            self._to_all(targets, messages, way="narrowcast", call_id=call_id)
        self._core.state.narrowcasts.put(call_id, Narrowcast(call_id, self._core.now_ms(), targets, error))
        self._remember(retry_key, call_id, [])
        return {}

    def validate(self, body: Body) -> Body:
        check_messages(body)
        return {}

    def quota(self) -> Body:
        limit = self._core.state.settings.quota_limit
        return {"type": "none"} if limit is None else {"type": "limited", "value": limit}

    def consumption(self) -> dict[str, int]:
        return {"totalUsage": self._usage().used}

    def friends(self) -> list[str]:
        """Those who have added the account and not blocked it."""
        return [person.id for person in self._core.state.people if person.friend and not person.blocked]

    def is_friend(self, user_id: str) -> bool:
        person = self._core.state.people.get(user_id)
        return person is not None and person.friend and not person.blocked

    def _known_narrowcast(self, request_id: str) -> Narrowcast | None:
        found = self._core.state.narrowcasts.get(request_id)
        if found is None or self._core.now_ms() >= found.accepted_ms + NARROWCAST_KEPT_MS:
            return None
        return found

    def narrowcast_row(self, request_id: str) -> Narrowcast:
        """An accepted narrowcast of the last 14 days."""
        found = self._known_narrowcast(request_id)
        if found is None:
            raise not_found()
        return found

    def _to_all(
        self, people: Sequence[str], messages: list[Body], *, way: str, call_id: str, unit: str | None = None
    ) -> None:
        for user_id in people:
            self._check_for_chat(messages, user_id)
        self._charge(self._affordable(len(people)), len(people))
        unit = self._assign(unit)
        for user_id in people:
            self._send(user_id, messages, way=way, call_id=call_id, cost=1, unit=unit)
        self._count(way, len(people))

    def _reachable(self, chat: str) -> bool:
        if is_group(chat):
            group = self._core.state.groups.get(chat)
            return group is not None and group.bot_in
        return chat in self._core.state.people

    def _heads(self, chat: str) -> int:
        if is_group(chat):
            return len(self._core.group(chat).members)
        return int(self._receives(self._core.person(chat)))

    def _receives(self, person: Person) -> bool:
        """Whether a message to this person arrives. To all others LINE answers 200 and delivers nothing."""
        if person.blocked or person.friend:
            return not person.blocked
        since = self._core.now_ms() - STRANGER_MS
        return any(m.chat == person.id and m.sender == person.id and m.at_ms > since for m in self._core.state.messages)

    def _check_for_chat(self, messages: list[Body], chat: str) -> None:
        """Rules that depend on where a message goes: quotes stay in their chat, mentions name its members."""
        for index, message in enumerate(messages):
            where = f"messages[{index}]"
            quote = message.get("quoteToken")
            if quote is not None and self._quoted_chat(quote) != chat:
                raise one_error(f"{where}.quoteToken", "invalid quote token")
            if message.get("trackingId") is not None and is_group(chat):
                raise one_error(f"{where}.trackingId", "can't be used in messages addressed to group chats")
            for name, entry in (message.get("substitution") or {}).items():
                if entry["type"] == "mention":
                    self._check_mention(entry["mentionee"], chat, f"{where}.substitution.{name}")

    def _quoted_chat(self, token: str) -> str | None:
        message_id = self._core.state.quotable.get(token)
        return None if message_id is None else self._core.message(message_id).chat

    def _check_mention(self, mentionee: Body, chat: str, where: str) -> None:
        group = self._core.state.groups.get(chat)
        if group is None:
            raise one_error(where, "mention can only be used in group chats")
        if mentionee["type"] == "user" and mentionee["userId"] not in group.members:
            raise one_error(where, "mentionee is not a member of the group")

    def _refuse_repeat(self, retry_key: str | None) -> None:
        if retry_key is None:
            return
        if not RETRY_KEY.fullmatch(retry_key):
            # LINE answers 400 here without giving its text; the wording is ours.
            raise LineError(400, "The retry key is invalid")
        row = self._core.state.retries.get(retry_key.lower())
        if row is not None and self._core.now_ms() < row.at_ms + RETRY_KEY_MS:
            raise LineError(
                409,
                "The retry key is already accepted",
                headers={"x-line-accepted-request-id": row.request_id},
                extra={"sentMessages": row.sent} if row.sent else None,
            )

    def _remember(self, retry_key: str | None, call_id: str, sent: list[dict[str, str]]) -> None:
        if retry_key is not None:
            key = retry_key.lower()
            self._core.state.retries.drop(key)
            self._core.state.retries.put(key, RetryKey(key, self._core.now_ms(), call_id, sent))

    def _usage(self) -> Usage:
        month = datetime.fromtimestamp(self._core.now_ms() / 1000, UTC).astimezone(self._zone).strftime("%Y-%m")
        return self._core.state.usage.get(month) or Usage(month, 0)

    def _affordable(self, heads: int) -> Usage:
        """The month's usage, where so many heads more are within the quota."""
        usage, limit = self._usage(), self._core.state.settings.quota_limit
        if limit is not None and usage.used + heads > limit:
            raise monthly_limit()
        return usage

    def _charge(self, usage: Usage, heads: int) -> None:
        usage.used += heads
        self._core.state.usage.put(usage.month, usage)

    def _count_for_person(self, user_id: str) -> None:
        limit = self._core.rules.pushes_per_person_per_minute
        if limit is None:
            return
        now = self._core.now_ms()
        recent = self._pushes.setdefault(user_id, deque())
        while recent and recent[0] <= now - MINUTE_MS:
            recent.popleft()
        if len(recent) >= limit:
            raise same_person_limit()
        recent.append(now)

    def _assign(self, unit: str | None) -> str | None:
        """The unit's name, if the month still has room for it: LINE sends on without the 1,001st ("Unit names")."""
        if unit is None:
            return None
        month = japan_day(self._core.now_ms())[:6]
        units = self._core.state.units
        if f"{month} {unit}" not in units:
            if sum(each.month == month for each in units) >= MOST_UNITS:
                return None
            units.put(f"{month} {unit}", Unit(month, unit))
        return unit

    def _count(self, way: str, heads: int) -> None:
        day = japan_day(self._core.now_ms())
        row = self._core.state.delivered.get(f"{day} {way}") or Delivered(day, way)
        row.heads += heads
        self._core.state.delivered.put(f"{day} {way}", row)

    def _send(
        self, chat: str, messages: list[Body], *, way: str, call_id: str, cost: int = 0, unit: str | None = None
    ) -> list[Message]:
        received = is_group(chat) or self._receives(self._core.person(chat))
        sent = []
        for raw in messages:
            message = self._core.record(
                chat, "bot", raw, way=way, cost=cost, call_id=call_id, unit=unit, received=received
            )
            cost = 0
            sent.append(message)
        return sent


def _told(sent: list[Message]) -> list[dict[str, str]]:
    return [
        {"id": message.id} | ({"quoteToken": message.quote_token} if message.quote_token is not None else {})
        for message in sent
    ]


def _checked(body: Body) -> list[Body]:
    messages = check_messages(body)
    if not isinstance(body.get("notificationDisabled"), bool | None):
        raise invalid_property("notificationDisabled")
    return messages


def _unit(body: Body) -> str | None:
    units = body.get("customAggregationUnits")
    if units is None:
        return None
    named = isinstance(units, list) and all(isinstance(unit, str) and UNIT.fullmatch(unit) for unit in units)
    if not named or len(units) > 1:
        raise invalid_property("customAggregationUnits")
    return units[0] if units else None


def _recipients(body: Body) -> list[str]:
    people = body.get("to")
    if not isinstance(people, list):
        raise invalid_property("to")
    if not 1 <= len(people) <= MOST_RECIPIENTS:
        raise one_error("to", f"Size must be between 1 and {MOST_RECIPIENTS}")
    for index, user_id in enumerate(people):
        if not isinstance(user_id, str) or not USER_ID.fullmatch(user_id):
            raise LineError(400, f"The property, to[{index}], in the request body is invalid (line: -, column: -)")
    return people
