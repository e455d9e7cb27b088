"""Pushes: the last way, only where the entry allows it, the deadline is near and the ledger is sure."""

import logging
import time
from datetime import datetime, timedelta

from saisaat.actions import deliver
from saisaat.actions.channel_pool import ChannelPool, DatabaseThread
from saisaat.actions.connect import keep_quota_reading, read_members
from saisaat.channels.base import ChannelError
from saisaat.domain.roles import Actor
from saisaat.queries.deliveries import channels_with_old_readings, push_candidates
from saisaat.records.models import Delivery

log = logging.getLogger(__name__)

BEFORE_DEADLINE = timedelta(hours=1)
READING_AGE = timedelta(hours=12)
_FIRST_BACKOFF, _LONGEST_BACKOFF = 2.0, 600.0


class Pushes:
    """Reads quotas, claims pushes, and repeats unanswered ones under their retry key with growing pauses."""

    def __init__(self, *, pool: ChannelPool, database: DatabaseThread, by: Actor, name: str) -> None:
        self._pool = pool
        self._database = database
        self._by = by
        self._name = name
        self._again: dict[int, tuple[float, float]] = {}
        self._next_reading = float("-inf")

    def again_later(self, attempt: int) -> None:
        """Repeat this attempt's call after a pause that doubles each time, in real time."""
        _, pause = self._again.get(attempt, (0.0, _FIRST_BACKOFF / 2))
        pause = min(pause * 2, _LONGEST_BACKOFF)
        self._again[attempt] = (time.monotonic() + pause, pause)

    def waits(self, attempt: int) -> bool:
        """Whether this attempt's next call has its time already."""
        return attempt in self._again

    async def claim_due(self, now: datetime) -> list[int]:
        """Attempts to call now: repeats whose pause is over, and new pushes the ledger allows."""
        ready = [attempt for attempt, (at, _) in self._again.items() if at <= time.monotonic()]
        if ready:
            self._again = {attempt: value for attempt, value in self._again.items() if attempt not in ready}
        await self._read_quotas(now)
        for delivery in await self._database(push_candidates, now=now, within=BEFORE_DEADLINE):
            heads = await self._count_members(delivery, now)
            if heads is None:
                continue
            attempt = await self._database(
                deliver.claim_push, delivery=delivery, heads=heads, now=now, worker=self._name, by=self._by
            )
            if attempt is not None:
                ready.append(attempt)
        return ready

    async def _read_quotas(self, now: datetime) -> None:
        for channel_id in await self._database(channels_with_old_readings, now=now, age=READING_AGE):
            found = await self._pool.get(channel_id)
            if found is None or time.monotonic() < self._next_reading:
                continue
            row, port = found
            try:
                reading = await port.quota(now)
            except ChannelError as error:
                log.warning("the quota of %s could not be read (%s); pushes are refused until it is", row.name, error)
                self._next_reading = time.monotonic() + 60.0
                continue
            await self._database(keep_quota_reading, channel=row, reading=reading)

    async def _count_members(self, delivery: Delivery, now: datetime) -> int | None:
        group = delivery.group
        found = await self._pool.get(str(group.channel_id))
        if found is None:
            return None
        try:
            heads = await found[1].member_count(group.channel_group)
        except ChannelError as error:
            log.warning("the members of %s could not be counted (%s); nothing was pushed", group.pk, error)
            return None
        await self._database(read_members, group=group, count=heads, now=now)
        return heads
