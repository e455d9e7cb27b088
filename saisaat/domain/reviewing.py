"""What a reviewer vouches for, point by point, before a story may go out."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from saisaat.domain.errors import Invalid


class Point(StrEnum):
    """One point of the review. The value is stored with the review, so it never changes its meaning."""

    CITATION = "citation"
    """The law and its section were compared with the source."""
    RIGHTS = "rights"
    """Picture, clip and words may be used."""
    TONE = "tone"
    """Polite, clear, naming and blaming nobody."""
    ALT = "alt"
    """The words for those who do not see the picture say what it says."""


CHECKLIST: tuple[Point, ...] = tuple(Point)
"""The points in the order they are asked. An approval has every one of them."""

LONGEST_NOTE = 500
"""Characters of a reviewer's comment."""


def ticked(points: Iterable[str]) -> dict[str, bool]:
    """A checklist as it is stored: every point, and whether it was ticked. What is no point of ours is dropped."""
    given = set(points)
    return {str(point): point in given for point in CHECKLIST}


def check_approval(checklist: Mapping[str, bool]) -> None:
    """Raise `Invalid` unless every point is ticked."""
    missing = sum(1 for point in CHECKLIST if checklist.get(point) is not True)
    if missing:
        raise Invalid(
            "ยังติ๊กรายการตรวจไม่ครบ เหลืออีก %(missing)s ข้อ จึงยังไม่ได้อนุมัติ สื่อยังรอตรวจอยู่ โปรดตรวจข้อที่เหลือ หรือส่งกลับแก้ไข",
            missing=missing,
        )


def comment_of(reasons: Iterable[str], typed: str) -> str:
    """The reviewer's comment: the ready-made sentences chosen, then what was typed. Raises `Invalid`."""
    note = "\n".join(part for part in (*reasons, typed.strip()) if part)
    if not note:
        raise Invalid("โปรดเลือกเหตุผลหรือเขียนว่าต้องแก้อะไร ยังไม่ได้บันทึกผลตรวจ สื่อยังรอตรวจอยู่")
    if len(note) > LONGEST_NOTE:
        raise Invalid(
            "ความเห็นยาว %(length)s ตัวอักษร เกิน %(most)s จึงยังไม่ได้บันทึกผลตรวจ ข้อความยังอยู่ครบ โปรดตัดให้สั้นลง",
            length=len(note),
            most=LONGEST_NOTE,
        )
    return note
