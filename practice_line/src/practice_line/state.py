"""What the platform remembers, as plain rows in tables that write themselves through to the store."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from practice_line.store import Store

T = TypeVar("T")


@dataclass(slots=True)
class Person:
    id: str
    name: str


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
    as it was sent to or by the platform.
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


@dataclass(slots=True)
class ReplyToken:
    token: str
    chat: str
    event_ms: int
    expires_ms: int
    used: bool = False


@dataclass(slots=True)
class RetryKey:
    key: str
    at_ms: int
    request_id: str
    sent: list[dict[str, str]]


@dataclass(slots=True)
class Usage:
    """Heads counted in one month of the quota's zone; `month` is "2026-01"."""

    month: str
    used: int


@dataclass(slots=True)
class PendingWebhook:
    """An event on its way to the bot. `attempt` 0 is the first delivery, more are redeliveries."""

    id: str
    chat: str
    event: dict[str, Any]
    due_ms: int
    attempt: int = 0


@dataclass(slots=True)
class Media:
    """What a person sent, for the content endpoints; `data` in base64."""

    id: str
    content_type: str
    data: str


@dataclass(slots=True)
class LoginChannel:
    """A LINE Login channel: an app that people may sign in to."""

    client_id: str
    name: str
    secret: str
    redirect_uris: list[str]


@dataclass(slots=True)
class LoginCode:
    """An authorization code. Times of login are real, in seconds since 1970."""

    code: str
    client_id: str
    user_id: str
    redirect_uri: str
    scopes: list[str]
    nonce: str
    challenge: str
    with_auth_time: bool
    made_at: int


@dataclass(slots=True)
class LoginToken:
    """An access token and its refresh token; `granted_at` is when the person agreed, `made_at` is `access`'s time."""

    access: str
    refresh: str
    client_id: str
    user_id: str
    scopes: list[str]
    granted_at: int
    made_at: int


@dataclass(slots=True)
class Rules:
    """The switches of the platform.

    `reply_token_seconds`: how long a reply token lives. `rate_per_second`: calls allowed an endpoint in a second of
    real time, None for any number. `pushes_per_person_per_minute`: 1:1 pushes to one person, None for any number.
    `postback_user_ids`: a group postback names the person (LINE documents the id for message events only).
    `redelivery`: failed webhooks are sent again; off by default, as in LINE's console.
    """

    reply_token_seconds: int = 60
    rate_per_second: int | None = None
    pushes_per_person_per_minute: int | None = None
    postback_user_ids: bool = True
    redelivery: bool = False


@dataclass(slots=True)
class Settings:
    """The one account and its channel. `quota_limit` None is a plan without a limit.

    `login_key` is the key that signs LIFF's ID tokens, as PEM; "" until one is asked for.
    """

    bot_user_id: str = ""
    bot_name: str = "Practice bot"
    webhook: str = ""
    webhook_active: bool = True
    quota_limit: int | None = 300
    rules: dict[str, Any] = field(default_factory=lambda: asdict(Rules()))
    clock: dict[str, Any] = field(default_factory=dict)
    login_key: str = ""


@dataclass(slots=True)
class Counters:
    """How many messages there are and how many identifiers were drawn."""

    messages: int = 0
    draws: int = 0


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

    def items(self) -> Iterator[tuple[str, T]]:
        return iter(self._rows.items())


class State:
    """All tables. `path` None keeps everything in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self.store = Store(path)
        self.people = Table("person", Person, self.store)
        self.groups = Table("group", Group, self.store)
        self.messages = Table("message", Message, self.store)
        self.tokens = Table("reply token", ReplyToken, self.store)
        self.retries = Table("retry key", RetryKey, self.store)
        self.usage = Table("usage", Usage, self.store)
        self.outbox = Table("webhook", PendingWebhook, self.store)
        self.media = Table("media", Media, self.store)
        self.login_channels = Table("login channel", LoginChannel, self.store)
        self.login_codes = Table("login code", LoginCode, self.store)
        self.login_tokens = Table("login token", LoginToken, self.store)
        self._settings = Table("settings", Settings, self.store)
        self._counters = Table("counters", Counters, self.store)
        self.settings = self._settings.get("") or Settings()
        self.counters = self._counters.get("") or Counters()
        self.last_in_chat = {message.chat: message.id for message in self.messages}
        self.quotable = {message.quote_token: message.chat for message in self.messages if message.quote_token}

    def tables(self) -> tuple[Table[Any], ...]:
        return (
            self.people, self.groups, self.messages, self.tokens, self.retries, self.usage, self.outbox, self.media,
            self.login_channels, self.login_codes, self.login_tokens, self._settings, self._counters,
        )  # fmt: skip

    def keep_settings(self) -> None:
        self._settings.put("", self.settings)

    def next_message(self) -> int:
        self.counters.messages += 1
        self._counters.put("", self.counters)
        return self.counters.messages

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
