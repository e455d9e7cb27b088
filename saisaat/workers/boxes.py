"""The clock of the box for comments without a name: at every full hour all boxes are written anew."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from saisaat.actions import waiting
from saisaat.actions.channel_pool import DatabaseThread
from saisaat.domain.anonymity import BETWEEN_MARKS, mark


class Boxes:
    """Struck at every tick of the engine; it works once for each full hour of the campaign clock."""

    def __init__(self, *, database: DatabaseThread, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._done: datetime | None = None
        waiting.memory.settled_here = True

    async def strike(self, now: datetime) -> None:
        if self._done is not None and self._done <= now < self._done + BETWEEN_MARKS:
            return
        await self._database(waiting.settle, now=now)
        self._done = mark(now)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Take in what other processes of this machine hand over. At the end nothing is left in memory."""
        ear = await _listen()
        try:
            yield
        finally:
            ear.close()
            waiting.socket_path().unlink(missing_ok=True)
            now = await self._database(self._now)
            await self._database(waiting.settle, now=now)


async def _listen() -> asyncio.DatagramTransport:
    path = waiting.socket_path()
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(path))
    path.chmod(0o600)
    listening.setblocking(False)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(_Ear, sock=listening)
    return transport


class _Ear(asyncio.DatagramProtocol):
    def datagram_received(self, data: bytes, addr: object) -> None:
        waiting.handed_over(data)
