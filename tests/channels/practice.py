"""The practice LINE on a loopback socket, with a bot that hears its webhooks over another."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import uvicorn
from aiohttp import web
from aiohttp.test_utils import TestServer
from practice_line.app import create_app
from practice_line.platform import Platform

from saisaat.channels.line import LineChannel
from saisaat.domain.messages import InboundEvent

SECRET = "practice-secret"
TOKEN = "practice-token"


@dataclass
class Practice:
    """One group of three people, this program's channel, and what it heard. `status` is what the bot answers LINE."""

    url: str
    session: aiohttp.ClientSession
    channel: LineChannel
    hook: str = ""
    status: int = 200
    heard: list[InboundEvent] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    group: str = ""

    async def control(self, method: str, path: str, **body: Any) -> Any:
        """A call of the control API. It returns after the bot has answered the events that the call caused."""
        async with self.session.request(method, f"{self.url}/_practice/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def say(self, text: str, **more: Any) -> InboundEvent:
        """Let the first person write in the group; return the event that reached the bot."""
        await self.control("POST", f"groups/{self.group}/say", userId=self.people[0], text=text, **more)
        return self.heard[-1]

    async def sent_by_bot(self) -> list[dict[str, Any]]:
        lines = (await self.control("GET", f"transcript?groupId={self.group}"))["messages"]
        return [line for line in lines if line["from"] == "bot"]

    async def hear(self, request: web.Request) -> web.Response:
        signature = request.headers.get("X-Line-Signature")
        self.heard += self.channel.parse_webhook(await request.read(), signature)
        return web.Response(status=self.status)


@contextlib.asynccontextmanager
async def practice_line() -> AsyncIterator[Practice]:
    platform = Platform(token=TOKEN, secret=SECRET, seed=1)
    async with contextlib.AsyncExitStack() as stack:
        url = await stack.enter_async_context(served(create_app(platform, wait_for_webhook=True)))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        channel = LineChannel(access_token=TOKEN, secret=SECRET, api_base=url)
        stack.push_async_callback(channel.close)
        practice = Practice(url, session, channel)
        bot = web.Application()
        bot.router.add_post("/hook", practice.hear)
        server = await stack.enter_async_context(TestServer(bot))
        practice.hook = str(server.make_url("/hook"))
        await practice.control("PUT", "bot", webhook=practice.hook)
        practice.people = [(await practice.control("POST", "people", name=f"คนที่ {no}"))["userId"] for no in (1, 2, 3)]
        made = await practice.control("POST", "groups", name="กลุ่มซ้อม", members=practice.people)
        practice.group = made["groupId"]
        yield practice


@contextlib.asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """An ASGI application on a loopback port of its own; its address."""
    # Named TCP, so that asyncio switches Nagle's delay off: else every answer waits 40 ms for an acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, ws="none"))
    serving = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()
