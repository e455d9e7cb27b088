"""The channels of this data folder, opened once and kept, for one event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

from saisaat.actions.connect import open_channel
from saisaat.channels.base import Channel as ChannelPort
from saisaat.records.models import Channel

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


class ChannelPool:
    """Channel rows with their ports. `extra` goes to every port's constructor (a rehearsal's in-process transport)."""

    def __init__(self, database: DatabaseThread, **extra: object) -> None:
        self._database = database
        self._extra = extra
        self._open: dict[str, tuple[Channel, ChannelPort]] = {}

    async def get(self, channel_id: str) -> tuple[Channel, ChannelPort] | None:
        """The row and its port, or None when there is no such channel."""
        if channel_id not in self._open:
            row = await self._database(Channel.everywhere.filter(pk=channel_id).select_related("key").first)
            if row is None:
                return None
            self._open[channel_id] = (row, await self._database(open_channel, row, **self._extra))
        return self._open[channel_id]

    async def close(self) -> None:
        for _, port in self._open.values():
            await port.close()
        self._open.clear()
