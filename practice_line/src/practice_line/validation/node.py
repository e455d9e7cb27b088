"""A place in a request body that checks its own properties and notes what is wrong, in LINE's words.

LINE checks in two stages with two vocabularies: the body as JSON (`messages[0].text`, "May not be empty"), and the
inside of templates and Flex messages (`/body/contents/0/text`, "must be specified").
"""

import re
from collections.abc import Collection
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

Finding = tuple[str, str]


class Node:
    """One JSON object at `path`. `inner` picks LINE's second vocabulary. JSON null counts as absent."""

    __slots__ = ("findings", "inner", "path", "value")

    def __init__(self, value: dict[str, Any], path: str, findings: list[Finding], *, inner: bool) -> None:
        self.value = value
        self.path = path
        self.findings = findings
        self.inner = inner

    def get(self, key: str, otherwise: Any = None) -> Any:
        return self.value.get(key, otherwise)

    def at(self, key: str | int) -> str:
        if not self.inner:
            return f"{self.path}[{key}]" if isinstance(key, int) else f"{self.path}.{key}".lstrip(".")
        return f"{self.path.rstrip('/')}/{key}"

    def wrong(self, key: str | int | None, message: str) -> None:
        self.findings.append((self.path if key is None else self.at(key), message))

    def missing(self, key: str) -> None:
        self.wrong(key, "must be specified" if self.inner else "May not be empty")

    def bad_value(self, key: str) -> None:
        self.wrong(key, "invalid property" if self.inner else "Invalid value")

    def text(self, key: str, longest: int, *, required: bool = True) -> str | None:
        """A string of at most `longest` UTF-16 units; not empty when required."""
        value: object = self.get(key)
        if value is None:
            if required:
                self.missing(key)
            return None
        if not isinstance(value, str):
            self.bad_value(key)
            return None
        if required and not value:
            self.wrong(key, "must be non-empty text" if self.inner else "May not be empty")
        elif utf16_length(value) > longest:
            inner, outer = f"must not be longer than {longest} characters", f"Length must be between 0 and {longest}"
            self.wrong(key, inner if self.inner else outer)
        return value

    def url(self, key: str, *, required: bool = True, longest: int = 2000) -> None:
        """An address a phone will fetch: https, or http on this machine."""
        value = self.text(key, longest, required=required)
        if value and not is_media_url(value):
            self.wrong(key, "invalid uri scheme" if self.inner else "Must be a valid HTTPS URL")

    def whole(self, key: str, low: int, high: int, *, required: bool = True) -> None:
        value = self.get(key)
        if value is None:
            if required:
                self.missing(key)
        elif isinstance(value, bool) or not isinstance(value, int):
            self.bad_value(key)
        elif not low <= value <= high:
            self.wrong(key, "invalid property" if self.inner else f"Must be between {low} and {high}")

    def number(self, key: str, low: float, high: float) -> None:
        value = self.get(key)
        if value is None:
            self.missing(key)
        elif isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.bad_value(key)

    def one_of(self, key: str, allowed: Collection[str], *, required: bool = False) -> str | None:
        value = self.get(key)
        if value is None:
            if required:
                self.missing(key)
            return None
        if not isinstance(value, str) or value not in allowed:
            listed = ", ".join(allowed)
            self.wrong(key, "invalid property" if self.inner else f"Must be one of the following values: [{listed}]")
            return None
        return value

    def matching(self, key: str, pattern: re.Pattern[str], *, required: bool = False) -> None:
        value = self.get(key)
        if value is None:
            if required:
                self.missing(key)
        elif not isinstance(value, str) or not pattern.fullmatch(value):
            self.bad_value(key)

    def flag(self, key: str) -> None:
        if not isinstance(self.get(key), bool | None):
            self.bad_value(key)

    def child(self, key: str, *, required: bool = True) -> "Node | None":
        value = self.get(key)
        if value is None:
            if required:
                self.missing(key)
            return None
        if not isinstance(value, dict):
            self.bad_value(key)
            return None
        return Node(value, self.at(key), self.findings, inner=self.inner)

    def children(self, key: str, fewest: int, most: int, *, required: bool = True) -> list["Node"]:
        """The objects of a list; those that are not objects are noted and left out."""
        value = self.get(key)
        if value is None:
            if required:
                self.missing(key)
            return []
        if not isinstance(value, list):
            self.bad_value(key)
            return []
        if not fewest <= len(value) <= most:
            limits = f"between {fewest} and {most}"
            self.wrong(key, f"size must be {limits}" if self.inner else f"Size must be {limits}")
        under = Node({}, self.at(key), self.findings, inner=self.inner)
        nodes = []
        for index, item in enumerate(value):
            if isinstance(item, dict):
                nodes.append(Node(item, under.at(index), self.findings, inner=self.inner))
            else:
                under.bad_value_at(index)
        return nodes

    def bad_value_at(self, index: int) -> None:
        self.wrong(index, "invalid property" if self.inner else "Invalid value")


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return False


def is_media_url(value: str) -> bool:
    """https with a host. Plain http passes to loopback only: a deviation from LINE, so that one machine is enough."""
    try:
        parts = urlsplit(value)
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
        )
    except ValueError:
        return False
