"""Handing openings from the intake to a worker in another process, over a datagram socket that never touches the disk.

A lost datagram costs one free chance to reply, never an event: those are in the database.
"""

import asyncio
import hashlib
import json
import socket
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from saisaat.actions.deliver import Window
from saisaat.actions.receive import Opening, TakenIn
from saisaat.domain.intake import PostCommand

LARGEST = 60_000


def socket_path(data_dir: Path) -> Path:
    """Where the worker of a data folder listens. Short, since a socket's path may not pass 107 bytes."""
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"saisaat-{name}.sock"


def encode(taken: TakenIn) -> bytes:
    openings = [
        {
            "group": opening.window.group,
            "token": opening.window.token,
            "at": opening.window.event_at.isoformat(),
            "command": [opening.command.entry_no] if opening.command else None,
            "user": opening.user if opening.command else None,
        }
        for opening in taken.openings
    ]
    return json.dumps({"openings": openings, "waiting": taken.waiting}).encode()


def decode(data: bytes) -> TakenIn:
    told = json.loads(data)
    return TakenIn(
        tuple(
            Opening(
                Window(item["group"], item["token"], datetime.fromisoformat(item["at"])),
                PostCommand(item["command"][0]) if item["command"] else None,
                item["user"],
            )
            for item in told["openings"]
        ),
        bool(told["waiting"]),
    )


class Sender:
    """The intake's end."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def __call__(self, taken: TakenIn) -> None:
        if not taken.openings and not taken.waiting:
            return
        data = encode(taken)
        try:
            self._socket.sendto(data if len(data) <= LARGEST else encode(TakenIn((), True)), self._path)
        except OSError:
            # No worker listens, or it is busy: it finds the events in the database at its next tick.
            return

    def close(self) -> None:
        self._socket.close()


async def listen(path: Path, wake: Callable[[TakenIn], None]) -> asyncio.DatagramTransport:
    """The worker's end; `wake` is called on this loop. Close the transport to stop."""
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(path))
    path.chmod(0o600)
    listening.setblocking(False)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: _Ear(wake), sock=listening)
    return transport


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, wake: Callable[[TakenIn], None]) -> None:
        self._wake = wake

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._wake(decode(data))
