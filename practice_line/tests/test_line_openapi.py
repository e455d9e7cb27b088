"""Everything said on LINE's paths fits LINE's own OpenAPI files; `conformance` holds every test of the package to them.

Here: that these checks bite, that every endpoint there is was held against them, and that the README claims just these.
"""

import re
from pathlib import Path
from typing import Any

import conformance
import pytest
from conformance import EVENTS_BEYOND, PATHS_BEYOND, Exchange, NonconformanceError, check, check_exchange, check_webhook
from jsonschema import Draft202012Validator
from line_tour import tour
from practice_client import World, text
from practice_line.app import create_app
from practice_line.branches import flat
from practice_line.platform import Platform
from test_validation import GOOD
from test_webhooks import eventful

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
PUSH = Exchange("POST", "/v2/bot/message/push", "", {}, b'{"to":"U1","messages":[{"type":"text","text":"a"}]}')
SENT = b'{"sentMessages":[{"id":"1"}]}'
KNOWN = {"x-line-request-id": "1"}


def said(**changes: Any) -> Exchange:
    plain = {"method": PUSH.method, "path": PUSH.path, "query": "", "headers": {}, "body": PUSH.body}
    return Exchange(**{**plain, "status": 200, "answered": KNOWN, "content": SENT, **changes})


def test_a_sound_exchange_passes() -> None:
    check_exchange(said())
    check_exchange(said(status=400, content=b'{"message":"Failed to send messages"}'))
    check_exchange(said(path="/v2/bot/nothing", status=404))
    check_exchange(said(path="/_practice/anything", answered={}))


@pytest.mark.parametrize(
    "changes",
    [
        {"answered": {}},
        {"content": b"{}"},
        {"content": b'{"sentMessages":[{"id":1}]}'},
        {"content": b'{"sentMessages":[{"id":"1","more":"1"}]}'},
        {"content": b'{"sentMessages":[{"id":"1"}],"more":1}'},
        {"status": 202},
        {"status": 400, "content": b'{"error":"none of LINE"}'},
        {"status": 418, "content": b'{"message":"a teapot"}'},
        {"body": b'{"to":"U1","messages":[]}'},
        {"body": b'{"to":"U1","messages":[{"type":"poster"}]}'},
        {"query": "date=20260101"},
        {"headers": {"x-line-retry-key": "no uuid"}},
        {"path": "/v2/bot/coupon/1/poster"},
        {"method": "GET", "path": "/v2/bot/insight/message/delivery", "content": b"{}"},
        {"method": "POST", "path": "/v2/bot/group/C1/leave", "content": b'{"left":true}'},
    ],
)
def test_the_checks_bite(changes: dict[str, Any]) -> None:
    with pytest.raises(NonconformanceError):
        check_exchange(said(**changes))


def test_the_checks_bite_on_webhooks() -> None:
    event = {"type": "leave", "timestamp": 1, "mode": "active", "webhookEventId": "1", "source": {"type": "user"}}
    good = {**event, "deliveryContext": {"isRedelivery": False}}
    destination = "U" + "0" * 32
    for wrong in (event, {**good, "mode": "asleep"}, {**good, "type": "poster"}, {**good, "more": 1}):
        with pytest.raises(NonconformanceError):
            check({"destination": destination, "events": [wrong]}, "CallbackRequest", "webhook.yml")
    check({"destination": destination, "events": [good]}, "CallbackRequest", "webhook.yml")
    with pytest.raises(NonconformanceError):
        check_webhook(b'{"destination":"me","events":[]}')


@pytest.mark.parametrize("name", conformance.NAMES)
def test_the_files_translate_into_schemas(name: str) -> None:
    for schema in conformance.schemas(name, closed=True).values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", [name for name in GOOD if "null" not in name])
def test_messages_we_accept_are_messages(name: str) -> None:
    check(GOOD[name], "Message")


async def test_every_endpoint_there_is_was_held_against_the_files(world: World) -> None:
    conformance.exercised.clear()
    await tour(world)
    assert conformance.exercised == {each.name for each in conformance.operations() if is_served(each)}
    assert not conformance.take_violations()


def served() -> set[tuple[str, str]]:
    """Method and path of every route under LINE's paths, parameters nameless."""
    routes = flat(create_app(Platform()).routes)
    found = {(method, nameless(route.path)) for route in routes for method in getattr(route, "methods", None) or ()}
    return {(method, path) for method, path in found if conformance.LINE_PATHS.match(path) and method != "HEAD"}


def is_served(operation: conformance.Operation) -> bool:
    return (operation.method, nameless(operation.template)) in served()


def nameless(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def test_every_route_is_in_a_file_or_in_the_table() -> None:
    described = {(each.method, nameless(each.template)) for each in conformance.operations()}
    assert {path for _, path in served() - described} == set(PATHS_BEYOND)


def test_the_readme_claims_what_there_is() -> None:
    claimed = {
        (method, nameless(path))
        for methods, path in re.findall(r"^\| ((?:`[A-Z]+` ?)+)\| `(/\S+)` \|", README, re.MULTILINE)
        for method in re.findall("[A-Z]+", methods)
    }
    assert {call for call in claimed if conformance.LINE_PATHS.match(call[1])} == served()


async def test_webhooks_of_every_kind(world: World) -> None:
    await eventful(world)
    kinds = {event["type"] for event in world.events}
    assert kinds == {
        "join", "message", "messageEdited", "unsend", "postback", "memberLeft", "memberJoined", "leave",
        "follow", "unfollow", "videoPlayComplete", "accountLink",
    }  # fmt: skip
    assert kinds >= set(EVENTS_BEYOND)
    assert {event["message"]["type"] for event in world.events if event["type"] == "message"} == {
        "text", "sticker", "image", "video", "audio", "file", "location",
    }  # fmt: skip


async def test_a_retry_is_told_in_the_file_s_shape(world: World) -> None:
    key = "123e4567-e89b-12d3-a456-426614174000"
    assert (await world.push(text(), key=key)).status == 200
    assert (await world.push(text(), key=key)).status == 409
