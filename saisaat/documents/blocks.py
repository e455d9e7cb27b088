"""The pieces a document is made of, one after another: `documents/memo.typ` and `documents/form.typ` draw them as PDF,
`documents.word` as Word.

Keys that start with "_" reach the template untouched (`typesetting.Job`); everything else is text for the reader.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from saisaat.domain.thai import to_thai_digits

Block = dict[str, Any]
Cell = str | dict[str, Any]
Align = Literal["left", "center", "right"]
Look = Literal["met", "unmet", "excused"]
"""How a bar came out, told apart without colour."""


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is centimetres, or None for a share of what the others leave."""

    head: str
    align: Align = "left"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of `bar_chart`; `mark` is the height of the line across it."""

    label: str
    value: int
    mark: int
    look: Look


def heading(text: str, level: int = 1) -> Block:
    return {"_is": "heading", "_level": level, "text": text}


def paragraphs(text: str) -> list[Block]:
    """One block for each non-empty line of `text`."""
    return [paragraph(line) for line in text.splitlines() if line.strip()]


def paragraph(text: str) -> Block:
    return {"_is": "paragraph", "text": text}


def note(text: str) -> Block:
    """Small print under a table."""
    return {"_is": "note", "text": text}


def numbered(items: Iterable[str], prefix: str = "") -> list[Block]:
    """Paragraphs that begin with their number: "๒.๑ ..." for prefix "2.", "๑. ..." without."""
    stop = "" if prefix else "."
    return [paragraph(f"{prefix}{number}{stop} {text}") for number, text in enumerate(items, start=1)]


def page_break() -> Block:
    return {"_is": "page break"}


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, small: bool = False) -> Block:
    """A table whose head is repeated on every page it reaches. A row never splits; `small` is for long lists."""
    return {
        "_is": "table",
        "_widths": [column.width for column in columns],
        "_aligns": [column.align for column in columns],
        "_small": small,
        "caption": caption,
        "head": [column.head for column in columns],
        "rows": [list(row) for row in rows],
    }


def spanning(text: str, rows: int) -> Cell:
    """A cell as tall as `rows` rows, which then stay on one page; they leave this column out."""
    return {"_rows": rows, "text": text}


def bar_chart(title: str, bars: Sequence[Bar], *, legend: Mapping[str, str], spoken: str) -> Block:
    """Bars with a line across each at its `mark`. `legend` names the looks that occur, and "mark".

    `spoken` is read out in place of the picture. The same figures must stand in a table: many bars leave no room
    for numbers.
    """
    return {
        "_is": "bar chart",
        "_alt": to_thai_digits(spoken),
        "_values": [bar.value for bar in bars],
        "_marks": [bar.mark for bar in bars],
        "_looks": [bar.look for bar in bars],
        "labels": [bar.label for bar in bars],
        "numbers": [str(bar.value) for bar in bars],
        "legend": dict(legend),
        "title": title,
    }


_ADDRESS = re.compile(r"[!-~]*(?:://|@|[A-Za-z]\.[A-Za-z])[!-~]*")


def in_thai_digits(value: Any) -> Any:
    """The same data with ๐-๙ in every text a reader sees: official documents use no other digits, except in the
    addresses of pages and letter boxes, which would lead nowhere."""
    if isinstance(value, str):
        kept = _ADDRESS.finditer(value)
        return "".join(_parted(value, [match.span() for match in kept]))
    if isinstance(value, dict):
        return {key: each if key.startswith("_") else in_thai_digits(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [in_thai_digits(each) for each in value]
    return value


def _parted(text: str, kept: Sequence[tuple[int, int]]) -> Iterable[str]:
    done = 0
    for start, end in kept:
        yield to_thai_digits(text[done:start])
        yield text[start:end]
        done = end
    yield to_thai_digits(text[done:])
