"""Holding back whoever guesses: counted in the database, so that it holds across processes and restarts.

A try counts as failed before it is checked and is taken back when it was right: of many at once, none is free.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from saisaat.domain.guessing import FORGET_AFTER, Guessed, wait_after
from saisaat.records.models import GuessCount
from saisaat.records.sealing import keyed_hash


@dataclass(frozen=True, slots=True)
class Key:
    """What a try is counted under. Only its keyed hash is stored."""

    kind: Guessed
    what: str

    @property
    def hashed(self) -> str:
        return keyed_hash(f"guess {self.kind} {self.what}")


def begin_try(*keys: Key, now: datetime) -> timedelta:
    """Zero: the try may go ahead and counts as failed until `succeeded`. Else how long to wait; nothing was counted."""
    with transaction.atomic():
        GuessCount.everywhere.filter(last_at__lt=now - FORGET_AFTER).delete()
        for key in keys:
            GuessCount.everywhere.get_or_create(key=key.hashed, defaults={"kind": key.kind, "last_at": now})
        rows = list(
            GuessCount.everywhere.select_for_update().filter(key__in=[key.hashed for key in keys]).order_by("key")
        )
        owed = max((row.wait_until - now for row in rows if row.wait_until), default=timedelta())
        if owed > timedelta():
            return owed
        for row in rows:
            row.failures += 1
            row.last_at = now
            wait = wait_after(Guessed(row.kind), row.failures)
            row.wait_until = now + wait if wait else None
            row.save()
    return timedelta()


def succeeded(*keys: Key) -> None:
    """The try was right. A name or an account starts anew; an address, which has many names, gets this one try back."""
    counts = GuessCount.everywhere.filter(key__in=[key.hashed for key in keys])
    with transaction.atomic():
        counts.exclude(kind=Guessed.ADDRESS).delete()
        counts.filter(kind=Guessed.ADDRESS, failures__gt=0).update(failures=F("failures") - 1, wait_until=None)
