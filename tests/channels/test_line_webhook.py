"""Signatures and events: only LINE is heard, and nothing LINE may say breaks the ear."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linebot.v3.webhook import SignatureValidator

from saisaat.channels.base import BadSignature, Malformed
from saisaat.channels.line import LineChannel
from saisaat.channels.line.webhook import BODY_LIMIT, UNDATED, parse, sign
from saisaat.domain.messages import EventKind, InboundEvent

SECRET = "secret-of-the-channel"
GROUP = "C" + "1" * 32
USER = "U" + "2" * 32
AT = datetime(2020, 2, 3, 1, 30, 0, 500_000, tzinfo=UTC)
CHANNEL = LineChannel(access_token="t", secret=SECRET)


def event(kind: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "mode": "active",
        "timestamp": int(AT.timestamp() * 1000),
        "source": {"type": "group", "groupId": GROUP, "userId": USER},
        "webhookEventId": "01FZ74A0TDDPYRVKNK77XKC3ZR",
        "deliveryContext": {"isRedelivery": False},
        **fields,
    }


def body_of(*events: Any) -> bytes:
    return orjson.dumps({"destination": USER, "events": list(events)})


def only(raw: dict[str, Any]) -> InboundEvent:
    (parsed,) = parse(body_of(raw))
    return parsed


TEXT_MESSAGE = {
    "id": "444573844083572737",
    "type": "text",
    "quoteToken": "q3Plxr4AgKd",
    "text": "เห็นด้วยครับ 👍",
    "quotedMessageId": "468789577898262530",
}


def test_known_signature() -> None:
    # Computed apart: printf '{"events":[]}' | openssl dgst -sha256 -hmac secret -binary | base64
    assert sign(b'{"events":[]}', "secret") == "pkK1lVPJPiJ+wPLziRD79xIxohl8AImYM8AEeM7IbzQ="


@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_signature_is_lines_own(body: bytes, secret: str) -> None:
    text = body.decode("latin-1")
    assert SignatureValidator(secret).validate(text, sign(text.encode(), secret))


def test_signed_and_empty_is_heard() -> None:
    body = b'{"destination":"U","events":[]}'
    assert CHANNEL.parse_webhook(body, sign(body, SECRET)) == []


@pytest.mark.parametrize("signature", [None, "", "x", "ลายเซ็น", "\ud800", "=" * 44, sign(b"other", SECRET)])
def test_unsigned_is_refused(signature: str | None) -> None:
    with pytest.raises(BadSignature):
        CHANNEL.parse_webhook(b'{"events":[]}', signature)


def test_signature_is_of_the_raw_bytes() -> None:
    body = b'{"events": []}'
    with pytest.raises(BadSignature):
        CHANNEL.parse_webhook(b'{"events":[]}', sign(body, SECRET))


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"[]", b"null", b"1", b'"events"', b"{}", b'{"events":null}', b'{"events":{}}',
     b"[" * 5_000, b'{"events":[]}' + b" " * BODY_LIMIT],
    ids=range(12),
)  # fmt: skip
def test_signed_nonsense_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        CHANNEL.parse_webhook(body, sign(body, SECRET))


def test_text_message() -> None:
    assert only(event("message", replyToken="rt", message=TEXT_MESSAGE)) == InboundEvent(
        id="01FZ74A0TDDPYRVKNK77XKC3ZR",
        kind=EventKind.MESSAGE,
        occurred_at=AT,
        group=GROUP,
        user=USER,
        reply_token="rt",
        message_id="444573844083572737",
        message_type="text",
        text="เห็นด้วยครับ 👍",
        quoted_message_id="468789577898262530",
        quote_token="q3Plxr4AgKd",
    )


def test_edited_message() -> None:
    edited = only(event("messageEdited", replyToken="rt", message=TEXT_MESSAGE))
    assert (edited.kind, edited.message_id, edited.text) == (EventKind.EDITED, TEXT_MESSAGE["id"], TEXT_MESSAGE["text"])
    assert edited.reply_token == "rt"


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({}, None),
        ({"keywords": ["OK", "ตกลง"]}, "OK,ตกลง"),
        ({"keywords": ["OK"], "text": "รับทราบค่ะ"}, "OK,รับทราบค่ะ"),
        ({"keywords": [7, None, "OK"]}, "OK"),
        ({"keywords": "OK"}, None),
        ({"keywords": [str(number) for number in range(99)]}, ",".join(map(str, range(15)))),
    ],
)
def test_a_sticker_tells_what_it_shows(told: dict[str, object], text: str | None) -> None:
    parsed = only(event("message", message={"id": "1", "type": "sticker", **told}))
    assert (parsed.message_type, parsed.text) == ("sticker", text)


@pytest.mark.parametrize("message_type", ["image", "video", "audio", "file", "location", "hologram"])
def test_other_messages_have_a_type_and_no_text(message_type: str) -> None:
    parsed = only(
        event("message", message={"id": "1", "type": message_type, "text": "not for us", "quotedMessageId": "9"})
    )
    assert (parsed.kind, parsed.message_type, parsed.text, parsed.quoted_message_id) == (
        EventKind.MESSAGE,
        message_type,
        None,
        "9",
    )


@pytest.mark.parametrize(
    ("raw", "kind", "fields"),
    [
        (event("unsend", unsend={"messageId": "7"}), EventKind.UNSEND, {"message_id": "7"}),
        (event("join", replyToken="rt"), EventKind.JOIN, {"reply_token": "rt"}),
        (event("leave"), EventKind.LEAVE, {}),
        (event("memberJoined", joined={"members": [{}, {}]}, replyToken="rt"), EventKind.MEMBER_JOINED, {"members": 2}),
        (event("memberLeft", left={"members": [{}]}), EventKind.MEMBER_LEFT, {"members": 1}),
        (event("postback", postback={"data": "a=1"}, replyToken="rt"), EventKind.POSTBACK, {"data": "a=1"}),
        (event("videoPlayComplete", replyToken="rt"), EventKind.OTHER, {"reply_token": "rt"}),
        (event("somethingNew", brandNew=[1, 2]), EventKind.OTHER, {}),
    ],
)
def test_every_kind(raw: dict[str, Any], kind: EventKind, fields: dict[str, Any]) -> None:
    parsed = only(raw)
    assert parsed.kind is kind
    assert parsed.group == GROUP
    assert {name: getattr(parsed, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("source", "group", "user"),
    [
        ({"type": "group", "groupId": GROUP}, GROUP, None),
        ({"type": "user", "userId": USER}, None, USER),
        ({"type": "room", "roomId": "R1", "userId": USER}, None, None),
        ({"type": "user", "groupId": GROUP}, None, None),
        ({"type": "planet", "groupId": GROUP, "userId": USER}, None, None),
        ({"type": "group", "groupId": 5, "userId": "U" * 101}, None, None),
        ("group", None, None),
        (None, None, None),
    ],
)
def test_source(source: Any, group: str | None, user: str | None) -> None:
    parsed = only(event("message", message=TEXT_MESSAGE, source=source))
    assert (parsed.kind, parsed.group, parsed.user) == (EventKind.MESSAGE, group, user)


@pytest.mark.parametrize(
    "broken",
    [
        event("message"),
        event("message", message="text"),
        event("message", message={"type": "text", "text": "no id"}),
        event("messageEdited", message={"id": ""}),
        event("unsend", unsend={}),
        event("postback", postback={"data": 5}),
        event("postback", postback={"data": ""}),
        event("memberJoined", joined={"members": 3}),
        event("memberLeft"),
        event(""),
        event("message", message=TEXT_MESSAGE, timestamp=None),
        event("message", message=TEXT_MESSAGE, timestamp="1580693400500"),
        event("message", message=TEXT_MESSAGE, timestamp=True),
        event("message", message=TEXT_MESSAGE, timestamp=2**63),
        event("message", message=TEXT_MESSAGE, timestamp=-(2**63)),
        event("message", message=TEXT_MESSAGE, timestamp=1e300),
    ],
)
def test_a_broken_event_is_other_and_harms_no_neighbour(broken: dict[str, Any]) -> None:
    first, second = parse(body_of(broken, event("leave")))
    assert (first.kind, first.id, first.text, first.data) == (EventKind.OTHER, "01FZ74A0TDDPYRVKNK77XKC3ZR", None, None)
    assert second.kind is EventKind.LEAVE


def test_an_event_without_a_time_is_older_than_every_window() -> None:
    assert only(event("join", timestamp=None)).occurred_at == UNDATED


@pytest.mark.parametrize(
    "nameless",
    [5, None, [], "join", {}, *[event("join", webhookEventId=value) for value in (None, "", "x" * 101, 7)]],
)
def test_an_event_without_an_id_is_dropped(nameless: Any) -> None:
    assert [parsed.kind for parsed in parse(body_of(nameless, event("leave")))] == [EventKind.LEAVE]


def test_missing_mode_and_context_are_tolerated() -> None:
    raw = event("join", replyToken="rt")
    del raw["mode"], raw["deliveryContext"]
    parsed = only(raw)
    assert (parsed.kind, parsed.reply_token, parsed.redelivered) == (EventKind.JOIN, "rt", False)


def test_standby_gets_no_token() -> None:
    assert only(event("join", mode="standby", replyToken="rt")).reply_token is None


def test_redelivery_is_marked_and_keeps_id_and_time() -> None:
    parsed = only(event("join", deliveryContext={"isRedelivery": True}))
    assert (parsed.redelivered, parsed.occurred_at) == (True, AT)


def test_nul_is_cut_out_because_postgresql_cannot_store_it() -> None:
    assert only(event("message", message=TEXT_MESSAGE | {"text": "ก\x00ข"})).text == "กข"


def check_parsed(parsed: list[InboundEvent]) -> None:
    for one in parsed:
        assert one.id
        assert one.occurred_at.utcoffset() is not None
        assert one.kind in EventKind
        assert one.members >= 0


@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    try:
        parsed = CHANNEL.parse_webhook(body, sign(body, SECRET))
    except Malformed:
        return
    check_parsed(parsed)


@given(st.binary(max_size=100), st.one_of(st.none(), st.text()))
def test_any_signature(body: bytes, signature: str | None) -> None:
    with pytest.raises(BadSignature):
        CHANNEL.parse_webhook(body, signature)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["type", "mode", "timestamp", "source", "webhookEventId", "deliveryContext", "replyToken",
          "message", "unsend", "postback", "joined", "left"]  # fmt: skip
GOOD = [
    event("message", replyToken="rt", message=TEXT_MESSAGE),
    event("postback", postback={"data": "a=1"}),
    event("memberJoined", joined={"members": [{}]}),
    event("unsend", unsend={"messageId": "7"}),
]


@given(st.sampled_from(GOOD), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4), JSON)
def test_any_damage_to_a_good_event(good: dict[str, Any], damage: dict[str, Any], neighbour: Any) -> None:
    parsed = parse(body_of(good | damage, neighbour, event("leave")))
    check_parsed(parsed)
    assert parsed[-1].kind is EventKind.LEAVE
