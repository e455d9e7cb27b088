"""Searching short Thai texts: SQLite's FTS5 over words, for Thai does not put spaces between them.

An index is small (a knowledge bank has some hundred points) and lives in memory, so it is the same beside SQLite and
PostgreSQL, needs no triggers, and cannot go stale: whoever holds one makes another when the texts changed.
"""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from saisaat.typesetting.thai_text import clean, words

# Vowels and tone marks belong to their words; without these categories FTS5 would cut at each of them.
_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
LONGEST_QUERY = 200
POINT_WEIGHTS = (8.0, 6.0, 4.0, 2.0, 1.5)
"""How much a word says in each text of `point_texts`."""


@dataclass(frozen=True, slots=True)
class Document:
    """`fields` are texts, the weightiest first: a word in the first counts most. `key` comes back from a search."""

    key: int
    fields: tuple[str, ...]


class ThaiIndex:
    """Documents that can be searched from several threads."""

    def __init__(self, documents: Iterable[Document], weights: Sequence[float]) -> None:
        self._lock = threading.Lock()
        self._weights = ", ".join(str(weight) for weight in weights)
        self._raw: list[tuple[int, str]] = []
        columns = ", ".join(f"f{number}" for number in range(len(weights)))
        self._data = sqlite3.connect(":memory:", check_same_thread=False)
        self._data.execute(f'CREATE VIRTUAL TABLE found USING fts5({columns}, tokenize="{_TOKENIZER}")')
        marks = ", ".join("?" for _ in range(len(weights) + 1))
        for document in documents:
            self._raw.append((document.key, "\n".join(document.fields).casefold()))
            values = (document.key, *(" ".join(tokens(field)) for field in document.fields))
            self._data.execute(f"INSERT INTO found (rowid, {columns}) VALUES ({marks})", values)  # noqa: S608 - our own names

    def search(self, query: str) -> list[int]:
        """Keys, the best first: documents with every word, then those that hold what was typed between spaces.

        The last word may be half typed. With neither, documents with any of the words.
        """
        found = tokens(query[:LONGEST_QUERY])
        if not found:
            return []
        quoted = ['"' + token.replace('"', '""') + '"' for token in found]
        exact = self._match(" ".join(quoted))
        begun = self._match(" ".join([*quoted[:-1], f"{quoted[-1]}*"]))
        # A dictionary's word may be longer than the one asked for, so that only its letters hold it.
        typed = clean(query[:LONGEST_QUERY]).casefold().split()
        inside = [key for key, text in self._raw if all(part in text for part in typed)]
        together = list(dict.fromkeys([*exact, *begun, *inside]))
        return together or self._match(" OR ".join(quoted))

    def _match(self, expression: str) -> list[int]:
        with self._lock:
            rows = self._data.execute(
                f"SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found, {self._weights}), rowid",  # noqa: S608 - numbers
                [expression],
            )
            return [int(row[0]) for row in rows]


def point_texts(headline: str, tags: Iterable[str], theme: str, body: str, law: str) -> tuple[str, ...]:
    """The texts of a point of knowledge that are searched, the weightiest first."""
    return headline, " ".join(tags), theme, body, law


def tokens(text: str) -> list[str]:
    """The words of a text as the index holds them: no spaces, no marks of punctuation."""
    found = (piece.strip(" \n\u00a0\"'“”‘’()[]{}.,:;!?*^-").casefold() for piece in words(text))
    return [word for word in found if any(letter.isalnum() for letter in word)]
