"""Replies a second and a core: our LINE client beside line-bot-sdk's two, against one server on loopback.

Run: python -m benchmarks.line_client [--count N]

The server is a process of its own that answers every POST with a constant receipt, so the figures are the clients'
own cost. "CPU" is this process's CPU time alone; "a core" is requests by that time. No TLS on any row.
"""

import argparse
import asyncio
import multiprocessing
import socket
import time
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import uvloop

from saisaat.channels.line import LineChannel
from saisaat.channels.transport import AsgiTransport

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from linebot.v3.messaging import (
        ApiClient,
        AsyncApiClient,
        AsyncMessagingApi,
        Configuration,
        MessagingApi,
        ReplyMessageRequest,
        TextMessage,
    )

BODY = b'{"sentMessages":[{"id":"461230966842064897","quoteToken":"IStG5h1Tz7bqt"}]}'
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Line-Request-Id: 5c0e7b5e\r\nContent-Length: "
    + str(len(BODY)).encode()
    + b"\r\n\r\n"
    + BODY
)
TEXT = "สวัสดีครับ โปสเตอร์ประจำวันนี้มาแล้ว"
AT_ONCE = 32


class Server(asyncio.Protocol):
    """Answers each whole request; knows of HTTP only the end of a head and Content-Length."""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            length = 0
            for line in self.buffer[:end].split(b"\r\n"):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            if len(self.buffer) < end + 4 + length:
                return
            self.buffer = self.buffer[end + 4 + length :]
            self.transport.write(ANSWER)


def serve(ready: Connection) -> None:
    async def main() -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            server = await asyncio.get_running_loop().create_server(Server, sock=listener)
            ready.send(listener.getsockname()[1])
            await server.serve_forever()

    uvloop.run(main())


@dataclass(frozen=True)
class Row:
    name: str
    count: int
    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.name:<44}{self.count:>8,}{self.count / self.wall:>12,.0f}{self.count / self.cpu:>12,.0f}"


def measured(name: str, count: int, run: Callable[[], None]) -> Row:
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return Row(name, count, time.perf_counter() - wall, time.process_time() - cpu)


async def in_lanes(count: int, lanes: int, call: Callable[[], Awaitable[object]]) -> None:
    async def lane() -> None:
        for _ in range(count // lanes):
            await call()

    await asyncio.gather(*(lane() for _ in range(lanes)))


def ours(name: str, url: str, count: int, lanes: int, transport: AsgiTransport | None = None) -> Row:
    async def main() -> None:
        channel = LineChannel(access_token="t", secret="s", api_base=url, transport=transport)
        messages = [{"type": "text", "text": TEXT}]
        await in_lanes(count, lanes, lambda: channel.reply("rt", messages))
        await channel.close()

    return measured(name, count, lambda: uvloop.run(main()))


async def constant_app(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-line-request-id", b"5c0e7b5e")]})
    await send({"type": "http.response.body", "body": BODY})


def sdk_request() -> ReplyMessageRequest:
    return ReplyMessageRequest(reply_token="rt", messages=[TextMessage(text=TEXT)])


def sdk_sync(url: str, count: int) -> Row:
    def run() -> None:
        with ApiClient(Configuration(host=url, access_token="t")) as client:
            api = MessagingApi(client)
            for _ in range(count):
                api.reply_message(sdk_request())

    return measured("line-bot-sdk, sync, one at a time", count, run)


def sdk_async(url: str, count: int, lanes: int) -> Row:
    async def main() -> None:
        async with AsyncApiClient(Configuration(host=url, access_token="t")) as client:
            api = AsyncMessagingApi(client)
            await in_lanes(count, lanes, lambda: api.reply_message(sdk_request()))

    return measured(f"line-bot-sdk, async, {lanes} at once", count, lambda: uvloop.run(main()))


def main() -> None:
    parser = argparse.ArgumentParser(description="Replies a second and a core, beside line-bot-sdk.")
    parser.add_argument("--count", type=int, default=6_400, help="requests of our rows; the SDK's make a quarter")
    count = max(AT_ONCE * 4, parser.parse_args().count)
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    server = spawn.Process(target=serve, args=(there,), daemon=True)
    server.start()
    try:
        url = f"http://127.0.0.1:{here.recv()}"
        rows = [
            ours(f"saisaat, {AT_ONCE} at once", url, count, AT_ONCE),
            ours("saisaat, one at a time", url, count, 1),
            sdk_async(url, count // 4, AT_ONCE),
            sdk_sync(url, count // 4),
            ours("saisaat, no socket (a rehearsal)", url, count, 1, AsgiTransport(constant_app)),
        ]
    finally:
        server.terminate()
        server.join()
    print(f"{'client':<44}{'calls':>8}{'a second':>12}{'a core':>12}")
    print(*rows, sep="\n")


if __name__ == "__main__":
    main()
