"""Reading what an address asks for."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


def read(reader: Callable[[str], Value], text: str) -> Value | None:
    """`text` as `reader` understands it; None for nothing, and for what cannot be read."""
    try:
        return reader(text) if text else None
    except ValueError:
        return None
