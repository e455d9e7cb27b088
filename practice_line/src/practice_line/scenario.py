"""Reads scenarios: YAML with a list of steps, every fault in it named with its line before the first step is played."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

# What each step may say, and what it must. A step without properties is written as its name alone.
WHAT_A_LINE_SAYS = {"group", "to", "from", "way", "type", "text", "contains", "matches", "alt", "button", "cost"}
STEPS: dict[str, tuple[set[str], set[str]]] = {
    "person": ({"name"}, {"as"}),
    "group": ({"name"}, {"members", "otherAccount", "as"}),
    "say": ({"person", "text"}, {"group", "quoting", "as"}),
    "sticker": ({"person"}, {"group", "packageId", "stickerId", "quoting", "as"}),
    "image": ({"person"}, {"group", "contentType", "data", "as"}),
    "press": ({"person", "button"}, {"group", "message", "params"}),
    "unsend": ({"message"}, set()),
    "edit": ({"message", "text"}, set()),
    "join": ({"group", "person"}, set()),
    "leave": ({"group", "person"}, set()),
    "invite-bot": ({"group"}, set()),
    "remove-bot": ({"group"}, set()),
    "clock": ({"now"}, {"running", "settleMs"}),
    "wait": ({"time"}, {"settleMs"}),
    "quota": ({"limit"}, set()),
    "fault": (
        {"kind"},
        {"endpoint", "event", "group", "retryKey", "when", "next", "every", "probability", "ms", "size"},
    ),
    "clear-faults": (set(), set()),
    "crowd": ({"group", "character"}, set()),
    "expect": (set(), WHAT_A_LINE_SAYS | {"within", "as"}),
    "expect-none": (set(), WHAT_A_LINE_SAYS | {"within"}),
    "expect-fault": ({"kind"}, {"endpoint", "event", "accepted", "status", "within"}),
    "call": ({"method", "path"}, {"body"}),
}
# What a step means that is written with a bare value: `person: ก`, `wait: 90`.
SHORT = {"person": "name", "clock": "now", "wait": "time", "quota": "limit"}
HEAD = {"seed", "steps"}
TIME = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d)?")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class ScenarioError(Exception):
    """The scenario cannot be read: one fault a line, each as "line 7: ..."."""


@dataclass(frozen=True, slots=True)
class Step:
    line: int
    name: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scenario:
    steps: list[Step]
    seed: int | None = None


class Block(dict[Any, Any]):
    """A mapping that knows the line it starts in."""

    line = 0


class Loader(yaml.SafeLoader):
    """YAML's safe types; every mapping knows its line, and no key may come twice."""


def _mapping(loader: Loader, node: yaml.MappingNode) -> Block:
    block = Block()
    block.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in block:
            raise ScenarioError(f"line {key_node.start_mark.line + 1}: {key} stands here twice")
        block[key] = loader.construct_object(value_node, deep=True)
    return block


Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(path: Path) -> Scenario:
    """The scenario in a file. Raises ScenarioError, or OSError where there is no such file."""
    return parse(path.read_text("utf-8"))


def parse(text: str) -> Scenario:
    try:
        found = yaml.load(text, Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise ScenarioError(f"{where}{getattr(error, 'problem', None) or error}") from None
    except RecursionError:
        raise ScenarioError("it is nested too deeply") from None
    if not isinstance(found, Block) or not isinstance(found.get("steps"), list) or set(found) - HEAD:
        raise ScenarioError("line 1: a scenario has `steps`, a list, and may have a `seed`")
    if not isinstance(found.get("seed"), int | None):
        raise ScenarioError("line 1: `seed` is a whole number")
    steps, wrong, last = [], [], found.line
    for part in found["steps"]:
        last = part.line if isinstance(part, Block) else last
        try:
            steps.append(_step(part, last))
        except ScenarioError as error:
            wrong.append(str(error))
    wrong += _unknown_names(steps)
    if wrong:
        raise ScenarioError("\n".join(wrong))
    return Scenario(steps, found.get("seed"))


def seconds(value: Any) -> float:
    """Seconds from a number, or from words such as 90s, 15m, 2h, 3d. Raises ValueError."""
    found = TIME.fullmatch(str(value).strip())
    if isinstance(value, bool) or found is None:
        raise ValueError(f"{value!r} is no time such as 90, 15m, 2h or 3d")
    return float(found[1]) * SECONDS[found[2] or "s"]


def moment(value: Any) -> datetime:
    """An aware time from YAML's own or ISO 8601. Raises ValueError."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if found.tzinfo is None or found.utcoffset() is None:
        raise ValueError("a time needs an offset, such as 2026-01-31T09:00:00+07:00")
    return found


def later(now: str, time: Any) -> datetime:
    return datetime.fromisoformat(now) + timedelta(seconds=seconds(time))


def _step(part: Any, near: int) -> Step:
    if isinstance(part, str):
        part = {part: None}
    if not isinstance(part, dict) or len(part) != 1:
        raise ScenarioError(f"line {near}: a step is one of {', '.join(STEPS)}, rules, with what it needs")
    [(name, body)] = part.items()
    if name == "rules":
        return Step(near, name, _as_mapping(name, body, near))
    if name not in STEPS:
        raise ScenarioError(f"line {near}: there is no step {name}; steps are {', '.join(STEPS)}, rules")
    if not isinstance(body, dict) and name in SHORT and (body is not None or name == "quota"):
        body = {SHORT[name]: body}
    body = _as_mapping(name, body, near)
    must, may = STEPS[name]
    for missing in sorted(must - set(body)):
        raise ScenarioError(f"line {near}: {name} needs `{missing}`")
    for foreign in sorted(map(str, set(body) - must - may)):
        raise ScenarioError(f"line {near}: {name} has no `{foreign}`")
    _check_values(name, body, near)
    return Step(near, name, body)


def _as_mapping(name: str, body: Any, near: int) -> dict[str, Any]:
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise ScenarioError(f"line {near}: {name} takes properties, as `{name}: {{...}}`")
    return dict(body)


def _check_values(name: str, body: dict[str, Any], near: int) -> None:
    try:
        if name == "clock":
            moment(body["now"])
        if name == "wait":
            seconds(body["time"])
        if "within" in body:
            seconds(body["within"])
        if "matches" in body:
            re.compile(str(body["matches"]))
    except (ValueError, re.error) as error:
        raise ScenarioError(f"line {near}: {name}: {error}") from None


def _unknown_names(steps: list[Step]) -> list[str]:
    """People, groups and messages that a step speaks of before any step has named them."""
    known: set[str] = {"bot"}
    wrong = []
    for step in steps:
        body = step.body
        spoken = [body.get(key) for key in ("person", "group", "message", "quoting", "to", "from")]
        if step.name not in ("person", "group"):
            wrong += [_unknown(step, each) for each in spoken if each is not None and str(each) not in known]
        else:
            members = body.get("members") or []
            wrong += [_unknown(step, each) for each in members if str(each) not in known]
            known.add(str(body.get("as") or body["name"]))
        if "as" in body:
            known.add(str(body["as"]))
    return wrong


def _unknown(step: Step, name: Any) -> str:
    return f"line {step.line}: nobody and nothing is called {name} by now"
