"""Counts by the day, unit names, and statistics that tell nothing about fewer than twenty people."""

from typing import Any

import pytest
from practice_client import World, action, buttons, text

DAY = "/v2/bot/message/delivery"
UNIT = "/v2/bot/insight/message/event/aggregation?customAggregationUnit=news&from=20260101&to=20260131"
LINK = "https://example.org/1"
CLIP = {
    "type": "video",
    "originalContentUrl": "https://example.org/1.mp4",
    "previewImageUrl": "https://example.org/1.jpg",
}
NOTHING = {
    "overview": dict.fromkeys(
        ("uniqueImpression", "uniqueClick", "uniqueMediaPlayed", "uniqueMediaPlayed100Percent"), None
    ),
    "messages": [],
    "clicks": [],
}


async def crowd(world: World, size: int) -> list[str]:
    """A new group of so many people, which becomes the world's."""
    people = [world.platform.people.add_person(f"คนที่ {number}")["userId"] for number in range(size)]
    world.group = (await world.call("POST", "/_practice/groups", {"name": "ใหญ่", "members": people}))["groupId"]
    return people


async def push(world: World, *messages: dict[str, Any], unit: str | None = "news") -> list[str]:
    body = {"to": world.group, "messages": list(messages), "customAggregationUnits": [unit] if unit else []}
    sent = await world.call("POST", "/v2/bot/message/push", body)
    return [message["id"] for message in sent["sentMessages"]]


async def see(world: World, people: list[str], message: str) -> None:
    for user in people:
        await world.call("POST", f"/_practice/chats/{world.group}/read", {"userId": user, "messageId": message})


async def tap(world: World, people: list[str], message: str, link: str = LINK) -> None:
    for user in people:
        body = {"userId": user, "messageId": message, "data": link}
        await world.call("POST", f"/_practice/groups/{world.group}/press", body)


async def test_counts_are_ready_the_next_day_in_japan(world: World) -> None:
    await world.reply(await world.token())
    await world.push()
    await world.push(to=world.users[0])
    await world.call("POST", "/v2/bot/message/multicast", {"to": world.users[:2], "messages": [text()] * 2})
    await world.call("POST", "/v2/bot/message/broadcast", {"messages": [text()]})
    ways = ("reply", "push", "multicast", "broadcast")
    for way in ways:
        assert await world.call("GET", f"{DAY}/{way}?date=20260115") == {"status": "unready"}
    await world.at("2026-01-15T21:59:59+07:00")
    assert await world.call("GET", f"{DAY}/reply?date=20260115") == {"status": "unready"}
    await world.at("2026-01-15T22:00:00+07:00")
    counts = [await world.call("GET", f"{DAY}/{way}?date=20260115") for way in ways]
    assert counts == [{"status": "ready", "success": heads} for heads in (3, 4, 2, 3)]
    told = await world.call("GET", "/v2/bot/insight/message/delivery?date=20260115")
    assert {name: told[name] for name in ("apiReply", "apiPush", "apiMulticast", "apiBroadcast", "apiNarrowcast")} == {
        "apiReply": 3, "apiPush": 4, "apiMulticast": 2, "apiBroadcast": 3, "apiNarrowcast": 0,
    }  # fmt: skip
    assert (told["status"], told["chat"]) == ("ready", 0)


async def test_a_message_of_the_night_counts_for_the_next_day_in_japan(world: World) -> None:
    await world.at("2026-01-15T22:30:00+07:00")
    await world.push()
    await world.at("2026-01-18T09:00:00+07:00")
    counts = [(await world.call("GET", f"{DAY}/push?date=202601{day}"))["success"] for day in (15, 16)]
    assert counts == [0, 3]


@pytest.mark.parametrize("date", ["", "?date=2026-01-15", "?date=20260230", "?date=260115", "?date=now"])
async def test_no_day_at_all(world: World, date: str) -> None:
    told = {"message": "The value for the 'date' parameter is invalid"}
    assert (await world.request("GET", f"{DAY}/push{date}")).json == told
    refused = await world.request("GET", f"/v2/bot/insight/message/delivery{date}")
    assert (refused.status, refused.json) == (400, {"message": "Bad Request"})


async def test_days_before_line_counted(world: World) -> None:
    assert await world.call("GET", f"{DAY}/push?date=20180330") == {"status": "out_of_service"}
    assert (await world.call("GET", f"{DAY}/push?date=20180331"))["status"] == "ready"
    path = "/v2/bot/insight/message/delivery"
    assert await world.call("GET", f"{path}?date=20170228") == {"status": "out_of_service"}
    assert (await world.call("GET", f"{path}?date=20270301"))["status"] == "unready"


async def test_unit_names_of_the_month(world: World) -> None:
    for unit in ("b", "a", "b"):
        await push(world, text(), unit=unit)
    await push(world, text(), unit=None)
    path = "/v2/bot/message/aggregation"
    assert await world.call("GET", f"{path}/info") == {"numOfCustomAggregationUnits": 2}
    first = await world.call("GET", f"{path}/list?limit=1")
    rest = await world.call("GET", f"{path}/list?limit=1&start={first['next']}")
    assert (first["customAggregationUnits"], rest) == (["b"], {"customAggregationUnits": ["a"]})
    assert (await world.request("GET", f"{path}/list?limit=101")).status == 400
    await world.at("2026-02-01T09:00:00+07:00")
    assert await world.call("GET", f"{path}/list") == {"customAggregationUnits": []}


async def test_the_thousand_and_first_name_is_not_assigned_but_the_message_is_sent(world: World) -> None:
    await world.call("PUT", "/_practice/quota", {"limit": None})
    for number in range(1001):
        await push(world, text(), unit=f"n{number}")
    assert await world.call("GET", "/v2/bot/message/aggregation/info") == {"numOfCustomAggregationUnits": 1000}
    assert len(await world.transcript()) == 1001
    assert [message.unit for message in world.platform.state.messages][-2:] == ["n999", None]


@pytest.mark.parametrize("people", [19, 20])
async def test_fewer_than_twenty_people_are_null(world: World, people: int) -> None:
    crew = await crowd(world, 30)
    poster, clip = await push(world, buttons(action("uri", uri=LINK)), CLIP)
    await tap(world, crew[:people], poster)
    await tap(world, crew[:1], poster)
    for user in crew[:people]:
        await world.call("POST", f"/_practice/messages/{clip}/play", {"userId": user, "percent": 60})
    told = await world.call("GET", UNIT)
    if people < 20:
        assert told == NOTHING
        return
    assert told["overview"] == {
        "uniqueImpression": 20, "uniqueClick": 20, "uniqueMediaPlayed": 20, "uniqueMediaPlayed100Percent": None,
    }  # fmt: skip
    assert told["clicks"] == [{"seq": 1, "url": LINK, "click": 21, "uniqueClick": 20, "uniqueClickOfRequest": 20}]
    played = told["messages"][1]
    assert [played[f"mediaPlayed{percent}"] for percent in ("", "25Percent", "50Percent", "75Percent")] == [
        20, 20, 20, None,
    ]  # fmt: skip
    assert (played["seq"], played["uniqueMediaPlayed50Percent"], played["uniqueMediaPlayed100Percent"]) == (2, 20, None)


async def test_whoever_has_come_to_a_message_has_seen_it(world: World) -> None:
    crew = await crowd(world, 40)
    first, second = await push(world, text("หนึ่ง"), text("สอง"))
    await see(world, crew[:25], first)
    await see(world, crew[:20], second)
    told = await world.call("GET", UNIT)
    assert [row["uniqueImpression"] for row in told["messages"]] == [25, 20]
    assert told["overview"]["uniqueImpression"] == 25


async def test_replies_and_unnamed_pushes_are_never_counted(world: World) -> None:
    crew = await crowd(world, 20)
    await world.call("POST", f"/_practice/groups/{world.group}/say", {"userId": crew[0], "text": "สวัสดี"})
    body = {"replyToken": world.events[-1]["replyToken"], "messages": [buttons(action("uri", uri=LINK))]}
    reply = (await world.call("POST", "/v2/bot/message/reply", body))["sentMessages"][0]["id"]
    unnamed = (await push(world, buttons(action("uri", uri=LINK)), unit=None))[0]
    for message in (reply, unnamed):
        await tap(world, crew, message)
    assert await world.call("GET", UNIT) == NOTHING
    assert len(world.platform.state.engagement) == 0


async def test_after_fourteen_days_nothing_is_added(world: World) -> None:
    crew = await crowd(world, 20)
    poster = (await push(world, buttons(action("uri", uri=LINK))))[0]
    await world.at("2026-01-29T09:00:01+07:00")
    await tap(world, crew, poster)
    assert await world.call("GET", UNIT) == NOTHING


async def test_only_the_days_asked_for_count(world: World) -> None:
    crew = await crowd(world, 20)
    poster = (await push(world, buttons(action("uri", uri=LINK))))[0]
    await tap(world, crew, poster)
    for first, last, clicks in (("20260115", "20260115", 20), ("20260116", "20260131", None)):
        told = await world.call("GET", UNIT.replace("20260101", first).replace("20260131", last))
        assert told["overview"]["uniqueClick"] == clicks


@pytest.mark.parametrize(
    "wrong",
    [
        UNIT.replace("news", "not%20a%20name"),
        UNIT.replace("customAggregationUnit=news&", ""),
        UNIT.replace("&to=20260131", ""),
        UNIT.replace("20260131", "20260201"),
        UNIT.replace("20260131", "20251231"),
    ],
    ids=range(5),
)
async def test_wrong_questions(world: World, wrong: str) -> None:
    answer = await world.request("GET", wrong)
    assert (answer.status, answer.json) == (400, {"message": "Bad Request"})


async def test_what_people_did_with_a_broadcast(world: World) -> None:
    crew = await crowd(world, 20)
    sent = await world.request("POST", "/v2/bot/message/broadcast", {"messages": [buttons(action("uri", uri=LINK))]})
    request_id = sent.headers["x-line-request-id"]
    messages = {line["to"]: line["id"] for line in await world.transcript() if line["way"] == "broadcast"}
    for user in crew:
        await world.call("POST", f"/_practice/people/{user}/press", {"messageId": messages[user], "data": LINK})
    told = await world.call("GET", f"/v2/bot/insight/message/event?requestId={request_id}")
    assert told["overview"] == {
        "requestId": request_id, "timestamp": 1768442400, "delivered": 23, "uniqueImpression": 20, "uniqueClick": 20,
        "uniqueMediaPlayed": None, "uniqueMediaPlayed100Percent": None,
    }  # fmt: skip
    assert told["clicks"] == [{"seq": 1, "url": LINK, "click": 20, "uniqueClick": 20, "uniqueClickOfRequest": 20}]
    assert "uniqueImpression" not in told["messages"][0]
    assert (await world.request("GET", "/v2/bot/insight/message/event?requestId=unknown")).status == 404
