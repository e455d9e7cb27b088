"""Which days a Thai civil servant has off, by name.

The built-in calendar is the `holidays` package, whose "public" and "government" days are taken together. Two things
it cannot know are corrected here: Labour Day is no holiday for the civil service (and neither is its substitute), and
days the cabinet adds or moves come from an override file.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import holidays

from saisaat.domain.cadence import check_period
from saisaat.queries.yaml_files import Row, read_text, read_yaml

_FILE = "holidays-override.yaml"
_LABOUR = "วันแรงงาน"
_CATEGORIES = ("public", "government")


def civil_holidays(start: date, end: date, override: Path | None = None) -> Mapping[date, str]:
    """Holidays from `start` to `end`, both included, by date, with Thai names; in order of date.

    `override` is an office's file in the form of the shipped one, which it replaces. Raises `Invalid` naming file and
    line where that file is bad, and for a bad period.
    """
    check_period(start, end)
    content, name = _override_text(override)
    found = {day: label for year in range(start.year, end.year + 1) for day, label in _built_in(year).items()}
    _apply(found, read_yaml(content, name, schema=1))
    return MappingProxyType({day: found[day] for day in sorted(found) if start <= day <= end})


def _override_text(path: Path | None) -> tuple[str, str]:
    if path is None:
        return (files("saisaat.data") / _FILE).read_text("utf-8"), _FILE
    return read_text(path), path.name


@lru_cache(maxsize=32)
def _built_in(year: int) -> Mapping[date, str]:
    """The package's days of one year without Labour Day; a day that is also something else keeps its other name."""
    found = {}
    for day, joined in holidays.country_holidays("TH", years=year, categories=_CATEGORIES, language="th").items():
        names = [name.strip() for name in joined.split(";") if _LABOUR not in name]
        if names:
            found[day] = "; ".join(names)
    return MappingProxyType(found)


@lru_cache(maxsize=32)
def english_names(year: int) -> Mapping[str, str]:
    """The English names of the package's days of one year, by their Thai names."""
    thai, english = (
        holidays.country_holidays("TH", years=year, categories=_CATEGORIES, language=language)
        for language in ("th", "en_US")
    )
    names = (pair for day in thai for pair in zip(thai.get_list(day), english.get_list(day), strict=True))
    return MappingProxyType(dict(names))


def _apply(found: dict[date, str], top: Row) -> None:
    """Removals first, so that a day may be taken out and put back under another name."""
    top.only("schema", "add", "remove")
    for row in top.rows("remove"):
        row.only("date", "source", "note")
        row.text("source")
        day = row.day("date", required=True)
        assert day is not None
        found.pop(day, None)
    for row in top.rows("add"):
        row.only("date", "name", "source", "note")
        row.text("source")
        day = row.day("date", required=True)
        assert day is not None
        found[day] = row.text("name", longest=200)
