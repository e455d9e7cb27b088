"""The one place where faults strike LINE's API: outermost, where a call can still be lost, or its answer."""

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from practice_line.branches import flat
from practice_line.errors import LineError, monthly_limit, rate_limit, same_person_limit
from practice_line.faults import Call
from practice_line.platform import Platform
from practice_line.practice_rows import Fault
from practice_line.web import MOST_BODY_BYTES, answer

# Where the server leaves, in a request's `state`, what resets the connection that the request came by.
RESET = "practice_line.reset"

ERRORS: dict[str, Callable[[], LineError]] = {
    "rateLimit": rate_limit,
    "monthlyLimit": monthly_limit,
    "samePersonLimit": same_person_limit,
    # LINE does not publish the text of its 500; the wording is ours.
    "serverError": lambda: LineError(500, "Internal server error"),
}


def endpoint_name(method: str, path: str) -> str:
    """One spelling for an endpoint, whatever its parameters are called: "GET /v2/bot/group/{}/summary"."""
    return f"{method} {re.sub(r'{[^}]*}', '{}', path)}"


class FaultGate:
    """Lets the calls of `routes` through to an app, unless a fault strikes them."""

    def __init__(self, platform: Platform, routes: Sequence[Route]) -> None:
        self._platform = platform
        self._routes = routes
        self._closing = asyncio.Event()

    def close(self) -> None:
        """Let go of the calls that are never answered; the server stops."""
        self._closing.set()

    async def __call__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._platform.faults
        route = self._route(scope) if faults.any_call else None
        if route is None:
            await app(scope, receive, send)
            return
        body, receive = await _read(receive)
        call = self._call(scope, *route, body)
        struck = faults.on_call(call)
        if struck:
            await self._strike(app, scope, (receive, send), call, struck)
        else:
            await app(scope, receive, send)

    def _route(self, scope: Scope) -> tuple[str, dict[str, str]] | None:
        for route in self._routes:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return endpoint_name(scope["method"], route.path), child["path_params"]
        return None

    def _call(self, scope: Scope, endpoint: str, params: dict[str, str], body: bytes) -> Call:
        headers = dict(scope["headers"])
        retry_key = headers.get(b"x-line-retry-key", b"").decode("latin-1") or None
        found = _properties(body)
        token = self._platform.state.tokens.get(str(found.get("replyToken")))
        chats = (*params.values(), found.get("to"), found.get("chatId"), token.chat if token else None)
        group = next((chat for chat in chats if isinstance(chat, str) and re.fullmatch("[CR][0-9a-f]{32}", chat)), None)
        return Call(endpoint, group, retry_key)

    async def _strike(
        self, app: ASGIApp, scope: Scope, ends: tuple[Receive, Send], call: Call, struck: list[Fault]
    ) -> None:
        receive, send = ends
        fault = next((each for each in struck if each.kind != "latency"), None)
        await _wait(struck, "before")
        heard: list[Message] = []
        if fault is not None and fault.when == "before":
            status, call_id = None, self._platform.ids.request()
        else:
            status, call_id = await _carry_out(app, scope, receive, heard)
        self._platform.faults.note_call(struck, call, call_id, status)
        self._platform.commit()
        await _wait(struck, "after")
        if fault is None:
            for message in heard:
                await send(message)
        elif fault.kind in ERRORS:
            error = ERRORS[fault.kind]()
            await answer(error.body, error.status, {"x-line-request-id": call_id})(scope, receive, send)
        else:
            await self._lose(fault, scope, receive)

    async def _lose(self, fault: Fault, scope: Scope, receive: Receive) -> None:
        """Give no answer: at once by a reset connection, or never."""
        reset = scope.get("state", {}).get(RESET)
        story = f"practice-line: fault {fault.id} ({fault.kind}, {fault.when} the call was carried out)"
        if reset is None:
            # In one process there is no connection to lose; what a client of a network would raise is raised.
            raise TimeoutError(story) if fault.kind == "timeout" else ConnectionResetError(story)
        if fault.kind == "timeout":
            await self._until_gone(receive)
        reset()
        await _gone(receive)

    async def _until_gone(self, receive: Receive) -> None:
        ends = [asyncio.create_task(_gone(receive)), asyncio.create_task(self._closing.wait())]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
            await asyncio.gather(*ends, return_exceptions=True)


class GatedApp(Starlette):
    """Starlette behind a gate that is further out than its own handling of errors."""

    gate: FaultGate | None = None

    @property
    def routes(self) -> list[BaseRoute]:
        return flat(self.router.routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.gate is None or scope["type"] != "http":
            await super().__call__(scope, receive, send)
        else:
            await self.gate(super().__call__, scope, receive, send)


async def _carry_out(app: ASGIApp, scope: Scope, receive: Receive, heard: list[Message]) -> tuple[int | None, str]:
    """Let the app answer into `heard`; the answer's status and request id."""

    async def hear(message: Message) -> None:
        heard.append(message)

    await app(scope, receive, hear)
    headers = dict(heard[0]["headers"])
    return heard[0]["status"], headers.get(b"x-line-request-id", b"").decode()


async def _wait(struck: list[Fault], when: str) -> None:
    await asyncio.sleep(sum(fault.ms or 0 for fault in struck if fault.kind == "latency" and fault.when == when) / 1000)


async def _read(receive: Receive) -> tuple[bytes, Receive]:
    """The request's body, and what gives it to the next reader once more."""
    heard: list[Message] = []
    size = 0
    while not heard or heard[-1].get("more_body"):
        heard.append(await receive())
        size += len(heard[-1].get("body", b""))
        if size > MOST_BODY_BYTES:
            break
    again = iter(list(heard))

    async def replay() -> Message:
        return next(again, None) or await receive()

    return b"".join(message.get("body", b"") for message in heard), replay


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _properties(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return dict(parse_qsl(body.decode("latin-1")))
    return found if isinstance(found, dict) else {}
