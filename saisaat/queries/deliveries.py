"""Reading deliveries: what waits, for which group, and what may be pushed."""

from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, Subquery

from saisaat.domain.delivery import State
from saisaat.records.models import Channel, Delivery, LedgerRefusal, QuotaReading


def armed_groups() -> frozenset[str]:
    """The row ids of groups with a delivery that waits for a way out."""
    return frozenset(Delivery.everywhere.filter(state=State.ARMED).values_list("group", flat=True).distinct())


def push_candidates(*, now: datetime, within: timedelta) -> list[Delivery]:
    """Armed deliveries that may be pushed and whose deadline is near, oldest first. A refusal holds for an hour."""
    refused = LedgerRefusal.everywhere.filter(at__gt=now - timedelta(hours=1)).values("delivery")
    return list(
        Delivery.everywhere.filter(
            state=State.ARMED,
            entry__push_allowed=True,
            entry__withdrawn_at__isnull=True,
            deadline__gt=now,
            deadline__lte=now + within,
            group__left_at__isnull=True,
            group__channel__stopped_at__isnull=True,
        )
        .exclude(pk__in=refused)
        .exclude(group__channel__push_stopped_month=now.strftime("%Y-%m"))
        .exclude(not_before__gt=now)
        .select_related("item", "group__channel", "entry__campaign")
        .order_by("due_at")
    )


def channels_with_old_readings(*, now: datetime, age: timedelta) -> list[str]:
    """Ids of working channels in use whose quota was not read within `age` (or lies in another month)."""
    last = QuotaReading.everywhere.filter(channel=OuterRef("pk")).order_by("-read_at").values("read_at")[:1]
    rows = Channel.everywhere.filter(stopped_at__isnull=True, retired_at__isnull=True).annotate(last=Subquery(last))
    old = Q(last__isnull=True) | Q(last__lt=now - age) | ~Q(last__month=now.month)
    return list(rows.filter(old).values_list("pk", flat=True))


def unfinished(*, province: str) -> list[Delivery]:
    """The uncertain desk: deliveries nobody can be sure of, oldest first."""
    rows = Delivery.of(province).filter(state=State.UNCERTAIN).select_related("entry", "group", "item")
    return list(rows.order_by(F("due_at")))
