"""Shapes against LINE's own OpenAPI files, where they are at hand beside the project."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from practice_client import RETRY_KEY, World, text
from test_validation import GOOD
from test_webhooks import eventful

FILES = Path(__file__).resolve().parents[3] / "shared" / "line-openapi"
pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason=f"LINE's OpenAPI files are not in {FILES}")

# Described by LINE after the files were taken.
NEWER_EVENTS = {"messageEdited"}


@cache
def schemas(name: str) -> dict[str, Any]:
    """The file's schemas as JSON Schema: a reference to a base class also checks the subclass its `type` names."""
    document = yaml.safe_load((FILES / name).read_text("utf-8"))["components"]["schemas"]
    found: dict[str, Any] = {key: _point(deepcopy(schema), document) for key, schema in document.items()}
    for key, schema in document.items():
        kinds = schema.get("discriminator", {}).get("mapping", {})
        found[f"any {key}"] = {
            "$ref": f"#/$defs/{key}",
            "allOf": [
                {
                    "if": {"properties": {"type": {"const": kind}}},
                    "then": {"$ref": f"#/$defs/{place.rsplit('/', 1)[1]}"},
                }
                for kind, place in kinds.items()
            ],
        }
        if kinds:
            found[f"any {key}"]["properties"] = {"type": {"enum": list(kinds)}}
    return found


def _point(part: Any, document: dict[str, Any], *, exact: bool = False) -> Any:
    if isinstance(part, list):
        return [_point(item, document, exact=exact) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[1]
        return {"$ref": f"#/$defs/{name}" if exact else f"#/$defs/any {name}"}
    return {
        key: _point(value, document, exact=key == "allOf")
        for key, value in part.items()
        if key not in ("discriminator", "example", "externalDocs")
    }


def check(value: Any, name: str, file: str = "messaging-api.yml") -> None:
    Draft202012Validator({"$ref": f"#/$defs/any {name}", "$defs": schemas(file)}).validate(value)


def test_the_checks_bite() -> None:
    for wrong in ({"type": "text"}, {"type": "poster"}, {"type": "flex", "altText": "a", "contents": {"type": "x"}}):
        with pytest.raises(Exception, match="Failed validating"):
            check(wrong, "Message")


@pytest.mark.parametrize("name", [name for name in GOOD if "null" not in name])
def test_messages_we_accept_are_messages(name: str) -> None:
    check(GOOD[name], "Message")


async def test_answers_to_sending(world: World) -> None:
    check((await world.reply(await world.token())).json, "ReplyMessageResponse")
    check((await world.push(key=RETRY_KEY)).json, "PushMessageResponse")
    check((await world.push(key=RETRY_KEY)).json, "ErrorResponse")
    for refused in (await world.push(text("")), await world.push(to="x"), await world.reply("x")):
        check(refused.json, "ErrorResponse")


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("message/quota", "MessageQuotaResponse"),
        ("message/quota/consumption", "QuotaConsumptionResponse"),
        ("info", "BotInfoResponse"),
        ("channel/webhook/endpoint", "GetWebhookEndpointResponse"),
        ("group/{group}/summary", "GroupSummaryResponse"),
        ("group/{group}/members/count", "GroupMemberCountResponse"),
        ("group/{group}/member/{user}", "GroupUserProfileResponse"),
        ("profile/{user}", "UserProfileResponse"),
    ],
)
async def test_answers_to_questions(world: World, path: str, schema: str) -> None:
    check(await world.call("GET", f"/v2/bot/{path}".format(group=world.group, user=world.users[0])), schema)


async def test_the_answer_to_a_tried_webhook(world: World) -> None:
    check(await world.call("POST", "/v2/bot/channel/webhook/test", {}), "TestWebhookEndpointResponse")


async def test_webhooks(world: World) -> None:
    await eventful(world)
    kinds = set()
    for event in world.events:
        if event["type"] not in NEWER_EVENTS:
            check(event, "Event", "webhook.yml")
            kinds.add(event["type"])
    assert kinds == {"join", "message", "unsend", "postback", "memberLeft", "memberJoined", "leave"}
