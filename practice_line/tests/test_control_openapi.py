"""The control API does what its OpenAPI document says: every call, every answer."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from practice_client import WEBHOOK, World, action, buttons
from practice_line.control_openapi import DOCUMENT, SCHEMAS

from practice_line import account_openapi

DRAWN_ELSEWHERE = {"/_practice/openapi.json"}


def check(value: Any, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


def schema_of(content: dict[str, Any]) -> str:
    return content["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]


async def test_it_is_served(world: World) -> None:
    assert await world.call("GET", "/_practice/openapi.json") == DOCUMENT


def test_it_lists_exactly_the_routes_there_are() -> None:
    world = World()
    served = {
        (method.lower(), route.path)
        for route in world.app.routes
        for method in getattr(route, "methods", None) or ()
        if route.path.startswith("/_practice/") and method != "HEAD" and route.path not in DRAWN_ELSEWHERE
    }
    documented = {(method, path) for path, item in DOCUMENT["paths"].items() for method in item}
    assert served == documented


@pytest.mark.parametrize("name", SCHEMAS)
def test_its_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema({**SCHEMAS[name], "components": DOCUMENT["components"]})


async def test_every_call_and_answer_fits(world: World) -> None:
    message = await world.say()
    poster = (await world.push(buttons(action(data="seen")))).json["sentMessages"][0]["id"]
    newcomer = (await world.call("POST", "/_practice/people", {"name": "ง"}))["userId"]
    one = world.users[0]
    own = (await world.push(buttons(action(data="seen")), to=newcomer)).json["sentMessages"][0]["id"]
    bodies: dict[tuple[str, str], Any] = {
        ("put", "/_practice/bot"): {"webhook": WEBHOOK, "name": "ผู้ช่วย", "active": True},
        ("post", "/_practice/people"): {"name": "จ"},
        ("post", "/_practice/groups"): {"name": "ใหม่", "members": [one], "otherAccount": False},
        ("post", "/_practice/groups/{groupId}/members"): {"userId": newcomer},
        ("post", "/_practice/groups/{groupId}/say"): {"userId": one, "text": "ก", "quotedMessageId": poster},
        ("post", "/_practice/groups/{groupId}/sticker"): {"userId": one},
        ("post", "/_practice/groups/{groupId}/image"): {"userId": one},
        ("post", "/_practice/groups/{groupId}/press"): {"userId": one, "messageId": poster, "data": "seen"},
        ("post", "/_practice/people/{userId}/say"): {"text": "ก", "quotedMessageId": own},
        ("post", "/_practice/people/{userId}/sticker"): {"quotedMessageId": own},
        ("post", "/_practice/people/{userId}/image"): {},
        ("post", "/_practice/people/{userId}/press"): {"messageId": own, "data": "seen"},
        ("post", "/_practice/chats/{chatId}/read"): {"userId": one, "messageId": poster},
        ("put", "/_practice/messages/{messageId}/readers"): {"count": 1},
        ("post", "/_practice/messages/{messageId}/edit"): {"text": "ข"},
        ("put", "/_practice/clock"): {"now": "2026-02-01T08:00:00+07:00", "running": False},
        ("put", "/_practice/quota"): {"limit": 300},
        ("put", "/_practice/login-channels/{clientId}"): {"redirectUris": ["http://127.0.0.1:9/back"], "name": "แอป"},
        ("post", "/_practice/login-channels/{clientId}/liff"): {"userId": one},
        ("post", "/_practice/faults"): {"kind": "timeout", "endpoint": "GET /v2/bot/info", "next": 1},
        ("post", "/_practice/groups/{groupId}/crowd"): {"character": "quiet"},
        ("put", "/_practice/rules"): await world.call("GET", "/_practice/rules"),
    }
    # Removing comes before inviting, editing before unsending, joining before leaving; reading comes last.
    late = {"delete": 1, "get": 3}
    calls = [(method, path) for path, item in DOCUMENT["paths"].items() for method in item]
    calls = [call for call in calls if not call[1].endswith(("/stream", "/content", "/scenario"))]
    calls = [call for call in calls if "/liff-" not in call[1]]  # test_liff holds these to the document
    elsewhere = {call[:2] for call in account_openapi.CALLS} | {("get", path) for path in account_openapi.PICTURES}
    calls = [call for call in calls if call not in elsewhere]  # and test_account these
    calls.sort(key=lambda call: 2 if call[1].endswith(("invite-bot", "unsend", "liff")) else late.get(call[0], 0))
    for method, path in calls:
        operation = DOCUMENT["paths"][path][method]
        if "requestBody" in operation:
            check(bodies[method, path], schema_of(operation["requestBody"]))
        address = path.replace("{groupId}", world.group).replace("{messageId}", message).replace("{userId}", newcomer)
        address = address.replace("{clientId}", "1234567890").replace("{chatId}", world.group)
        address = address.replace("{faultId}", "f1")
        answer = await world.request(method.upper(), address, bodies.get((method, path)))
        assert answer.status == 200, (method, path, answer)
        check(answer.json, schema_of(operation["responses"]["200"]))
    assert len((await world.call("GET", "/_practice/transcript"))["messages"]) > 4


async def test_refusals_fit_too(world: World) -> None:
    for path in ("groups/Cnone/say", "people", "messages/1/unsend", "groups/Cnone/invite-bot"):
        answer = await world.request("POST", f"/_practice/{path}", {})
        assert answer.status in (400, 404)
        check(answer.json, "Refusal")
