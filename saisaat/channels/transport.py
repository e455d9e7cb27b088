"""One HTTP request out and its answer back: over the network, or straight into an ASGI application.

A transport tells only one thing from another: whether the request can have left (`NO_ANSWER`) or cannot
(`NOT_CONNECTED`). Whatever status comes back is an answer; `answers` says what it means.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import aiohttp

from saisaat.channels.base import ChannelError
from saisaat.domain.delivery import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Raises `ChannelError` with `NOT_CONNECTED` or `NO_ANSWER`, and nothing else for a network's faults."""

    async def request(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Answer: ...

    async def close(self) -> None: ...


class HttpTransport:
    """aiohttp, one pooled session, made at the first request inside the running loop and kept until `close`.

    `connect_timeout` bounds name look-up, connection and TLS; `total_timeout` the whole call (seconds). Redirects
    are not followed and proxy variables of the environment are not read: the token goes to the given host alone.
    """

    def __init__(self, *, connect_timeout: float = 5.0, total_timeout: float = 10.0) -> None:
        self._timeout = aiohttp.ClientTimeout(
            total=total_timeout, connect=connect_timeout, sock_connect=connect_timeout
        )
        self._session: aiohttp.ClientSession | None = None

    async def request(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=self._timeout, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
            )
        try:
            async with self._session.request(
                method, url, headers=headers, data=body, allow_redirects=False
            ) as response:
                content = await response.read()
                answered = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status, answered, content)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise ChannelError(Outcome.NOT_CONNECTED, _reason(error)) from error
        except (aiohttp.ClientError, OSError) as error:
            raise ChannelError(Outcome.NO_ANSWER, _reason(error)) from error

    async def close(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


AsgiMessage = MutableMapping[str, Any]
AsgiApp = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[AsgiMessage]], Callable[[AsgiMessage], Awaitable[None]]],
    Awaitable[None],
]


class AsgiTransport:
    """Hands each request to `app` in this process and loop: a rehearsal's many calls need no socket.

    An exception of the application passes through, since here it is a fault of the program and not of a network.
    An application that returns without answering is `NO_ANSWER`, as a lost answer is.
    """

    def __init__(self, app: AsgiApp) -> None:
        self._app = app

    async def request(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Answer:
        exchange = _Exchange(body or b"")
        await self._app(_scope(method, url, headers), exchange.receive, exchange.send)
        if exchange.status is None:
            raise ChannelError(Outcome.NO_ANSWER, "the application returned without an answer")
        return Answer(exchange.status, exchange.headers, b"".join(exchange.chunks))

    async def close(self) -> None:
        """Nothing to close: the application belongs to its maker."""


class _Exchange:
    """The two ends of one ASGI call."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body
        self._done = asyncio.Event()
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.chunks: list[bytes] = []

    async def receive(self) -> AsgiMessage:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._done.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: AsgiMessage) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {
                bytes(name).decode("latin-1").lower(): bytes(value).decode("latin-1")
                for name, value in message.get("headers", ())
            }
        elif message["type"] == "http.response.body":
            self.chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                self._done.set()


def _scope(method: str, url: str, headers: dict[str, str]) -> dict[str, Any]:
    parts = urlsplit(url)
    host = parts.netloc.encode("latin-1")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode("latin-1"),
        "query_string": parts.query.encode("latin-1"),
        "root_path": "",
        "headers": [
            (b"host", host),
            *((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()),
        ],
        "client": ("127.0.0.1", 0),
        "server": (parts.hostname or "", parts.port),
        "state": {},
    }
