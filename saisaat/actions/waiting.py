"""Comments without a name: taken in, kept waiting in a sealed box, and told in shuffled batches.

What somebody writes is in memory until the next full hour. Only then, and whether or not anybody wrote, every box is
written anew: what lies on the disk changes by the calendar alone. docs/adr/0028.
"""

import hashlib
import json
import random
import socket
import tempfile
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from saisaat.domain.anonymity import SMALLEST, Opened, check_text, last_opening, mark, open_box
from saisaat.domain.cadence import local_day
from saisaat.domain.campaign import Status
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor
from saisaat.queries.boxes import is_open, is_over
from saisaat.queries.feedback_words import guess_at
from saisaat.records import audit
from saisaat.records.models import Campaign, Comment, CommentBox, Delivery, Group
from saisaat.records.receipts import normal_code, receipt_of
from saisaat.records.sealing import class_key, seal
from saisaat.records.waiting_box import WaitingComment, read_box, write_box

SYSTEM = Actor.system("box")
_dice = random.SystemRandom()


class Memory:
    """What came since the last full hour, in this process. It comes out shuffled."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[str, WaitingComment] = {}
        self.settled_here = False
        """Whether an engine in this process brings them into the box; else they are handed to the worker's."""

    def put(self, *arrivals: WaitingComment) -> None:
        """A form sent twice carries the same receipt, and counts once."""
        with self._lock:
            self._found |= {arrival.receipt: arrival for arrival in arrivals}

    def take(self) -> list[WaitingComment]:
        with self._lock:
            found, self._found = list(self._found.values()), {}
        _dice.shuffle(found)
        return found


memory = Memory()


def take_in(*, delivery: Delivery, campaign: Campaign, text: str, code: str, tell: bool, now: datetime) -> None:
    """Keep a comment in memory until the next full hour. `tell`: it says which publication it is about.

    Writes nothing. Raises `Invalid` for a text or code that cannot be kept, `NotNow` where no box is open.
    """
    text, code = check_text(text), normal_code(code)
    if not code:
        raise Invalid("หน้านี้เปิดไว้ไม่ครบ จึงยังไม่ได้รับความเห็น ข้อความยังอยู่ โปรดกดส่งอีกครั้ง")
    if not is_open(campaign, now):
        raise NotNow("โครงการนี้สิ้นสุดแล้ว จึงไม่รับความเห็นแบบไม่บอกชื่อ ข้อความยังอยู่ในหน้านี้")
    arrival = WaitingComment(
        province=str(delivery.province_id),
        campaign=campaign.pk,
        group=str(delivery.group_id),
        delivery=delivery.pk if tell else "",
        text=text,
        receipt=receipt_of(code),
    )
    if memory.settled_here:
        memory.put(arrival)
    elif not _hand_over(arrival):
        raise NotNow("กล่องรับความเห็นยังไม่เปิด จึงยังไม่ได้รับความเห็น ข้อความยังอยู่ในหน้านี้ โปรดลองใหม่ในอีกสักครู่")


def socket_path() -> Path:
    """Where the worker of this data folder listens for comments taken in by other processes of this machine."""
    name = hashlib.sha256(f"box {settings.DATA_DIR}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"saisaat-{name}.sock"


def _hand_over(arrival: WaitingComment) -> bool:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as sender:
        sender.setblocking(False)
        try:
            sender.sendto(json.dumps(asdict(arrival)).encode(), str(socket_path()))
        except OSError:
            return False
    return True


def handed_over(data: bytes) -> None:
    """The worker's end: what another process of this machine took in."""
    memory.put(WaitingComment(**json.loads(data)))


def settle(*, now: datetime) -> int:
    """Write every box anew, and open those that are due. Returns how many comments were told.

    Boxes are written for every province with a running campaign, so that writing one says nothing.
    """
    arrivals = memory.take()
    try:
        running = Campaign.everywhere.filter(status=Status.RUNNING).values_list("province", flat=True)
        boxes = CommentBox.everywhere.values_list("province", flat=True)
        told = 0
        for province in sorted({*running, *boxes, *(arrival.province for arrival in arrivals)}):
            told += _settle_one(province, [arrival for arrival in arrivals if arrival.province == province], now)
            arrivals = [arrival for arrival in arrivals if arrival.province != province]
        return told
    finally:
        memory.put(*arrivals)  # nothing is left of them, unless a box could not be written


def _settle_one(province: str, arrivals: Sequence[WaitingComment], now: datetime) -> int:
    with transaction.atomic():
        box = _box(province, now)
        waiting = {one.receipt: one for one in [*read_box(box), *arrivals]}
        opening = local_day(last_opening(now))
        opened = _open(province, list(waiting.values()), due=opening > box.opened_on, now=now)
        if opened.told or opened.merged or opened.wiped:
            _tell(opened, now)
            audit.append(by=SYSTEM, action="comment_box.open", row=box, now=mark(now))
        box.opened_on = max(box.opened_on, opening)
        box.save(update_fields=["opened_on"])
        write_box(box, opened.kept)
    return len(opened.told) + len(opened.merged)


def _box(province: str, now: datetime) -> CommentBox:
    """The province's box, locked. A new one counts as opened this week."""
    box = CommentBox.of(province).select_for_update(of=("self",)).select_related("key").first()
    if box is not None:
        return box
    key = class_key(province, "waiting comments", mark(now))
    return CommentBox.everywhere.create(province_id=province, key=key, opened_on=local_day(last_opening(now)))


def _open(province: str, waiting: Sequence[WaitingComment], *, due: bool, now: datetime) -> Opened[WaitingComment]:
    """`domain.anonymity.open_box` with what the database knows. A campaign that is gone takes its comments along."""
    campaigns = {row.pk: row for row in Campaign.of(province).filter(pk__in={one.campaign for one in waiting})}
    over = {pk for pk, row in campaigns.items() if is_over(row, now)}
    sent = Delivery.of(province).filter(entry__campaign__in=over).order_by().values_list("entry__campaign")
    groups = dict(sent.annotate(n=Count("group", distinct=True))) if over else {}
    small = Group.of(province).filter(members__lt=SMALLEST).values_list("pk", flat=True)
    living = [one for one in waiting if one.campaign in campaigns]
    return open_box(living, due=due, over=over, groups=groups, small=frozenset(small))


def _tell(opened: Opened[WaitingComment], now: datetime) -> None:
    """Make them comments: random ids, random order, the day of the opening."""
    rows = [_comment(one, _place(one), now) for one in opened.told]
    rows += [_comment(one, {"campaign_id": one.campaign}, now) for one in opened.merged]
    _dice.shuffle(rows)
    Comment.everywhere.bulk_create(rows)


def _place(one: WaitingComment) -> dict[str, str]:
    return {"delivery_id": one.delivery} if one.delivery else {"campaign_id": one.campaign, "group_id": one.group}


def _comment(one: WaitingComment, place: dict[str, str], now: datetime) -> Comment:
    guess = guess_at(one.province, one.text)
    key = class_key(one.province, f"comments {now:%Y-%m}", mark(now))
    return Comment(
        province_id=one.province,
        **place,
        origin=Comment.Origin.PAGE,
        day=local_day(now),
        text_sealed=seal(key, one.text),
        key=key,
        receipt=one.receipt,
        guess=guess.kind,
        confidence=guess.confidence,
    )
