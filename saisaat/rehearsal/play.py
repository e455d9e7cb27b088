"""Playing a season in virtual time: every moment at which somebody does something or a clock strikes, in order."""

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from saisaat.actions.receive import TakenIn
from saisaat.domain.cadence import BANGKOK, is_working_day, local_day
from saisaat.records import clock
from saisaat.rehearsal.crowd import Crowd, Doing, DoingKind
from saisaat.rehearsal.world import Browser, World
from saisaat.workers.engine import Engine

DUTY_ROUNDS = (time(11, 40), time(14, 40), time(16, 40))
"""When the duty officer looks whether today's entries are out."""
_HOUSEKEEPING = time(5, 0)


@dataclass(slots=True)
class Stalls:
    """One group on the practice LINE: who is in it, and how its people behave."""

    line_group: str
    members: list[str]
    crowd: Crowd
    duty_user: str
    planned: list[datetime]
    seen: Counter[date] = field(default_factory=Counter)


@dataclass(slots=True)
class Play:
    """A season being played. `taken` is filled by the intake; `duty` says whether somebody is on duty."""

    world: World
    engine: Engine
    browser: Browser
    run_sync: Callable[..., Awaitable[Any]]
    stalls: list[Stalls]
    holidays: Collection[date]
    duty: bool
    taken: list[TakenIn]
    on_day: Callable[[date], None]
    _heap: list[tuple[datetime, int, Callable[[], Awaitable[None]]]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)

    async def run(self, start: date, end: datetime) -> None:
        """Play from the morning of `start` until `end`."""
        day = start
        while datetime.combine(day, time.min, BANGKOK) < end:
            self._schedule_day(day)
            await self._play_until(min(datetime.combine(day + timedelta(days=1), time.min, BANGKOK), end))
            self.on_day(day)
            day += timedelta(days=1)

    def at(self, moment: datetime, deed: Callable[[], Awaitable[None]]) -> None:
        heapq.heappush(self._heap, (moment, next(self._order), deed))

    def _schedule_day(self, day: date) -> None:
        rest = not is_working_day(day, self.holidays)
        self.at(datetime.combine(day, _HOUSEKEEPING, BANGKOK), self.engine.tick)
        due = {moment for stalls in self.stalls for moment in stalls.planned if local_day(moment) == day}
        for moment in due:
            self.at(moment, self.engine.tick)
        for stalls in self.stalls:
            for doing in stalls.crowd.day(day, rest=rest):
                self._schedule(stalls, doing, None)
            if self.duty and any(local_day(moment) == day for moment in stalls.planned):
                for round_at in DUTY_ROUNDS:
                    self.at(datetime.combine(day, round_at, BANGKOK), self._duty_round(stalls, day))

    def _schedule(self, stalls: Stalls, doing: Doing, publication: dict[str, Any] | None) -> None:
        async def deed() -> None:
            await self._do(stalls, doing, publication)

        self.at(doing.at, deed)

    async def _play_until(self, end: datetime) -> None:
        while self._heap and self._heap[0][0] < end:
            moment, _, deed = heapq.heappop(self._heap)
            clock.freeze(moment)
            await self.world.set_clock(moment)
            await deed()
            await self._settle(moment)

    async def _settle(self, moment: datetime) -> None:
        """Let the engine finish what the deed brought, then let the groups see what came of it."""
        while self.taken:
            await self.engine.handle(self.taken.pop(0))
        for message in await self.world.new_messages():
            if message["from"] != "bot" or not (buttons := _buttons(message["raw"])):
                continue
            stalls = next(s for s in self.stalls if s.line_group == message["groupId"])
            stalls.seen[local_day(moment)] += 1
            for doing in stalls.crowd.answers(moment):
                self._schedule(stalls, doing, {"id": message["id"], **buttons})

    def _duty_round(self, stalls: Stalls, day: date) -> Callable[[], Awaitable[None]]:
        async def look() -> None:
            now = clock.now()
            wanted = sum(1 for moment in stalls.planned if local_day(moment) == day and moment <= now)
            if stalls.seen[day] < wanted:
                await self.world.say(stalls.line_group, stalls.duty_user, "#โพสต์")

        return look

    async def _do(self, stalls: Stalls, doing: Doing, publication: dict[str, Any] | None) -> None:
        group, user = stalls.line_group, stalls.members[doing.who % len(stalls.members)]
        if doing.kind is DoingKind.STICKER:
            await self.world.sticker(group, user)
        elif publication is None:
            await self.world.say(group, user, doing.text)
        elif doing.kind is DoingKind.QUOTE:
            await self.world.say(group, user, doing.text, quoted=publication["id"])
        elif doing.kind in {DoingKind.ACK, DoingKind.LIKE}:
            await self.world.press(group, user, publication["id"], publication[doing.kind])
        else:
            opened = await self.world.press(group, user, publication["id"], publication["read"])
            if opened and doing.kind is DoingKind.PAGE_COMMENT:
                await self.run_sync(self.browser.comment, opened, doing.text, tell=doing.who % 2 == 0)
            elif opened:
                await self.run_sync(self.browser.open, opened)


def _buttons(raw: dict[str, Any]) -> dict[str, str]:
    """The buttons of a message of ours by what they do; empty for a message without them."""
    found: dict[str, str] = {}
    for action in _actions(raw):
        data, uri = action.get("data", ""), action.get("uri", "")
        for kind in (DoingKind.ACK, DoingKind.LIKE):
            if data.endswith(f":{kind}"):
                found[kind] = data
        if uri and "#" not in uri:
            found["read"] = uri
    return found


def _actions(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("action"), dict):
            yield node["action"]
        for value in node.values():
            yield from _actions(value)
    elif isinstance(node, list):
        for value in node:
            yield from _actions(value)


def planned_by_group(deliveries: list[tuple[str, datetime]]) -> dict[str, list[datetime]]:
    """The planned moments of each group (row id), ascending."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for group, at in sorted(deliveries, key=lambda pair: pair[1]):
        found[group].append(at)
    return found
