"""LINE's webhook: is it LINE's, and what happened.

Source: Messaging API reference, "Webhook event objects". LINE adds events and fields without notice, so the unknown
is tolerated: an event that cannot be read but has an id becomes `OTHER`, one without an id is dropped.
"""

import base64
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from saisaat.channels.base import BadSignature, Malformed
from saisaat.domain.messages import EventKind, InboundEvent

BODY_LIMIT = 1_000_000
"""Bytes. LINE states no figure; its largest documented text, five thousand characters, is far below."""

ID_LIMIT = 100
"""Characters of an id (documented ids are 33 or fewer); a longer one is no id of LINE's."""

TOKEN_LIMIT = 1_000
"""Characters of a reply or quote token (LINE documents none; seen up to about 100)."""

KEYWORDS_LIMIT = 15
"""LINE gives no more of a sticker."""

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of an event that gives none: older than every window, so that nothing is ever answered on it."""


def sign(body: bytes, secret: str) -> str:
    """The value of `X-Line-Signature` for `body`: base64 of HMAC-SHA256 under the channel secret."""
    return base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode("ascii")


def check_signature(body: bytes, signature: str | None, secret: str) -> None:
    """Raise `BadSignature` unless LINE signed exactly these bytes."""
    given = (signature or "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, sign(body, secret).encode("ascii")):
        raise BadSignature("the signature is missing or does not fit the body")


def parse(body: bytes) -> list[InboundEvent]:
    """The events of a verified body, in LINE's order. Raises `Malformed` when it is no webhook envelope."""
    if len(body) > BODY_LIMIT:
        raise Malformed(f"the body has {len(body)} bytes, more than {BODY_LIMIT}")
    try:
        envelope = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"the body is not JSON: {error}") from error
    events = envelope.get("events") if isinstance(envelope, dict) else None
    if not isinstance(events, list):
        raise Malformed("the body has no list of events")
    return [event for event in map(_event, events) if event is not None]


class _UnreadableError(Exception):
    """An event lacks what its kind promises."""


Json = dict[str, Any]


def _event(raw: object) -> InboundEvent | None:
    """One event, `OTHER` when it is unknown or broken, None when it has no id to know it by again."""
    if not isinstance(raw, dict):
        return None
    event_id = _string(raw, "webhookEventId", ID_LIMIT)
    if event_id is None:
        return None
    occurred_at = _time(raw.get("timestamp"))
    kind, fields = _kind(raw) if occurred_at is not None else (EventKind.OTHER, {})
    source = _dict(raw, "source")
    return InboundEvent(
        id=event_id,
        kind=kind,
        occurred_at=occurred_at or UNDATED,
        group=_string(source, "groupId", ID_LIMIT) if source.get("type") == "group" else None,
        user=_string(source, "userId", ID_LIMIT) if source.get("type") in {"group", "user"} else None,
        # A bot in standby must leave the answering to the account that is active.
        reply_token=None if raw.get("mode") == "standby" else _string(raw, "replyToken", TOKEN_LIMIT),
        redelivered=_dict(raw, "deliveryContext").get("isRedelivery") is True,
        **fields,
    )


def _kind(raw: Json) -> tuple[EventKind, Json]:
    """What happened, with the fields of `InboundEvent` that only this kind has."""
    known = _READERS.get(str(raw.get("type")))
    if known is None:
        return EventKind.OTHER, {}
    kind, read = known
    try:
        return kind, read(raw)
    except _UnreadableError:
        return EventKind.OTHER, {}


def _message(raw: Json) -> Json:
    message = _dict(raw, "message")
    message_type = _string(message, "type", ID_LIMIT)
    return {
        "message_id": _required(message, "id"),
        "message_type": message_type,
        "text": _sticker(message) if message_type == "sticker" else _said(message, message_type),
        "quoted_message_id": _string(message, "quotedMessageId", ID_LIMIT),
        "quote_token": _string(message, "quoteToken", TOKEN_LIMIT),
    }


def _said(message: Json, message_type: str | None) -> str | None:
    return _string(message, "text", BODY_LIMIT) if message_type == "text" else None


def _sticker(message: Json) -> str | None:
    """What a sticker shows, where LINE says it: its keywords, and the words of one that people write on."""
    keywords = message.get("keywords")
    words = [word for word in keywords if isinstance(word, str)] if isinstance(keywords, list) else []
    return _string(
        {"text": ",".join([*words[:KEYWORDS_LIMIT], str(message.get("text") or "")]).strip(",")}, "text", 1_000
    )


def _unsend(raw: Json) -> Json:
    return {"message_id": _required(_dict(raw, "unsend"), "messageId")}


def _postback(raw: Json) -> Json:
    data = _string(_dict(raw, "postback"), "data", BODY_LIMIT)
    if data is None:
        raise _UnreadableError
    return {"data": data}


def _members(key: str) -> Callable[[Json], Json]:
    def read(raw: Json) -> Json:
        members = _dict(raw, key).get("members")
        if not isinstance(members, list):
            raise _UnreadableError
        return {"members": len(members)}

    return read


def _nothing_more(raw: Json) -> Json:
    return {}


_READERS: dict[str, tuple[EventKind, Callable[[Json], Json]]] = {
    "message": (EventKind.MESSAGE, _message),
    "messageEdited": (EventKind.EDITED, _message),
    "unsend": (EventKind.UNSEND, _unsend),
    "join": (EventKind.JOIN, _nothing_more),
    "leave": (EventKind.LEAVE, _nothing_more),
    "memberJoined": (EventKind.MEMBER_JOINED, _members("joined")),
    "memberLeft": (EventKind.MEMBER_LEFT, _members("left")),
    "postback": (EventKind.POSTBACK, _postback),
}


def _dict(holder: Json, key: str) -> Json:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _string(holder: Json, key: str, limit: int) -> str | None:
    """A non-empty string of at most `limit` characters. NUL is cut out: PostgreSQL cannot store it."""
    value = holder.get(key)
    if not isinstance(value, str):
        return None
    value = value.replace("\x00", "")
    return value if 0 < len(value) <= limit else None


def _required(holder: Json, key: str) -> str:
    value = _string(holder, key, ID_LIMIT)
    if value is None:
        raise _UnreadableError
    return value


def _time(value: object) -> datetime | None:
    """Milliseconds since 1970 as an aware time, None when it is no such number."""
    if type(value) is not int:
        return None
    try:
        return UNDATED + timedelta(milliseconds=value)
    except OverflowError:
        return None
