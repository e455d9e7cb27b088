"""What may be kept of a group's chat: only what concerns the campaign. Everything else is dropped before the disk.

Marks in postback data: `ss:<attempt mark>:<deed>`. Commands: `#โพสต์`, with an entry's number or without.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from saisaat.domain.feedback import CommentKind, Guess
from saisaat.domain.messages import EventKind, InboundEvent
from saisaat.domain.thai import to_arabic_digits

_PRESS = re.compile(r"ss:([0-9a-z]{16}):(ack|like)")
_POST = re.compile(r"#\s*โพสต์\s*([0-9๐-๙]{1,4})?\s*")


class PressKind(StrEnum):
    ACK = "ack"
    LIKE = "like"


@dataclass(frozen=True, slots=True)
class PressMark:
    """A button of ours: the mark of the attempt it went out with, and which button."""

    mark: str
    kind: PressKind


def press_data(kind: PressKind) -> str:
    """The postback data of a button, with the placeholder that sending fills with the attempt's mark."""
    return f"ss:{{delivery}}:{kind}"


def read_press(data: str | None) -> PressMark | None:
    """The mark in a postback's data, or None when it is not ours."""
    match = _PRESS.fullmatch(data or "")
    return PressMark(match.group(1), PressKind(match.group(2))) if match else None


@dataclass(frozen=True, slots=True)
class PostCommand:
    """The duty officer's word to post now: a certain entry, or the oldest that waits."""

    entry_no: int | None


def read_command(text: str | None) -> PostCommand | None:
    """`#โพสต์` or `#โพสต์ ๑๒` alone in a message; None for anything else."""
    match = _POST.fullmatch((text or "").strip())
    if match is None:
        return None
    return PostCommand(int(to_arabic_digits(match.group(1))) if match.group(1) else None)


class Keep(StrEnum):
    """What to do with an event. `ASK` means: it depends on what is stored."""

    DROP = "drop"
    WHOLE = "whole"
    ASK_QUOTE = "ask_quote"
    ASK_UNSEND = "ask_unsend"
    LISTEN = "listen"
    """Ordinary talk. Nothing of it is kept; whether it acknowledges what was just published is asked in memory."""


_WHOLE = {EventKind.JOIN, EventKind.LEAVE, EventKind.MEMBER_JOINED, EventKind.MEMBER_LEFT}


def what_to_keep(event: InboundEvent) -> Keep:
    """How much of an event may be stored, from the event alone."""
    if event.kind in _WHOLE:
        return Keep.WHOLE
    if event.kind is EventKind.POSTBACK:
        return Keep.WHOLE if read_press(event.data) else Keep.DROP
    if event.kind is EventKind.UNSEND:
        return Keep.ASK_UNSEND
    if event.kind in {EventKind.MESSAGE, EventKind.EDITED} and event.quoted_message_id:
        return Keep.ASK_QUOTE
    return Keep.LISTEN if event.kind is EventKind.MESSAGE else Keep.DROP


NEAR = timedelta(minutes=60)
"""How long after a publication an unquoted acknowledgement is taken to be meant for it."""
_PASSES = {CommentKind.ACK, CommentKind.GREETING, CommentKind.STICKER}


def meant_for(guess: Guess, *, sent_at: datetime, said_at: datetime) -> bool:
    """Whether an unquoted message acknowledges the newest publication of its group.

    It does where it is surely an acknowledgement and comes within `NEAR`. Asked only while nothing that `talks_over`
    was said since: else it may be meant for what somebody said.
    """
    surely = guess.kind is CommentKind.ACK and not guess.unsure
    return surely and timedelta() <= said_at - sent_at <= NEAR


def talks_over(guess: Guess) -> bool:
    """Whether what was said may be what the next "รับทราบ" answers."""
    return guess.kind not in _PASSES or guess.unsure


def has_token(event: InboundEvent) -> bool:
    """Whether the event opens a free window into its group."""
    return bool(event.reply_token and event.group)
