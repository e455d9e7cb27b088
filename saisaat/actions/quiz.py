"""The question under an item: set by whoever makes it, answered by its readers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from saisaat.actions.compose import item_media, keep_version
from saisaat.actions.edit import is_published, tell_deliveries
from saisaat.domain.approval import ItemStatus, check_edit, item_sha256
from saisaat.domain.errors import Invalid
from saisaat.domain.quiz import quiz_text
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Delivery, Item, Person, QuizCount


def set_quiz(*, item: Item, quiz: dict[str, Any], seen: int, author: Person, by: Actor, now: datetime) -> Item:
    """`quiz` (see `domain.quiz`) is the item's question from now on; {} takes it away. It is approved with the item,
    so an approval or a review under way ends.

    `seen` is the number of the version the editor had before them.
    """
    check_may(by, Deed.COMPOSE)
    if any(mark in quiz_text(quiz) for mark in ("{base}", "{page}", "{group}", "{delivery}")):
        raise Invalid("ข้อความมีคำในวงเล็บปีกกาที่ระบบใช้เอง เช่น {group} จึงยังไม่ได้บันทึก โปรดเอาออก")
    media = item_media(Item.of(item.province_id).select_related("picture", "preview").get(pk=item.pk))
    with transaction.atomic():
        row = Item.of(item.province_id).select_for_update().get(pk=item.pk)
        status = ItemStatus(row.status)
        check_edit(status, seen=seen, latest=row.versions.count(), published=is_published(row))
        if row.quiz == quiz:
            return row
        row.quiz, row.sha256 = quiz, item_sha256(media, row.canonical, quiz_text(quiz))
        row.status, row.approved_sha256, row.author = ItemStatus.DRAFT, "", author
        row.save(update_fields=["quiz", "sha256", "status", "approved_sha256", "author"])
        keep_version(row, now)
        tell_deliveries(row, approved=status is ItemStatus.APPROVED, by=by, now=now)
        audit.append(by=by, action=f"{Deed.COMPOSE}.quiz", row=row, now=now, digest=row.sha256)
    return row


def count_answer(*, delivery: Delivery, choice: int) -> None:
    """One more answer. Whose it was is not known and not asked."""
    with transaction.atomic():
        rows = QuizCount.of(delivery.province_id).filter(delivery=delivery, choice=choice)
        if not rows.update(times=F("times") + 1):
            QuizCount.everywhere.get_or_create(province_id=delivery.province_id, delivery=delivery, choice=choice)
            rows.update(times=F("times") + 1)
