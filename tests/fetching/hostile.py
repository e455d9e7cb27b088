"""A web site on this machine that behaves as badly as sites do, and the one fetcher that may go there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from saisaat.fetching.safe import LARGEST_TEXT, Fetcher


async def _hello(_: web.Request) -> web.Response:
    return web.Response(text="hello")


async def _large(_: web.Request) -> web.Response:
    return web.Response(body=b"x" * 5000)


async def _endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    for _ in range(100):
        await answer.write(b"x" * 1000)
    return answer


async def _round(_: web.Request) -> web.Response:
    raise web.HTTPFound("/round")


async def _home(_: web.Request) -> web.Response:
    raise web.HTTPFound("/hello")


async def _inside(request: web.Request) -> web.Response:
    raise web.HTTPFound(f"http://127.0.0.2:{request.url.port}/hello")


async def _file(_: web.Request) -> web.Response:
    raise web.HTTPFound("file:///etc/hostname")


async def _missing(_: web.Request) -> web.Response:
    raise web.HTTPNotFound


async def _slow(_: web.Request) -> web.Response:
    await asyncio.sleep(60)
    return web.Response()


async def _torrent(request: web.Request) -> web.StreamResponse:
    """More than anything may be long, without saying so before."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    for _ in range(LARGEST_TEXT // 100_000 + 1):
        await answer.write(b"x" * 100_000)
    return answer


async def _oembed(request: web.Request) -> web.Response:
    """What a platform says of a clip: `picture` is where its thumbnail is."""
    told = {"title": "โปร่งใสไปด้วยกัน", "author_name": "ช่องตัวอย่าง", "thumbnail_url": request.query.get("picture")}
    return web.json_response(told)


@asynccontextmanager
async def hostile_site() -> AsyncIterator[str]:
    """Its address. Each handler above is a path without the underscore."""
    app = web.Application()
    for name, handler in globals().items():
        if name.startswith("_") and asyncio.iscoroutinefunction(handler):
            app.router.add_get(f"/{name[1:]}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    server = web.TCPSite(runner, "127.0.0.1", 0)
    await server.start()
    assert server._server is not None
    port = server._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


def _this_machine(address: str) -> bool:
    return address == "127.0.0.1"


NEAR = Fetcher(allowed=_this_machine, schemes=("http",))
"""For 127.0.0.1 what the real one is for the open internet; 127.0.0.2 is already outside of it."""
