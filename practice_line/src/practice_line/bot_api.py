"""LINE's Messaging API over HTTP, as far as this stand-in has it. Paths, shapes and errors are LINE's."""

import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice_line.clock import iso
from practice_line.errors import LineError, invalid_property
from practice_line.platform import Platform
from practice_line.validation.node import is_media_url
from practice_line.web import BodyTooLargeError, answer, read_body
from practice_line.webhooks import Courier

Call = Callable[[Request, str], Awaitable[Any]]
VALIDATED = ("reply", "push", "multicast", "narrowcast", "broadcast")
MOST_URL_CHARACTERS = 500


class BotApi:
    """The bot's endpoints. Whatever a call changed is committed before its answer leaves."""

    def __init__(self, platform: Platform, courier: Courier) -> None:
        self._platform = platform
        self._bot = platform.bot
        self._courier = courier
        self._authorization = f"Bearer {platform.token}"

    def routes(self) -> list[Route]:
        message, group, webhook = "/v2/bot/message", "/v2/bot/group/{group_id}", "/v2/bot/channel/webhook"
        return [
            self._route("POST", f"{message}/reply", self._reply),
            self._route("POST", f"{message}/push", self._push),
            self._route("GET", f"{group}/members/count", self._member_count),
            self._route("GET", f"{message}/quota", self._quota),
            self._route("GET", f"{message}/quota/consumption", self._consumption),
            *(self._route("POST", f"{message}/validate/{kind}", self._validate) for kind in VALIDATED),
            self._route("GET", f"{group}/summary", self._summary),
            self._route("GET", f"{group}/member/{{user_id}}", self._member),
            self._route("GET", f"{group}/members/ids", self._member_ids),
            self._route("POST", f"{group}/leave", self._leave),
            self._route("GET", "/v2/bot/info", self._info),
            self._route("GET", "/v2/bot/profile/{user_id}", self._profile),
            self._route("GET", f"{webhook}/endpoint", self._webhook_endpoint),
            self._route("PUT", f"{webhook}/endpoint", self._set_webhook_endpoint),
            self._route("POST", f"{webhook}/test", self._test_webhook),
            self._route("GET", f"{message}/{{message_id}}/content", self._content),
            # The preview is the picture itself: this stand-in draws no smaller one.
            self._route("GET", f"{message}/{{message_id}}/content/preview", self._content),
        ]

    def _route(self, method: str, path: str, call: Call) -> Route:
        endpoint_name = f"{method} {path}"

        async def endpoint(request: Request) -> Response:
            # Ids of reading calls are in no record, so they need not come from the stored sequence.
            request_id = str(uuid4()) if method == "GET" else self._platform.ids.request()
            headers = {"x-line-request-id": request_id}
            try:
                if request.headers.get("authorization") != self._authorization:
                    raise _unauthorized()
                self._bot.count_call(endpoint_name)
                result = await call(request, request_id)
            except LineError as error:
                return answer(error.body, error.status, headers | error.headers)
            except BodyTooLargeError:
                return answer({"message": "Request entity too large"}, 413, headers)
            self._platform.commit()
            self._courier.start()
            if isinstance(result, Response):
                result.headers.update(headers)
                return result
            return answer(result, 200, headers)

        return Route(path, endpoint, methods=[method])

    async def _reply(self, request: Request, request_id: str) -> Any:
        retry_key = request.headers.get("x-line-retry-key")
        return self._bot.reply(await _json(request), retry_key=retry_key, call_id=request_id)

    async def _push(self, request: Request, request_id: str) -> Any:
        retry_key = request.headers.get("x-line-retry-key")
        return self._bot.push(await _json(request), retry_key=retry_key, call_id=request_id)

    async def _validate(self, request: Request, _: str) -> Any:
        return self._bot.validate(await _json(request))

    async def _quota(self, _: Request, __: str) -> Any:
        return self._bot.quota()

    async def _consumption(self, _: Request, __: str) -> Any:
        return self._bot.consumption()

    async def _info(self, _: Request, __: str) -> Any:
        return self._bot.info()

    async def _profile(self, request: Request, _: str) -> Any:
        return self._bot.profile(request.path_params["user_id"])

    async def _summary(self, request: Request, _: str) -> Any:
        return self._bot.group_summary(request.path_params["group_id"])

    async def _member_count(self, request: Request, _: str) -> Any:
        return self._bot.member_count(request.path_params["group_id"])

    async def _member_ids(self, request: Request, _: str) -> Any:
        return self._bot.member_ids(request.path_params["group_id"])

    async def _member(self, request: Request, _: str) -> Any:
        return self._bot.member(request.path_params["group_id"], request.path_params["user_id"])

    async def _leave(self, request: Request, _: str) -> Any:
        return self._bot.leave(request.path_params["group_id"])

    async def _webhook_endpoint(self, _: Request, __: str) -> Any:
        return self._bot.webhook_endpoint()

    async def _set_webhook_endpoint(self, request: Request, _: str) -> Any:
        return self._bot.set_webhook_endpoint(_endpoint(await _json(request)))

    async def _test_webhook(self, request: Request, _: str) -> Any:
        body = await _json(request) if await request.body() else {}
        url = _endpoint(body) if body.get("endpoint") else self._bot.webhook_endpoint()["endpoint"]
        return {"timestamp": iso(self._platform.now_ms()), **await self._courier.try_webhook(url)}

    async def _content(self, request: Request, _: str) -> Any:
        message = self._bot.content(request.path_params["message_id"])
        media = self._platform.state.media.get(message.id)
        assert media is not None
        return Response(base64.b64decode(media.data), media_type=media.content_type)


def _unauthorized() -> LineError:
    return LineError(
        401,
        "Authentication failed due to the following reason: invalid token. "
        "Confirm that the access token in the authorization header is valid.",
    )


def _endpoint(body: dict[str, Any]) -> str:
    url = body.get("endpoint")
    if not isinstance(url, str) or len(url) > MOST_URL_CHARACTERS or not is_media_url(url):
        raise invalid_property("endpoint")
    return url


async def _json(request: Request) -> dict[str, Any]:
    content_type = request.headers.get("content-type", "")
    if content_type.split(";")[0].strip().lower() != "application/json":
        raise LineError(415, f"The content type, {content_type}, is not supported")
    try:
        body = json.loads(await read_body(request))
    except json.JSONDecodeError as error:
        place = f"(line: {error.lineno}, column: {error.colno})"
        raise LineError(400, f"The request body could not be parsed as JSON {place}") from None
    except (UnicodeDecodeError, RecursionError):
        raise LineError(400, "The request body could not be parsed as JSON (line: -, column: -)") from None
    if not isinstance(body, dict):
        raise LineError(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
    return body
