"""The channels of this data folder, kept open for one event loop as long as their credentials stay the same."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

from saisaat.actions.connect import open_channel
from saisaat.channels.base import Channel as ChannelPort
from saisaat.records.models import Channel

_REREAD_SECONDS = 1.0

P = ParamSpec("P")
T = TypeVar("T")


class DatabaseThread:
    """Runs database work off the event loop, in one thread: one connection, and no write here waits for another.

    Without an executor the work is done where it is asked for: right for a rehearsal, in which nobody else waits.
    """

    def __init__(self, executor: Executor | None) -> None:
        self._executor = executor

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        work = partial(_run, partial(function, *args, **kwargs))
        if self._executor is None:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def _run(work: Callable[[], T]) -> T:
    try:
        return work()
    except (InterfaceError, OperationalError):
        # The database went away and came back: the next piece of work gets a fresh connection.
        connection.close()
        raise


@dataclass(frozen=True, slots=True)
class _Open:
    row: Channel
    port: ChannelPort
    read_at: float


class ChannelPool:
    """Channel rows with their ports. `extra` goes to every port's constructor (a rehearsal's in-process transport).

    New credentials, typed in another process, are used within a second.
    """

    def __init__(self, database: DatabaseThread, **extra: object) -> None:
        self._database = database
        self._extra = extra
        self._open: dict[str, _Open] = {}

    async def get(self, channel_id: str) -> tuple[Channel, ChannelPort] | None:
        """The row and its port, or None when there is no such channel."""
        known = self._open.get(channel_id)
        if known is not None and time.monotonic() - known.read_at < _REREAD_SECONDS:
            return known.row, known.port
        row = await self._database(Channel.everywhere.filter(pk=channel_id).select_related("key").first)
        if row is None:
            return None
        if known is not None and _opens_with(known.row) == _opens_with(row):
            port = known.port
        else:
            port = await self._database(open_channel, row, **self._extra)
            if known is not None:
                await known.port.close()
        self._open[channel_id] = _Open(row, port, time.monotonic())
        return row, port

    async def close(self) -> None:
        for known in self._open.values():
            await known.port.close()
        self._open.clear()


def _opens_with(row: Channel) -> tuple[bytes, str]:
    return bytes(row.credentials_sealed), row.api_base
