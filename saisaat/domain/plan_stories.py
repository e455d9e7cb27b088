"""Which topic each group gets, and in which style: the content half of planning. No times here.

A group sees no topic twice while a topic valid that day is unseen. Groups share one item wherever the topic suits
both, so that few posters have to be made and reviewed.
"""

import heapq
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from saisaat.domain.errors import Invalid
from saisaat.domain.remarks import Remark
from saisaat.domain.thai import format_date
from saisaat.domain.topics import Audience, Topic, suits, valid_on


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """A group to plan for. `name` is shown in sentences; `key` is used where it is empty."""

    key: str
    audience: Audience
    name: str = ""

    @property
    def label(self) -> str:
        return self.name or self.key


@dataclass(frozen=True, slots=True)
class ClipChoice:
    """A reviewed clip that may be planned, and who may be shown it."""

    clip_id: str
    title: str
    audiences: frozenset[Audience] = frozenset(Audience)


@dataclass(frozen=True, slots=True)
class Choice:
    """What one group gets from one entry: a topic in a style, or a clip. All None where a clip is yet to be found.

    `reuse_note` is a Thai sentence when `reused`, else empty.
    """

    topic_id: str | None = None
    clip_id: str | None = None
    style: str | None = None
    reused: bool = False
    reuse_note: str = ""


@dataclass(slots=True)
class _Shelf:
    """One group's topics while the season is filled."""

    group: PlanGroup
    topics: list[Topic]
    own: frozenset[str]
    """Topics that do not suit every group; taken in turn, so that they do not crowd at the season's end."""
    own_wanted: int
    fresh: dict[str, Topic]
    shown: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    own_taken: int = 0
    last_category: str = ""
    worn: Counter[str] = field(default_factory=Counter)


def allot(
    days: Sequence[date], groups: Sequence[PlanGroup], topics: Iterable[Topic], styles: Sequence[str], seed: int
) -> list[dict[str, Choice]]:
    """For each publication day in order, each group's choice by group key. The same arguments give the same answer.

    A topic comes back to a group only when nothing unseen is valid, then in another style while there is one, the
    longest unseen first, and never in the same week. Raises `Invalid` where a week needs more topics than are valid.
    """
    publishable = [t for t in topics if t.publishable and any(valid_on(t, day) for day in days)]
    order = random.Random(seed)  # noqa: S311 - variety, not secrecy
    tie = {topic.id: order.random() for topic in publishable}
    shelves = _shelves(groups, publishable, days)
    styles = order.sample(list(styles), len(styles))
    allotted = []
    for place, day in enumerate(days):
        made: dict[str, Choice] = {}
        for shelf in shelves:
            topic = _pick(shelf, days[place:], len(days), made, tie, shelves)
            made[shelf.group.key] = _show(shelf, topic, day, made, styles)
        allotted.append({group.key: made[group.key] for group in groups})
    return allotted


def _shelves(groups: Sequence[PlanGroup], topics: Sequence[Topic], days: Sequence[date]) -> list[_Shelf]:
    """The group with the fewest topics first: what it can take, the others usually can share."""
    shelves = []
    for group in groups:
        held = [topic for topic in topics if suits(topic, group.audience)]
        own = frozenset(t.id for t in held if not all(suits(t, other.audience) for other in groups))
        wanted = max(0, len(days) - (len(held) - len(own)))
        shelves.append(_Shelf(group, held, own, wanted, {topic.id: topic for topic in held}))
    return sorted(shelves, key=lambda shelf: len(shelf.topics))


def _pick(
    shelf: _Shelf,
    days_left: Sequence[date],
    season: int,
    made: Mapping[str, Choice],
    tie: Mapping[str, float],
    shelves: Sequence[_Shelf],
) -> Topic:
    day = days_left[0]
    shared = {choice.topic_id for choice in made.values()}
    fresh = [topic for topic in shelf.fresh.values() if valid_on(topic, day)]
    if fresh:
        place = season - len(days_left)
        own_turn = (place + 1) * shelf.own_wanted // season > shelf.own_taken
        crowd = Counter(topic.topic for topic in fresh)

        def liking(topic: Topic) -> tuple[bool, bool, bool, bool, float]:
            same = topic.topic == shelf.last_category
            crowded = crowd[topic.topic] * 2 >= len(fresh)  # left for later, it would have to follow itself
            out_of_turn = (topic.id in shelf.own) is not own_turn
            return same, not crowded, out_of_turn, topic.id not in shared, tie[topic.id]

        return _first_harmless(sorted(fresh, key=liking), shelf, days_left)
    return _reused(shelf, day, shared, tie, shelves)


def _first_harmless(liked: Sequence[Topic], shelf: _Shelf, days_left: Sequence[date]) -> Topic:
    """The best liked topic whose use now costs no unseen topic later: one about to expire may have to go first.

    There always is one: of the topics valid now, that which expires first (see `most_fresh`).
    """
    last = days_left[-1]
    if len(liked) == 1 or all(t.valid_to is None or t.valid_to >= last for t in shelf.fresh.values()):
        return liked[0]
    after = most_fresh(shelf.fresh.values(), days_left) - 1
    return next(topic for topic in liked if most_fresh(_without(shelf.fresh, topic), days_left[1:]) == after)


def _without(fresh: Mapping[str, Topic], taken: Topic) -> list[Topic]:
    return [topic for topic in fresh.values() if topic.id != taken.id]


def most_fresh(topics: Iterable[Topic], days: Sequence[date]) -> int:
    """On how many of `days` (ascending) an unseen topic can be shown at most, each once while it is valid.

    Taking the one that expires first is best for intervals (Glover's rule for convex bipartite matching).
    """
    coming = sorted(topics, key=lambda topic: topic.valid_from or date.min, reverse=True)
    open_until: list[date] = []
    count = 0
    for day in days:
        while coming and (coming[-1].valid_from or date.min) <= day:
            heapq.heappush(open_until, coming.pop().valid_to or date.max)
        while open_until and open_until[0] < day:
            heapq.heappop(open_until)
        if open_until:
            heapq.heappop(open_until)
            count += 1
    return count


def _reused(
    shelf: _Shelf, day: date, shared: set[str | None], tie: Mapping[str, float], shelves: Sequence[_Shelf]
) -> Topic:
    monday = day - timedelta(days=day.weekday())
    usable = [t for t in shelf.topics if valid_on(t, day) and shelf.shown[t.id][-1][0] < monday]
    if not usable:
        held = sum(1 for topic in shelf.topics if valid_on(topic, day))
        raise Invalid(
            "หัวข้อความรู้ไม่พอ: กลุ่ม %(label)s สัปดาห์ของวันที่ %(day)s มีหัวข้อที่ใช้ได้ %(held)s "
            "หัวข้อ น้อยกว่าที่ต้องเผยแพร่ โปรดเพิ่มหัวข้อหรือลดโควตา ยังไม่ได้บันทึกแผน",
            label=shelf.group.label,
            day=day,
            held=held,
        )

    def liking(topic: Topic) -> tuple[int, bool, bool, bool, date, float]:
        awaited = any(topic.id in other.fresh for other in shelves)
        newest = shelf.shown[topic.id][-1][0]
        same = topic.topic == shelf.last_category
        return len(shelf.shown[topic.id]), same, topic.id not in shared, not awaited, newest, tie[topic.id]

    return min(usable, key=liking)


def _show(shelf: _Shelf, topic: Topic, day: date, made: Mapping[str, Choice], styles: Sequence[str]) -> Choice:
    """Record that the group sees `topic` on `day`; the same style as another group's where that is possible."""
    before = shelf.shown.setdefault(topic.id, [])
    seen = {style for _, style in before}
    offered = [choice.style for choice in made.values() if choice.topic_id == topic.id and choice.style not in seen]
    style = offered[0] if offered and offered[0] else _next_style(shelf, before, styles)
    note = reuse_note(before, style) if before else ""
    before.append((day, style))
    shelf.fresh.pop(topic.id, None)
    shelf.own_taken += topic.id in shelf.own
    shelf.last_category = topic.topic
    shelf.worn[style] += 1
    return Choice(topic_id=topic.id, style=style, reused=bool(note), reuse_note=note)


def _next_style(shelf: _Shelf, before: Sequence[tuple[date, str]], styles: Sequence[str]) -> str:
    """The style the group has met least, among those it has not seen this topic in; else the one longest unseen."""
    last_seen = {style: on for on, style in before}
    unseen = [style for style in styles if style not in last_seen]
    if unseen:
        return min(unseen, key=lambda style: shelf.worn[style])
    return min(last_seen, key=lambda style: last_seen[style])


def reuse_note(before: Sequence[tuple[date, str]], style: str) -> str:
    """Why a topic is shown again, `before` being when and in which style it was (or will be) seen, nearest last."""
    on, old = before[-1]
    when = format_date(on, style="short")
    if style in {seen for _, seen in before}:
        return Remark.REUSED_ALIKE.of(day=when, style=style)
    return Remark.REUSED.of(day=when, old_style=old, style=style)


def allot_clips(count: int, groups: Sequence[PlanGroup], clips: Sequence[ClipChoice]) -> list[dict[str, Choice]]:
    """For each of `count` entries, each group's clip: shared where it may be, never twice, empty when none is left."""
    left = {group.key: [clip for clip in clips if group.audience in clip.audiences] for group in groups}
    narrowest = sorted(groups, key=lambda group: len(left[group.key]))
    allotted = []
    for _ in range(count):
        made: dict[str, Choice] = {}
        for group in narrowest:
            taken = {choice.clip_id for choice in made.values()}
            clip = min(left[group.key], key=lambda c: c.clip_id not in taken, default=None)
            if clip is not None:
                left[group.key].remove(clip)
            made[group.key] = Choice(clip_id=clip.clip_id if clip else None)
        allotted.append({group.key: made[group.key] for group in groups})
    return allotted
