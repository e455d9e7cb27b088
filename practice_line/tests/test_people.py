"""What people do, what the group then shows, and what the bot hears of it."""

import base64
from typing import Any

import pytest
from practice_client import World, action, box, bubble, button, buttons, text


async def poster(world: World, message: dict[str, Any] | None = None) -> str:
    answer = await world.push(message or buttons(action(data="seen:1"), action("uri", uri="https://example.org/1")))
    return answer.json["sentMessages"][0]["id"]


async def test_saying_something(world: World) -> None:
    message_id = await world.say("อรุณสวัสดิ์")
    event = world.events[-1]
    assert (event["type"], event["mode"], event["deliveryContext"]) == ("message", "active", {"isRedelivery": False})
    assert event["source"] == {"type": "group", "groupId": world.group, "userId": world.users[0]}
    message = event["message"]
    assert (message["id"], message["type"], message["text"]) == (message_id, "text", "อรุณสวัสดิ์")
    assert message["quoteToken"]
    assert message["markAsReadToken"]
    [line] = await world.transcript()
    assert line == {
        "id": message_id,
        "groupId": world.group,
        "at": "2026-01-15T02:00:00.000+00:00",
        "from": world.users[0],
        "way": "member",
        "cost": 0,
        "type": "text",
        "text": "อรุณสวัสดิ์",
        "raw": {"type": "text", "text": "อรุณสวัสดิ์"},
    }


async def test_answering_by_quoting(world: World) -> None:
    quoted = await poster(world)
    await world.say("เห็นด้วย", quotedMessageId=quoted)
    assert world.events[-1]["message"]["quotedMessageId"] == quoted
    assert (await world.transcript())[-1]["raw"]["quotedMessageId"] == quoted
    other = (await world.call("POST", "/_practice/groups", {"name": "อื่น", "members": world.users}))["groupId"]
    body = {"userId": world.users[0], "text": "ข้ามกลุ่ม", "quotedMessageId": quoted}
    assert (await world.request("POST", f"/_practice/groups/{other}/say", body)).status == 400


async def test_a_member_s_quote_token_serves_the_bot(world: World) -> None:
    await world.say()
    token = world.events[-1]["message"]["quoteToken"]
    assert (await world.push({**text(), "quoteToken": token})).status == 200


async def test_stickers_and_pictures(world: World) -> None:
    path = f"/_practice/groups/{world.group}"
    await world.call("POST", f"{path}/sticker", {"userId": world.users[0], "packageId": "446", "stickerId": "1988"})
    sticker = world.events[-1]["message"]
    assert (sticker["packageId"], sticker["stickerId"], sticker["stickerResourceType"]) == ("446", "1988", "STATIC")
    data = base64.b64encode(b"picture").decode()
    sent = await world.call(
        "POST", f"{path}/image", {"userId": world.users[0], "data": data, "contentType": "image/png"}
    )
    content = f"/v2/bot/message/{sent['messageId']}/content"
    for address in (content, f"{content}/preview"):
        answer = await world.request("GET", address)
        assert (answer.content, answer.headers["content-type"]) == (b"picture", "image/png")
    await world.call("POST", f"/_practice/messages/{sent['messageId']}/unsend")
    assert (await world.request("GET", content)).json == {"message": "The content is gone"}
    assert sent["messageId"] not in world.platform.state.media


async def test_pressing_a_button_answers_the_bot(world: World) -> None:
    answer = await world.press(await poster(world), "seen:1")
    assert answer.json == {"action": "postback"}
    event = world.events[-1]
    assert (event["type"], event["postback"]) == ("postback", {"data": "seen:1"})
    assert event["source"]["userId"] == world.users[0]
    assert (await world.reply(event["replyToken"])).status == 200


async def test_postbacks_may_hide_the_person(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"postbackUserIds": False})
    await world.press(await poster(world), "seen:1")
    assert world.events[-1]["source"] == {"type": "group", "groupId": world.group}


async def test_opening_a_link_tells_the_bot_nothing(world: World) -> None:
    message, heard = await poster(world), len(world.events)
    answer = await world.press(message, "https://example.org/1")
    assert answer.json == {"action": "uri", "opened": "https://example.org/1"}
    assert len(world.events) == heard


@pytest.mark.parametrize(
    ("made", "pressed", "expected", "heard"),
    [
        (action("message", text="ขอดูอีก"), "ขอดูอีก", {"action": "message"}, ["message"]),
        (action("clipboard", clipboardText="157"), "157", {"action": "clipboard", "copied": "157"}, []),
        (action(data="a", displayText="รับทราบแล้ว"), "a", {"action": "postback"}, ["postback"]),
        (action(data="a", text="รับทราบแล้ว"), "a", {"action": "postback"}, ["message", "postback"]),
        (action("datetimepicker", data="when", mode="date"), "when", {"action": "datetimepicker"}, ["postback"]),
    ],
)
async def test_every_kind_of_button(
    world: World, made: dict[str, Any], pressed: str, expected: dict[str, str], heard: list[str]
) -> None:
    message, before = await poster(world, buttons(made)), len(world.events)
    answer = await world.press(message, pressed, params={"date": "2026-02-01"})
    spoken = answer.json.pop("messageId", None)
    assert answer.json == expected
    assert [event["type"] for event in world.events[before:]] == heard
    said = made.get("displayText") or made.get("text")
    if said:
        last = (await world.transcript())[-1]
        assert (last["id"], last["text"], last["from"]) == (spoken, said, world.users[0])
    if made["type"] == "datetimepicker":
        assert world.events[-1]["postback"] == {"data": "when", "params": {"date": "2026-02-01"}}


@pytest.mark.parametrize(
    "message",
    [
        bubble(footer=box(box(button(type="postback", data="deep"), layout="horizontal"))),
        bubble(body=box(action={"type": "postback", "data": "deep"})),
        {"type": "flex", "altText": "a", "contents": {"type": "carousel", "contents": [
            bubble()["contents"], bubble(action={"type": "postback", "data": "deep"})["contents"]]}},
        {"type": "template", "altText": "a", "template": {"type": "carousel", "columns": [
            {"text": "a", "actions": [action(data="deep")]}]}},
        buttons(action(data="a"), defaultAction={"type": "postback", "data": "deep"}),
        {**text(), "quickReply": {"items": [{"type": "action", "action": action(data="deep")}]}},
    ],
    ids=["nested boxes", "whole box", "second bubble", "column", "default action", "quick reply"],
)  # fmt: skip
async def test_buttons_are_found_wherever_they_are(world: World, message: dict[str, Any]) -> None:
    assert (await world.press(await poster(world, message), "deep")).json == {"action": "postback"}


async def test_quick_replies_vanish_with_the_next_message(world: World) -> None:
    message = await poster(world, {**text(), "quickReply": {"items": [{"type": "action", "action": action(data="q")}]}})
    await world.say()
    assert (await world.press(message, "q")).status == 400


async def test_presses_that_cannot_be(world: World) -> None:
    message, own = await poster(world), await world.say("seen:1")
    stranger = (await world.call("POST", "/_practice/people", {"name": "ผู้อื่น"}))["userId"]
    other = (await world.call("POST", "/_practice/groups", {"name": "อื่น", "members": [stranger]}))["groupId"]
    before = len(world.events)
    assert (await world.press(message, "seen:2")).status == 400
    assert (await world.press(own, "seen:1")).status == 400
    assert (await world.press("560000000000009999", "seen:1")).status == 404
    press = {"userId": stranger, "messageId": message, "data": "seen:1"}
    assert (await world.request("POST", f"/_practice/groups/{world.group}/press", press)).status == 400
    assert (await world.request("POST", f"/_practice/groups/{other}/press", press)).status == 400
    assert len(world.events) == before


async def test_unsending_removes_the_words_and_tells_the_bot(world: World) -> None:
    message = await world.say("พิมพ์ผิด")
    await world.call("POST", f"/_practice/messages/{message}/unsend")
    event = world.events[-1]
    assert (event["type"], event["unsend"]) == ("unsend", {"messageId": message})
    assert "replyToken" not in event
    [line] = await world.transcript()
    assert (line["unsent"], line["raw"], "text" in line) == (True, {"type": "text"}, False)
    assert (await world.request("POST", f"/_practice/messages/{message}/unsend")).status == 409
    assert (await world.request("POST", f"/_practice/messages/{await poster(world)}/unsend")).status == 400
    body = {"userId": world.users[0], "text": "อะไรนะ", "quotedMessageId": message}
    assert (await world.request("POST", f"/_practice/groups/{world.group}/say", body)).status == 400


async def test_editing_keeps_the_id_and_renews_the_quote_token(world: World) -> None:
    message = await world.say("พรุงนี้")
    first = world.events[-1]
    await world.call("POST", f"/_practice/messages/{message}/edit", {"text": "พรุ่งนี้"})
    event = world.events[-1]
    assert (event["type"], event["message"]["id"], event["message"]["text"]) == ("messageEdited", message, "พรุ่งนี้")
    assert event["message"]["quoteToken"] != first["message"]["quoteToken"]
    assert "markAsReadToken" not in event["message"]
    assert (await world.reply(event["replyToken"])).status == 200
    assert (await world.transcript())[0]["text"] == "พรุ่งนี้"


async def test_coming_and_going(world: World) -> None:
    path = f"/_practice/groups/{world.group}/members"
    newcomer = (await world.call("POST", "/_practice/people", {"name": "ง"}))["userId"]
    group = await world.call("POST", path, {"userId": newcomer})
    assert [member["name"] for member in group["members"]] == ["ก", "ข", "ค", "ง"]
    joined = world.events[-1]
    assert joined["joined"] == {"members": [{"type": "user", "userId": newcomer}]}
    assert (await world.reply(joined["replyToken"])).status == 200
    assert (await world.request("POST", path, {"userId": newcomer})).status == 409
    await world.push()
    assert await world.used() == 4
    await world.call("DELETE", f"{path}/{newcomer}")
    left = world.events[-1]
    assert left["left"] == {"members": [{"type": "user", "userId": newcomer}]}
    assert "replyToken" not in left
    assert (await world.request("DELETE", f"{path}/{newcomer}")).status == 400
    assert (await world.request("GET", f"/v2/bot/group/{world.group}/member/{newcomer}")).status == 404


async def test_the_bot_comes_and_goes(world: World) -> None:
    path = f"/_practice/groups/{world.group}"
    assert (await world.request("POST", f"{path}/invite-bot")).status == 409
    assert (await world.call("POST", f"{path}/remove-bot"))["botIn"] is False
    assert (world.events[-1]["type"], "replyToken" in world.events[-1]) == ("leave", False)
    heard = len(world.events)
    await world.say("ไม่มีบอตแล้ว")
    assert len(world.events) == heard
    assert (await world.request("POST", f"{path}/remove-bot")).status == 409
    assert (await world.call("POST", f"{path}/invite-bot"))["botIn"] is True
    assert world.events[-1]["type"] == "join"
    assert (await world.reply(world.events[-1]["replyToken"])).status == 200


async def test_one_account_a_group(world: World) -> None:
    body = {"name": "กลุ่มที่มีบัญชีอื่น", "members": world.users, "otherAccount": True}
    group = (await world.call("POST", "/_practice/groups", body))["groupId"]
    assert (await world.request("POST", f"/_practice/groups/{group}/invite-bot")).status == 409
    assert (await world.push(to=group)).json == {"message": "Failed to send messages"}


async def test_a_group_has_at_most_500_people(world: World) -> None:
    people = [world.platform.people.add_person(f"คนที่ {number}")["userId"] for number in range(501)]
    body = {"name": "ใหญ่", "members": people}
    assert (await world.request("POST", "/_practice/groups", body)).status == 400
    group = (await world.call("POST", "/_practice/groups", {**body, "members": people[:500]}))["groupId"]
    assert (await world.request("POST", f"/_practice/groups/{group}/members", {"userId": people[500]})).status == 409


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people", {}, 400),
        ("people", {"name": ""}, 400),
        ("people", {"name": 5}, 400),
        ("groups", {"name": "ก", "members": ["U1"]}, 404),
        ("groups", {"name": "ก", "members": "U1"}, 400),
        ("groups/Cnone/say", {"userId": "U1", "text": "ก"}, 404),
        ("messages/1/unsend", {}, 404),
        ("people", b"{", 400),
        ("people", b"[]", 400),
        ("people", b"[" * 100_000, 400),
        ("people", b" " * (2 * 1024 * 1024 + 1), 413),
    ],
)
async def test_wrong_control_calls_are_refused_in_words(world: World, path: str, body: Any, status: int) -> None:
    answer = await world.request("POST", f"/_practice/{path}", body)
    assert answer.status == status
    assert len(answer.json["message"]) > 10


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("clock", {"now": "2026-01-15T09:00:00"}),
        ("clock", {"now": "tomorrow"}),
        ("clock", {"now": "2026-01-15T09:00:00+07:00", "running": "yes"}),
        ("quota", {"limit": -1}),
        ("quota", {"limit": True}),
        ("bot", {"webhook": "http://example.org/callback"}),
        ("rules", {"replyTokenSeconds": 0}),
        ("rules", {"redelivery": 1}),
        ("rules", {"ratePerSecond": "many"}),
        ("rules", {"unknown": True}),
    ],
)
async def test_wrong_switches_are_refused(world: World, path: str, body: Any) -> None:
    before = await world.call("GET", f"/_practice/{path}")
    assert (await world.request("PUT", f"/_practice/{path}", body)).status == 400
    assert await world.call("GET", f"/_practice/{path}") == before


async def test_the_transcript_of_one_group(world: World) -> None:
    await world.say()
    other = (await world.call("POST", "/_practice/groups", {"name": "อื่น", "members": world.users}))["groupId"]
    await world.push(to=other)
    await world.push(to=world.users[0])
    lines = (await world.call("GET", f"/_practice/transcript?groupId={world.group}"))["messages"]
    assert [line["groupId"] for line in lines] == [world.group]
    assert [line["groupId"] for line in await world.transcript()] == [world.group, other, None]
    assert (await world.request("GET", "/_practice/transcript?groupId=Cnone")).status == 404


async def test_the_transcript_since_a_message(world: World) -> None:
    ids = [await world.say(word) for word in ("หนึ่ง", "สอง", "สาม")]
    for seen, message_id in enumerate(ids, 1):
        lines = (await world.call("GET", f"/_practice/transcript?after={message_id}"))["messages"]
        assert [line["id"] for line in lines] == ids[seen:]
    await world.call("POST", f"/_practice/messages/{ids[0]}/unsend")
    lines = (await world.call("GET", f"/_practice/transcript?groupId={world.group}&after={ids[0]}"))["messages"]
    assert [line["id"] for line in lines] == ids[1:]
    assert (await world.request("GET", "/_practice/transcript?after=1")).status == 404


async def test_a_seed_repeats_itself() -> None:
    async def play() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        world = await World().open()
        await world.reply(await world.token())
        await world.push()
        return world.events, await world.transcript()

    assert await play() == await play()
