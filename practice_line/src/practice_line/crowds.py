"""Crowds at work: groups that live by a character as the platform's clock runs or is moved."""

import asyncio
import contextlib
from datetime import datetime
from random import Random
from typing import Any

from practice_line.clock import iso
from practice_line.crowd import (
    ANSWERS,
    CHARACTERS,
    CHATTER,
    DAY_MS,
    GREETINGS,
    STICKERS,
    Doing,
    answers_to,
    days_between,
    talk_of_day,
)
from practice_line.errors import RefusedError
from practice_line.people import ACTION_VALUE, actions_in
from practice_line.platform import Platform
from practice_line.practice_rows import Crowd
from practice_line.state import Message
from practice_line.webhooks import Courier

# A jump of the clock over more than this would keep the caller waiting for minutes.
MOST_DAYS = 100

Due = tuple[int, str, Doing, str | None]


class Crowds:
    """Acts for all groups that have a crowd: by `watch` in real time, by `live_until` when the clock is moved."""

    def __init__(self, platform: Platform, courier: Courier) -> None:
        self._platform = platform
        self._courier = courier
        self._moving = asyncio.Lock()
        self._changed = asyncio.Event()

    def set(self, group_id: str, character: str) -> dict[str, Any]:
        """From now on the group lives like this."""
        self._platform.group(group_id)
        if character not in CHARACTERS:
            raise RefusedError(400, f"`character` is one of {', '.join(CHARACTERS)}.")
        self._platform.state.crowds.put(group_id, Crowd(group_id, character, self._platform.now_ms()))
        self._changed.set()
        return self.describe(group_id)

    def describe(self, group_id: str) -> dict[str, Any]:
        self._platform.group(group_id)
        crowd = self._platform.state.crowds.get(group_id)
        return {"groupId": group_id, "character": crowd.character if crowd is not None else "dead"}

    async def live_until(self, moment: datetime, settle_ms: int) -> None:
        """Let the crowds act, each at its time, up to `moment`; the clock then stands at the last of it.

        After each the bot is waited for: until it has answered the webhook, and for `settle_ms` of real time more,
        for a bot that answers first and works afterwards.
        """
        until = int(moment.timestamp() * 1000)
        platform = self._platform
        if not len(platform.state.crowds) or until <= platform.now_ms():
            self.look_from(until)
            return
        if until - platform.now_ms() > MOST_DAYS * DAY_MS:
            raise RefusedError(400, f"Crowds live through at most {MOST_DAYS} days at once.")
        async with self._moving:
            while due := self._next(until):
                platform.set_clock(datetime.fromisoformat(iso(due[0][0])), running=False)
                self._act(due)
                await self._courier.flush()
                await self._courier.redeliver_due()
                if settle_ms:
                    await asyncio.sleep(settle_ms / 1000)
        self.look_from(until)

    def look_from(self, now_ms: int) -> None:
        """Do not make up for what would have been before; the clock jumped or nobody served."""
        for crowd in self._platform.state.crowds:
            crowd.done_ms = now_ms
            self._platform.state.crowds.put(crowd.group_id, crowd)
        self._changed.set()

    async def watch(self) -> None:
        """Act as the clock runs, for ever; the server runs this beside itself."""
        platform = self._platform
        self.look_from(platform.now_ms())
        while True:
            self._changed.clear()
            due = self._next(platform.now_ms() + DAY_MS) if platform.clock.running else []
            wait = max(0.0, (due[0][0] - platform.now_ms()) / 1000) if due else None
            try:
                await asyncio.wait_for(self._changed.wait(), wait)
            except TimeoutError:
                if not self._moving.locked():
                    self._act(due)
                    self._courier.start()

    def _next(self, until_ms: int) -> list[Due]:
        """What is to be done next by that moment, all at the same time; [] for nothing."""
        found: list[Due] = []
        for crowd in self._platform.state.crowds:
            for due in self._coming(crowd, until_ms):
                if not found or due[0] < found[0][0]:
                    found = [due]
                elif due[0] == found[0][0]:
                    found.append(due)
        return found

    def _coming(self, crowd: Crowd, until_ms: int) -> list[Due]:
        character = CHARACTERS[crowd.character]
        coming: list[Due] = []
        for day in days_between(crowd.done_ms, until_ms):
            talk = talk_of_day(character, day, self._random(f"{crowd.group_id} {day} {crowd.character}"))
            coming += [(doing.at_ms, crowd.group_id, doing, None) for doing in talk]
            if any(crowd.done_ms < due[0] for due in coming):
                break
        for message in self._of_bot(crowd):
            answers = answers_to(character, message.at_ms, self._random(f"{message.id} {crowd.character}"))
            coming += [(doing.at_ms, crowd.group_id, doing, message.id) for doing in answers]
        return [due for due in coming if crowd.done_ms < due[0] <= until_ms]

    def _of_bot(self, crowd: Crowd) -> list[Message]:
        """The bot's messages of the last day in the group, the latest first."""
        since = crowd.done_ms - DAY_MS
        found = []
        for message in self._platform.state.messages.latest():
            if message.at_ms < since:
                break
            if message.chat == crowd.group_id and message.sender == "bot":
                found.append(message)
        return found

    def _random(self, label: str) -> Random:
        return Random(self._platform.ids.chance(f"crowd {label}"))  # noqa: S311 - to be repeated, not to be secret

    def _act(self, due: list[Due]) -> None:
        for at_ms, group_id, doing, message_id in due:
            with contextlib.suppress(RefusedError):  # people leave and quick replies vanish before somebody gets to it
                self._do(group_id, doing, message_id)
            crowd = self._platform.state.crowds.get(group_id)
            if crowd is not None:
                crowd.done_ms = at_ms
                self._platform.state.crowds.put(group_id, crowd)
        self._platform.commit()

    def _do(self, group_id: str, doing: Doing, message_id: str | None) -> None:
        people, members = self._platform.people, self._platform.group(group_id).members
        if not members:
            return
        user = members[doing.who % len(members)]
        if doing.kind == "sticker":
            people.sticker(group_id, user, *STICKERS[doing.choice % len(STICKERS)])
        elif doing.kind == "press" and message_id is not None:
            values = _buttons(self._platform.message(message_id).raw)
            if values:
                people.press(group_id, user, message_id, values[doing.choice % len(values)])
        else:
            words = {"greet": GREETINGS, "quote": ANSWERS}.get(doing.kind, CHATTER)
            people.say(group_id, user, words[doing.choice % len(words)], message_id)


def _buttons(raw: dict[str, Any]) -> list[str]:
    values = []
    for action in actions_in(raw):
        values += [action[key] for key in ACTION_VALUE.get(action.get("type", ""), ()) if action.get(key)]
    return values
