"""Counting a season again from the practice LINE's own transcript, without our delivery tables.

A publication is known by what the group saw: the address of its page in its buttons, which names the item and the
group. Doubles, ways, cost, weeks and months come from there; only what never arrived has to be asked of our tables.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saisaat.domain.cadence import Kind, Reached, local_day
from saisaat.domain.delivery import Way
from saisaat.domain.intake import read_command

_PAGE = re.compile(r"/i/([0-9a-z]{16})/[0-9a-z]{28}(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Seen:
    """One call of the bot that showed an item in a group."""

    group: str
    slug: str
    at: datetime
    way: Way
    call: str


@dataclass(frozen=True, slots=True)
class Recount:
    """What the transcript says. `cost_by_month` counts heads by local month."""

    seen: tuple[Seen, ...]
    cost_by_month: Mapping[str, int]

    def double(self) -> int:
        """How many calls showed an item in a group that had it already."""
        calls = {(seen.group, seen.slug, seen.call) for seen in self.seen}
        return len(calls) - len({(group, slug) for group, slug, _ in calls})

    def sent(self, slugs: Mapping[str, str], kinds: set[str]) -> set[tuple[str, str]]:
        """The (group, slug) pairs that arrived, of the kinds asked for. `slugs` gives each slug's kind."""
        return {(seen.group, seen.slug) for seen in self.seen if slugs.get(seen.slug) in kinds}

    def ways(self, slugs: Mapping[str, str], kinds: set[str]) -> Counter[Way]:
        first = {(seen.group, seen.slug): seen.way for seen in reversed(self.seen) if slugs.get(seen.slug) in kinds}
        return Counter(first.values())

    def reached(self, slugs: Mapping[str, str], kind: Kind) -> list[Reached]:
        """Which story reached which group (the practice LINE's id) on which local day."""
        return [Reached(s.group, local_day(s.at), s.slug) for s in self.seen if slugs.get(s.slug) == kind.value]

    def announced_first(self, slugs: Mapping[str, str], groups: Sequence[str]) -> bool:
        """The announcement came to every group, before any publication there."""
        first: dict[str, str] = {}
        for seen in self.seen:
            first.setdefault(seen.group, slugs.get(seen.slug, ""))
        return all(first.get(group) == "announcement" for group in groups)


def recount(messages: Sequence[Mapping[str, Any]]) -> Recount:
    """Read a transcript (oldest first)."""
    seen: dict[tuple[str, str, str], Seen] = {}
    cost: Counter[str] = Counter()
    command_at: dict[str, datetime] = {}
    for message in messages:
        at = datetime.fromisoformat(message["at"])
        group = message["groupId"] or ""
        if message["from"] != "bot":
            if read_command(message.get("text")):
                command_at[group] = at
            continue
        cost[f"{local_day(at):%Y-%m}"] += message["cost"]
        call = str(message.get("callId") or message["id"])
        for slug in _slugs(message["raw"]):
            way = Way.PUSH if message["way"] == "push" else Way.DUTY if command_at.get(group) == at else Way.PIGGYBACK
            seen.setdefault((group, slug, call), Seen(group, slug, at, way, call))
    return Recount(tuple(seen.values()), dict(cost))


def _slugs(raw: Any) -> set[str]:
    return {match.group(1) for text in _texts(raw) if (match := _PAGE.search(text))}


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
