"""Plays a scenario through the control API of a practice platform, and says where it went otherwise than expected."""

import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from practice_line.client import Line, PracticeClient, PracticeError
from practice_line.people import ACTION_VALUE, actions_in
from practice_line.scenario import Scenario, later, moment, seconds

# How long an expectation waits for the bot, in seconds of real time, and how often it looks.
PATIENCE = 5.0
LOOK_EVERY = 0.02


class Failed(Exception):
    """The scenario went otherwise than it says, or the platform refused a step; "line 7: ..."."""


class Player:
    """Plays on the platform behind `client`, where it makes its own people and groups.

    Expectations are about what is said from the first step on; each looks at what came after the one before it.
    """

    def __init__(self, client: PracticeClient) -> None:
        self._client = client
        self._ids: dict[str, str] = {"bot": "bot"}
        self._seen: str | None = None
        self._struck = 0

    def play(self, scenario: Scenario) -> None:
        """Raises Failed at the first step that fails, OSError when the platform does not answer."""
        said = self._client.transcript()
        self._seen = said[-1]["id"] if said else None
        self._struck = len(self._client.fault_log())
        for step in scenario.steps:
            act: Callable[[dict[str, Any]], None] = getattr(self, "_" + step.name.replace("-", "_"))
            try:
                act(step.body)
            except (PracticeError, Failed) as error:
                raise Failed(f"line {step.line}: {step.name}: {error}") from None

    def _person(self, body: dict[str, Any]) -> None:
        name = str(body["name"])
        self._ids[str(body.get("as", name))] = self._client.person(name)

    def _group(self, body: dict[str, Any]) -> None:
        name = str(body["name"])
        wish: dict[str, Any] = {"name": name, "members": [self._ids[str(each)] for each in body.get("members") or []]}
        if body.get("otherAccount"):
            wish["otherAccount"] = True
        self._ids[str(body.get("as", name))] = self._client.call("POST", "/_practice/groups", wish)["groupId"]

    def _say(self, body: dict[str, Any]) -> None:
        self._speak("say", body | {"text": str(body["text"])})

    def _sticker(self, body: dict[str, Any]) -> None:
        self._speak("sticker", body)

    def _image(self, body: dict[str, Any]) -> None:
        self._speak("image", body)

    def _press(self, body: dict[str, Any]) -> None:
        data = str(body["button"])
        message = self._ids[str(body["message"])] if "message" in body else self._with_button(self._chat(body), data)
        wish = {"messageId": message, "data": data} | {key: body[key] for key in ("params",) if key in body}
        self._act("press", body, wish)

    def _unsend(self, body: dict[str, Any]) -> None:
        self._client.unsend(self._ids[str(body["message"])])

    def _edit(self, body: dict[str, Any]) -> None:
        self._client.edit(self._ids[str(body["message"])], str(body["text"]))

    def _join(self, body: dict[str, Any]) -> None:
        self._client.join(self._ids[str(body["group"])], self._ids[str(body["person"])])

    def _leave(self, body: dict[str, Any]) -> None:
        self._client.leave(self._ids[str(body["group"])], self._ids[str(body["person"])])

    def _invite_bot(self, body: dict[str, Any]) -> None:
        self._client.call("POST", f"/_practice/groups/{self._ids[str(body['group'])]}/invite-bot", {})

    def _remove_bot(self, body: dict[str, Any]) -> None:
        self._client.call("POST", f"/_practice/groups/{self._ids[str(body['group'])]}/remove-bot", {})

    def _clock(self, body: dict[str, Any]) -> None:
        now = moment(body["now"])
        self._client.set_clock(now, running=body.get("running") is not False, settle_ms=body.get("settleMs", 0))

    def _wait(self, body: dict[str, Any]) -> None:
        clock = self._client.clock()
        now = later(clock["now"], body["time"])
        self._client.set_clock(now, running=clock["running"], settle_ms=body.get("settleMs", 0))

    def _quota(self, body: dict[str, Any]) -> None:
        self._client.set_quota(body["limit"])

    def _rules(self, body: dict[str, Any]) -> None:
        self._client.set_rules(**body)

    def _fault(self, body: dict[str, Any]) -> None:
        wish = {key: value for key, value in body.items() if key != "group"}
        if "group" in body:
            wish["groupId"] = self._ids[str(body["group"])]
        self._client.call("POST", "/_practice/faults", wish)

    def _clear_faults(self, _: dict[str, Any]) -> None:
        self._client.clear_faults()

    def _crowd(self, body: dict[str, Any]) -> None:
        self._client.crowd(self._ids[str(body["group"])], body["character"])

    def _call(self, body: dict[str, Any]) -> None:
        self._client.call(body["method"], quote(self._dressed(body["path"]), "/?=&"), self._dressed(body.get("body")))

    def _expect(self, body: dict[str, Any]) -> None:
        line = self._awaited(body, PATIENCE)
        if line is None:
            said = [each for each in self._client.transcript(after=self._seen) if each["from"] == "bot"]
            shown = "; ".join(_shown(each) for each in said) or "nothing"
            raise Failed(f"no such message came. The bot said since then: {shown}")
        self._seen = line["id"]
        if "as" in body:
            self._ids[str(body["as"])] = line["id"]

    def _expect_none(self, body: dict[str, Any]) -> None:
        line = self._awaited(body, 1.0)
        if line is not None:
            raise Failed(f"but this came: {_shown(line)}")

    def _expect_fault(self, body: dict[str, Any]) -> None:
        wanted = {key: value for key, value in body.items() if key != "within"}
        end = time.monotonic() + seconds(body.get("within", PATIENCE))
        while True:
            for strike in self._client.fault_log():
                found = {**strike}
                if strike["number"] > self._struck and all(found.get(key) == value for key, value in wanted.items()):
                    self._struck = strike["number"]
                    return
            if time.monotonic() > end:
                raise Failed("no such fault struck")
            time.sleep(LOOK_EVERY)

    def _awaited(self, body: dict[str, Any], patience: float) -> Line | None:
        """The next fitting message that comes in time."""
        end = time.monotonic() + seconds(body.get("within", patience))
        while True:
            for line in self._client.transcript(after=self._seen):
                if self._fits(line, body):
                    return line
            if time.monotonic() > end:
                return None
            time.sleep(LOOK_EVERY)

    def _fits(self, line: Line, body: dict[str, Any]) -> bool:
        found: dict[str, Any] = {**line, "alt": line["raw"].get("altText")}
        wanted: dict[str, Any] = {key: body[key] for key in ("way", "type", "cost", "text", "alt") if key in body}
        wanted["from"] = self._ids[str(body.get("from", "bot"))]
        if "group" in body:
            wanted["groupId"] = self._ids[str(body["group"])]
        if "to" in body:
            wanted["to"] = self._ids[str(body["to"])]
        text = line.get("text") or ""
        return (
            all(found.get(key) == value for key, value in wanted.items())
            and str(body.get("contains", "")) in text
            and re.search(str(body.get("matches", "")), text) is not None
            and ("button" not in body or str(body["button"]) in _buttons(line))
        )

    def _speak(self, act: str, body: dict[str, Any]) -> None:
        names = ("text", "packageId", "stickerId", "contentType", "data")
        wish = {key: body[key] for key in names if key in body}
        if "quoting" in body:
            wish["quotedMessageId"] = self._ids[str(body["quoting"])]
        answer = self._act(act, body, wish)
        if "as" in body:
            self._ids[str(body["as"])] = answer["messageId"]

    def _act(self, act: str, body: dict[str, Any], wish: dict[str, Any]) -> dict[str, Any]:
        person = self._ids[str(body["person"])]
        if "group" not in body:
            return self._client.call("POST", f"/_practice/people/{person}/{act}", wish)
        wish = {"userId": person, **wish}
        return self._client.call("POST", f"/_practice/groups/{self._chat(body)}/{act}", wish)

    def _chat(self, body: dict[str, Any]) -> str:
        return self._ids[str(body.get("group", body["person"]))]

    def _with_button(self, chat: str, data: str) -> str:
        """The bot's latest message in a chat with such a button; it is waited for."""
        end = time.monotonic() + PATIENCE
        while True:
            for line in reversed(self._client.transcript()):
                if chat in (line["groupId"], line.get("to")) and line["from"] == "bot" and data in _buttons(line):
                    return str(line["id"])
            if time.monotonic() > end:
                raise Failed("no message of the bot has such a button")
            time.sleep(LOOK_EVERY)

    def _dressed(self, part: Any) -> Any:
        """The same with the id in place of every `${name}`."""
        if isinstance(part, dict):
            return {key: self._dressed(value) for key, value in part.items()}
        if isinstance(part, list):
            return [self._dressed(value) for value in part]
        if not isinstance(part, str):
            return part
        try:
            return re.sub(r"\$\{([^}]*)\}", lambda found: self._ids[found[1]], part)
        except KeyError as name:
            raise Failed(f"nobody and nothing is called {name}") from None


def _buttons(line: Line) -> set[str]:
    values = set()
    for action in actions_in(line["raw"]):
        values |= {str(action[key]) for key in ACTION_VALUE.get(action.get("type", ""), ()) if action.get(key)}
    return values


def _shown(line: Line) -> str:
    said = line.get("text") or line["raw"].get("altText") or ""
    return json.dumps({"way": line["way"], "type": line["type"], "text": said}, ensure_ascii=False)
