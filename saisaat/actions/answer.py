"""Answering comments: written down, and sent into the group free of charge when somebody there opens a window.

Like a delivery, an answer is claimed before the call and settled after it; what got no word back is uncertain and stays
so. A publication that waits for the same window goes first.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from saisaat.actions.deliver import Window
from saisaat.domain.answers import AnswerState, AnswerWay, check_answer, deadline, first_state, in_the_group
from saisaat.domain.delivery import Outcome, can_reply
from saisaat.domain.messages import OutgoingMessage, Text
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Answer, AnswerTemplate, Comment, Person


@dataclass(frozen=True, slots=True)
class AnswerCall:
    """What to ask of the channel now."""

    answer: str
    channel: str
    messages: tuple[OutgoingMessage, ...]


def answer_comment(
    *,
    comment: Comment,
    answer: str,
    person: Person,
    by: Actor,
    now: datetime,
    way: AnswerWay = AnswerWay.RECORD,
) -> Answer:
    """What the office answers. With `GROUP` it waits for a free reply in the group, in place of one that did."""
    check_may(by, Deed.ANSWER_COMMENT)
    text = check_answer(answer)
    with transaction.atomic():
        comment = Comment.of(comment.province_id).select_for_update().select_related("delivery").get(pk=comment.pk)
        Answer.of(comment.province_id).filter(comment=comment, state=AnswerState.WAITING).update(
            state=AnswerState.EXPIRED, detail="แทนที่ด้วยคำตอบใหม่"
        )
        row = Answer.everywhere.create(
            province_id=comment.province_id,
            comment=comment,
            group_id=comment.delivery.group_id,
            text=text,
            way=way,
            state=first_state(way),
            by=person,
            made_at=now,
            deadline=deadline(now),
        )
        Comment.of(comment.province_id).filter(pk=comment.pk).update(
            answer=text, answered_at=now, answered_by=person, owner=comment.owner_id or person.pk
        )
        audit.append(by=by, action="comment.answer", row=comment, now=now)
    return row


def waiting_groups() -> frozenset[str]:
    """Groups in which an answer waits for a free way."""
    return frozenset(Answer.everywhere.filter(state=AnswerState.WAITING).values_list("group", flat=True))


def claim_answer(*, window: Window, now: datetime) -> AnswerCall | None:
    """The oldest answer that waits in the window's group, claimed; None when there is none or the window is over."""
    if not can_reply(window.event_at, now):
        return None
    waiting = Answer.everywhere.filter(group=window.group, state=AnswerState.WAITING, deadline__gt=now)
    row = waiting.select_related("comment__delivery__entry", "group").order_by("made_at").first()
    if row is None or not waiting.filter(pk=row.pk).update(state=AnswerState.SENDING):
        return None
    text = in_the_group(row.comment.delivery.entry.title, row.text)
    return AnswerCall(row.pk, str(row.group.channel_id), (Text(text),))


def settle_answer(*, answer: str, outcome: Outcome, detail: str, message_id: str, by: Actor, now: datetime) -> None:
    """What became of the call. What surely did not leave waits again; what may have left is uncertain."""
    states = {
        Outcome.ACCEPTED: AnswerState.SENT,
        Outcome.NO_ANSWER: AnswerState.UNCERTAIN,
        Outcome.SERVER_ERROR: AnswerState.UNCERTAIN,
        Outcome.REJECTED: AnswerState.EXPIRED,
        Outcome.UNAUTHORIZED: AnswerState.EXPIRED,
        Outcome.GROUP_GONE: AnswerState.EXPIRED,
    }
    state = states.get(outcome, AnswerState.WAITING)
    with transaction.atomic():
        row = Answer.everywhere.select_for_update().get(pk=answer)
        row.state, row.detail, row.message_id = state, detail[:300], message_id[:100]
        row.sent_at = now if state is AnswerState.SENT else None
        row.save(update_fields=["state", "detail", "message_id", "sent_at"])
        audit.append(by=by, action=f"answer.{state}", row=row, now=now)


def expire(*, now: datetime) -> int:
    """Answers whose time is over stay on record; one that a dead worker left in mid-call is uncertain."""
    return Answer.everywhere.filter(state=AnswerState.WAITING, deadline__lte=now).update(
        state=AnswerState.EXPIRED, detail="ไม่มีโอกาสส่งฟรีภายในกำหนด คำตอบอยู่ในบันทึก"
    )


def take_up_interrupted() -> int:
    """After a start: a call without an end may have left, so nobody makes it again."""
    return Answer.everywhere.filter(state=AnswerState.SENDING).update(state=AnswerState.UNCERTAIN)


def keep_template(*, province: str, title: str, text: str, by: Actor, now: datetime) -> AnswerTemplate:
    """Words to answer with again; the same title replaces the earlier words."""
    check_may(by, Deed.ANSWER_COMMENT)
    with transaction.atomic():
        row, _ = AnswerTemplate.everywhere.update_or_create(
            province_id=province, title=check_answer(title)[:80], defaults={"text": check_answer(text)}
        )
        audit.append(by=by, action="answer_template.keep", row=row, now=now)
    return row
