"""What the studio shows: what is being made, what the plan still needs, and how an item came to be what it is."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, Q, QuerySet, Sum

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import State
from saisaat.records.models import (
    Campaign,
    Delivery,
    Group,
    Item,
    ItemVersion,
    OwnPicture,
    Person,
    PlanEntry,
    QuizCount,
    Topic,
)
from saisaat.typesetting.thai_text import words

WAITING_STATES = (State.PLANNED, State.DUE)
_SHOWN = ("picture", "preview", "topic", "author__key")


@dataclass(frozen=True, slots=True)
class Need:
    """A story the plan asks for and nobody has made: one entry, one topic and style, for one or more groups."""

    entry: PlanEntry
    due_at: datetime
    topic: Topic | None
    style: str
    deliveries: tuple[Delivery, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(delivery.group for delivery in self.deliveries)


def needs(campaign: Campaign | None, kind: ItemKind = ItemKind.POSTER, most: int = 8) -> list[Need]:
    """What the plan needs next, the soonest first."""
    if campaign is None:
        return []
    rows = waiting(campaign).filter(entry__kind=kind)[: most * 6]
    grouped = groupby(rows, key=lambda row: (row.entry_id, row.topic_id, row.style))
    found = [tuple(group) for _, group in grouped]
    return [Need(all_[0].entry, all_[0].due_at, all_[0].topic, all_[0].style, all_) for all_ in found[:most]]


def waiting(campaign: Campaign) -> QuerySet[Delivery]:
    """Planned deliveries that nothing was made for, by time; those of one story stand together."""
    rows = Delivery.of(campaign.province_id).filter(
        entry__campaign=campaign, entry__withdrawn_at__isnull=True, item__isnull=True, state__in=WAITING_STATES
    )
    return rows.select_related("entry", "topic", "group").order_by(
        "due_at", "entry", "topic", "style", "group__position"
    )


@dataclass(frozen=True, slots=True)
class Returned:
    """An item a reviewer sent back, and what they asked for."""

    item: Item
    note: str
    reviewer: Person | None
    decided_at: datetime | None


def returned(province: str) -> list[Returned]:
    """The items sent back and not yet changed, the latest first."""
    rows = items(province).filter(status=ItemStatus.REJECTED).prefetch_related("reviews__reviewer__key")[:20]
    return [_returned(row) for row in rows]


def _returned(item: Item) -> Returned:
    last = max((one for one in item.reviews.all() if not one.approved), key=lambda one: one.decided_at, default=None)
    return Returned(item, last.note if last else "", last.reviewer if last else None, last.decided_at if last else None)


def items(province: str) -> QuerySet[Item]:
    """Every item with what a list shows of it, the newest first."""
    return Item.of(province).select_related(*_SHOWN).order_by("-created_at", "pk")


@dataclass(frozen=True, slots=True)
class Sought:
    """Filters of the list; empty ones ask for nothing."""

    status: str = ""
    kind: str = ""
    author: str = ""
    title: str = ""
    topic: str = ""


def find_items(province: str, sought: Sought) -> QuerySet[Item]:
    """The items asked for. Discarded ones show only when asked for."""
    found = items(province)
    found = found.filter(status=sought.status) if sought.status else found.exclude(status=ItemStatus.DISCARDED)
    if sought.kind:
        found = found.filter(kind=sought.kind)
    if sought.author:
        found = found.filter(author=sought.author)
    if sought.topic:
        found = found.filter(topic__code=sought.topic)
    for word in sought.title.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(citation__icontains=word))
    return found


def quiz_counts(item: Item) -> list[tuple[str, int]]:
    """Each choice of the item's question with how often it was taken, in all groups together."""
    rows = QuizCount.of(item.province_id).filter(delivery__item=item).order_by().values_list("choice")
    times = dict(rows.annotate(n=Sum("times")))
    return [(choice, times.get(no, 0)) for no, choice in enumerate(item.quiz.get("choices", []))]


def authors(province: str) -> list[Person]:
    """Whoever made an item."""
    made = Item.of(province).order_by().values("author").distinct()
    return list(Person.of(province).filter(pk__in=made).select_related("key").order_by("position"))


def counts(province: str) -> dict[str, int]:
    """How many items stand in each state."""
    rows = Item.of(province).order_by().values("status").annotate(n=Count("pk"))
    return {row["status"]: row["n"] for row in rows}


@dataclass(frozen=True, slots=True)
class Making:
    """An item with all that its page tells."""

    item: Item
    versions: list[ItemVersion]
    reviews: list[Returned]
    deliveries: list[Delivery]

    @property
    def published(self) -> bool:
        return any(delivery.state not in {*WAITING_STATES, *_NOT_OUT} for delivery in self.deliveries)

    @property
    def armed(self) -> int:
        return sum(delivery.state == State.ARMED for delivery in self.deliveries)


_NOT_OUT = frozenset({State.ARMED, State.CANCELLED, State.MISSED, State.FAILED})


def making(province: str, item_id: str) -> Making | None:
    """The item with its history, or None where the province has none of that id."""
    rows = Item.of(province).filter(pk=item_id).select_related(*_SHOWN, "campaign", "own_picture__added_by__key")
    item = rows.first()
    if item is None:
        return None
    reviews = item.reviews.select_related("reviewer__key").order_by("-decided_at")
    return Making(
        item=item,
        versions=list(item.versions.select_related("author__key", "picture").order_by("-no")),
        reviews=[Returned(item, one.note, one.reviewer, one.decided_at) for one in reviews if not one.approved],
        deliveries=list(item.deliveries.select_related("entry", "group").order_by("due_at")),
    )


def own_pictures(province: str) -> QuerySet[OwnPicture]:
    """The office's own pictures, the newest first."""
    return OwnPicture.of(province).select_related("media", "added_by__key").order_by("-added_at", "pk")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of two versions: both texts as runs of words, those that only one of them has marked."""

    name: str
    before: tuple[tuple[str, bool], ...]
    after: tuple[tuple[str, bool], ...]


def changes(before: ItemVersion, after: ItemVersion) -> list[Change]:
    """The fields whose words differ, word by word as Thai has them."""
    old, new = _told(before), _told(after)
    names = list(dict.fromkeys([*old, *new]))
    pairs = [(name, old.get(name, ""), new.get(name, "")) for name in names]
    return [Change(name, *_marked(one, other)) for name, one, other in pairs if one != other]


_WORDED = ("headline", "body", "topic", "citation", "greeting", "credit", "style", "icon", "day", "colours", "picture")


def _told(version: ItemVersion) -> dict[str, str]:
    drawn = version.spec.get("poster", {})
    told = {name: _as_text(drawn.get(name, "")) for name in _WORDED}
    return (told if drawn else {"headline": version.title}) | {"alt": version.alt, "text": version.text}


def _as_text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


Runs = tuple[tuple[str, bool], ...]


def _marked(before: str, after: str) -> tuple[Runs, Runs]:
    """Both texts cut into runs; True where the other text has no such words in this place."""
    old, new = words(before), words(after)
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        _runs((old[a:b], tag != "equal") for tag, a, b, _, _ in codes),
        _runs((new[c:d], tag != "equal") for tag, _, _, c, d in codes),
    )


def _runs(pieces: Iterable[tuple[Sequence[str], bool]]) -> Runs:
    return tuple(("".join(part), marked) for part, marked in pieces if part)
