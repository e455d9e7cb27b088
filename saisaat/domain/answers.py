"""Answering a comment: how the answer travels, and how long it waits for a free way."""

from datetime import datetime, timedelta
from enum import StrEnum

from saisaat.domain.errors import Invalid

LONGEST_ANSWER = 1000
WAITS = timedelta(days=3)
"""After this an answer that found no free way into the group is only on record: late words confuse more than none."""


class AnswerWay(StrEnum):
    """RECORD: written down, and on the public page. GROUP: as a free reply in the group, when somebody writes there.
    DIRECT: the officer has told the person 1:1 by their own telephone, and says so.
    """

    RECORD = "record"
    GROUP = "group"
    DIRECT = "direct"


class AnswerState(StrEnum):
    """How far an answer came. UNCERTAIN: it was handed to LINE and no word came back; it is never sent twice."""

    KEPT = "kept"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"


def first_state(way: AnswerWay) -> AnswerState:
    return AnswerState.WAITING if way is AnswerWay.GROUP else AnswerState.KEPT


def check_answer(text: str) -> str:
    """The answer as it is kept. Raises `Invalid`."""
    text = text.strip()
    if not text:
        raise Invalid("ยังไม่มีคำตอบ จึงไม่ได้บันทึก โปรดเขียนว่าตอบหรือดำเนินการอย่างไร")
    if len(text) > LONGEST_ANSWER:
        raise Invalid(
            "คำตอบยาว %(length)s ตัวอักษร เกิน %(most)s จึงยังไม่ได้บันทึก ข้อความยังอยู่ โปรดย่อให้สั้นลง",
            length=len(text),
            most=LONGEST_ANSWER,
        )
    return text


def deadline(now: datetime) -> datetime:
    return now + WAITS


def in_the_group(title: str | None, text: str) -> str:
    """The message that everybody in the group reads: which publication it is about, where that is known; never who
    asked or what.
    """
    return f"ตอบความเห็นต่อเรื่อง “{title}”\n{text}" if title else f"ตอบความเห็นที่ส่งมาโดยไม่บอกชื่อ\n{text}"
