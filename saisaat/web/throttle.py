"""Slowing down whoever guesses passwords. Kept in this process's memory: a restart forgets it."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

FREE_FAILURES = 5
FIRST_WAIT = 15.0
LONGEST_WAIT = 15 * 60.0
FORGET_AFTER = 60 * 60.0
_MOST_KEYS = 10_000


@dataclass(slots=True)
class _Record:
    failures: int
    last: float


class Throttle:
    """Counts failures by key. From the fifth on each one doubles the wait, from 15 seconds to 15 minutes.

    `now` is in seconds of any steady real clock; the campaign clock has no say in signing in.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._records: OrderedDict[str, _Record] = OrderedDict()

    def wait(self, *keys: str, now: float | None = None) -> float:
        """Seconds until a try under all of `keys` is allowed; 0 when it is now."""
        at = time.monotonic() if now is None else now
        with self._lock:
            return max((self._wait(key, at) for key in keys), default=0.0)

    def _wait(self, key: str, now: float) -> float:
        record = self._records.get(key)
        if record is None or record.failures < FREE_FAILURES or now - record.last > FORGET_AFTER:
            return 0.0
        owed: float = min(FIRST_WAIT * 2 ** min(record.failures - FREE_FAILURES, 16), LONGEST_WAIT)
        return max(record.last + owed - now, 0.0)

    def failed(self, *keys: str, now: float | None = None) -> None:
        at = time.monotonic() if now is None else now
        with self._lock:
            for key in keys:
                record = self._records.pop(key, None)
                if record is None or at - record.last > FORGET_AFTER:
                    record = _Record(0, at)
                self._records[key] = _Record(record.failures + 1, at)
            while len(self._records) > _MOST_KEYS:
                self._records.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        with self._lock:
            for key in keys:
                self._records.pop(key, None)

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._records.clear()


sign_in = Throttle()
