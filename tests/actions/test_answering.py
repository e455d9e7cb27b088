"""Answers on their way into the group: what each call's end makes of them, and that none goes twice or in vain."""

from datetime import timedelta

import pytest
from django.db import transaction

from saisaat.actions import answer, deliver, receive, track
from saisaat.actions.propose import change_settings
from saisaat.domain.answers import WAITS, AnswerState, AnswerWay, in_the_group
from saisaat.domain.delivery import Outcome
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.messages import EventKind, InboundEvent, Text
from saisaat.domain.roles import Actor
from saisaat.queries import desk
from saisaat.records import audit
from saisaat.records.models import Answer, AnswerTemplate, AuditEvent, Channel, Comment, Group
from tests.cast import Cast
from tests.factories import NOW, make_comment

SECOND = timedelta(seconds=1)
WORKER = Actor.system("worker")
S = AnswerState


def asked(cast: Cast) -> Comment:
    return make_comment(cast.delivery(), "ใช้กับลูกจ้างด้วยไหม", origin="quote", message_id="m1", who="h")


def answered(
    cast: Cast, comment: Comment, text: str = "ใช้ด้วย", after: timedelta = timedelta(), **fields: object
) -> Answer:
    told = {"way": AnswerWay.GROUP, "by": cast.actor("owner"), "now": NOW + after} | fields
    return answer.answer_comment(comment=comment, answer=text, person=cast.people["owner"], **told)  # type: ignore[arg-type]


def claim(group: Group, after: timedelta = timedelta(), event_at: timedelta | None = None) -> answer.AnswerCall | None:
    at = NOW + (after if event_at is None else event_at)
    return answer.claim_answer(window=deliver.Window(group.pk, "token", at), now=NOW + after, by=WORKER)


def settle(row: Answer, outcome: Outcome, detail: str = "LINE's word", after: timedelta = SECOND) -> None:
    message = "m9" if outcome is Outcome.ACCEPTED else ""
    answer.settle_answer(answer=row.pk, outcome=outcome, detail=detail, message_id=message, by=WORKER, now=NOW + after)


def state(row: Answer) -> AnswerState:
    row.refresh_from_db()
    return AnswerState(row.state)


def test_it_says_what_it_answers_and_never_who_asked_or_what(cast: Cast) -> None:
    comment = asked(cast)
    row = answered(cast, comment)
    assert answer.waiting_groups() == {cast.staff.pk}
    call = claim(cast.staff)
    text = in_the_group(comment.delivery.entry.title, "ใช้ด้วย")
    assert call == answer.AnswerCall(row.pk, cast.channel.pk, (Text(text),))
    assert "ลูกจ้าง" not in text
    assert (state(row), answer.waiting_groups()) == (S.SENDING, frozenset())
    assert claim(cast.staff) is None, "what is claimed is not claimed again"


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.ACCEPTED, S.SENT),
        (Outcome.NO_ANSWER, S.UNCERTAIN),
        (Outcome.SERVER_ERROR, S.UNCERTAIN),
        (Outcome.INVALID_TOKEN, S.WAITING),
        (Outcome.RATE_LIMITED, S.WAITING),
        (Outcome.MONTHLY_LIMIT, S.WAITING),
        (Outcome.NOT_CONNECTED, S.WAITING),
        (Outcome.UNAUTHORIZED, S.WAITING),
        (Outcome.REJECTED, S.EXPIRED),
        (Outcome.GROUP_GONE, S.EXPIRED),
    ],
)
def test_what_the_end_of_a_call_means(cast: Cast, outcome: Outcome, expected: AnswerState) -> None:
    row = answered(cast, asked(cast))
    claim(cast.staff)
    settle(row, outcome)
    assert state(row) is expected
    assert (row.sent_at, row.message_id) == ((NOW + SECOND, "m9") if expected is S.SENT else (None, ""))
    assert row.detail == "LINE's word"
    told = AuditEvent.of(cast.province).filter(object_id=row.pk).order_by("no").values_list("action", flat=True)
    assert list(told) == ["answer.sending", f"answer.{expected}"]
    stopped = Channel.everywhere.get(pk=cast.channel.pk).stopped_at is not None
    assert stopped is (outcome is Outcome.UNAUTHORIZED)
    again = claim(cast.staff, 2 * SECOND)
    assert (again is not None) is (expected is S.WAITING and not stopped)


def test_every_outcome_is_in_the_grid_above() -> None:
    marks = test_what_the_end_of_a_call_means.pytestmark  # type: ignore[attr-defined]
    assert {outcome for outcome, _ in marks[0].args[1]} == set(Outcome)


@pytest.mark.parametrize(("way", "first"), [(AnswerWay.RECORD, S.KEPT), (AnswerWay.DIRECT, S.KEPT)])
def test_what_is_only_recorded_or_told_by_hand_goes_nowhere(cast: Cast, way: AnswerWay, first: AnswerState) -> None:
    row = answered(cast, asked(cast), way=way)
    assert state(row) is first
    assert claim(cast.staff) is None
    assert answer.expire(now=NOW + 2 * WAITS, by=WORKER) == 0


def test_the_oldest_goes_first_and_into_its_own_group(cast: Cast) -> None:
    delivery = cast.delivery()
    first, second = (answered(cast, make_comment(delivery), after=n * SECOND) for n in (0, 1))
    assert claim(cast.network, SECOND) is None
    assert [claim(cast.staff, SECOND), claim(cast.staff, SECOND)] != [None, None]
    assert (state(first), state(second)) == (S.SENDING, S.SENDING)
    assert claim(cast.staff, SECOND) is None


@pytest.mark.parametrize(("event_at", "open_still"), [(-50, True), (-51, False), (60, True), (61, False)])
def test_only_inside_the_window(cast: Cast, event_at: int, open_still: bool) -> None:
    answered(cast, asked(cast))
    assert (claim(cast.staff, event_at=event_at * SECOND) is not None) is open_still


def test_a_newer_answer_takes_the_place_of_one_that_waits(cast: Cast) -> None:
    comment = asked(cast)
    old = answered(cast, comment, "ใช้ด้วย")
    new = answered(cast, comment, "แก้ไข: ไม่ใช้", SECOND)
    assert (state(old), old.detail) == (S.EXPIRED, "แทนที่ด้วยคำตอบใหม่")
    call = claim(cast.staff, SECOND)
    assert call is not None and call.answer == new.pk
    assert [row.pk for row in desk.answers_to(comment)] == [old.pk, new.pk], "and the old one stays on record"


@pytest.mark.parametrize("way", [AnswerWay.GROUP, AnswerWay.RECORD])
@pytest.mark.parametrize(("outcome", "old_is"), [(Outcome.INVALID_TOKEN, S.EXPIRED), (Outcome.ACCEPTED, S.SENT)])
def test_a_newer_answer_written_during_the_call(
    cast: Cast, way: AnswerWay, outcome: Outcome, old_is: AnswerState
) -> None:
    """What did not leave never leaves any more; what left is not denied."""
    comment = asked(cast)
    old = answered(cast, comment)
    claim(cast.staff)
    new = answered(cast, comment, "แก้ไข: ไม่ใช้", SECOND, way=way)
    settle(old, outcome, after=2 * SECOND)
    assert state(old) is old_is
    call = claim(cast.staff, 3 * SECOND)
    assert (call.answer if call else None) == (new.pk if way is AnswerWay.GROUP else None)


@pytest.mark.parametrize("way", [AnswerWay.GROUP, AnswerWay.RECORD])
def test_one_that_may_have_left_is_never_made_to_wait_again(cast: Cast, way: AnswerWay) -> None:
    comment = asked(cast)
    old = answered(cast, comment)
    claim(cast.staff)
    settle(old, Outcome.NO_ANSWER)
    answered(cast, comment, "ใช้ด้วย", 2 * SECOND, way=way)
    assert state(old) is S.UNCERTAIN
    assert answer.expire(now=NOW + 2 * WAITS, by=WORKER) == (way is AnswerWay.GROUP)
    assert state(old) is S.UNCERTAIN


def test_after_three_days_it_is_only_on_record(cast: Cast) -> None:
    row = answered(cast, asked(cast))
    almost = NOW + WAITS - SECOND
    assert answer.expire(now=almost, by=WORKER) == 0
    assert claim(cast.staff, WAITS) is None
    assert answer.expire(now=NOW + WAITS, by=WORKER) == 1
    assert (state(row), answer.expire(now=NOW + WAITS, by=WORKER)) == (S.EXPIRED, 0)
    assert "คำตอบอยู่ในบันทึก" in row.detail
    assert AuditEvent.of(cast.province).filter(action="answer.expired", object_id=row.pk).count() == 1


@pytest.mark.parametrize("what", ["left", "stopped", "quiet"])
def test_nothing_is_claimed_where_nothing_may_be_sent(cast: Cast, what: str) -> None:
    row = answered(cast, asked(cast))
    if what == "left":
        Group.everywhere.filter(pk=cast.staff.pk).update(left_at=NOW)
    elif what == "stopped":
        Channel.everywhere.filter(pk=cast.channel.pk).update(stopped_at=NOW, stopped_reason="โทเคนหมดอายุ")
    else:
        hours = {"quiet_from": "09:00", "quiet_to": "11:00"}  # NOW is ten o'clock in Bangkok
        change_settings(campaign=cast.campaign, changes=hours, by=cast.actor("owner"), now=NOW)
    assert claim(cast.staff) is None
    assert state(row) is S.WAITING
    if what == "quiet":
        assert claim(cast.staff, timedelta(hours=1)) is not None


# --- a comment that is taken back


def unsend(cast: Cast, group: Group) -> None:
    event = InboundEvent("e9", EventKind.UNSEND, NOW, group=group.channel_group, message_id="m1")
    receive.take_in(channel=cast.channel, events=[event], now=NOW)
    receive.handle_waiting(now=NOW)


def test_nobody_is_answered_who_took_the_comment_back(cast: Cast) -> None:
    answered(cast, asked(cast))
    unsend(cast, cast.staff)
    assert claim(cast.staff) is None
    assert not Answer.of(cast.province).exists()


def test_a_comment_taken_back_during_the_call_leaves_nothing_to_settle(cast: Cast) -> None:
    row = answered(cast, asked(cast))
    claim(cast.staff)
    unsend(cast, cast.staff)
    settle(row, Outcome.INVALID_TOKEN)
    assert not Answer.of(cast.province).exists()
    assert audit.verify(cast.province.pk)


@pytest.mark.parametrize("deed", ["answer", "confirm", "assign", "end"])
def test_what_is_done_to_a_comment_taken_back_is_refused_whole(cast: Cast, deed: str) -> None:
    comment, person, by = asked(cast), cast.people["duty"], cast.actor("duty")
    unsend(cast, cast.staff)
    before = audit.verify(cast.province.pk)
    acts = {
        "answer": lambda: answer.answer_comment(comment=comment, answer="ก", person=person, by=by, now=NOW),
        "confirm": lambda: track.confirm_comment(comment=comment, kind="praise", person=person, by=by, now=NOW),
        "assign": lambda: track.assign_comment(comment=comment, owner=person, by=by, now=NOW),
        "end": lambda: track.end_comment(comment=comment, person=person, by=by, now=NOW),
    }
    with pytest.raises(NotNow, match="ถอนความเห็นนี้ไปแล้ว"):
        acts[deed]()
    assert audit.verify(cast.province.pk) == before


# --- after a crash


def test_alone_every_call_without_an_end_is_uncertain(cast: Cast) -> None:
    row = answered(cast, asked(cast))
    claim(cast.staff)
    assert answer.take_up_interrupted(now=NOW + SECOND, by=WORKER, alone=True) == 1
    assert state(row) is S.UNCERTAIN
    assert "ไม่ส่งซ้ำ" in row.detail
    assert claim(cast.staff, SECOND) is None
    assert AuditEvent.of(cast.province).filter(action="answer.uncertain", object_id=row.pk).exists()


def test_beside_others_only_that_of_a_worker_which_must_be_dead(cast: Cast) -> None:
    """The claim counts and not the writing: an answer may wait for days before its call."""
    row = answered(cast, asked(cast))
    claim(cast.staff, timedelta(days=1))
    almost = NOW + timedelta(days=1) + deliver.ABANDONED - SECOND
    assert answer.take_up_interrupted(now=almost, by=WORKER, alone=False) == 0
    assert state(row) is S.SENDING
    assert answer.take_up_interrupted(now=almost + SECOND, by=WORKER, alone=False) == 1
    assert state(row) is S.UNCERTAIN


def test_a_receipt_that_comes_late_is_believed(cast: Cast) -> None:
    row = answered(cast, asked(cast))
    claim(cast.staff)
    answer.take_up_interrupted(now=NOW + SECOND, by=WORKER, alone=True)
    settle(row, Outcome.ACCEPTED)
    assert (state(row), row.message_id) == (S.SENT, "m9")


def test_of_two_workers_one_gets_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one has chosen the answer when the first one's claim is written."""
    answered(cast, asked(cast))
    won: list[answer.AnswerCall | None] = []
    choose = answer.is_quiet_in

    def meanwhile(*args: object) -> bool:
        monkeypatch.setattr(answer, "is_quiet_in", choose)
        won.append(claim(cast.staff))
        return False

    monkeypatch.setattr(answer, "is_quiet_in", meanwhile)
    assert claim(cast.staff) is None
    assert len(won) == 1 and won[0] is not None
    assert AuditEvent.of(cast.province).filter(action="answer.sending").count() == 1


# --- words


def test_a_template_is_replaced_by_its_title_and_no_other_offices(cast: Cast) -> None:
    by = cast.actor("duty")
    for text in ("ขอบคุณ", "ขอบคุณที่แจ้ง"):
        answer.keep_template(province=cast.province.pk, title=" ขอบคุณ ", text=text, by=by, now=NOW)
    kept = AnswerTemplate.of(cast.province).get()
    assert (kept.title, kept.text) == ("ขอบคุณ", "ขอบคุณที่แจ้ง")
    for title, text in (("", "ก"), ("ก", " ")):
        with pytest.raises(Invalid), transaction.atomic():
            answer.keep_template(province=cast.province.pk, title=title, text=text, by=by, now=NOW)
