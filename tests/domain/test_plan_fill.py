from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK, Kind, Per, Quota, SpanResult, judge
from saisaat.domain.plan import ClipChoice, PlannedEntry, PlanRequest, deadline_of, make_plan, planned_reach
from saisaat.domain.plan_dates import is_quiet, owed_spans
from saisaat.domain.plan_fill import SOONEST, Filling, fill_plan
from saisaat.domain.plan_stories import Choice, PlanGroup
from saisaat.domain.topics import Audience, suits, valid_on
from tests.domain.topic_bank import make_bank

STAFF, NETWORK = PlanGroup("staff", Audience.STAFF), PlanGroup("network", Audience.NETWORK)
REQUEST = PlanRequest(
    period_start=date(2020, 6, 1),
    period_end=date(2020, 7, 26),
    quotas=(Quota(Kind.POSTER, 3, Per.WEEK), Quota(Kind.CLIP, 1, Per.MONTH)),
    groups=(STAFF, NETWORK),
    topics=make_bank(30, 20),
    styles=("square", "portrait"),
    holidays={date(2020, 6, 3): "วันหยุด"},
)
PLAN = make_plan(REQUEST).entries
BEFORE = datetime(2020, 5, 20, 9, 0, tzinfo=BANGKOK)
OWED = owed_spans(REQUEST.period_start, REQUEST.period_end, REQUEST.week_rule, REQUEST.quotas)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2020, month, day, hour, minute, tzinfo=BANGKOK)


def results(entries: Sequence[PlannedEntry]) -> list[SpanResult]:
    keys = [group.key for group in REQUEST.groups]
    return [result for quota, found in OWED for result in judge(found, planned_reach(entries, quota.kind), keys)]


def without(*days: date) -> list[PlannedEntry]:
    return [entry for entry in PLAN if entry.at.date() not in days]


def fill(entries: Sequence[PlannedEntry], now: datetime = BEFORE, excused: Sequence[date] = ()) -> Filling:
    return fill_plan(REQUEST, entries, now, excused)


def test_a_whole_plan_is_left_alone():
    assert fill(PLAN) == Filling((), ())


def test_an_empty_plan_is_filled_like_a_new_one():
    filled = fill([])
    assert Counter(entry.kind for entry in filled.entries) == {ItemKind.POSTER: 24, ItemKind.CLIP: 2}
    assert filled.short == ()
    days = [entry.at.date() for entry in filled.entries]
    assert len(set(days)) == len(days)
    assert all(day.weekday() < 5 and day not in REQUEST.holidays for day in days)


def test_only_what_is_missing_is_added_to_the_group_that_misses_it():
    wednesday = next(e for e in PLAN if e.kind is ItemKind.POSTER and e.at.date() == date(2020, 6, 17))
    staff_only = replace(wednesday, per_group={"staff": wednesday.per_group["staff"]})
    filled = fill([*without(wednesday.at.date()), staff_only])
    (added,) = filled.entries
    assert list(added.per_group) == ["network"]
    assert date(2020, 6, 15) <= added.at.date() <= date(2020, 6, 21)
    assert added.no == max(entry.no for entry in PLAN) + 1


def test_nothing_is_added_to_the_past_or_to_an_excused_week():
    gone = without(date(2020, 6, 15), date(2020, 6, 17), date(2020, 7, 1))
    monday = date(2020, 6, 15)
    assert {entry.at.isocalendar()[1] for entry in fill(gone).entries} == {25, 27}
    assert {entry.at.isocalendar()[1] for entry in fill(gone, excused=[monday]).entries} == {27}
    later = fill(gone, now=at(6, 22))
    assert {entry.at.isocalendar()[1] for entry in later.entries} == {27}
    assert [span.start for _, span in later.short] == [monday], "what can no longer be met is said"


def test_the_last_hours_of_a_week_are_still_used():
    sunday = at(6, 21, 10, 15)
    filled = fill(without(date(2020, 6, 15), date(2020, 6, 17)), now=sunday)
    assert [entry.at for entry in filled.entries] == [at(6, 21, 13, 30), at(6, 21, 10, 45)][::-1]
    assert fill(without(date(2020, 6, 15)), now=at(6, 21, 19, 45)).entries == ()


def test_a_reviewed_clip_is_used_once():
    clipless = [entry for entry in PLAN if entry.kind is not ItemKind.CLIP]
    request = replace(REQUEST, clips=(ClipChoice("c1", "คลิปหนึ่ง"),))
    june, july = fill_plan(request, clipless, BEFORE).entries
    assert [choice.clip_id for choice in june.per_group.values()] == ["c1", "c1"]
    assert [choice.clip_id for choice in july.per_group.values()] == [None, None]
    assert (june.title, july.title[:4]) == ("คลิปหนึ่ง", "คลิป")


def test_no_topic_no_entry_and_the_shortage_is_named():
    bare = replace(REQUEST, topics=make_bank(2, 0), groups=(STAFF,), quotas=(Quota(Kind.POSTER, 3, Per.WEEK),))
    filled = fill_plan(bare, [], BEFORE)
    assert len(filled.short) == 8
    assert Counter(entry.at.isocalendar()[1] for entry in filled.entries) == dict.fromkeys(range(23, 31), 2)


def test_nothing_is_put_before_the_announcement():
    told = replace(PLAN[0], at=at(7, 6, 8, 30))
    assert min(entry.at for entry in fill([told]).entries) > told.at


@st.composite
def changed_plans(draw: st.DrawFn) -> list[PlannedEntry]:
    """The plan after people worked on it: entries gone, moved anywhere, or kept for one group only."""
    entries = [PLAN[0]]
    for entry in PLAN[1:]:
        fate = draw(st.sampled_from(["kept", "kept", "gone", "moved", "one group"]))
        if fate == "moved":
            ahead = timedelta(days=draw(st.integers(0, 55)), minutes=15 * draw(st.integers(0, 40)))
            entry = replace(entry, at=at(6, 1, 9, 15) + ahead)
        if fate == "one group":
            key = draw(st.sampled_from(["staff", "network"]))
            entry = replace(entry, per_group={key: entry.per_group[key]})
        entries += [] if fate == "gone" else [entry]
    return entries


@settings(max_examples=25, deadline=None)
@given(entries=changed_plans(), days=st.integers(0, 60), mondays=st.sets(st.integers(0, 7), max_size=3))
def test_filling_makes_no_span_worse_and_a_second_filling_changes_nothing(entries, days, mondays):
    now = at(5, 30) + timedelta(days=days)
    excused = [date(2020, 6, 1) + timedelta(weeks=number) for number in sorted(mondays)]
    filled = fill(entries, now, excused)
    whole = [*entries, *filled.entries]
    for before, after in zip(results(entries), results(whole), strict=True):
        assert all(after.by_group[key] >= before.by_group[key] for key in before.by_group)
    assert fill(whole, now, excused).entries == ()
    topics = {topic.id: topic for topic in REQUEST.topics}
    audiences = {"staff": Audience.STAFF, "network": Audience.NETWORK}
    for entry in filled.entries:
        assert entry.at >= now + SOONEST and entry.at > PLAN[0].at
        assert entry.at < entry.deadline
        assert not is_quiet(entry.at.time(), REQUEST.quiet_hours)
        for key, choice in entry.per_group.items():
            if choice.topic_id:
                topic = topics[choice.topic_id]
                assert suits(topic, audiences[key]) and valid_on(topic, entry.at.date())
        near = [e for e in whole if e is not entry and abs(e.at - entry.at) < timedelta(minutes=15)]
        assert not near
    short = {(quota.kind, span.start) for quota, span in filled.short}
    possible = [
        result
        for result in results(whole)
        if not result.met and result.span.end > now.date() + timedelta(days=1) and result.span.days == 7
    ]
    assert all((Kind.POSTER, r.span.start) in short or r.span.start in excused for r in possible)
    assert not [r for r in possible if r.span.start not in excused], "with topics and days left nothing stays short"


def test_the_deadline_stays_inside_the_week():
    filled = fill(without(date(2020, 6, 19)))
    (entry,) = filled.entries
    assert entry.deadline == deadline_of(REQUEST, OWED, entry.kind, entry.at)


@pytest.mark.parametrize("quiet", [(time(20, 0), time(8, 0)), (time(12, 0), time(13, 0)), (time(0, 0), time(6, 0))])
def test_quiet_hours_are_kept(quiet):
    request = replace(REQUEST, quiet_hours=quiet, publish_times=(time(11, 30), time(9, 0)), announce_at=time(8, 30))
    for entry in fill_plan(request, [], BEFORE).entries:
        assert not is_quiet(entry.at.time(), quiet)


def test_a_topic_that_comes_again_says_when_it_was_seen():
    few = replace(REQUEST, topics=make_bank(6, 0), groups=(STAFF,))
    filled = fill_plan(few, [], BEFORE)
    again = [e.per_group["staff"] for e in filled.entries if e.per_group["staff"].reused]
    assert len(again) == 24 - 6
    assert all("ใช้หัวข้อซ้ำ" in choice.reuse_note for choice in again)
    assert isinstance(again[0], Choice)
