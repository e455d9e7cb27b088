"""The crowd of a rehearsal: the same seed, the same people; they rest on holidays, and the dead say nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from saisaat.domain.cadence import BANGKOK, local_day
from saisaat.rehearsal.crowd import CHATTER, GREETINGS, Crowd, Doing, DoingKind, Mood

MONDAY = date(2027, 2, 1)
DAYS = [MONDAY + timedelta(days=n) for n in range(200)]
PUBLISHED = datetime(2027, 2, 1, 2, 30, tzinfo=UTC)
MEMBERS = 104


def crowd(mood: Mood = Mood.QUIET, seed: int = 1, members: int = MEMBERS) -> Crowd:
    return Crowd(mood=mood, members=members, seed=seed)


def season(found: Crowd, *, rest: bool = False) -> list[Doing]:
    """Every day with one publication."""
    doings = []
    for day in DAYS:
        doings += found.day(day, rest=rest)
        doings += found.answers(datetime.combine(day, time(9, 30), BANGKOK))
    return doings


@pytest.mark.parametrize("mood", [Mood.LIVELY, Mood.QUIET])
def test_the_same_seed_is_the_same_crowd(mood: Mood) -> None:
    first = season(crowd(mood))
    assert first == season(crowd(mood))
    assert first != season(crowd(mood, seed=2))


def test_rest_days_are_quieter() -> None:
    busy, still = crowd(), crowd()
    said = sum(len(busy.day(day, rest=False)) for day in DAYS)
    said_at_rest = sum(len(still.day(day, rest=True)) for day in DAYS)
    assert 0 < said_at_rest < said / 3


def test_the_lively_talk_more_than_the_quiet() -> None:
    assert len(season(crowd(Mood.LIVELY))) > 2 * len(season(crowd(Mood.QUIET)))


def test_the_dead_are_silent() -> None:
    assert season(crowd(Mood.DEAD)) == []


@pytest.mark.parametrize("rest", [False, True])
def test_a_day_is_told_in_order_within_office_life(rest: bool) -> None:
    people = crowd(Mood.LIVELY)
    for day in DAYS:
        doings = people.day(day, rest=rest)
        moments = [doing.at for doing in doings]
        assert moments == sorted(moments)
        for doing in doings:
            assert local_day(doing.at) == day
            assert time(6, 50) <= doing.at.astimezone(BANGKOK).time() <= time(18, 10)
            assert doing.kind in {DoingKind.SAY, DoingKind.STICKER}
            assert (doing.text in {*GREETINGS, *CHATTER}) == (doing.kind is DoingKind.SAY)


def test_a_publication_is_answered_afterwards_by_members() -> None:
    people = crowd(Mood.LIVELY, members=7)
    doings = [doing for _ in range(100) for doing in people.answers(PUBLISHED)]
    assert {doing.kind for doing in doings} == set(DoingKind) - {DoingKind.SAY, DoingKind.STICKER}
    assert {doing.who for doing in doings} == set(range(7))
    for doing in doings:
        assert PUBLISHED < doing.at <= PUBLISHED + timedelta(hours=10)
        assert bool(doing.text) == (doing.kind in {DoingKind.QUOTE, DoingKind.PAGE_COMMENT})
