"""What the platform remembers, as plain rows in tables that write themselves through to the store."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from practice_line import practice_rows, rows
from practice_line.store import Store

T = TypeVar("T")


@dataclass(slots=True)
class Person:
    """`friend`: has added the account. `blocked`: has blocked it, friend or not.

    `consented`: LINE may tell an account who this is. LINE leaves out the ids of those who have not, or who use it on
    a computer only.
    """

    id: str
    name: str
    friend: bool = True
    blocked: bool = False
    consented: bool = True


@dataclass(slots=True)
class Group:
    """`members` are people in the order they joined, never the bot.

    `other_account`: another official account holds the one place for accounts.
    """

    id: str
    name: str
    members: list[str]
    bot_in: bool = True
    other_account: bool = False


@dataclass(slots=True)
class Message:
    """One line of the transcript. `chat` is a group's or a person's id, `sender` "bot" or a person's id.

    `cost` is what the call took from the quota, carried by the first message of the call; `raw` is the message object
    as it was sent to or by the platform. `unit` is the aggregation unit it was sent under, `read_token` what the bot
    may mark it as read with. `received` is false where LINE answers 200 but the person gets nothing.
    `quoted` is the message that it answers.
    """

    id: str
    seq: int
    chat: str
    at_ms: int
    sender: str
    way: str
    type: str
    text: str | None
    raw: dict[str, Any]
    cost: int = 0
    call_id: str | None = None
    quote_token: str | None = None
    unsent: bool = False
    edited: bool = False
    unit: str | None = None
    read_token: str | None = None
    received: bool = True
    quoted: str | None = None


@dataclass(slots=True)
class Notice:
    """A line across a chat that nobody said: `kind` is joined or left, of a person or, without one, of the account.

    `after` is the number of the last message before it.
    """

    chat: str
    after: int
    at_ms: int
    kind: str
    user_id: str | None = None


@dataclass(slots=True)
class Reading:
    """How far somebody has read a chat: up to message number `upto`. `reader` is a person or "bot"."""

    chat: str
    reader: str
    upto: int


@dataclass(slots=True)
class ReplyToken:
    token: str
    chat: str
    event_ms: int
    expires_ms: int
    used: bool = False


@dataclass(slots=True)
class PendingWebhook:
    """An event on its way to the bot; `attempt` counts the deliveries that failed.

    `waits`: it goes out when `due_ms` comes, and not before. `begun`: a delivery was begun, so that the next is a
    redelivery, whatever became of the first. `faults` are kinds that strike at the next delivery; `held` is the kind
    that kept the event back; events of one `parcel` go out in one POST.
    """

    id: str
    chat: str
    event: dict[str, Any]
    due_ms: int
    attempt: int = 0
    waits: bool = False
    begun: bool = False
    faults: list[str] = field(default_factory=list)
    held: str = ""
    parcel: str = ""


@dataclass(slots=True)
class Media:
    """What a person sent, for the content endpoints; `data` in base64, to be had from `ready_ms` on."""

    id: str
    content_type: str
    data: str
    ready_ms: int = 0


@dataclass(slots=True)
class Rules:
    """The switches of the platform.

    `reply_token_seconds`: how long a reply token lives. `rate_per_second`: calls allowed an endpoint in a second of
    real time, None for any number. `pushes_per_person_per_minute`: 1:1 pushes to one person, None for any number.
    `postback_user_ids`: a group postback names the person (LINE documents the id for message events only).
    `redelivery`: failed webhooks are sent again; off by default, as in LINE's console. `webhook_suspended`: LINE has
    stopped sending webhooks; `suspend_after_seconds`: it does so when they have failed for so long, None for never.
    """

    reply_token_seconds: int = 60
    rate_per_second: int | None = None
    pushes_per_person_per_minute: int | None = None
    postback_user_ids: bool = True
    edit_user_ids: bool = True
    redelivery: bool = False
    group_chats: bool = True
    chat: bool = False
    verified: bool = False
    media_seconds: int = 0
    webhook_suspended: bool = False
    suspend_after_seconds: int | None = None


@dataclass(slots=True)
class Settings:
    """The one account and its channel. `quota_limit` None is a plan without a limit. `rich_menu` is the id of the
    default rich menu, `rich_menu_of` says which other one is linked to whom.

    `login_key` is the key that signs LIFF's ID tokens, as PEM; "" until one is asked for. `failing_since_ms` is when
    the first of the webhooks failed that have failed since without one arriving.
    """

    bot_user_id: str = ""
    bot_name: str = "Practice bot"
    webhook: str = ""
    webhook_active: bool = True
    quota_limit: int | None = 300
    rules: dict[str, Any] = field(default_factory=lambda: asdict(Rules()))
    clock: dict[str, Any] = field(default_factory=dict)
    login_key: str = ""
    rich_menu: str = ""
    rich_menu_of: dict[str, str] = field(default_factory=dict)
    failing_since_ms: int | None = None


@dataclass(slots=True)
class Counters:
    """How many messages there are, how many identifiers were drawn and how many faults were set."""

    messages: int = 0
    draws: int = 0
    faults: int = 0


class Table(Generic[T]):
    """Rows of one kind by key, in the order they were first put; every change is written through."""

    def __init__(self, kind: str, make: type[T], store: Store) -> None:
        self.kind = kind
        self._make = make
        self._store = store
        self._rows: dict[str, T] = {key: make(**row) for key, row in store.rows(kind)}

    def get(self, key: str) -> T | None:
        return self._rows.get(key)

    def put(self, key: str, row: T) -> None:
        self._rows[key] = row
        self._store.note(self.kind, key, row)

    def drop(self, key: str) -> None:
        if self._rows.pop(key, None) is not None:
            self._store.note(self.kind, key, None)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def latest(self) -> Iterator[T]:
        """All rows, the one put last first."""
        return reversed(self._rows.values())

    def items(self) -> Iterator[tuple[str, T]]:
        return iter(self._rows.items())


class State:
    """All tables. `path` None keeps everything in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self.store = Store(path)
        self.people = Table("person", Person, self.store)
        self.groups = Table("group", Group, self.store)
        self.messages = Table("message", Message, self.store)
        self.notices = Table("notice", Notice, self.store)
        self.readings = Table("reading", Reading, self.store)
        self.tokens = Table("reply token", ReplyToken, self.store)
        self.retries = Table("retry key", rows.RetryKey, self.store)
        self.usage = Table("usage", rows.Usage, self.store)
        self.outbox = Table("webhook", PendingWebhook, self.store)
        self.faults = Table("fault", practice_rows.Fault, self.store)
        self.strikes = Table("strike", practice_rows.Strike, self.store)
        self.crowds = Table("crowd", practice_rows.Crowd, self.store)
        self.deeds = Table("deed", practice_rows.Deed, self.store)
        self.media = Table("media", Media, self.store)
        self.delivered = Table("delivered", rows.Delivered, self.store)
        self.units = Table("unit", rows.Unit, self.store)
        self.engagement = Table("engagement", rows.Engagement, self.store)
        self.narrowcasts = Table("narrowcast", rows.Narrowcast, self.store)
        self.rich_menus = Table("rich menu", rows.RichMenu, self.store)
        self.link_tokens = Table("link token", rows.LinkToken, self.store)
        self.assertion_keys = Table("assertion key", rows.AssertionKey, self.store)
        self.channel_tokens = Table("channel token", rows.ChannelToken, self.store)
        self.liff_apps = Table("LIFF app", rows.LiffApp, self.store)
        self.liff_consents = Table("LIFF consent", rows.LiffConsent, self.store)
        self.liff_openings = Table("LIFF opening", rows.LiffOpening, self.store)
        self.login_channels = Table("login channel", rows.LoginChannel, self.store)
        self.login_codes = Table("login code", rows.LoginCode, self.store)
        self.login_tokens = Table("login token", rows.LoginToken, self.store)
        self._settings = Table("settings", Settings, self.store)
        self._counters = Table("counters", Counters, self.store)
        self.settings = self._settings.get("") or Settings()
        self.counters = self._counters.get("") or Counters()
        self.last_in_chat = {message.chat: message.id for message in self.messages}
        self.quotable = {message.quote_token: message.id for message in self.messages if message.quote_token}
        self.readable = {message.read_token: message.id for message in self.messages if message.read_token}

    def tables(self) -> tuple[Table[Any], ...]:
        return tuple(part for part in vars(self).values() if isinstance(part, Table))

    def keep_settings(self) -> None:
        self._settings.put("", self.settings)

    def next_message(self) -> int:
        self.counters.messages += 1
        self._counters.put("", self.counters)
        return self.counters.messages

    def next_fault(self) -> int:
        self.counters.faults += 1
        self._counters.put("", self.counters)
        return self.counters.faults

    def next_draw(self) -> int:
        self.counters.draws += 1
        self._counters.put("", self.counters)
        return self.counters.draws

    def save_to(self, path: Path) -> None:
        """Write everything into a fresh file, replacing one that is there."""
        path.unlink(missing_ok=True)
        copy = Store(path)
        for table in self.tables():
            for key, row in table.items():
                copy.note(table.kind, key, row)
        copy.commit()
        copy.close()
