"""What went into the groups, and what is about to, as one list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet, Sum

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.delivery import State
from saisaat.queries.pages import Publication
from saisaat.records.models import (
    Acknowledgement,
    Campaign,
    Comment,
    Delivery,
    PlanEntry,
    Reaction,
    ReaderCount,
    TapCount,
)
from saisaat.records.reader_count import LATEST_FIRST


@dataclass(frozen=True, slots=True)
class ListFilter:
    """None asks for any. `first` and `last` are local days, both included."""

    first: date | None = None
    last: date | None = None
    kind: ItemKind | None = None
    state: State | None = None


@dataclass(slots=True)
class Line:
    """One entry in all its groups. `taps` and `told` are None where nothing is known."""

    entry: PlanEntry
    deliveries: list[Delivery] = field(default_factory=list)
    taps: int | None = None
    told: int | None = None
    acknowledgements: int = 0
    reactions: int = 0
    comments: int = 0


def published(campaign: Campaign, wanted: ListFilter) -> QuerySet[PlanEntry]:
    """The campaign's entries that `wanted` asks for, the latest first."""
    rows = PlanEntry.of(campaign.province_id).filter(campaign=campaign)
    if wanted.first:
        rows = rows.filter(at__gte=datetime.combine(wanted.first, time(), BANGKOK))
    if wanted.last:
        rows = rows.filter(at__lt=datetime.combine(wanted.last + timedelta(days=1), time(), BANGKOK))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(deliveries__state=wanted.state).distinct()
    return rows.order_by("-at", "-no")


def with_figures(entries: Sequence[PlanEntry]) -> list[Line]:
    """One page of entries with their groups and figures. Six queries, whatever its length."""
    lines = {entry.pk: Line(entry) for entry in entries}
    if not lines:
        return []
    province = entries[0].province_id
    rows = Delivery.of(province).filter(entry__in=list(lines)).select_related("group", "item__preview")
    for delivery in rows.order_by("group__position", "group__id"):
        lines[delivery.entry_id].deliveries.append(delivery)
    ids = {delivery.pk: delivery.entry_id for line in lines.values() for delivery in line.deliveries}
    taps = TapCount.of(province).filter(delivery__in=ids).order_by().values_list("delivery").annotate(n=Sum("taps"))
    for delivery_id, n in taps:
        line = lines[ids[delivery_id]]
        line.taps = (line.taps or 0) + n
    latest: dict[str, int] = {}
    counts = ReaderCount.of(province).filter(delivery__in=ids).order_by(*LATEST_FIRST)
    for delivery_id, readers in counts.values_list("delivery", "readers"):
        latest.setdefault(delivery_id, readers)
    for delivery_id, readers in latest.items():
        line = lines[ids[delivery_id]]
        line.told = (line.told or 0) + readers
    for name, model in (("acknowledgements", Acknowledgement), ("reactions", Reaction), ("comments", Comment)):
        counted = model.of(province).filter(delivery__in=ids).order_by().values_list("delivery").annotate(n=Count("pk"))
        found: Counter[str] = Counter()
        for delivery_id, n in counted:
            found[ids[delivery_id]] += n
        for entry_id, n in found.items():
            setattr(lines[entry_id], name, n)
    return list(lines.values())


def reader_counts(publication: Publication) -> dict[str, list[ReaderCount]]:
    """What officers saw under the message, by delivery, the latest first."""
    found: dict[str, list[ReaderCount]] = {side.delivery.pk: [] for side in publication.groups}
    rows = ReaderCount.of(publication.entry.province_id).filter(delivery__in=list(found))
    for row in rows.order_by(*LATEST_FIRST).select_related("by", "evidence"):
        found[row.delivery_id].append(row)
    return found
