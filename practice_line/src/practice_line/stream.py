"""Live news for chat pages, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.responses import StreamingResponse

from practice_line.platform import Platform

HEARTBEAT_SECONDS = 15.0


def stream(platform: Platform) -> StreamingResponse:
    """Events named message, unsend, membership, bot, read and clock; clock comes first: the page knows it is on."""
    headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
    return StreamingResponse(_events(platform), media_type="text/event-stream", headers=headers)


async def _events(platform: Platform) -> AsyncIterator[str]:
    news: asyncio.Queue[str | None] = asyncio.Queue()

    def hear(kind: str, data: dict[str, Any]) -> None:
        news.put_nowait(None if kind == "end" else _format(kind, data))

    platform.listeners.append(hear)
    try:
        yield "retry: 1000\n\n" + _format("clock", platform.describe_clock())
        while True:
            try:
                item = await asyncio.wait_for(news.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                item = ": still here\n\n"
            if item is None:
                return
            yield item
    finally:
        platform.listeners.remove(hear)


def _format(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
