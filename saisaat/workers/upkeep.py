"""What is forgotten by the real clock, however the campaign clock stands: staff lists that nobody went on importing."""

import time
from datetime import UTC, datetime

from saisaat.actions import import_staff
from saisaat.actions.channel_pool import DatabaseThread

SECONDS_BETWEEN = 600.0


class Upkeep:
    """Struck at every tick of the engine, it works at the first one and then every ten minutes."""

    def __init__(self, *, database: DatabaseThread) -> None:
        self._database = database
        self._next = float("-inf")

    async def strike(self) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + SECONDS_BETWEEN
        await self._database(import_staff.forget_old, at=datetime.now(UTC))
