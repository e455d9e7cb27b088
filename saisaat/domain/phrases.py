"""Words of the program itself: Thai, what changes from case to case beside them, so that a page can translate them.

What changes stands in the Thai as %(name)s and is given as a value, never written into it; a literal "%" beside values
is "%%". A value may be a phrase of its own, or a date.
"""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from saisaat.domain.thai import format_date


class Told(Protocol):
    """Anything that says something to a person: a phrase, a refusal."""

    @property
    def template(self) -> str: ...

    @property
    def values(self) -> Mapping[str, object]: ...

    @property
    def message(self) -> str: ...


class Phrase:
    """A sentence or a word. `message` is the whole in Thai, `template % values`."""

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash(self.message)

    def __repr__(self) -> str:
        return f"Phrase({self.message!r})"

    @property
    def message(self) -> str:
        return in_thai(self.template, self.values)


def in_thai(template: str, values: Mapping[str, object]) -> str:
    """The Thai sentence."""
    return template % {name: _in_thai(value) for name, value in values.items()} if values else template


def _in_thai(value: object) -> object:
    if isinstance(value, date):
        return format_date(value, thai_digits=False)
    return getattr(value, "message", value)
