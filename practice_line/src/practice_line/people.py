"""What people do: make groups, talk, press buttons, take words back. Each becomes an event for a bot that is there."""

import base64
import binascii
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from practice_line.core import QUOTABLE, Core, is_group, transcript_line
from practice_line.errors import RefusedError
from practice_line.insight import PLAYED, engaged
from practice_line.state import Group, Media, Message, Person

MOST_MEMBERS = 500
MOST_CHARACTERS = 10_000

# Where each kind of action keeps what identifies it to `press`.
ACTION_VALUE = {
    "postback": ("data",),
    "datetimepicker": ("data",),
    "uri": ("uri", "linkUri"),
    "message": ("text",),
    "clipboard": ("clipboardText",),
}


class PeopleSide:
    """The people's half of one platform. Methods return the control API's JSON or raise RefusedError."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def add_person(self, name: str, *, friend: bool = True, consented: bool = True) -> dict[str, str]:
        """A new person; see `state.Person`."""
        person = Person(self._core.ids.user(), name, friend=friend, consented=consented)
        self._core.state.people.put(person.id, person)
        return {"userId": person.id}

    def add_group(self, name: str, members: Sequence[str], *, other_account: bool = False) -> dict[str, str]:
        """A new group of people; the bot joins if it may and no other account holds the one place for accounts."""
        people = list(dict.fromkeys(members))
        for user_id in people:
            self._core.person(user_id)
        if len(people) > MOST_MEMBERS:
            raise RefusedError(400, f"A group holds at most {MOST_MEMBERS} people.")
        group = Group(self._core.ids.group(), name, people, bot_in=False, other_account=other_account)
        self._core.state.groups.put(group.id, group)
        if not other_account and self._core.rules.group_chats:
            self.invite_bot(group.id)
        return {"groupId": group.id}

    def people(self) -> dict[str, Any]:
        return {"people": [{"userId": person.id, "name": person.name} for person in self._core.state.people]}

    def groups(self) -> dict[str, Any]:
        return {"groups": [self.describe(group) for group in self._core.state.groups]}

    def describe(self, group: Group) -> dict[str, Any]:
        return {
            "groupId": group.id,
            "name": group.name,
            "botIn": group.bot_in,
            "members": [{"userId": user_id, "name": self._core.person(user_id).name} for user_id in group.members],
        }

    def join(self, group_id: str, user_id: str) -> dict[str, Any]:
        group, person = self._core.group(group_id), self._core.person(user_id)
        if user_id in group.members:
            raise RefusedError(409, f"{person.name} is already in the group.")
        if len(group.members) >= MOST_MEMBERS:
            raise RefusedError(409, f"A group holds at most {MOST_MEMBERS} people.")
        group.members.append(user_id)
        self._members_changed(group, user_id, "joined")
        if group.bot_in:
            self._core.emit("memberJoined", group.id, body={"joined": {"members": [_as_source(person)]}})
        return self.describe(group)

    def leave(self, group_id: str, user_id: str) -> dict[str, Any]:
        group, person = self._member_of(group_id, user_id), self._core.person(user_id)
        group.members.remove(user_id)
        self._members_changed(group, user_id, "left")
        if group.bot_in:
            self._core.emit("memberLeft", group.id, token=False, body={"left": {"members": [_as_source(person)]}})
        return self.describe(group)

    def invite_bot(self, group_id: str) -> dict[str, Any]:
        group = self._core.group(group_id)
        if group.bot_in:
            raise RefusedError(409, "The bot is already in the group.")
        if group.other_account:
            raise RefusedError(409, "Another official account is in the group, and LINE lets only one in.")
        if not self._core.rules.group_chats:
            raise RefusedError(409, "The account is set not to join group chats (the rule groupChats).")
        self._bot_moved(group, here=True)
        self._core.emit("join", group.id)
        return self.describe(group)

    def remove_bot(self, group_id: str) -> dict[str, Any]:
        group = self._core.group(group_id)
        if not group.bot_in:
            raise RefusedError(409, "The bot is not in the group.")
        self._bot_moved(group, here=False)
        self._core.emit("leave", group.id, token=False)
        return self.describe(group)

    def turn_away_bot(self) -> None:
        """The account is set not to join groups: it leaves those it is in."""
        for group in [group for group in self._core.state.groups if group.bot_in]:
            self.remove_bot(group.id)

    def say(self, chat_id: str, user_id: str, text: str, quoted: str | None = None) -> dict[str, str]:
        """A person speaks in a group, or by their own id in the 1:1 chat with the account; so below."""
        if not 0 < len(text) <= MOST_CHARACTERS:
            raise RefusedError(400, f"A message has 1 to {MOST_CHARACTERS} characters.")
        return self._speak(self.place(chat_id, user_id), user_id, {"type": "text", "text": text}, quoted)

    def sticker(
        self, chat_id: str, user_id: str, package_id: str, sticker_id: str, quoted: str | None = None
    ) -> dict[str, str]:
        raw = {"type": "sticker", "packageId": package_id, "stickerId": sticker_id, "stickerResourceType": "STATIC"}
        return self._speak(self.place(chat_id, user_id), user_id, raw, quoted)

    def image(self, chat_id: str, user_id: str, data: str, content_type: str) -> dict[str, str]:
        """A picture from a member; `data` in base64, fetched by the bot from the content endpoints."""
        raw = {"type": "image", "contentProvider": {"type": "line"}}
        return self._give(chat_id, user_id, raw, Media("", content_type, data))

    def media(self, chat_id: str, user_id: str, raw: dict[str, Any], data: str, content_type: str) -> dict[str, str]:
        """A video, a sound or a file; `raw` is its message object. LINE takes a while to have the content ready."""
        ready_ms = self._core.now_ms() + self._core.rules.media_seconds * 1000
        return self._give(chat_id, user_id, raw, Media("", content_type, data, ready_ms))

    def play(self, message_id: str, user_id: str, percent: int) -> dict[str, Any]:
        """Play a clip or sound of the bot's as far as `percent`. A video seen whole in a 1:1 chat may tell the bot."""
        message = self._core.message(message_id)
        self.place(message.chat, user_id)
        if message.sender != "bot" or not is_clip(message.raw):
            raise RefusedError(400, "That is no clip of the bot's.")
        if not 0 <= percent <= 100:
            raise RefusedError(400, "`percent` is from 0 to 100.")
        for part in (part for part in PLAYED if part <= percent):
            engaged(self._core, message, user_id, f"played {part}")
        tracking = message.raw.get("trackingId")
        if percent == 100 and tracking is not None and not is_group(message.chat):
            self._core.emit(
                "videoPlayComplete", message.chat, user_id, body={"videoPlayComplete": {"trackingId": tracking}}
            )
        return {}

    def press(
        self, chat_id: str, user_id: str, message_id: str, data: str, params: dict[str, str] | None = None
    ) -> dict[str, str]:
        """Tap the button of a bot's message that carries `data` (postback data, address, text to say or to copy)."""
        chat_id = self.place(chat_id, user_id)
        message = self._core.message(message_id)
        if message.chat != chat_id or message.sender != "bot":
            raise RefusedError(400, "That is not a message of the bot in this chat.")
        action = self._action(message, data)
        if action["type"] == "uri":
            engaged(self._core, message, user_id, data)
        return self.act(chat_id, user_id, action, params)

    def act(
        self, chat_id: str, user_id: str, action: dict[str, Any], params: dict[str, str] | None = None
    ) -> dict[str, str]:
        """Carry out an action object that a person tapped."""
        kind, value = action["type"], next(action[key] for key in ACTION_VALUE[action["type"]] if key in action)
        if kind == "uri":
            return {"action": kind, "opened": value}
        if kind == "clipboard":
            return {"action": kind, "copied": value}
        if kind == "message":
            return {"action": kind, **self._speak(chat_id, user_id, {"type": "text", "text": value}, None)}
        return {"action": kind, **self._postback(chat_id, user_id, action, params)}

    def unsend(self, message_id: str) -> dict[str, Any]:
        message = self._own_message(message_id)
        message.unsent, message.text, message.raw = True, None, {"type": message.type}
        self._core.state.messages.put(message_id, message)
        self._core.state.media.drop(message_id)
        self._core.tell("unsend", {"id": message_id, "groupId": message.chat})
        if self._listens(message.chat):
            body = {"unsend": {"messageId": message_id}}
            self._core.emit("unsend", message.chat, message.sender, token=False, body=body)
        return {}

    def edit(self, message_id: str, text: str) -> dict[str, Any]:
        """Change one's own text; the bot gets messageEdited with the same message id and a new quote token."""
        message = self._own_message(message_id)
        if message.type != "text" or not is_group(message.chat):
            raise RefusedError(400, "Only a text in a group can be edited.")
        if not 0 < len(text) <= MOST_CHARACTERS:
            raise RefusedError(400, f"A message has 1 to {MOST_CHARACTERS} characters.")
        message.text, message.raw, message.edited = text, {**message.raw, "text": text}, True
        message.quote_token = self._core.ids.long_token()
        self._core.state.quotable[message.quote_token] = message.id
        self._core.state.messages.put(message_id, message)
        self._core.tell("message", transcript_line(message))
        if self._core.group(message.chat).bot_in:
            content = {**message.raw, "id": message_id, "quoteToken": message.quote_token}
            self._core.emit("messageEdited", message.chat, message.sender, body={"message": content})
        return {}

    def send(self, chat_id: str, user_id: str, raw: dict[str, Any], heard: dict[str, Any] | None) -> Message:
        """A message object in a person's name. `heard` is what the account gets of it where it is, None for nothing."""
        message = self._core.record(chat_id, user_id, raw, way="member")
        if heard is not None and self._listens(chat_id):
            message.read_token = self._core.ids.long_token()
            self._core.state.readable[message.read_token] = message.id
            self._core.state.messages.put(message.id, message)
            content = {**heard, "id": message.id, "markAsReadToken": message.read_token}
            if message.quote_token is not None:
                content["quoteToken"] = message.quote_token
            self._core.emit("message", chat_id, user_id, body={"message": content})
        return message

    def transcript(self, group_id: str | None = None, after: str | None = None) -> dict[str, Any]:
        """Messages in the order they were accepted, of one group or of all chats, since message `after`."""
        # Messages are never dropped and are numbered from 1, so a number is also a place in the order.
        seen = 0 if after is None else self._core.message(after).seq
        lines = (m for m in islice(self._core.state.messages, seen, None) if group_id is None or m.chat == group_id)
        return {"messages": [transcript_line(message) for message in lines]}

    def _give(self, chat_id: str, user_id: str, raw: dict[str, Any], media: Media) -> dict[str, str]:
        try:
            base64.b64decode(media.data, validate=True)
        except binascii.Error:
            raise RefusedError(400, "`data` is not base64.") from None
        answer = self._speak(self.place(chat_id, user_id), user_id, raw, None)
        media.id = answer["messageId"]
        self._core.state.media.put(media.id, media)
        return answer

    def _speak(self, chat_id: str, user_id: str, raw: dict[str, Any], quoted: str | None) -> dict[str, str]:
        if quoted is not None:
            target = self._core.state.messages.get(quoted)
            if target is None or target.chat != chat_id or target.unsent or target.type not in QUOTABLE:
                raise RefusedError(400, "There is no such message to quote in this chat.")
            raw["quotedMessageId"] = quoted
        return {"messageId": self.send(chat_id, user_id, raw, raw).id}

    def _postback(
        self, chat_id: str, user_id: str, action: dict[str, Any], params: dict[str, str] | None
    ) -> dict[str, str]:
        answer = {}
        if action.get("displayText"):
            raw = {"type": "text", "text": action["displayText"]}
            answer["messageId"] = self._core.record(chat_id, user_id, raw, way="member").id
        elif action.get("text"):
            answer |= self._speak(chat_id, user_id, {"type": "text", "text": action["text"]}, None)
        if self._listens(chat_id):
            postback: dict[str, Any] = {"data": action["data"]}
            if params:
                postback["params"] = params
            self._core.emit("postback", chat_id, user_id, body={"postback": postback})
        return answer

    def _action(self, message: Message, value: str) -> dict[str, Any]:
        raw = message.raw
        if self._core.state.last_in_chat.get(message.chat) != message.id:
            # Quick replies are gone from the screen once anything was said after them.
            raw = {key: part for key, part in raw.items() if key != "quickReply"}
        for action in actions_in(raw):
            if any(action.get(key) == value for key in ACTION_VALUE.get(action.get("type", ""), ())):
                return action
        raise RefusedError(400, "No button of that message carries this data.")

    def _own_message(self, message_id: str) -> Message:
        message = self._core.message(message_id)
        if message.sender == "bot":
            raise RefusedError(400, "A bot's message cannot be taken back or edited.")
        if message.unsent:
            raise RefusedError(409, "The message was unsent already.")
        return message

    def place(self, chat_id: str, user_id: str) -> str:
        """The chat, checked to be one in which the person may speak."""
        if is_group(chat_id):
            self._member_of(chat_id, user_id)
        elif self._core.person(chat_id).id != user_id:
            raise RefusedError(400, "Nobody else speaks in a person's chat with the account.")
        elif self._core.person(chat_id).blocked:
            raise RefusedError(409, "Whoever has blocked the account cannot write to it.")
        return chat_id

    def _listens(self, chat_id: str) -> bool:
        """Whether the account is there: in a group while a member, in its own chats always, else never."""
        return self._core.group(chat_id).bot_in if is_group(chat_id) else chat_id in self._core.state.people

    def _member_of(self, group_id: str, user_id: str) -> Group:
        group, person = self._core.group(group_id), self._core.person(user_id)
        if user_id not in group.members:
            raise RefusedError(400, f"{person.name} is not in the group.")
        return group

    def _members_changed(self, group: Group, user_id: str, change: str) -> None:
        self._core.state.groups.put(group.id, group)
        self._core.note(group.id, change, user_id)
        self._core.tell("membership", {"groupId": group.id, "userId": user_id, "change": change})

    def _bot_moved(self, group: Group, *, here: bool) -> None:
        group.bot_in = here
        self._core.state.groups.put(group.id, group)
        self._core.note(group.id, "joined" if here else "left")
        self._core.tell("bot", {"groupId": group.id, "in": here})


def is_clip(raw: dict[str, Any]) -> bool:
    """Whether a message object has something to play: a video or sound of its own, or a video inside."""
    if raw["type"] in ("video", "audio"):
        return True
    if raw["type"] == "imagemap":
        return "video" in raw
    return raw["type"] == "flex" and (raw["contents"].get("hero") or {}).get("type") == "video"


def actions_in(part: Any) -> Iterator[dict[str, Any]]:
    """Every action object inside a message object, outermost first."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("action", "defaultAction") and isinstance(value, dict):
                yield value
            elif key == "actions" and isinstance(value, list):
                yield from (action for action in value if isinstance(action, dict))
            else:
                yield from actions_in(value)
    elif isinstance(part, list):
        for item in part:
            yield from actions_in(item)


def _as_source(person: Person) -> dict[str, str]:
    return {"type": "user"} | ({"userId": person.id} if person.consented else {})
