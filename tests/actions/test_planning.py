"""The written plan: entries with one delivery a group, replaced whole until something was sent."""

from datetime import date

import pytest

from saisaat.actions.plan import excuse_week, make_plan
from saisaat.actions.schedule import withdraw
from saisaat.domain.campaign import Status
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.records.models import AuditEvent, Delivery, ExcusedWeek, PlanEntry
from tests.actions.stage import Stage
from tests.factories import NOW

STYLES = ("aurora", "lai_thai")


@pytest.fixture
def planned(stage: Stage) -> Stage:
    make_plan(campaign=stage.campaign, styles=STYLES, by=stage.actor("producer"), now=NOW)
    stage.campaign.refresh_from_db()
    return stage


def test_each_entry_has_one_planned_delivery_for_each_group(planned: Stage) -> None:
    entries = list(PlanEntry.of(planned.province))
    kinds = [entry.kind for entry in entries]
    assert (kinds.count("poster"), kinds.count("clip"), kinds.count("announcement")) == (4, 1, 1)
    for entry in entries:
        deliveries = list(entry.deliveries.all())
        assert {delivery.group for delivery in deliveries} == {planned.staff, planned.network}
        assert all(
            (row.state, row.due_at, row.deadline) == (State.PLANNED, entry.at, entry.deadline) for row in deliveries
        )
        assert all((row.topic is not None) == (entry.kind == "poster") for row in deliveries)
    assert planned.campaign.status == Status.RUNNING


def test_a_plan_is_replaced_while_nothing_of_it_moved(planned: Stage) -> None:
    before = set(PlanEntry.of(planned.province).values_list("pk", flat=True))
    make_plan(campaign=planned.campaign, styles=STYLES, by=planned.actor("producer"), now=NOW, seed=5)
    after = set(PlanEntry.of(planned.province).values_list("pk", flat=True))
    assert len(after) == len(before)
    assert not before & after


def test_a_plan_of_which_something_moved_stays(planned: Stage) -> None:
    Delivery.of(planned.province).filter(pk=Delivery.of(planned.province)[0].pk).update(state=State.DUE)
    before = set(PlanEntry.of(planned.province).values_list("pk", flat=True))
    with pytest.raises(NotNow, match="เริ่มส่งแล้ว"):
        make_plan(campaign=planned.campaign, styles=STYLES, by=planned.actor("producer"), now=NOW)
    assert set(PlanEntry.of(planned.province).values_list("pk", flat=True)) == before


def test_nothing_is_planned_before_the_approval(office: Stage) -> None:
    with pytest.raises(NotNow, match="ยังไม่ได้รับอนุมัติ"):
        make_plan(campaign=office.campaign, styles=STYLES, by=office.actor("producer"), now=NOW)
    assert not PlanEntry.of(office.province).exists()


@pytest.mark.parametrize("state", [State.PLANNED, State.DUE, State.ARMED])
def test_a_withdrawn_entry_cancels_what_did_not_leave(stage: Stage, state: State) -> None:
    delivery = stage.planned(stage.approved())
    hashed = delivery.item.approved_sha256 if delivery.item and state is State.ARMED else ""
    Delivery.everywhere.filter(pk=delivery.pk).update(state=state, approved_sha256=hashed)
    withdraw(entry=delivery.entry, reason="เลื่อนโครงการ", by=stage.actor("owner"), now=NOW)
    assert stage.state(delivery) is State.CANCELLED
    assert stage.fresh(delivery).reason == "ถอนรายการ: เลื่อนโครงการ"
    assert AuditEvent.of(stage.province).filter(object_id=delivery.pk, action="delivery.cancelled").count() == 1


def test_what_is_on_its_way_is_not_called_back_by_a_withdrawal(stage: Stage) -> None:
    delivery = stage.armed()
    stage.claimed(delivery)
    withdraw(entry=delivery.entry, reason="เลื่อน", by=stage.actor("owner"), now=NOW)
    assert stage.state(delivery) is State.SENDING


def test_a_withdrawal_says_why(stage: Stage) -> None:
    delivery = stage.armed()
    with pytest.raises(Invalid, match="เหตุผล"):
        withdraw(entry=delivery.entry, reason=" ", by=stage.actor("owner"), now=NOW)
    assert stage.state(delivery) is State.ARMED
    assert PlanEntry.everywhere.get(pk=delivery.entry_id).withdrawn_at is None


def test_an_excused_week_says_who_and_why(stage: Stage) -> None:
    monday, wednesday = date(2020, 5, 4), date(2020, 5, 6)
    owner = stage.people["owner"]
    by = stage.actor("owner")
    excuse_week(campaign=stage.campaign, day=wednesday, reason="น้ำท่วม", person=owner, by=by, now=NOW)
    week = ExcusedWeek.of(stage.province).get()
    assert (week.monday, week.reason, week.by) == (monday, "น้ำท่วม", owner)
