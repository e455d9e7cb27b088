"""A province's topics as the domain knows them, and as somebody looks for one to make a poster of."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from django.db.models import Count, Max, Min, Q

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import DELIVERED_STATES, State
from saisaat.domain.topics import Audience, Topic, Verified, suits, valid_on
from saisaat.queries.knowledge import knowledge_bank
from saisaat.queries.thai_search import POINT_WEIGHTS, Document, ThaiIndex, point_texts
from saisaat.records.models import Campaign, Delivery, Item, Province
from saisaat.records.models import Topic as TopicRow

_MOST_INDEXES = 16


def topic_of(row: TopicRow) -> Topic:
    return Topic(
        id=row.code,
        topic=row.topic,
        headline=row.headline,
        body=row.body,
        law=row.law,
        section=row.section,
        verified=Verified(row.verified),
        applies_to=tuple(row.applies_to),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        publishable=row.publishable,
        cite_check=row.cite_check,
        tags=tuple(row.tags),
    )


def rows_of_the_bank(province: Province) -> list[TopicRow]:
    """The knowledge bank as rows of a province, not saved."""
    return [
        TopicRow(
            province=province,
            code=point.id,
            topic=point.topic,
            headline=point.headline,
            body=point.body,
            law=point.law,
            section=point.section,
            verified=point.verified,
            applies_to=sorted(point.applies_to),
            valid_from=point.valid_from,
            valid_to=point.valid_to,
            publishable=point.publishable,
            cite_check=point.cite_check,
            tags=list(point.tags),
        )
        for point in knowledge_bank()
    ]


def topics_of(province: str) -> tuple[Topic, ...]:
    """All points the province holds, in the bank's order."""
    return tuple(topic_of(row) for row in TopicRow.of(province))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. `day`: in force on it. `unused`: nothing made of it in this campaign yet.

    `hidden`: points that may not be published as well, to see why.
    """

    words: str = ""
    theme: str = ""
    audience: Audience | None = None
    day: date | None = None
    unused: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """What has become of a topic in a campaign."""

    items: int = 0
    sent: int = 0
    last_sent: datetime | None = None
    next_planned: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.items or self.sent)


@dataclass(frozen=True, slots=True)
class Found:
    """A topic with what somebody who chooses wants to know."""

    row: TopicRow
    topic: Topic
    use: Use = field(default_factory=Use)

    @property
    def for_network(self) -> bool:
        return suits(self.topic, Audience.NETWORK)


def find_topics(province: str, campaign: Campaign | None, wanted: Wanted) -> list[Found]:
    """The topics asked for, those that fit the words best first; without words the unused ones first."""
    rows = list(TopicRow.of(province))
    if wanted.words.strip():
        order = {key: place for place, key in enumerate(_index(province, rows).search(wanted.words))}
        rows = sorted((row for row in rows if row.pk in order), key=lambda row: order[row.pk])
    uses = _uses(campaign)
    found = [Found(row, topic_of(row), uses.get(row.pk, Use())) for row in rows]
    found = [one for one in found if _fits(one, wanted)]
    return found if wanted.words.strip() else sorted(found, key=lambda one: bool(one.use))


def themes(province: str) -> list[tuple[str, int]]:
    """The categories with how many publishable topics each has, in the bank's order."""
    rows = TopicRow.of(province).filter(publishable=True).values("topic")
    counted = rows.annotate(first=Min("code"), count=Count("pk")).order_by("first")
    return [(row["topic"], row["count"]) for row in counted]


def _fits(found: Found, wanted: Wanted) -> bool:
    return (
        (wanted.hidden or found.topic.publishable)
        and (not wanted.theme or found.row.topic == wanted.theme)
        and (wanted.audience is None or suits(found.topic, wanted.audience))
        and (wanted.day is None or valid_on(found.topic, wanted.day))
        and not (wanted.unused and found.use)
    )


def _uses(campaign: Campaign | None) -> dict[int, Use]:
    """By the topic's key."""
    if campaign is None:
        return {}
    items = Item.of(campaign.province_id).filter(campaign=campaign, kind=ItemKind.POSTER, topic__isnull=False)
    made = dict(
        items.exclude(status=ItemStatus.DISCARDED).values("topic").annotate(n=Count("pk")).values_list("topic", "n")
    )
    deliveries = Delivery.of(campaign.province_id).filter(
        entry__campaign=campaign, topic__isnull=False, entry__withdrawn_at__isnull=True
    )
    sent, planned = Q(state__in=DELIVERED_STATES), Q(state__in=[State.PLANNED, State.DUE, State.ARMED])
    rows = deliveries.values("topic").annotate(
        sent=Count("pk", filter=sent), last=Max("sent_at", filter=sent), next=Min("due_at", filter=planned)
    )
    told = {row["topic"]: (row["sent"], row["last"], row["next"]) for row in rows}
    return {key: Use(made.get(key, 0), *told.get(key, (0, None, None))) for key in made.keys() | told.keys()}


_indexes: OrderedDict[tuple[str, int], ThaiIndex] = OrderedDict()
_lock = Lock()


def _index(province: str, rows: list[TopicRow]) -> ThaiIndex:
    """The index of just these rows: the last few are kept, and a changed text makes another."""
    documents = [
        Document(row.pk, point_texts(row.headline, row.tags, row.topic, row.body, f"{row.law} {row.section}"))
        for row in rows
    ]
    key = (province, hash(tuple(documents)))
    with _lock:
        if key in _indexes:
            _indexes.move_to_end(key)
            return _indexes[key]
    made = ThaiIndex(documents, POINT_WEIGHTS)
    with _lock:
        _indexes[key] = made
        while len(_indexes) > _MOST_INDEXES:
            _indexes.popitem(last=False)
    return made
