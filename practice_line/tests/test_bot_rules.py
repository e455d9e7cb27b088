"""Reply tokens, the quota, retry keys, the three meanings of 429, and who may ask what."""

import asyncio
from datetime import timedelta

import pytest
from practice_client import BANGKOK_MORNING, RETRY_KEY, World, text

INVALID_TOKEN = {"message": "Invalid reply token"}


def later(**time: int) -> str:
    return (BANGKOK_MORNING + timedelta(**time)).isoformat()


async def test_a_reply_is_free_and_lands_in_the_group(world: World) -> None:
    answer = await world.reply(await world.token(), text("หนึ่ง"), text("สอง"))
    assert answer.status == 200
    said = [line for line in await world.transcript() if line["from"] == "bot"]
    assert [line["id"] for line in said] == [sent["id"] for sent in answer.json["sentMessages"]]
    assert [(line["way"], line["cost"], line["text"]) for line in said] == [
        ("reply", 0, "หนึ่ง"),
        ("reply", 0, "สอง"),
    ]
    assert {line["callId"] for line in said} == {answer.headers["x-line-request-id"]}
    assert await world.used() == 0


async def test_a_reply_token_works_once(world: World) -> None:
    token = await world.token()
    assert (await world.reply(token)).status == 200
    again = await world.reply(token)
    assert (again.status, again.json) == (400, INVALID_TOKEN)


async def test_several_tokens_are_alive_at_once(world: World) -> None:
    tokens = []
    for seconds in (10, 20, 30, 40):
        await world.at(later(seconds=seconds))
        tokens.append(await world.token())
    assert [(await world.reply(token)).status for token in tokens] == [200] * 4


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (60, 200), (61, 400)])
async def test_a_reply_token_lives_a_minute(world: World, seconds: int, status: int) -> None:
    token = await world.token()
    await world.at(later(seconds=seconds))
    assert (await world.reply(token)).status == status


async def test_a_refused_message_does_not_use_up_the_token(world: World) -> None:
    token = await world.token()
    assert (await world.reply(token, text(""))).status == 400
    assert (await world.reply(token)).status == 200


async def test_the_token_dies_when_the_bot_has_left(world: World) -> None:
    token = await world.token()
    await world.call("POST", f"/v2/bot/group/{world.group}/leave")
    assert (await world.reply(token)).json == INVALID_TOKEN


async def test_a_reply_takes_no_retry_key(world: World) -> None:
    body = {"replyToken": await world.token(), "messages": [text()]}
    answer = await world.request("POST", "/v2/bot/message/reply", body, x_line_retry_key=RETRY_KEY)
    assert answer.status == 400
    assert (await world.reply(body["replyToken"])).status == 200


@pytest.mark.parametrize("messages", [1, 5])
async def test_a_push_to_a_group_costs_its_heads_however_many_messages(world: World, messages: int) -> None:
    assert (await world.push(*[text()] * messages)).status == 200
    assert await world.used() == 3
    assert sum(line["cost"] for line in await world.transcript()) == 3


async def test_a_push_to_a_person_costs_one(world: World) -> None:
    assert (await world.push(to=world.users[0])).status == 200
    [line] = await world.transcript()
    assert (line["groupId"], line["to"], line["cost"]) == (None, world.users[0], 1)
    assert await world.used() == 1


async def test_a_push_over_the_limit_sends_nothing(world: World) -> None:
    await world.call("PUT", "/_practice/quota", {"limit": 5})
    assert (await world.push()).status == 200
    refused = await world.push()
    assert (refused.status, refused.json) == (429, {"message": "You have reached your monthly limit."})
    assert len(await world.transcript()) == 1
    assert (await world.push(to=world.users[0])).status == 200
    assert await world.used() == 4


async def test_without_a_limit_pushes_are_counted_all_the_same(world: World) -> None:
    await world.call("PUT", "/_practice/quota", {"limit": None})
    assert await world.call("GET", "/v2/bot/message/quota") == {"type": "none"}
    for _ in range(101):
        assert (await world.push()).status == 200
    assert await world.used() == 303


@pytest.mark.parametrize(
    ("before", "after", "used"),
    [
        ("2026-01-31T23:59:59+09:00", "2026-02-01T00:00:00+09:00", 0),
        ("2026-01-31T21:59:59+07:00", "2026-01-31T22:00:00+07:00", 0),
        ("2026-01-31T22:00:00+07:00", "2026-02-01T00:00:00+07:00", 3),
        ("2026-12-31T12:00:00+09:00", "2027-12-31T12:00:00+09:00", 0),
    ],
)
async def test_a_month_of_the_quota_starts_at_midnight_in_japan(
    world: World, before: str, after: str, used: int
) -> None:
    await world.at(before)
    await world.push()
    await world.at(after)
    assert await world.used() == used


async def test_a_repeated_retry_key_answers_409_with_the_first_messages(world: World) -> None:
    first = await world.push(text("ครั้งเดียว"), key=RETRY_KEY)
    again = await world.push(text("ครั้งเดียว"), key=RETRY_KEY.upper())
    assert again.status == 409
    assert again.json == {"message": "The retry key is already accepted", **first.json}
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert again.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert len(await world.transcript()) == 1
    assert await world.used() == 3


@pytest.mark.parametrize(("hours", "status"), [(23, 409), (24, 200)])
async def test_a_retry_key_is_remembered_for_a_day(world: World, hours: int, status: int) -> None:
    await world.push(key=RETRY_KEY)
    await world.at(later(hours=hours))
    assert (await world.push(key=RETRY_KEY)).status == status


async def test_a_retry_key_of_a_refused_push_is_not_used_up(world: World) -> None:
    await world.call("PUT", "/_practice/quota", {"limit": 0})
    assert (await world.push(key=RETRY_KEY)).status == 429
    await world.call("PUT", "/_practice/quota", {"limit": 3})
    assert (await world.push(key=RETRY_KEY)).status == 200


async def test_409_outlives_the_group_and_the_quota(world: World) -> None:
    await world.call("PUT", "/_practice/quota", {"limit": 3})
    await world.push(key=RETRY_KEY)
    await world.call("POST", f"/v2/bot/group/{world.group}/leave")
    assert (await world.push(key=RETRY_KEY)).status == 409


async def test_a_retry_key_is_a_uuid(world: World) -> None:
    assert (await world.push(key="once")).status == 400


async def test_the_rate_of_an_endpoint_is_limited(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"ratePerSecond": 1})
    answers = [await world.request("GET", "/v2/bot/info") for _ in range(3)]
    # Two seconds of real time may begin within three calls, never three.
    limited = [answer for answer in answers if answer.status == 429]
    assert limited
    assert limited[0].json == {"message": "The API rate limit has been exceeded. Try again later."}
    assert (await world.request("GET", "/v2/bot/message/quota")).status == 200


async def test_one_person_is_not_flooded(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"pushesPerPersonPerMinute": 1})
    assert (await world.push(to=world.users[0])).status == 200
    refused = await world.push(to=world.users[0])
    assert refused.status == 429
    assert "same user" in refused.json["message"]
    assert (await world.push(to=world.users[1])).status == 200
    await world.at(later(seconds=60))
    assert (await world.push(to=world.users[0])).status == 200
    assert await world.used() == 3


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("kutemukan", "The property, 'to', in the request body is invalid (line: -, column: -)"),
        ("C" + "0" * 32, "Failed to send messages"),
        ("U" + "0" * 32, "Failed to send messages"),
    ],
)
async def test_a_push_to_nowhere(world: World, to: str, message: str) -> None:
    answer = await world.push(to=to)
    assert (answer.status, answer.json) == (400, {"message": message})


async def test_what_a_group_tells_the_bot(world: World) -> None:
    path = f"/v2/bot/group/{world.group}"
    assert await world.call("GET", f"{path}/summary") == {"groupId": world.group, "groupName": "กลุ่มสำนักงาน"}
    assert await world.call("GET", f"{path}/members/count") == {"count": 3}
    member = {"userId": world.users[1], "displayName": "ข"}
    assert await world.call("GET", f"{path}/member/{world.users[1]}") == member
    assert (await world.request("GET", f"{path}/member/U{'0' * 32}")).status == 404
    assert (await world.request("GET", f"{path}/members/ids")).status == 403


@pytest.mark.parametrize(("group", "status"), [("C" + "0" * 32, 404), ("group", 400), ("U" + "0" * 32, 400)])
@pytest.mark.parametrize("path", ["summary", "members/count", "members/ids", "member/U1"])
async def test_groups_the_bot_is_not_in(world: World, group: str, status: int, path: str) -> None:
    assert (await world.request("GET", f"/v2/bot/group/{group}/{path}")).status == status


async def test_a_group_that_was_left_is_not_found(world: World) -> None:
    await world.call("POST", f"/v2/bot/group/{world.group}/leave")
    assert (await world.request("GET", f"/v2/bot/group/{world.group}/summary")).status == 404
    assert (await world.request("POST", f"/v2/bot/group/{world.group}/leave")).status == 404
    assert (await world.push()).json == {"message": "Failed to send messages"}
    await asyncio.sleep(0)  # what a bot's own call causes goes out in the background
    assert world.events[-1]["type"] == "leave"


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "practice-token"])
async def test_a_wrong_token(world: World, authorization: str) -> None:
    answer = await world.request("GET", "/v2/bot/info", authorization=authorization)
    assert answer.status == 401
    assert answer.json["message"].startswith("Authentication failed due to the following reason: invalid token.")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/bot/nothing", 404),
        ("POST", "/v2/bot/coupon", 404),
        ("GET", "/v2/bot/info/", 404),
        ("GET", "/v2/bot/message/push", 405),
        ("GET", "/_practice/nothing", 404),
    ],
)
async def test_unknown_paths(world: World, method: str, path: str, status: int) -> None:
    answer = await world.request(method, path, {} if method == "POST" else None)
    assert answer.status == status
    assert set(answer.json) == {"message"}
    assert answer.headers["x-line-request-id"]


@pytest.mark.parametrize(
    ("body", "content_type", "status", "message"),
    [
        (b"{", "application/json", 400, "The request body could not be parsed as JSON (line: 1, column: 2)"),
        (b"\xff", "application/json", 400, "The request body could not be parsed as JSON (line: -, column: -)"),
        (b"[]", "application/json", 400, "The request body could not be parsed as JSON (line: 1, column: 1)"),
        (b"[" * 100_000, "application/json", 400, "The request body could not be parsed as JSON (line: -, column: -)"),
        (b"{}", "text/plain", 415, "The content type, text/plain, is not supported"),
        (b" " * (2 * 1024 * 1024 + 1), "application/json", 413, "Request entity too large"),
    ],
    ids=["cut off", "not UTF-8", "not an object", "too deep", "not JSON", "over 2 MB"],
)
async def test_bodies_that_are_no_requests(
    world: World, body: bytes, content_type: str, status: int, message: str
) -> None:
    answer = await world.request("POST", "/v2/bot/message/push", body, content_type=content_type)
    assert (answer.status, answer.json) == (status, {"message": message})


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        ({"notificationDisabled": "yes"}, "notificationDisabled"),
        ({"customAggregationUnits": ["a", "b"]}, "customAggregationUnits"),
        ({"customAggregationUnits": ["not allowed"]}, "customAggregationUnits"),
    ],
)
async def test_switches_of_a_push(world: World, extra: dict[str, object], named: str) -> None:
    body = {"to": world.group, "messages": [text()], **extra}
    answer = await world.request("POST", "/v2/bot/message/push", body)
    assert answer.status == 400
    assert named in answer.json["message"]


async def test_profiles(world: World) -> None:
    profile = await world.call("GET", f"/v2/bot/profile/{world.users[0]}")
    assert (profile["userId"], profile["displayName"]) == (world.users[0], "ก")
    assert (await world.request("GET", "/v2/bot/profile/Unknown")).status == 400
    assert (await world.request("GET", f"/v2/bot/profile/U{'0' * 32}")).status == 404


async def test_the_webhook_address_can_be_read_set_and_tried(world: World) -> None:
    path = "/v2/bot/channel/webhook"
    await world.call("PUT", f"{path}/endpoint", {"endpoint": "https://bot.example/callback"})
    assert await world.call("GET", f"{path}/endpoint") == {"endpoint": "https://bot.example/callback", "active": True}
    world.bot_answers = [200, 500, TimeoutError(), ConnectionRefusedError("nobody there")]
    tries = [await world.call("POST", f"{path}/test", {}) for _ in range(4)]
    assert [(t["success"], t["statusCode"], t["reason"]) for t in tries] == [
        (True, 200, "OK"),
        (False, 500, "ERROR_STATUS_CODE"),
        (False, 0, "REQUEST_TIMEOUT"),
        (False, 0, "COULD_NOT_CONNECT"),
    ]
    await world.call("PUT", "/_practice/bot", {"webhook": None})
    assert (await world.request("GET", f"{path}/endpoint")).status == 404
    for wrong in ("http://bot.example/callback", "bot", "https://bot.example/" + "a" * 500):
        assert (await world.request("PUT", f"{path}/endpoint", {"endpoint": wrong})).status == 400
