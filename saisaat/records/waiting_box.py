"""What lies in the box for comments without a name: read and written as a whole, told apart by nothing from outside."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from saisaat.records.base import random_id
from saisaat.records.comment_box import CommentBox, WaitingSlot
from saisaat.records.sealing import seal, unseal

SLOT = 4608
"""Bytes of a slot before sealing: the longest comment in four-byte characters, and its place."""
FEWEST_SLOTS = 32
_dice = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class WaitingComment:
    """A comment on its way into the box, or in it. `delivery` is empty unless its author told it."""

    province: str
    campaign: str
    group: str
    delivery: str
    text: str
    receipt: str


def read_box(box: CommentBox) -> list[WaitingComment]:
    """What waits, in no order."""
    found = [json.loads(unseal(box.key, slot.sealed) or "{}") for slot in WaitingSlot.of(box.province_id)]
    waiting = [WaitingComment(**told) for told in found if told]
    _dice.shuffle(waiting)
    return waiting


def write_box(box: CommentBox, waiting: Sequence[WaitingComment]) -> None:
    """All slots anew. Their number is a power of two, so that it says little of how many wait."""
    count = FEWEST_SLOTS
    while count < len(waiting):
        count *= 2
    contents = [json.dumps(asdict(one), ensure_ascii=False) for one in waiting] + ["{}"] * (count - len(waiting))
    _dice.shuffle(contents)
    WaitingSlot.of(box.province_id).delete()
    WaitingSlot.everywhere.bulk_create(
        [
            WaitingSlot(id=random_id(), province_id=box.province_id, box=box, sealed=seal(box.key, _padded(content)))
            for content in contents
        ]
    )


def _padded(content: str) -> str:
    return content.encode().ljust(SLOT).decode()
