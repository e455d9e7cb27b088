"""A scenario from what was done: the control calls since the platform began, and what the bot said to them."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import Response

from practice_line.control_api import Body, ControlCall
from practice_line.platform import Platform
from practice_line.practice_rows import Deed
from practice_line.state import Message

Step = dict[str, Any]
Maker = Callable[["Recorder", Deed, dict[str, str]], Step | None]

HEAD = "# Recorded by practice-line. Play it: practice-line play THIS-FILE --webhook ADDRESS-OF-YOUR-BOT\n"
ID = re.compile(r"[UC][0-9a-f]{32}|[0-9]{18}")


def scenario_calls(platform: Platform) -> list[ControlCall]:
    def scenario(_: Request, __: Body) -> Response:
        return Response(record(platform), media_type="application/yaml")

    return [("GET", "/_practice/scenario", scenario)]


def record(platform: Platform) -> str:
    """The scenario as YAML, for `practice-line play`."""
    steps = list(Recorder(platform).steps())
    return HEAD + yaml.safe_dump({"steps": steps}, allow_unicode=True, sort_keys=False, width=110)


class Recorder:
    """Names everybody and everything as a scenario does: people and groups by name, messages by m1, m2, ..."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._names: dict[str, str] = {}
        self._deeds = list(platform.state.deeds)
        self._told = {found for deed in self._deeds for found in ID.findall(f"{deed.path} {deed.body}")}

    def steps(self) -> Iterable[Step]:
        said = [message for message in self._platform.state.messages if message.sender == "bot"]
        for deed in self._deeds:
            while said and said[0].seq <= deed.after:
                yield self._expected(said.pop(0))
            step = self._step(deed)
            if step is not None:
                yield step
        yield from map(self._expected, said)

    def name(self, found: str, wish: str = "") -> str:
        """What the scenario calls an id: as before, or from now on `wish`, made unlike all others."""
        if found not in self._names:
            taken, name, number = set(self._names.values()), wish or "m1", 1
            while name in taken:
                number += 1
                name = f"{wish} {number}" if wish else f"m{number}"
            self._names[found] = name
        return self._names[found]

    def spoken(self, deed: Deed, step: Step) -> Step:
        """`step` with a name for its message, where something later speaks of that."""
        found = str(deed.answer.get("messageId"))
        return step | ({"as": self.name(found)} if found in self._told else {})

    def _step(self, deed: Deed) -> Step | None:
        path = deed.path.removeprefix("/_practice/")
        for (method, pattern), make in MAKERS.items():
            found = re.fullmatch(pattern, path)
            if found and method == deed.method:
                return make(self, deed, found.groupdict())
        step: Step = {"method": deed.method, "path": self._dressed(deed.path)}
        return {"call": step | ({"body": self._dressed(deed.body)} if deed.body else {})}

    def _dressed(self, part: Any) -> Any:
        """The same with `${name}` for every id that has a name."""
        if isinstance(part, dict):
            return {key: self._dressed(value) for key, value in part.items()}
        if isinstance(part, list):
            return [self._dressed(value) for value in part]
        if not isinstance(part, str):
            return part
        return ID.sub(lambda found: f"${{{self._names[found[0]]}}}" if found[0] in self._names else found[0], part)

    def _expected(self, message: Message) -> Step:
        where = "group" if message.chat.startswith("C") else "to"
        step: Step = {where: self.name(message.chat), "way": message.way, "type": message.type}
        if message.text is not None:
            step["text"] = message.text
        if message.raw.get("altText"):
            step["alt"] = message.raw["altText"]
        return {"expect": step | ({"as": self.name(message.id)} if message.id in self._told else {})}


def _person(recorder: Recorder, deed: Deed, _: dict[str, str]) -> Step:
    name = deed.body["name"]
    given = recorder.name(deed.answer["userId"], name)
    return {"person": name if given == name else {"name": name, "as": given}}


def _group(recorder: Recorder, deed: Deed, _: dict[str, str]) -> Step:
    name = deed.body["name"]
    given = recorder.name(deed.answer["groupId"], name)
    step: Step = {"name": name, "members": [recorder.name(each) for each in deed.body.get("members") or []]}
    if deed.body.get("otherAccount"):
        step["otherAccount"] = True
    return {"group": step | ({} if given == name else {"as": given})}


def _act(recorder: Recorder, deed: Deed, found: dict[str, str]) -> Step:
    """Talk and presses, in a group or 1:1."""
    body = deed.body
    step: Step = {"group": recorder.name(found["group"])} if "group" in found else {}
    step["person"] = recorder.name(found.get("user") or body["userId"])
    step |= {name: body[name] for name in ("text", "packageId", "stickerId", "params") if name in body}
    if found["act"] == "press":
        return {"press": step | {"button": body["data"], "message": recorder.name(body["messageId"])}}
    if body.get("quotedMessageId"):
        step["quoting"] = recorder.name(body["quotedMessageId"])
    return {found["act"]: recorder.spoken(deed, step)}


def _member(recorder: Recorder, deed: Deed, found: dict[str, str]) -> Step:
    user = found.get("user") or deed.body["userId"]
    verb = "join" if deed.method == "POST" else "leave"
    return {verb: {"group": recorder.name(found["group"]), "person": recorder.name(user)}}


def _message(recorder: Recorder, deed: Deed, found: dict[str, str]) -> Step:
    return {found["act"]: {"message": recorder.name(found["message"]), **deed.body}}


def _fault(recorder: Recorder, deed: Deed, _: dict[str, str]) -> Step:
    body = dict(deed.body)
    if body.get("groupId"):
        body["group"] = recorder.name(body.pop("groupId"))
    return {"fault": body}


def _bot(recorder: Recorder, _: Deed, found: dict[str, str]) -> Step:
    return {found["act"]: {"group": recorder.name(found["group"])}}


def _crowd(recorder: Recorder, deed: Deed, found: dict[str, str]) -> Step:
    return {"crowd": {"group": recorder.name(found["group"]), **deed.body}}


GROUP, PERSON = r"groups/(?P<group>C\w+)", r"people/(?P<user>U\w+)"
ACTS = "(?P<act>say|sticker|image|press)"

MAKERS: dict[tuple[str, str], Maker] = {
    ("POST", "people"): _person,
    ("POST", "groups"): _group,
    ("POST", f"{GROUP}/{ACTS}"): _act,
    ("POST", f"{PERSON}/{ACTS}"): _act,
    ("POST", f"{GROUP}/members"): _member,
    ("DELETE", rf"{GROUP}/members/(?P<user>U\w+)"): _member,
    ("POST", f"{GROUP}/(?P<act>invite-bot|remove-bot)"): _bot,
    ("POST", r"messages/(?P<message>\d+)/(?P<act>unsend|edit)"): _message,
    ("PUT", "clock"): lambda _, deed, __: {"clock": deed.body},
    ("PUT", "quota"): lambda _, deed, __: {"quota": deed.body["limit"]},
    ("PUT", "rules"): lambda _, deed, __: {"rules": deed.body},
    ("POST", "faults"): _fault,
    ("DELETE", "faults"): lambda _, __, ___: {"clear-faults": None},
    ("POST", f"{GROUP}/crowd"): _crowd,
    # Where the bot listens is the player's affair.
    ("PUT", "bot"): lambda _, __, ___: None,
}
