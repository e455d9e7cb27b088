"""What people may still change about an entry, and until when it may be sent."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.plan import PlannedEntry, PlanRequest, deadline_of
from saisaat.domain.plan_dates import owed_spans


class Change(StrEnum):
    """What was done to a plan."""

    MADE = "made"
    FILLED = "filled"
    ADDED = "added"
    MOVED = "moved"
    SWAPPED = "swapped"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    ANNOUNCED = "announced"


class LatePolicy(StrEnum):
    """How an entry's deadline follows from its time."""

    CAMPAIGN = "campaign"
    """As the campaign's settings say."""
    HOURS = "hours"
    """So many hours of its own."""
    FIXED = "fixed"
    """Set by hand; it stays when the entry moves."""


LONGEST_LATE_HOURS = 14 * 24


def check_movable(states: Collection[State]) -> None:
    """Raise `NotNow` unless nothing of the entry has begun: some group waits for it, and none has it or missed it."""
    if State.PLANNED not in states or set(states) - {State.PLANNED, State.CANCELLED}:
        raise NotNow("รายการนี้เริ่มส่งหรือถูกถอนไปแล้ว จึงเปลี่ยนเวลาไม่ได้ รายการยังอยู่ที่เดิม หากต้องการส่งอีกให้เพิ่มรายการใหม่")


def can_move_now(states: Collection[State]) -> bool:
    try:
        check_movable(states)
    except NotNow:
        return False
    return True


def check_editable(states: Collection[State]) -> None:
    """Raise `NotNow` once every group has the entry, missed it, or lost it: then it is history."""
    if not set(states) & {State.PLANNED, State.DUE, State.ARMED}:
        raise NotNow("รายการนี้ส่งแล้วหรือจบแล้ว จึงแก้ไขไม่ได้ ข้อมูลเดิมยังอยู่ครบ")


def late_deadline(
    policy: LatePolicy,
    entry: PlannedEntry,
    request: PlanRequest,
    hours: int | None = None,
    fixed: datetime | None = None,
) -> datetime:
    """Until when `entry` may be sent under a policy. Raises `Invalid` for one that leaves no time at all."""
    if policy is LatePolicy.FIXED:
        if fixed is None or fixed <= entry.at:
            raise Invalid("เวลาสุดท้ายที่ยอมให้ส่งต้องอยู่หลังเวลาเผยแพร่ ยังไม่มีอะไรเปลี่ยน โปรดแก้เวลาสุดท้าย")
        return fixed
    if policy is LatePolicy.HOURS:
        if hours is None or not 1 <= hours <= LONGEST_LATE_HOURS:
            raise Invalid("ชั่วโมงที่ยอมให้ส่งช้าต้องอยู่ระหว่าง 1 ถึง %(most)s ยังไม่มีอะไรเปลี่ยน", most=LONGEST_LATE_HOURS)
        return entry.at + timedelta(hours=hours)
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    deadline = deadline_of(request, owed, entry.kind, entry.at)
    if deadline <= entry.at:
        raise Invalid("เวลานี้อยู่ท้ายช่วงที่ส่งได้พอดี จึงไม่เหลือเวลาให้ส่ง ยังไม่มีอะไรเปลี่ยน โปรดเลือกเวลาที่เร็วกว่านี้")
    return deadline


TELLING = (Change.ADDED, Change.FILLED, Change.MOVED, Change.SWAPPED, Change.WITHDRAWN)
"""What a reader of the plan would notice."""

MANY_CHANGES = 5
"""From so many on, the groups should be told again."""


def changes_told(counts: Mapping[Change, int]) -> str:
    """A line for the groups: what changed since they were told. Empty where nothing did."""
    moved = counts.get(Change.MOVED, 0) + counts.get(Change.SWAPPED, 0)
    added = counts.get(Change.ADDED, 0) + counts.get(Change.FILLED, 0)
    parts = (("เลื่อน", moved), ("เพิ่ม", added), ("ถอน", counts.get(Change.WITHDRAWN, 0)))
    named = " ".join(f"{word} {count} เรื่อง" for word, count in parts if count)
    return f"ปรับแผนจากที่แจ้งไว้: {named}" if named else ""
