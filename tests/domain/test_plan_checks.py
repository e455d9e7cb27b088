from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.domain.cadence import (
    BANGKOK,
    Forecast,
    Kind,
    Outlook,
    Per,
    Quota,
    Reached,
    WeekRule,
    forecast,
    months,
    weeks,
)
from saisaat.domain.delivery import State
from saisaat.domain.errors import DomainError
from saisaat.domain.plan import PlannedEntry, PlanRequest, make_plan
from saisaat.domain.plan_changes import (
    Change,
    LatePolicy,
    can_move_now,
    changes_told,
    check_editable,
    check_movable,
    late_deadline,
)
from saisaat.domain.plan_checks import Footing, look_over
from saisaat.domain.plan_notices import Notice, Worry
from saisaat.domain.plan_stories import PlanGroup
from saisaat.domain.topics import Audience
from tests.domain.topic_bank import make_bank

POSTERS, CLIPS = Quota(Kind.POSTER, 3, Per.WEEK), Quota(Kind.CLIP, 1, Per.MONTH)
REQUEST = PlanRequest(
    period_start=date(2020, 6, 1),
    period_end=date(2020, 6, 28),
    quotas=(POSTERS, CLIPS),
    groups=(PlanGroup("staff", Audience.STAFF), PlanGroup("network", Audience.NETWORK)),
    topics=make_bank(14, 0),
    styles=("square",),
    holidays={date(2020, 6, 18): "วันหยุดทดลอง"},
)
PLAN = make_plan(REQUEST).entries
MONDAY_15 = next(entry for entry in PLAN if entry.at.date() == date(2020, 6, 15))
GROUPS = ("staff", "network")
RULE = WeekRule.FULL_STRICT_EDGE_PRORATED


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2020, 6, day, hour, minute, tzinfo=BANGKOK)


EARLY = at(1, 8)


def looked(entries: Sequence[PlannedEntry], now: datetime = EARLY, **facts: object) -> list[Notice]:
    told = {"waiting": True, "ready": True} | facts
    return list(look_over([Footing(entry, **told) for entry in entries], (), REQUEST, now))


def test_a_good_plan_has_nothing_to_say():
    assert looked(PLAN) == []


@pytest.mark.parametrize(
    ("change", "worry"),
    [
        ({"at": at(18, 10)}, Worry.HOLIDAY),
        ({"at": at(20, 10)}, Worry.WEEKEND),
        ({"at": at(16, 21)}, Worry.QUIET),
        ({"at": at(16, 7, 30)}, Worry.QUIET),
        ({"at": datetime(2020, 7, 1, 10, tzinfo=BANGKOK)}, Worry.OUTSIDE),
        ({"deadline": at(22, 10)}, Worry.COUNTS_LATER),
    ],
)
def test_what_is_wrong_with_one_entry_is_named(change, worry):
    moved = replace(MONDAY_15, **({"deadline": at(21, 20)} | change))
    assert [n.worry for n in looked([PLAN[0], moved]) if n.worry is not Worry.GREETING] == [worry]
    assert looked([PLAN[0], moved], waiting=False) == [], "what is over is not worried about"


def test_a_topic_out_of_force_and_one_unknown_are_named():
    lost = replace(REQUEST, topics=tuple(replace(t, valid_to=date(2020, 6, 10)) for t in REQUEST.topics))
    found = look_over([Footing(PLAN[0], True, True), Footing(MONDAY_15, True, True)], (), lost, at(1, 8))
    assert [notice.worry for notice in found] == [Worry.EXPIRED]


@pytest.mark.parametrize(("now", "told"), [(at(12, 8), False), (at(13, 8), True), (at(15, 8), True)])
def test_an_item_not_approved_near_its_day_is_named(now, told):
    found = looked([MONDAY_15, replace(PLAN[0], at=at(1, 8))], now, ready=False)
    assert any(n.worry is Worry.UNREADY and n.nos == (MONDAY_15.no,) for n in found) is told


@pytest.mark.parametrize(("left", "told"), [(None, False), (date(2020, 6, 15), True), (date(2020, 6, 16), False)])
def test_an_owner_who_left_is_named(left, told):
    assert (Worry.OWNER_LEFT in [n.worry for n in looked([PLAN[0], MONDAY_15], owner_left=left)]) is told


def test_pairs_are_named_once_with_the_later_first():
    twin = replace(MONDAY_15, no=99, at=at(26, 9, 30), deadline=at(26, 20))
    close = replace(twin, no=98, at=at(26, 9, 40), per_group={})
    (same,) = looked([PLAN[0], MONDAY_15, twin])
    topic = MONDAY_15.per_group["staff"].topic_id
    assert same == Notice(Worry.SAME_TOPIC, (99, MONDAY_15.no), (date(2020, 6, 15),), topic, 4)
    assert [n.worry for n in looked([PLAN[0], twin, close])] == [], "no group gets both"
    both = replace(close, per_group=PLAN[2].per_group)
    assert [n.worry for n in looked([PLAN[0], twin, both])] == [Worry.CROWDED]


@pytest.mark.parametrize("told", [[], [replace(PLAN[0], at=at(16))]])
def test_what_goes_out_before_the_announcement_is_said_once(told):
    found = [n for n in looked([*told, *PLAN[1:8]]) if n.worry is Worry.UNANNOUNCED]
    assert [(n.nos, n.count) for n in found] == [
        ((PLAN[1].no,), 7 if not told else sum(e.at < at(16) for e in PLAN[1:8]))
    ]


def test_serious_worries_come_first_and_short_spans_among_them():
    (span,) = [one for one in weeks(REQUEST.period_start, REQUEST.period_end, RULE, 3) if one.start.day == 15]
    short = Forecast(POSTERS, span, (), Outlook.SHORT, 2, (), None)
    met = replace(short, outlook=Outlook.ON_COURSE)
    weekend = replace(MONDAY_15, at=at(6, 10), deadline=at(6, 20))
    found = look_over([Footing(PLAN[0], True, True), Footing(weekend, True, True)], [short, met], REQUEST, at(1, 8))
    assert found[0] == Notice(Worry.SHORT, days=(span.start, span.end), count=2, quota=POSTERS)
    assert [n.serious for n in found] == [True, False]


# The guard that looks ahead

WEEKS = weeks(date(2020, 6, 1), date(2020, 6, 28), RULE, 3)


def reach(group: str, *days: int) -> list[Reached]:
    return [Reached(group, date(2020, 6, day), f"s{day}") for day in days]


def ahead(sent: list[Reached], planned: list[Reached], today: int, **more: object) -> tuple[Forecast, ...]:
    return forecast(POSTERS, WEEKS, sent, planned, GROUPS, date(2020, 6, today), REQUEST.holidays, **more)


@pytest.mark.parametrize(
    ("sent", "planned", "today", "outlook", "missing"),
    [
        ((15, 16, 17), (), 17, Outlook.MET, 0),
        ((15,), (17, 19), 16, Outlook.ON_COURSE, 0),
        ((15,), (17,), 16, Outlook.SHORT, 1),
        ((15,), (), 21, Outlook.SHORT, 2),
        ((15,), (), 22, Outlook.MISSED, 2),
    ],
)
def test_a_week_is_looked_ahead(sent, planned, today, outlook, missing):
    both = [story for group in GROUPS for story in reach(group, *sent)]
    coming = [story for group in GROUPS for story in reach(group, *planned)]
    week = ahead(both, coming, today)[2]
    assert (week.outlook, week.missing, week.sent, week.expected) == (
        outlook,
        missing,
        len(sent),
        len(sent) + len(planned),
    )


def test_the_group_that_is_worst_off_decides():
    week = ahead([*reach("staff", 15, 16, 17), *reach("network", 15)], reach("network", 19), 17)[2]
    assert (week.outlook, week.missing) == (Outlook.SHORT, 1)
    assert [(g.group, g.sent, g.expected) for g in week.groups] == [("staff", 3, 3), ("network", 1, 2)]


def test_free_days_are_working_days_without_a_story_else_any_day_left():
    week = ahead([], reach("staff", 16), 15)[2]
    assert [day.day for day in week.free_days] == [15, 17, 19], "the 18th is a holiday"
    assert [day.day for day in ahead([], [], 20)[2].free_days] == [20, 21]
    assert ahead([], [], 22)[2].free_days == ()


def test_only_weeks_are_excused():
    excused = {date(2020, 6, 15): "น้ำท่วม", date(2020, 6, 1): "หยุดยาว"}
    assert [f.outlook for f in ahead([], [], 1, mondays=excused)] == [
        Outlook.EXCUSED,
        Outlook.SHORT,
        Outlook.EXCUSED,
        Outlook.SHORT,
    ]
    june = months(date(2020, 6, 1), date(2020, 6, 28), RULE, 1)
    (month,) = forecast(CLIPS, june, [], [], GROUPS, date(2020, 6, 1), (), excused)
    assert (month.outlook, month.excused) == (Outlook.SHORT, None)


@settings(max_examples=60, deadline=None)
@given(
    sent=st.sets(st.integers(1, 28)),
    planned=st.sets(st.integers(1, 28)),
    today=st.integers(1, 28),
    mondays=st.sets(st.sampled_from([1, 8, 15, 22])),
)
def test_taking_an_excuse_back_restores_the_guard(sent, planned, today, mondays):
    told, coming = reach("staff", *sent), reach("staff", *(day for day in planned if day >= today))
    plain = forecast(POSTERS, WEEKS, told, coming, ["staff"], date(2020, 6, today))
    excused = {date(2020, 6, monday): "เหตุ" for monday in mondays}
    with_excuse = forecast(POSTERS, WEEKS, told, coming, ["staff"], date(2020, 6, today), (), excused)
    for one, other in zip(plain, with_excuse, strict=True):
        if one.span.start in excused and one.outlook is not Outlook.MET:
            assert other == replace(one, outlook=Outlook.EXCUSED, excused="เหตุ")
        else:
            assert replace(other, excused=one.excused) == one
        assert all(group.expected >= group.sent for group in one.groups)


# Until when, and by whom


ALL_STATES = list(State)


@pytest.mark.parametrize("state", ALL_STATES)
def test_what_has_begun_does_not_move(state):
    movable = state is State.PLANNED
    assert can_move_now([state]) is movable
    assert can_move_now([State.PLANNED, state]) is (movable or state is State.CANCELLED)
    if not movable:
        with pytest.raises(DomainError, match="เปลี่ยนเวลาไม่ได้"):
            check_movable([state])


@pytest.mark.parametrize("state", ALL_STATES)
def test_what_is_over_is_not_edited(state):
    if state in {State.PLANNED, State.DUE, State.ARMED}:
        check_editable([state, State.SENT])
    else:
        with pytest.raises(DomainError, match="แก้ไขไม่ได้"):
            check_editable([state])


def test_deadlines_follow_their_policy():
    assert late_deadline(LatePolicy.CAMPAIGN, MONDAY_15, REQUEST) == MONDAY_15.deadline
    assert late_deadline(LatePolicy.HOURS, MONDAY_15, REQUEST, hours=30) == MONDAY_15.at + timedelta(hours=30)
    assert late_deadline(LatePolicy.FIXED, MONDAY_15, REQUEST, fixed=at(20)) == at(20)


@pytest.mark.parametrize(
    ("policy", "more", "reason"),
    [
        (LatePolicy.HOURS, {}, "ระหว่าง 1 ถึง 336"),
        (LatePolicy.HOURS, {"hours": 0}, "ระหว่าง"),
        (LatePolicy.HOURS, {"hours": 337}, "ระหว่าง"),
        (LatePolicy.FIXED, {}, "ต้องอยู่หลังเวลาเผยแพร่"),
        (LatePolicy.FIXED, {"fixed": MONDAY_15.at}, "ต้องอยู่หลังเวลาเผยแพร่"),
    ],
)
def test_a_policy_without_time_is_refused(policy, more, reason):
    with pytest.raises(DomainError, match=reason):
        late_deadline(policy, MONDAY_15, REQUEST, **more)


def test_the_last_minute_of_the_loud_hours_leaves_no_time():
    night = replace(REQUEST, quiet_hours=(time(0, 0), time(6, 0)))
    with pytest.raises(DomainError, match="ไม่เหลือเวลา"):
        late_deadline(LatePolicy.CAMPAIGN, replace(MONDAY_15, at=at(21, 23, 59)), night)


def test_changes_are_told_in_a_line():
    assert changes_told({}) == ""
    told = changes_told({Change.MOVED: 2, Change.SWAPPED: 1, Change.FILLED: 1, Change.WITHDRAWN: 4})
    assert told == "ปรับแผนจากที่แจ้งไว้: เลื่อน 3 เรื่อง เพิ่ม 1 เรื่อง ถอน 4 เรื่อง"
