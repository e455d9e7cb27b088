"""The one campaign clock of this data folder.

It governs planning, reply tokens, the ledger, lateness and close-out. Sign-in, TOTP, CSRF and network timeouts use real
time. In real use both are the same; the demonstration and the practice room run it at another date.
"""

import threading
import time
from datetime import UTC, datetime, timedelta

from saisaat.records.campaign_clock import CampaignClock

_REREAD_SECONDS = 1.0

_lock = threading.Lock()
_frozen: datetime | None = None
_offset = timedelta()
_read_at = float("-inf")


def now() -> datetime:
    """The campaign's moment, aware (UTC)."""
    frozen = _frozen
    return frozen if frozen is not None else datetime.now(UTC) + offset()


def offset() -> timedelta:
    """How far the campaign clock stands ahead of real time; another process's change is seen within a second."""
    global _offset, _read_at
    if time.monotonic() - _read_at > _REREAD_SECONDS:
        row = CampaignClock.everywhere.first()
        with _lock:
            _offset = timedelta(seconds=row.offset_seconds if row else 0.0)
            _read_at = time.monotonic()
    return _offset


def move_to(moment: datetime) -> None:
    """Let the campaign clock of this folder show `moment` now and run on from there."""
    global _frozen, _read_at
    CampaignClock.everywhere.update_or_create(
        pk=1, defaults={"offset_seconds": (moment - datetime.now(UTC)).total_seconds()}
    )
    with _lock:
        _frozen, _read_at = None, float("-inf")


def freeze(moment: datetime | None) -> None:
    """Hold this process's campaign clock at `moment` (a rehearsal steps it by hand); None lets it run again."""
    global _frozen
    _frozen = moment
