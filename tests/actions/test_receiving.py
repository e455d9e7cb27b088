"""What comes back from the groups: what is kept, what it means, and what never touches the disk."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from saisaat.actions import connect, deliver, receive, review
from saisaat.domain.delivery import State
from saisaat.domain.messages import EventKind, InboundEvent, Receipt, SentMessage
from saisaat.domain.topics import Audience
from saisaat.records.models import (
    Account,
    Acknowledgement,
    Attempt,
    Comment,
    Delivery,
    Group,
    Reaction,
)
from saisaat.records.models import InboundEvent as Row
from saisaat.records.sealing import keyed_hash, unseal
from tests.actions.stage import SECOND, WORKER, Stage, make_stage, window
from tests.factories import NOW
from tests.stored import everything_stored

K = EventKind
USER = "U" + "1" * 32
CHAT = "เย็นนี้กินข้าวที่ร้านเดิมไหม"
QUOTE = "ภาพนี้อ่านง่ายดี ขอบคุณ"


def sent(stage: Stage, message: str = "m1", group: Group | None = None) -> Delivery:
    delivery = stage.armed(group)
    attempt = stage.called(delivery)
    receipt = Receipt("r", (SentMessage(f"{message}-picture"), SentMessage(message)))
    deliver.record_receipt(attempt_id=attempt.pk, receipt=receipt, now=NOW, by=WORKER)
    return stage.fresh(delivery)


def uncertain(stage: Stage) -> Delivery:
    delivery = stage.armed()
    stage.called(delivery)
    deliver.settle_interrupted(now=NOW + 60 * SECOND, by=WORKER)
    return stage.fresh(delivery)


def mark(delivery: Delivery) -> str:
    return Attempt.everywhere.filter(delivery=delivery).order_by("-no")[0].mark


def press(stage: Stage, delivery: Delivery, kind: str = "ack", **fields: object) -> InboundEvent:
    return stage.event(K.POSTBACK, delivery.group, data=f"ss:{mark(delivery)}:{kind}", **fields)


def quote(stage: Stage, message: str = "m1", text: str = QUOTE, **fields: object) -> InboundEvent:
    return stage.event(message_id="said-1", message_type="text", text=text, quoted_message_id=message, **fields)


def waiting() -> list[Row]:
    return list(Row.everywhere.filter(payload_sealed__isnull=False))


# --- buttons


def test_presses_count_a_person_once_a_publication(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(press(stage, delivery), press(stage, delivery), press(stage, delivery, user="U" + "2" * 32))
    stage.hear(press(stage, delivery, "like"))
    assert Acknowledgement.of(stage.province).filter(delivery=delivery).count() == 2
    assert Reaction.of(stage.province).filter(delivery=delivery).count() == 1
    assert Acknowledgement.of(stage.province).filter(who=keyed_hash(USER)).count() == 1


def test_presses_by_nobody_known_count_each(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(press(stage, delivery, user=None), press(stage, delivery, user=None))
    assert Acknowledgement.of(stage.province).filter(who="").count() == 2


@pytest.mark.parametrize("redelivered", [False, True])
def test_an_event_counts_once_however_often_it_comes(stage: Stage, redelivered: bool) -> None:
    delivery = sent(stage)
    event = press(stage, delivery, user=None, redelivered=redelivered)
    stage.hear(event, event)
    stage.hear(event)
    assert Acknowledgement.of(stage.province).count() == 1
    assert Row.everywhere.filter(event_id=event.id).count() == 1


@pytest.mark.parametrize("data", ["ss:zzzzzzzzzzzzzzzz:ack", "buy=1", "", "ss:x:ack", None])
def test_a_button_that_is_not_ours_counts_nothing(stage: Stage, data: str | None) -> None:
    sent(stage)
    stage.hear(stage.event(K.POSTBACK, data=data))
    assert not Acknowledgement.of(stage.province).exists()
    assert not waiting()


def test_a_button_pressed_in_another_group_counts_nothing(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(stage.event(K.POSTBACK, stage.network, data=f"ss:{mark(delivery)}:ack"))
    assert not Acknowledgement.of(stage.province).exists()


def test_another_provinces_button_counts_nothing(stage: Stage) -> None:
    delivery = sent(stage)
    other = make_stage("other-")
    other.hear(other.event(K.POSTBACK, data=f"ss:{mark(delivery)}:ack"))
    assert not Acknowledgement.everywhere.exists()


# --- echoes


def test_a_press_proves_that_an_uncertain_delivery_arrived(stage: Stage) -> None:
    delivery = uncertain(stage)
    stage.hear(press(stage, delivery), now=NOW + timedelta(hours=1))
    found = stage.fresh(delivery)
    assert (found.state, found.sent_at, found.way) == (State.SENT, NOW, "piggyback")
    assert "กดปุ่ม" in found.reason
    assert Acknowledgement.of(stage.province).count() == 1


def test_a_press_under_a_call_that_is_being_repeated_ends_the_repeating(stage: Stage) -> None:
    delivery = stage.armed()
    attempt = stage.called(delivery)
    stage.hear(press(stage, delivery))
    assert stage.state(delivery) is State.SENT
    assert deliver.begin_call(attempt_id=attempt.pk, now=NOW, by=WORKER) is None
    deliver.record_failure(
        attempt_id=attempt.pk,
        outcome="no_answer",
        detail="",
        retried=True,
        now=NOW,
        by=WORKER,  # type: ignore[arg-type]
    )
    assert stage.state(delivery) is State.SENT


def test_a_press_cannot_prove_a_call_that_never_began(stage: Stage) -> None:
    delivery = stage.armed()
    stage.claimed(delivery)
    stage.hear(press(stage, delivery))
    assert stage.state(delivery) is State.SENDING


# --- quotes


def test_a_quote_of_ours_is_a_comment_sealed_under_the_months_key(stage: Stage) -> None:
    delivery = sent(stage)
    stage.hear(quote(stage))
    comment = Comment.of(stage.province).get()
    assert (comment.delivery, comment.origin, comment.who) == (delivery, "quote", keyed_hash(USER))
    assert unseal(comment.key, comment.text_sealed) == QUOTE
    assert comment.key.purpose == "comments 2020-05"
    assert not waiting()


def test_an_edit_replaces_the_comment(stage: Stage) -> None:
    sent(stage)
    stage.hear(quote(stage))
    stage.hear(stage.event(K.EDITED, message_id="said-1", message_type="text", text="แก้แล้ว", quoted_message_id="m1"))
    comment = Comment.of(stage.province).get()
    assert unseal(comment.key, comment.text_sealed) == "แก้แล้ว"


def test_a_sticker_that_quotes_ours_is_kept_without_text(stage: Stage) -> None:
    sent(stage)
    stage.hear(stage.event(message_id="s", message_type="sticker", quoted_message_id="m1-picture"))
    comment = Comment.of(stage.province).get()
    assert (comment.guess, comment.text_sealed) == ("sticker", None)


def test_an_unsent_comment_is_deleted(stage: Stage) -> None:
    sent(stage)
    stage.hear(quote(stage))
    stage.hear(stage.event(K.UNSEND, message_id="said-1", reply_token=None))
    assert not Comment.of(stage.province).exists()
    assert not waiting()


def test_a_quote_unsent_in_the_same_delivery_of_events_is_not_kept(stage: Stage) -> None:
    sent(stage)
    stage.hear(quote(stage), stage.event(K.UNSEND, message_id="said-1", reply_token=None))
    assert not Comment.of(stage.province).exists()
    assert not waiting()


def test_a_quote_in_another_group_is_no_comment(stage: Stage) -> None:
    sent(stage)
    stage.hear(stage.event(group=stage.network, message_id="x", text=QUOTE, quoted_message_id="m1"))
    assert not Comment.of(stage.province).exists()


# --- quotes while an attempt is open


def test_a_quote_of_an_unknown_message_waits_for_the_open_attempt_and_counts_when_it_was_ours(stage: Stage) -> None:
    delivery = stage.armed()
    attempt = stage.called(delivery)
    stage.hear(quote(stage, "m1"))
    assert [row.held for row in waiting()] == [True]
    assert receive.release_held(now=NOW) == 0
    receipt = Receipt("r", (SentMessage("m1"),))
    deliver.record_receipt(attempt_id=attempt.pk, receipt=receipt, now=NOW, by=WORKER)
    assert receive.release_held(now=NOW) == 1
    assert Comment.of(stage.province).get().delivery == delivery
    assert not waiting()


def test_a_held_quote_is_purged_once_no_attempt_is_open(stage: Stage) -> None:
    delivery = uncertain(stage)
    stage.hear(quote(stage, "a neighbour's message"))
    assert len(waiting()) == 1
    deliver.resolve(delivery=delivery, seen=False, evidence="ไม่พบ", by=stage.actor("duty"), now=NOW)
    assert receive.release_held(now=NOW) == 1
    assert not waiting()
    assert not Comment.of(stage.province).exists()


def test_a_held_quote_that_is_unsent_is_purged_at_once(stage: Stage) -> None:
    uncertain(stage)
    stage.hear(quote(stage, "m1"))
    stage.hear(stage.event(K.UNSEND, message_id="said-1", reply_token=None))
    assert not waiting()
    assert receive.release_held(now=NOW) == 0


def test_without_an_open_attempt_a_quote_of_an_unknown_message_is_dropped(stage: Stage) -> None:
    sent(stage)
    stage.hear(quote(stage, "a neighbour's message"))
    assert not waiting()


# --- joining, leaving, members


def test_an_invitation_makes_a_group_and_a_second_one_does_not(stage: Stage) -> None:
    before = Group.of(stage.province).count()
    event = stage.event(K.JOIN)
    new = {"group": "C" + "f" * 32}
    stage.hear(InboundEvent(kind=K.JOIN, id="j1", occurred_at=NOW, reply_token="t1", **new))
    stage.hear(InboundEvent(kind=K.JOIN, id="j2", occurred_at=NOW, reply_token="t2", **new))
    assert Group.of(stage.province).count() == before + 1
    found = Group.of(stage.province).get(channel_group=new["group"])
    assert (found.audience, found.left_at) == (Audience.NETWORK, None)
    stage.hear(event)
    assert Group.of(stage.province).count() == before + 1


def test_leaving_and_coming_back(stage: Stage) -> None:
    stage.hear(stage.event(K.LEAVE, reply_token=None))
    assert Group.everywhere.get(pk=stage.staff.pk).left_at == NOW
    stage.hear(stage.event(K.JOIN))
    assert Group.everywhere.get(pk=stage.staff.pk).left_at is None


@pytest.mark.parametrize("kind", [K.MEMBER_JOINED, K.MEMBER_LEFT])
def test_a_changed_membership_makes_the_head_count_unknown(stage: Stage, kind: EventKind) -> None:
    connect.read_members(group=stage.staff, count=104, now=NOW)
    stage.hear(stage.event(kind, members=2))
    assert Group.everywhere.get(pk=stage.staff.pk).members is None


# --- windows and commands


@pytest.mark.parametrize(
    ("kind", "opens"),
    [(K.MESSAGE, True), (K.EDITED, True), (K.POSTBACK, True), (K.JOIN, True), (K.MEMBER_JOINED, True)],
)
def test_every_event_with_a_token_opens_a_window(stage: Stage, kind: EventKind, opens: bool) -> None:
    taken = stage.hear(stage.event(kind))
    assert [opening.window.group for opening in taken.openings] == [stage.staff.pk]
    assert not stage.hear(stage.event(kind, reply_token=None)).openings


def test_a_group_nobody_set_up_opens_nothing(stage: Stage) -> None:
    event = InboundEvent(id="x", kind=K.MESSAGE, occurred_at=NOW, group="Cunknown", reply_token="t", text=CHAT)
    assert not stage.hear(event).openings
    assert Row.everywhere.get(event_id="x").group is None


def link(stage: Stage, part: str = "duty") -> None:
    person = stage.people[part]
    connect.link_identity(channel=stage.channel, person=person, user=USER, by=stage.actor(part), now=NOW)


@pytest.mark.parametrize(("text", "entry_no"), [("#โพสต์", None), ("#โพสต์ ๑๒", 12), ("# โพสต์ 3", 3)])
def test_the_duty_officers_word_is_a_command(stage: Stage, text: str, entry_no: int | None) -> None:
    link(stage)
    (opening,) = stage.hear(stage.event(text=text)).openings
    assert opening.command is not None and opening.command.entry_no == entry_no
    assert receive.duty_officer(opening=opening) == stage.actor("duty")


def test_anybody_elses_word_is_not(stage: Stage) -> None:
    stranger = stage.hear(stage.event(text="#โพสต์")).openings[0]
    unnamed = stage.hear(stage.event(text="#โพสต์", user=None)).openings[0]
    link(stage, "auditor")
    auditor = stage.hear(stage.event(text="#โพสต์")).openings[0]
    assert [receive.duty_officer(opening=o) for o in (stranger, unnamed, auditor)] == [None, None, None]


def test_a_closed_account_commands_nothing(stage: Stage) -> None:
    link(stage)
    Account.everywhere.filter(person=stage.people["duty"]).update(is_active=False)
    (opening,) = stage.hear(stage.event(text="#โพสต์")).openings
    assert receive.duty_officer(opening=opening) is None


# --- order and repetition


def test_a_broken_handling_leaves_the_event_waiting(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = sent(stage)
    receive.take_in(channel=stage.channel, events=[press(stage, delivery)], now=NOW)
    with monkeypatch.context() as patch:
        patch.setitem(receive._HANDLERS, K.POSTBACK, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            receive.handle_waiting(now=NOW)
    assert len(waiting()) == 1
    assert receive.handle_waiting(now=NOW) == 1
    assert receive.handle_waiting(now=NOW) == 0
    assert Acknowledgement.of(stage.province).count() == 1


def test_an_approval_taken_back_stops_an_opened_window(stage: Stage) -> None:
    delivery = stage.armed()
    (opening,) = stage.hear(stage.event(text=CHAT)).openings
    item = stage.fresh(delivery).item
    assert item is not None
    review.void(item=item, reason="ผิด", by=stage.actor("reviewer"), now=NOW)
    claimed = deliver.claim_reply(window=opening.window, way=deliver.Way.PIGGYBACK, now=NOW, worker="w", by=WORKER)
    assert claimed is None


# --- what is on the disk


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Stage]:
    yield make_stage()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "escaped"])
def test_other_chat_is_nowhere_on_the_disk(committed: Stage, encoding: str) -> None:
    stage = committed
    sent(stage)
    stage.hear(
        stage.event(message_id="c1", message_type="text", text=CHAT),
        stage.event(message_id="c2", message_type="text", text=CHAT, quoted_message_id="a neighbour's"),
        stage.event(K.EDITED, message_id="c1", message_type="text", text=CHAT),
        stage.event(K.POSTBACK, data=CHAT),
        stage.event(K.UNSEND, message_id="c1", reply_token=None),
        stage.event(K.OTHER, text=CHAT),
    )
    stored = everything_stored()
    assert stage.campaign.title.encode() in stored
    wanted = CHAT.encode("unicode_escape") if encoding == "escaped" else CHAT.encode(encoding)
    assert wanted not in stored
    assert USER.encode() not in stored
    assert Row.everywhere.count() == 6
    assert not waiting()


def test_comments_are_sealed_on_the_disk_while_they_wait_and_after(committed: Stage) -> None:
    stage = committed
    sent(stage)
    receive.take_in(channel=stage.channel, events=[quote(stage)], now=NOW)
    assert len(waiting()) == 1
    assert QUOTE.encode() not in everything_stored()
    receive.handle_waiting(now=NOW)
    assert Comment.of(stage.province).count() == 1
    stored = everything_stored()
    assert QUOTE.encode() not in stored
    assert USER.encode() not in stored
    assert keyed_hash(USER).encode() in stored


def test_a_token_does_not_stay_after_its_attempt(committed: Stage) -> None:
    delivery = committed.armed()
    opened = window(committed.staff.pk, token="a-reply-token-of-line")
    attempt = deliver.claim_reply(window=opened, way=deliver.Way.PIGGYBACK, now=NOW, worker="w", by=WORKER)
    assert attempt is not None
    deliver.begin_call(attempt_id=attempt, now=NOW, by=WORKER)
    deliver.record_receipt(attempt_id=attempt, receipt=Receipt("r", ()), now=NOW, by=WORKER)
    assert committed.state(delivery) is State.SENT
    assert not Attempt.everywhere.exclude(token="").exists()
