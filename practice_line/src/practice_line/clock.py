"""The platform's clock: real time, real time shifted, or frozen at a moment, so that a season can pass in seconds."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

# LINE counts by Japan's days. Neither Japan nor Thailand has summer time: a fixed offset says it all.
JAPAN = timezone(timedelta(hours=9))
JAPAN_MS, DAY_MS = 9 * 3600 * 1000, 24 * 3600 * 1000


class Clock:
    """Tells the time in whole milliseconds since 1970 (UTC).

    A running clock flows at the pace of real time from the moment it was set to; a frozen one moves only when set.
    `real` gives real time in seconds.
    """

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self._base_ms = int(real() * 1000)
        self._anchor = real()
        self.running = True

    def now_ms(self) -> int:
        if not self.running:
            return self._base_ms
        return self._base_ms + int((self._real() - self._anchor) * 1000)

    def real_seconds(self) -> float:
        """Real time, in seconds since 1970, whatever this clock was set to."""
        return self._real()

    def set(self, now: datetime, *, running: bool = True) -> None:
        """Move to an aware `now`, forwards or backwards; with `running` false, stay there."""
        self._base_ms = round(now.timestamp() * 1000)
        self._anchor = self._real()
        self.running = running

    def as_row(self) -> dict[str, float | int | bool]:
        return {"base_ms": self._base_ms, "anchor": self._anchor, "running": self.running}

    def restore(self, row: dict[str, float | int | bool]) -> None:
        """Take up a stored clock. A running one has kept running while nobody looked."""
        self._base_ms = int(row["base_ms"])
        self._anchor = float(row["anchor"])
        self.running = bool(row["running"])


def iso(at_ms: int) -> str:
    """ISO 8601 with offset, to the millisecond: 2026-01-31T17:00:00.000+00:00."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")


def japan_day(at_ms: int) -> str:
    """The day in UTC+9, as LINE's statistics write it: 20260131."""
    return _day((at_ms + JAPAN_MS) // DAY_MS)


@cache
def _day(number: int) -> str:
    """The day that is so many days after the first of 1970. Every message asks, and few days are different."""
    return datetime.fromtimestamp(number * DAY_MS / 1000, UTC).strftime("%Y%m%d")
