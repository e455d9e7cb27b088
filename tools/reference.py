"""Writes docs/reference/ from the program itself, so that it cannot tell something else.

python -m tools.reference            write what changed
python -m tools.reference --check    write nothing; name what is stale and end with 1
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from practice_line.control_openapi import DOCUMENT

from saisaat.cli import Wiring, parser
from saisaat.config.env import SETTINGS
from saisaat.domain.delivery import SETTLEMENTS, TRANSITIONS, Outcome, Settlement, Way
from saisaat.domain.roles import ANYWHERE, BY_OFFICE, MAY, Deed, Role
from saisaat.posters.styles import SHOWN_BY_ALL, STYLES, Style
from saisaat.records.personal import FIELDS, Kept

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
_METHODS = ("get", "post", "put", "patch", "delete")


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    makers: dict[str, Callable[[], Iterator[str]]] = {
        "delivery-states.md": delivery_states,
        "cli.md": command_line,
        "settings.md": settings,
        "roles.md": roles,
        "personal-fields.md": personal_fields,
        "poster-styles.md": poster_styles,
        "practice-line-control.md": practice_line_control,
    }
    note = "<!-- Written by `make docs`. Change the program, not this file. -->"
    return {name: "\n".join([note, "", *make()]).rstrip() + "\n" for name, make in makers.items()}


def stale() -> list[str]:
    """The names of pages that are missing or say something else than the program."""
    return [name for name, text in pages().items() if _read(FOLDER / name) != text]


def delivery_states() -> Iterator[str]:
    """The life of a delivery as a diagram and a table, and what the outcome of a call means."""
    yield "# The states of a delivery"
    yield ""
    yield "A delivery is one plan entry into one group. Why it is so: [delivery](../explanation/delivery.md)."
    yield ""
    yield from ("```mermaid", "stateDiagram-v2", "    [*] --> planned")
    for old, targets in TRANSITIONS.items():
        yield from (f"    {old} --> {new}: {why}" for new, why in targets.items())
        if not targets:
            yield f"    {old} --> [*]"
    yield from ("```", "")
    rows = [(old, new, why) for old, targets in TRANSITIONS.items() for new, why in targets.items()]
    yield from _table(("from", "to", "because"), rows)
    yield ""
    yield "## What the outcome of a call means"
    yield ""
    yield "A channel says how its call ended; this table says what becomes of the delivery. *Again* means that the same"
    yield "call, with the same token or retry key and the same bytes, is made once more."
    yield ""
    ways = list(SETTLEMENTS)
    meanings = [(outcome, *(_settlement(SETTLEMENTS[way][outcome]) for way in ways)) for outcome in Outcome]
    yield from _table(("outcome", *ways), meanings)
    yield ""
    others = ", ".join(f"`{way}`" for way in Way if way not in SETTLEMENTS)
    if others:
        yield f"No call is made for {others}: people share the item themselves."


def command_line() -> Iterator[str]:
    """Every command with its options."""
    yield from ("# The command line", "")
    yield "Exit codes: 0 ok, 1 refused or found wanting, 2 bad usage."
    for command in _commands(parser(_nothing_to_start())):
        yield from ("", f"## `{command.prog}`", "")
        yield from _table(("argument", "what it does"), list(_arguments(command)))


def settings() -> Iterator[str]:
    """Every environment variable."""
    yield from ("# Settings", "")
    yield "Environment variables. `NAME_FILE` may name a file that holds the value instead. A value that cannot be"
    yield "used is refused at the start, with what would be right."
    yield ""
    yield from _table(
        ("variable", "default", "meaning"),
        [(f"`{each.name}`", f"`{each.default}`" if each.default else "empty", each.meaning) for each in SETTINGS],
    )


def roles() -> Iterator[str]:
    """Who may do what."""
    yield from ("# Roles", "")
    yield "An account holds roles; a deed is open to those marked. The deed's name is its name in the audit log."
    yield ""
    rows = [
        (f"`{deed}`", *("●" if role in allowed else "" for role in Role), _reach(deed)) for deed, allowed in MAY.items()
    ]
    yield from _table(("deed", *Role, "held for"), rows)
    yield from ("", "A role is held for the whole province or for one office, whose things alone it then counts for.")


def _reach(deed: Deed) -> str:
    """What the role has to be held for."""
    return "any office" if deed in ANYWHERE else "the thing's office" if deed in BY_OFFICE else "the province"


def personal_fields() -> Iterator[str]:
    """Every stored text by what it may tell about a person."""
    yield from ("# Stored texts and people", "")
    yield "How long each is kept and how it is erased: [privacy](../explanation/privacy.md)."
    yield ""
    rows = [(kept, ", ".join(f"`{name}`" for name, each in FIELDS.items() if each is kept)) for kept in Kept]
    yield from _table(("class", "fields"), rows)


def poster_styles() -> Iterator[str]:
    """Every designed style of poster and what it takes."""
    yield from ("# The styles of posters", "")
    yield "![Every style](../pictures/poster-styles.jpg)"
    yield ""
    yield f"All show {', '.join(f'`{name}`' for name in SHOWN_BY_ALL)}."
    yield "The table names what else a style uses. `day` gives it the colours of a weekday, `colours` the office's two;"
    yield "both are made readable and change nothing else. The planner chooses among those marked *any topic*."
    yield ""
    rows = [
        (f"`{s.name}` {s.title}", s.kind, f"{s.width} × {s.height}", s.about_english, ", ".join(s.takes), _needed(s))
        for s in STYLES.values()
    ]
    yield from _table(("style", "kind", "pixels", "what it is for", "uses", "asks for"), rows)


def _needed(style: Style) -> str:
    return ", ".join(style.needs) or ("any topic" if style.suits_any_topic else "a choice of its own")


def practice_line_control() -> Iterator[str]:
    """The control API of practice-line, from its own OpenAPI description."""
    described = DOCUMENT
    yield from (f"# {described['info']['title']}", "")
    yield "JSON in, JSON out. The shapes are in the program's own description at `/_practice/openapi.json`."
    yield ""
    rows = []
    for path, operations in described["paths"].items():
        for method in _METHODS:
            if method in operations:
                rows.append((f"`{method.upper()} {path}`", _body(operations[method]), operations[method]["summary"]))
    yield from _table(("call", "body", "what it does"), rows)
    yield from ("", "## Bodies", "")
    bodies = {body.strip("`") for _, body, _ in rows if body}
    schemas = described["components"]["schemas"]
    fields = [
        (f"`{name}`", f"`{field}`", "yes" if field in schemas[name].get("required", ()) else "", _kind(shape))
        for name in sorted(bodies)
        for field, shape in schemas[name].get("properties", {}).items()
    ]
    yield from _table(("body", "field", "required", "what it holds"), fields)


def _settlement(settlement: Settlement) -> str:
    again = ", again" if settlement.retry_same_call else ""
    alarm = f", {settlement.alarm}" if settlement.alarm else ""
    return f"{settlement.state}{again}{alarm}"


def _commands(top: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _commands(command)


def _arguments(command: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in command._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            yield from ((f"`{name}`", told.get(name, "")) for name in action.choices)
            continue
        value = action.metavar or ("{" + ",".join(action.choices) + "}" if action.choices else action.dest.upper())
        named = ", ".join(action.option_strings)
        shown = f"{named} {value}" if named and action.nargs != 0 else named or str(value)
        yield f"`{shown}`", action.help or ""


def _nothing_to_start() -> Wiring:
    def nothing(*_: Any, **__: Any) -> Any:
        raise AssertionError("the reference runs no command")

    return Wiring(**dict.fromkeys(Wiring.__dataclass_fields__, nothing))


def _body(operation: dict[str, Any]) -> str:
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return f"`{schema['$ref'].rsplit('/', 1)[-1]}`" if "$ref" in schema else ""


def _kind(shape: dict[str, Any]) -> str:
    """A field's type and description in a few words."""
    if "$ref" in shape:
        return f"`{shape['$ref'].rsplit('/', 1)[-1]}`"
    if "enum" in shape:
        kind = " or ".join(f"`{each}`" for each in shape["enum"])
    else:
        kinds = shape.get("type", "")
        kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "items" in shape:
        kind = f"list of {_kind(shape['items'])}"
    told = shape.get("description", "")
    return f"{kind}: {told}" if kind and told else kind or told


def _table(heads: tuple[str, ...], rows: list[Any]) -> Iterator[str]:
    if rows:
        yield f"| {' | '.join(heads)} |"
        yield f"|{'---|' * len(heads)}"
        yield from (f"| {' | '.join(str(cell).replace('|', '∣') for cell in row)} |" for row in rows)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main() -> int:
    """Write or check; the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="write nothing; end with 1 when something is stale")
    checking = arguments.parse_args().check
    found = stale()
    for name in found:
        print(f"{'stale' if checking else 'written'}: docs/reference/{name}")
        if not checking:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_text(pages()[name], encoding="utf-8")
    return 1 if checking and found else 0


if __name__ == "__main__":
    sys.exit(main())
