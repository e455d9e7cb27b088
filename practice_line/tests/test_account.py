"""Around the account: friends and blockers, who is named, what people send, rich menus on the phone, group chats."""

import asyncio
from typing import Any

import pytest
from line_tour import MENU
from practice_client import World, action, buttons, text
from practice_line.account_openapi import CALLS
from practice_line.control_openapi import DOCUMENT
from test_control_openapi import check, schema_of
from test_sdk_node import png
from test_tokens import public_jwk

CLIP = {
    "type": "video",
    "originalContentUrl": "https://example.org/1.mp4",
    "previewImageUrl": "https://example.org/1.jpg",
}


async def menu(world: World, **changes: Any) -> str:
    """A rich menu with its picture."""
    made = await world.call("POST", "/v2/bot/richmenu", {**MENU, **changes})
    path = f"/v2/bot/richmenu/{made['richMenuId']}/content"
    assert (await world.request("POST", path, png(800, 300), content_type="image/png")).status == 200
    menu_id: str = made["richMenuId"]
    return menu_id


async def test_every_call_and_answer_fits_the_document(world: World) -> None:
    clip = (await world.push(CLIP)).json["sentMessages"][0]["id"]
    await world.call("POST", f"/v2/bot/user/all/richmenu/{await menu(world)}")
    file = {"type": "file", "data": "aGk=", "fileName": "แผน.pdf", "contentType": "application/pdf"}
    place = {"latitude": 13.7, "longitude": 100.5, "title": "ที่ว่าการ"}
    bodies: dict[str, Any] = {
        "groups/media": {"userId": world.users[0], **file},
        "people/media": file,
        "groups/location": {"userId": world.users[0], **place},
        "people/location": place,
        "messages/play": {"userId": world.users[0], "percent": 50},
        "people/rich-menu": {"area": 0},
        "channels/assertion-keys": {"publicKey": public_jwk()},
    }
    for method, path, _, body_schema, answer_schema in CALLS:
        parts = path.split("/")
        body = bodies.get(f"{parts[2]}/{parts[-1]}") if body_schema else None
        if body_schema:
            check(body, schema_of(DOCUMENT["paths"][path][method]["requestBody"]))
        address = path.format(groupId=world.group, userId=world.users[0], messageId=clip, channelId="2000000000")
        answer = await world.request(method.upper(), address, body)
        assert answer.status == 200, (method, path, answer)
        check(answer.json, answer_schema)


async def test_adding_and_blocking_the_account(world: World) -> None:
    person = f"/_practice/people/{world.users[0]}"
    assert (await world.request("POST", f"{person}/follow")).status == 409
    await world.call("POST", f"{person}/unfollow")
    assert (world.events[-1]["type"], "replyToken" in world.events[-1]) == ("unfollow", False)
    assert (await world.request("POST", f"{person}/unfollow")).status == 409
    assert (await world.request("POST", f"{person}/say", {"text": "ก"})).status == 409
    assert (await world.request("GET", f"/v2/bot/profile/{world.users[0]}")).status == 404
    await world.call("POST", f"{person}/follow")
    assert world.events[-1]["follow"] == {"isUnblocked": True}
    assert (await world.reply(world.events[-1]["replyToken"])).status == 200


async def test_a_push_to_a_blocker_is_200_and_nothing_else(world: World) -> None:
    await world.call("POST", f"/_practice/people/{world.users[0]}/unfollow")
    answer = await world.push(to=world.users[0])
    assert (answer.status, len(answer.json["sentMessages"])) == (200, 1)
    [line] = await world.transcript()
    assert (line["received"], line["cost"]) == (False, 0)
    assert await world.used() == 0


async def test_a_stranger_can_be_answered_for_seven_days(world: World) -> None:
    stranger = (await world.call("POST", "/_practice/people", {"name": "ง", "friend": False}))["userId"]
    assert (await world.request("GET", f"/v2/bot/profile/{stranger}")).status == 404
    await world.push(to=stranger)
    assert (await world.transcript())[-1]["received"] is False
    await world.call("POST", f"/_practice/people/{stranger}/say", {"text": "สวัสดี"})
    assert (await world.call("GET", f"/v2/bot/profile/{stranger}"))["displayName"] == "ง"
    await world.push(to=stranger)
    assert "received" not in (await world.transcript())[-1]
    await world.at("2026-01-22T09:00:01+07:00")
    await world.push(to=stranger)
    assert (await world.transcript())[-1]["received"] is False
    assert await world.used() == 1


async def test_whoever_has_not_consented_is_named_nowhere(world: World) -> None:
    hidden = (await world.call("POST", "/_practice/people", {"name": "ง", "consented": False}))["userId"]
    path = f"/_practice/groups/{world.group}"
    await world.call("POST", f"{path}/members", {"userId": hidden})
    assert world.events[-1]["joined"] == {"members": [{"type": "user"}]}
    await world.call("POST", f"{path}/say", {"userId": hidden, "text": "สวัสดี"})
    assert world.events[-1]["source"] == {"type": "group", "groupId": world.group}
    assert (await world.request("GET", f"/v2/bot/group/{world.group}/member/{hidden}")).status == 404
    assert await world.call("GET", f"/v2/bot/group/{world.group}/members/count") == {"count": 4}
    await world.call("PUT", "/_practice/rules", {"verified": True})
    ids = await world.call("GET", f"/v2/bot/group/{world.group}/members/ids")
    assert ids == {"memberIds": world.users}


@pytest.mark.parametrize("named", [True, False])
async def test_unsend_and_edit_may_hide_the_person(world: World, named: bool) -> None:
    await world.call("PUT", "/_practice/rules", {"editUserIds": named})
    message = await world.say()
    await world.call("POST", f"/_practice/messages/{message}/edit", {"text": "แก้"})
    await world.call("POST", f"/_practice/messages/{message}/unsend")
    assert [("userId" in event["source"]) for event in world.events[-3:]] == [True, named, named]


async def test_the_account_may_be_kept_out_of_groups(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"groupChats": False})
    assert world.events[-1]["type"] == "leave"
    assert (await world.request("POST", f"/_practice/groups/{world.group}/invite-bot")).status == 409
    await world.call("POST", "/_practice/groups", {"name": "ใหม่", "members": world.users})
    groups = (await world.call("GET", "/_practice/groups"))["groups"]
    assert [group["botIn"] for group in groups] == [False, False]
    assert (await world.push()).json == {"message": "Failed to send messages"}
    await world.call("PUT", "/_practice/rules", {"groupChats": True})
    await world.call("POST", f"/_practice/groups/{world.group}/invite-bot")
    assert world.events[-1]["type"] == "join"


async def test_a_video_is_prepared_for_a_while(world: World) -> None:
    await world.call("PUT", "/_practice/rules", {"mediaSeconds": 30})
    body = {"userId": world.users[0], "type": "video", "data": "aGk=", "duration": 5000}
    sent = await world.call("POST", f"/_practice/groups/{world.group}/media", body)
    assert world.events[-1]["message"]["duration"] == 5000
    content = f"/v2/bot/message/{sent['messageId']}/content"
    assert (await world.request("GET", content)).status == 202
    assert await world.call("GET", f"{content}/transcoding") == {"status": "processing"}
    await world.at("2026-01-15T09:00:30+07:00")
    assert (await world.request("GET", content)).content == b"hi"
    assert await world.call("GET", f"{content}/transcoding") == {"status": "succeeded"}


async def test_what_has_no_content_preview_or_transcoding(world: World) -> None:
    path = f"/_practice/groups/{world.group}"
    file = {"userId": world.users[0], "type": "file", "data": "aGk=", "fileName": "ก.pdf"}
    sent = (await world.call("POST", f"{path}/media", file))["messageId"]
    picture = (await world.call("POST", f"{path}/image", {"userId": world.users[0]}))["messageId"]
    message = "/v2/bot/message"
    wrong = {"message": "The content can not be previewed"}
    assert (await world.request("GET", f"{message}/{sent}/content/preview")).json == wrong
    told = {"message": "Transcoding status doesn't support this type of content"}
    assert (await world.request("GET", f"{message}/{picture}/content/transcoding")).json == told
    for nothing in (await world.say(), "1"):
        assert (await world.request("GET", f"{message}/{nothing}/content")).json == {"message": "not found"}
    assert (await world.request("POST", f"{path}/media", {**file, "fileName": None})).status == 400
    assert (await world.request("POST", f"{path}/media", {**file, "type": "poster"})).status == 400
    assert (await world.request("POST", f"{path}/location", {**file, "latitude": 91, "longitude": 0})).status == 400


async def test_a_video_seen_whole_tells_the_bot_in_a_1_to_1_chat_only(world: World) -> None:
    user = world.users[0]
    assert (await world.push({**CLIP, "trackingId": "clip-1"})).status == 400
    clip = (await world.push({**CLIP, "trackingId": "clip-1"}, to=user)).json["sentMessages"][0]["id"]
    heard = len(world.events)
    await world.call("POST", f"/_practice/messages/{clip}/play", {"userId": user, "percent": 75})
    assert len(world.events) == heard
    await world.call("POST", f"/_practice/messages/{clip}/play", {"userId": user})
    assert world.events[-1]["videoPlayComplete"] == {"trackingId": "clip-1"}
    in_group = (await world.push(CLIP)).json["sentMessages"][0]["id"]
    await world.call("POST", f"/_practice/messages/{in_group}/play", {"userId": user})
    assert len(world.events) == heard + 1
    poster = (await world.push(buttons(action(data="a")))).json["sentMessages"][0]["id"]
    for wrong, body in ((poster, {"userId": user}), (clip, {"userId": user, "percent": 101})):
        assert (await world.request("POST", f"/_practice/messages/{wrong}/play", body)).status == 400


async def test_the_menu_on_the_phone(world: World) -> None:
    one, other = (f"/_practice/people/{user}/rich-menu" for user in world.users[:2])
    assert await world.call("GET", one) == {"richMenu": None}
    everybody, own = await menu(world), await menu(world, name="เมนูของฉัน")
    await world.call("POST", f"/v2/bot/user/all/richmenu/{everybody}")
    await world.call("POST", f"/v2/bot/user/{world.users[0]}/richmenu/{own}")
    assert (await world.call("GET", one))["richMenu"]["richMenuId"] == own
    assert (await world.call("GET", other))["richMenu"]["richMenuId"] == everybody
    assert (await world.request("GET", f"/_practice/rich-menus/{own}/image")).content == png(800, 300)
    await world.call("POST", one, {"area": 0})
    event = world.events[-1]
    assert (event["postback"], event["source"]) == ({"data": "m"}, {"type": "user", "userId": world.users[0]})
    assert (await world.request("POST", one, {"area": 1})).status == 400
    await world.call("DELETE", f"/v2/bot/richmenu/{own}")
    assert (await world.call("GET", one))["richMenu"]["richMenuId"] == everybody
    await world.call("POST", f"/_practice/people/{world.users[0]}/unfollow")
    assert await world.call("GET", one) == {"richMenu": None}
    assert (await world.request("GET", f"/_practice/rich-menus/{own}/image")).status == 404


async def test_marking_as_read(world: World) -> None:
    news: list[tuple[str, dict[str, Any]]] = []
    world.platform.listeners.append(lambda kind, data: news.append((kind, data)))
    first = await world.say()
    old = world.events[-1]["message"]["markAsReadToken"]
    second = await world.say()
    token = world.events[-1]["message"]["markAsReadToken"]
    for given in (token, old):
        assert await world.call("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": given}) == {}
    read = [data for kind, data in news if kind == "read"]
    assert read == [{"chatId": world.group, "reader": "bot", "upto": second}]
    assert first < second
    for wrong in ("unknown", None):
        refused = await world.request("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": wrong})
        assert refused.json["message"].startswith("Invalid markAsReadToken.")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"loadingSeconds": 3}, ["Must be between 5 and 60", "must be a multiple of five"]),
        ({"loadingSeconds": 12}, ["must be a multiple of five"]),
        ({"loadingSeconds": "5"}, ["Invalid value"]),
        (
            {"chatId": "C" + "0" * 32},
            ["Only user id is acceptable, please confirm if there are any group/room ids or illegal ids."],
        ),
    ],
)
async def test_wrong_loading_animations(world: World, body: dict[str, Any], told: list[str]) -> None:
    answer = await world.request("POST", "/v2/bot/chat/loading/start", {"chatId": world.users[0], **body})
    assert (answer.status, [detail["message"] for detail in answer.json["details"]]) == (400, told)


async def test_the_loading_animation_is_told_to_open_pages(world: World) -> None:
    news: list[tuple[str, dict[str, Any]]] = []
    world.platform.listeners.append(lambda kind, data: news.append((kind, data)))
    assert (await world.request("POST", "/v2/bot/chat/loading/start", {"chatId": world.users[0]})).status == 202
    assert news == [("loading", {"userId": world.users[0], "seconds": 20})]


async def test_the_account_s_chat_is_told_in_its_info(world: World) -> None:
    for chat, modes in ((False, ("bot", "auto")), (True, ("chat", "manual"))):
        await world.call("PUT", "/_practice/rules", {"chat": chat})
        info = await world.call("GET", "/v2/bot/info")
        assert (info["chatMode"], info["markAsReadMode"]) == modes


async def test_linking_an_account(world: World) -> None:
    token = (await world.call("POST", f"/v2/bot/user/{world.users[0]}/linkToken"))["linkToken"]
    page, heard = f"/dialog/bot/accountLink?linkToken={token}&nonce=", len(world.events)
    assert (await world.request("GET", page + "short")).status == 400
    assert (await world.request("GET", page + "n" * 10)).status == 200
    assert (await world.request("GET", page + "n" * 10)).status == 400
    await asyncio.sleep(0)  # what comes of a page goes out in the background
    late = (await world.call("POST", f"/v2/bot/user/{world.users[0]}/linkToken"))["linkToken"]
    await world.at("2026-01-15T09:10:01+07:00")
    assert (await world.request("GET", f"/dialog/bot/accountLink?linkToken={late}&nonce={'n' * 10}")).status == 400
    [event] = world.events[heard:]
    assert (event["link"], event["source"]) == (
        {"result": "ok", "nonce": "n" * 10},
        {"type": "user", "userId": world.users[0]},
    )
    assert (await world.reply(event["replyToken"], text())).status == 400  # its minute is over
    for wrong, status in (("U" + "0" * 32, 404), ("U1", 400)):
        assert (await world.request("POST", f"/v2/bot/user/{wrong}/linkToken")).status == status
