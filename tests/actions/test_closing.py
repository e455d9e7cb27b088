"""Taps, comments on the page, and the close-out: unknown is never 0, and nobody is known who need not be."""

from datetime import date, datetime, timedelta

import pytest

from saisaat.actions import answer, track
from saisaat.actions.close_out import close_due, close_out
from saisaat.actions.comment import Author, comment_by_name, forget_author
from saisaat.actions.receive import keep_comment
from saisaat.domain.anonymity import LONGEST
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.remarks import Remark
from saisaat.records.base import random_id
from saisaat.records.models import Closeout, Comment, Delivery, TapCount
from saisaat.records.sealing import shred, unseal
from tests.actions.stage import WORKER, Stage, make_stage
from tests.factories import NOW, make_delivery, make_entry
from tests.stored import everything_stored

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def sent(stage: Stage) -> Delivery:
    return make_delivery(make_entry(stage.campaign), stage.staff, stage.approved(), State.SENT)


def test_taps_are_counted_by_the_hour(sent: Delivery) -> None:
    for minutes in (0, 1, 59, 60):
        track.count_tap(delivery=sent, now=NOW + timedelta(minutes=minutes))
    assert list(TapCount.of(sent.province_id).order_by("hour").values_list("hour", "taps")) == [
        (NOW, 3),
        (NOW + HOUR, 1),
    ]


def say(delivery: Delivery, text: str, now: datetime = NOW) -> Comment:
    """Somebody quotes it in the group."""
    told = {"origin": Comment.Origin.QUOTE, "message_type": "text", "who": "", "message_id": random_id()}
    return keep_comment(delivery=delivery, text=text, now=now, **told)


def test_the_day_of_a_comment_is_the_local_one(sent: Delivery) -> None:
    say(sent, "ดึกแล้ว", NOW + 14 * HOUR)
    assert Comment.of(sent.province_id).get().day == date(2020, 5, 14)


def test_a_comment_by_name_is_kept_whole_with_its_name(sent: Delivery) -> None:
    author = Author("a" * 64, " ผู้เขียน ")
    row = comment_by_name(delivery=sent, text="ก" * LONGEST, author=author, now=NOW)
    assert (unseal(row.key, row.text_sealed), unseal(row.key, row.name_sealed)) == ("ก" * LONGEST, "ผู้เขียน")
    assert forget_author(province=str(sent.province_id), who=author.who) == 1
    row.refresh_from_db()
    assert (row.who, row.name_sealed) == ("", None)


@pytest.mark.parametrize("text", ["", "   \n", "ก" * (LONGEST + 1)])
def test_an_empty_or_endless_comment_is_refused(sent: Delivery, text: str) -> None:
    with pytest.raises(Invalid):
        comment_by_name(delivery=sent, text=text, author=Author("a" * 64, "ผู้เขียน"), now=NOW)
    assert not Comment.of(sent.province_id).exists()


@pytest.mark.parametrize("author", [Author("", "ใครก็ได้"), Author("a" * 64, " ")])
def test_a_name_needs_somebody_behind_it(sent: Delivery, author: Author) -> None:
    with pytest.raises(Invalid, match="ยังไม่ได้ยืนยัน"):
        comment_by_name(delivery=sent, text="สวัสดี", author=author, now=NOW)


def test_a_shredded_month_reads_as_nothing_and_keeps_its_count(stage: Stage, sent: Delivery) -> None:
    say(sent, "ลับ")
    shred(Comment.of(sent.province_id).get().key, NOW)
    comment = Comment.of(sent.province_id).get()
    assert unseal(comment.key, comment.text_sealed) is None
    say(sent, "หลังลบ")
    assert sorted(filter(None, (unseal(c.key, c.text_sealed) for c in Comment.of(sent.province_id)))) == ["หลังลบ"]


def test_a_person_names_a_comment_and_answers_it(stage: Stage, sent: Delivery) -> None:
    comment = say(sent, "ใช้รถหลวงไปส่งลูก")
    owner, by = stage.people["owner"], stage.actor("owner")
    track.confirm_comment(comment=comment, kind="complaint", person=owner, by=by, now=NOW)
    with pytest.raises(Invalid, match="ยังไม่มีคำตอบ"):
        answer.answer_comment(comment=comment, answer=" ", person=owner, by=by, now=NOW)
    answer.answer_comment(comment=comment, answer="ตรวจสอบแล้ว", person=owner, by=by, now=NOW)
    comment.refresh_from_db()
    assert (comment.kind, comment.confirmed_by, comment.owner) == ("complaint", owner, owner)
    assert (comment.answer, comment.answered_by, comment.answered_at) == ("ตรวจสอบแล้ว", owner, NOW)


def test_it_closes_after_its_days_and_not_before(sent: Delivery) -> None:
    assert sent.sent_at is not None
    due = sent.sent_at + 7 * DAY
    assert close_due(now=due - timedelta(seconds=1), by=WORKER) == 0
    assert close_due(now=due, by=WORKER) == 1
    assert close_due(now=due, by=WORKER) == 0
    sent.refresh_from_db()
    assert (sent.state, sent.closed_at) == (State.CLOSED, due)


def test_an_unknown_figure_has_its_reason_and_is_not_0(sent: Delivery) -> None:
    found = close_out(delivery=sent, now=NOW + 8 * DAY, by=WORKER)
    assert (found.taps, found.no_figure_reason) == (None, Remark.NO_FIGURE)
    assert (found.comments, found.comment_record) == (0, Remark.NO_COMMENTS)


def test_a_known_figure_stands_without_a_reason(stage: Stage, sent: Delivery) -> None:
    track.count_tap(delivery=sent, now=NOW)
    track.count_tap(delivery=sent, now=NOW + HOUR)
    first = say(sent, "ขอบคุณ")
    say(sent, "ใช้กับลูกจ้างด้วยไหม")
    track.confirm_comment(comment=first, kind="praise", person=stage.people["owner"], by=stage.actor("owner"), now=NOW)
    found = close_out(delivery=sent, now=NOW + 8 * DAY, by=WORKER)
    assert (found.taps, found.no_figure_reason, found.comments) == (2, "", 2)
    assert "ชื่นชม 1" in found.comment_record


@pytest.mark.parametrize("state", [State.ARMED, State.UNCERTAIN, State.MISSED])
def test_only_what_was_sent_is_closed(stage: Stage, state: State) -> None:
    item = stage.approved()
    delivery = make_delivery(make_entry(stage.campaign), stage.staff, item, state)
    assert close_due(now=NOW + 30 * DAY, by=WORKER) == 0
    with pytest.raises(NotNow):
        close_out(delivery=delivery, now=NOW, by=WORKER)
    assert not Closeout.of(stage.province).exists()


def test_a_comment_on_the_page_is_sealed_on_the_disk(transactional_db: None) -> None:
    stage = make_stage()
    delivery = make_delivery(make_entry(stage.campaign), stage.staff, stage.approved(), State.SENT)
    text = "หัวหน้าใช้รถหลวงไปส่งลูกทุกเช้า"
    say(delivery, text)
    stored = everything_stored()
    assert stage.campaign.title.encode() in stored
    assert text.encode() not in stored
    assert Comment.of(stage.province).count() == 1
