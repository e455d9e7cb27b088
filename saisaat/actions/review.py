"""Reviewing: somebody other than the author looks at one exact version and approves it or sends it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from saisaat.actions.compose import item_media
from saisaat.actions.schedule import change_state
from saisaat.domain.approval import ItemStatus, check_item_transition, check_review, item_sha256
from saisaat.domain.delivery import State
from saisaat.domain.errors import DomainError, Invalid, NotNow
from saisaat.domain.quiz import quiz_text
from saisaat.domain.remarks import Remark
from saisaat.domain.reviewing import check_approval, ticked
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Delivery, Item, Person, Review


@dataclass(slots=True)
class Lot:
    """What became of several items approved at once: `left` are those that were not, each with the reason."""

    approved: list[Item] = field(default_factory=list)
    left: list[tuple[Item, DomainError]] = field(default_factory=list)


def submit(*, item: Item, by: Actor, now: datetime) -> Item:
    """Send a draft to be reviewed."""
    check_may(by, Deed.COMPOSE)
    return _move(item, ItemStatus.IN_REVIEW, by, now)


def approve(
    *,
    item: Item,
    seen_sha256: str,
    checklist: Mapping[str, bool],
    reviewer: Person,
    by: Actor,
    now: datetime,
    note: str = "",
) -> Review:
    """Approve the version seen, with every point of the checklist. Deliveries that wait for it may now go out."""
    check_may(by, Deed.REVIEW)
    check_approval(checklist)
    verdict = Review(approved=True, note=note.strip(), checklist=dict(checklist))
    return _decide(item, seen_sha256, reviewer, by, now, verdict)


def approve_lot(
    *,
    items: Sequence[Item],
    seen: Mapping[str, str],
    checklist: Mapping[str, bool],
    reviewer: Person,
    by: Actor,
    now: datetime,
) -> Lot:
    """Approve several items, each by the hash seen of it (`seen`: item's id to hash) and in a transaction of its own.

    What may not be approved (changed since, one's own, decided by another) is left out and named.
    """
    check_may(by, Deed.REVIEW)
    check_approval(checklist)
    lot = Lot()
    for item in items:
        try:
            approve(
                item=item, seen_sha256=seen.get(item.pk, ""), checklist=checklist, reviewer=reviewer, by=by, now=now
            )
        except DomainError as refusal:
            lot.left.append((item, refusal))
        else:
            lot.approved.append(item)
    return lot


def reject(
    *,
    item: Item,
    seen_sha256: str,
    reviewer: Person,
    note: str,
    by: Actor,
    now: datetime,
    checklist: Mapping[str, bool] | None = None,
) -> Review:
    """Send the version back, saying what to change. `checklist` is kept as far as it was ticked."""
    check_may(by, Deed.REVIEW)
    if not note.strip():
        raise Invalid("โปรดเขียนว่าต้องแก้อะไร ยังไม่ได้บันทึกผลตรวจ")
    verdict = Review(approved=False, note=note.strip(), checklist=dict(checklist or ticked(())))
    return _decide(item, seen_sha256, reviewer, by, now, verdict)


def void(*, item: Item, reason: str, by: Actor, now: datetime) -> Item:
    """Take an approval back. What is armed with it is cancelled; what was sent stays sent."""
    check_may(by, Deed.REVIEW)
    if not reason.strip():
        raise Invalid("โปรดเขียนเหตุผลที่ถอนการอนุมัติ การอนุมัติยังอยู่เหมือนเดิม")
    with transaction.atomic():
        item = _move(item, ItemStatus.DRAFT, by, now)
        for delivery in Delivery.of(item.province_id).filter(item=item, state=State.ARMED):
            change_state(delivery, State.CANCELLED, Remark.UNAPPROVED.of(reason=reason)[:300], by=by, now=now)
    return item


def _decide(item: Item, seen_sha256: str, reviewer: Person, by: Actor, now: datetime, verdict: Review) -> Review:
    if by.id != reviewer.pk:
        raise NotNow("บันทึกผลตรวจแทนผู้อื่นไม่ได้ สื่อยังรอตรวจอยู่")
    on_disk = _hash_on_disk(item)
    with transaction.atomic():
        item = Item.of(item.province_id).select_for_update().get(pk=item.pk)
        for author in {str(item.author_id), *item.versions.values_list("author", flat=True)}:
            check_review(author, reviewer.pk, seen_sha256, item.sha256)
        if on_disk != item.sha256:
            raise NotNow("ไฟล์สื่อไม่ตรงกับที่บันทึกไว้ จึงยังไม่ได้อนุมัติ โปรดจัดทำสื่อชิ้นนี้ใหม่")
        _move(item, ItemStatus.APPROVED if verdict.approved else ItemStatus.REJECTED, by, now)
        verdict.province_id, verdict.item, verdict.sha256 = item.province_id, item, seen_sha256
        verdict.author_id, verdict.reviewer, verdict.decided_at = item.author_id, reviewer, now
        verdict.save(force_insert=True)
        audit.append(by=by, action=Deed.REVIEW, row=verdict, now=now, digest=seen_sha256)
    return verdict


def _hash_on_disk(item: Item) -> str:
    """The hash over the files as they are now: before the transaction, for reading files takes its time."""
    row = Item.of(item.province_id).select_related("picture", "preview").get(pk=item.pk)
    try:
        return item_sha256(item_media(row), row.canonical, quiz_text(row.quiz))
    except FileNotFoundError:
        return ""


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
