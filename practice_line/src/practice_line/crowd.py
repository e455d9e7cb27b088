"""How groups live: five characters of crowds, and what each says and does when, from a seed so that it repeats.

Only decisions; `crowds` acts them out. How much a crowd talks is an assumption, all of it in `CHARACTERS`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

# Days and hours of a crowd are those of Thailand (UTC+7, no summer time).
CROWD_ZONE = timezone(timedelta(hours=7))
DAY_MS = 24 * 3600 * 1000
HOUR_MS = 3600 * 1000

GREETINGS = ("สวัสดียามเช้าค่ะ", "อรุณสวัสดิ์ครับทุกคน", "ขอให้เป็นวันที่ดีนะคะ", "เช้านี้อากาศดีครับ")
CHATTER = (
    "ได้รับเอกสารแล้วค่ะ",
    "ครับ",
    "ขอบคุณมากครับ",
    "ใครถือกุญแจห้องประชุมอยู่บ้างคะ",
    "555",
    "เดี๋ยวเข้าไปดูให้ครับ",
    "พรุ่งนี้เลื่อนเป็นบ่ายโมงนะคะ",
    "ส่งให้ทางเมลแล้วค่ะ",
    "ใกล้ถึงแล้วครับ",
)
ANSWERS = ("รับทราบครับ", "รับทราบค่ะ", "ขอบคุณค่ะ", "ดีมากครับ", "ตรงนี้ขอถามเพิ่มได้ไหมคะ", "ตัวหนังสือเล็กไปนิดครับ")
STICKERS = (("11537", "52002734"), ("11537", "52002735"), ("11538", "51626494"))


@dataclass(frozen=True, slots=True)
class Character:
    """Means a day of one group. It talks between the hours `wakes` and `sleeps`; greetings fall into the first two.

    `presses` and `quotes` answer each message of the bot. `weekend` and `weekday` are the shares of all this on
    Saturdays and Sundays and on the other days.
    """

    wakes: float
    sleeps: float
    greetings: float
    chatter: float
    presses: float
    quotes: float
    weekend: float = 0.2
    weekday: float = 1.0


CHARACTERS = {
    "lively": Character(6.5, 21.0, greetings=3.0, chatter=15.0, presses=8.0, quotes=1.5),
    "morning-only": Character(6.5, 9.0, greetings=4.0, chatter=3.0, presses=3.0, quotes=0.4),
    "quiet": Character(8.0, 17.0, greetings=0.6, chatter=2.5, presses=2.0, quotes=0.3),
    # A group of people who are off: awake at weekends, next to silent on working days.
    "holiday": Character(8.0, 22.0, greetings=2.0, chatter=8.0, presses=4.0, quotes=0.8, weekend=1.0, weekday=0.05),
    "dead": Character(8.0, 17.0, greetings=0.0, chatter=0.0, presses=0.0, quotes=0.0),
}


@dataclass(frozen=True, slots=True)
class Doing:
    """The `who`-th member (modulo their number) does something: `kind` say, sticker, quote or press.

    `choice` picks among what there is to say, to send or to press.
    """

    at_ms: int
    kind: str
    who: int
    choice: int


def day_of(at_ms: int) -> date:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(CROWD_ZONE).date()


def talk_of_day(character: Character, day: date, random: Random) -> list[Doing]:
    """What a group says of itself on a day, in order."""
    share = _share(character, day)
    length = character.sleeps - character.wakes
    early = min(2.0, length)
    doings = [
        _doing(random, _moment(day, character.wakes + random.random() * hours), kinds)
        for mean, hours, kinds in (
            (character.greetings, early, ("greet", "greet", "sticker")),
            (character.chatter, length, ("say", "say", "say", "say", "sticker")),
        )
        for _ in range(_count(random, mean * share))
    ]
    return sorted(doings, key=lambda doing: doing.at_ms)


def answers_to(character: Character, said_ms: int, random: Random) -> list[Doing]:
    """How a group answers a message of the bot within the day after it, in order."""
    share = _share(character, day_of(said_ms))
    doings = [
        _doing(random, _awake(character, said_ms + 1 + int(random.expovariate(1 / 45) * 60_000), random), (kind,))
        for kind, mean in (("press", character.presses), ("quote", character.quotes))
        for _ in range(_count(random, mean * share))
    ]
    return sorted((each for each in doings if each.at_ms <= said_ms + DAY_MS), key=lambda doing: doing.at_ms)


def days_between(after_ms: int, until_ms: int) -> Iterator[date]:
    day, last = day_of(after_ms), day_of(until_ms)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _doing(random: Random, at_ms: int, kinds: tuple[str, ...]) -> Doing:
    return Doing(at_ms, random.choice(kinds), random.randrange(10_000), random.randrange(10_000))


def _share(character: Character, day: date) -> float:
    return character.weekend if day.weekday() >= 5 else character.weekday


def _moment(day: date, hour: float) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=CROWD_ZONE)
    return int(midnight.timestamp() * 1000) + int(hour * HOUR_MS)


def _awake(character: Character, at_ms: int, random: Random) -> int:
    """That moment, or one soon after the group next wakes."""
    day = day_of(at_ms)
    if at_ms < _moment(day, character.wakes):
        return _moment(day, character.wakes + random.random())
    if at_ms > _moment(day, character.sleeps):
        return _moment(day + timedelta(days=1), character.wakes + random.random())
    return at_ms


def _count(random: Random, mean: float) -> int:
    """A Poisson draw: many people, each of whom may or may not."""
    if mean <= 0:
        return 0
    count, passed = 0, random.expovariate(1.0)
    while passed < mean:
        count += 1
        passed += random.expovariate(1.0)
    return count
