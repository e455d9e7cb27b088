"""Events on their way to the bot: signature, order, redelivery."""

import asyncio
import json
from datetime import timedelta

import pytest
from linebot.v3 import WebhookParser
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.models.events import UnknownEvent
from practice_client import BANGKOK_MORNING, WEBHOOK, World, action, buttons
from practice_line.app import create_app
from practice_line.webhooks import REDELIVERY_DELAYS_MS


def after(**time: float) -> str:
    return (BANGKOK_MORNING + timedelta(**time)).isoformat()


async def eventful(world: World) -> None:
    """Every kind of event there is, once."""
    path = f"/_practice/groups/{world.group}"
    await world.say(quotedMessageId=await world.say())
    await world.call("POST", f"{path}/sticker", {"userId": world.users[0]})
    picture = await world.call("POST", f"{path}/image", {"userId": world.users[0]})
    await world.call("POST", f"/_practice/messages/{picture['messageId']}/unsend")
    await world.call("POST", f"/_practice/messages/{await world.say()}/edit", {"text": "แก้แล้ว"})
    poster = (await world.push(buttons(action(data="seen")))).json["sentMessages"][0]["id"]
    await world.press(poster, "seen")
    await world.call("DELETE", f"{path}/members/{world.users[2]}")
    await world.call("POST", f"{path}/members", {"userId": world.users[2]})
    for kind in ("video", "audio", "file"):
        media = {"userId": world.users[0], "type": kind, "data": "aGk=", "fileName": "แผน.pdf"}
        await world.call("POST", f"{path}/media", media)
    await world.call("POST", f"{path}/location", {"userId": world.users[0], "latitude": 13.7, "longitude": 100.5})
    await world.call("POST", f"{path}/remove-bot")
    await eventful_alone(world)


async def eventful_alone(world: World) -> None:
    """Every kind of event that only a 1:1 chat has."""
    person = f"/_practice/people/{world.users[0]}"
    await world.call("POST", f"{person}/unfollow")
    await world.call("POST", f"{person}/follow")
    clip = {"type": "video", "originalContentUrl": "https://example.org/1.mp4", "trackingId": "clip-1"}
    sent = await world.push({**clip, "previewImageUrl": "https://example.org/1.jpg"}, to=world.users[0])
    await world.call(
        "POST", f"/_practice/messages/{sent.json['sentMessages'][0]['id']}/play", {"userId": world.users[0]}
    )
    token = (await world.call("POST", f"/v2/bot/user/{world.users[0]}/linkToken"))["linkToken"]
    page = await world.request("GET", f"/dialog/bot/accountLink?linkToken={token}&nonce={'n' * 10}")
    assert page.status == 200
    await asyncio.sleep(0)  # what comes of a page goes out in the background


async def test_the_official_parser_reads_every_event(world: World) -> None:
    await eventful(world)
    parser = WebhookParser("practice-secret")
    parsed = []
    for body, headers in world.heard:
        parsed += parser.parse(body.decode(), headers["x-line-signature"])
    assert not [event for event in parsed if isinstance(event, UnknownEvent)]
    assert {event.type for event in parsed} == {
        "join", "message", "unsend", "messageEdited", "postback", "memberLeft", "memberJoined", "leave",
        "follow", "unfollow", "videoPlayComplete", "accountLink",
    }  # fmt: skip
    ids = [event.webhook_event_id for event in parsed]
    assert len(set(ids)) == len(ids)
    destination = json.loads(world.heard[0][0])["destination"]
    assert destination == (await world.call("GET", "/v2/bot/info"))["userId"]


async def test_another_secret_does_not_fit(world: World) -> None:
    body, headers = world.heard[0]
    with pytest.raises(InvalidSignatureError):
        WebhookParser("another-secret").parse(body.decode(), headers["x-line-signature"])


async def test_a_call_returns_after_the_bot_has_answered(world: World) -> None:
    for number in range(20):
        await world.say(f"ข้อความที่ {number}")
        assert world.events[-1]["message"]["text"] == f"ข้อความที่ {number}"


async def test_a_bot_may_call_back_while_it_is_called(world: World) -> None:
    answers = []

    async def bot(url: str, body: bytes, headers: dict[str, str]) -> int:
        [event] = json.loads(body)["events"]
        if event["type"] == "message":
            answers.append((await world.reply(event["replyToken"])).status)
            await world.call("POST", f"/v2/bot/group/{world.group}/leave")
        world.heard.append((body, headers))
        return 200

    world.app = create_app(world.platform, sender=bot, wait_for_webhook=True)
    await world.say()
    assert answers == [200]
    assert [event["type"] for event in world.events[-2:]] == ["message", "leave"]


async def test_in_the_background_a_chat_keeps_its_order(world: World) -> None:
    order: list[str] = []
    started, gate, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow_at_first(url: str, body: bytes, headers: dict[str, str]) -> int:
        [event] = json.loads(body)["events"]
        if event["message"]["text"] == "หนึ่ง":
            started.set()
            await gate.wait()
        order.append(event["message"]["text"])
        if len(order) == 3:
            done.set()
        return 200

    world.app = create_app(world.platform, sender=slow_at_first)
    await world.say("หนึ่ง")
    await asyncio.wait_for(started.wait(), 5)
    await world.say("สอง")
    await world.say("สาม")
    await asyncio.sleep(0)  # lets an impatient courier go wrong
    gate.set()
    await asyncio.wait_for(done.wait(), 5)
    assert order == ["หนึ่ง", "สอง", "สาม"]


async def test_without_a_webhook_nothing_is_sent_later(world: World) -> None:
    await world.call("PUT", "/_practice/bot", {"webhook": WEBHOOK, "active": False})
    await world.say()
    await world.call("PUT", "/_practice/bot", {"webhook": WEBHOOK})
    await world.say("ต่อไป")
    assert [event["type"] for event in world.events] == ["join", "message"]


@pytest.mark.parametrize("failure", [500, 302, TimeoutError(), ConnectionRefusedError()])
async def test_without_redelivery_a_failed_event_is_lost(world: World, failure: int | Exception) -> None:
    world.bot_answers = [failure]
    await world.say()
    heard = len(world.events)
    await world.at(after(hours=1))
    assert len(world.events) == heard


async def test_redelivery_repeats_the_event_until_it_is_taken(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    world.bot_answers = [500, TimeoutError()]
    await world.say()
    first = world.events[-1]
    await world.at(after(seconds=9))
    assert len(world.events) == 2
    for seconds in (10, 40):
        await world.at(after(seconds=seconds))
        again = world.events[-1]
        assert again["deliveryContext"] == {"isRedelivery": True}
        assert {**again, "deliveryContext": None} == {**first, "deliveryContext": None}
    assert len(world.events) == 4
    await world.at(after(hours=1))
    assert len(world.events) == 4


async def test_redelivery_gives_up(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    world.bot_answers = [500] * 99
    await world.say()
    for hours in range(1, 20):
        await world.at(after(hours=hours))
    assert len(world.events) == 1 + 1 + len(REDELIVERY_DELAYS_MS)


@pytest.mark.parametrize(
    ("redelivered", "replied", "status"), [(30, 85, 200), (30, 91, 400), (1190, 1200, 200), (1190, 1201, 400)]
)
async def test_a_redelivered_token_lives_a_minute_more_but_not_past_20(
    world: World, redelivered: int, replied: int, status: int
) -> None:
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    world.bot_answers = [500]
    token = await world.token()
    await world.at(after(seconds=redelivered))
    assert world.events[-1]["deliveryContext"] == {"isRedelivery": True}
    await world.at(after(seconds=replied))
    assert (await world.reply(token)).status == status


async def test_redelivery_does_not_revive_a_used_token(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    world.bot_answers = [500]
    token = await world.token()
    assert (await world.reply(token)).status == 200
    await world.at(after(seconds=30))
    assert world.events[-1]["deliveryContext"] == {"isRedelivery": True}
    assert (await world.reply(token)).status == 400


async def test_redelivery_runs_with_the_clock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practice_line.webhooks.REDELIVERY_DELAYS_MS", (1,))
    taken = asyncio.Event()

    async def fails_once(url: str, body: bytes, headers: dict[str, str]) -> int:
        [event] = json.loads(body)["events"]
        if event["deliveryContext"]["isRedelivery"]:
            taken.set()
            return 200
        raise ZeroDivisionError("a fault in the bot")

    world.app = create_app(world.platform, sender=fails_once)
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    async with world.app.router.lifespan_context(world.app):
        await world.at(after(hours=1), running=True)
        await world.say()
        await asyncio.wait_for(taken.wait(), 5)
    assert len(world.platform.state.outbox) == 0


async def test_setting_the_clock_brings_redelivery_forward(world: World) -> None:
    heard: asyncio.Queue[bool] = asyncio.Queue()

    async def fails_once(url: str, body: bytes, headers: dict[str, str]) -> int:
        again = json.loads(body)["events"][0]["deliveryContext"]["isRedelivery"]
        heard.put_nowait(again)
        return 200 if again else 503

    world.app = create_app(world.platform, sender=fails_once)
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    async with world.app.router.lifespan_context(world.app):
        await world.say()
        assert await asyncio.wait_for(heard.get(), 5) is False
        await world.at(after(hours=1))
        assert await asyncio.wait_for(heard.get(), 5) is True
