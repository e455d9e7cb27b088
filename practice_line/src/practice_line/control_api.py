"""The control API under `/_practice/`: the world around the bot. Described in `control_openapi`."""

import inspect
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice_line.control_openapi import DOCUMENT
from practice_line.errors import RefusedError
from practice_line.platform import Platform
from practice_line.stream import stream
from practice_line.validation.node import is_media_url
from practice_line.web import BodyTooLargeError, answer, read_body, shown_content
from practice_line.webhooks import Courier

T = TypeVar("T")
Body = dict[str, Any]
Call = Callable[[Request, Body], Any]
ControlCall = tuple[str, str, Call]

# A white dot, for a picture nobody cares to draw.
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAusB9YlIzLUAAAAASUVORK5CYII="


# The key length HS256 asks for (RFC 7518, 3.2).
SHORTEST_SECRET = 32


class ControlApi:
    """People and switches. With `wait` a call returns only after the bot has answered the events it caused."""

    def __init__(self, platform: Platform, courier: Courier, *, wait: bool, others: Sequence[ControlCall] = ()) -> None:
        """`others` are calls that live in rooms of their own: faults, crowds, scenarios."""
        self._platform = platform
        self._others = others
        self._people = platform.people
        self._courier = courier
        self._wait = wait

    def routes(self) -> list[Route]:
        platform, people = self._platform, self._people
        login = "/_practice/login-channels"
        group, message = "/_practice/groups/{groupId}", "/_practice/messages/{messageId}"
        acts = {"say": self._say, "press": self._press, "sticker": self._sticker, "image": self._image}
        return [
            *(self._route("POST", f"{group}/{name}", act) for name, act in acts.items()),
            *(self._route("POST", f"/_practice/people/{{userId}}/{name}", act) for name, act in acts.items()),
            self._route("GET", "/_practice/people/{userId}/chats", self._chats),
            self._route("GET", "/_practice/chats/{chatId}", self._chat),
            self._route("POST", "/_practice/chats/{chatId}/read", self._read),
            self._route("PUT", f"{message}/readers", self._set_readers),
            self._route("GET", f"{message}/content", self._content),
            self._route("POST", f"{group}/members", self._join),
            self._route("DELETE", f"{group}/members/{{userId}}", self._leave),
            self._route("POST", f"{group}/invite-bot", lambda r, _: people.invite_bot(r.path_params["groupId"])),
            self._route("POST", f"{group}/remove-bot", lambda r, _: people.remove_bot(r.path_params["groupId"])),
            self._route("POST", f"{message}/unsend", lambda r, _: people.unsend(r.path_params["messageId"])),
            self._route("POST", f"{message}/edit", self._edit),
            self._route("GET", "/_practice/clock", lambda _, __: platform.describe_clock()),
            self._route("GET", "/_practice/transcript", self._transcript),
            self._route("PUT", "/_practice/bot", self._set_bot),
            self._route("GET", "/_practice/bot", lambda _, __: platform.describe_bot()),
            self._route("POST", "/_practice/people", self._add_person),
            self._route("GET", "/_practice/people", lambda _, __: people.people()),
            self._route("POST", "/_practice/groups", self._add_group),
            self._route("GET", "/_practice/groups", lambda _, __: people.groups()),
            self._route("PUT", "/_practice/quota", self._set_quota),
            self._route("GET", "/_practice/quota", lambda _, __: platform.describe_quota()),
            self._route("PUT", "/_practice/rules", lambda _, body: platform.set_rules(body)),
            self._route("GET", "/_practice/rules", lambda _, __: platform.describe_rules()),
            self._route("GET", login, lambda _, __: platform.login.channels()),
            self._route("PUT", f"{login}/{{clientId}}", self._set_login_channel),
            self._route("POST", f"{login}/{{clientId}}/liff", self._liff_tokens),
            self._route("GET", "/_practice/stream", lambda _, __: stream(platform)),
            self._route("GET", "/_practice/openapi.json", lambda _, __: DOCUMENT),
            *(self._route(*call) for call in self._others),
        ]

    def _route(self, method: str, path: str, call: Call) -> Route:
        moves_clock = (method, path) == ("PUT", "/_practice/clock")

        async def endpoint(request: Request) -> Response:
            after = self._platform.state.counters.messages
            try:
                body = await _json(request) if method in ("POST", "PUT") else {}
                result = call(request, body)
                if inspect.isawaitable(result):
                    result = await result
            except RefusedError as refusal:
                return answer({"message": str(refusal)}, refusal.status)
            except BodyTooLargeError:
                return answer({"message": "The request body is larger than 2 MB."}, 413)
            if isinstance(result, Response):
                return result
            if method != "GET":
                self._platform.remember(method, request.url.path, body, result, after)
                self._platform.commit()
                await self._carry(also_due=moves_clock)
            return answer(result)

        return Route(path, endpoint, methods=[method])

    async def _carry(self, *, also_due: bool) -> None:
        if self._wait:
            await self._courier.flush()
            if also_due:
                await self._courier.redeliver_due()
        else:
            self._courier.start()
            if also_due:
                self._courier.wake()

    def _say(self, request: Request, body: Body) -> Body:
        quoted = optional(body, "quotedMessageId", str)
        chat, user = place_of(request, body)
        return self._people.say(chat, user, need(body, "text", str), quoted)

    def _press(self, request: Request, body: Body) -> Body:
        chat, user = place_of(request, body)
        message, data = need(body, "messageId", str), need(body, "data", str)
        return self._people.press(chat, user, message, data, optional(body, "params", dict))

    def _sticker(self, request: Request, body: Body) -> Body:
        package, sticker = optional(body, "packageId", str) or "11537", optional(body, "stickerId", str) or "52002734"
        quoted = optional(body, "quotedMessageId", str)
        return self._people.sticker(*place_of(request, body), package, sticker, quoted)

    def _image(self, request: Request, body: Body) -> Body:
        data, kind = optional(body, "data", str) or PICTURE, optional(body, "contentType", str) or "image/png"
        return self._people.image(*place_of(request, body), data, kind)

    def _chats(self, request: Request, _: Body) -> Body:
        return self._platform.chats.chats_of(request.path_params["userId"])

    def _chat(self, request: Request, _: Body) -> Body:
        return self._platform.chats.chat(request.path_params["chatId"], request.query_params.get("before"))

    def _read(self, request: Request, body: Body) -> Body:
        user, message = need(body, "userId", str), need(body, "messageId", str)
        return self._platform.chats.read(request.path_params["chatId"], user, message)

    def _set_readers(self, request: Request, body: Body) -> Body:
        return self._platform.chats.set_readers(request.path_params["messageId"], need(body, "count", int))

    def _content(self, request: Request, _: Body) -> Response:
        return shown_content(self._platform.chats.media(request.path_params["messageId"]))

    def _join(self, request: Request, body: Body) -> Body:
        return self._people.join(_group(request), need(body, "userId", str))

    def _leave(self, request: Request, _: Body) -> Body:
        return self._people.leave(_group(request), request.path_params["userId"])

    def _edit(self, request: Request, body: Body) -> Body:
        return self._people.edit(request.path_params["messageId"], need(body, "text", str))

    def _add_person(self, _: Request, body: Body) -> Body:
        friend, consented = optional(body, "friend", bool), optional(body, "consented", bool)
        name = need(body, "name", str)
        return self._people.add_person(name, friend=friend is not False, consented=consented is not False)

    def _add_group(self, _: Request, body: Body) -> Body:
        members = optional(body, "members", list) or []
        other = optional(body, "otherAccount", bool) or False
        return self._people.add_group(need(body, "name", str), members, other_account=other)

    def _set_bot(self, _: Request, body: Body) -> Body:
        url = need(body, "webhook", str) if body.get("webhook") is not None else None
        if url is not None and not is_media_url(url):
            raise RefusedError(400, "`webhook` is an https address, or http on this machine.")
        active = optional(body, "active", bool)
        return self._platform.set_bot(url, name=optional(body, "name", str), active=active is not False)

    def _set_quota(self, _: Request, body: Body) -> Body:
        limit = need(body, "limit", int) if body.get("limit") is not None else None
        if limit is not None and limit < 0:
            raise RefusedError(400, "`limit` is 0 or more, or null for a plan without a limit.")
        return self._platform.set_quota(limit)

    def _set_login_channel(self, request: Request, body: Body) -> Body:
        client_id, secret = request.path_params["clientId"], optional(body, "clientSecret", str)
        if not re.fullmatch(r"[0-9]{10}", client_id):
            raise RefusedError(400, "A channel id has ten digits, as LINE's have.")
        if client_id == self._platform.channel_id:
            raise RefusedError(409, "That is the id of the Messaging API's channel.")
        if secret is not None and len(secret) < SHORTEST_SECRET:
            raise RefusedError(400, f"`clientSecret` has at least {SHORTEST_SECRET} characters, as LINE's have.")
        uris = need(body, "redirectUris", list)
        if not all(isinstance(uri, str) and urlsplit(uri).scheme and urlsplit(uri).netloc for uri in uris):
            raise RefusedError(400, "`redirectUris` is a list of whole addresses.")
        name = optional(body, "name", str) or "Practice app"
        return self._platform.login.set_channel(client_id, name, secret, uris)

    def _liff_tokens(self, request: Request, body: Body) -> Body:
        return self._platform.login.liff_tokens(request.path_params["clientId"], need(body, "userId", str))

    def _transcript(self, request: Request, _: Body) -> Body:
        group_id = request.query_params.get("groupId")
        if group_id is not None:
            self._platform.group(group_id)
        return self._people.transcript(group_id, request.query_params.get("after"))


def need(body: Body, key: str, kind: type[T]) -> T:
    """A required property of a request body. Raises RefusedError 400."""
    value = body.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)) or value == "":
        raise RefusedError(400, f"`{key}` is missing or not of type {kind.__name__}.")
    return value


def optional(body: Body, key: str, kind: type[T]) -> T | None:
    return None if body.get(key) is None else need(body, key, kind)


def place_of(request: Request, body: Body) -> tuple[str, str]:
    """The chat spoken in and who speaks: a member in a group, or a person in their own chat with the account."""
    if "groupId" in request.path_params:
        return _group(request), need(body, "userId", str)
    user_id: str = request.path_params["userId"]
    return user_id, user_id


def _group(request: Request) -> str:
    group_id: str = request.path_params["groupId"]
    return group_id


async def _json(request: Request) -> Body:
    raw = await read_body(request)
    try:
        body = json.loads(raw) if raw else {}
    except (ValueError, RecursionError):
        raise RefusedError(400, "The request body is not JSON.") from None
    if not isinstance(body, dict):
        raise RefusedError(400, "The request body is not a JSON object.")
    return body
