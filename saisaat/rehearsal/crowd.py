"""A seeded crowd that behaves like an office group. It decides; `play` acts it out through the practice LINE."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from saisaat.domain.cadence import BANGKOK

GREETINGS = (
    "สวัสดีวันใหม่ค่ะ ขอให้ทุกท่านมีความสุข",
    "อรุณสวัสดิ์ครับ",
    "สวัสดีตอนเช้าค่ะ",
    "ขอให้เป็นวันที่ดีของทุกท่านครับ",
)
CHATTER = (
    "ส่งแบบรายงานแล้วนะคะ",
    "รับทราบครับ",
    "ขอบคุณค่ะ",
    "พรุ่งนี้ประชุม 09.30 น. ห้องประชุมชั้น 2 ครับ",
    "ได้ค่ะ",
    "555",
    "ขอไฟล์อีกครั้งได้ไหมคะ",
    "ครับผม",
    "เดี๋ยวตามให้ค่ะ",
    "กำลังเดินทางครับ",
)
QUOTES = (
    "รับทราบค่ะ",
    "ขอบคุณสำหรับความรู้ครับ",
    "ภาพสวย อ่านง่ายดีค่ะ",
    "ข้อนี้ใช้กับลูกจ้างประจำด้วยไหมคะ",
    "น่าจะยกตัวอย่างจริงประกอบด้วยครับ",
    "ดีมากกกก",
    "เรียนถามค่ะ ถ้ารับเป็นของฝากเล็กน้อยได้หรือไม่",
    "ตัวหนังสือเล็กไปหน่อยค่ะ ฝากปรับด้วย",
    "เรื่องนี้เคยส่งแล้วหรือเปล่าครับ",
)
CRITICISM = (
    "ทำสื่ออย่างเดียวไม่พอ ผู้บริหารต้องทำให้เห็นก่อน",
    "ส่งบ่อยไปจนรบกวนการทำงาน ควรปรับเวลา",
    "เนื้อหาเป็นภาษากฎหมายเกินไป คนอ่านไม่รู้เรื่อง",
    "อยากให้ตรวจสอบการใช้รถราชการนอกเวลาด้วย",
)


class Mood(StrEnum):
    """How much a crowd talks."""

    LIVELY = "lively"
    QUIET = "quiet"
    DEAD = "dead"


class DoingKind(StrEnum):
    SAY = "say"
    STICKER = "sticker"
    ACK = "ack"
    LIKE = "like"
    READ = "read"
    QUOTE = "quote"
    PAGE_COMMENT = "page_comment"


@dataclass(frozen=True, slots=True)
class Doing:
    """Somebody (the `who`-th member) does something at a moment; `text` for what is said."""

    at: datetime
    kind: DoingKind
    who: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Temper:
    """Means: messages on a working morning and day, and how many answer a publication in which way."""

    greetings: float
    chatter: float
    acks: float
    likes: float
    reads: float
    quotes: float
    page_comments: float


TEMPERS = {
    Mood.LIVELY: Temper(greetings=3.0, chatter=14.0, acks=9.0, likes=5.0, reads=7.0, quotes=1.2, page_comments=0.25),
    Mood.QUIET: Temper(greetings=0.8, chatter=3.0, acks=2.4, likes=1.0, reads=1.8, quotes=0.3, page_comments=0.08),
    Mood.DEAD: Temper(greetings=0.0, chatter=0.0, acks=0.0, likes=0.0, reads=0.0, quotes=0.0, page_comments=0.0),
}
REST_DAY = 0.2
"""On weekends and holidays a group is this much as lively."""


class Crowd:
    """One group's members. The same seed gives the same season."""

    def __init__(self, *, mood: Mood, members: int, seed: int) -> None:
        self._temper = TEMPERS[mood]
        self._members = members
        self._random = random.Random(seed)  # noqa: S311 - a rehearsal must be repeatable, not secret

    def day(self, day: date, *, rest: bool) -> list[Doing]:
        """What is said in the group on `day`, in order of time."""
        share = REST_DAY if rest else 1.0
        morning = [self._moment(day, time(6, 50), 75) for _ in range(self._count(self._temper.greetings * share))]
        working = [self._moment(day, time(8, 20), 590) for _ in range(self._count(self._temper.chatter * share))]
        found = [self._talk(at, GREETINGS, stickers=0.4) for at in morning]
        found += [self._talk(at, CHATTER, stickers=0.15) for at in working]
        return sorted(found, key=lambda doing: doing.at)

    def answers(self, published: datetime) -> list[Doing]:
        """How the group answers a publication over the following day."""
        kinds: Sequence[tuple[DoingKind, float]] = (
            (DoingKind.ACK, self._temper.acks),
            (DoingKind.LIKE, self._temper.likes),
            (DoingKind.READ, self._temper.reads),
            (DoingKind.QUOTE, self._temper.quotes),
            (DoingKind.PAGE_COMMENT, self._temper.page_comments),
        )
        found = [self._answer(kind, published) for kind, mean in kinds for _ in range(self._count(mean))]
        return sorted(found, key=lambda doing: doing.at)

    def _answer(self, kind: DoingKind, published: datetime) -> Doing:
        minutes = min(1 + self._random.expovariate(1 / 45), 600)
        text = ""
        if kind is DoingKind.QUOTE:
            text = self._random.choice(CRITICISM if self._random.random() < 0.12 else QUOTES)
        if kind is DoingKind.PAGE_COMMENT:
            text = self._random.choice(CRITICISM if self._random.random() < 0.5 else QUOTES)
        return Doing(published + timedelta(minutes=minutes), kind, self._random.randrange(self._members), text)

    def _talk(self, at: datetime, words: Sequence[str], *, stickers: float) -> Doing:
        who = self._random.randrange(self._members)
        if self._random.random() < stickers:
            return Doing(at, DoingKind.STICKER, who)
        return Doing(at, DoingKind.SAY, who, self._random.choice(words))

    def _moment(self, day: date, start: time, minutes: int) -> datetime:
        seconds = self._random.uniform(0, minutes * 60)
        return datetime.combine(day, start, BANGKOK) + timedelta(seconds=round(seconds))

    def _count(self, mean: float) -> int:
        """A Poisson draw: independent people who each may or may not."""
        if mean <= 0:
            return 0
        total, count = self._random.expovariate(1.0), 0
        while total < mean:
            total += self._random.expovariate(1.0)
            count += 1
        return count
