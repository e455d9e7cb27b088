"""Holds every request to LINE's paths, every answer and every webhook against LINE's OpenAPI files.

`watch` is called once in each process of the tests (conftest, and `watched/sitecustomize` for those that are started):
from then no app of practice-line answers anything there that LINE's files do not allow, or the test fails.
"""

import atexit
import json
import os
import re
import sys
import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import yaml
from jsonschema import Draft202012Validator

FILES = Path(__file__).with_name("line_openapi")
WEBHOOK = "webhook.yml"
NAMES = ("messaging-api.yml", "insight.yml", "liff.yml")

# Where processes that the tests start write what they got wrong, a line each.
VIOLATIONS = "PRACTICE_LINE_VIOLATIONS"

# The authorize page is for people, at access.line.me on LINE, and no API.
LINE_PATHS = re.compile(r"/(v2|oauth2(?!/v2.1/authorize)|bot|liff/v1|friendship|user/v1)(/|$)")
METHODS = ("get", "post", "put", "delete")

# What LINE's reference says and the files lack or say otherwise: where, and why it is right all the same.
ANSWERS_BEYOND: dict[tuple[str, int], str] = {
    ("getMessageContent", 202): "the reference: while the content is being prepared; the file has 200 only",
    ("getMessageContentPreview", 202): "the same",
}
EVENTS_BEYOND: dict[str, str] = {
    "messageEdited": "announced by LINE on 12 August 2026, after these files; held against the SDK's model instead",
}
# Endpoints of LINE's for which no file is here; their answers are held against the SDK's models in test_sdk_*.
PATHS_BEYOND: dict[str, str] = {
    # LINE Login has no file; channel-access-token.yml was not taken along.
    "/oauth2/v2.1/token": "LINE Login and channel-access-token.yml",
    "/oauth2/v2.1/tokens/kid": "channel-access-token.yml",
    "/oauth2/v2.1/revoke": "both",
    "/oauth2/v2.1/verify": "both",
    "/oauth2/v2.1/userinfo": "LINE Login",
    "/oauth2/v2.1/certs": "LINE Login",
    "/oauth2/v3/token": "channel-access-token.yml",
    "/v2/oauth/accessToken": "channel-access-token.yml",
    "/v2/oauth/verify": "channel-access-token.yml",
    "/v2/oauth/revoke": "channel-access-token.yml",
    "/v2/profile": "LINE Login",
    "/friendship/v1/status": "LINE Login",
    "/user/v1/deauthorize": "LINE Login",
}
# "Status codes" of the reference: what any endpoint may answer besides what its operation lists.
REFUSALS = frozenset({400, 401, 403, 404, 409, 410, 413, 415, 429, 500})

exercised: set[str] = set()


class NonconformanceError(AssertionError):
    """Something was said that LINE's files do not allow."""


@dataclass(frozen=True)
class Operation:
    """One endpoint as a file describes it."""

    file: str
    name: str
    method: str
    template: str
    body: dict[str, Any]
    parameters: list[dict[str, Any]]
    answers: dict[int, dict[str, Any]]

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(self.template)))


@dataclass
class Exchange:
    """A request and its answer."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    status: int = 0
    answered: dict[str, str] = field(default_factory=dict)
    content: bytes = b""


@cache
def document(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load((FILES / name).read_text("utf-8"), loader)
    return loaded


@cache
def operations() -> tuple[Operation, ...]:
    """All that the files describe, literal paths before those with parameters."""
    found = []
    for name in NAMES:
        for template, item in document(name)["paths"].items():
            for method in METHODS:
                if method in item:
                    found.append(_operation(name, template, method, item))
    return tuple(sorted(found, key=lambda each: each.template.count("{")))


def _operation(name: str, template: str, method: str, item: dict[str, Any]) -> Operation:
    described = item[method]
    answers = {int(status): answer.get("content", {}) for status, answer in described["responses"].items()}
    parameters = [*item.get("parameters", []), *described.get("parameters", [])]
    body = described.get("requestBody", {})
    return Operation(name, described["operationId"], method.upper(), template, body, parameters, answers)


def operation_of(method: str, path: str) -> Operation | None:
    return next((each for each in operations() if each.method == method and each.pattern.fullmatch(path)), None)


@cache
def schemas(name: str, *, closed: bool) -> dict[str, Any]:
    """A file's schemas as JSON Schema. A reference to a base class also holds the subclass its `type` names.

    `closed`: an object has no property that its schema does not name.
    """
    described = document(name)["components"]["schemas"]
    found: dict[str, Any] = {key: _translate(deepcopy(schema), closed) for key, schema in described.items()}
    for key, schema in described.items():
        kinds = schema.get("discriminator", {}).get("mapping", {})
        whole: dict[str, Any] = {"$ref": f"#/$defs/{key}"}
        if kinds:
            whole["properties"] = {"type": {"enum": list(kinds)}}
            whole["allOf"] = [
                {
                    "if": {"properties": {"type": {"const": kind}}},
                    "then": {"$ref": f"#/$defs/{place.rsplit('/', 1)[1]}"},
                }
                for kind, place in kinds.items()
            ]
        if closed and schema.get("type", "object") == "object":
            whole["unevaluatedProperties"] = False
        found[f"any {key}"] = whole
    return found


def _translate(part: Any, closed: bool, *, base: bool = False) -> Any:
    if isinstance(part, list):
        return [_translate(item, closed, base=base) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[1]
        return {"$ref": f"#/$defs/{name}" if base else f"#/$defs/any {name}"}
    left_out = ("discriminator", "example", "externalDocs", "nullable")
    found = {key: _translate(value, closed, base=key == "allOf") for key, value in part.items() if key not in left_out}
    if part.get("nullable") and "type" in found:
        found["type"] = [found["type"], "null"]
    return found


@cache
def validator(file: str, name: str, *, closed: bool) -> Draft202012Validator:
    schema = {"$ref": f"#/$defs/any {name}", "$defs": schemas(file, closed=closed)}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def check(value: Any, name: str, file: str = "messaging-api.yml", *, closed: bool = True) -> None:
    """A value against a schema of a file. Raises NonconformanceError naming what does not fit."""
    errors = sorted(validator(file, name, closed=closed).iter_errors(value), key=lambda error: list(error.path))
    if errors:
        told = "; ".join(f"{'/'.join(map(str, error.path))}: {error.message[:300]}" for error in errors[:3])
        raise NonconformanceError(f"{name} of {file}: {told}")


def check_webhook(body: bytes) -> None:
    """What is sent to a bot."""
    told = json.loads(body)
    events = [event for event in told["events"] if event["type"] not in EVENTS_BEYOND]
    check({**told, "events": events}, "CallbackRequest", WEBHOOK)


def check_exchange(said: Exchange) -> None:
    """A request that was carried out, and whatever was answered."""
    if not LINE_PATHS.match(said.path):
        return
    if "x-line-request-id" not in said.answered:
        raise NonconformanceError(f"{said.method} {said.path}: no x-line-request-id")
    operation = operation_of(said.method, said.path)
    if operation is None:
        if said.path not in PATHS_BEYOND and said.status not in (404, 405):
            raise NonconformanceError(f"{said.method} {said.path} is in no file and answered {said.status}")
        return
    try:
        _check_answer(operation, said)
        if said.status < 300:
            _check_request(operation, said)
            exercised.add(operation.name)
    except NonconformanceError as error:
        raise NonconformanceError(f"{operation.name} ({said.status}): {error}") from None


def _check_answer(operation: Operation, said: Exchange) -> None:
    if said.status >= 300 and said.status in REFUSALS:
        check(json.loads(said.content), "ErrorResponse")
        return
    if said.status not in operation.answers and (operation.name, said.status) not in ANSWERS_BEYOND:
        raise NonconformanceError(f"answered {said.status}, described are {sorted(operation.answers)}")
    content = operation.answers.get(said.status, {})
    if "application/json" in content:
        check(json.loads(said.content), _name(content["application/json"]["schema"]), operation.file)
    elif not content and said.content not in (b"", b"{}"):
        raise NonconformanceError("an answer without a described content is empty, or an empty object")


def _check_request(operation: Operation, said: Exchange) -> None:
    content = operation.body.get("content", {})
    if "application/json" in content and (said.body or operation.body.get("required")):
        body = _without_nulls(json.loads(said.body))
        check(body, _name(content["application/json"]["schema"]), operation.file, closed=False)
    given = {name: values[0] for name, values in parse_qs(said.query).items()}
    for parameter in operation.parameters:
        value = {"query": given, "header": said.headers}.get(parameter["in"], {}).get(parameter["name"].lower())
        value = given.get(parameter["name"]) if parameter["in"] == "query" else value
        if value is None and parameter.get("required") and parameter["in"] != "path":
            raise NonconformanceError(f"the parameter {parameter['name']} is missing")
        if value is not None:
            _check_parameter(parameter, value)
    unknown = set(given) - {parameter["name"] for parameter in operation.parameters if parameter["in"] == "query"}
    if unknown:
        raise NonconformanceError(f"the parameters {sorted(unknown)} are not described")


def _check_parameter(parameter: dict[str, Any], value: str) -> None:
    schema = parameter["schema"]
    read: Any = int(value) if schema["type"] == "integer" and value.isdigit() else value
    for error in Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(read):
        raise NonconformanceError(f"the parameter {parameter['name']}: {error.message}")


def _name(schema: dict[str, str]) -> str:
    return schema["$ref"].rsplit("/", 1)[1]


def _without_nulls(part: Any) -> Any:
    """LINE takes null for a property that is not there; the files do not say so."""
    if isinstance(part, dict):
        return {key: _without_nulls(value) for key, value in part.items() if value is not None}
    return [_without_nulls(item) for item in part] if isinstance(part, list) else part


def watch_all() -> None:
    """Watch this process, and every practice-line it starts."""
    handle, name = tempfile.mkstemp(prefix="practice-line-", suffix=".violations")
    os.close(handle)
    atexit.register(Path(name).unlink, missing_ok=True)
    started = str(Path(__file__).with_name("watched"))
    os.environ[VIOLATIONS] = name
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (started, os.environ.get("PYTHONPATH", ""))))
    sys.path.append(started)
    watch()


def take_violations() -> list[str]:
    """What was found since the last time, here and in the processes that were started."""
    told = Path(os.environ[VIOLATIONS])
    found = told.read_text("utf-8").splitlines()
    told.write_text("")
    return found


def watch() -> None:
    """From now on every app and courier of this process is checked."""
    from practice_line.fault_gate import GatedApp
    from practice_line.webhooks import Courier

    serve = GatedApp.__call__
    headers_of = Courier._headers

    async def checked(app: Any, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not LINE_PATHS.match(scope["path"]):
            await serve(app, scope, receive, send)
            return
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        said = Exchange(scope["method"], scope["path"], scope["query_string"].decode(), headers, b"")

        async def hear() -> Any:
            message = await receive()
            said.body += message.get("body", b"")
            return message

        async def tell(message: Any) -> None:
            if message["type"] == "http.response.start":
                said.status = message["status"]
                said.answered = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                said.content += message.get("body", b"")
            await send(message)

        await serve(app, scope, hear, tell)
        if said.status:
            _note(check_exchange, said)

    def signed(courier: Any, body: bytes, **how: Any) -> dict[str, str]:
        _note(check_webhook, body)
        return headers_of(courier, body, **how)

    GatedApp.__call__ = checked  # type: ignore[method-assign]
    Courier._headers = signed  # type: ignore[method-assign]


def _note(check: Any, said: Any) -> None:
    """Keep what does not conform for whoever started the watch."""
    try:
        check(said)
    except Exception as error:
        with Path(os.environ[VIOLATIONS]).open("a", encoding="utf-8") as told:
            told.write(f"{type(error).__name__}: {error}\n")
