"""What is known of a channel's quota, ready for the domain's rules."""

from datetime import datetime, timedelta

from django.db.models import Sum

from saisaat.domain.ledger import Ledger, Spend
from saisaat.domain.messages import QuotaReading as Reading
from saisaat.records.models import Channel, LedgerEntry, QuotaReading

_TWO_MONTHS = timedelta(days=62)


def standing_ledger(channel: Channel, now: datetime) -> Ledger:
    """The ledger of `channel` as it stands: its last reading, its own pushes of two months, what is reserved."""
    reading = QuotaReading.of(channel.province_id).filter(channel=channel).order_by("-read_at").first()
    entries = LedgerEntry.of(channel.province_id).filter(channel=channel)
    spent = entries.filter(kind=LedgerEntry.Kind.SPENT, at__gt=now - _TWO_MONTHS)
    reserved = entries.filter(kind=LedgerEntry.Kind.RESERVED).aggregate(heads=Sum("heads"))["heads"] or 0
    return Ledger(
        reading=Reading(reading.limit, reading.used, reading.read_at) if reading else None,
        spends=tuple(Spend(at, heads) for at, heads in spent.values_list("at", "heads")),
        reserved=reserved,
    )
