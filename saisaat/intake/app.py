"""The webhook receiver: verify the raw bytes, store, commit, then answer 200. Raw ASGI beside Django, for speed.

Answers: 200 stored (or nothing to store), 400 not a webhook body, 401 not signed by this channel, 404 no such channel,
405 not a POST, 413 too large, 503 could not be stored in time (the sender delivers again; an event counts once).
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.db import DatabaseError

from saisaat.actions.channel_pool import ChannelPool
from saisaat.channels.base import BadSignature, Malformed
from saisaat.intake.writer import Writer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST_BODY = 1_000_000
SECONDS_TO_STORE = 1.7
"""LINE gives up after 2 s."""

NOT_STORED = 503, "not stored yet; please deliver again"

_PATH = re.compile(r"/line/([0-9a-z]{16})/webhook")


class Intake:
    """An ASGI application for `POST /line/<channel>/webhook`."""

    def __init__(self, *, pool: ChannelPool, writer: Writer) -> None:
        self._pool = pool
        self._writer = writer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            status, words = await self._answer(scope, receive)
        except DatabaseError:
            status, words = NOT_STORED
        body = words.encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, str]:
        match = _PATH.fullmatch(scope["path"])
        if match is None:
            return 404, "no such channel"
        if scope["method"] != "POST":
            return 405, "a webhook is a POST"
        body = await _read(receive)
        if body is None:
            return 413, "the body is larger than a webhook's may be; nothing was stored"
        channel = await self._pool.get(match.group(1))
        if channel is None:
            return 404, "no such channel"
        row, port = channel
        try:
            events = port.parse_webhook(body, _signature(scope))
        except BadSignature:
            return 401, "the signature does not fit; nothing was stored"
        except Malformed:
            return 400, "this is not a webhook body; nothing was stored"
        if not events:
            return 200, "OK"
        try:
            await asyncio.wait_for(asyncio.shield(self._writer.store(row, events)), SECONDS_TO_STORE)
        except Exception:
            return NOT_STORED
        return 200, "OK"


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None past the limit (what follows is left unread)."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(chunks)
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > LARGEST_BODY:
            return None
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _signature(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name.lower() == b"x-line-signature":
            return str(value.decode("latin-1"))
    return None
