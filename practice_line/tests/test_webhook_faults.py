"""Faults of webhooks on demand, suspension, and an event that is on its way when the platform is killed."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any

import conformance
import pytest
from linebot.v3 import WebhookParser
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.models.events import UnknownEvent
from linebot.v3.webhooks import MessageEvent
from practice_client import BANGKOK_MORNING, World, serving
from practice_line.app import create_app
from practice_line.client import PracticeClient
from practice_line.platform import Platform
from test_faults import fault, log


def after(**time: float) -> str:
    return (BANGKOK_MORNING + timedelta(**time)).isoformat()


def posts(world: World) -> list[list[str]]:
    """The texts of each POST that the bot got, since the join."""
    bodies = [json.loads(body)["events"] for body, _ in world.heard[1:]]
    return [[event["message"]["text"] for event in events if event["type"] == "message"] for events in bodies]


async def test_a_duplicate_is_a_redelivery_of_what_arrived(world: World) -> None:
    await fault(world, "duplicate", next=1)
    await world.say("หนึ่ง")
    await world.say("สอง")
    assert posts(world) == [["หนึ่ง"], ["หนึ่ง"], ["สอง"]]
    first, again = world.events[1:3]
    assert again["deliveryContext"] == {"isRedelivery": True}
    assert {**again, "deliveryContext": None} == {**first, "deliveryContext": None}
    [line] = await log(world)
    assert (line["kind"], line["webhookEventId"], line["event"]) == ("duplicate", first["webhookEventId"], "message")
    assert line["groupId"] == world.group


async def test_a_reordered_event_comes_after_the_next_of_its_chat(world: World) -> None:
    other = (await world.call("POST", "/_practice/groups", {"name": "อื่น", "members": world.users}))["groupId"]
    await fault(world, "reorder", next=1)
    await world.say("หนึ่ง")
    await world.call("POST", f"/_practice/groups/{other}/say", {"userId": world.users[0], "text": "ที่อื่น"})
    await world.say("สอง")
    await world.say("สาม")
    assert posts(world)[1:] == [["ที่อื่น"], ["สอง"], ["หนึ่ง"], ["สาม"]]
    late = [event for event in world.events if event.get("message", {}).get("text") == "หนึ่ง"]
    assert late[0]["deliveryContext"] == {"isRedelivery": False}


async def test_reordering_goes_on_in_pairs(world: World) -> None:
    await fault(world, "reorder")
    for word in ("หนึ่ง", "สอง", "สาม", "สี่"):
        await world.say(word)
    assert posts(world) == [["สอง"], ["หนึ่ง"], ["สี่"], ["สาม"]]


async def test_what_waits_for_a_next_one_comes_alone_in_the_end(world: World) -> None:
    await fault(world, "reorder", next=1)
    await world.say("หนึ่ง")
    await world.at(after(seconds=9))
    assert posts(world) == []
    await world.at(after(seconds=10))
    assert posts(world) == [["หนึ่ง"]]


async def test_a_delayed_event_has_a_minute_from_its_arrival(world: World) -> None:
    await fault(world, "delay", ms=90_000, next=1)
    await world.say("ช้า")
    await world.say("เร็ว")
    await world.at(after(seconds=89))
    assert posts(world) == [["เร็ว"]]
    await world.at(after(seconds=90))
    assert posts(world) == [["เร็ว"], ["ช้า"]]
    token = world.events[-1]["replyToken"]
    await world.at(after(seconds=149))
    assert (await world.reply(token)).status == 200


async def test_several_events_in_one_post(world: World) -> None:
    other = (await world.call("POST", "/_practice/groups", {"name": "อื่น", "members": world.users}))["groupId"]
    await fault(world, "batch", size=3)
    await world.say("หนึ่ง")
    await world.call("POST", f"/_practice/groups/{other}/say", {"userId": world.users[0], "text": "สอง"})
    assert len(posts(world)) == 1
    await world.say("สาม")
    assert posts(world)[1:] == [["หนึ่ง", "สอง", "สาม"]]
    assert len({event["source"]["groupId"] for event in world.events[-3:]}) == 2
    await world.say("สี่")
    await world.say("ห้า")
    await world.at(after(seconds=10))
    assert posts(world)[2:] == [["สี่", "ห้า"]]


async def test_a_batch_that_fails_comes_again_in_single_events(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    await fault(world, "batch", size=2, next=2)
    world.bot_answers = [500]
    await world.say("หนึ่ง")
    await world.say("สอง")
    await world.at(after(seconds=10))
    assert posts(world) == [["หนึ่ง", "สอง"], ["หนึ่ง"], ["สอง"]]
    assert [event["deliveryContext"]["isRedelivery"] for event in world.events[1:]] == [False, False, True, True]


async def test_no_events_at_all(world: World) -> None:
    await fault(world, "emptyEvents", next=1)
    await world.say()
    bodies = [json.loads(body)["events"] for body, _ in world.heard[1:]]
    assert [len(events) for events in bodies] == [0, 1]


async def test_a_wrong_signature_and_then_the_right_one(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    await fault(world, "wrongSignature", next=1)
    world.bot_answers = [401]
    await world.say()
    await world.at(after(seconds=10))
    parser = WebhookParser("practice-secret")
    (forged, forged_headers), (body, headers) = world.heard[1:]
    with pytest.raises(InvalidSignatureError):
        parser.parse(forged.decode(), forged_headers["x-line-signature"])
    assert len(parser.parse(body.decode(), headers["x-line-signature"])) == 1


async def test_events_and_fields_that_nobody_knows(world: World) -> None:
    await fault(world, "unknownEvent", next=1)
    await fault(world, "unknownField", event="message")
    await world.say()
    body, headers = world.heard[-1]
    stranger, known = WebhookParser("practice-secret").parse(body.decode(), headers["x-line-signature"])
    assert isinstance(stranger, UnknownEvent)
    assert isinstance(known, MessageEvent)
    event = json.loads(body)["events"][1]
    for part in (event, event["source"], event["message"], event["deliveryContext"]):
        assert "practiceUnknown" in part
    # What LINE's own files do not know is what the faults were for.
    assert all("practiceUnknown" in violation for violation in conformance.take_violations())


@pytest.mark.parametrize("ms", [-300_000, 300_000])
async def test_the_platforms_clock_goes_wrong(world: World, ms: int) -> None:
    await fault(world, "clockSkew", ms=ms)
    token = await world.token()
    assert world.events[-1]["timestamp"] == BANGKOK_MORNING.timestamp() * 1000 + ms
    await world.at(after(seconds=59))
    assert (await world.reply(token)).status == 200


async def test_a_skewed_event_keeps_its_time_and_its_cap_when_it_comes_again(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    await fault(world, "clockSkew", ms=-300_000, next=1)
    world.bot_answers = [500] * 4
    token = await world.token()
    first = world.events[-1]["timestamp"]
    for seconds in (10, 40, 130, 1190):
        await world.at(after(seconds=seconds))
    assert {event["timestamp"] for event in world.events[1:]} == {first}
    await world.at(after(seconds=1199))
    assert (await world.reply(token)).status == 200


async def test_only_the_events_asked_for(world: World) -> None:
    other = (await world.call("POST", "/_practice/groups", {"name": "อื่น", "members": world.users}))["groupId"]
    await fault(world, "duplicate", event="unsend")
    await fault(world, "emptyEvents", groupId=other)
    message = await world.say()
    heard = len(world.heard)
    await world.call("POST", f"/_practice/messages/{message}/unsend")
    assert len(world.heard) == heard + 2
    await world.call("POST", f"/_practice/groups/{other}/say", {"userId": world.users[0], "text": "ที่อื่น"})
    assert len(world.heard) == heard + 4


async def test_suspended_by_hand(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"webhookSuspended": True})
    await world.say("ไม่มีใครได้ยิน")
    await world.call("PUT", "/_practice/rules", {"webhookSuspended": False})
    await world.say("ได้ยิน")
    assert posts(world) == [["ได้ยิน"]]


async def test_suspended_after_long_failure(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"suspendAfterSeconds": 3600})
    world.bot_answers = [500, 500, 200, 500, 500, 500]
    for minutes in (0, 59, 61, 62, 121):
        await world.at(after(minutes=minutes))
        await world.say()
    assert (await world.call("GET", "/_practice/rules"))["webhookSuspended"] is False
    await world.at(after(minutes=122))
    await world.say()
    assert (await world.call("GET", "/_practice/rules"))["webhookSuspended"] is True
    assert [line["kind"] for line in await log(world)] == ["webhookSuspended"]
    heard = len(world.heard)
    await world.say()
    assert len(world.heard) == heard
    await world.call("PUT", "/_practice/rules", {"webhookSuspended": False})
    world.bot_answers = [500]
    await world.say()
    assert (await world.call("GET", "/_practice/rules"))["webhookSuspended"] is False


async def test_with_the_clock_running_a_held_event_goes_out_in_its_time(world: World) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()

    async def bot(url: str, body: bytes, headers: dict[str, str]) -> int:
        for event in json.loads(body)["events"]:
            heard.put_nowait(event["message"]["text"])
        return 200

    world.app = create_app(world.platform, sender=bot)
    async with world.app.router.lifespan_context(world.app):
        await world.at(after(hours=1), running=True)
        await fault(world, "delay", ms=50, next=1)
        await world.say("ช้า")
        assert await asyncio.wait_for(heard.get(), 5) == "ช้า"


async def test_held_events_outlive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "line.sqlite"
    world = await World(Platform(path)).open()
    await world.at(after())
    await fault(world, "batch", size=3)
    await world.say("หนึ่ง")
    await world.say("สอง")
    world.platform.close()
    again = World(Platform(path))
    again.users, again.group = world.users, world.group
    again.heard.append((b'{"events": []}', {}))
    await again.say("สาม")
    assert posts(again) == [["หนึ่ง", "สอง", "สาม"]]
    again.platform.close()


@contextmanager
def listening() -> Iterator[tuple[str, "Queue[dict[str, Any]]", Event]]:
    """A bot that hears at once and answers only when it is let: its address, what it heard, and the leave to answer."""
    heard: Queue[dict[str, Any]] = Queue()
    may_answer = Event()

    class Bot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            for event in json.loads(self.rfile.read(int(self.headers["content-length"])))["events"]:
                heard.put(event)
            may_answer.wait(10)
            try:
                self.send_response(200)
                self.end_headers()
            except OSError:
                pass

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bot)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/callback", heard, may_answer
    finally:
        may_answer.set()
        server.shutdown()
        server.server_close()


def test_an_event_on_its_way_when_killed_comes_again_marked(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "line.sqlite"))
    with listening() as (address, heard, may_answer):
        with serving(*state, "--webhook", address) as first:
            client = PracticeClient(first.url)
            user = client.person("ก")
            group = client.group("ข", [user])
            assert heard.get(timeout=10)["type"] == "join"
            client.say(group, user, "ถึงแล้วหรือยัง")
            client.say(group, user, "ยังรออยู่")
            first.kill()
        may_answer.set()
        with serving(*state, "--webhook", address):
            events = [heard.get(timeout=10) for _ in range(3)]
    marks = [(event["type"], event["deliveryContext"]["isRedelivery"]) for event in events]
    assert marks == [("join", True), ("message", False), ("message", False)]
    assert [event["message"]["text"] for event in events[1:]] == ["ถึงแล้วหรือยัง", "ยังรออยู่"]
