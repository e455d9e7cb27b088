"""What became of a comment without a name, for whoever holds its receipt code. No province is known yet."""

from dataclasses import dataclass
from enum import StrEnum

from saisaat.records.models import Comment, CommentBox
from saisaat.records.receipts import normal_code, receipt_of
from saisaat.records.waiting_box import read_box


class Fate(StrEnum):
    """UNKNOWN: no such code, not yet in the box, or erased since. WAITING: in the box. TOLD: the office can read it."""

    UNKNOWN = "unknown"
    WAITING = "waiting"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`comment` is None unless the office can read it."""

    fate: Fate
    comment: Comment | None = None


def look_up(code: str) -> Receipt:
    """Where the comment stands. Reads only; nothing tells afterwards that somebody asked."""
    code = normal_code(code)
    if not code:
        return Receipt(Fate.UNKNOWN)
    receipt = receipt_of(code)
    told = Comment.everywhere.filter(receipt=receipt).select_related("answered_by", "key").first()
    if told is not None:
        return Receipt(Fate.TOLD, told)
    boxes = CommentBox.everywhere.select_related("key")
    waits = any(one.receipt == receipt for box in boxes for one in read_box(box))
    return Receipt(Fate.WAITING if waits else Fate.UNKNOWN)
