"""The control API for tests and scripts in Python: people, groups, talk, clock, quota, faults, transcript.

Over HTTP, synchronous, without anything but the standard library.
"""

import json
from datetime import datetime
from typing import Any, NotRequired, TypedDict
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

# The practice platform is on this machine; a proxy from the environment must not see the calls.
_OPENER = build_opener(ProxyHandler({}))

Line = TypedDict(
    "Line",
    {
        "id": str,
        "groupId": str | None,
        "at": str,
        "from": str,
        "way": str,
        "cost": int,
        "type": str,
        "raw": dict[str, Any],
        "text": NotRequired[str],
        "to": NotRequired[str],
        "callId": NotRequired[str],
        "unsent": NotRequired[bool],
        "edited": NotRequired[bool],
    },
)
"""One message of the transcript; `from` is a person's id or "bot"."""


class Strike(TypedDict):
    """One line of the log of faults. `accepted` says of a call that it was carried out although nobody was told."""

    number: int
    at: str
    kind: str
    faultId: NotRequired[str]
    endpoint: NotRequired[str]
    callId: NotRequired[str]
    status: NotRequired[int]
    accepted: NotRequired[bool]
    event: NotRequired[str]
    webhookEventId: NotRequired[str]
    groupId: NotRequired[str]
    retryKey: NotRequired[str]


class Pressed(TypedDict):
    """What a press did: `opened` is an address, `copied` a text, `messageId` what the button made the person say."""

    action: str
    opened: NotRequired[str]
    copied: NotRequired[str]
    messageId: NotRequired[str]


class Clock(TypedDict):
    now: str
    running: bool


class Quota(TypedDict):
    limit: int | None
    used: int


class PracticeError(Exception):
    """The control API refused. `status` is 400, 404, 409 or 413; the text says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class PracticeClient:
    """Acts as everybody around the bot of one practice platform at `url`. OSError when nobody answers there."""

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        self._timeout = timeout

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Any call of the control API, `path` from the root: its JSON, or PracticeError."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, data, {"content-type": "application/json"}, method=method)  # noqa: S310
        try:
            with _OPENER.open(request, timeout=self._timeout) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except HTTPError as refusal:
            with refusal:
                raise PracticeError(refusal.code, _message(refusal.read())) from None

    def text(self, path: str) -> str:
        """What a GET answers that is not JSON."""
        with _OPENER.open(self.url + path, timeout=self._timeout) as answer:
            found: str = answer.read().decode()
            return found

    def set_webhook(self, url: str | None) -> None:
        """Where the bot listens; None for nowhere."""
        self.call("PUT", "/_practice/bot", {"webhook": url})

    def person(self, name: str) -> str:
        """Make a person; their user id."""
        return str(self.call("POST", "/_practice/people", {"name": name})["userId"])

    def group(self, name: str, members: list[str]) -> str:
        """Make a group of people's ids, which the bot joins; its id."""
        return str(self.call("POST", "/_practice/groups", {"name": name, "members": members})["groupId"])

    def join(self, group: str, person: str) -> None:
        self.call("POST", f"/_practice/groups/{group}/members", {"userId": person})

    def leave(self, group: str, person: str) -> None:
        self.call("DELETE", f"/_practice/groups/{group}/members/{person}")

    def say(self, chat: str, person: str, text: str, *, quoting: str | None = None) -> str:
        """A person writes, in a group or (with their own id as `chat`) to the account alone; the message's id."""
        return self._speak(chat, person, "say", {"text": text, "quotedMessageId": quoting})

    def sticker(self, chat: str, person: str, package: str = "11537", sticker: str = "52002734") -> str:
        return self._speak(chat, person, "sticker", {"packageId": package, "stickerId": sticker})

    def image(self, chat: str, person: str) -> str:
        return self._speak(chat, person, "image", {})

    def press(self, chat: str, person: str, message: str, data: str) -> Pressed:
        """Press the button of a bot's message that carries `data`: postback data, address, or text."""
        found: Any = self._act(chat, person, "press", {"messageId": message, "data": data})
        pressed: Pressed = found
        return pressed

    def unsend(self, message: str) -> None:
        self.call("POST", f"/_practice/messages/{message}/unsend")

    def edit(self, message: str, text: str) -> None:
        self.call("POST", f"/_practice/messages/{message}/edit", {"text": text})

    def clock(self) -> Clock:
        found: Any = self.call("GET", "/_practice/clock")
        clock: Clock = found
        return clock

    def set_clock(self, now: datetime, *, running: bool = False, settle_ms: int = 0) -> None:
        """Move to an aware `now`; crowds live through the time between, `settle_ms` of real time apart."""
        body = {"now": now.isoformat(), "running": running, "settleMs": settle_ms}
        self.call("PUT", "/_practice/clock", body)

    def quota(self) -> Quota:
        found: Any = self.call("GET", "/_practice/quota")
        quota: Quota = found
        return quota

    def set_quota(self, limit: int | None) -> None:
        self.call("PUT", "/_practice/quota", {"limit": limit})

    def set_rules(self, **rules: Any) -> dict[str, Any]:
        """Change switches, by the names of the control API: `set_rules(redelivery=True)`. All as they are then."""
        return self.call("PUT", "/_practice/rules", rules)

    def crowd(self, group: str, character: str) -> None:
        """Let a group live by itself: lively, morning-only, quiet, holiday or dead."""
        self.call("POST", f"/_practice/groups/{group}/crowd", {"character": character})

    def fault(self, kind: str, **selection: Any) -> str:
        """Set a fault, by the names of the control API: `fault("timeout", endpoint=..., next=1)`. Its id."""
        return str(self.call("POST", "/_practice/faults", {"kind": kind, **selection})["faultId"])

    def clear_faults(self) -> None:
        self.call("DELETE", "/_practice/faults")

    def fault_log(self) -> list[Strike]:
        """Every call and event that a fault struck, in order."""
        found: list[Strike] = self.call("GET", "/_practice/faults/log")["log"]
        return found

    def transcript(self, *, group: str | None = None, after: str | None = None) -> list[Line]:
        """What was said, in the order of acceptance: everywhere or in one group, since message `after`."""
        asked = [f"{name}={value}" for name, value in (("groupId", group), ("after", after)) if value is not None]
        query = "?" + "&".join(asked) if asked else ""
        found: list[Line] = self.call("GET", f"/_practice/transcript{query}")["messages"]
        return found

    def _speak(self, chat: str, person: str, act: str, body: dict[str, Any]) -> str:
        return str(self._act(chat, person, act, body)["messageId"])

    def _act(self, chat: str, person: str, act: str, body: dict[str, Any]) -> dict[str, Any]:
        place = f"people/{person}" if chat == person else f"groups/{chat}"
        who = {} if chat == person else {"userId": person}
        given = {name: value for name, value in body.items() if value is not None}
        return self.call("POST", f"/_practice/{place}/{act}", who | given)


def _message(body: bytes) -> str:
    try:
        return str(json.loads(body)["message"])
    except (ValueError, KeyError, TypeError):
        return body.decode(errors="replace")
