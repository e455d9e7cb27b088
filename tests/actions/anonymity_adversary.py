"""Somebody who wants to know who wrote, and has everything but the keys.

That is the database's file as it lies on the disk (tables, row numbers, free pages, the write-ahead log), copies of it
taken in between, every line any logger wrote, the audit chain. They know each member by the keyed hash under their
views, presses and quotes, and when those happened. Each strategy names an author for comments without a name.
"""

import re
import shutil
import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

SAMPLE = 60
"""Comments that are looked for byte by byte."""
_WAL_HEAD, _FRAME = 32, 24 + 4096
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?")

Guesses = dict[str, str]
"""Who is thought to have written a comment, by the comment's id."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The database as it lay on the disk at `at`: its rows by table, each with its number, and its raw bytes."""

    at: datetime
    tables: dict[str, list[tuple[Any, ...]]]
    raw: bytes
    wal: bytes

    def mentions(self, text: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
        for table, rows in self.tables.items():
            yield from ((table, row) for row in rows if any(text in str(value) for value in row))


@dataclass(slots=True)
class Evidence:
    """All the adversary has. `comments` are the ids of those without a name, in the order of their row numbers."""

    members: list[str]
    copies: list[Copy] = field(default_factory=list)
    lines: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def last(self) -> Copy:
        return self.copies[-1]

    @property
    def comments(self) -> list[str]:
        return [str(row[1]) for row in sorted(self.last.tables["records_comment"]) if "page" in row]

    def events(self) -> list[tuple[datetime, str]]:
        """Who surely did something when: presses to the second, views to the hour, quotes by the audit."""
        found = []
        for table in ("records_acknowledgement", "records_view"):
            found += [(_moment(row), _who(row)) for row in self.last.tables[table]]
        quoted = {str(row[1]): _who(row) for row in self.last.tables["records_comment"] if "quote" in row}
        for row in self.last.tables["records_auditevent"]:
            found += [(_moment(row), who) for comment, who in quoted.items() if comment in row]
        return sorted(found)


def copy(folder: Path, at: datetime) -> Copy:
    """What lies on the disk now."""
    folder.mkdir()
    source = Path(connection.settings_dict["NAME"])
    for end in ("", "-wal"):
        if source.with_name(source.name + end).exists():
            shutil.copy(source.with_name(source.name + end), folder / f"db{end}")
    raw = (folder / "db").read_bytes()
    wal = (folder / "db-wal").read_bytes() if (folder / "db-wal").exists() else b""
    with closing(sqlite3.connect(folder / "db")) as found:
        names = [name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        wanted = [name for name in names if name.startswith("records_") or name == "django_session"]
        tables = {name: found.execute(f"SELECT rowid, * FROM {name}").fetchall() for name in wanted}
    shutil.rmtree(folder)
    return Copy(at, tables, raw, wal)


# The strategies.


def nearest(evidence: Evidence, events: list[tuple[datetime, str]], at: datetime) -> str:
    """Who last did something before."""
    place = bisect_right(events, (at, "g"))
    return events[place - 1][1] if place else evidence.members[0]


def by_moments(evidence: Evidence) -> Guesses:
    """A moment in any row that names the comment."""
    events, found = evidence.events(), {}
    for comment in evidence.comments:
        for _, row in evidence.last.mentions(comment):
            if moments := _MOMENT.findall(" ".join(map(str, row))):
                found[comment] = nearest(evidence, events, _read(moments[0]))
    return found


def by_row_numbers(evidence: Evidence) -> Guesses:
    """Rows of the same table that stand before it, and whose moment the audit knows."""
    known = {str(v): _moment(row) for row in evidence.last.tables["records_auditevent"] for v in row}
    events, found, last = evidence.events(), {}, None
    for row in sorted(evidence.last.tables["records_comment"]):
        pk = str(row[1])
        if "page" not in row:
            last = known.get(pk, last)
        elif last is not None:
            found[pk] = nearest(evidence, events, last + timedelta(minutes=5))
    return found


def by_first_copy(evidence: Evidence) -> Guesses:
    """The first copy that has it in a table: who acted just before that copy was taken?"""
    events, found = evidence.events(), {}
    there = [{str(row[1]) for row in one.tables["records_comment"]} for one in evidence.copies]
    for comment in evidence.comments:
        first = next(number for number, ids in enumerate(there) if comment in ids)
        found[comment] = nearest(evidence, events, evidence.copies[first].at)
    return found


def by_pages(evidence: Evidence) -> Guesses:
    """Page by page as they were written into the log: whose hash came to stand in a page last before its id did?"""
    found: Guesses = {}
    for one in evidence.copies:
        marks = list(_written(one.wal, evidence.members))
        for comment in evidence.comments[:SAMPLE]:
            if comment in found:
                continue
            place = one.wal.find(comment.encode())
            before = [who for at, who in marks if at < place]
            if before:
                found[comment] = before[-1]
    return found


def _written(wal: bytes, members: list[str]) -> Iterator[tuple[int, str]]:
    """Where in the log a page first had one more row of a member than its earlier version, and whose."""
    hashes = re.compile(b"|".join(who.encode() for who in members))
    earlier: dict[int, Counter[bytes]] = defaultdict(Counter)
    for start in range(_WAL_HEAD, len(wal) - _FRAME, _FRAME):
        number = int.from_bytes(wal[start : start + 4], "big")
        now = Counter(hashes.findall(wal, start, start + _FRAME))
        for who in now - earlier[number]:
            if number in earlier and sum((now - earlier[number]).values()) <= 2:
                yield start, who.decode()
        earlier[number] = now


def by_sizes(evidence: Evidence) -> Guesses:
    """Bytes of its length that came to lie in a copy: who acted just before it was taken?"""
    events, found = evidence.events(), {}
    lengths = {
        str(row[1]): next(len(v) for v in row if isinstance(v, bytes))
        for row in evidence.last.tables["records_comment"]
    }
    for comment in evidence.comments:
        for one in evidence.copies[:-1]:
            waits = [len(v) for row in one.tables["records_waitingslot"] for v in row if isinstance(v, bytes)]
            if lengths[comment] in waits:
                found[comment] = nearest(evidence, events, one.at)
                break
    return found


def by_changes(evidence: Evidence) -> Guesses:
    """Slots that changed or grew in number from copy to copy: the last active wrote one of the next batch."""
    events, suspects = evidence.events(), []
    for before, after in zip(evidence.copies, evidence.copies[1:], strict=False):
        old, new = (len(one.tables["records_waitingslot"]) for one in (before, after))
        if old != new or set(before.tables["records_waitingslot"]) != set(after.tables["records_waitingslot"]):
            suspects.append(nearest(evidence, events, after.at))
    return dict(zip(evidence.comments, suspects * 1000, strict=False)) if suspects else {}


def by_lines(evidence: Evidence) -> Guesses:
    """What the logs say of the page, in order, against the order of the rows."""
    events = evidence.events()
    heard = [at for at, line in evidence.lines if "/a/" in line or "comment" in line.lower()]
    return {c: nearest(evidence, events, at) for c, at in zip(evidence.comments, heard, strict=False)}


def by_order(evidence: Evidence) -> Guesses:
    """The n-th row for the n-th reader."""
    events = [who for _, who in evidence.events()]
    comments = evidence.comments
    step = max(1, len(events) // max(1, len(comments)))
    return dict(zip(comments, events[::step], strict=False))


def by_activity(evidence: Evidence) -> Guesses:
    """Whoever was seen most before the batch was opened."""
    counts: defaultdict[str, int] = defaultdict(int)
    for _, who in evidence.events():
        counts[who] += 1
    busiest = max(counts, key=lambda who: counts[who])
    return dict.fromkeys(evidence.comments, busiest)


STRATEGIES = {
    strategy.__name__: strategy
    for strategy in (
        by_moments,
        by_row_numbers,
        by_first_copy,
        by_pages,
        by_sizes,
        by_changes,
        by_lines,
        by_order,
        by_activity,
    )
}


def _moment(row: tuple[Any, ...]) -> datetime:
    return _read(next(str(v) for v in row if isinstance(v, str) and _MOMENT.match(v)))


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _who(row: tuple[Any, ...]) -> str:
    return next(str(v) for v in row if isinstance(v, str) and re.fullmatch(r"[0-9a-f]{64}", v))
