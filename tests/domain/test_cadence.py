import itertools
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.cadence import (
    Kind,
    Per,
    Quota,
    Reached,
    WeekRule,
    check_quota,
    judge,
    local_day,
    months,
    spans,
    weeks,
)
from saisaat.domain.errors import Invalid

MAY, SEPTEMBER = date(2020, 5, 1), date(2020, 9, 30)
POSTERS = Quota(Kind.POSTER, 3, Per.WEEK)


@pytest.mark.parametrize(
    ("rule", "total", "first", "last"),
    [
        (WeekRule.FULL_STRICT_EDGE_PRORATED, 67, 2, 2),
        (WeekRule.FULL_ONLY, 63, 0, 0),
        (WeekRule.EVERY_TOUCHED, 69, 3, 3),
    ],
)
def test_the_weeks_of_may_to_september_2563(rule, total, first, last):
    found = weeks(MAY, SEPTEMBER, rule, 3)
    assert len(found) == 23
    assert sum(week.days == 7 for week in found) == 21
    assert sum(week.quota for week in found) == total
    assert (found[0].start, found[0].end, found[0].quota) == (MAY, date(2020, 5, 3), first)
    assert (found[-1].start, found[-1].end, found[-1].quota) == (date(2020, 9, 28), SEPTEMBER, last)


def test_a_clip_a_month_is_five_clips():
    found = months(MAY, SEPTEMBER, WeekRule.FULL_STRICT_EDGE_PRORATED, 1)
    assert [month.quota for month in found] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(("days", "quota"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 3)])
def test_at_least_never_rounds_down(days, quota):
    monday = date(2020, 6, 1)
    (week,) = weeks(monday, monday + timedelta(days=days - 1), WeekRule.FULL_STRICT_EDGE_PRORATED, 3)
    assert week.quota == quota


@given(
    start=st.dates(date(1999, 1, 1), date(2099, 1, 1)),
    days=st.integers(1, 1200),
    per=st.sampled_from(Per),
    rule=st.sampled_from(WeekRule),
    at_least=st.integers(1, 20),
)
def test_spans_tile_the_period(start, days, per, rule, at_least):
    end = start + timedelta(days=days - 1)
    found = spans(start, end, per, rule, at_least)
    assert found[0].start == start and found[-1].end == end
    assert sum(span.days for span in found) == days
    assert [span.no for span in found] == list(range(1, len(found) + 1))
    for before, after in itertools.pairwise(found):
        assert after.start == before.end + timedelta(days=1)
        assert after.start.weekday() == 0 if per is Per.WEEK else True
    for span in found:
        assert 0 <= span.quota <= at_least
        assert (span.end - span.start).days + 1 == span.days
    assert all(span.quota == at_least for span in found[1:-1])


def test_a_period_that_runs_backwards_is_refused():
    with pytest.raises(Invalid, match="ก่อนวันเริ่ม"):
        weeks(SEPTEMBER, MAY, WeekRule.FULL_ONLY, 3)
    with pytest.raises(Invalid, match="10 ปี"):
        weeks(MAY, date(2563, 5, 1), WeekRule.FULL_ONLY, 3)


@pytest.mark.parametrize("at_least", [0, -1, 1001])
def test_a_quota_that_cannot_be_counted_is_refused(at_least):
    with pytest.raises(Invalid):
        check_quota(Quota(Kind.CLIP, at_least, Per.MONTH))


def reach(group: str, *days: int, story: str = "") -> list[Reached]:
    return [Reached(group, date(2020, 6, day), story or f"S{day}") for day in days]


JUNE_WEEK = weeks(date(2020, 6, 1), date(2020, 6, 14), WeekRule.EVERY_TOUCHED, 3)


@pytest.mark.parametrize(
    ("reached", "stories", "met"),
    [
        (reach("a", 1, 3, 5) + reach("b", 1, 3, 5), 3, True),
        (reach("a", 1, 3, 5) + reach("b", 1, 3), 2, False),
        (reach("a", 1, 3, 5), 0, False),
        (reach("a", 1, 2, 3, story="same") + reach("b", 1, 2, 3), 1, False),
        (reach("a", 1, 3, 8) + reach("b", 1, 3, 5), 2, False),
        (reach("a", 1, 2, 3, 4) + reach("b", 1, 3, 5) + reach("other", 1), 3, True),
        ([], 0, False),
    ],
)
def test_a_week_is_met_only_if_each_group_got_its_stories(reached, stories, met):
    result = judge(JUNE_WEEK, reached, ["a", "b"])[0]
    assert (result.stories, result.met, result.excused) == (stories, met, None)


def test_an_excuse_is_kept_beside_the_verdict_and_does_not_change_it():
    first, second = judge(JUNE_WEEK, reach("a", 8, 9, 10), ["a"], {1: "ระบบล่มทั้งจังหวัด", 2: "ไม่จำเป็น"})
    assert (first.met, first.excused) == (False, "ระบบล่มทั้งจังหวัด")
    assert (second.met, second.excused) == (True, None)


def test_nothing_can_be_judged_without_groups():
    with pytest.raises(Invalid, match="กลุ่ม"):
        judge(JUNE_WEEK, [], [])


def test_a_day_is_a_thai_day():
    utc = datetime.fromisoformat("2020-05-31T18:00:00+00:00")
    assert local_day(utc) == date(2020, 6, 1)
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2020, 6, 1))
