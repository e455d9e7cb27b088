"""LIFF without a browser: apps, consent, tokens, context, messages and shares, by the control calls a script uses."""

import base64
import hashlib
from typing import Any

import jwt
import pytest
from jsonschema import Draft202012Validator
from practice_client import Answer, World, action, bubble, buttons, text
from practice_line.clock import Clock
from practice_line.control_openapi import DOCUMENT
from practice_line.liff_openapi import CALLS
from practice_line.platform import Platform

CHANNEL = "1234567890"
LIFF_ID = f"{CHANNEL}-AbcdEfgh"
ENDPOINT = "http://127.0.0.1:8000/liff/?office=1"
SCOPES = ["openid", "profile", "chat_message.write"]
PICTURE = {
    "type": "image",
    "originalContentUrl": "https://example.com/a.jpg",
    "previewImageUrl": "https://example.com/b.jpg",
}
LINK = action("uri", uri="https://example.com/")


def check(value: Any, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(value)


class Liff:
    """A world with a LIFF app of all scopes but email."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def make(self, liff_id: str = LIFF_ID, **settings: Any) -> Any:
        body = {"view": {"type": "tall", "url": ENDPOINT}, "description": "หน้าซ้อม", "scope": SCOPES, **settings}
        return await self.world.call("PUT", f"/_practice/liff-apps/{liff_id}", body)

    async def ask(self, user: int = 0, **more: Any) -> Answer:
        body = {"userId": self.world.users[user], "chatId": self.world.group, **more}
        return await self.world.request("POST", f"/_practice/liff-apps/{LIFF_ID}/open", body)

    async def open(self, user: int = 0, **more: Any) -> str:
        """The key of an opening by somebody who agrees to everything."""
        answer = await self.ask(user, **{"agreed": SCOPES, **more})
        assert answer.status == 200, answer
        return str(answer.json["key"])

    async def call(self, key: str, what: str = "", body: Any = None) -> Answer:
        method = "GET" if body is None else "POST"
        return await self.world.request(method, f"/_practice/liff-openings/{key}{what}", body)

    async def start(self, key: str) -> Any:
        return (await self.call(key)).json

    async def send(self, key: str, *messages: Any) -> Answer:
        return await self.call(key, "/messages", {"messages": list(messages)})


@pytest.fixture
async def liff(world: World) -> Liff:
    await world.call("PUT", f"/_practice/login-channels/{CHANNEL}", {"name": "แอป", "redirectUris": []})
    liff = Liff(world)
    await liff.make()
    return liff


async def test_nothing_opens_before_the_person_agrees(liff: Liff) -> None:
    asked = (await liff.ask()).json
    assert asked == {
        "ask": SCOPES,
        "app": {"liffId": LIFF_ID, "name": "หน้าซ้อม", "viewType": "tall", "origin": "http://127.0.0.1:8000"},
        "user": {"userId": liff.world.users[0], "name": "ก"},
        "offersFriend": False,
    }
    refused = await liff.ask(agreed=["profile"])
    assert (refused.status, refused.json["message"]) == (400, "The app does not open without openid.")
    opened = (await liff.ask(agreed=["openid", "profile"], extra="/p/12?g=1")).json
    assert opened["url"] == f"{ENDPOINT}&liff.state=%2Fp%2F12%3Fg%3D1"
    again = (await liff.ask()).json
    assert again["ask"] == []
    assert again["key"] != opened["key"]
    assert (await liff.start(again["key"]))["granted"] == ["openid", "profile"]
    assert (await liff.ask(user=1)).json["ask"] == SCOPES


async def test_the_consent_screen_may_offer_the_account_as_a_friend(liff: Liff) -> None:
    person = liff.world.users[0]
    await liff.world.call("POST", f"/_practice/people/{person}/unfollow", {})
    assert (await liff.ask()).json["offersFriend"] is False
    await liff.make(botPrompt="normal")
    assert (await liff.ask()).json["offersFriend"] is True
    assert (await liff.ask(user=1)).json["offersFriend"] is False
    key = await liff.open()
    assert (await liff.call(key, "/friendship")).json == {"friendFlag": False}
    key = await liff.open(addFriend=True)
    assert (await liff.call(key, "/friendship")).json == {"friendFlag": True}
    assert (liff.world.events[-1]["type"], liff.world.events[-1]["source"]["userId"]) == ("follow", person)


async def test_a_new_scope_is_asked_for_and_old_ones_are_kept(liff: Liff) -> None:
    await liff.make(scope=["openid"])
    await liff.open(agreed=["openid"])
    await liff.make(scope=["profile"])
    assert (await liff.ask()).json["ask"] == ["profile"]
    await liff.open(agreed=["profile"])
    await liff.make(scope=["openid", "profile"])
    assert (await liff.start((await liff.ask()).json["key"]))["granted"] == ["openid", "profile"]


async def test_the_tokens_are_sound_and_the_same_while_it_is_open(liff: Liff) -> None:
    key = await liff.open()
    told = await liff.start(key)
    assert told == await liff.start(key)
    keys = jwt.PyJWKSet.from_dict((await liff.world.request("GET", "/oauth2/v2.1/certs")).json)
    head = jwt.get_unverified_header(told["idToken"])
    claims = jwt.decode(told["idToken"], keys[head["kid"]], ["ES256"], audience=CHANNEL)
    assert (claims["iss"], claims["sub"], claims["name"]) == ("https://access.line.me", liff.world.users[0], "ก")
    assert (claims["exp"] - claims["iat"], "nonce" in claims) == (3600, False)
    verified = await liff.world.call("GET", f"/oauth2/v2.1/verify?access_token={told['accessToken']}")
    assert verified["scope"].split() == ["openid", "profile", "chat_message.write"]
    assert 12 * 3600 - 5 <= verified["expires_in"] <= 12 * 3600
    half = hashlib.sha256(told["accessToken"].encode()).digest()[:16]
    assert told["context"]["accessTokenHash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()


async def test_without_openid_there_is_no_id_token(liff: Liff) -> None:
    await liff.make(scope=["profile"])
    assert "idToken" not in await liff.start(await liff.open(agreed=["profile"]))


async def test_the_context_tells_the_kind_of_chat_and_never_which(liff: Liff) -> None:
    group = await liff.start(await liff.open())
    alone = await liff.start(await liff.open(chatId=liff.world.users[0]))
    nowhere = await liff.start(await liff.open(chatId=None))
    assert [told["context"]["type"] for told in (group, alone, nowhere)] == ["group", "utou", "none"]
    context = group["context"]
    assert (context["userId"], context["liffId"], context["viewType"]) == (liff.world.users[0], LIFF_ID, "tall")
    assert (context["endpointUrl"], context["scope"]) == (ENDPOINT, SCOPES)
    assert liff.world.group not in str(group)
    assert not {"groupId", "utouId", "roomId"} & context.keys()
    assert context["availability"]["shareTargetPicker"] == {"permission": True, "minVer": "10.3.0"}


async def test_a_text_reaches_the_chat_and_the_bot_with_group_and_token(liff: Liff) -> None:
    key = await liff.open(user=1)
    assert (await liff.send(key, text("#โพสต์ 12"))).json == {}
    event = liff.world.events[-1]
    assert (event["type"], event["message"]["text"]) == ("message", "#โพสต์ 12")
    assert event["source"] == {"type": "group", "groupId": liff.world.group, "userId": liff.world.users[1]}
    assert (await liff.world.reply(event["replyToken"])).status == 200
    line = (await liff.world.transcript())[0]
    assert (line["from"], line["way"], line["groupId"]) == (liff.world.users[1], "member", liff.world.group)


async def test_each_kind_is_heard_as_line_tells_it(liff: Liff) -> None:
    key = await liff.open()
    messages = [
        {"type": "sticker", "packageId": "446", "stickerId": "1988"},
        PICTURE,
        {**PICTURE, "type": "video"},
        {"type": "audio", "originalContentUrl": "https://example.com/a.m4a", "duration": 1000},
        {"type": "location", "title": "ศาลากลาง", "address": "ถนน", "latitude": 13.7, "longitude": 100.5},
    ]
    assert (await liff.send(key, *messages)).status == 200
    heard = [event["message"] for event in liff.world.events[-5:]]
    assert [message["type"] for message in heard] == ["sticker", "image", "video", "audio", "location"]
    provider = {"type": "external", **{name: value for name, value in PICTURE.items() if name != "type"}}
    assert heard[0]["stickerResourceType"] == "STATIC"
    assert [heard[place]["contentProvider"] for place in (1, 2)] == [provider, provider]
    assert heard[3]["contentProvider"] == {"type": "external", "originalContentUrl": "https://example.com/a.m4a"}
    assert (heard[3]["duration"], heard[4]["address"]) == (1000, "ถนน")


async def test_template_and_flex_are_seen_but_not_heard(liff: Liff) -> None:
    key = await liff.open()
    before = len(liff.world.events)
    assert (await liff.send(key, bubble(), buttons(LINK))).status == 200
    assert len(liff.world.events) == before
    assert [line["type"] for line in await liff.world.transcript()] == ["flex", "template"]


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        ([], "messages"),
        ([text()] * 6, "messages"),
        ([{"type": "textV2", "text": "ก"}], "messages[0].type"),
        ([{"type": "text", "text": "ก", "quoteToken": "q"}], "messages[0].quoteToken"),
        ([{"type": "text", "text": "$", "emojis": [{"index": 0, "productId": "a", "emojiId": "b"}]}], "emojis"),
        ([{**PICTURE, "type": "video", "trackingId": "t"}], "messages[0].trackingId"),
        ([buttons(action(data="a"))], "Only a URI action"),
        (
            [text(), bubble(footer={"type": "box", "layout": "vertical", "contents": []}, action=action(data="a"))],
            "[1]",
        ),
        ("ก", "messages"),
        (None, "messages"),
    ],
    ids=["none", "six", "kind", "quote", "emoji", "tracking", "postback", "flex postback", "text", "nothing"],
)
async def test_what_liff_does_not_take_is_refused_whole(liff: Liff, messages: Any, told: str) -> None:
    answer = await liff.call(await liff.open(), "/messages", {"messages": messages})
    assert answer.status == 400
    assert told in answer.json["message"]
    assert await liff.world.transcript() == []


async def test_messages_need_a_chat_a_grant_and_membership(liff: Liff) -> None:
    told = "user doesn't grant required permissions yet"
    without_grant = await liff.open(agreed=["openid", "profile"])
    nowhere = await liff.open(chatId=None)
    gone = await liff.open(user=2)
    await liff.world.call("DELETE", f"/_practice/groups/{liff.world.group}/members/{liff.world.users[2]}")
    for key in (without_grant, nowhere, gone):
        answer = await liff.send(key, text())
        assert (answer.status, answer.json["message"]) == (403, told)
    await liff.make(scope=["openid"])
    key = await liff.open(agreed=["openid"])
    assert (await liff.call(key, "/profile")).status == 403
    assert (await liff.call(key, "/friendship")).status == 403


async def test_profile_and_friendship(liff: Liff) -> None:
    key = await liff.open()
    assert (await liff.call(key, "/profile")).json == {"userId": liff.world.users[0], "displayName": "ก"}
    assert (await liff.call(key, "/friendship")).json == {"friendFlag": True}


async def test_a_share_reaches_groups_and_friends_and_names_nobody(liff: Liff) -> None:
    world = liff.world
    other = (await world.call("POST", "/_practice/groups", {"name": "เครือข่าย", "members": world.users[:2]}))["groupId"]
    strangers = (await world.call("POST", "/_practice/groups", {"name": "อื่น", "members": world.users[1:]}))["groupId"]
    key = await liff.open()
    wish = {"messages": [bubble(body={"type": "box", "layout": "vertical", "contents": []}), text("ฝากอ่าน")]}
    offered = (await liff.call(key, "/targets", wish)).json
    assert [friend["name"] for friend in offered["friends"]] == ["ข", "ค"]
    assert [group["groupId"] for group in offered["groups"]] == [world.group, other]
    before = len(world.events)
    to = [world.group, other, world.users[2]]
    assert (await liff.call(key, "/share", {**wish, "to": to})).json == {"status": "success"}
    heard = world.events[before:]
    assert [(event["source"]["groupId"], event["message"]["type"]) for event in heard] == [
        (world.group, "text"),
        (other, "text"),
    ]
    lines = await world.transcript()
    assert [(line["groupId"], line["type"]) for line in lines] == [
        (world.group, "flex"),
        (world.group, "text"),
        (other, "flex"),
        (other, "text"),
        (None, "flex"),
        (None, "text"),
    ]
    assert {(line["from"], line["to"]) for line in lines if line["groupId"] is None} == {
        (world.users[0], world.users[2])
    }
    for wrong in ([strangers], [], [world.users[0]], ["Unobody"]):
        assert (await liff.call(key, "/share", {**wish, "to": wrong})).status == 400
    assert len(await world.transcript()) == 6
    before = len(world.events)
    await world.call("POST", f"/_practice/messages/{lines[-1]['id']}/unsend", {})
    assert len(world.events) == before


async def test_one_recipient_is_one_friend(liff: Liff) -> None:
    key, users = await liff.open(), liff.world.users
    wish = {"messages": [text()], "isMultiple": False}
    assert (await liff.call(key, "/targets", wish)).json["groups"] == []
    for to in (users[1:], [liff.world.group]):
        assert (await liff.call(key, "/share", {**wish, "to": to})).status == 400
    assert (await liff.call(key, "/share", {**wish, "to": users[1:2]})).json == {"status": "success"}


async def test_the_picker_takes_no_stickers_and_may_be_switched_off(liff: Liff) -> None:
    key = await liff.open()
    sticker = {"messages": [{"type": "sticker", "packageId": "446", "stickerId": "1988"}]}
    assert (await liff.call(key, "/targets", sticker)).status == 400
    await liff.make(shareTargetPicker=False)
    assert (await liff.call(key, "/targets", {"messages": [text()]})).status == 403
    assert (await liff.start(key))["context"]["availability"]["shareTargetPicker"]["permission"] is False


async def test_every_call_and_answer_fits_the_openapi_document(liff: Liff) -> None:
    world, parcel = liff.world, {"messages": [text()]}
    app = {"view": {"type": "full", "url": ENDPOINT, "moduleMode": False}, "scope": SCOPES, "shareTargetPicker": True}
    bodies: dict[tuple[str, str], Any] = {
        ("put", "/_practice/liff-apps/{liffId}"): app,
        ("post", "/_practice/liff-apps/{liffId}/open"): {
            "userId": world.users[0],
            "chatId": world.group,
            "agreed": SCOPES,
        },
        ("post", "/_practice/liff-openings/{key}/messages"): parcel,
        ("post", "/_practice/liff-openings/{key}/targets"): {**parcel, "isMultiple": True},
        ("post", "/_practice/liff-openings/{key}/share"): {**parcel, "to": [world.group, world.users[1]]},
    }
    asked = await liff.ask()
    check(asked.json, "LiffOpened")
    key = await liff.open()
    for method, path, _, body, result in CALLS:
        if body is not None:
            check(bodies[method, path], body)
        address = path.replace("{liffId}", LIFF_ID).replace("{key}", key)
        answer = await world.request(method.upper(), address, bodies.get((method, path)))
        assert answer.status == 200, (method, path, answer)
        check(answer.json, result)


async def test_a_closed_app_answers_no_more(liff: Liff) -> None:
    key = await liff.open()
    await liff.world.call("DELETE", f"/_practice/liff-openings/{key}")
    assert (await liff.call(key)).status == 404
    assert (await liff.send(key, text())).status == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("1234567890-short", {"view": {"type": "full", "url": ENDPOINT}}),
        (LIFF_ID, {}),
        (LIFF_ID, {"view": {"type": "huge", "url": ENDPOINT}}),
        (LIFF_ID, {"view": {"type": "full", "url": "http://example.com/"}}),
        (LIFF_ID, {"view": {"type": "full", "url": "https://example.com/#part"}}),
        (LIFF_ID, {"view": {"type": "full", "url": ENDPOINT}, "scope": ["phone"]}),
        (LIFF_ID, {"view": {"type": "full", "url": ENDPOINT}, "botPrompt": "loud"}),
        (LIFF_ID, {"view": {"type": "full", "url": ENDPOINT}, "endpoint": ENDPOINT}),
    ],
    ids=["id", "empty", "size", "plain http", "fragment", "scope", "prompt", "unknown"],
)
async def test_settings_that_line_would_not_take(liff: Liff, path: str, body: Any) -> None:
    assert (await liff.world.request("PUT", f"/_practice/liff-apps/{path}", body)).status == 400


async def test_a_channel_a_person_and_a_chat_must_be_there(liff: Liff) -> None:
    body = {"view": {"type": "full", "url": ENDPOINT}}
    assert (await liff.world.request("PUT", "/_practice/liff-apps/2222222222-AbcdEfgh", body)).status == 404
    assert (await liff.ask(userId="U" + "0" * 32)).status == 404
    assert (await liff.ask(chatId=liff.world.users[1])).status == 400
    unknown = await liff.world.request("POST", f"/_practice/liff-apps/{CHANNEL}-00000000/open", {"userId": "x"})
    assert unknown.status == 404


def test_an_open_app_survives_a_restart(tmp_path: Any) -> None:
    file = tmp_path / "line.sqlite"
    first = Platform(file, clock=Clock())
    user = first.people.add_person("ก")["userId"]
    first.login.set_channel(CHANNEL, "แอป", None, [])
    first.liff.set_app(LIFF_ID, {"view": {"type": "full", "url": ENDPOINT}, "scope": SCOPES})
    key = first.liff.open(LIFF_ID, user, agreed=SCOPES)["key"]
    told = first.liff.start(key)
    first.commit()
    first.close()
    second = Platform(file)
    assert second.liff.start(key) == told
    assert second.liff.open(LIFF_ID, user)["ask"] == []
    second.close()


def test_openings_nobody_closes_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practice_line.liff.MOST_OPENINGS", 2)
    platform = Platform(seed=1)
    user = platform.people.add_person("ก")["userId"]
    platform.login.set_channel(CHANNEL, "แอป", None, [])
    platform.liff.set_app(LIFF_ID, {"view": {"type": "full", "url": ENDPOINT}, "scope": ["openid"]})
    keys = [platform.liff.open(LIFF_ID, user, agreed=["openid"])["key"] for _ in range(3)]
    assert [opening.key for opening in platform.state.liff_openings] == keys[1:]
