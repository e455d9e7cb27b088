"""What goes out to a group and what comes in, in words that belong to no channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text, at most 5,000 UTF-16 units on LINE."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A still image. `url` JPEG, `preview_url` JPEG at most 240 px wide; absolute https (http only to loopback)."""

    url: str
    preview_url: str


@dataclass(frozen=True, slots=True)
class Button:
    """One button. Exactly one of `data` (an answer to the bot, at most 300 characters) and `uri` (a page) is set."""

    label: str
    data: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A framed text with buttons, optionally under a picture.

    `alt` is what a phone shows in its notification and reads aloud. `kicker` is a short line above the title,
    `note` a small line under the text (a citation, an owner). `picture_url` is drawn across the top;
    `picture_ratio` is width:height, such as "16:9"; tapping it opens `picture_uri` where given.
    """

    title: str
    text: str
    alt: str
    kicker: str = ""
    note: str = ""
    buttons: tuple[Button, ...] = ()
    picture_url: str | None = None
    picture_ratio: str = "1:1"
    picture_uri: str | None = None


OutgoingMessage = Text | Picture | Card


class EventKind(StrEnum):
    """What happened in a group. `OTHER` is anything this program does not know; it is counted and tolerated."""

    MESSAGE = "message"
    EDITED = "edited"
    UNSEND = "unsend"
    JOIN = "join"
    LEAVE = "leave"
    MEMBER_JOINED = "member_joined"
    MEMBER_LEFT = "member_left"
    POSTBACK = "postback"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One event from a channel, parsed at the edge. `occurred_at` is aware (UTC) and is the event's own time.

    `text` of a sticker is what the channel says it shows, with commas between.

    `id` is the channel's event id, the same when redelivered. `group` and `user` are the channel's ids, None where it
    gives none. `message_type` is the channel's word ("text", "sticker", "image", ...). `data` is a postback's data.
    `members` counts the people of a member_joined or member_left event.
    """

    id: str
    kind: EventKind
    occurred_at: datetime
    group: str | None = None
    user: str | None = None
    reply_token: str | None = None
    message_id: str | None = None
    message_type: str | None = None
    text: str | None = None
    quoted_message_id: str | None = None
    quote_token: str | None = None
    data: str | None = None
    members: int = 0
    redelivered: bool = False


@dataclass(frozen=True, slots=True)
class SentMessage:
    """One message as the channel accepted it. `quote_token` is None where the channel gives none."""

    id: str
    quote_token: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel's word that a call was accepted. `repeated` when it had accepted the same retry key before."""

    request_id: str
    sent: tuple[SentMessage, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class QuotaReading:
    """A channel's own word on its monthly quota. `limit` is None where the plan has none; `used` may lag behind."""

    limit: int | None
    used: int
    read_at: datetime


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """What a channel says of our account. `reached`: whether its test event came through to us and was accepted; None
    where the channel cannot say. `reason` is the channel's own word on a test that failed.
    """

    name: str
    handle: str
    webhook: str
    active: bool
    reached: bool | None
    reason: str = ""
