"""The control calls about faults."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from practice_line.control_api import Body, ControlCall, optional
from practice_line.errors import RefusedError
from practice_line.fault_gate import endpoint_name
from practice_line.platform import Platform

TYPES: dict[str, type] = {
    "kind": str,
    "when": str,
    "endpoint": str,
    "event": str,
    "groupId": str,
    "retryKey": str,
    "next": int,
    "every": int,
    "ms": int,
    "size": int,
}


def fault_calls(platform: Platform, line: Sequence[Route]) -> list[ControlCall]:
    """The calls; `line` are the routes of LINE's own API, which faults may name."""
    endpoints = {endpoint_name(method, route.path): None for route in line for method in route.methods or ()}

    def add(_: Request, body: Body) -> Any:
        unknown = set(body) - {*TYPES, "probability"}
        if unknown:
            raise RefusedError(400, f"A fault has no `{min(unknown)}`.")
        wish: Body = {name: optional(body, name, kind) for name, kind in TYPES.items()}
        wish["probability"] = _number(body, "probability")
        if wish["endpoint"] is not None:
            wish["endpoint"] = _endpoint(wish["endpoint"])
        if wish["groupId"] is not None:
            platform.group(wish["groupId"])
        return platform.faults.add(wish)

    def _endpoint(text: str) -> str:
        method, _, path = text.partition(" ")
        name = endpoint_name(method, path)
        if name not in endpoints:
            raise RefusedError(400, "`endpoint` is a method and a path of LINE's API, as POST /v2/bot/message/push.")
        return name

    def log(request: Request, _: Body) -> Any:
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            raise RefusedError(400, "`after` is the number of a line.")
        return platform.faults.log(int(after))

    return [
        ("GET", "/_practice/faults", lambda _, __: platform.faults.all()),
        ("POST", "/_practice/faults", add),
        ("DELETE", "/_practice/faults", lambda _, __: platform.faults.clear()),
        ("GET", "/_practice/faults/log", log),
        ("DELETE", "/_practice/faults/{faultId}", lambda r, _: platform.faults.remove(r.path_params["faultId"])),
    ]


def _number(body: Body, key: str) -> float | None:
    value = body.get(key)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else optional(body, key, float)
