"""What both sides of the platform share: time, identifiers, the transcript, reply tokens and events for the bot."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from practice_line.clock import Clock, iso
from practice_line.errors import RefusedError
from practice_line.faults import Faults
from practice_line.ids import Ids, message_id
from practice_line.state import Group, Message, Notice, PendingWebhook, Person, ReplyToken, Rules, State

MINUTE_MS = 60_000

# A redelivered event's token lives a minute more, but never past this age of the event
# (LINE's reference, "Send reply message").
TOKEN_AGE_CAP_MS = 20 * MINUTE_MS

# Kinds of message that can be quoted, and so carry a quote token (LINE's guide on quote tokens).
QUOTABLE = frozenset({"text", "textV2", "sticker", "image", "video", "template", "flex"})

Listener = Callable[[str, dict[str, Any]], None]


class Core:
    """State and clock of one platform. Synchronous; call it from one thread. Nothing is kept until `commit`."""

    def __init__(self, path: Path | None, *, seed: int | None, clock: Clock | None, rules: Rules | None) -> None:
        self.state = State(path)
        self.ids = Ids(seed, self.state.next_draw)
        self.clock = clock or Clock()
        self.listeners: list[Listener] = []
        self._fresh = [pending for pending in self.state.outbox if not pending.waits]
        settings = self.state.settings
        if settings.clock and clock is None:
            self.clock.restore(settings.clock)
        self.rules = rules or Rules(**settings.rules)
        self.faults = Faults(self.state, self.ids, self.now_ms)
        if not settings.bot_user_id:
            settings.bot_user_id = self.ids.user()
        self.keep_settings()
        self.commit()

    def commit(self) -> None:
        """Make all changes so far survive the end of the process."""
        self.state.store.commit()

    def keep_settings(self) -> None:
        self.state.settings.rules = asdict(self.rules)
        self.state.settings.clock = self.clock.as_row()
        self.state.keep_settings()

    def now_ms(self) -> int:
        return self.clock.now_ms()

    def tell(self, kind: str, data: dict[str, Any]) -> None:
        """Let the open chat pages know. `kind` is message, unsend, membership, bot, read or clock."""
        for listener in self.listeners:
            listener(kind, data)

    def group(self, group_id: str) -> Group:
        group = self.state.groups.get(group_id)
        if group is None:
            raise RefusedError(404, f"There is no group {group_id}.")
        return group

    def person(self, user_id: str) -> Person:
        person = self.state.people.get(user_id)
        if person is None:
            raise RefusedError(404, f"There is no person {user_id}.")
        return person

    def message(self, message_id: str) -> Message:
        message = self.state.messages.get(message_id)
        if message is None:
            raise RefusedError(404, f"There is no message {message_id}.")
        return message

    def record(
        self,
        chat: str,
        sender: str,
        raw: dict[str, Any],
        *,
        way: str,
        cost: int = 0,
        call_id: str | None = None,
        unit: str | None = None,
        received: bool = True,
    ) -> Message:
        """Add a line to the transcript of a chat and return it, with its new id; see `state.Message`."""
        seq = self.state.next_message()
        kind = raw["type"]
        message = Message(
            id=message_id(seq),
            seq=seq,
            chat=chat,
            at_ms=self.now_ms(),
            sender=sender,
            way=way,
            type=kind,
            text=raw.get("text"),
            raw=raw,
            cost=cost,
            call_id=call_id,
            quote_token=self.ids.long_token() if kind in QUOTABLE else None,
            unit=unit,
            received=received,
            quoted=raw.get("quotedMessageId") or self.state.quotable.get(raw.get("quoteToken", "")),
        )
        self.state.messages.put(message.id, message)
        self.state.last_in_chat[chat] = message.id
        if message.quote_token is not None:
            self.state.quotable[message.quote_token] = message.id
        if self.listeners and received:
            self.tell("message", transcript_line(message))
        return message

    def note(self, chat: str, kind: str, user_id: str | None = None) -> None:
        """Draw a line across a chat: a person, or without one the account, has joined or left."""
        notices = self.state.notices
        notices.put(str(len(notices)), Notice(chat, self.state.counters.messages, self.now_ms(), kind, user_id))

    def emit(
        self,
        kind: str,
        chat: str,
        user_id: str | None = None,
        *,
        token: bool = True,
        body: dict[str, Any] | None = None,
    ) -> str | None:
        """Queue an event for the bot and return its id; None, as with LINE, when no webhook is set and active."""
        if not self.listening():
            return None
        now = self.now_ms()
        event: dict[str, Any] = {"type": kind, **(body or {})}
        event_id = self.ids.event(now)
        event |= {
            "webhookEventId": event_id,
            "deliveryContext": {"isRedelivery": False},
            "timestamp": now,
            "source": source(chat, self._named(kind, chat, user_id)),
            "mode": "active",
        }
        if token:
            event["replyToken"] = self._issue_token(chat, now)
        pending = PendingWebhook(id=event_id, chat=chat, event=event, due_ms=now)
        self.state.outbox.put(event_id, pending)
        self._fresh += self.faults.on_event(pending)
        return event_id

    def _named(self, kind: str, chat: str, user_id: str | None) -> str | None:
        """Whom an event may name. LINE promises a group's people in message events only, and those who consented."""
        if user_id is None or not is_group(chat):
            return user_id
        hidden = (kind == "postback" and not self.rules.postback_user_ids) or (
            kind in ("unsend", "messageEdited") and not self.rules.edit_user_ids
        )
        return None if hidden or not self.person(user_id).consented else user_id

    def listening(self) -> bool:
        """Whether LINE sends webhooks: an address is set, switched on, and not suspended."""
        settings = self.state.settings
        return bool(settings.webhook) and settings.webhook_active and not self.rules.webhook_suspended

    def take_fresh(self) -> list[PendingWebhook]:
        """Events nobody has taken to send yet, in order."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def _issue_token(self, chat: str, now: int) -> str:
        oldest = next(iter(self.state.tokens), None)
        if oldest is not None and oldest.event_ms + TOKEN_AGE_CAP_MS < now:
            self.state.tokens.drop(oldest.token)
        token = self.ids.token()
        self.state.tokens.put(token, ReplyToken(token, chat, now, now + self.rules.reply_token_seconds * 1000))
        return token

    def prolong_token(self, token: str | None) -> None:
        """Give an unused token of an event that comes again, or late, its new minute, under the cap."""
        row = self.state.tokens.get(token) if token else None
        if row is None or row.used:
            return
        row.expires_ms = min(self.now_ms() + self.rules.reply_token_seconds * 1000, row.event_ms + TOKEN_AGE_CAP_MS)
        self.state.tokens.put(row.token, row)


def is_group(chat: str) -> bool:
    return chat.startswith("C")


def source(chat: str, user_id: str | None) -> dict[str, str]:
    if not is_group(chat):
        return {"type": "user", "userId": chat}
    place = {"type": "group", "groupId": chat}
    if user_id is not None:
        place["userId"] = user_id
    return place


def pair_chat(one: str, other: str) -> str:
    """The chat of two people, in which no account is."""
    return "+".join(sorted((one, other)))


def _listener(message: Message) -> str:
    """Who was spoken to in a chat of two."""
    others = [user_id for user_id in message.chat.split("+") if user_id != message.sender]
    return others[0] if others else "bot"


def transcript_line(message: Message) -> dict[str, Any]:
    """A message as the control API shows it. An unsent one keeps its place but not its content."""
    in_group = is_group(message.chat)
    line: dict[str, Any] = {
        "id": message.id,
        "groupId": message.chat if in_group else None,
        "at": iso(message.at_ms),
        "from": message.sender,
        "way": message.way,
        "cost": message.cost,
        "type": message.type,
        "raw": message.raw,
    }
    if message.text is not None:
        line["text"] = message.text
    if not in_group:
        line["to"] = _listener(message)
    if message.call_id is not None:
        line["callId"] = message.call_id
    if message.unsent:
        line["unsent"] = True
    if not message.received:
        line["received"] = False
    if message.edited:
        line["edited"] = True
    if message.quoted is not None:
        line["quotedMessageId"] = message.quoted
    return line
