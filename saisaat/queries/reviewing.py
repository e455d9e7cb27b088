"""What waits for a reviewer, what came back, and everything a reviewer has to see of one story."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import F, Max, Min, Prefetch, Q, QuerySet

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.cadence import BANGKOK, local_day
from saisaat.domain.delivery import State
from saisaat.queries.office import channel_of
from saisaat.records.models import Delivery, Item, ItemVersion, Person, Review


class Show(StrEnum):
    """Which stories to list."""

    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"


_STATUS = {
    Show.WAITING: ItemStatus.IN_REVIEW,
    Show.RETURNED: ItemStatus.REJECTED,
    Show.APPROVED: ItemStatus.APPROVED,
}
_AHEAD = (State.PLANNED, State.DUE, State.ARMED)

MOST_OF_A_WEEK = 40
"""Stories of one week shown for approval together; a week has far fewer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter of the queue. `week` is a Monday, `author` a person's id; None and empty ask for any."""

    show: Show = Show.WAITING
    kind: ItemKind | None = None
    week: date | None = None
    author: str = ""


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def queue(province: str, wanted: Wanted) -> QuerySet[Item]:
    """The stories, what is due first first and what is in no plan last; decided ones by the latest decision.

    Each has `due` (its next planned time, None in no plan), `decided` and `planned` (the deliveries that wait for it).
    """
    rows = Item.of(province).filter(status=_STATUS[wanted.show])
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.author:
        rows = rows.filter(author=wanted.author)
    ahead = Q(deliveries__entry__withdrawn_at__isnull=True, deliveries__state__in=_AHEAD)
    rows = rows.annotate(due=Min("deliveries__due_at", filter=ahead), decided=Max("reviews__decided_at"))
    if wanted.week:
        start = datetime.combine(wanted.week, time(), BANGKOK)
        rows = rows.filter(due__gte=start, due__lt=start + timedelta(days=7))
    first = F("due").asc(nulls_last=True) if wanted.show is Show.WAITING else F("decided").desc(nulls_last=True)
    rows = rows.order_by(first, "created_at", "pk")
    return rows.select_related("author__key", "preview", "picture", "topic").prefetch_related(_planned())


def _planned() -> "Prefetch[str, QuerySet[Delivery], str]":
    rows = Delivery.everywhere.filter(entry__withdrawn_at__isnull=True).exclude(state=State.CANCELLED)
    rows = rows.select_related("entry", "group").order_by("due_at", "group__position")
    return Prefetch("deliveries", queryset=rows, to_attr="planned")


@dataclass(frozen=True, slots=True)
class WaitingWeek:
    """A week for which stories wait, and how many."""

    monday: date
    waiting: int

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def waiting_weeks(province: str) -> list[WaitingWeek]:
    """The weeks for which stories wait, the next first."""
    dues = queue(province, Wanted()).values_list("due", flat=True)  # type: ignore[misc]  # an annotation
    counts = Counter(monday(local_day(due)) for due in dues if due is not None)
    return [WaitingWeek(start, counts[start]) for start in sorted(counts)]


def week(province: str, start: date) -> list[Item]:
    """The stories of one week that wait for a reviewer."""
    return list(queue(province, Wanted(week=start))[:MOST_OF_A_WEEK])


def authors(province: str, show: Show) -> list[Person]:
    """Who made the stories of a list."""
    makers = Item.of(province).filter(status=_STATUS[show]).order_by().values("author").distinct()
    return list(Person.of(province).filter(pk__in=makers).select_related("key"))


def next_for(province: str, reviewer: str) -> Item | None:
    """The story that this reviewer may decide next; nobody decides their own."""
    return queue(province, Wanted()).exclude(author=reviewer).first()


@dataclass(frozen=True, slots=True)
class Case:
    """One story before its reviewer: where it is planned, what was decided before, how it came to be."""

    item: Item
    planned: list[Delivery]
    reviews: list[Review]
    versions: list[ItemVersion]

    @property
    def returned(self) -> Review | None:
        """The comment with which the story came back, while it is with its author."""
        last = self.reviews[0] if self.reviews else None
        away = self.item.status in {ItemStatus.REJECTED, ItemStatus.DRAFT}
        return last if away and last is not None and not last.approved else None


def case(province: str, item_id: str) -> Case | None:
    """Everything of one story; None outside the province."""
    rows = Item.of(province).filter(pk=item_id).prefetch_related(_planned())
    item = rows.select_related("author__key", "preview", "picture", "topic", "own_picture").first()
    if item is None:
        return None
    return Case(
        item=item,
        planned=item.planned,  # type: ignore[attr-defined]  # put there by the prefetch
        reviews=list(item.reviews.select_related("reviewer__key").order_by("-decided_at", "-pk")),
        versions=list(item.versions.select_related("author__key", "picture").order_by("-no")),
    )


def account_name(province: str) -> str:
    """The name under which the office speaks in its groups."""
    channel = channel_of(province)
    return channel.name if channel is not None else ""
