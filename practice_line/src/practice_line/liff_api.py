"""LINE's LIFF server API: the LIFF apps of a login channel, by that channel's access token."""

import re
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from practice_line.errors import LineError
from practice_line.ids import letters
from practice_line.line_api import LineApi, LineCall
from practice_line.platform import Platform
from practice_line.rows import LiffApp
from practice_line.validation.node import is_media_url
from practice_line.webhooks import Courier

MOST_APPS = 30
VIEW_TYPES = ("compact", "tall", "full")
SCOPES = ("openid", "email", "profile", "chat_message.write")
BOT_PROMPTS = ("normal", "aggressive", "none")
USUAL = {
    "features": {"ble": False, "qrCode": False},
    "permanentLinkPattern": "concat",
    "scope": ["profile", "chat_message.write"],
    "botPrompt": "none",
}

# LINE allows neither its own name nor what looks like it in an app's name.
OWN_NAME = re.compile(r"(?<![a-z])line(?![a-z])", re.IGNORECASE)

Body = dict[str, Any]


class LiffServerApi(LineApi):
    """Add, update, list and delete LIFF apps. LINE gives the reasons of its refusals, not the texts: those are ours."""

    def __init__(self, platform: Platform, courier: Courier) -> None:
        super().__init__(platform, courier)
        self._apps = platform.state.liff_apps

    def routes(self) -> list[Route]:
        apps = "/liff/v1/apps"
        return [
            self.route("POST", apps, self._add, login=True),
            self.route("GET", apps, self._list, login=True),
            self.route("PUT", f"{apps}/{{liffId}}", self._update, login=True),
            self.route("DELETE", f"{apps}/{{liffId}}", self._delete, login=True),
        ]

    async def _add(self, call: LineCall) -> Body:
        body = await call.json()
        if not isinstance(body.get("view"), dict):
            raise LineError(400, "view is required")
        checked = {**USUAL, **check_liff_app(body)}
        for name in ("type", "url"):
            if name not in checked["view"]:
                raise LineError(400, f"view.{name} is required")
        if sum(app.client_id == call.channel_id for app in self._apps) >= MOST_APPS:
            raise LineError(400, f"A channel has at most {MOST_APPS} LIFF apps")
        liff_id = f"{call.channel_id}-{letters(self._platform.ids.digest(), 8)}"
        self._platform.liff.set_app(liff_id, checked)
        return {"liffId": liff_id}

    def _list(self, call: LineCall) -> Body:
        apps = [{"liffId": app.liff_id, **app.body} for app in self._apps if app.client_id == call.channel_id]
        if not apps:
            raise LineError(404, "There is no LIFF app on the channel")
        return {"apps": apps}

    async def _update(self, call: LineCall) -> Response:
        app = self._own(call)
        changes = check_liff_app(await call.json())
        view = {**app.body["view"], **changes.pop("view", {})}
        features = {**app.body.get("features", {}), **changes.pop("features", {})}
        body = {**app.body, **changes, "view": view, "features": features}
        self._platform.liff.set_app(app.liff_id, body, share_target_picker=app.share_target_picker)
        return Response(status_code=200)

    def _delete(self, call: LineCall) -> Response:
        self._apps.drop(self._own(call).liff_id)
        return Response(status_code=200)

    def _own(self, call: LineCall) -> LiffApp:
        app = self._apps.get(call.path("liffId"))
        if app is None or app.client_id != call.channel_id:
            raise LineError(404, "The specified LIFF app does not exist")
        return app


def check_liff_app(body: Body) -> Body:
    """The settings of a LIFF app that a body names, in LINE's shape. Raises LineError 400 for those LINE refuses."""
    checked: Body = {}
    if body.get("view") is not None:
        checked["view"] = _view(body["view"])
    if body.get("description") is not None:
        checked["description"] = _description(body["description"])
    if body.get("features") is not None:
        checked["features"] = _flags(body["features"], "features", ("ble", "qrCode"))
    if body.get("permanentLinkPattern") is not None:
        checked["permanentLinkPattern"] = _one_of(body["permanentLinkPattern"], "permanentLinkPattern", ("concat",))
    if body.get("scope") is not None:
        if not isinstance(body["scope"], list):
            raise LineError(400, "scope is invalid")
        checked["scope"] = [_one_of(scope, "scope", SCOPES) for scope in body["scope"]]
    if body.get("botPrompt") is not None:
        checked["botPrompt"] = _one_of(body["botPrompt"], "botPrompt", BOT_PROMPTS)
    return checked


def _view(view: Any) -> Body:
    if not isinstance(view, dict):
        raise LineError(400, "view is invalid")
    checked = _flags(view, "view", ("moduleMode",))
    if view.get("type") is not None:
        checked["type"] = _one_of(view["type"], "view.type", VIEW_TYPES)
    url = view.get("url")
    if url is not None:
        if not isinstance(url, str) or "#" in url or not is_media_url(url):
            raise LineError(400, "view.url is invalid")
        checked["url"] = url
    return checked


def _flags(part: Any, where: str, names: tuple[str, ...]) -> Body:
    if not isinstance(part, dict):
        raise LineError(400, f"{where} is invalid")
    flags = {name: part[name] for name in names if part.get(name) is not None}
    wrong = next((name for name, value in flags.items() if not isinstance(value, bool)), None)
    if wrong is not None:
        raise LineError(400, f"{where}.{wrong} is invalid")
    return flags


def _description(text: Any) -> str:
    if not isinstance(text, str) or OWN_NAME.search(text):
        raise LineError(400, "description is invalid")
    return text


def _one_of(value: Any, where: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise LineError(400, f"{where} is invalid")
    return str(value)
