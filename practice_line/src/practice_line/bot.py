"""What the bot may do: answer, push, ask. Every rule of LINE's that costs a bot developer sleep lives here."""

import re
import time
from collections import deque
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from practice_line.core import MINUTE_MS, Core, is_group
from practice_line.errors import (
    LineError,
    invalid_property,
    invalid_reply_token,
    monthly_limit,
    not_found,
    rate_limit,
    same_person_limit,
)
from practice_line.state import Group, Message, RetryKey, Usage
from practice_line.validation import check_messages

RETRY_KEY_MS = 24 * 60 * MINUTE_MS
RETRY_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
UNIT = re.compile(r"[A-Za-z0-9_]{1,30}")

# LINE does not publish the zone in which a month's quota starts anew. Its other day boundaries are Japan's (UTC+9),
# so that is the default. Neither Japan nor Thailand has summer time: a fixed offset says it all.
JAPAN = timezone(timedelta(hours=9))


class BotSide:
    """The bot's half of one platform. Methods return the answer's JSON or raise LineError."""

    def __init__(self, core: Core, *, quota_zone: timezone = JAPAN) -> None:
        self._core = core
        self._zone = quota_zone
        self._calls: dict[str, tuple[int, int]] = {}
        self._pushes: dict[str, deque[int]] = {}

    def count_call(self, endpoint: str) -> None:
        """Count one call against the endpoint's rate of this second of real time."""
        limit = self._core.rules.rate_per_second
        if limit is None:
            return
        second = int(time.monotonic())
        started, made = self._calls.get(endpoint, (second, 0))
        made = made + 1 if started == second else 1
        self._calls[endpoint] = (second, made)
        if made > limit:
            raise rate_limit()

    def reply(self, body: dict[str, Any], *, retry_key: str | None, call_id: str) -> dict[str, Any]:
        """Answer an event, free of charge, once, in time."""
        if retry_key is not None:
            # LINE answers 400 here without giving its text; the wording is ours.
            raise LineError(400, "The retry key is not supported by this endpoint")
        token = body.get("replyToken")
        if not isinstance(token, str) or not token:
            detail = {"message": "May not be empty", "property": "replyToken"}
            raise LineError(400, "The request body has 1 error(s)", details=[detail])
        messages = self._checked(body)
        row = self._core.state.tokens.get(token)
        if row is None or row.used or self._core.now_ms() > row.expires_ms or not self._reachable(row.chat):
            raise invalid_reply_token()
        self._check_for_chat(messages, row.chat)
        row.used = True
        self._core.state.tokens.put(token, row)
        return {"sentMessages": self._send(row.chat, messages, way="reply", cost=0, call_id=call_id)}

    def push(self, body: dict[str, Any], *, retry_key: str | None, call_id: str) -> dict[str, Any]:
        """Send at any time, at the price of one per head that receives."""
        if retry_key is not None and not RETRY_KEY.fullmatch(retry_key):
            # LINE answers 400 here without giving its text; the wording is ours.
            raise LineError(400, "The retry key is invalid")
        messages = self._checked(body)
        chat = body.get("to")
        if not isinstance(chat, str) or not CHAT_ID.fullmatch(chat):
            raise invalid_property("to")
        self._refuse_repeat(retry_key)
        if not self._reachable(chat):
            raise LineError(400, "Failed to send messages")
        self._check_for_chat(messages, chat)
        heads = self._heads(chat)
        self._charge(chat, heads)
        sent = self._send(chat, messages, way="push", cost=heads, call_id=call_id)
        if retry_key is not None:
            key = retry_key.lower()
            self._core.state.retries.drop(key)
            self._core.state.retries.put(key, RetryKey(key, self._core.now_ms(), call_id, sent))
        return {"sentMessages": sent}

    def validate(self, body: dict[str, Any]) -> dict[str, Any]:
        check_messages(body)
        return {}

    def quota(self) -> dict[str, Any]:
        limit = self._core.state.settings.quota_limit
        return {"type": "none"} if limit is None else {"type": "limited", "value": limit}

    def consumption(self) -> dict[str, int]:
        return {"totalUsage": self._usage().used}

    def info(self) -> dict[str, str]:
        settings = self._core.state.settings
        return {
            "userId": settings.bot_user_id,
            "basicId": "@000practice",
            "displayName": settings.bot_name,
            "chatMode": "bot",
            "markAsReadMode": "auto",
        }

    def profile(self, user_id: str) -> dict[str, str]:
        person = self._core.state.people.get(user_id)
        if person is None:
            raise not_found()
        return {"userId": person.id, "displayName": person.name, "language": "th"}

    def group_summary(self, group_id: str) -> dict[str, str]:
        group = self._group(group_id)
        return {"groupId": group.id, "groupName": group.name}

    def member_count(self, group_id: str) -> dict[str, int]:
        """People in the group, the bot not among them."""
        return {"count": len(self._group(group_id).members)}

    def member(self, group_id: str, user_id: str) -> dict[str, str]:
        if user_id not in self._group(group_id).members:
            raise not_found()
        person = self._core.person(user_id)
        return {"userId": person.id, "displayName": person.name}

    def member_ids(self, group_id: str) -> dict[str, Any]:
        """LINE lists members to verified and premium accounts only; this account is neither."""
        self._group(group_id)
        raise LineError(403, "Access to this API is not available for your account")

    def leave(self, group_id: str) -> dict[str, Any]:
        group = self._group(group_id)
        group.bot_in = False
        self._core.state.groups.put(group.id, group)
        self._core.emit("leave", group.id, token=False)
        self._core.tell("bot", {"groupId": group.id, "in": False})
        return {}

    def webhook_endpoint(self) -> dict[str, Any]:
        settings = self._core.state.settings
        if not settings.webhook:
            raise not_found()
        return {"endpoint": settings.webhook, "active": settings.webhook_active}

    def set_webhook_endpoint(self, url: str) -> dict[str, Any]:
        """Set the address only; whether webhooks are used at all stays as the console (the control API) left it."""
        self._core.state.settings.webhook = url
        self._core.keep_settings()
        return {}

    def content(self, message_id: str) -> Message:
        """The message whose media is asked for; gone once unsent."""
        message = self._core.state.messages.get(message_id)
        if message is None or message.unsent or message_id not in self._core.state.media:
            raise not_found()
        return message

    def _group(self, group_id: str) -> Group:
        if not CHAT_ID.fullmatch(group_id) or not is_group(group_id):
            raise LineError(400, "The value for the 'groupId' parameter is invalid")
        group = self._core.state.groups.get(group_id)
        if group is None or not group.bot_in:
            raise not_found()
        return group

    def _reachable(self, chat: str) -> bool:
        if is_group(chat):
            group = self._core.state.groups.get(chat)
            return group is not None and group.bot_in
        return chat in self._core.state.people

    def _heads(self, chat: str) -> int:
        group = self._core.state.groups.get(chat)
        return 1 if group is None else len(group.members)

    def _checked(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        messages = check_messages(body)
        if not isinstance(body.get("notificationDisabled"), bool | None):
            raise invalid_property("notificationDisabled")
        units = body.get("customAggregationUnits")
        if units is not None and not (
            isinstance(units, list) and len(units) <= 1 and all(isinstance(u, str) and UNIT.fullmatch(u) for u in units)
        ):
            raise invalid_property("customAggregationUnits")
        return messages

    def _check_for_chat(self, messages: list[dict[str, Any]], chat: str) -> None:
        """Rules that depend on where a message goes: quotes stay in their chat, mentions name its members."""
        for index, message in enumerate(messages):
            where = f"messages[{index}]"
            quote = message.get("quoteToken")
            if quote is not None and self._core.state.quotable.get(quote) != chat:
                raise _one_error(f"{where}.quoteToken", "invalid quote token")
            if message.get("trackingId") is not None and is_group(chat):
                raise _one_error(f"{where}.trackingId", "can't be used in messages addressed to group chats")
            for name, entry in (message.get("substitution") or {}).items():
                if entry["type"] == "mention":
                    self._check_mention(entry["mentionee"], chat, f"{where}.substitution.{name}")

    def _check_mention(self, mentionee: dict[str, Any], chat: str, where: str) -> None:
        group = self._core.state.groups.get(chat)
        if group is None:
            raise _one_error(where, "mention can only be used in group chats")
        if mentionee["type"] == "user" and mentionee["userId"] not in group.members:
            raise _one_error(where, "mentionee is not a member of the group")

    def _refuse_repeat(self, retry_key: str | None) -> None:
        row = self._core.state.retries.get(retry_key.lower()) if retry_key is not None else None
        if row is not None and self._core.now_ms() < row.at_ms + RETRY_KEY_MS:
            raise LineError(
                409,
                "The retry key is already accepted",
                headers={"x-line-accepted-request-id": row.request_id},
                extra={"sentMessages": row.sent},
            )

    def _usage(self) -> Usage:
        month = datetime.fromtimestamp(self._core.now_ms() / 1000, UTC).astimezone(self._zone).strftime("%Y-%m")
        return self._core.state.usage.get(month) or Usage(month, 0)

    def _charge(self, chat: str, heads: int) -> None:
        """Take the heads from the month's quota, or refuse and take nothing."""
        usage = self._usage()
        limit = self._core.state.settings.quota_limit
        if limit is not None and usage.used + heads > limit:
            raise monthly_limit()
        if not is_group(chat):
            self._count_for_person(chat)
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

    def _send(
        self, chat: str, messages: list[dict[str, Any]], *, way: str, cost: int, call_id: str
    ) -> list[dict[str, str]]:
        sent = []
        for raw in messages:
            message = self._core.record(chat, "bot", raw, way=way, cost=cost, call_id=call_id)
            cost = 0
            entry = {"id": message.id}
            if message.quote_token is not None:
                entry["quoteToken"] = message.quote_token
            sent.append(entry)
        return sent


def _one_error(where: str, message: str) -> LineError:
    return LineError(400, "The request body has 1 error(s)", details=[{"message": message, "property": where}])
