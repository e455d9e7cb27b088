"""What of a group's talk touches the disk: nothing that is the group's own, and what concerns us only sealed."""

from typing import Any

import pytest

from saisaat.actions.receive import handle_waiting
from saisaat.domain.intake import PostCommand, PressKind, press_data
from saisaat.records.base import random_id
from saisaat.records.models import Acknowledgement, Comment, Delivery, InboundEvent, SentMessage
from saisaat.records.sealing import unseal
from tests.actions.stage import Stage
from tests.factories import NOW, make_attempt, make_delivery, make_entry
from tests.intake.posts import USER, hear, message, spoken, stored_elsewhere
from tests.stored import everything_stored

MARK, OUR_MESSAGE, OURS = random_id(), random_id(), "บุคลากร"
PRIVATE = random_id()
"""Part of everything said below. A word of its own, since the files of a database keep what earlier tests wrote."""


def published(stage: Stage) -> Delivery:
    """A publication in the staff group with the message id and the mark that members answer to."""
    delivery = make_delivery(make_entry(stage.campaign), stage.staff, stage.approved())
    attempt = make_attempt(delivery, mark=MARK)
    SentMessage.everywhere.create(province=stage.province, attempt=attempt, delivery=delivery, message_id=OUR_MESSAGE)
    return delivery


def assert_nowhere(*words: str) -> None:
    """None of the words stands in any row, nor in the files of the database."""
    stored = everything_stored()
    assert OURS.encode() in stored, "the search finds nothing at all"
    assert [word for word in words if word.encode() in stored] == []


def test_ordinary_chat_never_touches_the_disk(stage: Stage) -> None:
    published(stage)
    chat = [
        message(stage, "c1", "text", text=f"เย็นนี้กินข้าวที่ไหนดี {PRIVATE}", id=f"1{PRIVATE}"),
        message(stage, "c2", "text", text=f"ตอบเรื่องอื่น {PRIVATE}", id="2", quotedMessageId=f"2{PRIVATE}"),
        message(stage, "c3", "text", text=f"@{PRIVATE}", id="3", mention={"mentionees": [{"userId": PRIVATE}]}),
        message(stage, "c4", "sticker", id="4", packageId=PRIVATE, stickerId=PRIVATE, keywords=[PRIVATE]),
        message(stage, "c5", "image", id="5", contentProvider={"originalContentUrl": f"https://{PRIVATE}"}),
        message(stage, "c6", "file", id="6", fileName=f"{PRIVATE}.xlsx"),
        message(stage, "c7", "location", id="7", title=PRIVATE, address=PRIVATE),
        message(stage, "c8", "text", text="สวัสดี", id="8", quoteToken=PRIVATE),
        spoken(stage, "c9", "postback", postback={"data": PRIVATE}),
        spoken(stage, "d1", "unsend", unsend={"messageId": PRIVATE}),
        spoken(stage, "d2", PRIVATE, words=PRIVATE),
    ]
    taken = hear(stage, *chat)
    assert len(stored_elsewhere()) == len(chat)
    assert not any(batch.waiting for batch in taken)
    assert not InboundEvent.everywhere.filter(payload_sealed__isnull=False).exists()
    assert_nowhere(PRIVATE, USER, "token-of-")


def test_a_command_is_handed_on_and_not_kept(stage: Stage) -> None:
    (taken,) = hear(stage, message(stage, "c1", "text", text="#โพสต์ ๑๒", id=PRIVATE))
    (opening,) = taken.openings
    assert (opening.command, opening.user, opening.window.group) == (PostCommand(12), USER, stage.staff.pk)
    assert InboundEvent.everywhere.get(event_id="c1").payload_sealed is None
    assert_nowhere(USER, PRIVATE, "token-of-c1")


@pytest.mark.parametrize(
    ("kind", "fields", "kept"),
    [
        ("postback", {"postback": {"data": press_data(PressKind.ACK).format(delivery=MARK)}}, f"ss:{MARK}:ack"),
        (
            "message",
            {"message": {"type": "text", "id": "9", "text": f"ข้อสามไม่จริง {PRIVATE}", "quotedMessageId": OUR_MESSAGE}},
            f"ข้อสามไม่จริง {PRIVATE}",
        ),
    ],
    ids=["our button", "a quote of ours"],
)
def test_what_concerns_a_publication_waits_sealed_and_is_wiped(
    stage: Stage, kind: str, fields: dict[str, Any], kept: str
) -> None:
    delivery = published(stage)
    (taken,) = hear(stage, spoken(stage, "k1", kind, **fields))
    assert taken.waiting
    row = InboundEvent.everywhere.select_related("key").get()
    assert kept in (unseal(row.key, row.payload_sealed) or "")
    assert_nowhere(kept, USER)
    assert handle_waiting(now=NOW) == 1
    row.refresh_from_db()
    assert (row.payload_sealed, row.key, row.handled_at) == (None, None, NOW)
    found = Comment if kind == "message" else Acknowledgement
    assert found.of(stage.province).get().delivery == delivery
    assert_nowhere(kept, USER)
