"""Where in a document each field was read: the lines themselves, so that a person can compare."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saisaat.domain.proposal.headings import read_prefix
from saisaat.domain.thai import normalise, skeleton, to_arabic_digits

_SHORTEST_PIECE = 10
"""Letters. A shorter word of a value stands in many lines by chance."""
_MISSES = 6
_FARTHEST = 200


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line as printed. `marked`: the field was read here. `asked`: a question is about it. `after_gap`: lines before
    it are left out.
    """

    number: int
    text: str
    marked: bool = False
    asked: bool = False
    after_gap: bool = False


def numbered(text: str) -> list[str]:
    """The lines of a document; line 1 is the first. The numbers are those the reader gives."""
    return normalise(text).split("\n")


def lines_of_fields(
    text: str, evidence: Mapping[str, Mapping[str, Any]], content: Mapping[str, Any]
) -> dict[str, list[int]]:
    """For each field with evidence the lines whose words stand in its value; at least the line of the evidence."""
    lines = [skeleton(to_arabic_digits(line[read_prefix(line).end :])) for line in numbered(text)]
    return {
        name: _lines_of(lines, int(seen["line"]), content.get(_WORDS.get(name, name)))
        for name, seen in evidence.items()
    }


_WORDS = {"period": "period_text"}
"""Fields that hold figures only, and the field that holds the words they were read from."""


def _lines_of(lines: Sequence[str], first: int, value: Any) -> list[int]:
    pieces = [skeleton(to_arabic_digits(piece)) for piece in _texts(value)]
    whole = "\n".join(pieces)
    long = [piece for piece in pieces if len(piece) >= _SHORTEST_PIECE] if isinstance(value, list) else []
    found = {first}
    for step in (1, -1):
        found |= set(_walk(lines, first, step, whole, long))
    return sorted(found)


def _walk(lines: Sequence[str], first: int, step: int, whole: str, pieces: Sequence[str]) -> Iterator[int]:
    """From the line of the evidence up or down, until too many lines in a row have nothing to do with the value."""
    missed = 0
    for number in range(first + step, first + step * _FARTHEST, step):
        if not 1 <= number <= len(lines) or missed > _MISSES:
            return
        line = lines[number - 1]
        if not line:
            continue
        if (len(line) >= _SHORTEST_PIECE and line in whole) or any(piece in line for piece in pieces):
            missed = 0
            yield number
        else:
            missed += 1


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def excerpt(
    lines: Sequence[str], marked: Iterable[int], asked: Iterable[int] = (), *, around: int = 1
) -> list[SourceLine]:
    """The marked lines with `around` lines of text before and after each, and those that questions are about.

    Blank lines are left out.
    """
    wanted = {number for number in marked if 1 <= number <= len(lines)}
    doubted = {number for number in asked if 1 <= number <= len(lines)}
    shown = wanted | doubted
    for number in wanted:
        for step in (1, -1):
            shown |= set(_neighbours(lines, number, step, around))
    found: list[SourceLine] = []
    previous = 0
    for number in sorted(shown):
        text = lines[number - 1].strip()
        if text:
            gap = bool(found) and any(lines[between - 1].strip() for between in range(previous + 1, number))
            found.append(SourceLine(number, text, number in wanted, number in doubted, gap))
            previous = number
    return found


def _neighbours(lines: Sequence[str], number: int, step: int, around: int) -> Iterator[int]:
    found = 0
    while found < around and 1 <= (number := number + step) <= len(lines):
        if lines[number - 1].strip():
            found += 1
            yield number
