"""To many at once: whom multicast, broadcast and narrowcast reach, what they cost and what is refused. Rates."""

from typing import Any

import pytest
from practice_client import BANGKOK_MORNING, RETRY_KEY, Answer, World, text
from practice_line.branches import flat
from practice_line.clock import Clock
from practice_line.platform import Platform
from practice_line.rates import LOWER
from practice_line.state import Rules

NOBODY = "U" + "0" * 32


async def send(world: World, way: str, body: dict[str, Any], **headers: str) -> Answer:
    return await world.request("POST", f"/v2/bot/message/{way}", {"messages": [text()], **body}, **headers)


async def reached(world: World) -> list[str]:
    """Who got a message from the bot, in order."""
    return [line["to"] for line in await world.transcript() if line["from"] == "bot" and "received" not in line]


async def test_a_multicast_reaches_friends_once_and_costs_a_head_each(world: World) -> None:
    stranger = (await world.call("POST", "/_practice/people", {"name": "ง", "friend": False}))["userId"]
    to = [world.users[0], world.users[1], world.users[0], stranger, NOBODY]
    answer = await send(world, "multicast", {"to": to, "messages": [text("หนึ่ง"), text("สอง")]})
    assert (answer.status, answer.json) == (200, {})
    assert await reached(world) == [world.users[0]] * 2 + [world.users[1]] * 2
    assert [line["cost"] for line in await world.transcript()] == [1, 0, 1, 0]
    assert {(line["way"], line["callId"]) for line in await world.transcript()} == {
        ("multicast", answer.headers["x-line-request-id"])
    }
    assert await world.used() == 2


@pytest.mark.parametrize(
    ("to", "told"),
    [
        (["C" + "0" * 32], "The property, to[0], in the request body is invalid (line: -, column: -)"),
        ([NOBODY, "me"], "The property, to[1], in the request body is invalid (line: -, column: -)"),
        (NOBODY, "The property, 'to', in the request body is invalid (line: -, column: -)"),
        ([], "The request body has 1 error(s)"),
        ([NOBODY] * 501, "The request body has 1 error(s)"),
    ],
)
async def test_wrong_recipients(world: World, to: Any, told: str) -> None:
    answer = await send(world, "multicast", {"to": to})
    assert (answer.status, answer.json["message"]) == (400, told)
    assert await world.transcript() == []


async def test_a_broadcast_reaches_every_friend(world: World) -> None:
    await world.call("POST", f"/_practice/people/{world.users[1]}/unfollow")
    assert (await send(world, "broadcast", {})).json == {}
    assert await reached(world) == [world.users[0], world.users[2]]
    assert await world.used() == 2


@pytest.mark.parametrize("way", ["multicast", "broadcast", "narrowcast"])
async def test_over_quota_nobody_gets_it(world: World, way: str) -> None:
    await world.call("PUT", "/_practice/quota", {"limit": 2})
    answer = await send(world, way, {"to": world.users})
    assert (answer.status, answer.json) == (429, {"message": "You have reached your monthly limit."})
    assert (await world.used(), await world.transcript()) == (0, [])


@pytest.mark.parametrize("way", ["multicast", "broadcast", "narrowcast"])
async def test_a_retry_key_works_once(world: World, way: str) -> None:
    first = await send(world, way, {"to": world.users}, x_line_retry_key=RETRY_KEY)
    again = await send(world, way, {"to": world.users}, x_line_retry_key=RETRY_KEY)
    assert (again.status, again.json) == (409, {"message": "The retry key is already accepted"})
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert await world.used() == 3
    assert (await send(world, way, {"to": world.users}, x_line_retry_key="once")).status == 400


@pytest.mark.parametrize("way", ["multicast", "broadcast", "narrowcast"])
async def test_wrong_messages_go_nowhere(world: World, way: str) -> None:
    answer = await send(world, way, {"to": world.users, "messages": [text("")]})
    assert answer.json["details"] == [{"message": "May not be empty", "property": "messages[0].text"}]
    mention = {
        "type": "textV2",
        "text": "{x}",
        "substitution": {"x": {"type": "mention", "mentionee": {"type": "all"}}},
    }
    assert (await send(world, way, {"to": world.users, "messages": [mention]})).status == 400
    assert await world.used() == 0


async def progress(world: World, answer: Answer) -> Any:
    assert answer.status == 202
    request_id = answer.headers["x-line-request-id"]
    return await world.call("GET", f"/v2/bot/message/progress/narrowcast?requestId={request_id}")


async def test_a_narrowcast_to_all_and_to_those_of_an_earlier_one(world: World) -> None:
    first = await send(world, "narrowcast", {"limit": {"max": 2}})
    assert await progress(world, first) == {
        "phase": "succeeded",
        "acceptedTime": "2026-01-15T02:00:00.000Z",
        "completedTime": "2026-01-15T02:00:00.000Z",
        "successCount": 2,
        "failureCount": 0,
        "targetCount": 2,
    }
    earlier = {"type": "redelivery", "requestId": first.headers["x-line-request-id"]}
    others = {"type": "operator", "not": earlier}
    await send(world, "narrowcast", {"recipient": others})
    assert await reached(world) == world.users
    both = {"type": "operator", "and": [earlier, {"type": "operator", "or": [earlier, others]}]}
    await send(world, "narrowcast", {"recipient": both})
    assert await reached(world) == [*world.users, *world.users[:2]]
    await world.at("2026-01-29T09:00:00+07:00")
    assert (await send(world, "narrowcast", {"recipient": earlier})).json == {
        "message": f"Invalid request id: {earlier['requestId']}"
    }


def nested(depth: int) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "redelivery", "requestId": "1"}
    for _ in range(depth):
        part = {"type": "operator", "not": part}
    return part


def deep(depth: int) -> dict[str, Any]:
    part = nested(0)
    for _ in range(depth):
        part = {"type": "operator", "and": [part]}
    return part


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"recipient": {"type": "audience", "audienceGroupId": 1}}, 400, "Invalid audience group id: 1"),
        ({"recipient": {"type": "redelivery", "requestId": "x"}}, 400, "Invalid request id: x"),
        ({"recipient": {"type": "operator"}}, 400, "recipient"),
        ({"recipient": {"type": "operator", "and": {}}}, 400, "recipient"),
        ({"recipient": {"type": "operator", "and": {"a": 1}}}, 400, "recipient"),
        ({"recipient": "all"}, 400, "recipient"),
        ({"recipient": nested(400)}, 400, "Invalid request id: 1"),
        ({"recipient": deep(450)}, 400, "nvalid"),
        ({"recipient": {"type": "operator", "or": [{"type": "audience"}] * 11}}, 400, "recipient"),
        ({"filter": "all"}, 400, "filter"),
        ({"filter": {"demographic": {"type": "gender", "oneOf": ["male"]}}}, 403, "does not have enough friends"),
        ({"limit": {"max": 0}}, 400, "limit.max"),
        ({"limit": {"forbidPartialDelivery": True}}, 400, "must be used with upToRemainingQuota"),
    ],
    ids=range(13),
)
async def test_wrong_narrowcasts(world: World, body: dict[str, Any], status: int, told: str) -> None:
    answer = await send(world, "narrowcast", body)
    assert (answer.status, told in answer.json["message"]) == (status, True), answer.json
    assert await world.transcript() == []


async def test_a_narrowcast_within_what_is_left_of_the_month(world: World) -> None:
    await world.call("PUT", "/_practice/quota", {"limit": 2})
    whole = {"limit": {"upToRemainingQuota": True, "forbidPartialDelivery": True}}
    failed = await progress(world, await send(world, "narrowcast", whole))
    assert (failed["phase"], failed["errorCode"]) == ("failed", 5)
    assert await world.used() == 0
    told = await progress(world, await send(world, "narrowcast", {"limit": {"upToRemainingQuota": True}}))
    assert (told["phase"], told["successCount"]) == ("succeeded", 2)


async def test_a_narrowcast_by_attributes_finds_nobody(world: World) -> None:
    for number in range(97):
        world.platform.people.add_person(f"คนที่ {number}")
    young = {"filter": {"demographic": {"type": "age", "lt": "age_20"}}}
    told = await progress(world, await send(world, "narrowcast", young))
    assert (told["phase"], told["errorCode"], told["targetCount"]) == ("failed", 2, 0)


async def test_the_progress_of_no_narrowcast(world: World) -> None:
    path = "/v2/bot/message/progress/narrowcast"
    assert (await world.request("GET", f"{path}?requestId=unknown")).status == 404
    assert (await world.request("GET", path)).status == 400
    sent = await send(world, "narrowcast", {})
    await world.at("2026-01-29T09:00:00+07:00")
    assert (await world.request("GET", f"{path}?requestId={sent.headers['x-line-request-id']}")).status == 404


async def test_followers_and_members_come_in_pages(world: World) -> None:
    assert (await world.request("GET", "/v2/bot/followers/ids")).status == 403
    await world.call("PUT", "/_practice/rules", {"verified": True})
    path = "/v2/bot/followers/ids?limit=2"
    first = await world.call("GET", path)
    rest = await world.call("GET", f"{path}&start={first['next']}")
    assert (first["userIds"], rest) == (world.users[:2], {"userIds": world.users[2:]})
    members = f"/v2/bot/group/{world.group}/members/ids"
    for wrong in (f"{members}?start={first['next']}", f"{path}&start=1.1.x", f"{path}&start="):
        assert (await world.request("GET", wrong)).json == {"message": "Invalid start param"}
    for limit in ("0", "1001", "many", "-1"):
        assert (await world.request("GET", f"/v2/bot/followers/ids?limit={limit}")).status == 400
    await world.at("2026-01-16T09:00:00+07:00")
    assert (await world.request("GET", f"{path}&start={first['next']}")).status == 400


async def test_members_come_a_hundred_at_a_time(world: World) -> None:
    people = [world.platform.people.add_person(f"คนที่ {number}")["userId"] for number in range(150)]
    group = (await world.call("POST", "/_practice/groups", {"name": "ใหญ่", "members": people}))["groupId"]
    await world.call("PUT", "/_practice/rules", {"verified": True})
    path = f"/v2/bot/group/{group}/members/ids"
    first = await world.call("GET", path)
    rest = await world.call("GET", f"{path}?start={first['next']}")
    assert (len(first["memberIds"]), "next" in rest) == (100, False)
    assert [*first["memberIds"], *rest["memberIds"]] == people


class Watch:
    """Real time that a test sets."""

    def __init__(self) -> None:
        self.now = BANGKOK_MORNING.timestamp()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def timed() -> tuple[World, Watch]:
    """A world with LINE's rate limits in a time of its own."""
    watch = Watch()
    clock = Clock(watch)
    clock.set(BANGKOK_MORNING, running=False)
    return await World(Platform(seed=1, clock=clock, rules=Rules(rate_per_second=2000))).open(), watch


@pytest.mark.parametrize("endpoint", LOWER)
def test_every_lower_rate_is_of_an_endpoint_there_is(endpoint: str) -> None:
    world = World()
    method, path = endpoint.split()
    assert any(getattr(route, "path", "") == path and method in route.methods for route in flat(world.app.routes))


async def test_sixty_broadcasts_an_hour(timed: tuple[World, Watch]) -> None:
    world, watch = timed
    answers = [(await world.request("POST", "/v2/bot/message/broadcast", {})).status for _ in range(61)]
    assert answers == [400] * 60 + [429]
    assert (await world.request("POST", "/v2/bot/message/narrowcast", {})).status == 400
    watch.now += 3600
    assert (await world.request("POST", "/v2/bot/message/broadcast", {})).status == 400


async def test_two_hundred_multicasts_a_second(timed: tuple[World, Watch]) -> None:
    world, watch = timed
    answers = [(await world.request("POST", "/v2/bot/message/multicast", {})).status for _ in range(201)]
    assert answers == [400] * 200 + [429]
    watch.now += 1
    assert (await world.request("POST", "/v2/bot/message/multicast", {})).status == 400


async def test_a_thousand_looks_at_the_webhook_a_minute(timed: tuple[World, Watch]) -> None:
    world, watch = timed
    path = "/v2/bot/channel/webhook/endpoint"
    answers = {(await world.request("GET", path)).status for _ in range(1000)}
    assert answers == {200}
    assert (await world.request("GET", path)).json == {
        "message": "The API rate limit has been exceeded. Try again later."
    }
    assert (await world.request("PUT", path, {"endpoint": "https://bot.example/"})).status == 200
    watch.now += 60
    assert (await world.request("GET", path)).status == 200
