"""What all of LINE's endpoints have in common over HTTP: who calls, how often, what goes back beside the answer."""

import inspect
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice_line.errors import LineError, LoginError, unauthorized
from practice_line.platform import Platform
from practice_line.web import BodyTooLargeError, answer, read_body
from practice_line.webhooks import Courier


class LineCall:
    """One authorized call: `id` is its x-line-request-id, `channel_id` the channel whose access token it carries."""

    __slots__ = ("channel_id", "id", "request")

    def __init__(self, request: Request, call_id: str, channel_id: str) -> None:
        self.request = request
        self.id = call_id
        self.channel_id = channel_id

    def path(self, name: str) -> str:
        value: str = self.request.path_params[name]
        return value

    def query(self, name: str) -> str | None:
        return self.request.query_params.get(name)

    def header(self, name: str) -> str | None:
        return self.request.headers.get(name)

    async def json(self) -> dict[str, Any]:
        """The body, an object of JSON. Raises LineError in the words LINE has for bodies that are not."""
        content_type = self.request.headers.get("content-type", "")
        if content_type.split(";")[0].strip().lower() != "application/json":
            raise LineError(415, f"The content type, {content_type}, is not supported")
        try:
            body = json.loads(await read_body(self.request))
        except json.JSONDecodeError as error:
            place = f"(line: {error.lineno}, column: {error.colno})"
            raise LineError(400, f"The request body could not be parsed as JSON {place}") from None
        except (UnicodeDecodeError, RecursionError):
            raise LineError(400, "The request body could not be parsed as JSON (line: -, column: -)") from None
        if not isinstance(body, dict):
            raise LineError(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
        return body

    async def bytes(self) -> bytes:
        return await read_body(self.request)


# Returns the answer's JSON, a whole Response, or something to await that gives either.
Handler = Callable[[LineCall], Any]


class LineApi:
    """Makes routes of LINE's endpoints. Whatever a call changed is committed before its answer leaves."""

    def __init__(self, platform: Platform, courier: Courier) -> None:
        self._platform = platform
        self._courier = courier
        self._long_lived = f"Bearer {platform.token}"

    def route(self, method: str, path: str, handler: Handler, *, status: int = 200, login: bool = False) -> Route:
        """An endpoint for the Messaging API's channel or, with `login`, for login channels."""
        endpoint_name = f"{method} {path}"

        async def endpoint(request: Request) -> Response:
            # Ids of reading calls are in no record, so they need not come from the stored sequence.
            call_id = str(uuid4()) if method == "GET" else self._platform.ids.request()
            headers = {"x-line-request-id": call_id}
            try:
                channel_id = self._channel(request, login)
                self._platform.rates.count(endpoint_name, channel_id)
                result = handler(LineCall(request, call_id, channel_id))
                if inspect.isawaitable(result):
                    result = await result
            except LineError as error:
                return answer(error.body, error.status, headers | error.headers)
            except BodyTooLargeError:
                return answer({"message": "Request entity too large"}, 413, headers)
            self._platform.commit()
            self._courier.start()
            if isinstance(result, Response):
                result.headers.update(headers)
                return result
            return answer(result, status, headers)

        return Route(path, endpoint, methods=[method])

    def _channel(self, request: Request, login: bool) -> str:
        authorization = request.headers.get("authorization", "")
        if authorization == self._long_lived:
            found: str | None = self._platform.channel_id
        else:
            kind, _, token = authorization.partition(" ")
            found = self._platform.channel_tokens.channel_of(token) if kind == "Bearer" else None
        if found is None or login is (found == self._platform.channel_id):
            raise unauthorized()
        return found


def form_route(platform: Platform, method: str, path: str, handler: Callable[[Request, dict[str, str]], Any]) -> Route:
    """An endpoint without a channel access token: its body is a form, a refusal has OAuth's two words.

    What the handler returns is the answer's JSON; None is an empty 200.
    """

    async def endpoint(request: Request) -> Response:
        headers = {"x-line-request-id": str(uuid4())}
        try:
            result = handler(request, await read_form(request) if method == "POST" else {})
        except LoginError as refusal:
            return answer(refusal.body, 400, headers)
        except LineError as refusal:
            return answer(refusal.body, refusal.status, headers)
        except BodyTooLargeError:
            return answer({"message": "Request entity too large"}, 413, headers)
        platform.commit()
        if result is None:
            return Response(status_code=200, headers=headers)
        return answer(result, 200, headers)

    return Route(path, endpoint, methods=[method])


async def read_form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await read_body(request)).decode(errors="replace"), keep_blank_values=True))
