"""What readers do on a publication's page: open it, press a button, play its clip.

A reader is known only by an ID token of LINE's that was verified: `who` is then the keyed hash of the LINE user, the
same as under presses and quotes in the group, and "" for everybody else. Each opening is counted once: `count_opening`
writes a `View` where somebody was vouched for, and a tap where nobody was. Nothing here leaves an audit row: its moment
in the chain would tell who was at the telephone.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from saisaat.actions.track import count_tap
from saisaat.domain.intake import PressKind
from saisaat.records.base import random_id
from saisaat.records.clip_watch import MARKS
from saisaat.records.models import Acknowledgement, ClipCount, ClipWatch, Delivery, Reaction, View


def count_opening(*, delivery: Delivery, who: str, now: datetime) -> bool:
    """The page was opened from its group's link. For a known reader the first opening counts, and True is returned for
    it; further ones change nothing. Without one it is a tap.
    """
    if not who:
        count_tap(delivery=delivery, now=now)
        return False
    with transaction.atomic():
        _, first = View.everywhere.get_or_create(
            delivery=delivery, who=who, defaults={"province_id": delivery.province_id, "hour": _hour(now)}
        )
    return first


def press(*, delivery: Delivery, kind: PressKind, who: str, page: str, now: datetime) -> None:
    """รับทราบ or ชอบ on the page. It cannot be taken back by pressing again; pressing again changes nothing.

    A known reader counts once a publication, wherever they press: under the message or here. Somebody unknown counts
    once for each `page`, the random word of the page they have open; of the time only the hour is kept.
    """
    row: dict[str, Any] = {
        "province_id": delivery.province_id,
        "delivery": delivery,
        "who": who,
        "at": now if who else _hour(now),
        "event_id": f"page-{kind}-{delivery.pk}-{random_id() if who else page[:40]}",
    }
    with transaction.atomic():
        if kind is PressKind.ACK:
            Acknowledgement.everywhere.bulk_create([Acknowledgement(**row)], ignore_conflicts=True)
        else:
            Reaction.everywhere.bulk_create([Reaction(**row)], ignore_conflicts=True)


def mark_clip(*, delivery: Delivery, who: str, mark: int) -> None:
    """The clip was played to `mark` per cent; 0 is that it was opened. For a known reader the farthest mark stays."""
    assert mark in MARKS
    kept: dict[str, Any] = {"province_id": delivery.province_id, "delivery": delivery}
    with transaction.atomic():
        if who:
            row, made = ClipWatch.everywhere.get_or_create(
                delivery=delivery, who=who, defaults={"province_id": delivery.province_id, "reached": mark}
            )
            if not made:
                ClipWatch.everywhere.filter(pk=row.pk, reached__lt=mark).update(reached=mark)
            return
        rows = ClipCount.of(delivery.province_id).filter(delivery=delivery, mark=mark)
        if not rows.update(times=F("times") + 1):
            ClipCount.everywhere.get_or_create(**kept, mark=mark)
            rows.update(times=F("times") + 1)


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
