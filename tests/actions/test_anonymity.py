"""Nobody can be named by what is stored. `anonymity_stage` says what the adversary has and tries."""

from collections.abc import Iterator
from math import comb
from pathlib import Path

import pytest
from django.db import connection

from saisaat.actions import waiting
from saisaat.records import audit, clock
from saisaat.records.models import Comment
from tests.actions import anonymity_stage as stage
from tests.actions.anonymity_adversary import STRATEGIES
from tests.cast import Cast, make_cast
from tests.factories import NOW

WEEKS = 5
BY_CHANCE = 1e-6
"""How unlikely as many hits must be by mere guessing before a strategy counts as having found something."""

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the bytes of PostgreSQL's files are not read")


@pytest.fixture
def cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    monkeypatch.setattr(waiting, "memory", waiting.Memory())
    waiting.memory.settled_here = True
    clock.freeze(NOW)
    yield make_cast()
    clock.freeze(None)


def most_by_chance(guesses: int) -> int:
    """Of so many blind guesses, each right with 1/members, more hits than this come about less than once in a million
    times.
    """
    chance, left = 1 / stage.MEMBERS, 1.0
    for hits in range(guesses + 1):
        left -= comb(guesses, hits) * chance**hits * (1 - chance) ** (guesses - hits)
        if left < BY_CHANCE:
            return hits
    return guesses


def test_no_strategy_names_authors_better_than_chance(cast: Cast, tmp_path: Path) -> None:
    town = stage.Town(cast, tmp_path, seed=4, watch=0.1)
    evidence = town.live(WEEKS)
    assert len(evidence.comments) == WEEKS * stage.A_WEEK == len(town.truth)
    found = {name: strategy(evidence) for name, strategy in STRATEGIES.items()}
    told = {name: (town.hits(guesses), len(guesses), most_by_chance(len(guesses))) for name, guesses in found.items()}
    assert not {name: figures for name, figures in told.items() if figures[0] > figures[2]}
    assert not any("/a/" in line for _, line in evidence.lines)
    assert audit.verify(cast.province.pk) > 0


@pytest.mark.parametrize(
    ("leak", "strategy", "watch"),
    [
        (stage.at_once, "by_row_numbers", 0.0),
        (stage.at_once, "by_first_copy", 1.0),
        (stage.at_once, "by_pages", 1.0),
        (stage.stamped, "by_moments", 0.0),
        (stage.logged, "by_lines", 0.0),
        (stage.unpadded, "by_sizes", 1.0),
    ],
)
def test_each_leak_is_found(cast: Cast, tmp_path: Path, leak: stage.Write, strategy: str, watch: float) -> None:
    """The strategies are no straw men: each finds authors where its leak is there."""
    town = stage.Town(cast, tmp_path, seed=7, watch=watch, write=leak)
    evidence = town.live(1)
    guesses = STRATEGIES[strategy](evidence)
    hits = town.hits(guesses)
    assert hits > most_by_chance(len(guesses))
    assert Comment.everywhere.filter(origin="page").count() == stage.A_WEEK
