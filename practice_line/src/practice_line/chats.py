"""Chats as the people in them see them: the lines across, who has read how far, and the list on each person's phone."""

from typing import Any

from practice_line.clock import iso
from practice_line.core import Core, is_group, transcript_line
from practice_line.errors import RefusedError
from practice_line.ids import message_id as id_of
from practice_line.state import Media, Message, Notice, Reading

PAGE = 200
MOST_UNREAD = 999


class ChatSide:
    """Reading. A chat is a group, or by a person's id that person's 1:1 chat with the account."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def chats_of(self, user_id: str) -> dict[str, Any]:
        """The chats of a person, the one with the account among them; the last spoken in first."""
        self._core.person(user_id)
        groups = [group.id for group in self._core.state.groups if user_id in group.members]
        chats = dict.fromkeys([user_id, *groups])
        last: dict[str, Message] = {}
        unread = dict.fromkeys(chats, 0)
        marks = {chat: self._mark(chat, user_id) for chat in chats}
        for message in self._core.state.messages:
            if message.chat in chats and message.received:
                last[message.chat] = message
                unread[message.chat] += message.seq > marks[message.chat] and message.sender != user_id
        order = sorted(chats, key=lambda chat: last[chat].seq if chat in last else 0, reverse=True)
        return {"chats": [self._entry(chat, last.get(chat), unread[chat]) for chat in order]}

    def chat(self, chat_id: str, before: str | None = None) -> dict[str, Any]:
        """The latest messages of a chat, or those before message `before`, at most 200, and how far each has read."""
        self.check(chat_id)
        end = None if before is None else self._core.message(before).seq
        messages = [
            message
            for message in self._core.state.messages
            if message.chat == chat_id and message.received and (end is None or message.seq < end)
        ]
        page = messages[-PAGE:]
        start = 0 if len(page) == len(messages) else page[0].seq
        notices = [
            notice_line(notice)
            for notice in self._core.state.notices
            if notice.chat == chat_id and notice.after >= start and (end is None or notice.after < end)
        ]
        reads = [read_line(reading) for reading in self._core.state.readings if reading.chat == chat_id]
        return {
            "messages": [transcript_line(message) for message in page],
            "notices": notices,
            "reads": reads,
            "earlier": len(page) < len(messages),
        }

    def read(self, chat_id: str, user_id: str, message_id: str) -> dict[str, Any]:
        """A person has the chat open and sees everything up to a message. Reading does not go backwards."""
        self.check(chat_id)
        message = self._core.message(message_id)
        if message.chat != chat_id or user_id not in self._people(chat_id):
            raise RefusedError(400, "That person does not see that message.")
        if message.seq > self._mark(chat_id, user_id):
            self._set(chat_id, user_id, message.seq)
        return {}

    def set_readers(self, message_id: str, count: int) -> dict[str, Any]:
        """Let exactly `count` of the others have read a person's message: the first of the members, in order."""
        message = self._core.message(message_id)
        others = [user_id for user_id in self._people(message.chat) if user_id != message.sender]
        if message.sender == "bot" or not is_group(message.chat):
            raise RefusedError(400, "LINE counts readers only of what people say in a group.")
        if not 0 <= count <= len(others):
            raise RefusedError(400, f"Between 0 and {len(others)} others can have read it.")
        for place, user_id in enumerate(others):
            mark = self._mark(message.chat, user_id)
            if place < count and mark < message.seq:
                self._set(message.chat, user_id, message.seq)
            elif place >= count and mark >= message.seq:
                self._set(message.chat, user_id, message.seq - 1)
        return {"count": count}

    def media(self, message_id: str) -> Media:
        """What a person sent with a message, for the people's own screens. Raises RefusedError 404 when it is gone."""
        media = self._core.state.media.get(message_id)
        if media is None:
            raise RefusedError(404, f"There is nothing to see of message {message_id}.")
        return media

    def check(self, chat_id: str) -> None:
        """Raises RefusedError 404 where there is no such chat."""
        if is_group(chat_id):
            self._core.group(chat_id)
        else:
            self._core.person(chat_id)

    def _people(self, chat_id: str) -> list[str]:
        return self._core.group(chat_id).members if is_group(chat_id) else [chat_id]

    def _mark(self, chat_id: str, reader: str) -> int:
        reading = self._core.state.readings.get(f"{chat_id} {reader}")
        return reading.upto if reading is not None else 0

    def _set(self, chat_id: str, reader: str, upto: int) -> None:
        reading = Reading(chat_id, reader, upto)
        self._core.state.readings.put(f"{chat_id} {reader}", reading)
        self._core.tell("read", read_line(reading))

    def _entry(self, chat_id: str, last: Message | None, unread: int) -> dict[str, Any]:
        entry: dict[str, Any] = {"chatId": chat_id, "unread": min(unread, MOST_UNREAD)}
        if last is not None:
            entry["last"] = transcript_line(last)
        return entry


def notice_line(notice: Notice) -> dict[str, Any]:
    """`after`: the line stands below every message with this id or a smaller one. Ids rise with time."""
    line = {"chatId": notice.chat, "after": id_of(notice.after), "at": iso(notice.at_ms), "kind": notice.kind}
    return line | ({"userId": notice.user_id} if notice.user_id is not None else {})


def read_line(reading: Reading) -> dict[str, Any]:
    return {"chatId": reading.chat, "reader": reading.reader, "upto": id_of(reading.upto)}
