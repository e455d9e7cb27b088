"""A server on loopback that answers as it is told, or breaks as it is told, over a real socket."""

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    SILENCE = "silence"
    RESET = "reset"
    CLOSE = "close"
    CUT = "cut"
    GARBAGE = "garbage"


@dataclass
class Scripted:
    """What to answer next, and what was asked."""

    url: str = ""
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    fault: Fault | None = None
    asked: list[tuple[str, str, dict[str, str], Any]] = field(default_factory=list)

    def answers(self, status: int, content: Any = None, **headers: str) -> None:
        self.status = status
        self.body = content if isinstance(content, bytes) else json.dumps({} if content is None else content).encode()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                await self._serve_one(reader, writer)
                if self.fault is not None:
                    break
        writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        pairs = (line.split(": ", 1) for line in head[1:] if ": " in line)
        headers = {name.lower(): value for name, value in pairs}
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        self.asked.append((method, path, headers, json.loads(content or b"null")))
        match self.fault:
            case Fault.SILENCE:
                await reader.read()  # until the client gives up
            case Fault.RESET:
                sock = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case Fault.CLOSE:
                pass
            case Fault.CUT:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
                await writer.drain()
            case Fault.GARBAGE:
                writer.write(b"\x00\x01\x02 not http\r\n\r\n")
                await writer.drain()
            case None:
                lines = [f"HTTP/1.1 {self.status} X", f"Content-Length: {len(self.body)}"]
                lines += [f"{name}: {value}" for name, value in self.headers.items()]
                writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + self.body)
                await writer.drain()


@contextlib.asynccontextmanager
async def scripted_server() -> AsyncIterator[Scripted]:
    script = Scripted()
    server = await asyncio.start_server(script.serve, "127.0.0.1", 0)
    script.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield script
    finally:
        server.close()
        await server.wait_closed()
