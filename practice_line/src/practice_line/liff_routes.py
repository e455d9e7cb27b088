"""LIFF over HTTP: the SDK's script, LIFF URLs, the SDK's calls from an ordinary browser, and the control calls."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from practice_line.control_api import Body, ControlCall, need, optional
from practice_line.errors import LineError, LoginError, RefusedError
from practice_line.liff import endpoint_of
from practice_line.liff_api import USUAL, check_liff_app
from practice_line.liff_links import LIFF_ID, primary_url
from practice_line.platform import Platform
from practice_line.web import BodyTooLargeError, answer, read_body

SDK = Path(__file__).with_name("liff_sdk")

# The parts of the script in the order in which they are put together.
PARTS = ("errors.js", "links.js", "room.js", "web.js", "methods.js", "sharing.js", "liff.js")

# The newest version LINE documents, which the edge path gives.
NEWEST = "2.31.2"

# The page of a LIFF app is somebody else's; it sends no cookies here, only tokens.
CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "authorization, content-type",
    "access-control-allow-methods": "GET, POST",
}


@cache
def sdk_source() -> str:
    """The SDK's parts as the body of one function, without its version and address."""
    return "\n".join((SDK / part).read_text("utf-8") for part in PARTS)


def sdk_script(version: str, address: str) -> str:
    """The whole script, as a browser gets it from `address`."""
    # The script knows best where it came from; the request's address stands in where it was loaded as a module.
    source = "document.currentScript?.src"
    served = f"const SERVED = {source} ? new URL({source}).origin : {json.dumps(address)};"
    return f"(() => {{\n'use strict';\nconst SDK_VERSION = '{version}';\n{served}\n{sdk_source()}\n}})();\n"


class LiffWeb:
    """What browsers ask for: everything under /liff/ but LINE's server API."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._liff = platform.liff

    def routes(self) -> list[Route]:
        app = "/liff/sdk/{liffId}"
        return [
            Route("/liff/edge/{major:int}/sdk.js", self._sdk, methods=["GET"]),
            Route("/liff/edge/versions/{version}/sdk.js", self._sdk, methods=["GET"]),
            self._route(f"{app}/context", "GET", self._context),
            self._route(f"{app}/token", "POST", self._token),
            self._route(f"{app}/profile", "GET", lambda r, _: self._platform.login.profile(bearer(r))),
            self._route(f"{app}/friendship", "GET", self._friendship),
            Route("/liff/{liffId}", self._liff_url, methods=["GET"]),
            Route("/liff/{liffId}/{rest:path}", self._liff_url, methods=["GET"]),
        ]

    async def _sdk(self, request: Request) -> Response:
        version = request.path_params.get("version", NEWEST)
        if request.path_params.get("major", 2) != 2 or not is_version(version):
            return answer({"message": "Not found"}, 404)
        address = str(request.base_url).rstrip("/")
        script = sdk_script(version, address)
        headers = {**CORS, "cache-control": "no-cache", "x-content-type-options": "nosniff"}
        return Response(script, media_type="text/javascript", headers=headers)

    async def _liff_url(self, request: Request) -> Response:
        """A LIFF URL in an ordinary browser: on to the app's primary redirect URL."""
        liff_id = request.path_params["liffId"]
        app = self._platform.state.liff_apps.get(liff_id) if LIFF_ID.fullmatch(liff_id) else None
        if app is None:
            return answer({"message": "Not found"}, 404)
        # As it was written: a decoded %3F or %23 would turn a part of the path into a query or a fragment.
        raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
        extra = raw.decode("latin-1").partition(f"/liff/{liff_id}")[2].partition("?")[0]
        query = request.url.query
        return RedirectResponse(primary_url(endpoint_of(app), f"{extra}?{query}" if query else extra), 302)

    def _route(self, path: str, method: str, call: Callable[[Request, Body], Body]) -> Route:
        async def endpoint(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=CORS)
            try:
                form = dict(parse_qsl((await read_body(request)).decode(errors="replace"), keep_blank_values=True))
                result = call(request, form)
            except LoginError as error:
                return answer({"message": error.body["error_description"]}, 400, CORS)
            except LineError as error:
                return answer(error.body, error.status, CORS)
            except RefusedError as error:
                return answer({"message": str(error)}, error.status, CORS)
            except BodyTooLargeError:
                return answer({"message": "Request entity too large"}, 413, CORS)
            self._platform.commit()
            return answer(result, 200, {**CORS, "cache-control": "no-store"})

        return Route(path, endpoint, methods=[method, "OPTIONS"])

    def _context(self, request: Request, _: Body) -> Body:
        token = bearer(request) if "authorization" in request.headers else ""
        return self._liff.outside(request.path_params["liffId"], token)

    def _token(self, request: Request, form: Body) -> Body:
        code, redirect_uri, verifier = (form.get(name, "") for name in ("code", "redirect_uri", "code_verifier"))
        return self._liff.sign_in(request.path_params["liffId"], code, redirect_uri, verifier)

    def _friendship(self, request: Request, _: Body) -> Body:
        return self._liff.outside_friendship(request.path_params["liffId"], bearer(request))


def liff_calls(platform: Platform) -> list[ControlCall]:
    """The control calls: LIFF apps, and LIFF apps that somebody has open."""
    liff = platform.liff
    app, opening = "/_practice/liff-apps/{liffId}", "/_practice/liff-openings/{key}"

    def set_app(request: Request, body: Body) -> Any:
        share = optional(body, "shareTargetPicker", bool)
        settings = whole_settings({name: value for name, value in body.items() if name != "shareTargetPicker"})
        return liff.set_app(request.path_params["liffId"], settings, share_target_picker=share is not False)

    def open_app(request: Request, body: Body) -> Any:
        return liff.open(
            request.path_params["liffId"],
            need(body, "userId", str),
            chat=_text(body, "chatId"),
            extra=_text(body, "extra"),
            referrer=_text(body, "referrer"),
            agreed=optional(body, "agreed", list),
            add_friend=body.get("addFriend") is True,
        )

    def targets(request: Request, body: Body) -> Any:
        return liff.targets(_key(request), body.get("messages"), multiple=body.get("isMultiple") is not False)

    def share(request: Request, body: Body) -> Any:
        multiple = body.get("isMultiple") is not False
        return liff.share(_key(request), body.get("messages"), need(body, "to", list), multiple=multiple)

    return [
        ("GET", "/_practice/liff-apps", lambda _, __: liff.apps()),
        ("PUT", app, set_app),
        ("POST", f"{app}/open", open_app),
        ("GET", opening, lambda r, _: liff.start(_key(r))),
        ("DELETE", opening, lambda r, _: liff.close(_key(r))),
        ("GET", f"{opening}/profile", lambda r, _: liff.profile(_key(r))),
        ("GET", f"{opening}/friendship", lambda r, _: liff.friendship(_key(r))),
        ("POST", f"{opening}/messages", lambda r, body: liff.send(_key(r), body.get("messages"))),
        ("POST", f"{opening}/targets", targets),
        ("POST", f"{opening}/share", share),
    ]


def whole_settings(body: Body) -> Body:
    """A LIFF app's settings with LINE's defaults filled in. Raises RefusedError 400."""
    unknown = set(body) - {"view", "description", *USUAL}
    if unknown:
        raise RefusedError(400, f"A LIFF app has no `{min(unknown)}`.")
    try:
        settings = {**USUAL, **check_liff_app(body)}
    except LineError as error:
        raise RefusedError(400, str(error)) from error
    if not {"type", "url"} <= settings.get("view", {}).keys():
        raise RefusedError(400, "`view` has a `type` (compact, tall or full) and a `url`, the endpoint.")
    return settings


def is_version(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 3 and parts[0] == "2" and all(part.isdecimal() and len(part) < 4 for part in parts)


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind == "Bearer" else ""


def _text(body: Body, key: str) -> str:
    """A text that may be empty or left out."""
    return need(body, key, str) if body.get(key) else ""


def _key(request: Request) -> str:
    key: str = request.path_params["key"]
    return key
