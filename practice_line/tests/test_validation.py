"""Message objects at LINE's limits: the last allowed value passes, the next is refused with LINE's words and place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from practice_client import World, action, box, bubble, button, buttons, line, text
from practice_line.errors import LineError
from practice_line.validation import check_messages

HTTPS = "https://example.org/"
PICTURE = {"type": "image", "originalContentUrl": HTTPS + "a.jpg", "previewImageUrl": HTTPS + "b.jpg"}
HERO = {"type": "image", "url": HTTPS + "hero.jpg"}
AREA = {"x": 0, "y": 0, "width": 1040, "height": 100}
MENTION_ALL = {"type": "mention", "mentionee": {"type": "all"}}
POSTBACK = action(data="seen")
VIDEO = {"type": "video", "url": HTTPS, "previewUrl": HTTPS, "altContent": box()}
LOCATION = {"type": "location", "title": "ที่ว่าการ", "address": "ถนน", "latitude": 15.7, "longitude": 100.1}


def carousel(*bubbles: dict[str, Any]) -> dict[str, Any]:
    return {"type": "flex", "altText": "a", "contents": {"type": "carousel", "contents": list(bubbles)}}


def columns(count: int, **more: Any) -> dict[str, Any]:
    column = {"text": "a", "actions": [POSTBACK], **more}
    return {"type": "template", "altText": "a", "template": {"type": "carousel", "columns": [column] * count}}


def imagemap(**more: Any) -> dict[str, Any]:
    actions = [{"type": "uri", "linkUri": HTTPS, "area": AREA}]
    base = {"type": "imagemap", "baseUrl": HTTPS + "map", "altText": "a", "baseSize": {"width": 1040, "height": 1040}}
    return {**base, "actions": actions, **more}


def confirm(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"type": "template", "altText": "a", "template": {"type": "confirm", "text": "a", "actions": list(actions)}}


def mention(**mentionee: str) -> dict[str, Any]:
    return {"type": "textV2", "text": "{who}", "substitution": {"who": {"type": "mention", "mentionee": mentionee}}}


def quick(count: int) -> dict[str, Any]:
    return {**text(), "quickReply": {"items": [{"type": "action", "action": POSTBACK}] * count}}


GOOD = {
    "5000 characters": text("ก" * 5000),
    "5000 units of surrogate pairs": text("😀" * 2500),
    "picture": PICTURE,
    "http on this machine": {**PICTURE, "originalContentUrl": "http://127.0.0.1:8000/a.jpg"},
    "http on localhost": {**PICTURE, "originalContentUrl": "http://localhost/a.jpg"},
    "null is absent": {**text(), "quickReply": None, "sender": None},
    "13 quick replies": quick(13),
    "sender": {**text(), "sender": {"name": "ผู้ช่วย", "iconUrl": HTTPS}},
    "mention everybody": mention(type="all"),
    "20 mentions": {"type": "textV2", "text": "ทุกคน", "substitution": {f"m{n}": MENTION_ALL for n in range(20)}},
    "escaped braces": {"type": "textV2", "text": "{{ไม่ใช่}}"},
    "sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "video": {**PICTURE, "type": "video"},
    "audio": {"type": "audio", "originalContentUrl": HTTPS, "duration": 1},
    "location": LOCATION,
    "imagemap": imagemap(),
    "imagemap without actions": imagemap(actions=[]),
    "buttons": buttons(POSTBACK, action("uri", uri=HTTPS), action("message", text="a"), action("uri", uri="tel:191")),
    "buttons with 160 characters": buttons(POSTBACK, text="a" * 160),
    "confirm": confirm(POSTBACK, POSTBACK),
    "10 columns": columns(10),
    "bubble": bubble(),
    "bubble with all blocks": bubble(header=box(line()), hero=HERO, footer=box(button(type="postback", data="a"))),
    "spans": bubble(body=box({"type": "text", "contents": [{"type": "span", "text": "ก", "weight": "bold"}]})),
    "empty box": bubble(body=box()),
    "icon in a baseline": bubble(body=box({"type": "icon", "url": HTTPS, "size": "md"}, line(), layout="baseline")),
    "video hero": bubble(hero=VIDEO, size="mega"),
    "12 bubbles": carousel(*[bubble()["contents"]] * 12),
    "label of 40 in flex": bubble(footer=box(button(type="postback", data="a", label="a" * 40))),
    "300 characters of data": buttons(action(data="a" * 300)),
    "gradient": bubble(
        body=box(
            background={"type": "linearGradient", "angle": "45deg", "startColor": "#FFFFFF", "endColor": "#00000080"}
        )
    ),
}

MUST_BE_A_KIND = (
    "Must be one of the following values: "
    "[text, textV2, sticker, image, video, audio, location, imagemap, template, flex]"
)

# what is wrong -> the message, the property LINE names, LINE's words
WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "empty text": (text(""), "messages[0].text", "May not be empty"),
    "5001 characters": (text("ก" * 5001), "messages[0].text", "Length must be between 0 and 5000"),
    "5002 units": (text("😀" * 2501), "messages[0].text", "Length must be between 0 and 5000"),
    "no text": ({"type": "text"}, "messages[0].text", "May not be empty"),
    "a number for text": ({"type": "text", "text": 5}, "messages[0].text", "Invalid value"),
    "no type": ({}, "messages[0].type", "May not be empty"),
    "unknown type": ({"type": "poster"}, "messages[0].type", MUST_BE_A_KIND),
    "a list as type": ({"type": []}, "messages[0].type", MUST_BE_A_KIND),
    "plain http": (
        {**PICTURE, "originalContentUrl": "http://example.org/a.jpg"},
        "messages[0].originalContentUrl",
        "Must be a valid HTTPS URL",
    ),
    "no preview": ({**PICTURE, "previewImageUrl": None}, "messages[0].previewImageUrl", "May not be empty"),
    "url of 2001": (
        {**PICTURE, "previewImageUrl": HTTPS + "a" * (2001 - len(HTTPS))},
        "messages[0].previewImageUrl",
        "Length must be between 0 and 2000",
    ),
    "14 quick replies": (quick(14), "messages[0].quickReply.items", "Size must be between 1 and 13"),
    "sender of 21": (
        {**text(), "sender": {"name": "a" * 21}},
        "messages[0].sender.name",
        "Length must be between 0 and 20",
    ),
    "nobody to mention": (
        {"type": "textV2", "text": "{who}"},
        "messages[0].text",
        "No substitution for {who}",
    ),
    "21 mentions": (
        {"type": "textV2", "text": "ทุกคน", "substitution": {f"m{n}": MENTION_ALL for n in range(21)}},
        "messages[0].substitution",
        "Size must be between 0 and 20",
    ),
    "sticker by name": (
        {"type": "sticker", "packageId": "cat", "stickerId": "1"},
        "messages[0].packageId",
        "Invalid value",
    ),
    "no duration": ({"type": "audio", "originalContentUrl": HTTPS}, "messages[0].duration", "May not be empty"),
    "off the globe": ({**LOCATION, "latitude": 91}, "messages[0].latitude", "Invalid value"),
    "narrow map": (
        imagemap(baseSize={"width": 1000, "height": 1}),
        "messages[0].baseSize.width",
        "Must be between 1040 and 1040",
    ),
    "51 areas": (
        imagemap(actions=imagemap()["actions"] * 51),
        "messages[0].actions",
        "Size must be between 0 and 50",
    ),
    "alt text of 1501": (
        {**bubble(), "altText": "a" * 1501},
        "messages[0].altText",
        "Length must be between 0 and 1500",
    ),
    "no alt text": ({**bubble(), "altText": None}, "messages[0].altText", "May not be empty"),
    "no bubble": ({"type": "flex", "altText": "a"}, "messages[0].contents", "May not be empty"),
    "5 buttons": (buttons(*[POSTBACK] * 5), "template/actions", "size must be between 1 and 4"),
    "no button": (buttons(), "template/actions", "size must be between 1 and 4"),
    "161 characters": (buttons(POSTBACK, text="a" * 161), "template/text", "must not be longer than 160 characters"),
    "61 under a title": (
        buttons(POSTBACK, title="a", text="a" * 61),
        "template/text",
        "must not be longer than 60 characters",
    ),
    "title of 41": (columns(1, title="a" * 41), "template/columns/0/title", "must not be longer than 40 characters"),
    "label of 21": (
        buttons({**POSTBACK, "label": "a" * 21}),
        "template/actions/0/label",
        "must not be longer than 20 characters",
    ),
    "301 of data": (
        buttons(action(data="a" * 301)),
        "template/actions/0/data",
        "must not be longer than 300 characters",
    ),
    "one choice": (confirm(POSTBACK), "template/actions", "size must be between 2 and 2"),
    "11 columns": (columns(11), "template/columns", "size must be between 1 and 10"),
    "javascript": (buttons(action("uri", uri="javascript:1")), "template/actions/0/uri", "invalid uri scheme"),
    "half an IPv6 address": (buttons(action("uri", uri="https://[1/")), "template/actions/0/uri", "invalid uri"),
    "unknown action": (buttons(action("jump")), "template/actions/0/type", "invalid property"),
    "nothing in the bubble": (bubble(body=None), "/", "At least one block must be specified"),
    "empty line": (bubble(body=box(line(""))), "/body/contents/0/text", "must be non-empty text"),
    "empty line in the 2nd bubble": (
        carousel(bubble()["contents"], bubble(body=box(line("")))["contents"]),
        "/contents/1/body/contents/0/text",
        "must be non-empty text",
    ),
    "unknown part": (bubble(body=box({"type": "spacer"})), "/body/contents/0", "invalid property"),
    "icon in a column": (bubble(body=box({"type": "icon", "url": HTTPS})), "/body/contents/0", "invalid property"),
    "button in a baseline": (
        bubble(body=box(button(type="postback", data="a"), layout="baseline")),
        "/body/contents/0",
        "invalid property",
    ),
    "unknown layout": (bubble(body=box(line(), layout="grid")), "/body/layout", "invalid property"),
    "no layout": (bubble(body={"type": "box", "contents": []}), "/body/layout", "must be specified"),
    "http picture": (
        bubble(hero={**HERO, "url": "http://example.org/a.jpg"}),
        "/hero/url",
        "invalid uri scheme",
    ),
    "aspect mode of CSS": (bubble(hero={**HERO, "aspectMode": "contain"}), "/hero/aspectMode", "invalid property"),
    "too tall": (bubble(hero={**HERO, "aspectRatio": "1:4"}), "/hero/aspectRatio", "invalid property"),
    "text as hero": (bubble(hero=line()), "/hero", "invalid property"),
    "colour by name": (bubble(body=box(line(color="red"))), "/body/contents/0/color", "invalid property"),
    "unknown property": (bubble(body=box(line(colour="#FF0000"))), "/body/contents/0/colour", "invalid property"),
    "unknown block": (bubble(foot=box()), "/foot", "invalid property"),
    "size by number": (bubble(body=box(line(size=3))), "/body/contents/0/size", "invalid property"),
    "button without action": (bubble(body=box({"type": "button"})), "/body/contents/0/action", "must be specified"),
    "button without label": (
        bubble(body=box({"type": "button", "action": {"type": "postback", "data": "a"}})),
        "/body/contents/0/action/label",
        "must be specified",
    ),
    "label of 41 in flex": (
        bubble(body=box(button(type="postback", data="a", label="a" * 41))),
        "/body/contents/0/action/label",
        "must not be longer than 40 characters",
    ),
    "13 bubbles": (carousel(*[bubble()["contents"]] * 13), "/contents", "size must be between 1 and 12"),
    "bubbles of two sizes": (
        carousel(bubble(size="kilo")["contents"], bubble(size="mega")["contents"]),
        "/contents/1/size",
        "invalid property",
    ),
    "video in a small bubble": (bubble(hero=VIDEO, size="micro"), "/hero", "invalid property"),
    "video in a carousel": (carousel(bubble(hero=VIDEO)["contents"]), "/contents/0/hero", "invalid property"),
    "bubble over 30 kB": (
        bubble(body=box(*[line("ก" * 1000)] * 11)),
        "/",
        "Too large flex message. The maximum size of JSON data is 30720 bytes",
    ),
    "carousel over 50 kB": (
        carousel(*[bubble(body=box(*[line("ก" * 1000)] * 6))["contents"]] * 3),
        "/",
        "Too large flex message. The maximum size of JSON data is 51200 bytes",
    ),
}


@pytest.mark.parametrize("name", GOOD)
async def test_good_messages_are_sent(world: World, name: str) -> None:
    assert check_messages({"messages": [GOOD[name]]}) == [GOOD[name]]
    answer = await world.push(GOOD[name])
    assert answer.status == 200, answer.json
    quotable = GOOD[name]["type"] not in ("audio", "location", "imagemap")
    assert ("quoteToken" in answer.json["sentMessages"][0]) is quotable


@pytest.mark.parametrize("name", WRONG)
async def test_wrong_messages_are_refused_with_the_place_and_the_reason(world: World, name: str) -> None:
    message, place, reason = WRONG[name]
    answer = await world.push(message)
    assert answer.status == 400
    assert {"message": reason, "property": place} in answer.json["details"]
    outside = place.startswith("messages")
    count = len(answer.json["details"])
    expected = (
        f"The request body has {count} error(s)"
        if outside
        else "A message (messages[0]) in the request body is invalid"
    )
    assert answer.json["message"] == expected
    assert await world.transcript() == []
    for kind in ("reply", "push", "multicast", "narrowcast", "broadcast"):
        checked = await world.request("POST", f"/v2/bot/message/validate/{kind}", {"messages": [message]})
        assert (checked.status, checked.json) == (400, answer.json)


@pytest.mark.parametrize(
    ("messages", "reason"),
    [(None, "May not be empty"), ([], "Size must be between 1 and 5"), ([text()] * 6, "Size must be between 1 and 5")],
)
async def test_one_to_five_messages(world: World, messages: Any, reason: str) -> None:
    answer = await world.request("POST", "/v2/bot/message/validate/push", {"messages": messages})
    assert answer.json["details"] == [{"message": reason, "property": "messages"}]


async def test_the_message_at_fault_is_named(world: World) -> None:
    answer = await world.push(text(), bubble(body=None))
    assert answer.json["message"] == "A message (messages[1]) in the request body is invalid"
    both = await world.push(text(""), {"type": "x"})
    assert both.json["message"] == "The request body has 2 error(s)"
    assert [detail["property"] for detail in both.json["details"]] == ["messages[0].text", "messages[1].type"]


async def test_validation_costs_and_sends_nothing(world: World) -> None:
    body = {"messages": [text()]}
    assert await world.call("POST", "/v2/bot/message/validate/push", body) == {}
    assert await world.transcript() == []
    assert await world.used() == 0


async def test_what_depends_on_the_chat(world: World) -> None:
    assert (await world.push(mention(type="user", userId=world.users[0]))).status == 200
    stranger = await world.call("POST", "/_practice/people", {"name": "ผู้อื่น"})
    assert (await world.push(mention(type="user", userId=stranger["userId"]))).status == 400
    assert (await world.push(mention(type="all"), to=world.users[0])).status == 400
    tracked = {**PICTURE, "type": "video", "trackingId": "clip-1"}
    assert (await world.push(tracked)).status == 400
    assert (await world.push(tracked, to=world.users[0])).status == 200


async def test_quote_tokens_stay_in_their_chat(world: World) -> None:
    token = (await world.push()).json["sentMessages"][0]["quoteToken"]
    quoting = {**text(), "quoteToken": token}
    assert (await world.push(quoting)).status == 200
    assert (await world.push(quoting, to=world.users[0])).status == 400
    assert (await world.push({**text(), "quoteToken": "made up"})).status == 400


KEYS = st.sampled_from(
    ["type", "text", "altText", "contents", "template", "actions", "action", "columns", "body", "hero", "layout", "url",
     "label", "data", "uri", "quickReply", "items", "substitution", "baseSize", "size", "label", "messages"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["text", "textV2", "flex", "bubble", "carousel", "box", "vertical", "template", "buttons", "imagemap", "image",
     "postback", "uri", "button", "https://[", "{a}", ""]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=30,
)


@given(JSON)
def test_no_json_breaks_the_checks(value: Any) -> None:
    try:
        checked = check_messages({"messages": [value]})
    except LineError as error:
        assert error.status == 400
        assert error.body["details"]
    else:
        assert checked == [value]


@given(JSON)
def test_no_flex_breaks_the_checks(value: Any) -> None:
    message = bubble(body={"type": "box", "layout": "vertical", "contents": [value]}, hero=value, styles=value)
    try:
        check_messages({"messages": [message]})
    except LineError as error:
        assert all(detail["property"].startswith("/") for detail in error.body["details"])
