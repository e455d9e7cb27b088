"""Control calls around the account: friends, clips and files people send, rich menus, and keys of channels."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from practice_line.control_api import Body, ControlCall, need, optional, place_of
from practice_line.errors import LineError, RefusedError
from practice_line.platform import Platform

USUAL_TYPES = {"video": "video/mp4", "audio": "audio/mp4"}
USUAL_MS = 10_000

GROUP, PERSON = "/_practice/groups/{groupId}", "/_practice/people/{userId}"


def account_calls(platform: Platform) -> list[ControlCall]:
    """method, path and what is done; described in `account_openapi`."""
    calls = _AccountCalls(platform)
    return [
        ("POST", f"{PERSON}/follow", calls.follow),
        ("POST", f"{PERSON}/unfollow", calls.unfollow),
        ("POST", f"{GROUP}/media", calls.media),
        ("POST", f"{PERSON}/media", calls.media),
        ("POST", f"{GROUP}/location", calls.location),
        ("POST", f"{PERSON}/location", calls.location),
        ("POST", "/_practice/messages/{messageId}/play", calls.play),
        ("GET", f"{PERSON}/rich-menu", calls.rich_menu),
        ("POST", f"{PERSON}/rich-menu", calls.press_rich_menu),
        ("GET", "/_practice/rich-menus/{richMenuId}/image", calls.rich_menu_image),
        ("POST", "/_practice/channels/{channelId}/assertion-keys", calls.add_key),
    ]


class _AccountCalls:
    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def follow(self, request: Request, _: Body) -> Body:
        return self._platform.friends.follow(request.path_params["userId"])

    def unfollow(self, request: Request, _: Body) -> Body:
        return self._platform.friends.unfollow(request.path_params["userId"])

    def media(self, request: Request, body: Body) -> Body:
        kind, data = need(body, "type", str), need(body, "data", str)
        content_type = optional(body, "contentType", str) or USUAL_TYPES.get(kind, "application/octet-stream")
        duration, file_name = optional(body, "duration", int), optional(body, "fileName", str)
        content = describe_media(kind, data, duration, file_name)
        return self._platform.people.media(*place_of(request, body), content, data, content_type)

    def location(self, request: Request, body: Body) -> Body:
        chat, user = place_of(request, body)
        place: dict[str, Any] = {name: _degrees(body, name) for name in ("latitude", "longitude")}
        words = {name: optional(body, name, str) for name in ("title", "address")}
        place |= {name: word for name, word in words.items() if word is not None}
        self._platform.people.place(chat, user)
        raw = {"type": "location", **place}
        return {"messageId": self._platform.people.send(chat, user, raw, raw).id}

    def play(self, request: Request, body: Body) -> Body:
        percent = optional(body, "percent", int)
        user = need(body, "userId", str)
        return self._platform.people.play(request.path_params["messageId"], user, 100 if percent is None else percent)

    def rich_menu(self, request: Request, _: Body) -> Body:
        menu = self._platform.rich_menus.shown_to(request.path_params["userId"])
        return {"richMenu": None if menu is None else {"richMenuId": menu.id, **menu.body}}

    def press_rich_menu(self, request: Request, body: Body) -> Body:
        user, area = request.path_params["userId"], need(body, "area", int)
        menu = self._platform.rich_menus.shown_to(user)
        if menu is None or not 0 <= area < len(menu.body["areas"]):
            raise RefusedError(400, "This person has no rich menu with that area.")
        action = menu.body["areas"][area]["action"]
        return self._platform.people.act(user, user, action, optional(body, "params", dict))

    def rich_menu_image(self, request: Request, _: Body) -> Response:
        try:
            data, kind = self._platform.rich_menus.image(request.path_params["richMenuId"])
        except LineError as error:
            raise RefusedError(404, "There is no such picture.") from error
        return Response(data, media_type=kind, headers={"x-content-type-options": "nosniff"})

    def add_key(self, request: Request, body: Body) -> Body:
        return self._platform.channel_tokens.add_key(request.path_params["channelId"], need(body, "publicKey", dict))


def describe_media(kind: str, data: str, duration: int | None, file_name: str | None) -> dict[str, Any]:
    """The message object of a video, a sound or a file. `duration` in milliseconds."""
    if kind == "file":
        if file_name is None:
            raise RefusedError(400, "`fileName` is missing.")
        return {"type": kind, "fileName": file_name, "fileSize": len(data) * 3 // 4 - data.count("=")}
    if kind not in USUAL_TYPES:
        raise RefusedError(400, "`type` is video, audio or file.")
    return {"type": kind, "duration": duration or USUAL_MS, "contentProvider": {"type": "line"}}


def _degrees(body: Body, name: str) -> float:
    value, most = body.get(name), 90 if name == "latitude" else 180
    if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
        raise RefusedError(400, f"`{name}` is a number from {-most} to {most}.")
    return value
