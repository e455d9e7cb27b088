"""Comments with a name, and moderation: what is not fit to be shown is hidden with a reason, never altered."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from saisaat.actions.schedule import LOCAL
from saisaat.actions.track import locked_comment
from saisaat.domain.anonymity import check_text
from saisaat.domain.errors import Invalid
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.queries.feedback_words import guess_at
from saisaat.records import audit
from saisaat.records.models import Comment, Delivery, Person
from saisaat.records.sealing import class_key, seal

PAGE = Actor.system("page")
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Author:
    """Whom LINE vouched for: the keyed hash of their user id, and the name they are shown by."""

    who: str
    name: str


def comment_by_name(*, delivery: Delivery, text: str, author: Author, now: datetime) -> Comment:
    """A comment that says who wrote it, to those who answer comments and to nobody else. Raises `Invalid`."""
    text, name = check_text(text), author.name.strip()[:200]
    if not author.who or not name:
        raise Invalid("ยังไม่ได้ยืนยันว่าท่านเป็นใคร จึงยังไม่ได้บันทึก ข้อความยังอยู่ โปรดเปิดหน้านี้จาก LINE อีกครั้ง หรือส่งแบบไม่บอกชื่อ")
    guess = guess_at(str(delivery.province_id), text)
    key = class_key(str(delivery.province_id), f"comments {now:%Y-%m}", now)
    with transaction.atomic():
        comment = Comment.everywhere.create(
            province_id=delivery.province_id,
            delivery=delivery,
            origin=Comment.Origin.NAMED,
            who=author.who,
            name_sealed=seal(key, name),
            day=now.astimezone(LOCAL).date(),
            text_sealed=seal(key, text),
            key=key,
            guess=guess.kind,
            confidence=guess.confidence,
        )
        audit.append(by=PAGE, action="comment.keep", row=comment, now=now)
    return comment


def forget_author(*, province: str, who: str) -> int:
    """Take name and hash off what somebody wrote, who had themselves erased. Returns how many comments it was."""
    mine = Comment.of(province).filter(origin=Comment.Origin.NAMED, who=who)
    return mine.update(who="", name_sealed=None)


def hide_comment(*, comment: Comment, reason: str, person: Person, by: Actor, now: datetime) -> None:
    """Show it to nobody from now on; the reason stands in its place. Its text, kind and answer stay as they are."""
    check_may(by, Deed.ANSWER_COMMENT)
    reason = reason.strip()
    if not reason:
        raise Invalid("ยังไม่มีเหตุผล จึงยังไม่ได้ซ่อน ความเห็นยังแสดงอยู่ โปรดบอกเหตุผลสั้น ๆ")
    with transaction.atomic():
        comment = locked_comment(comment)
        comment.hidden_reason, comment.hidden_by, comment.hidden_at = reason[:LONGEST_REASON], person, now
        comment.save(update_fields=["hidden_reason", "hidden_by", "hidden_at"])
        audit.append(by=by, action="comment.hide", row=comment, now=now)


def show_comment(*, comment: Comment, by: Actor, now: datetime) -> None:
    """Take the hiding back."""
    check_may(by, Deed.ANSWER_COMMENT)
    with transaction.atomic():
        comment = locked_comment(comment)
        comment.hidden_reason, comment.hidden_by, comment.hidden_at = "", None, None
        comment.save(update_fields=["hidden_reason", "hidden_by", "hidden_at"])
        audit.append(by=by, action="comment.show", row=comment, now=now)
