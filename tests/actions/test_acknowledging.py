"""Acknowledgements that are said: which publication they count for, and which count for none."""

from datetime import timedelta

import pytest

from saisaat.actions import teach, track
from saisaat.domain.errors import Invalid, NotAllowed
from saisaat.domain.feedback import CommentKind
from saisaat.domain.feedback_phrases import OUT, Change
from saisaat.domain.intake import NEAR
from saisaat.domain.messages import EventKind, InboundEvent
from saisaat.queries.feedback_words import guess_at
from saisaat.records.models import (
    Acknowledgement,
    AuditEvent,
    Comment,
    Delivery,
    FeedbackPhrase,
    NearAcknowledgement,
)
from tests.actions.stage import Stage, make_stage
from tests.actions.test_receiving import press, quote, sent
from tests.factories import NOW
from tests.stored import everything_stored

K = EventKind
OTHER = "U" + "2" * 32


def say(stage: Stage, text: str = "รับทราบค่ะ", minutes: float = 5, **fields: object) -> InboundEvent:
    told = {"message_id": f"m{minutes}", "message_type": "text", "text": text}
    return stage.event(**told | {"occurred_at": NOW + timedelta(minutes=minutes)} | fields)


def proved(delivery: Delivery) -> int:
    return Acknowledgement.of(delivery.province_id).filter(delivery=delivery).count()


def near(delivery: Delivery) -> int:
    return NearAcknowledgement.of(delivery.province_id).filter(delivery=delivery).count()


@pytest.fixture
def committed(transactional_db: None) -> Stage:
    return make_stage()


# --- quoted: of exactly what is quoted


@pytest.mark.parametrize("text", ["รับทราบ", "ทราบค่ะ", "🙏", "รับทราบและถือปฏิบัติครับ", "โอเคค่ะ"])
def test_a_quote_that_acknowledges_counts_for_what_it_quotes(stage: Stage, text: str) -> None:
    first, second = sent(stage, "m1"), sent(stage, "m2", stage.network)
    stage.hear(quote(stage, "m1", text))
    assert (proved(first), proved(second)) == (1, 0)
    assert (near(first), near(second)) == (0, 0)
    assert Comment.of(stage.province).get().guess == CommentKind.ACK


def test_an_ok_sticker_that_quotes_counts_and_its_words_are_not_kept(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(stage.event(message_id="s", message_type="sticker", text="OK,โอเค", quoted_message_id="m1"))
    assert proved(delivery) == 1
    assert Comment.of(stage.province).get().text_sealed is None


@pytest.mark.parametrize("text", ["ตัวหนังสือเล็กไป", "รับได้ไหมคะ", "ขอร้องเรียน", "สวัสดีค่ะ"])
def test_a_quote_that_says_something_else_acknowledges_nothing(stage: Stage, text: str) -> None:
    delivery = sent(stage)
    stage.hear(quote(stage, "m1", text))
    assert proved(delivery) == 0


def test_a_person_counts_once_however_they_acknowledge(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(press(stage, delivery), quote(stage, "m1", "รับทราบ"))
    stage.hear(press(stage, delivery))
    assert proved(delivery) == 1


def test_an_acknowledgement_goes_with_its_message_and_changes_with_it(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(quote(stage, "m1", "รับทราบ"))
    edit = {"message_id": "said-1", "message_type": "text", "quoted_message_id": "m1"}
    stage.hear(stage.event(K.EDITED, text="ไม่เห็นด้วย", **edit))
    assert proved(delivery) == 0
    stage.hear(stage.event(K.EDITED, text="รับทราบ", **edit))
    assert proved(delivery) == 1
    stage.hear(stage.event(K.UNSEND, message_id="said-1", reply_token=None))
    assert proved(delivery) == 0


def test_a_persons_word_on_a_quote_decides(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(quote(stage, "m1", "รับทราบ"))
    comment = Comment.of(stage.province).get()
    duty = {"person": stage.people["owner"], "by": stage.actor("owner"), "now": NOW}
    track.confirm_comment(comment=comment, kind=CommentKind.CRITICISM, **duty)
    assert proved(delivery) == 0
    track.confirm_comment(comment=comment, kind=CommentKind.ACK, **duty)
    assert proved(delivery) == 1


def test_thanks_the_machine_is_unsure_of_are_not_agreed_with_by_the_dozen(stage: Stage) -> None:
    sent(stage)
    stage.hear(quote(stage, "m1", "รับทราบว่ามีของหลายอย่างวางทิ้งอยู่หลังอาคารมานานมากแล้ว"))
    row = Comment.of(stage.province).get()
    assert row.guess == CommentKind.ACK
    told = {"person": stage.people["owner"], "by": stage.actor("owner"), "now": NOW}
    assert track.confirm_many(comments=[row], **told) == 0
    Comment.of(stage.province).update(confidence=0.9)
    assert track.confirm_many(comments=[row], **told) == 1


# --- unquoted: near, never proved


def test_unquoted_words_soon_after_count_beside_and_nothing_of_them_is_kept(committed: Stage) -> None:
    stage = committed
    delivery = sent(stage)
    stage.hear(say(stage, "รับทราบค่าาา"), say(stage, "ทราบค่ะ", 6), say(stage, "👍", 7, user=OTHER))
    assert (proved(delivery), near(delivery)) == (0, 2)
    assert not Comment.of(stage.province).exists()
    stored = everything_stored()
    assert OTHER.encode() not in stored
    assert "รับทราบค่าาา".encode() not in stored


def test_the_newest_publication_of_that_group_is_meant(stage: Stage) -> None:
    elsewhere = sent(stage, "n1", stage.network)
    delivery = sent(stage)
    stage.hear(say(stage))
    assert (near(delivery), near(elsewhere)) == (1, 0)


@pytest.mark.parametrize(
    ("minutes", "counted"), [(-1, 0), (0, 1), (NEAR.total_seconds() / 60, 1), (NEAR.total_seconds() / 60 + 1, 0)]
)
def test_only_within_the_window(stage: Stage, minutes: float, counted: int) -> None:
    delivery = sent(stage)
    stage.hear(say(stage, minutes=minutes))
    assert near(delivery) == counted


@pytest.mark.parametrize(
    ("between", "counted"),
    [
        ("สวัสดีวันจันทร์ค่ะ", 1),
        ("รับทราบครับ", 1),
        ("พรุ่งนี้ประชุมบ่ายโมงนะคะ", 0),
        ("ปลาทูนึ่งในเข่ง", 0),
    ],
)
def test_what_is_said_between_may_be_what_is_meant(stage: Stage, between: str, counted: int) -> None:
    delivery = sent(stage)
    stage.hear(say(stage, between, 1, user="U" + "9" * 32))
    stage.hear(say(stage, minutes=2))
    assert NearAcknowledgement.of(stage.province).filter(delivery=delivery, event_id="said-m2").count() == counted


def test_quoting_something_else_a_command_and_nobody_count_nothing(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(
        say(stage, quoted_message_id="of-somebody"),
        say(stage, "#โพสต์", 2),
        say(stage, minutes=3, user=None),
        stage.event(K.EDITED, message_id="e", message_type="text", text="รับทราบ"),
    )
    assert near(delivery) == 0
    stage.hear(say(stage, minutes=4))
    assert near(delivery) == 1


def test_heard_again_it_counts_once_and_unsent_not_at_all(stage: Stage) -> None:
    delivery = sent(stage)
    event = say(stage, message_id="mine")
    stage.hear(event)
    stage.hear(event)
    assert near(delivery) == 1
    stage.hear(stage.event(K.UNSEND, message_id="mine", reply_token=None))
    assert near(delivery) == 0


# --- the office's words


def test_an_offices_word_counts_from_the_next_comment_on_and_for_no_other_office(stage: Stage) -> None:
    other = make_stage("other-")
    change = Change(CommentKind.COMPLAINT, "ตีตรา", 3)
    told = {"by": stage.actor("owner"), "now": NOW}
    assert guess_at(stage.province.pk, "เขาตีตราเรา").kind is not CommentKind.COMPLAINT
    teach.change_phrase(province=stage.province.pk, change=change, **told)
    assert guess_at(stage.province.pk, "เขาตีตราเรา").kind is CommentKind.COMPLAINT
    assert guess_at(other.province.pk, "เขาตีตราเรา").kind is not CommentKind.COMPLAINT
    sent(stage)
    stage.hear(quote(stage, "m1", "เขาตีตราเรา"))
    assert Comment.of(stage.province).get().guess == CommentKind.COMPLAINT
    row = FeedbackPhrase.of(stage.province).get()
    teach.forget_change(row=row, **told)
    assert guess_at(stage.province.pk, "เขาตีตราเรา").kind is not CommentKind.COMPLAINT
    actions = (
        AuditEvent.of(stage.province).filter(action__startswith="feedback_phrase").values_list("action", flat=True)
    )
    assert list(actions) == ["feedback_phrase.keep", "feedback_phrase.forget"]


def test_who_may_not_change_settings_teaches_nothing(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        teach.change_phrase(
            province=stage.province.pk, change=Change(CommentKind.PRAISE, "ม่วนคัก", 3), by=stage.actor("duty"), now=NOW
        )
    assert not FeedbackPhrase.of(stage.province).exists()


def test_a_file_that_would_make_the_list_too_long_changes_nothing(stage: Stage) -> None:
    told = {"province": stage.province.pk, "by": stage.actor("owner"), "now": NOW}
    full = "kind,phrase,weight\n" + "".join(f"ack,คำที่{no},1\n" for no in range(500))
    assert teach.import_phrases(data=full.encode(), **told) == 500
    with pytest.raises(Invalid):
        teach.import_phrases(data="kind,phrase,weight\nack,อีกคำ,1\npraise,ชอบมาก,0\n".encode(), **told)
    assert FeedbackPhrase.of(stage.province).count() == 500
    assert not FeedbackPhrase.of(stage.province).filter(weight=OUT).exists()
