"""Tracking what happens on a publication's page: taps as counts, comments without a name."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from saisaat.actions.receive import keep_comment
from saisaat.domain.errors import Invalid
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Comment, Delivery, Person, TapCount

PAGE = Actor.system("page")
LONGEST_COMMENT = 2000


def count_tap(*, delivery: Delivery, now: datetime) -> None:
    """One more opening of the page from this group's link, in its hour. Nobody is known, so nobody is stored."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        counted = TapCount.of(delivery.province_id).filter(delivery=delivery, hour=hour).update(taps=F("taps") + 1)
        if not counted:
            TapCount.everywhere.create(province_id=delivery.province_id, delivery=delivery, hour=hour, taps=1)


def comment_anonymously(*, delivery: Delivery, text: str, now: datetime) -> Comment:
    """A comment written on the page: no user, no address, no time but the day."""
    text = text.strip()
    if not text:
        raise Invalid("ยังไม่มีข้อความ จึงไม่ได้บันทึก โปรดพิมพ์ความเห็นก่อนส่ง")
    if len(text) > LONGEST_COMMENT:
        raise Invalid(f"ความเห็นยาว {len(text):,} ตัวอักษร เกิน {LONGEST_COMMENT:,} จึงยังไม่ได้บันทึก โปรดย่อให้สั้นลง")
    return keep_comment(
        delivery=delivery,
        origin=Comment.Origin.PAGE,
        text=text,
        message_type="text",
        who="",
        message_id=None,
        now=now,
    )


def confirm_comment(*, comment: Comment, kind: str, person: Person, by: Actor, now: datetime) -> None:
    """A person says what the comment is; criticism and complaints count only so."""
    check_may(by, Deed.ANSWER_COMMENT)
    with transaction.atomic():
        Comment.of(comment.province_id).filter(pk=comment.pk).update(
            kind=kind, confirmed_by=person, confirmed_at=now, owner=comment.owner or person
        )
        audit.append(by=by, action="comment.confirm", row=comment, now=now)


def answer_comment(*, comment: Comment, answer: str, person: Person, by: Actor, now: datetime) -> None:
    """What the office answered or did about it."""
    check_may(by, Deed.ANSWER_COMMENT)
    if not answer.strip():
        raise Invalid("ยังไม่มีคำตอบ จึงไม่ได้บันทึก โปรดเขียนว่าตอบหรือดำเนินการอย่างไร")
    with transaction.atomic():
        Comment.of(comment.province_id).filter(pk=comment.pk).update(
            answer=answer.strip(), answered_at=now, answered_by=person
        )
        audit.append(by=by, action="comment.answer", row=comment, now=now)
