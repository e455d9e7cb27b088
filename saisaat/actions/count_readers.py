"""Entering "อ่านแล้ว N" from the group: who saw it, when, and the picture of it."""

from datetime import datetime

from django.db import transaction

from saisaat.actions.compose import store_file
from saisaat.domain.delivery import DELIVERED_STATES
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Delivery, Media, Person, ReaderCount


def count_readers(
    *,
    delivery: Delivery,
    readers: int,
    seen_at: datetime,
    picture: bytes,
    note: str,
    person: Person,
    by: Actor,
    now: datetime,
) -> ReaderCount:
    """Keep what `person` saw. `picture`: a clean JPEG or b""; without one `note` says why."""
    check_may(by, Deed.COUNT_READERS)
    if delivery.state not in DELIVERED_STATES:
        raise NotNow("เรื่องนี้ยังไม่ได้ส่งถึงกลุ่ม จึงยังนับผู้อ่านไม่ได้ ยังไม่ได้บันทึก")
    if seen_at > now or (delivery.sent_at is not None and seen_at < delivery.sent_at):
        raise Invalid("เวลาที่เห็นต้องอยู่หลังเวลาส่งและไม่เกินเวลานี้ ยังไม่ได้บันทึก โปรดแก้เวลา")
    if not picture and not note.strip():
        raise Invalid("โปรดแนบภาพหน้าจอ หรือเขียนว่าเหตุใดจึงไม่มีภาพ ยังไม่ได้บันทึก")
    sha256 = store_file(picture) if picture else ""
    with transaction.atomic():
        evidence = None
        if sha256:
            evidence, _ = Media.everywhere.get_or_create(
                province_id=delivery.province_id,
                sha256=sha256,
                defaults={"content_type": "image/jpeg", "size": len(picture)},
            )
        row = ReaderCount.everywhere.create(
            province_id=delivery.province_id,
            delivery=delivery,
            readers=readers,
            seen_at=seen_at,
            evidence=evidence,
            note=note.strip()[:300],
            by=person,
            entered_at=now,
        )
        audit.append(by=by, action=Deed.COUNT_READERS, row=row, now=now, digest=sha256)
    return row
