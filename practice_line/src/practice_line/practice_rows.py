"""Rows of what steers a practice: faults and what they struck, crowds, and the deeds that make a scenario."""

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Fault:
    """Something that goes wrong on purpose; `faults` says what each kind does.

    It strikes calls of one `endpoint` or events of one `event` type, of one `group_id`, with one `retry_key` (None: of
    any), where `when` is "before" or "after" the call is carried out. Of what fits it strikes everything, or every
    `every`-th, or with `probability`, and it ends after `left` more. `seen` counts what fitted.
    """

    id: str
    kind: str
    when: str
    endpoint: str | None = None
    event: str | None = None
    group_id: str | None = None
    retry_key: str | None = None
    left: int | None = None
    every: int | None = None
    probability: float | None = None
    ms: int | None = None
    size: int | None = None
    seen: int = 0


@dataclass(slots=True)
class Strike:
    """One line of the log of faults: what struck which call or event.

    `status` is what the platform answered where the call was carried out, None where it was not.
    """

    at_ms: int
    fault_id: str | None
    kind: str
    endpoint: str | None = None
    call_id: str | None = None
    status: int | None = None
    event: str | None = None
    event_id: str | None = None
    group_id: str | None = None
    retry_key: str | None = None


@dataclass(slots=True)
class Crowd:
    """A group that lives by itself: `character` is one of `crowd.CHARACTERS`; it has acted up to `done_ms`."""

    group_id: str
    character: str
    done_ms: int


@dataclass(slots=True)
class Deed:
    """A control call that changed something: what was asked, what was answered, and the last message before it."""

    method: str
    path: str
    body: dict[str, Any]
    answer: dict[str, Any]
    after: int
