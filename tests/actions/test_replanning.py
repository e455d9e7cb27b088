"""Changing a plan by hand: what is written, what stays as it was when refused, and what the history says."""

from datetime import date, datetime, timedelta

import pytest

from saisaat.actions.announce import announce, announce_again
from saisaat.actions.plan import excuse_week, fill_rest, make_plan, unexcuse_week
from saisaat.actions.replan import Edit, NewEntry, add_entry, edit_entry, move_entry, swap_entries
from saisaat.actions.review import submit
from saisaat.actions.schedule import withdraw
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.cadence import BANGKOK, Outlook, WeekRule
from saisaat.domain.delivery import State
from saisaat.domain.errors import DomainError, Invalid, NotAllowed, NotNow
from saisaat.domain.plan_changes import Change, LatePolicy
from saisaat.queries.plan import Wishes, forecasts, season_plan, worries
from saisaat.queries.plan_pages import announcement, changes_since_told
from saisaat.records.models import AuditEvent, Delivery, ExcusedWeek, Item, PlanChange, PlanEntry
from tests.actions.stage import Stage

STYLES = ("aurora", "lai_thai")
START = datetime(2020, 5, 1, 9, 0, tzinfo=BANGKOK)
"""Before the campaign's two weeks begin on Monday 4 May 2020."""


@pytest.fixture
def planned(stage: Stage) -> Stage:
    make_plan(campaign=stage.campaign, styles=STYLES, by=stage.actor("producer"), now=START)
    stage.campaign.refresh_from_db()
    return stage


def posters(stage: Stage) -> list[PlanEntry]:
    rows = PlanEntry.of(stage.province).filter(kind=ItemKind.POSTER, withdrawn_at__isnull=True)
    return list(rows.select_related("campaign"))


def told(stage: Stage) -> PlanEntry:
    return PlanEntry.of(stage.province).select_related("campaign").get(kind=ItemKind.ANNOUNCEMENT)


def history(stage: Stage) -> list[str]:
    return list(PlanChange.of(stage.province).order_by("at", "id").values_list("kind", flat=True))


def outlooks(stage: Stage, now: datetime = START) -> list[Outlook]:
    return [one.outlook for one in forecasts(season_plan(stage.campaign), now)]


# Moving


def test_a_move_takes_deliveries_and_deadline_along_and_is_written_down(planned: Stage) -> None:
    entry = posters(planned)[0]
    before, at = entry.at, entry.at + timedelta(days=1)
    moved = move_entry(entry=entry, at=at, reason="ประชุม", by=planned.actor("producer"), now=START)
    assert (moved.at, moved.deadline > at) == (at, True)
    rows = Delivery.of(planned.province).filter(entry=entry)
    assert {(row.due_at, row.deadline) for row in rows} == {(at, moved.deadline)}
    change = PlanChange.of(planned.province).get(kind=Change.MOVED)
    assert (change.before, change.after, change.reason, change.entry) == (before, at, "ประชุม", entry)
    assert change.by == planned.people["producer"]
    assert AuditEvent.of(planned.province).filter(object_id=entry.pk, action="entry.moved").count() == 1


@pytest.mark.parametrize(
    ("ahead", "reason"),
    [
        (timedelta(days=60), "นอกช่วงโครงการ"),
        (timedelta(days=-10), "ผ่านไปแล้ว"),
        (timedelta(0), "ไม่มีอะไรเปลี่ยน"),
        (timedelta(hours=11), "งดส่ง"),
        (timedelta(days=7), "."),
    ],
)
def test_a_refused_move_changes_nothing(planned: Stage, ahead: timedelta, reason: str) -> None:
    entry = posters(planned)[0]
    with pytest.raises(DomainError, match=reason):
        move_entry(entry=entry, at=entry.at + ahead, by=planned.actor("owner"), now=START)
    assert PlanEntry.everywhere.get(pk=entry.pk).at == entry.at
    assert set(Delivery.of(planned.province).filter(entry=entry).values_list("due_at", flat=True)) == {entry.at}
    assert history(planned) == [Change.MADE]


@pytest.mark.parametrize("state", [State.DUE, State.MISSED, State.CANCELLED])
def test_what_has_begun_is_not_moved(planned: Stage, state: State) -> None:
    entry = posters(planned)[0]
    Delivery.of(planned.province).filter(entry=entry).update(state=state)
    with pytest.raises(NotNow, match="เปลี่ยนเวลาไม่ได้"):
        move_entry(entry=entry, at=entry.at + timedelta(hours=1), by=planned.actor("owner"), now=START)


def test_a_fixed_deadline_stays_and_may_forbid_a_move(planned: Stage) -> None:
    entry, by = posters(planned)[0], planned.actor("owner")
    fixed = entry.at + timedelta(hours=3)
    edit_entry(entry=entry, edit=Edit(entry.title, None, LatePolicy.FIXED, deadline=fixed), by=by, now=START)
    moved = move_entry(entry=entry, at=entry.at + timedelta(hours=1), by=by, now=START)
    assert moved.deadline == fixed
    with pytest.raises(Invalid, match="หลังเวลาเผยแพร่"):
        move_entry(entry=moved, at=fixed + timedelta(hours=1), by=by, now=START)


def test_two_entries_swap_and_both_say_so(planned: Stage) -> None:
    first, second = posters(planned)[:2]
    swap_entries(entry=first, other=second, reason="ข่าวด่วน", by=planned.actor("owner"), now=START)
    assert PlanEntry.everywhere.get(pk=first.pk).at == second.at
    assert PlanEntry.everywhere.get(pk=second.pk).at == first.at
    assert history(planned) == [Change.MADE, Change.SWAPPED, Change.SWAPPED]
    with pytest.raises(Invalid, match="สองครั้ง"):
        swap_entries(entry=first, other=first, by=planned.actor("owner"), now=START)


# Adding and editing


def new(stage: Stage, **fields: object) -> NewEntry:
    usual = {"kind": ItemKind.POSTER, "at": START + timedelta(days=5, hours=2), "groups": (stage.staff, stage.network)}
    return NewEntry(**(usual | {"title": "เรื่องของสำนักงานเอง"} | fields))  # type: ignore[arg-type]


def test_an_entry_by_hand_waits_in_each_group_for_what_is_made_of_it(planned: Stage) -> None:
    last = PlanEntry.of(planned.province).order_by("-no")[0].no
    entry = add_entry(campaign=planned.campaign, new=new(planned), by=planned.actor("producer"), now=START)
    assert (entry.no, entry.title, entry.late_policy) == (last + 1, "เรื่องของสำนักงานเอง", LatePolicy.CAMPAIGN)
    rows = list(entry.deliveries.all())
    assert [(row.state, row.topic, row.item) for row in rows] == [(State.PLANNED, None, None)] * 2
    assert PlanChange.of(planned.province).get(kind=Change.ADDED).entry == entry


def test_an_entry_may_carry_something_made_for_one_group(planned: Stage) -> None:
    item = planned.draft()
    Delivery.of(planned.province).filter(item=item).update(item=None)
    wanted = new(
        planned, kind=ItemKind.CLIP, item=item, groups=(planned.network,), title="", owner=planned.people["duty"]
    )
    entry = add_entry(campaign=planned.campaign, new=wanted, by=planned.actor("producer"), now=START)
    (row,) = entry.deliveries.all()
    assert (row.item, row.group, entry.title, entry.owner) == (
        item,
        planned.network,
        item.title,
        planned.people["duty"],
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"groups": ()}, "กลุ่ม"),
        ({"title": "  "}, "ชื่อเรื่อง"),
        ({"at": START - timedelta(hours=1)}, "ผ่านไปแล้ว"),
        ({"at": START + timedelta(days=5, hours=13)}, "งดส่ง"),
        ({"at": START + timedelta(days=2)}, "นอกช่วง"),
    ],
)
def test_what_cannot_be_added_is_refused(planned: Stage, fields: dict[str, object], reason: str) -> None:
    count = PlanEntry.of(planned.province).count()
    with pytest.raises(DomainError, match=reason):
        add_entry(campaign=planned.campaign, new=new(planned, **fields), by=planned.actor("owner"), now=START)
    assert PlanEntry.of(planned.province).count() == count


def test_an_edit_is_written_field_by_field(planned: Stage) -> None:
    entry, duty = posters(planned)[0], planned.people["duty"]
    edit = Edit("ชื่อใหม่", duty, LatePolicy.HOURS, hours=3)
    row = edit_entry(entry=entry, edit=edit, by=planned.actor("producer"), now=START)
    assert (row.title, row.owner, row.late_hours, row.deadline) == ("ชื่อใหม่", duty, 3, row.at + timedelta(hours=3))
    assert set(Delivery.of(planned.province).filter(entry=row).values_list("deadline", flat=True)) == {row.deadline}
    fields = PlanChange.of(planned.province).get(kind=Change.EDITED).fields
    assert set(fields) == {"title", "owner", "late_policy", "deadline"}
    assert (fields["owner"], fields["late_policy"]) == (["", duty.pk], ["campaign", "hours 3"])
    with pytest.raises(Invalid, match="ไม่มีอะไรให้บันทึก"):
        edit_entry(entry=row, edit=edit, by=planned.actor("producer"), now=START)
    with pytest.raises(Invalid, match="ว่าง"):
        edit_entry(entry=row, edit=Edit(" ", None, LatePolicy.CAMPAIGN), by=planned.actor("producer"), now=START)


def test_a_withdrawal_is_in_the_history_and_comes_once(planned: Stage) -> None:
    entry, by = posters(planned)[0], planned.actor("owner")
    withdraw(entry=entry, reason="ซ้ำกับข่าว", by=by, now=START)
    change = PlanChange.of(planned.province).get(kind=Change.WITHDRAWN)
    assert (change.reason, change.entry, change.before) == ("ซ้ำกับข่าว", entry, entry.at)
    with pytest.raises(NotNow, match="ถูกถอนไปแล้ว"):
        withdraw(entry=entry, reason="อีกครั้ง", by=by, now=START)


@pytest.mark.parametrize("part", ["reviewer", "duty", "auditor", "approver"])
def test_only_planners_change_a_plan(planned: Stage, part: str) -> None:
    entry, by = posters(planned)[0], planned.actor(part)
    acts = (
        lambda: move_entry(entry=entry, at=entry.at + timedelta(hours=1), by=by, now=START),
        lambda: swap_entries(entry=entry, other=posters(planned)[1], by=by, now=START),
        lambda: add_entry(campaign=planned.campaign, new=new(planned), by=by, now=START),
        lambda: edit_entry(entry=entry, edit=Edit("x", None, LatePolicy.CAMPAIGN), by=by, now=START),
        lambda: fill_rest(campaign=planned.campaign, wishes=Wishes(STYLES), by=by, now=START),
        lambda: announce(campaign=planned.campaign, author=planned.people["producer"], by=by, now=START),
        lambda: unexcuse_week(campaign=planned.campaign, monday=date(2020, 5, 4), by=by, now=START),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert history(planned) == [Change.MADE]


# Filling


def test_filling_adds_what_was_withdrawn_and_leaves_the_rest(planned: Stage) -> None:
    gone, kept = posters(planned)[0], posters(planned)[1]
    withdraw(entry=gone, reason="เลื่อน", by=planned.actor("owner"), now=START)
    assert Outlook.SHORT in outlooks(planned)
    filling = fill_rest(campaign=planned.campaign, wishes=Wishes(STYLES), by=planned.actor("producer"), now=START)
    (added,) = filling.entries
    assert set(outlooks(planned)) == {Outlook.ON_COURSE}
    assert PlanEntry.everywhere.get(pk=kept.pk).at == kept.at
    row = PlanEntry.of(planned.province).get(no=added.no)
    assert {delivery.style for delivery in row.deliveries.all()} <= set(STYLES)
    assert PlanChange.of(planned.province).get(kind=Change.FILLED).entry == row
    with pytest.raises(NotNow, match="ไม่มีอะไรให้เติม"):
        fill_rest(campaign=planned.campaign, wishes=Wishes(STYLES), by=planned.actor("producer"), now=START)


def test_filling_takes_items_already_made(planned: Stage) -> None:
    clip = PlanEntry.of(planned.province).get(kind=ItemKind.CLIP)
    Delivery.of(planned.province).filter(entry=clip).delete()
    clip.delete()
    item = planned.approved()
    filling = fill_rest(campaign=planned.campaign, wishes=Wishes(STYLES), by=planned.actor("producer"), now=START)
    row = PlanEntry.of(planned.province).get(no=filling.entries[0].no)
    assert {delivery.item for delivery in row.deliveries.all()} == {item}
    assert row.title == item.title


def test_wishes_of_a_new_plan_are_kept(planned: Stage) -> None:
    wishes = Wishes(styles=("sodsai",), weekdays=(1, 3), week_rule=WeekRule.FULL_ONLY, seed=4)
    make_plan(campaign=planned.campaign, styles=(), wishes=wishes, by=planned.actor("owner"), now=START)
    planned.campaign.refresh_from_db()
    assert planned.campaign.week_rule == WeekRule.FULL_ONLY
    assert {entry.at.astimezone(BANGKOK).weekday() for entry in posters(planned)} == {1, 3}
    styles = Delivery.of(planned.province).filter(topic__isnull=False).values_list("style", flat=True)
    assert set(styles) == {"sodsai"}
    assert history(planned) == [Change.MADE, Change.MADE], "what happened before a new plan stays known"


# Excused weeks


def test_an_excuse_and_its_undoing_leave_the_guard_as_it_was(planned: Stage) -> None:
    withdraw(entry=posters(planned)[0], reason="น้ำท่วม", by=planned.actor("owner"), now=START)
    before, monday, by = outlooks(planned), date(2020, 5, 4), planned.actor("owner")
    person = planned.people["owner"]
    excuse_week(campaign=planned.campaign, day=date(2020, 5, 6), reason="น้ำท่วม", person=person, by=by, now=START)
    assert outlooks(planned).count(Outlook.EXCUSED) == 1
    with pytest.raises(NotNow, match="ยกเว้นไว้แล้ว"):
        excuse_week(campaign=planned.campaign, day=monday, reason="อีก", person=person, by=by, now=START)
    unexcuse_week(campaign=planned.campaign, monday=monday, by=by, now=START)
    assert outlooks(planned) == before
    assert not ExcusedWeek.of(planned.province).exists()
    assert history(planned)[-2:] == [Change.EXCUSED, Change.UNEXCUSED]
    with pytest.raises(NotNow, match="ไม่มีอะไรให้เลิก"):
        unexcuse_week(campaign=planned.campaign, monday=monday, by=by, now=START)


@pytest.mark.parametrize(("day", "reason"), [(date(2020, 5, 6), " "), (date(2020, 6, 6), "น้ำท่วม")])
def test_an_excuse_has_a_reason_and_a_week_of_the_campaign(planned: Stage, day: date, reason: str) -> None:
    with pytest.raises(Invalid):
        excuse_week(
            campaign=planned.campaign,
            day=day,
            reason=reason,
            person=planned.people["owner"],
            by=planned.actor("owner"),
            now=START,
        )
    assert not ExcusedWeek.of(planned.province).exists()


# Telling the groups


def write(stage: Stage, now: datetime = START) -> Item:
    return announce(campaign=stage.campaign, author=stage.people["producer"], by=stage.actor("producer"), now=now)


def send_announcement(stage: Stage) -> datetime:
    """The announcement stands in both groups, since its time."""
    entry = told(stage)
    rows = Delivery.of(stage.province).filter(entry=entry)
    rows.update(state=State.SENT, sent_at=entry.at, way="duty", approved_sha256=rows[0].item.sha256)  # type: ignore[union-attr]
    return entry.at


def test_the_announcement_is_written_reviewed_and_written_again_when_the_plan_changes(planned: Stage) -> None:
    first = write(planned)
    assert set(told(planned).deliveries.values_list("item", flat=True)) == {first.pk}
    move_entry(
        entry=posters(planned)[0],
        at=posters(planned)[0].at + timedelta(hours=2),
        by=planned.actor("owner"),
        now=START + timedelta(minutes=1),
    )
    assert announcement(season_plan(planned.campaign)).stale == 1
    second = write(planned, START + timedelta(minutes=2))
    assert second.slug != first.slug
    assert Item.everywhere.get(pk=first.pk).status == ItemStatus.DISCARDED
    submit(item=second, by=planned.actor("producer"), now=START)
    with pytest.raises(NotNow, match="กำลังรอตรวจ"):
        write(planned)


def test_the_groups_are_told_again_with_what_changed(planned: Stage) -> None:
    write(planned)
    by = planned.actor("owner")
    with pytest.raises(NotNow, match="รอส่งอยู่แล้ว"):
        announce_again(campaign=planned.campaign, at=START, author=planned.people["owner"], by=by, now=START)
    sent = send_announcement(planned)
    later = sent + timedelta(minutes=10)
    assert changes_since_told(planned.campaign) == {}
    last = posters(planned)[-1]
    move_entry(entry=last, at=last.at + timedelta(hours=1), by=by, now=later)
    assert changes_since_told(planned.campaign) == {Change.MOVED: 1}
    at = last.at - timedelta(hours=1)
    item = announce_again(campaign=planned.campaign, at=at, author=planned.people["owner"], by=by, now=later)
    assert item.text.startswith("ปรับแผนจากที่แจ้งไว้: เลื่อน ๑ เรื่อง")
    entries = PlanEntry.of(planned.province).filter(kind=ItemKind.ANNOUNCEMENT)
    assert [entry.at for entry in entries] == [sent, at]
    assert set(entries[1].deliveries.values_list("item", flat=True)) == {item.pk}
    assert [n.worry for n in worries(season_plan(planned.campaign), (), later) if n.worry == "unannounced"] == []


def test_nothing_is_announced_where_nothing_waits(stage: Stage) -> None:
    with pytest.raises(NotNow, match="ไม่มีประกาศ"):
        write(stage)
