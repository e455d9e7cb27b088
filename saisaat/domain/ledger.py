"""The quota ledger: what a push costs, and when it is refused. Zero baht means that doubt is a refusal.

A push counts one message for every member of the group, however many message objects it carries. The channel's own
figures are approximate and may lag, so pushes made shortly before a reading are counted again, never trusted to be in
it. The daily statistics of LINE run on UTC+9; in which zone its monthly quota restarts is not documented. In the two
hours in which Thai and Japanese time lie in different months a push may count to either: only a reading taken inside
the same two hours is accepted, and own pushes of both months are held against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from saisaat.domain.errors import NotNow
from saisaat.domain.messages import QuotaReading
from saisaat.domain.remarks import Remark

READING_LIFE = timedelta(hours=24)
"""An older reading no longer says what is left: people may have sent broadcasts by hand since."""

CONSUMPTION_LAG = timedelta(hours=1)
"""Own pushes this long before a reading may be missing from it. LINE calls its figure approximate, without a bound."""

_ICT = timezone(timedelta(hours=7))
_JST = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class Spend:
    """An own push the channel accepted, or may have accepted: `heads` people at `at` (aware)."""

    at: datetime
    heads: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of one channel's quota.

    `reading` is the channel's word, None when it was never read. `spends` are own pushes, at least those of this month
    and the last; an uncertain push is a spend. `reserved` heads are promised to other deliveries. `allow_paid` is the
    office's written decision to use a plan without limit.
    """

    reading: QuotaReading | None
    spends: Sequence[Spend] = ()
    reserved: int = 0
    allow_paid: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the month ends if all that is planned is pushed. `left` and `short_by` are None where it cannot be said."""

    limit: int | None
    used: int
    reserved: int
    planned: int
    left: int | None
    short_by: int | None


def month_keys(at: datetime) -> frozenset[str]:
    """The months ("2020-05") a push at `at` may count to: one, or two around a month's end."""
    return frozenset(at.astimezone(zone).strftime("%Y-%m") for zone in (_ICT, _JST))


def check_reading(reading: QuotaReading | None, now: datetime) -> QuotaReading:
    """The reading, if it still says something about now. Raises `NotNow` with the reason and the cure."""
    if reading is None:
        raise NotNow(Remark.NO_READING)
    if month_keys(reading.read_at) != month_keys(now):
        raise NotNow(Remark.READING_OF_ANOTHER_MONTH)
    if now - reading.read_at > READING_LIFE or reading.read_at - now > timedelta(minutes=1):
        raise NotNow(Remark.READING_TOO_OLD)
    return reading


def used(ledger: Ledger, now: datetime) -> int:
    """The most that may have been used this month: the reading and own pushes it may not hold, or all own pushes."""
    months = month_keys(now)
    own = sum(spend.heads for spend in ledger.spends if month_keys(spend.at) & months)
    if ledger.reading is None:
        return own
    unseen_from = ledger.reading.read_at - CONSUMPTION_LAG
    unseen = sum(s.heads for s in ledger.spends if s.at >= unseen_from and month_keys(s.at) & months)
    return max(own, ledger.reading.used + unseen)


def left(ledger: Ledger, now: datetime) -> int | None:
    """Free messages certainly left after reservations, never below 0. None where the plan has no limit.

    Raises `NotNow` where the reading cannot be relied on.
    """
    reading = check_reading(ledger.reading, now)
    if reading.limit is None:
        return None
    return max(0, reading.limit - used(ledger, now) - ledger.reserved)


def check_push(ledger: Ledger, heads: int | None, now: datetime) -> None:
    """Raise `NotNow`, with the numbers, unless a push to `heads` people is certainly free.

    `heads` is the group's member count read just before; None where it could not be read.
    """
    if heads is None or heads < 1:
        raise NotNow(Remark.HEADS_UNKNOWN)
    free = left(ledger, now)
    if free is None:
        if ledger.allow_paid:
            return
        raise NotNow(Remark.MAY_COST)
    if heads > free:
        if not ledger.reserved:
            raise NotNow(Remark.TOO_FEW_FREE, heads=heads, free=free)
        raise NotNow(Remark.TOO_FEW_UNRESERVED, heads=heads, free=free, reserved=ledger.reserved)


def can_push(ledger: Ledger, heads: int | None, now: datetime) -> bool:
    try:
        check_push(ledger, heads, now)
    except NotNow:
        return False
    return True


def forecast(ledger: Ledger, planned: Sequence[int], now: datetime) -> Forecast:
    """What this month would come to if pushes to `planned` heads were all made. Never raises: it is for showing."""
    asked = sum(planned)
    spent = used(ledger, now)
    try:
        free = left(ledger, now)
        limit = ledger.reading.limit if ledger.reading else None
    except NotNow:
        free = limit = None
    short_by = None if free is None else max(0, asked - free)
    return Forecast(limit, spent, ledger.reserved, asked, free, short_by)
