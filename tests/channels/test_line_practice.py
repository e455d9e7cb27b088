"""The LINE channel against the practice LINE, over HTTP both ways."""

import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from practice_line.app import create_app
from practice_line.platform import Platform

from saisaat.channels.base import ChannelError
from saisaat.channels.line import LineChannel
from saisaat.channels.transport import AsgiTransport
from saisaat.domain.delivery import Outcome
from saisaat.domain.messages import EventKind, OutgoingMessage, Text
from tests.channels.practice import SECRET, TOKEN, Practice, practice_line
from tests.channels.test_line_render import BUTTONS, CARD, EDGES, EVERYTHING

TEXT = [{"type": "text", "text": "สวัสดี"}]
NOWHERE = "C" + "0" * 32
NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
FILLED = {"{base}": "https://saisaat.example.go.th", "{group}": "g1", "{delivery}": str(uuid.UUID(int=1))}


@pytest.fixture
async def practice() -> AsyncIterator[Practice]:
    async with practice_line() as practice:
        yield practice


def key() -> str:
    return str(uuid.uuid4())


def filled(channel: LineChannel, *messages: OutgoingMessage) -> list[dict[str, Any]]:
    """Rendered, with the placeholders filled in as a sender would."""
    text = json.dumps(channel.render(messages))
    for placeholder, value in FILLED.items():
        text = text.replace(placeholder, value)
    rendered: list[dict[str, Any]] = json.loads(text)
    return rendered


async def refused(call: Any) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await call
    return caught.value


async def test_whatever_we_render_line_takes(practice: Practice) -> None:
    await practice.channel.validate(filled(practice.channel, *EVERYTHING), way="reply")
    for message, _ in EDGES:
        await practice.channel.validate(filled(practice.channel, message), way="push")


async def test_what_line_refuses_comes_back_with_its_details(practice: Practice) -> None:
    event = await practice.say("สวัสดี")
    assert event.reply_token is not None
    error = await refused(practice.channel.reply(event.reply_token, [{"type": "text", "text": "ก" * 5_001}]))
    assert error.outcome is Outcome.REJECTED
    assert "messages[0].text: " in error.detail
    assert error.request_id


async def test_a_reply_reaches_the_group_and_its_ids_come_back(practice: Practice) -> None:
    event = await practice.say("อรุณสวัสดิ์")
    assert (event.kind, event.text, event.group, event.user) == (
        EventKind.MESSAGE,
        "อรุณสวัสดิ์",
        practice.group,
        practice.people[0],
    )
    assert event.reply_token is not None
    receipt = await practice.channel.reply(event.reply_token, filled(practice.channel, *EVERYTHING))
    sent = await practice.sent_by_bot()
    assert [line["id"] for line in sent] == [message.id for message in receipt.sent]
    assert [line["type"] for line in sent] == ["text", "image", "flex"]
    assert {line["way"] for line in sent} == {"reply"}
    assert sum(line["cost"] for line in sent) == 0
    assert all(message.quote_token for message in receipt.sent)
    assert receipt.request_id


async def test_a_reply_token_works_once(practice: Practice) -> None:
    event = await practice.say("หนึ่ง")
    assert event.reply_token is not None
    await practice.channel.reply(event.reply_token, TEXT)
    assert (await refused(practice.channel.reply(event.reply_token, TEXT))).outcome is Outcome.INVALID_TOKEN
    assert len(await practice.sent_by_bot()) == 1


async def test_a_reply_token_expires(practice: Practice) -> None:
    event = await practice.say("สอง")
    assert event.reply_token is not None
    await practice.control("PUT", "clock", now=(event.occurred_at + timedelta(minutes=2)).isoformat())
    assert (await refused(practice.channel.reply(event.reply_token, TEXT))).outcome is Outcome.INVALID_TOKEN


async def test_a_push_costs_heads_and_one_key_sends_once(practice: Practice) -> None:
    await practice.control("PUT", "quota", limit=5)
    retry_key = key()
    first = await practice.channel.push(practice.group, TEXT, retry_key=retry_key)
    again = await practice.channel.push(practice.group, TEXT, retry_key=retry_key)
    assert (first.repeated, again.repeated) == (False, True)
    assert (again.sent, again.request_id) == (first.sent, first.request_id)
    reading = await practice.channel.quota(NOW)
    assert (reading.limit, reading.used) == (5, 3)
    assert (
        await refused(practice.channel.push(practice.group, TEXT, retry_key=key()))
    ).outcome is Outcome.MONTHLY_LIMIT
    assert len(await practice.sent_by_bot()) == 1


async def test_a_plan_without_a_limit(practice: Practice) -> None:
    await practice.control("PUT", "quota", limit=None)
    assert (await practice.channel.quota(NOW)).limit is None


async def test_too_fast_is_not_the_monthly_limit(practice: Practice) -> None:
    await practice.control("PUT", "rules", ratePerSecond=1)
    outcomes = set()
    for _ in range(10):  # more than the seconds they can take
        try:
            await practice.channel.bot_info()
        except ChannelError as error:
            outcomes.add(error.outcome)
    assert outcomes == {Outcome.RATE_LIMITED}


async def test_group_questions(practice: Practice) -> None:
    assert await practice.channel.member_count(practice.group) == 3
    assert await practice.channel.group_name(practice.group) == "กลุ่มซ้อม"


@pytest.mark.parametrize("group", [NOWHERE, "C1", "x/../y"])
async def test_a_group_that_is_not_there(practice: Practice, group: str) -> None:
    for call in (
        practice.channel.member_count(group),
        practice.channel.group_name(group),
        practice.channel.push(group, TEXT, retry_key=key()),
    ):
        assert (await refused(call)).outcome is Outcome.GROUP_GONE


async def test_a_group_that_sent_the_bot_away(practice: Practice) -> None:
    await practice.control("POST", f"groups/{practice.group}/remove-bot")
    assert practice.heard[-1].kind is EventKind.LEAVE
    assert (await refused(practice.channel.push(practice.group, TEXT, retry_key=key()))).outcome is Outcome.GROUP_GONE
    await practice.control("POST", f"groups/{practice.group}/invite-bot")
    joined = practice.heard[-1]
    assert (joined.kind, joined.group) == (EventKind.JOIN, practice.group)
    assert joined.reply_token is not None
    assert (await practice.channel.reply(joined.reply_token, TEXT)).sent


async def test_a_wrong_token_is_unauthorized(practice: Practice) -> None:
    stranger = LineChannel(access_token="another", secret=SECRET, api_base=practice.url)
    for call in (stranger.push(practice.group, TEXT, retry_key=key()), stranger.quota(NOW), stranger.bot_info()):
        assert (await refused(call)).outcome is Outcome.UNAUTHORIZED
    await stranger.close()


async def test_the_webhook_address_can_be_set(practice: Practice) -> None:
    await practice.channel.set_webhook(practice.hook + "?moved=1")
    assert (await practice.control("GET", "bot"))["webhook"] == practice.hook + "?moved=1"
    assert (await practice.say("ได้ยินไหม")).text == "ได้ยินไหม"


async def test_a_press_carries_the_cards_own_data(practice: Practice) -> None:
    event = await practice.say("#โพสต์")
    assert event.reply_token is not None
    card = replace(CARD, buttons=BUTTONS)
    receipt = await practice.channel.reply(event.reply_token, filled(practice.channel, card))
    data = f"a={FILLED['{delivery}']}"
    press = {"userId": practice.people[1], "messageId": receipt.sent[0].id, "data": data}
    await practice.control("POST", f"groups/{practice.group}/press", **press)
    pressed = practice.heard[-1]
    assert (pressed.kind, pressed.data, pressed.group) == (EventKind.POSTBACK, data, practice.group)
    assert pressed.reply_token is not None


async def test_a_quote_names_the_message_of_the_receipt(practice: Practice) -> None:
    event = await practice.say("#โพสต์")
    assert event.reply_token is not None
    receipt = await practice.channel.reply(event.reply_token, filled(practice.channel, Text("วันนี้ไม่รับของขวัญ")))
    quote = await practice.say("เห็นด้วย", quotedMessageId=receipt.sent[0].id)
    assert (quote.text, quote.quoted_message_id) == ("เห็นด้วย", receipt.sent[0].id)
    assert quote.quote_token


async def test_every_other_happening_of_a_group(practice: Practice) -> None:
    said = await practice.say("พิมพ์ผิด")
    group, person = f"groups/{practice.group}", practice.people[0]
    await practice.control("POST", f"messages/{said.message_id}/edit", text="พิมพ์ถูก")
    edited = practice.heard[-1]
    assert (edited.kind, edited.message_id, edited.text) == (EventKind.EDITED, said.message_id, "พิมพ์ถูก")
    await practice.control("POST", f"messages/{said.message_id}/unsend")
    assert (practice.heard[-1].kind, practice.heard[-1].message_id) == (EventKind.UNSEND, said.message_id)
    assert practice.heard[-1].reply_token is None
    await practice.control("POST", f"{group}/sticker", userId=person)
    assert (practice.heard[-1].kind, practice.heard[-1].message_type) == (EventKind.MESSAGE, "sticker")
    await practice.control("POST", f"{group}/image", userId=person)
    assert (practice.heard[-1].kind, practice.heard[-1].message_type) == (EventKind.MESSAGE, "image")
    await practice.control("DELETE", f"{group}/members/{practice.people[2]}")
    assert (practice.heard[-1].kind, practice.heard[-1].members) == (EventKind.MEMBER_LEFT, 1)
    await practice.control("POST", f"{group}/members", userId=practice.people[2])
    assert (practice.heard[-1].kind, practice.heard[-1].members) == (EventKind.MEMBER_JOINED, 1)
    assert practice.heard[-1].reply_token is not None


async def test_a_redelivered_event_says_so_and_keeps_its_id(practice: Practice) -> None:
    await practice.control("PUT", "rules", redelivery=True)
    practice.status = 500
    first = await practice.say("ตกหล่น")
    practice.status = 200
    await practice.control("PUT", "clock", now=(first.occurred_at + timedelta(seconds=15)).isoformat())
    second = practice.heard[-1]
    assert (first.redelivered, second.redelivered) == (False, True)
    assert (second.id, second.occurred_at, second.text) == (first.id, first.occurred_at, "ตกหล่น")


async def test_the_same_channel_without_a_socket() -> None:
    platform = Platform(token=TOKEN, secret=SECRET, seed=1)
    channel = LineChannel(
        access_token=TOKEN, secret=SECRET, api_base="http://127.0.0.1", transport=AsgiTransport(create_app(platform))
    )
    assert (await channel.bot_info())["userId"] == platform.describe_bot()["userId"]
    assert (await refused(channel.push(NOWHERE, TEXT, retry_key=key()))).outcome is Outcome.GROUP_GONE
    platform.close()
