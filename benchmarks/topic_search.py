"""Searching the knowledge bank in Thai: what is found, how soon, beside two simpler ways.

    python -m benchmarks.topic_search

Queries are the words of each point's own headline: one word that few points hold, and two words together. "found" is
the share of queries that bring the point they came from, "of ten" those that bring it among the first ten, "held" the
share of all points holding the words that is found. The peers: the same FTS5 on raw Thai, and a scan for the substring.
"""

import itertools
import sqlite3
import statistics
import time
from collections.abc import Callable

from saisaat.domain.topics import Topic
from saisaat.queries.knowledge import knowledge_bank
from saisaat.queries.thai_search import POINT_WEIGHTS, Document, ThaiIndex, point_texts, tokens

LIMIT_MS = 100.0
Search = Callable[[str], list[int]]


def fields(point: Topic) -> tuple[str, ...]:
    return point_texts(point.headline, point.tags, point.topic, point.body, f"{point.law} {point.section}")


def raw_fts(bank: tuple[Topic, ...]) -> Search:
    data = sqlite3.connect(":memory:")
    data.execute("CREATE VIRTUAL TABLE found USING fts5(a)")
    for number, point in enumerate(bank):
        data.execute("INSERT INTO found (rowid, a) VALUES (?, ?)", (number, " ".join(fields(point))))

    def search(query: str) -> list[int]:
        words = " ".join(f'"{word}"' for word in query.split())
        return [row[0] for row in data.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank", [words])]

    return search


def scan(bank: tuple[Topic, ...]) -> Search:
    texts = ["\n".join(fields(point)) for point in bank]
    return lambda query: [n for n, text in enumerate(texts) if all(word in text for word in query.split())]


def queries(bank: tuple[Topic, ...]) -> list[tuple[int, str]]:
    found = []
    for number, point in enumerate(bank):
        words = [word for word in tokens(point.headline) if len(word) > 2]
        found += [(number, word) for word in words[:2]]
        found += [(number, " ".join(pair)) for pair in itertools.islice(itertools.pairwise(words), 2)]
    return found


def judge(search: Search, bank: tuple[Topic, ...]) -> tuple[float, float, float, float, float]:
    brought, early, held, times = [], [], [], []
    texts = ["\n".join(fields(point)) for point in bank]
    for number, query in queries(bank):
        start = time.perf_counter()
        found = search(query)
        times.append(time.perf_counter() - start)
        holding = {n for n, text in enumerate(texts) if all(word in text.casefold() for word in query.split())}
        brought.append(number in found)
        early.append(number in found[:10])
        held.append(len(holding & set(found)) / len(holding))
    p95 = statistics.quantiles(times, n=20)[18] * 1e3
    return statistics.mean(brought), statistics.mean(early), statistics.mean(held), statistics.median(times) * 1e3, p95


def main() -> None:
    bank = knowledge_bank()
    start = time.perf_counter()
    index = ThaiIndex([Document(number, fields(point)) for number, point in enumerate(bank)], POINT_WEIGHTS)
    built = (time.perf_counter() - start) * 1e3
    print(f"{len(bank)} points, {len(queries(bank))} queries, index built in {built:.0f} ms")
    print(f"{'':<22}{'found':>7}{'of ten':>8}{'held':>7}{'p50 ms':>9}{'p95 ms':>9}{'limit':>7}")
    for name, search in (("words (ours)", index.search), ("FTS5 on raw Thai", raw_fts(bank)), ("scan", scan(bank))):
        found, early, held, p50, p95 = judge(search, bank)
        print(f"{name:<22}{found:>7.3f}{early:>8.3f}{held:>7.3f}{p50:>9.2f}{p95:>9.2f}{LIMIT_MS:>7.0f}")


if __name__ == "__main__":
    main()
