"""Tracking what happens on a publication's page: taps as counts, comments without a name."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from saisaat.actions.receive import keep_comment
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.feedback import NEEDS_NO_ANSWER, PRESSING
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
        raise Invalid(
            "ความเห็นยาว %(text)s ตัวอักษร เกิน %(longest_comment)s จึงยังไม่ได้บันทึก โปรดย่อให้สั้นลง",
            text=format(len(text), ","),
            longest_comment=format(LONGEST_COMMENT, ","),
        )
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


def confirm_many(*, comments: Sequence[Comment], person: Person, by: Actor, now: datetime) -> int:
    """Agree with the machine on comments that need no answer (thanks, greetings), and end them. Returns how many.

    Criticism, complaints and questions are left out, whoever asks: each of those is read by itself.
    """
    check_may(by, Deed.ANSWER_COMMENT)
    easy = [row for row in comments if not row.kind and row.guess in NEEDS_NO_ANSWER]
    with transaction.atomic():
        for row in easy:
            Comment.of(row.province_id).filter(pk=row.pk, kind="").update(
                kind=row.guess, confirmed_by=person, confirmed_at=now, ended_by=person, ended_at=now
            )
            audit.append(by=by, action="comment.confirm", row=row, now=now)
    return len(easy)


def assign_comment(*, comment: Comment, owner: Person, by: Actor, now: datetime) -> None:
    """Who sees to the comment."""
    check_may(by, Deed.ANSWER_COMMENT)
    if owner.province_id != comment.province_id:
        raise Invalid("ไม่พบบุคคลนี้ในสำนักงาน ผู้รับผิดชอบเดิมยังอยู่")
    with transaction.atomic():
        Comment.of(comment.province_id).filter(pk=comment.pk).update(owner=owner)
        audit.append(by=by, action="comment.assign", row=comment, now=now)


def end_comment(*, comment: Comment, person: Person, by: Actor, now: datetime) -> None:
    """Nothing more is to be done. Criticism and complaints need an answer first."""
    check_may(by, Deed.ANSWER_COMMENT)
    kind = comment.kind or comment.guess
    if kind in PRESSING and comment.answered_at is None:
        raise NotNow("คำวิจารณ์และร้องเรียนต้องมีคำตอบก่อนจึงปิดได้ ความเห็นยังเปิดอยู่ โปรดบันทึกคำตอบ")
    with transaction.atomic():
        Comment.of(comment.province_id).filter(pk=comment.pk).update(ended_by=person, ended_at=now)
        audit.append(by=by, action="comment.end", row=comment, now=now)
