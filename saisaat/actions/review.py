"""Reviewing: somebody other than the author looks at one exact version and approves it or sends it back."""

from datetime import datetime

from django.db import transaction

from saisaat.actions.compose import item_media
from saisaat.actions.schedule import change_state
from saisaat.domain.approval import ItemStatus, check_item_transition, check_review, item_sha256
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Delivery, Item, Person, Review


def submit(*, item: Item, by: Actor, now: datetime) -> Item:
    """Send a draft to be reviewed."""
    check_may(by, Deed.COMPOSE)
    return _move(item, ItemStatus.IN_REVIEW, by, now)


def approve(*, item: Item, seen_sha256: str, reviewer: Person, by: Actor, now: datetime) -> Review:
    """Approve the version seen. Deliveries that wait for it may now go out."""
    return _decide(item, seen_sha256, reviewer, by, now, approved=True, note="")


def reject(*, item: Item, seen_sha256: str, reviewer: Person, note: str, by: Actor, now: datetime) -> Review:
    """Send the version back, saying what to change."""
    if not note.strip():
        raise Invalid("โปรดเขียนว่าต้องแก้อะไร ยังไม่ได้บันทึกผลตรวจ")
    return _decide(item, seen_sha256, reviewer, by, now, approved=False, note=note.strip())


def void(*, item: Item, reason: str, by: Actor, now: datetime) -> Item:
    """Take an approval back. What is armed with it is cancelled; what was sent stays sent."""
    check_may(by, Deed.REVIEW)
    with transaction.atomic():
        item = _move(item, ItemStatus.DRAFT, by, now)
        for delivery in Delivery.of(item.province_id).filter(item=item, state=State.ARMED):
            change_state(delivery, State.CANCELLED, f"ยกเลิกการอนุมัติ: {reason}"[:300], by=by, now=now)
    return item


def _decide(
    item: Item, seen_sha256: str, reviewer: Person, by: Actor, now: datetime, *, approved: bool, note: str
) -> Review:
    check_may(by, Deed.REVIEW)
    if by.id != reviewer.pk:
        raise NotNow("บันทึกผลตรวจแทนผู้อื่นไม่ได้ สื่อยังรอตรวจอยู่")
    with transaction.atomic():
        item = Item.of(item.province_id).select_for_update().get(pk=item.pk)
        check_review(str(item.author_id), reviewer.pk, seen_sha256, item.sha256)
        if item_sha256(item_media(item), item.canonical) != item.sha256:
            raise NotNow("ไฟล์สื่อไม่ตรงกับที่บันทึกไว้ จึงยังไม่ได้อนุมัติ โปรดจัดทำสื่อชิ้นนี้ใหม่")
        _move(item, ItemStatus.APPROVED if approved else ItemStatus.REJECTED, by, now)
        review = Review.everywhere.create(
            province_id=item.province_id,
            item=item,
            sha256=seen_sha256,
            author_id=item.author_id,
            reviewer=reviewer,
            approved=approved,
            note=note,
            decided_at=now,
        )
        audit.append(by=by, action=Deed.REVIEW, row=review, now=now, digest=seen_sha256)
    return review


def _move(item: Item, new: ItemStatus, by: Actor, now: datetime) -> Item:
    check_item_transition(ItemStatus(item.status), new)
    approved = item.sha256 if new is ItemStatus.APPROVED else ""
    with transaction.atomic():
        moved = Item.of(item.province_id).filter(pk=item.pk, status=item.status, sha256=item.sha256)
        if not moved.update(status=new, approved_sha256=approved):
            raise NotNow("สื่อชิ้นนี้ถูกเปลี่ยนสถานะโดยผู้อื่นเมื่อครู่ ยังไม่มีการเปลี่ยนแปลง โปรดเปิดดูใหม่")
        item.status, item.approved_sha256 = new, approved
        audit.append(by=by, action=f"item.{new}", row=item, now=now, digest=item.sha256)
    return item
