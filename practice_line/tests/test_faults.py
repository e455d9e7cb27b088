"""Faults of LINE's API on demand: each does what it says, to whom and as often as it says, and stands in the log."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from practice_client import RETRY_KEY, World, fetch, serving, text
from practice_line.client import PracticeClient
from practice_line.platform import Platform

PUSH, REPLY = "POST /v2/bot/message/push", "POST /v2/bot/message/reply"
LOST = (ConnectionResetError, TimeoutError)


async def fault(world: World, kind: str, **more: Any) -> dict[str, Any]:
    return await world.call("POST", "/_practice/faults", {"kind": kind, **more})


async def log(world: World) -> list[dict[str, Any]]:
    return (await world.call("GET", "/_practice/faults/log"))["log"]


async def said(world: World) -> int:
    return len(await world.transcript())


@pytest.mark.parametrize(
    ("kind", "status", "message"),
    [
        ("serverError", 500, "Internal server error"),
        ("rateLimit", 429, "The API rate limit has been exceeded. Try again later."),
        ("monthlyLimit", 429, "You have reached your monthly limit."),
        ("samePersonLimit", 429, "Too many messages have been sent to the same user. Try again later."),
    ],
)
async def test_a_refusal_is_in_lines_words_and_changes_nothing(
    world: World, kind: str, status: int, message: str
) -> None:
    await fault(world, kind, endpoint=PUSH, next=1)
    refused = await world.push(key=RETRY_KEY)
    assert (refused.status, refused.json) == (status, {"message": message})
    assert (await said(world), await world.used()) == (0, 0)
    [line] = await log(world)
    assert line["callId"] == refused.headers["x-line-request-id"]
    assert (line["kind"], line["accepted"], line["endpoint"]) == (kind, False, PUSH)
    assert (line["retryKey"], line["groupId"]) == (RETRY_KEY, world.group)
    assert (await world.push(key=RETRY_KEY)).status == 200
    assert len(await log(world)) == 1


async def test_a_500_after_the_call_was_carried_out(world: World) -> None:
    await fault(world, "serverError", when="after", next=1)
    assert (await world.push(key=RETRY_KEY)).status == 500
    [line] = await log(world)
    assert (line["accepted"], line["status"]) == (True, 200)
    assert [each["callId"] for each in await world.transcript()] == [line["callId"]]
    again = await world.push(key=RETRY_KEY)
    assert (again.status, again.headers["x-line-accepted-request-id"]) == (409, line["callId"])
    assert await world.used() == 3


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("kind", "error"), [("reset", ConnectionResetError), ("timeout", TimeoutError)])
async def test_in_one_process_a_lost_call_raises(world: World, kind: str, error: type[OSError], when: str) -> None:
    set_fault = await fault(world, kind, endpoint=REPLY, when=when, next=1)
    token = await world.token()
    with pytest.raises(error, match=rf"fault {set_fault['faultId']} \({kind}, {when}"):
        await world.reply(token)
    assert (await log(world))[0]["accepted"] is (when == "after")
    assert (await world.reply(token)).status == (400 if when == "after" else 200)


async def test_a_call_that_would_be_refused_was_not_accepted(world: World) -> None:
    await fault(world, "timeout", next=1)
    with pytest.raises(TimeoutError):
        await world.push(text(""))
    [line] = await log(world)
    assert (line["accepted"], line["status"]) == (False, 400)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_latency(world: World, when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[tuple[float, int]] = []

    async def sleep(seconds: float) -> None:
        waited.append((seconds, len(world.platform.state.messages)))

    monkeypatch.setattr("practice_line.fault_gate.asyncio.sleep", sleep)
    await fault(world, "latency", ms=1500, when=when)
    await fault(world, "latency", ms=500, when=when)
    await fault(world, "serverError", endpoint=REPLY)
    assert (await world.push()).status == 200
    assert (2.0, 0 if when == "before" else 1) in waited
    assert [line["kind"] for line in await log(world)] == ["latency", "latency"]


async def test_every_third(world: World) -> None:
    await fault(world, "rateLimit", endpoint=PUSH, every=3, next=2)
    assert [(await world.push()).status for _ in range(10)] == [200, 200, 429, 200, 200, 429, 200, 200, 200, 200]


async def test_by_chance_from_the_seed() -> None:
    async def run(seed: int) -> list[int]:
        world = await World(Platform(seed=seed)).open()
        await world.call("PUT", "/_practice/quota", {"limit": None})
        await fault(world, "serverError", probability=0.3)
        return [(await world.push()).status for _ in range(60)]

    one = await run(5)
    assert one == await run(5)
    assert 5 < one.count(500) < 35
    assert one != await run(6)


async def test_faults_do_not_move_the_identifiers() -> None:
    async def run(*, faulty: bool) -> list[dict[str, Any]]:
        world = await World(Platform(seed=5)).open()
        if faulty:
            await fault(world, "timeout", every=2, probability=None, groupId=None, next=None, endpoint=PUSH)
        for number in range(4):
            with ExitStack() as stack:
                if faulty and number % 2:
                    stack.enter_context(pytest.raises(TimeoutError))
                await world.push()
        return [{**line, "at": ""} for line in await world.transcript()]

    assert await run(faulty=True) == await run(faulty=False)


async def test_only_one_group_or_one_retry_key(world: World) -> None:
    other = (await world.call("POST", "/_practice/groups", {"name": "อีกกลุ่ม", "members": world.users}))["groupId"]
    await fault(world, "serverError", groupId=other)
    await fault(world, "monthlyLimit", retryKey=RETRY_KEY.upper())
    token = await world.token()
    assert (await world.push()).status == 200
    assert (await world.reply(token)).status == 200
    assert (await world.push(to=other)).status == 500
    assert (await world.request("GET", f"/v2/bot/group/{other}/summary")).status == 500
    assert (await world.request("GET", f"/v2/bot/group/{world.group}/summary")).status == 200
    assert (await world.push(key=RETRY_KEY)).status == 429
    await world.call("POST", f"/_practice/groups/{other}/say", {"userId": world.users[0], "text": "สวัสดี"})
    assert (await world.reply(world.events[-1]["replyToken"])).status == 500


@pytest.mark.parametrize("path", ["/v2/bot/group/{groupId}/summary", "/v2/bot/group/{group_id}/summary"])
async def test_an_endpoint_is_named_by_its_template(world: World, path: str) -> None:
    made = await fault(world, "serverError", endpoint=f"GET {path}")
    assert made["endpoint"] == "GET /v2/bot/group/{}/summary"
    assert (await world.request("GET", f"/v2/bot/group/{world.group}/members/count")).status == 200
    assert (await world.request("GET", f"/v2/bot/group/{world.group}/summary")).status == 500


async def test_until_cleared(world: World) -> None:
    await fault(world, "serverError")
    other = await fault(world, "rateLimit", endpoint=PUSH)
    assert {(await world.push()).status for _ in range(3)} == {500}
    listed = (await world.call("GET", "/_practice/faults"))["faults"]
    assert [(each["kind"], each["seen"]) for each in listed] == [("serverError", 3), ("rateLimit", 0)]
    await world.call("DELETE", f"/_practice/faults/{other['faultId']}")
    await world.call("DELETE", "/_practice/faults")
    assert (await world.push()).status == 200
    assert len(await log(world)) == 3
    assert [line["number"] for line in (await world.call("GET", "/_practice/faults/log?after=2"))["log"]] == [3]
    assert (await world.request("DELETE", f"/_practice/faults/{other['faultId']}")).status == 404


async def test_the_control_api_stays_whole(world: World) -> None:
    await fault(world, "serverError")
    assert (await world.request("GET", "/_practice/groups")).status == 200
    assert (await world.request("GET", "/_practice/openapi.json")).status == 200
    assert (await world.request("GET", "/v2/bot/nothing")).status == 404


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"kind": "fire"},
        {"kind": "latency"},
        {"kind": "latency", "ms": 0},
        {"kind": "timeout", "ms": 5},
        {"kind": "timeout", "endpoint": "/v2/bot/message/push"},
        {"kind": "timeout", "endpoint": "POST /v2/bot/nothing"},
        {"kind": "timeout", "event": "message"},
        {"kind": "timeout", "next": 0},
        {"kind": "timeout", "every": True},
        {"kind": "timeout", "probability": 1.5},
        {"kind": "timeout", "probability": "half"},
        {"kind": "timeout", "every": 2, "probability": 0.5},
        {"kind": "timeout", "when": "later"},
        {"kind": "rateLimit", "when": "after"},
        {"kind": "batch"},
        {"kind": "batch", "size": 1},
        {"kind": "duplicate", "size": 2},
        {"kind": "duplicate", "endpoint": PUSH},
        {"kind": "clockSkew", "ms": 300_001},
        {"kind": "delay"},
        {"kind": "timeout", "often": 1},
    ],
    ids=lambda wish: json.dumps(wish),
)
async def test_a_fault_that_makes_no_sense_is_refused(world: World, wish: dict[str, Any]) -> None:
    refused = await world.request("POST", "/_practice/faults", wish)
    assert refused.status == 400, refused
    assert (await world.call("GET", "/_practice/faults"))["faults"] == []


async def test_a_fault_for_no_group(world: World) -> None:
    wish = {"kind": "timeout", "groupId": "C" + "0" * 32}
    assert (await world.request("POST", "/_practice/faults", wish)).status == 404


async def test_faults_and_their_log_outlive_a_restart(tmp_path: Path) -> None:
    world = await World(Platform(tmp_path / "line.sqlite", seed=1)).open()
    await fault(world, "serverError", endpoint=PUSH, next=3)
    await world.push()
    world.platform.close()
    again = World(Platform(tmp_path / "line.sqlite", seed=1))
    again.group = world.group
    assert [(await again.push()).status for _ in range(3)] == [500, 500, 200]
    assert [line["number"] for line in await log(again)] == [1, 2, 3]
    assert (await fault(again, "timeout"))["faultId"] == "f2"
    again.platform.close()


class Network:
    """A platform in a process of its own, as a bot meets it: over connections that can be lost."""

    def __init__(self, url: str) -> None:
        self.client = PracticeClient(url)
        self.url = url
        self.user = self.client.person("ก")
        self.group = self.client.group("ข", [self.user])

    def push(self, timeout: float = 10, key: str = RETRY_KEY) -> int:
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=timeout)
        body = json.dumps({"to": self.group, "messages": [text()]})
        headers = {
            "content-type": "application/json",
            "authorization": "Bearer practice-token",
            "x-line-retry-key": key,
        }
        try:
            connection.request("POST", "/v2/bot/message/push", body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture(scope="module", params=["plain", "uvloop"])
def network(request: pytest.FixtureRequest) -> Iterator[Network]:
    hidden = () if request.param == "uvloop" else ("uvloop", "httptools")
    with serving(without=hidden) as served:
        yield Network(served.url)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_is_really_reset(network: Network, when: str) -> None:
    before = len(network.client.transcript())
    key = f"123e4567-e89b-12d3-a456-42661417400{1 if when == 'before' else 2}"
    network.client.fault("reset", when=when, next=1)
    with pytest.raises(ConnectionResetError) as lost:
        network.push(key=key)
    assert type(lost.value) is ConnectionResetError  # RST; a plain end would be RemoteDisconnected
    assert network.client.fault_log()[-1]["accepted"] is (when == "after")
    assert len(network.client.transcript()) - before == (when == "after")
    assert network.push(key=key) == (409 if when == "after" else 200)


def test_no_answer_within_any_patience(network: Network) -> None:
    key = "123e4567-e89b-12d3-a456-426614174003"
    network.client.fault("timeout", next=1)
    with pytest.raises(TimeoutError):
        network.push(timeout=0.5, key=key)
    assert network.client.fault_log()[-1]["accepted"] is True
    assert network.push(key=key) == 409


def test_a_call_without_answer_does_not_keep_the_server_from_stopping() -> None:
    with serving() as served:
        network = Network(served.url)
        network.client.fault("timeout", when="before")
        ended: list[BaseException] = []

        def call() -> None:
            try:
                network.push(timeout=60)
            except OSError as error:
                ended.append(error)

        caller = threading.Thread(target=call)
        caller.start()
        while not network.client.fault_log():
            pass
        assert served.stop() == (0, "")
        caller.join(10)
        assert isinstance(ended[0], ConnectionResetError)


def test_a_killed_platform_still_knows_what_it_accepted(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "line.sqlite"))
    with serving(*state) as first:
        network = Network(first.url)
        network.client.fault("timeout", next=1)
        with pytest.raises(TimeoutError):
            network.push(timeout=0.5)
        first.kill()
    with serving(*state) as second:
        client = PracticeClient(second.url)
        [struck], [message] = client.fault_log(), client.transcript()
        assert struck.get("callId") == message.get("callId")
        push = {"to": network.group, "messages": [text()]}
        again = fetch(f"{second.url}/v2/bot/message/push", "POST", push, x_line_retry_key=RETRY_KEY)
        assert again[0] == 409
