"""Counts and statistics of what the bot sent, by LINE's reference, "Insight": by the day, by the unit, by the request.

What people did with a message is kept where it happens (`engaged`) and counted here when asked for.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from practice_line.clock import japan_day
from practice_line.core import Core, is_group
from practice_line.errors import LineError, invalid_parameter, not_found
from practice_line.paging import page, wanted
from practice_line.rows import Engagement
from practice_line.sending import UNIT
from practice_line.state import Message

DAY = re.compile(r"[0-9]{8}")
DAY_MS = 24 * 3600 * 1000

# Days before these LINE has no counts of ("Get number of sent messages", "Get number of message deliveries").
FIRST_SENT, FIRST_DELIVERED = "20180331", "20170301"

# LINE keeps counting what people do for so long after a message was sent, over at most so many days, and tells no
# number of fewer people.
COUNTED_MS = 14 * DAY_MS
MOST_DAYS = 30
FEWEST_PEOPLE = 20
UNITS_A_PAGE = 100

PLAYED = (0, 25, 50, 75, 100)
WAYS = ("broadcast", "push", "multicast", "narrowcast", "reply")
MANAGER = ("broadcast", "targeting", "autoResponse", "welcomeResponse", "chat")

Body = dict[str, Any]


class InsightSide:
    """Asking for numbers. Methods return the answer's JSON or raise LineError."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def sent(self, way: str, date: str | None) -> Body:
        """People reached in one way on one day in UTC+9; ready when the day is over."""
        day = _day(date)
        if day is None:
            raise invalid_parameter("date")
        if day < FIRST_SENT:
            return {"status": "out_of_service"}
        return {"status": "ready", "success": self._heads(day, way)} if self._over(day) else {"status": "unready"}

    def deliveries(self, date: str | None) -> Body:
        """The same for all ways; what LINE Official Account Manager would send is nothing here."""
        day = _day(date)
        if day is None:
            raise LineError(400, "Bad Request")
        if day < FIRST_DELIVERED:
            return {"status": "out_of_service"}
        if not self._over(day):
            return {"status": "unready"}
        sent = {f"api{way.capitalize()}": self._heads(day, way) for way in WAYS}
        return {"status": "ready", **dict.fromkeys(MANAGER, 0), **sent}

    def unit_count(self) -> dict[str, int]:
        return {"numOfCustomAggregationUnits": len(self._units())}

    def unit_names(self, limit: str | None, start: str | None) -> Body:
        size = wanted(limit, UNITS_A_PAGE, UNITS_A_PAGE)
        names, following = page(self._units(), "units", size, start, self._core.now_ms())
        return {"customAggregationUnits": names} | ({"next": following} if following is not None else {})

    def of_unit(self, unit: str | None, first: str | None, last: str | None) -> Body:
        """What people did with the pushes and multicasts sent under a unit's name from one day to another."""
        begin, end = _day(first), _day(last)
        if unit is None or not UNIT.fullmatch(unit) or begin is None or end is None:
            raise LineError(400, "Bad Request")
        if not 0 <= (_date(end) - _date(begin)).days <= MOST_DAYS:
            raise LineError(400, "Bad Request")
        messages = [m for m in self._core.state.messages if m.unit == unit and begin <= japan_day(m.at_ms) <= end]
        return _Counts(self._core, messages, seen_by_bubble=True).told({})

    def of_request(self, request_id: str | None) -> Body:
        """What people did with one broadcast or narrowcast."""
        wanted_ways = ("broadcast", "narrowcast")
        messages = [m for m in self._core.state.messages if m.call_id == request_id and m.way in wanted_ways]
        if not messages:
            raise not_found()
        delivered = len({m.chat for m in messages if m.received})
        head = {"requestId": request_id, "timestamp": messages[0].at_ms // 1000, "delivered": delivered}
        return _Counts(self._core, messages, seen_by_bubble=False).told(head)

    def _heads(self, day: str, way: str) -> int:
        row = self._core.state.delivered.get(f"{day} {way}")
        return row.heads if row is not None else 0

    def _over(self, day: str) -> bool:
        return day < japan_day(self._core.now_ms())

    def _units(self) -> list[str]:
        month = japan_day(self._core.now_ms())[:6]
        return [unit.name for unit in self._core.state.units if unit.month == month]


def engaged(core: Core, message: Message, user_id: str, what: str) -> None:
    """A person opened the address `what` in a message, or played its clip up to "played 25"; counted where LINE would.

    LINE counts only messages with a unit's name and those sent by broadcast or narrowcast, for 14 days.
    """
    counted = message.unit is not None or message.way in ("broadcast", "narrowcast")
    if not counted or core.now_ms() > message.at_ms + COUNTED_MS:
        return
    row = core.state.engagement.get(message.id) or Engagement(message.id)
    times = row.people.setdefault(what, {})
    times[user_id] = times.get(user_id, 0) + 1
    core.state.engagement.put(message.id, row)


class _Counts:
    """Numbers of some messages together, by bubble (its place in its call) and by address."""

    def __init__(self, core: Core, messages: Iterable[Message], *, seen_by_bubble: bool) -> None:
        self._seen_by_bubble = seen_by_bubble
        self._times: dict[tuple[int, str], Counter[str]] = {}
        self._seen: dict[int, set[str]] = {}
        places: Counter[tuple[str | None, str]] = Counter()
        readers = _readers(core)
        for message in messages:
            call = (message.call_id, message.chat)
            places[call] += 1
            seq = places[call]
            row = core.state.engagement.get(message.id)
            for what, people in (row.people if row is not None else {}).items():
                self._times.setdefault((seq, what), Counter()).update(people)
                self._seen.setdefault(seq, set()).update(people)
            seen = {reader for reader, upto in readers.get(message.chat, ()) if upto >= message.seq}
            self._seen.setdefault(seq, set()).update(seen)

    def told(self, head: Body) -> Body:
        clicked = self._everybody(lambda what: not what.startswith("played "))
        overview = {
            "uniqueImpression": _shown(set().union(*self._seen.values())),
            "uniqueClick": _shown(clicked),
            "uniqueMediaPlayed": _shown(self._everybody("played 0".__eq__)),
            "uniqueMediaPlayed100Percent": _shown(self._everybody("played 100".__eq__)),
        }
        bubbles = [self._bubble(seq) for seq in sorted(self._seen)]
        clicks = [self._click(seq, what) for seq, what in self._times if not what.startswith("played ")]
        return {
            "overview": head | overview,
            "messages": [row for row in bubbles if _has_number(row)],
            "clicks": [row for row in clicks if _has_number(row)],
        }

    def _everybody(self, fits: Any) -> set[str]:
        return set().union(*(people for (_, what), people in self._times.items() if fits(what)))

    def _bubble(self, seq: int) -> Body:
        # Everybody who saw a bubble is counted as having had it on the screen once.
        seen = self._seen[seq]
        row: Body = {"seq": seq, "impression": _shown(seen)}
        if self._seen_by_bubble:
            row["uniqueImpression"] = _shown(seen)
        for percent in PLAYED:
            people = self._times.get((seq, f"played {percent}"), Counter())
            name = f"ediaPlayed{percent}Percent" if percent else "ediaPlayed"
            row[f"m{name}"] = _shown(people, people.total())
            row[f"uniqueM{name}"] = _shown(people)
        return row

    def _click(self, seq: int, url: str) -> Body:
        people = self._times[seq, url]
        anywhere = self._everybody(url.__eq__)
        return {
            "seq": seq,
            "url": url,
            "click": _shown(people, people.total()),
            "uniqueClick": _shown(people),
            "uniqueClickOfRequest": _shown(anywhere),
        }


def _readers(core: Core) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for reading in core.state.readings:
        if reading.reader != "bot" and (is_group(reading.chat) or reading.reader == reading.chat):
            found.setdefault(reading.chat, []).append((reading.reader, reading.upto))
    return found


def _shown(people: Iterable[str], number: int | None = None) -> int | None:
    """A number of people, or of what they did; null below 20 people, as LINE protects them."""
    heads = len(set(people))
    number = heads if number is None else number
    return number if heads >= FEWEST_PEOPLE else None


def _has_number(row: Body) -> bool:
    return any(value is not None for name, value in row.items() if name not in ("seq", "url"))


def _day(text: str | None) -> str | None:
    if text is None or not DAY.fullmatch(text):
        return None
    try:
        _date(text)
    except ValueError:
        return None
    return text


def _date(day: str) -> datetime:
    return datetime.strptime(f"{day}+0900", "%Y%m%d%z")
