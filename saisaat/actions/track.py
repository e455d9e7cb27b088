"""Tracking what happens on a publication's page: taps as counts, and what officers make of the comments."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from saisaat.actions.acknowledge import acknowledge_by_words
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.feedback import NEEDS_NO_ANSWER, PRESSING, UNSURE, CommentKind
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Comment, Delivery, Person, TapCount


def count_tap(*, delivery: Delivery, now: datetime) -> None:
    """One more opening of the page from this group's link, in its hour. Nobody is known, so nobody is stored."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        counted = TapCount.of(delivery.province_id).filter(delivery=delivery, hour=hour).update(taps=F("taps") + 1)
        if not counted:
            TapCount.everywhere.create(province_id=delivery.province_id, delivery=delivery, hour=hour, taps=1)


def locked_comment(comment: Comment) -> Comment:
    """The comment as it stands now, locked until the transaction ends. Raises `NotNow` where it was taken back."""
    rows = Comment.of(comment.province_id).select_for_update(of=("self",)).select_related("delivery")
    found = rows.filter(pk=comment.pk).first()
    if found is None:
        raise NotNow("ผู้เขียนถอนความเห็นนี้ไปแล้ว จึงไม่ได้บันทึก สิ่งที่พิมพ์ยังอยู่ในหน้านี้")
    return found


def confirm_comment(*, comment: Comment, kind: str, person: Person, by: Actor, now: datetime) -> None:
    """A person says what the comment is; criticism and complaints count only so."""
    check_may(by, Deed.ANSWER_COMMENT)
    with transaction.atomic():
        comment = locked_comment(comment)
        comment.kind, comment.confirmed_by, comment.confirmed_at = kind, person, now
        comment.owner_id = comment.owner_id or person.pk
        comment.save(update_fields=["kind", "confirmed_by", "confirmed_at", "owner"])
        acknowledge_by_words(comment=comment, meant=kind == CommentKind.ACK, at=now)
        audit.append(by=by, action="comment.confirm", row=comment, now=now)


def confirm_many(*, comments: Sequence[Comment], person: Person, by: Actor, now: datetime) -> int:
    """Agree with the machine on comments that need no answer (thanks, greetings), and end them. Returns how many.

    Criticism, complaints and questions are left out, whoever asks: each of those is read by itself. So is what somebody
    else judged meanwhile.
    """
    check_may(by, Deed.ANSWER_COMMENT)
    told = {"confirmed_by": person, "confirmed_at": now, "ended_by": person, "ended_at": now}
    done = 0
    with transaction.atomic():
        for row in comments:
            rows = Comment.of(row.province_id).filter(pk=row.pk, kind="", confidence__gte=UNSURE)
            easy = rows.filter(guess__in=NEEDS_NO_ANSWER)
            if easy.update(kind=F("guess"), **told):
                audit.append(by=by, action="comment.confirm", row=row, now=now)
                done += 1
    return done


def assign_comment(*, comment: Comment, owner: Person, by: Actor, now: datetime) -> None:
    """Who sees to the comment."""
    check_may(by, Deed.ANSWER_COMMENT)
    if owner.province_id != comment.province_id:
        raise Invalid("ไม่พบบุคคลนี้ในสำนักงาน ผู้รับผิดชอบเดิมยังอยู่")
    with transaction.atomic():
        comment = locked_comment(comment)
        comment.owner = owner
        comment.save(update_fields=["owner"])
        audit.append(by=by, action="comment.assign", row=comment, now=now)


def end_comment(*, comment: Comment, person: Person, by: Actor, now: datetime) -> None:
    """Nothing more is to be done. Criticism and complaints need an answer first. What is ended stays as it is."""
    check_may(by, Deed.ANSWER_COMMENT)
    with transaction.atomic():
        comment = locked_comment(comment)
        if (comment.kind or comment.guess) in PRESSING and comment.answered_at is None:
            raise NotNow("คำวิจารณ์และร้องเรียนต้องมีคำตอบก่อนจึงปิดได้ ความเห็นยังเปิดอยู่ โปรดบันทึกคำตอบ")
        if comment.ended_at is not None:
            return
        comment.ended_by, comment.ended_at = person, now
        comment.save(update_fields=["ended_by", "ended_at"])
        audit.append(by=by, action="comment.end", row=comment, now=now)
