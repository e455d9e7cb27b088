"""The duty roster (เวรเผยแพร่): one person a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from saisaat.domain.errors import Invalid

LONGEST_TURN = 92


@dataclass(frozen=True, slots=True)
class Turn:
    """A person's days, both ends included."""

    person: str
    first: date
    last: date


def check_turn(turn: Turn, others: Iterable[Turn]) -> None:
    """A turn has an order, a bounded length, and shares no day with another. Raises `Invalid`."""
    if turn.last < turn.first:
        raise Invalid("วันสุดท้ายของเวรอยู่ก่อนวันแรก ยังไม่ได้บันทึก โปรดสลับวันที่")
    if (turn.last - turn.first).days >= LONGEST_TURN:
        raise Invalid("เวรหนึ่งช่วงยาวได้ไม่เกิน %(days)s วัน ยังไม่ได้บันทึก โปรดแบ่งเป็นหลายช่วง", days=LONGEST_TURN)
    for other in others:
        if turn.first <= other.last and other.first <= turn.last:
            raise Invalid("มีเวรอื่นในช่วงวันนั้นแล้ว ยังไม่ได้บันทึก โปรดเลือกวันที่ว่างหรือลบเวรเดิมก่อน")


def on_duty(turns: Iterable[Turn], day: date) -> str | None:
    """Who is on duty on `day`; None where the roster is silent."""
    return next((turn.person for turn in turns if turn.first <= day <= turn.last), None)
