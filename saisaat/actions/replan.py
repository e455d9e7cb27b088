"""Changing a plan by hand: adding, moving, swapping and editing entries. Withdrawing stands in schedule.py."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from saisaat.actions.plan import Stock, check_approved, lock, next_no
from saisaat.actions.plan_history import note_change
from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.campaign import CampaignSettings
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.plan import Choice, PlannedEntry
from saisaat.domain.plan_changes import Change, LatePolicy, check_editable, check_movable, late_deadline
from saisaat.domain.plan_moves import check_add, check_future, check_move, check_swap
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.topics import suits, valid_on
from saisaat.queries.plan import COMING, SeasonPlan, Slot, season_plan
from saisaat.queries.topics import topic_of
from saisaat.records import audit
from saisaat.records.models import Campaign, Delivery, Group, Item, Person, PlanEntry, Topic


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to add. With a `topic` a `style` goes; without one `title` names it, and `item` may already be made."""

    kind: ItemKind
    at: datetime
    groups: tuple[Group, ...]
    title: str = ""
    topic: Topic | None = None
    style: str = ""
    item: Item | None = None
    owner: Person | None = None

    @property
    def name(self) -> str:
        made = self.item.title if self.item else self.topic.headline if self.topic else ""
        return (self.title.strip() or made)[:300]

    def planned(self, no: int) -> PlannedEntry:
        """As the planner's rules see it."""
        choice = Choice(
            self.topic.code if self.topic else None,
            str(self.item.pk) if self.item and not self.topic else None,
            self.style or None,
        )
        keys = () if self.kind is ItemKind.ANNOUNCEMENT else tuple(str(group.pk) for group in self.groups)
        return PlannedEntry(no, self.kind, self.at.astimezone(BANGKOK), self.name, dict.fromkeys(keys, choice), self.at)


@dataclass(frozen=True, slots=True)
class Edit:
    """What an entry shall be called, whose it is, and until when it may be sent."""

    title: str
    owner: Person | None
    policy: LatePolicy
    hours: int | None = None
    deadline: datetime | None = None


def check_new(new: NewEntry, plan: SeasonPlan, now: datetime) -> None:
    """Raise unless `new` may be added to `plan`."""
    if not new.groups:
        raise Invalid("ยังไม่ได้เลือกกลุ่มที่จะได้รับ จึงยังไม่ได้เพิ่มรายการ โปรดเลือกอย่างน้อยหนึ่งกลุ่ม")
    if not new.name:
        raise Invalid("ยังไม่ได้เลือกหัวข้อหรือเขียนชื่อเรื่อง จึงยังไม่ได้เพิ่มรายการ")
    check_future(new.at, now)
    if new.topic is not None:
        topic, day = topic_of(new.topic), new.at.astimezone(BANGKOK).date()
        unfit = [group.name for group in new.groups if not suits(topic, group.audience)]  # type: ignore[arg-type]
        if unfit or not topic.publishable or not valid_on(topic, day):
            raise Invalid("หัวข้อนี้ใช้กับกลุ่มหรือวันที่เลือกไม่ได้ จึงยังไม่ได้เพิ่มรายการ โปรดเลือกหัวข้ออื่น")
    check_add(new.planned(0), plan.entries, plan.request)


def add_entry(*, campaign: Campaign, new: NewEntry, reason: str = "", by: Actor, now: datetime) -> PlanEntry:
    """Put one more entry into the plan, by hand."""
    check_may(by, Deed.PLAN)
    check_approved(campaign)
    with transaction.atomic():
        campaign = lock(campaign)
        plan = season_plan(campaign)
        check_new(new, plan, now)
        planned = new.planned(next_no(campaign))
        entry = PlanEntry.everywhere.create(
            province_id=campaign.province_id,
            campaign=campaign,
            no=planned.no,
            kind=new.kind,
            title=new.name,
            at=new.at,
            deadline=late_deadline(LatePolicy.CAMPAIGN, planned, plan.request),
            owner=new.owner,
            push_allowed=CampaignSettings.from_json(campaign.settings).push_allowed,
        )
        _deliver(entry, new, planned)
        note_change(Change.ADDED, campaign, by=by, now=now, entry=entry, reason=reason, after=new.at)
        audit.append(by=by, action="entry.add", row=entry, now=now)
    return entry


def _deliver(entry: PlanEntry, new: NewEntry, planned: PlannedEntry) -> None:
    """One delivery for each group. A new announcement waits for words of its own."""
    stock = Stock(entry.campaign)
    for group in new.groups:
        delivery = stock.delivery(entry, group, planned)
        delivery.item = None if new.kind is ItemKind.ANNOUNCEMENT else new.item or delivery.item
        delivery.save(force_insert=True)


def move_entry(*, entry: PlanEntry, at: datetime, reason: str = "", by: Actor, now: datetime) -> PlanEntry:
    """Give an entry another time. Its deadline follows, unless it was fixed by hand."""
    check_may(by, Deed.PLAN)
    with transaction.atomic():
        plan = _locked_plan(entry)
        slot = plan.slot(entry)
        check_movable_to(plan, slot, at, now)
        _retime(plan, slot, at, Change.MOVED, reason, by, now)
    return slot.entry


def check_movable_to(plan: SeasonPlan, slot: Slot, at: datetime, now: datetime) -> None:
    """Raise unless the entry may be moved to `at` now."""
    check_movable(slot.states)
    check_future(at, now)
    if at == slot.entry.at:
        raise Invalid("รายการอยู่ที่วันและเวลานี้แล้ว จึงไม่มีอะไรเปลี่ยน โปรดเลือกวันหรือเวลาอื่น")
    check_move(slot.planned, at, plan.others(slot.entry.no), plan.request, list(plan.excused))


def swap_entries(*, entry: PlanEntry, other: PlanEntry, reason: str = "", by: Actor, now: datetime) -> None:
    """Let two entries exchange their times."""
    check_may(by, Deed.PLAN)
    with transaction.atomic():
        plan = _locked_plan(entry)
        first, second = plan.slot(entry), plan.slot(other)
        check_swappable(plan, first, second, now)
        times = first.entry.at, second.entry.at
        _retime(plan, first, times[1], Change.SWAPPED, reason, by, now)
        _retime(plan, second, times[0], Change.SWAPPED, reason, by, now)


def check_swappable(plan: SeasonPlan, first: Slot, second: Slot, now: datetime) -> None:
    """Raise unless the two may exchange their times now."""
    if first is second:
        raise Invalid("เลือกรายการเดียวกันสองครั้ง จึงไม่มีอะไรให้สลับ โปรดเลือกอีกรายการ")
    for slot in (first, second):
        check_movable(slot.states)
        check_future(slot.entry.at, now)
    others = plan.others(first.entry.no, second.entry.no)
    check_swap(first.planned, second.planned, others, plan.request, list(plan.excused))


def edit_entry(*, entry: PlanEntry, edit: Edit, reason: str = "", by: Actor, now: datetime) -> PlanEntry:
    """Change an entry's name, whose it is, and how late it may be sent."""
    check_may(by, Deed.PLAN)
    if not edit.title.strip():
        raise Invalid("ชื่อเรื่องว่าง จึงยังไม่ได้บันทึก โปรดเขียนชื่อเรื่อง")
    with transaction.atomic():
        plan = _locked_plan(entry)
        slot = plan.slot(entry)
        check_editable(slot.states)
        row = slot.entry
        deadline = late_deadline(edit.policy, slot.planned, plan.request, edit.hours, edit.deadline)
        changed = _changed(row, edit, deadline)
        if not changed:
            raise Invalid("ยังไม่ได้แก้อะไร จึงไม่มีอะไรให้บันทึก")
        row.title, row.owner, row.late_policy = edit.title.strip()[:300], edit.owner, edit.policy
        row.late_hours = edit.hours if edit.policy is LatePolicy.HOURS else None
        if "deadline" in changed:
            if deadline <= now:
                raise NotNow("เวลาสุดท้ายที่ยอมให้ส่งผ่านไปแล้ว ยังไม่มีอะไรเปลี่ยน โปรดเลือกเวลาที่ยังมาไม่ถึง")
            row.deadline = deadline
            open_rows = Delivery.of(row.province_id).filter(entry=row, state__in=COMING)
            open_rows.update(deadline=deadline)
        row.save(update_fields=["title", "owner", "late_policy", "late_hours", "deadline"])
        note_change(Change.EDITED, plan.campaign, by=by, now=now, entry=row, reason=reason, fields=changed)
        audit.append(by=by, action="entry.edit", row=row, now=now)
    return row


def _changed(row: PlanEntry, edit: Edit, deadline: datetime) -> dict[str, list[str]]:
    pairs = {
        "title": [row.title, edit.title.strip()[:300]],
        "owner": [str(row.owner_id or ""), str(edit.owner.pk) if edit.owner else ""],
        "late_policy": [_policy(row.late_policy, row.late_hours), _policy(edit.policy, edit.hours)],
        "deadline": [row.deadline.astimezone(BANGKOK).isoformat(), deadline.astimezone(BANGKOK).isoformat()],
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _policy(policy: str, hours: int | None) -> str:
    return f"{policy} {hours}" if policy == LatePolicy.HOURS else str(policy)


def _locked_plan(entry: PlanEntry) -> SeasonPlan:
    campaign = lock(entry.campaign)
    check_approved(campaign)
    return season_plan(campaign)


def _retime(plan: SeasonPlan, slot: Slot, at: datetime, kind: Change, reason: str, by: Actor, now: datetime) -> None:
    row, before = slot.entry, slot.entry.at
    row.at = at
    policy = LatePolicy(row.late_policy)
    row.deadline = late_deadline(policy, slot.planned, plan.request, row.late_hours, row.deadline)
    row.save(update_fields=["at", "deadline"])
    waiting = [delivery.pk for delivery in slot.deliveries if delivery.state == State.PLANNED]
    rows = Delivery.of(row.province_id).filter(pk__in=waiting, state=State.PLANNED)
    if rows.update(due_at=at, deadline=row.deadline) != len(waiting):
        raise NotNow("รายการนี้เพิ่งถึงเวลาส่งเมื่อครู่ จึงเปลี่ยนเวลาไม่ได้ รายการยังอยู่ที่เดิม")
    note_change(kind, plan.campaign, by=by, now=now, entry=row, reason=reason, before=before, after=at)
    audit.append(by=by, action=f"entry.{kind}", row=row, now=now)
