"""Lists in pages: LINE's continuation tokens, which live for a day."""

import hashlib
import hmac
from collections.abc import Sequence

from practice_line.errors import LineError

TOKEN_MS = 24 * 3600 * 1000


def page(items: Sequence[str], name: str, size: int, start: str | None, now_ms: int) -> tuple[list[str], str | None]:
    """At most `size` of `items` from the continuation token `start` on, and the token of the next page.

    A token belongs to the list called `name`. Raises LineError 400 for any other and for one older than a day.
    """
    first = 0 if start is None else _place(start, name, now_ms)
    last = first + size
    return list(items[first:last]), _token(name, last, now_ms) if last < len(items) else None


def wanted(value: str | None, usual: int, most: int) -> int:
    """The `limit` of a request. Raises LineError 400 where it is no number from 1 to `most`."""
    if value is None:
        return usual
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= most:
        raise LineError(400, "The value for the 'limit' parameter is invalid")
    return int(value)


def _token(name: str, place: int, at_ms: int) -> str:
    text = f"{place:x}.{at_ms:x}"
    return f"{text}.{_seal(name, text)}"


def _place(token: str, name: str, now_ms: int) -> int:
    text, _, seal = token.rpartition(".")
    if not hmac.compare_digest(seal.encode(), _seal(name, text).encode()):
        raise LineError(400, "Invalid start param")
    place, at_ms = (int(part, 16) for part in text.split("."))
    if not at_ms <= now_ms < at_ms + TOKEN_MS:
        raise LineError(400, "Invalid start param")
    return place


def _seal(name: str, text: str) -> str:
    """Keeps honest mistakes out, such as another list's token; it is no secret."""
    return hashlib.sha256(f"{name}:{text}".encode()).hexdigest()[:16]
