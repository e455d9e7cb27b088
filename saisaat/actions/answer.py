"""Answering comments: written down, and sent into the group free of charge when somebody there opens a window.

Like a delivery, an answer is claimed before the call and settled after it; what got no word back is uncertain and stays
so. A publication that waits for the same window goes first.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from saisaat.actions.deliver import ABANDONED, Window, raise_alarm
from saisaat.actions.schedule import is_quiet_in
from saisaat.actions.track import locked_comment
from saisaat.domain.answers import AnswerState, AnswerWay, check_answer, deadline, first_state, in_the_group
from saisaat.domain.delivery import Alarm, Outcome, can_reply
from saisaat.domain.errors import Invalid
from saisaat.domain.messages import OutgoingMessage, Text
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Answer, AnswerTemplate, AuditEvent, Campaign, Comment, Person

_SETTLED = {
    Outcome.ACCEPTED: AnswerState.SENT,
    Outcome.NO_ANSWER: AnswerState.UNCERTAIN,
    Outcome.SERVER_ERROR: AnswerState.UNCERTAIN,
    Outcome.REJECTED: AnswerState.EXPIRED,
    Outcome.GROUP_GONE: AnswerState.EXPIRED,
}
"""What a call's outcome makes of an answer; after every other one it waits on."""


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
        comment = locked_comment(comment)
        if way is AnswerWay.GROUP and comment.said_in is None:
            raise Invalid("ความเห็นนี้ไม่บอกว่ามาจากกลุ่มใด จึงส่งคำตอบเข้ากลุ่มไม่ได้ คำตอบยังอยู่ในหน้านี้ โปรดเลือกบันทึกไว้เท่านั้น")
        Answer.of(comment.province_id).filter(comment=comment, state=AnswerState.WAITING).update(
            state=AnswerState.EXPIRED, detail=Remark.ANSWERED_ANEW
        )
        row = Answer.everywhere.create(
            province_id=comment.province_id,
            comment=comment,
            group=comment.said_in,
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


def claim_answer(*, window: Window, now: datetime, by: Actor) -> AnswerCall | None:
    """The oldest answer that waits in the window's group, claimed. None when there is none, the window is over, the
    campaign asks for silence or the account may not send.
    """
    if not can_reply(window.event_at, now):
        return None
    waiting = Answer.everywhere.filter(group=window.group, state=AnswerState.WAITING, deadline__gt=now)
    waiting = waiting.filter(group__left_at__isnull=True, group__channel__stopped_at__isnull=True)
    waiting = waiting.select_related("comment__delivery__entry__campaign", "comment__campaign", "group")
    row = waiting.order_by("made_at", "pk").first()
    if row is None or row.group is None or is_quiet_in(_campaign(row.comment), now):
        return None
    if not _move(row, AnswerState.WAITING, AnswerState.SENDING, "", by, now):
        return None
    about = row.comment.delivery
    text = in_the_group(about.entry.title if about is not None else None, row.text)
    return AnswerCall(row.pk, str(row.group.channel_id), (Text(text),))


def _campaign(comment: Comment) -> Campaign:
    campaign = comment.delivery.entry.campaign if comment.delivery is not None else comment.campaign
    assert campaign is not None, "a comment belongs to a campaign (comment_has_a_place)"
    return campaign


def settle_answer(*, answer: str, outcome: Outcome, detail: str, message_id: str, by: Actor, now: datetime) -> None:
    """What became of the call. What surely did not leave waits again, unless a newer answer stands in its place; what
    may have left is uncertain. Where the account itself was refused, its channel stops until a person looks.
    """
    state = _SETTLED.get(outcome, AnswerState.WAITING)
    with transaction.atomic():
        row = Answer.everywhere.select_for_update(of=("self",)).select_related("group").filter(pk=answer).first()
        if row is None:
            return  # its comment was taken back while the call was out, and the answer went with it
        told = detail
        if state is AnswerState.WAITING and _is_replaced(row):
            state, told = AnswerState.EXPIRED, Remark.ANSWERED_ANEW
        row.state, row.detail, row.message_id = state, told[:300], message_id[:100]
        row.sent_at = now if state is AnswerState.SENT else None
        row.save(update_fields=["state", "detail", "message_id", "sent_at"])
        audit.append(by=by, action=f"answer.{state}", row=row, now=now)
        if outcome is Outcome.UNAUTHORIZED and row.group is not None:
            raise_alarm(Alarm.STOP_CHANNEL, row.group, detail, by, now)


def _is_replaced(row: Answer) -> bool:
    return Answer.of(row.province_id).filter(comment=row.comment_id, made_at__gt=row.made_at).exists()


def expire(*, now: datetime, by: Actor, limit: int = 100) -> int:
    """Answers whose time is over stay on record."""
    late = Answer.everywhere.filter(state=AnswerState.WAITING, deadline__lte=now).order_by("deadline")[:limit]
    return sum(_move(row, AnswerState.WAITING, AnswerState.EXPIRED, Remark.NO_FREE_WAY, by, now) for row in late)


def take_up_interrupted(*, now: datetime, by: Actor, alone: bool) -> int:
    """After a crash: a call without an end may have left, so nobody makes it again. Unless `alone`, calls that another
    worker may be making just now are left to it.
    """
    cut_off = [
        row
        for row in Answer.everywhere.filter(state=AnswerState.SENDING)
        if alone or _claimed_at(row) <= now - ABANDONED
    ]
    return sum(
        _move(row, AnswerState.SENDING, AnswerState.UNCERTAIN, Remark.ANSWER_CUT_OFF, by, now) for row in cut_off
    )


def _claimed_at(row: Answer) -> datetime:
    """By the audit; its rows are read from the last one back, and the claim is among the latest."""
    claims = AuditEvent.of(row.province_id).filter(object_id=row.pk, action=f"answer.{AnswerState.SENDING}")
    return claims.order_by("-no").values_list("at", flat=True).first() or row.made_at


def _move(row: Answer, old: AnswerState, new: AnswerState, detail: str, by: Actor, now: datetime) -> int:
    """Move an answer on by one conditional UPDATE. Returns 0, writing nothing, when another worker moved it first."""
    with transaction.atomic():
        moved = Answer.of(row.province_id).filter(pk=row.pk, state=old).update(state=new, detail=detail)
        if moved:
            audit.append(by=by, action=f"answer.{new}", row=row, now=now)
    return moved


def keep_template(*, province: str, title: str, text: str, by: Actor, now: datetime) -> AnswerTemplate:
    """Words to answer with again; the same title replaces the earlier words."""
    check_may(by, Deed.ANSWER_COMMENT)
    with transaction.atomic():
        row, _ = AnswerTemplate.everywhere.update_or_create(
            province_id=province, title=check_answer(title)[:80], defaults={"text": check_answer(text)}
        )
        audit.append(by=by, action="answer_template.keep", row=row, now=now)
    return row
