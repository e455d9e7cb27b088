"""Scheduling: what is due becomes armed, what is too late is missed, what lost its approval is cancelled."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from saisaat.actions.plan_history import note_change
from saisaat.domain.approval import ItemStatus
from saisaat.domain.campaign import CampaignSettings
from saisaat.domain.delivery import State, check_transition
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.plan_changes import Change
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Campaign, Delivery, PlanEntry

LOCAL = ZoneInfo("Asia/Bangkok")


def promote(*, now: datetime, by: Actor, limit: int = 100) -> int:
    """Move planned, due and armed deliveries on as the clock and the rules say. Returns how many moved."""
    ready = Q(state=State.PLANNED, due_at__lte=now) | Q(state=State.DUE) | Q(state=State.ARMED, deadline__lte=now)
    found = Delivery.everywhere.filter(ready).order_by("due_at").values_list("pk", flat=True)[:limit]
    return sum(_promote(pk, now, by) for pk in list(found))


def _promote(pk: str, now: datetime, by: Actor) -> int:
    delivery = Delivery.everywhere.select_related("item", "group", "entry__campaign").get(pk=pk)
    moved = 0
    if delivery.state == State.PLANNED:
        moved += change_state(delivery, State.DUE, "", by=by, now=now)
    if delivery.state == State.DUE:
        state, reason = _after_due(delivery, now)
        moved += state is not None and change_state(delivery, state, reason, by=by, now=now)
    elif delivery.state == State.ARMED:
        moved += change_state(delivery, State.MISSED, Remark.LATE_WITHOUT_CHANCE, by=by, now=now)
    return moved


def _after_due(delivery: Delivery, now: datetime) -> tuple[State | None, str]:
    """Where a due delivery goes, or (None, why it waits)."""
    if now >= delivery.deadline:
        return State.MISSED, Remark.LATE_WITHOUT_ITEM
    item = delivery.item
    if item is None or item.status != ItemStatus.APPROVED or delivery.group.left_at is not None:
        return None, ""
    return (None, "") if in_quiet_hours(delivery, now) else (State.ARMED, "")


def in_quiet_hours(delivery: Delivery, now: datetime) -> bool:
    """Whether the delivery's campaign asks for silence at `now`."""
    return is_quiet_in(delivery.entry.campaign, now)


def is_quiet_in(campaign: Campaign, now: datetime) -> bool:
    """Whether `campaign` asks for silence at `now`."""
    return CampaignSettings.from_json(campaign.settings).is_quiet(now.astimezone(LOCAL).time())


def change_state(delivery: Delivery, new: State, reason: str, *, by: Actor, now: datetime, **fields: object) -> int:
    """Move a delivery by one conditional UPDATE. Returns 0, writing nothing, when another process moved it first."""
    old = State(delivery.state)
    check_transition(old, new)
    if new is State.ARMED and old is State.DUE and delivery.item is not None:
        fields["approved_sha256"] = delivery.item.approved_sha256
    with transaction.atomic(savepoint=False):
        moved = Delivery.everywhere.filter(pk=delivery.pk, state=old).update(state=new, reason=reason, **fields)
        if moved:
            audit.append(by=by, action=f"delivery.{new}", row=delivery, now=now)
    if moved:
        delivery.state = new
        delivery.reason = reason
    return moved


def withdraw(*, entry: PlanEntry, reason: str, by: Actor, now: datetime) -> None:
    """Take an entry out of the plan. What was sent stays sent; what is on its way is not called back."""
    check_may(by, Deed.PLAN)
    if not reason.strip():
        raise Invalid("โปรดเขียนเหตุผลที่ถอนรายการ รายการยังอยู่ในแผน")
    reason = reason.strip()[:300]
    with transaction.atomic():
        standing = PlanEntry.of(entry.province_id).filter(pk=entry.pk, withdrawn_at__isnull=True)
        if not standing.update(withdrawn_at=now, withdrawn_reason=reason):
            raise NotNow("รายการนี้ถูกถอนไปแล้ว เหตุผลเดิมยังอยู่")
        open_rows = Delivery.of(entry.province_id).filter(
            entry=entry, state__in=[State.PLANNED, State.DUE, State.ARMED]
        )
        for delivery in open_rows:
            change_state(delivery, State.CANCELLED, Remark.WITHDRAWN.of(reason=reason)[:300], by=by, now=now)
        note_change(Change.WITHDRAWN, entry.campaign, by=by, now=now, entry=entry, reason=reason, before=entry.at)
        audit.append(by=by, action="entry.withdraw", row=entry, now=now)
