"""What people do: make groups, talk, press buttons, take words back. Each becomes an event for a bot that is there."""

import base64
import binascii
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from practice_line.core import QUOTABLE, Core, transcript_line
from practice_line.errors import RefusedError
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

    def add_person(self, name: str) -> dict[str, str]:
        person = Person(self._core.ids.user(), name)
        self._core.state.people.put(person.id, person)
        return {"userId": person.id}

    def add_group(self, name: str, members: Sequence[str], *, other_account: bool = False) -> dict[str, str]:
        """A new group of people; the bot joins unless another account already holds the one place for accounts."""
        people = list(dict.fromkeys(members))
        for user_id in people:
            self._core.person(user_id)
        if len(people) > MOST_MEMBERS:
            raise RefusedError(400, f"A group holds at most {MOST_MEMBERS} people.")
        group = Group(self._core.ids.group(), name, people, bot_in=False, other_account=other_account)
        self._core.state.groups.put(group.id, group)
        if not other_account:
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
            self._core.emit("memberJoined", group.id, body={"joined": {"members": [_as_source(user_id)]}})
        return self.describe(group)

    def leave(self, group_id: str, user_id: str) -> dict[str, Any]:
        group = self._member_of(group_id, user_id)
        group.members.remove(user_id)
        self._members_changed(group, user_id, "left")
        if group.bot_in:
            self._core.emit("memberLeft", group.id, token=False, body={"left": {"members": [_as_source(user_id)]}})
        return self.describe(group)

    def invite_bot(self, group_id: str) -> dict[str, Any]:
        group = self._core.group(group_id)
        if group.bot_in:
            raise RefusedError(409, "The bot is already in the group.")
        if group.other_account:
            raise RefusedError(409, "Another official account is in the group, and LINE lets only one in.")
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

    def say(self, group_id: str, user_id: str, text: str, quoted: str | None = None) -> dict[str, str]:
        if not 0 < len(text) <= MOST_CHARACTERS:
            raise RefusedError(400, f"A message has 1 to {MOST_CHARACTERS} characters.")
        return self._speak(self._member_of(group_id, user_id), user_id, {"type": "text", "text": text}, quoted)

    def sticker(
        self, group_id: str, user_id: str, package_id: str, sticker_id: str, quoted: str | None = None
    ) -> dict[str, str]:
        raw = {"type": "sticker", "packageId": package_id, "stickerId": sticker_id, "stickerResourceType": "STATIC"}
        return self._speak(self._member_of(group_id, user_id), user_id, raw, quoted)

    def image(self, group_id: str, user_id: str, data: str, content_type: str) -> dict[str, str]:
        """A picture from a member; `data` in base64, fetched by the bot from the content endpoints."""
        try:
            base64.b64decode(data, validate=True)
        except binascii.Error:
            raise RefusedError(400, "`data` is not base64.") from None
        group = self._member_of(group_id, user_id)
        answer = self._speak(group, user_id, {"type": "image", "contentProvider": {"type": "line"}}, None)
        self._core.state.media.put(answer["messageId"], Media(answer["messageId"], content_type, data))
        return answer

    def press(
        self, group_id: str, user_id: str, message_id: str, data: str, params: dict[str, str] | None = None
    ) -> dict[str, str]:
        """Tap the button of a bot's message that carries `data` (postback data, address, text to say or to copy)."""
        group = self._member_of(group_id, user_id)
        message = self._core.message(message_id)
        if message.chat != group_id or message.sender != "bot":
            raise RefusedError(400, "That is not a message of the bot in this group.")
        action = self._action(message, data)
        kind = action["type"]
        if kind == "uri":
            return {"action": kind, "opened": data}
        if kind == "clipboard":
            return {"action": kind, "copied": data}
        if kind == "message":
            return {"action": kind, **self._speak(group, user_id, {"type": "text", "text": data}, None)}
        return {"action": kind, **self._postback(group, user_id, action, params)}

    def unsend(self, message_id: str) -> dict[str, Any]:
        message = self._own_message(message_id)
        message.unsent, message.text, message.raw = True, None, {"type": message.type}
        self._core.state.messages.put(message_id, message)
        self._core.state.media.drop(message_id)
        self._core.tell("unsend", {"id": message_id, "groupId": message.chat})
        if self._core.group(message.chat).bot_in:
            body = {"unsend": {"messageId": message_id}}
            self._core.emit("unsend", message.chat, message.sender, token=False, body=body)
        return {}

    def edit(self, message_id: str, text: str) -> dict[str, Any]:
        """Change one's own text; the bot gets messageEdited with the same message id and a new quote token."""
        message = self._own_message(message_id)
        if message.type != "text":
            raise RefusedError(400, "Only a text can be edited.")
        if not 0 < len(text) <= MOST_CHARACTERS:
            raise RefusedError(400, f"A message has 1 to {MOST_CHARACTERS} characters.")
        message.text, message.raw = text, {**message.raw, "text": text}
        message.quote_token = self._core.ids.long_token()
        self._core.state.quotable[message.quote_token] = message.chat
        self._core.state.messages.put(message_id, message)
        self._core.tell("message", transcript_line(message))
        if self._core.group(message.chat).bot_in:
            content = {**message.raw, "id": message_id, "quoteToken": message.quote_token}
            self._core.emit("messageEdited", message.chat, message.sender, body={"message": content})
        return {}

    def transcript(self, group_id: str | None = None, after: str | None = None) -> dict[str, Any]:
        """Messages in the order they were accepted, of one group or of all chats, since message `after`."""
        # Messages are never dropped and are numbered from 1, so a number is also a place in the order.
        seen = 0 if after is None else self._core.message(after).seq
        lines = (m for m in islice(self._core.state.messages, seen, None) if group_id is None or m.chat == group_id)
        return {"messages": [transcript_line(message) for message in lines]}

    def _speak(self, group: Group, user_id: str, raw: dict[str, Any], quoted: str | None) -> dict[str, str]:
        if quoted is not None:
            target = self._core.state.messages.get(quoted)
            if target is None or target.chat != group.id or target.unsent or target.type not in QUOTABLE:
                raise RefusedError(400, "There is no such message to quote in this group.")
            raw["quotedMessageId"] = quoted
        message = self._core.record(group.id, user_id, raw, way="member")
        if group.bot_in:
            content = {**raw, "id": message.id, "markAsReadToken": self._core.ids.long_token()}
            if message.quote_token is not None:
                content["quoteToken"] = message.quote_token
            self._core.emit("message", group.id, user_id, body={"message": content})
        return {"messageId": message.id}

    def _postback(
        self, group: Group, user_id: str, action: dict[str, Any], params: dict[str, str] | None
    ) -> dict[str, str]:
        answer = {}
        if action.get("displayText"):
            raw = {"type": "text", "text": action["displayText"]}
            answer["messageId"] = self._core.record(group.id, user_id, raw, way="member").id
        elif action.get("text"):
            answer |= self._speak(group, user_id, {"type": "text", "text": action["text"]}, None)
        if group.bot_in:
            postback: dict[str, Any] = {"data": action["data"]}
            if params:
                postback["params"] = params
            named = user_id if self._core.rules.postback_user_ids else None
            self._core.emit("postback", group.id, named, body={"postback": postback})
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

    def _member_of(self, group_id: str, user_id: str) -> Group:
        group, person = self._core.group(group_id), self._core.person(user_id)
        if user_id not in group.members:
            raise RefusedError(400, f"{person.name} is not in the group.")
        return group

    def _members_changed(self, group: Group, user_id: str, change: str) -> None:
        self._core.state.groups.put(group.id, group)
        self._core.tell("membership", {"groupId": group.id, "userId": user_id, "change": change})

    def _bot_moved(self, group: Group, *, here: bool) -> None:
        group.bot_in = here
        self._core.state.groups.put(group.id, group)
        self._core.tell("bot", {"groupId": group.id, "in": here})


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


def _as_source(user_id: str) -> dict[str, str]:
    return {"type": "user", "userId": user_id}
