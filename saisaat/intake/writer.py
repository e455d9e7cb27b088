"""One thread that stores what webhooks bring: whatever came while the last commit ran goes into the next one."""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections, connection, transaction

from saisaat.actions.receive import TakenIn, take_in
from saisaat.domain.messages import InboundEvent
from saisaat.records.models import Channel

log = logging.getLogger(__name__)

MOST_AT_ONCE = 200
"""Calls in one commit, so that a write transaction stays short."""


@dataclass(slots=True)
class _Waiting:
    channel: Channel
    events: list[InboundEvent]
    loop: asyncio.AbstractEventLoop
    stored: "asyncio.Future[None]"


class Writer:
    """Stores batches durably. `on_stored` is called in the writer's thread after each commit, once a channel."""

    def __init__(self, *, now: Callable[[], datetime], on_stored: Callable[[TakenIn], None]) -> None:
        self._now = now
        self._on_stored = on_stored
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="intake-writer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Store what is queued, then end the thread."""
        self._queue.put(None)
        self._thread.join(timeout=10)

    async def store(self, channel: Channel, events: list[InboundEvent]) -> None:
        """Returns once the events are on disk. Raises what the database raised when they are not."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(channel, events, loop, loop.create_future())
        self._queue.put(waiting)
        await waiting.stored

    def _run(self) -> None:
        running = True
        while running:
            batch = [self._queue.get()]
            while len(batch) < MOST_AT_ONCE and batch[-1] is not None:
                try:
                    batch.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            running = batch[-1] is not None
            self._commit([waiting for waiting in batch if waiting is not None])
        connection.close()

    def _commit(self, batch: list[_Waiting]) -> None:
        if not batch:
            return
        try:
            close_old_connections()
            with transaction.atomic(durable=True):
                taken = [
                    take_in(channel=channel, events=events, now=self._now()) for channel, events in _by_channel(batch)
                ]
        except Exception as error:
            if len(batch) > 1:
                # One call that cannot be stored must not keep the others out.
                for item in batch:
                    self._commit([item])
                return
            log.exception("webhook events could not be stored; the sender is asked to deliver them again")
            batch[0].loop.call_soon_threadsafe(_fail, batch[0].stored, error)
            return
        for result in taken:
            self._tell(result)
        for item in batch:
            item.loop.call_soon_threadsafe(_succeed, item.stored)

    def _tell(self, result: TakenIn) -> None:
        try:
            self._on_stored(result)
        except Exception:
            # The events are on disk, where the worker finds them: whoever cannot listen must not stop the storing.
            log.exception("the worker could not be told of stored events; it finds them at its next tick")


def _by_channel(batch: list[_Waiting]) -> list[tuple[Channel, list[InboundEvent]]]:
    """The events of all calls, one list a channel, in the order in which they came."""
    found: dict[str, tuple[Channel, list[InboundEvent]]] = {}
    for item in batch:
        found.setdefault(item.channel.pk, (item.channel, []))[1].extend(item.events)
    return list(found.values())


def _succeed(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _fail(future: "asyncio.Future[None]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
