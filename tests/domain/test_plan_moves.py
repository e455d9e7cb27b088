from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK, Kind, Per, Quota
from saisaat.domain.errors import DomainError
from saisaat.domain.plan import PlannedEntry, PlanRequest, make_plan
from saisaat.domain.plan_moves import can_move, check_add, check_future, check_move, check_swap, move_cautions
from saisaat.domain.plan_notices import Notice, Worry
from saisaat.domain.plan_stories import PlanGroup
from saisaat.domain.topics import Audience
from tests.domain.topic_bank import make_bank, make_topic

REQUEST = PlanRequest(
    period_start=date(2020, 6, 1),
    period_end=date(2020, 6, 28),
    quotas=(Quota(Kind.POSTER, 3, Per.WEEK), Quota(Kind.CLIP, 1, Per.MONTH)),
    groups=(PlanGroup("staff", Audience.STAFF),),
    topics=(*make_bank(11, 0), make_topic(50, valid_to=date(2020, 6, 30))),
    styles=("square",),
    holidays={date(2020, 6, 18): "วันหยุดทดลอง"},
)
PLAN = make_plan(REQUEST)
ANNOUNCEMENT, FIRST = PLAN.entries[0], PLAN.entries[1]
MONDAY_15 = next(entry for entry in PLAN.entries if entry.at.date() == date(2020, 6, 15))


def at(day: int, hour: int = 11, minute: int = 0) -> datetime:
    return datetime(2020, 6, day, hour, minute, tzinfo=BANGKOK)


def rest(entry: PlannedEntry) -> list[PlannedEntry]:
    return [other for other in PLAN.entries if other.no != entry.no]


@pytest.mark.parametrize(
    ("entry", "new_at", "reason"),
    [
        (MONDAY_15, at(30), "นอกช่วงโครงการ"),
        (MONDAY_15, at(16, 21), "งดส่ง"),
        (MONDAY_15, at(16, 7, 59), "งดส่ง"),
        (MONDAY_15, at(17), "ชนิดเดียวกันแล้ว"),
        (MONDAY_15, at(23), "จะไม่ครบ 3 เรื่อง"),
        (ANNOUNCEMENT, at(2), "ก่อนเผยแพร่เรื่องแรก"),
        (FIRST, at(1, 8, 30), "ก่อนเผยแพร่เรื่องแรก"),
    ],
)
def test_a_move_that_breaks_the_plan_is_refused_and_says_what_was_kept(entry, new_at, reason):
    with pytest.raises(DomainError) as refused:
        check_move(entry, new_at, rest(entry), REQUEST)
    assert reason in refused.value.message
    assert "รายการยังอยู่ที่เวลาเดิม" in refused.value.message
    assert not can_move(entry, new_at, rest(entry), REQUEST)


@pytest.mark.parametrize("new_at", [at(16), at(15, 19, 59), at(20), at(21)])
def test_a_poster_may_move_inside_its_week(new_at):
    check_move(MONDAY_15, new_at, rest(MONDAY_15), REQUEST)


def test_the_announcement_may_move_while_it_stays_first():
    assert can_move(ANNOUNCEMENT, at(1, 8, 15), rest(ANNOUNCEMENT), REQUEST)


def test_an_excused_week_lets_its_posters_go():
    assert can_move(MONDAY_15, at(23), rest(MONDAY_15), REQUEST, excused=[date(2020, 6, 15)])


def test_a_time_in_another_zone_is_the_thai_one():
    assert can_move(MONDAY_15, at(16).astimezone(tz=None), rest(MONDAY_15), REQUEST)
    utc = datetime.fromisoformat("2020-06-16T14:30:00+00:00")
    assert not can_move(MONDAY_15, utc, rest(MONDAY_15), REQUEST)


def test_a_topic_must_be_in_force_and_new_to_the_week():
    expired = replace(REQUEST, topics=tuple(replace(t, valid_to=date(2020, 6, 15)) for t in REQUEST.topics))
    with pytest.raises(DomainError, match="ไม่มีผลใช้บังคับ"):
        check_move(MONDAY_15, at(16), rest(MONDAY_15), expired)
    twin = replace(MONDAY_15, no=99, at=at(23))
    with pytest.raises(DomainError, match="หัวข้อเดียวกันแล้ว"):
        check_move(twin, at(19, 15), [e for e in PLAN.entries if e.at.date() != date(2020, 6, 19)], REQUEST)


def worries(entry: PlannedEntry, new_at: datetime, request: PlanRequest = REQUEST, **more) -> list[Worry]:
    return [notice.worry for notice in move_cautions(entry, new_at, rest(entry), request, **more)]


@pytest.mark.parametrize(
    ("new_at", "found"),
    [
        (at(16), []),
        (at(18), [Worry.HOLIDAY]),
        (at(20), [Worry.WEEKEND]),
        (at(16, 7, 30), [Worry.GREETING]),
        (at(16, 19), [Worry.LITTLE_TIME]),
    ],
)
def test_cautions_name_what_speaks_against_a_time(new_at, found):
    late = replace(REQUEST, quiet_hours=(time(20, 0), time(6, 0)))
    assert worries(MONDAY_15, new_at, late) == found


def test_cautions_name_neighbours():
    near = FIRST.at + timedelta(minutes=14)
    found = move_cautions(MONDAY_15, near, [FIRST], REQUEST)
    assert Notice(Worry.CROWDED, (MONDAY_15.no, FIRST.no), count=15) in found
    assert Notice(Worry.DOUBLED, (MONDAY_15.no, FIRST.no), (FIRST.at.date(),)) in found


@pytest.mark.parametrize(("days", "told"), [(28, True), (29, False)])
def test_cautions_name_a_topic_that_comes_again_soon(days, told):
    twin = replace(FIRST, no=99, at=FIRST.at + timedelta(days=days))
    found = move_cautions(FIRST, FIRST.at, [twin], REQUEST)
    topic = FIRST.per_group["staff"].topic_id
    wanted = Notice(Worry.SAME_TOPIC, (FIRST.no, 99), (twin.at.date(),), topic, 4)
    assert (wanted in found) is told


def test_cautions_name_the_span_that_stays_short_unless_it_is_excused():
    monday = date(2020, 6, 15)
    fewer = [entry for entry in rest(MONDAY_15) if entry.at.date() != date(2020, 6, 19)]
    found = move_cautions(MONDAY_15, at(16), fewer, REQUEST)
    assert [(n.worry, n.days) for n in found] == [(Worry.SHORT, (monday, date(2020, 6, 21)))]
    assert move_cautions(MONDAY_15, at(16), fewer, REQUEST, excused=[monday]) == ()


def test_a_month_is_not_excused_by_a_week_that_begins_with_it():
    clip = next(entry for entry in PLAN.entries if entry.kind is ItemKind.CLIP)
    two_months = replace(REQUEST, period_end=date(2020, 7, 5))
    with pytest.raises(DomainError, match="จะไม่ครบ 1 เรื่อง"):
        check_move(clip, datetime(2020, 7, 1, 11, 0, tzinfo=BANGKOK), rest(clip), two_months, [date(2020, 6, 1)])


def test_what_is_over_is_refused():
    check_future(at(2), at(1))
    with pytest.raises(DomainError, match="ผ่านไปแล้ว"):
        check_future(at(1), at(1))


def test_two_entries_exchange_their_times():
    wednesday = next(entry for entry in PLAN.entries if entry.at.date() == date(2020, 6, 17))
    others = [entry for entry in rest(MONDAY_15) if entry is not wednesday]
    check_swap(MONDAY_15, wednesday, others, REQUEST)
    with pytest.raises(DomainError, match="เวลาเดียวกัน"):
        check_swap(MONDAY_15, replace(wednesday, at=MONDAY_15.at), others, REQUEST)
    with pytest.raises(DomainError, match="ก่อนเผยแพร่เรื่องแรก"):
        check_swap(ANNOUNCEMENT, MONDAY_15, [e for e in rest(ANNOUNCEMENT) if e is not MONDAY_15], REQUEST)


def test_a_swap_that_leaves_a_week_short_is_refused():
    clip = next(entry for entry in PLAN.entries if entry.kind is ItemKind.CLIP)
    other = next(e for e in PLAN.entries if e.kind is ItemKind.POSTER and abs((e.at - clip.at).days) > 7)
    with pytest.raises(DomainError, match="จะไม่ครบ 3 เรื่อง"):
        check_swap(clip, other, [e for e in rest(clip) if e is not other], REQUEST)


def test_a_later_announcement_may_stand_anywhere():
    again = replace(ANNOUNCEMENT, no=50, at=at(17, 9))
    check_add(again, PLAN.entries, REQUEST)
    check_move(MONDAY_15, at(16), [*rest(MONDAY_15), again], REQUEST)


def test_what_is_added_needs_a_loud_time_and_a_topic_new_to_the_week():
    extra = replace(MONDAY_15, no=99)
    with pytest.raises(DomainError, match="หัวข้อเดียวกันแล้ว"):
        check_add(replace(extra, at=at(16)), PLAN.entries, REQUEST)
    with pytest.raises(DomainError, match="งดส่ง"):
        check_add(replace(extra, at=at(16, 21)), [], REQUEST)
    check_add(replace(extra, at=MONDAY_15.at + timedelta(hours=1), per_group={}), PLAN.entries, REQUEST)
