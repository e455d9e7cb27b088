import itertools
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import Kind, Per, Quota, WeekRule, judge, spans
from saisaat.domain.errors import Invalid
from saisaat.domain.plan import (
    ClipChoice,
    Plan,
    PlanGroup,
    PlanRequest,
    make_plan,
    planned_reach,
)
from saisaat.domain.plan_dates import is_quiet, owed_spans, spread
from saisaat.domain.plan_notices import Notice, Worry
from saisaat.domain.plan_stories import allot, most_fresh
from saisaat.domain.topics import EVERYONE, Audience, offered, suits, valid_on
from tests.domain.topic_bank import make_bank, make_topic

STAFF = PlanGroup("staff", Audience.STAFF, "กลุ่มเจ้าหน้าที่")
NETWORK = PlanGroup("network", Audience.NETWORK, "กลุ่มเครือข่าย")
WEEKLY = Quota(Kind.POSTER, 3, Per.WEEK)
MONTHLY = Quota(Kind.CLIP, 1, Per.MONTH)
JUNE = PlanRequest(
    period_start=date(2020, 6, 1),
    period_end=date(2020, 7, 26),
    quotas=(WEEKLY, MONTHLY),
    groups=(STAFF, NETWORK),
    topics=make_bank(20, 20),
    styles=("square", "portrait"),
    holidays={date(2020, 6, 3): "วันหยุดหนึ่ง", date(2020, 7, 6): "วันหยุดสอง"},
)


def posters(plan: Plan) -> list:
    return [entry for entry in plan.entries if entry.kind is ItemKind.POSTER]


def days_of(plan: Plan, kind: ItemKind) -> list[date]:
    return [entry.at.date() for entry in plan.entries if entry.kind is kind]


def check_invariants(request: PlanRequest, plan: Plan) -> None:
    check_moments(request, plan)
    check_stories(request, plan)
    keys = [group.key for group in request.groups]
    for quota, found in owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas):
        assert all(result.met for result in judge(found, planned_reach(plan.entries, quota.kind), keys))


def check_moments(request: PlanRequest, plan: Plan) -> None:
    first, *rest = plan.entries
    assert first.kind is ItemKind.ANNOUNCEMENT and not first.per_group
    assert [entry.no for entry in plan.entries] == list(range(1, len(plan.entries) + 1))
    assert [entry.at for entry in plan.entries] == sorted({entry.at for entry in plan.entries})
    for entry in plan.entries:
        assert entry.at.utcoffset() == timedelta(hours=7)
        assert request.period_start <= entry.at.date() <= request.period_end
        assert not is_quiet(entry.at.time(), request.quiet_hours)
        assert entry.at < entry.deadline <= entry.at + timedelta(hours=request.late_hours) or entry is first
        assert entry.deadline.date() <= request.period_end
    assert all(entry.kind is not ItemKind.ANNOUNCEMENT for entry in rest)
    assert all(set(entry.per_group) == {group.key for group in request.groups} for entry in rest)


def check_stories(request: PlanRequest, plan: Plan) -> None:
    topics = {topic.id: topic for topic in request.topics}
    for group in request.groups:
        seen: dict[str, list] = {}
        for entry in posters(plan):
            choice = entry.per_group[group.key]
            topic = topics[choice.topic_id]
            assert topic.publishable and valid_on(topic, entry.at.date()) and suits(topic, group.audience)
            before = seen.setdefault(topic.id, [])
            assert choice.reused is bool(before)
            if before:
                assert choice.reuse_note
                unseen = [t for t in offered(request.topics, group.audience, entry.at.date()) if t.id not in seen]
                assert not unseen, "reused while an unseen topic was valid"
                if len(before) < len(request.styles):
                    assert choice.style not in [style for _, style in before]
                assert before[-1][0].isocalendar()[:2] != entry.at.isocalendar()[:2]
            before.append((entry.at.date(), choice.style))
    named = {(reuse.entry_no, reuse.group_key) for reuse in plan.reuses}
    assert named == {(e.no, key) for e in plan.entries for key, c in e.per_group.items() if c.reused}


def test_a_quiet_season_has_one_poster_a_day_on_working_days():
    plan = make_plan(JUNE)
    check_invariants(JUNE, plan)
    days = days_of(plan, ItemKind.POSTER)
    assert len(days) == len(set(days)) == 24
    assert all(day.weekday() < 5 and day not in JUNE.holidays for day in days)
    assert [day.weekday() for day in days[3:6]] == [0, 2, 4]
    assert not set(days) & set(days_of(plan, ItemKind.CLIP))


def test_the_same_request_gives_the_same_plan_and_another_seed_another():
    assert make_plan(JUNE) == make_plan(JUNE)
    other = make_plan(replace(JUNE, seed=1))
    assert [e.per_group for e in other.entries] != [e.per_group for e in make_plan(JUNE).entries]


def test_the_announcement_comes_first_and_counts_for_nothing():
    plan = make_plan(JUNE)
    assert plan.entries[0].at < plan.entries[1].at
    assert len(posters(plan)) == 8 * 3


def test_clips_sit_in_the_middle_of_their_month():
    plan = make_plan(JUNE)
    assert [day.isoformat() for day in days_of(plan, ItemKind.CLIP)] == ["2020-06-18", "2020-07-16"]


def test_partners_repeat_only_when_all_is_seen_and_staff_never_do():
    plan = make_plan(JUNE)
    assert Counter(reuse.group_key for reuse in plan.reuses) == {"network": 4}
    assert Notice(Worry.TOPICS_RUN_OUT, name="กลุ่มเครือข่าย", count=4) in plan.warnings
    assert "เปลี่ยนรูปแบบจาก" in plan.reuses[0].note


def test_groups_share_an_item_wherever_the_topic_suits_both():
    plan = make_plan(JUNE)
    shared = [e for e in posters(plan) if e.per_group["staff"].topic_id == e.per_group["network"].topic_id]
    assert len(shared) == 20
    assert all(e.per_group["staff"].style == e.per_group["network"].style for e in shared)
    made = {(c.topic_id, c.style) for e in posters(plan) for c in e.per_group.values()}
    assert len(made) == 24 + 4, "24 for each group, of which 20 serve both"


def test_no_category_comes_twice_in_a_row_while_there_is_a_choice():
    categories = {topic.id: topic.topic for topic in JUNE.topics}
    for key in ("staff", "network"):
        met = [categories[entry.per_group[key].topic_id] for entry in posters(make_plan(JUNE))]
        assert all(before != after for before, after in itertools.pairwise(met))


def test_a_week_short_of_working_days_takes_saturday_then_sunday_then_holidays():
    week = replace(JUNE, period_end=date(2020, 6, 7), quotas=(replace(WEEKLY, at_least=7),), groups=(STAFF,))
    for closed, expected in [
        ({}, 7),
        ({date(2020, 6, day): "หยุด" for day in (1, 2, 3)}, 7),
    ]:
        assert len(set(days_of(make_plan(replace(week, holidays=closed)), ItemKind.POSTER))) == expected
    short = replace(week, quotas=(WEEKLY,), holidays={date(2020, 6, day): "หยุด" for day in (1, 2, 3, 4)})
    plan = make_plan(short)
    assert [day.day for day in days_of(plan, ItemKind.POSTER)] == [5, 6, 7]
    assert Notice(Worry.WEEKEND, days=(date(2020, 6, 6), date(2020, 6, 7))) in plan.warnings
    holiday_week = make_plan(replace(short, quotas=(replace(WEEKLY, at_least=4),)))
    assert next((w.worry, len(w.days)) for w in holiday_week.warnings) == (Worry.HOLIDAY, 1)


def test_wished_weekdays_come_first_and_others_only_where_those_do_not_suffice():
    plan = make_plan(replace(JUNE, weekdays=(1, 3, 5)))
    check_invariants(JUNE, plan)
    assert {day.weekday() for day in days_of(plan, ItemKind.POSTER)} == {1, 3, 5}
    assert not [w for w in plan.warnings if w.worry is Worry.WEEKEND]
    two = make_plan(replace(JUNE, weekdays=(1, 3), holidays={}))
    assert Counter(day.weekday() in (1, 3) for day in days_of(two, ItemKind.POSTER)) == {True: 16, False: 8}


def test_two_a_day_only_when_the_quota_forces_it_and_the_plan_says_so():
    plan = make_plan(replace(JUNE, period_end=date(2020, 6, 7), quotas=(replace(WEEKLY, at_least=9),), groups=(STAFF,)))
    assert sorted(Counter(days_of(plan, ItemKind.POSTER)).values()) == [1, 1, 1, 1, 1, 2, 2]
    assert [len(w.days) for w in plan.warnings if w.worry is Worry.DOUBLED] == [2]


@pytest.mark.parametrize(
    ("quotas", "expected"),
    [
        ((Quota(Kind.POSTER, 1, Per.DAY),), 56),
        ((Quota(Kind.POSTER, 4, Per.MONTH),), 8),
        ((Quota(Kind.POSTER, 2, Per.QUARTER),), 2),
        ((Quota(Kind.POSTER, 6, Per.YEAR),), 1),
        ((Quota(Kind.POSTER, 3, Per.WEEK), Quota(Kind.POSTER, 4, Per.MONTH)), 24),
        ((Quota(Kind.POSTER, 1, Per.WEEK), Quota(Kind.POSTER, 6, Per.MONTH)), 12),
    ],
)
def test_quotas_of_other_spans_are_met_and_a_poster_counts_for_all_of_them(quotas, expected):
    request = replace(JUNE, quotas=quotas, groups=(STAFF,), topics=make_bank(60, 0))
    plan = make_plan(request)
    check_invariants(request, plan)
    assert len(posters(plan)) == expected


def test_reviewed_clips_are_shared_and_missing_ones_are_left_open():
    clips = (ClipChoice("only-staff", "คลิปภายใน", frozenset({Audience.STAFF})), ClipChoice("all", "คลิปสำหรับทุกคน"))
    plan = make_plan(replace(JUNE, clips=clips))
    given = [
        {key: choice.clip_id for key, choice in e.per_group.items()} for e in plan.entries if e.kind is ItemKind.CLIP
    ]
    assert given == [{"staff": "all", "network": "all"}, {"staff": "only-staff", "network": None}]
    missing = [w for w in plan.warnings if w.worry is Worry.CLIPS_MISSING]
    assert missing == [Notice(Worry.CLIPS_MISSING, name="กลุ่มเครือข่าย", count=1)]


def test_deadlines_end_with_the_loud_hours():
    for entry in make_plan(JUNE).entries:
        assert entry.deadline <= datetime.combine(entry.deadline.date(), time(20, 0), entry.at.tzinfo)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"groups": ()}, "ยังไม่มีกลุ่มไลน์"),
        ({"groups": (STAFF, STAFF)}, "ซ้ำ"),
        ({"quotas": ()}, "ยังไม่มีโควตา"),
        ({"quotas": (Quota(Kind.POSTER, 0, Per.WEEK),)}, "เป็น 0"),
        ({"quotas": (Quota(Kind.POSTER, 1000, Per.DAY),)}, "มากกว่า 3000"),
        ({"quotas": (Quota(Kind.POSTER, 60, Per.DAY),), "period_end": date(2020, 6, 1)}, "วันละ 60"),
        ({"period_end": date(2020, 5, 1)}, "ก่อนวันเริ่ม"),
        ({"period_end": date(2563, 7, 1)}, "10 ปี"),
        ({"styles": ()}, "รูปแบบ"),
        ({"weekdays": ()}, "อย่างน้อยหนึ่งวัน"),
        ({"weekdays": (7,)}, "อย่างน้อยหนึ่งวัน"),
        ({"topics": ()}, "หัวข้อความรู้ไม่พอ"),
        ({"topics": make_bank(0, 40)}, "กลุ่มเครือข่าย"),
        ({"topics": make_bank(2, 40)}, "มีหัวข้อที่ใช้ได้ 2"),
        ({"topics": make_bank(3, 0), "styles": ("square",), "quotas": (Quota(Kind.POSTER, 9, Per.MONTH),)}, "ไม่ซ้ำกัน"),
        ({"publish_times": ()}, "เวลาเผยแพร่"),
        ({"publish_times": (time(21, 0),)}, "งดส่ง"),
        (
            {"publish_times": (time(7, 30),), "quiet_hours": (time(20, 0), time(6, 0)), "announce_at": time(6, 30)},
            "ทักทาย",
        ),
        ({"announce_at": time(11, 0)}, "ก่อนเวลาเผยแพร่"),
        ({"late_hours": 0}, "ส่งช้า"),
        ({"period_end": date(2020, 6, 4), "week_rule": WeekRule.FULL_ONLY}, "สั้นจน"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(change, reason):
    with pytest.raises(Invalid) as refused:
        make_plan(replace(JUNE, **change))
    assert reason in refused.value.message


def test_a_topic_about_to_expire_goes_out_before_it_is_lost():
    """Twelve posters, twelve topics, one gone after the second day: every one can be shown only if it comes early."""
    leaving = make_topic(90, category="หมวด 0", valid_to=date(2020, 6, 2))
    topics = (*make_bank(11, 0), leaving)
    days = [date(2020, 6, 1) + timedelta(days=step) for step in range(12)]
    for seed in range(10):
        shown = [choices["staff"].topic_id for choices in allot(days, [STAFF], topics, ["a"], seed)]
        assert sorted(shown) == sorted(topic.id for topic in topics)


@st.composite
def seasons(draw: st.DrawFn) -> PlanRequest:
    start = draw(st.dates(date(2019, 1, 1), date(2026, 1, 1)))
    length = draw(st.integers(1, 400))
    days = [start + timedelta(days=ahead) for ahead in range(length)]
    audiences = draw(st.lists(st.sampled_from(Audience), min_size=1, max_size=4))
    closing = start + timedelta(days=draw(st.integers(0, 400)))
    bank = list(make_bank(draw(st.integers(0, 40)), draw(st.integers(0, 40))))
    bank += [
        make_topic(500 + number, valid_to=closing if number % 2 else None, valid_from=None if number % 2 else closing)
        for number in range(draw(st.integers(0, 6)))
    ]
    quotas = [Quota(Kind.POSTER, draw(st.integers(1, 7)), Per.WEEK)]
    if draw(st.booleans()):
        quotas.append(MONTHLY)
    return PlanRequest(
        period_start=start,
        period_end=days[-1],
        quotas=tuple(quotas),
        groups=tuple(PlanGroup(f"g{number}", audience) for number, audience in enumerate(audiences)),
        topics=tuple(bank),
        styles=("a", "b", "c")[: draw(st.integers(1, 3))],
        holidays={day: "วันหยุด" for day in days[:: draw(st.integers(3, 40))]},
        week_rule=draw(st.sampled_from(WeekRule)),
        seed=draw(st.integers(0, 99)),
    )


@settings(max_examples=40, deadline=None)
@given(request=seasons())
def test_any_season_is_planned_whole_or_refused(request):
    try:
        plan = make_plan(request)
    except Invalid as refused:
        assert refused.message
        return
    check_invariants(request, plan)
    days = days_of(plan, ItemKind.POSTER)
    weeks = spans(request.period_start, request.period_end, Per.WEEK, request.week_rule, request.quotas[0].at_least)
    for week in weeks:
        used = Counter(day for day in days if week.start <= day <= week.end)
        assert sum(used.values()) == week.quota
        assert max(used.values(), default=0) <= max(1, -(-week.quota // week.days)), "two a day without need"
    for group in request.groups:
        held = [topic for topic in request.topics if suits(topic, group.audience)]
        fresh = sum(1 for entry in posters(plan) if not entry.per_group[group.key].reused)
        assert fresh == most_fresh(held, days), "as few reuses as any plan on these days can have"


@given(
    topics=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=6),
    slots=st.sets(st.integers(0, 7), max_size=6),
)
def test_most_fresh_is_the_true_maximum(topics, slots):
    """Against every assignment tried out."""
    base = date(2020, 6, 1)
    spans = [(min(pair), max(pair)) for pair in topics]
    ordered = sorted(slots)

    def best(place: int, free: tuple[int, ...]) -> int:
        if place == len(ordered):
            return 0
        taken = (
            1 + best(place + 1, tuple(other for other in free if other != number))
            for number in free
            if spans[number][0] <= ordered[place] <= spans[number][1]
        )
        return max(best(place + 1, free), *taken, 0)

    bank = [
        make_topic(n, valid_from=base + timedelta(days=start), valid_to=base + timedelta(days=end))
        for n, (start, end) in enumerate(spans)
    ]
    days = [base + timedelta(days=slot) for slot in ordered]
    assert most_fresh(bank, days) == best(0, tuple(range(len(spans))))


@given(days=st.integers(1, 60), wanted=st.integers(1, 60))
def test_spread_picks_different_days_in_order(days, wanted):
    every = [date(2020, 1, 1) + timedelta(days=ahead) for ahead in range(days)]
    picked = spread(every, wanted)
    assert picked == sorted(set(picked))
    assert len(picked) == min(days, wanted)


def test_everyone_is_the_bank_s_word():
    assert EVERYONE == "ทุกคน"
