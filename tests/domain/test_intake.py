"""What of a group's chat may be kept at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.intake import (
    Keep,
    PostCommand,
    PressKind,
    has_token,
    press_data,
    read_command,
    read_press,
    what_to_keep,
)
from saisaat.domain.messages import EventKind, InboundEvent

AT = datetime(2027, 5, 3, tzinfo=UTC)
MARK = "0123456789abcdef"


def event(kind: EventKind, **fields: str) -> InboundEvent:
    return InboundEvent("e1", kind, AT, group="C1", **fields)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("#โพสต์", PostCommand(None)),
        ("  #โพสต์ ", PostCommand(None)),
        ("# โพสต์ 12", PostCommand(12)),
        ("#โพสต์๑๒", PostCommand(12)),
        ("#โพสต์ 12 ด้วยครับ", None),
        ("ช่วย #โพสต์", None),
        ("#โพสต์ 12345", None),
        ("#โพส", None),
        ("", None),
        (None, None),
    ],
)
def test_the_duty_officers_word_stands_alone(text: str | None, command: PostCommand | None) -> None:
    assert read_command(text) == command


@pytest.mark.parametrize("kind", PressKind)
def test_our_button_is_known_again(kind: PressKind) -> None:
    press = read_press(press_data(kind).replace("{delivery}", MARK))
    assert press is not None
    assert (press.mark, press.kind) == (MARK, kind)


@given(st.text(max_size=40))
def test_anybody_elses_data_is_not_ours(data: str) -> None:
    assert read_press(data) is None


@pytest.mark.parametrize(
    ("seen", "keep"),
    [
        (event(EventKind.MESSAGE, text="สวัสดีค่ะ"), Keep.LISTEN),
        (event(EventKind.MESSAGE, text="รับทราบ", quoted_message_id="m1"), Keep.ASK_QUOTE),
        (event(EventKind.EDITED, text="รับทราบ", quoted_message_id="m1"), Keep.ASK_QUOTE),
        (event(EventKind.MESSAGE, message_type="sticker"), Keep.LISTEN),
        (event(EventKind.MESSAGE, text="#โพสต์"), Keep.LISTEN),
        (event(EventKind.POSTBACK, data=f"ss:{MARK}:ack"), Keep.WHOLE),
        (event(EventKind.POSTBACK, data="other=1"), Keep.DROP),
        (event(EventKind.UNSEND, message_id="m1"), Keep.ASK_UNSEND),
        (event(EventKind.JOIN), Keep.WHOLE),
        (event(EventKind.LEAVE), Keep.WHOLE),
        (event(EventKind.MEMBER_JOINED), Keep.WHOLE),
        (event(EventKind.MEMBER_LEFT), Keep.WHOLE),
        (event(EventKind.OTHER, text="ข้อความ"), Keep.DROP),
    ],
)
def test_only_what_concerns_the_campaign(seen: InboundEvent, keep: Keep) -> None:
    assert what_to_keep(seen) is keep


def test_a_window_needs_a_token_and_a_group() -> None:
    assert has_token(event(EventKind.MESSAGE, reply_token="t"))
    assert not has_token(event(EventKind.MESSAGE))
    assert not has_token(InboundEvent("e1", EventKind.MESSAGE, AT, reply_token="t"))
