from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from saisaat.domain.cadence import BANGKOK, Kind, Per, Quota
from saisaat.domain.errors import DomainError
from saisaat.domain.plan import PlannedEntry, PlanRequest, make_plan
from saisaat.domain.plan_moves import can_move, check_move, move_cautions
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


@pytest.mark.parametrize(
    ("new_at", "count", "word"),
    [(at(16), 0, ""), (at(18), 1, "วันหยุดทดลอง"), (at(20), 1, "วันเสาร์"), (at(16, 7, 30), 1, "ทักทาย")],
)
def test_cautions_name_what_speaks_against_a_time(new_at, count, word):
    found = move_cautions(new_at, (), REQUEST)
    assert len(found) == count
    assert word in "".join(found)


def test_cautions_name_a_close_neighbour():
    near = FIRST.at + timedelta(minutes=14)
    assert move_cautions(near, [FIRST], REQUEST) == ("อยู่ใกล้กับรายการที่ 2 ไม่ถึง 15 นาที",)
