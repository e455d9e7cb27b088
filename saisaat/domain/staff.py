"""People at work: their types, how a posting begins and ends, and which dates make sense.

A person's history is a chain of postings; a new one closes the one before it, nothing is rewritten.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from saisaat.domain.errors import Invalid

EARLIEST = date(1940, 1, 1)
"""Nobody at work today began before this day; an earlier date is a slip."""


class StaffType(StrEnum):
    """Kinds of staff. Each has a discipline law of its own."""

    OFFICIAL = "official"
    EMPLOYEE = "employee"
    PERMANENT = "permanent"
    OTHER = "other"


class OfficeKind(StrEnum):
    PROVINCIAL = "provincial"
    DISTRICT = "district"


class Began(StrEnum):
    """How a posting came about. RECORDED: it was running when the person was first written down."""

    RECORDED = "recorded"
    JOINED = "joined"
    MOVED = "moved"
    CHANGED = "changed"
    RETURNED = "returned"


class Ended(StrEnum):
    """How a posting ended: by another posting (MOVED, CHANGED), or by leaving."""

    MOVED = "moved"
    CHANGED = "changed"
    TRANSFERRED = "transferred"
    RETIRED = "retired"
    RESIGNED = "resigned"
    CONTRACT = "contract"
    DIED = "died"
    OTHER = "other"


LEAVING = (Ended.TRANSFERRED, Ended.RETIRED, Ended.RESIGNED, Ended.CONTRACT, Ended.DIED, Ended.OTHER)
"""The ways of leaving the office, in the order a form offers them."""


LONGEST = 200


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is in an office."""

    position: str
    level: str
    staff_type: StaffType


_HEADS = ("ผู้ว่าราชการจังหวัด", "พัฒนาการจังหวัด", "ผู้อำนวยการ", "หัวหน้า", "พัฒนาการอำเภอ")
_LEVELS = ("ทรงคุณวุฒิ", "เชี่ยวชาญ", "ชำนาญการพิเศษ", "อาวุโส", "ชำนาญการ", "ชำนาญงาน", "ปฏิบัติการ", "ปฏิบัติงาน")


def rank(position: str, level: str) -> tuple[int, int]:
    """Where a list puts a post: those who lead first, then by level, as official lists do."""
    head = next((index for index, word in enumerate(_HEADS) if word in position), len(_HEADS))
    grade = next((index for index, word in enumerate(_LEVELS) if word in f"{position} {level}"), len(_LEVELS))
    return head, grade


def check_post(post: Post) -> None:
    if not post.position.strip():
        raise Invalid("ยังไม่ได้ใส่ตำแหน่ง จึงยังไม่ได้บันทึก โปรดใส่ตำแหน่ง")
    if max(len(post.position), len(post.level)) > LONGEST:
        raise Invalid("ตำแหน่งหรือระดับยาวเกิน 200 ตัวอักษร จึงยังไม่ได้บันทึก โปรดย่อให้สั้นลง")


def check_change_day(on: date, *, since: date | None, today: date) -> None:
    """A posting may begin or end on `on` when the running one began on `since`."""
    if on > today:
        raise Invalid("วันที่นี้ยังมาไม่ถึง ยังไม่ได้บันทึก โปรดใส่วันที่ไม่เกินวันนี้ แล้วบันทึกเมื่อถึงวัน")
    if on < EARLIEST or (since is not None and on < since):
        raise Invalid("วันที่นี้มาก่อนวันเริ่มตำแหน่งปัจจุบัน ยังไม่ได้บันทึก โปรดตรวจวันที่อีกครั้ง")


def check_joined_on(on: date | None, *, today: date) -> None:
    """The day somebody began to work lies in the past and within a working life."""
    if on is not None and not EARLIEST <= on <= today:
        raise Invalid("วันบรรจุนี้เป็นไปไม่ได้ ยังไม่ได้บันทึก โปรดใส่วันที่ไม่เกินวันนี้ เช่น 1 ตุลาคม 2560")
