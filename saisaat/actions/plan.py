"""Planning: from quotas, period, holidays and topics to dated entries with one delivery for each group."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from saisaat.actions.plan_history import note_change
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.campaign import CampaignSettings, Status
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.plan import Plan, PlannedEntry
from saisaat.domain.plan import make_plan as plan_of
from saisaat.domain.plan_changes import Change
from saisaat.domain.plan_fill import Filling, fill_plan
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.queries.plan import Wishes, joined_groups, plan_request, season_plan
from saisaat.records import audit
from saisaat.records.models import Campaign, Delivery, ExcusedWeek, Group, Item, Person, PlanEntry, Topic


def make_plan(
    *,
    campaign: Campaign,
    styles: tuple[str, ...],
    by: Actor,
    now: datetime,
    seed: int = 0,
    wishes: Wishes | None = None,
) -> Plan:
    """Write the whole action plan of an approved campaign. A plan of which nothing was sent yet is replaced.

    `wishes` say everything a person chose, `styles` and `seed` among it; without them the planner's own habits hold.
    """
    check_may(by, Deed.PLAN)
    wishes = wishes or Wishes(styles=styles, seed=seed)
    groups = joined_groups(campaign)
    plan = draft_plan(campaign, wishes, groups)
    with transaction.atomic():
        campaign = lock(campaign)
        touched = Delivery.of(campaign.province_id).filter(entry__campaign=campaign).exclude(state=State.PLANNED)
        if touched.exists():
            raise NotNow("แผนนี้เริ่มส่งแล้ว จึงจัดใหม่ทั้งแผนไม่ได้ แผนเดิมยังอยู่ครบ โปรดย้ายหรือถอนเป็นรายรายการ")
        campaign.entries.all().delete()
        _write(campaign, plan.entries, groups)
        campaign.status = Status.RUNNING
        campaign.week_rule = wishes.week_rule or campaign.week_rule
        campaign.save(update_fields=["status", "week_rule"])
        note_change(Change.MADE, campaign, by=by, now=now, count=len(plan.entries))
        audit.append(by=by, action=Deed.PLAN, row=campaign, now=now)
    return plan


def draft_plan(campaign: Campaign, wishes: Wishes, groups: Sequence[Group]) -> Plan:
    """What the planner would write, without writing it. The same wishes give the same plan while nothing changes."""
    check_approved(campaign)
    return plan_of(plan_request(campaign, wishes, groups))


def check_approved(campaign: Campaign) -> None:
    if campaign.status in {Status.DRAFT, Status.PROPOSED}:
        raise NotNow("โครงการยังไม่ได้รับอนุมัติ จึงยังจัดแผนไม่ได้")
    if campaign.status == Status.ENDED:
        raise NotNow("โครงการจบแล้ว แผนจึงเปลี่ยนไม่ได้ แผนเดิมยังอยู่ครบ")


def fill_rest(*, campaign: Campaign, wishes: Wishes, by: Actor, now: datetime) -> Filling:
    """Plan what the quotas still lack; what is in the plan stays as it is."""
    check_may(by, Deed.PLAN)
    check_approved(campaign)
    with transaction.atomic():
        campaign = lock(campaign)
        filling = draft_filling(campaign, wishes, now)
        if not filling.entries:
            raise NotNow("แผนครบโควตาเท่าที่เวลาและหัวข้อยังมีแล้ว จึงไม่มีอะไรให้เติม แผนเดิมยังอยู่ครบ")
        written = _write(campaign, filling.entries, joined_groups(campaign), next_no(campaign))
        for entry in written:
            note_change(Change.FILLED, campaign, by=by, now=now, entry=entry, after=entry.at)
        audit.append(by=by, action="plan.fill", row=campaign, now=now)
    return filling


def draft_filling(campaign: Campaign, wishes: Wishes, now: datetime) -> Filling:
    """What `fill_rest` would add, without writing it."""
    plan = season_plan(campaign)
    request = plan_request(campaign, wishes, joined_groups(campaign))
    return fill_plan(request, plan.entries, now, list(plan.excused))


def lock(campaign: Campaign) -> Campaign:
    """The campaign, held until the transaction ends: changes of one plan come one after another."""
    return Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)


def next_no(campaign: Campaign) -> int:
    last = campaign.entries.order_by("-no").values_list("no", flat=True).first()
    return (last or 0) + 1


def _write(
    campaign: Campaign, planned: Sequence[PlannedEntry], groups: Sequence[Group], first_no: int | None = None
) -> list[PlanEntry]:
    """Entries and deliveries in two statements. An entry for some groups only leaves the others alone."""
    stock = Stock(campaign)
    chosen = CampaignSettings.from_json(campaign.settings)
    entries = PlanEntry.everywhere.bulk_create(
        PlanEntry(
            province_id=campaign.province_id,
            campaign=campaign,
            no=one.no if first_no is None else first_no + place,
            kind=one.kind,
            title=one.title[:300],
            at=one.at,
            deadline=one.deadline,
            push_allowed=chosen.push_allowed,
        )
        for place, one in enumerate(planned)
    )
    Delivery.everywhere.bulk_create(
        stock.delivery(entry, group, one)
        for entry, one in zip(entries, planned, strict=True)
        for group in groups
        if one.kind is ItemKind.ANNOUNCEMENT or str(group.pk) in one.per_group
    )
    return entries


class Stock:
    """What a campaign has already made: topics by code, and the items that a new delivery can take at once."""

    def __init__(self, campaign: Campaign) -> None:
        rows = Item.of(campaign.province_id).filter(campaign=campaign).exclude(status=ItemStatus.REJECTED)
        items = list(rows.order_by("created_at").only("id", "kind", "topic", "style"))
        self.topics = {topic.code: topic for topic in Topic.of(campaign.province_id)}
        self._posters = {(item.topic_id, item.style): item for item in items if item.kind == ItemKind.POSTER}
        self._by_id = {item.pk: item for item in items}
        self._told = next((item for item in reversed(items) if item.kind == ItemKind.ANNOUNCEMENT), None)

    def delivery(self, entry: PlanEntry, group: Group, planned: PlannedEntry) -> Delivery:
        choice = planned.per_group.get(str(group.pk))
        topic = self.topics.get(choice.topic_id) if choice and choice.topic_id else None
        style = (choice.style or "") if choice else ""
        if planned.kind is ItemKind.ANNOUNCEMENT:
            item = self._told
        elif topic is not None:
            item = self._posters.get((topic.pk, style))
        else:
            item = self._by_id.get(choice.clip_id or "") if choice else None
        return Delivery(
            province_id=entry.province_id,
            entry=entry,
            group=group,
            topic=topic,
            style=style,
            reuse_note=choice.reuse_note if choice else "",
            item=item,
            due_at=entry.at,
            deadline=entry.deadline,
        )


def excuse_week(*, campaign: Campaign, day: date, reason: str, person: Person, by: Actor, now: datetime) -> None:
    """Say why the quota of the week that holds `day` is not asked for. It is shown as excused then, never as met."""
    check_may(by, Deed.EXCUSE_WEEK)
    monday = day - timedelta(days=day.weekday())
    if not reason.strip():
        raise Invalid("โปรดเขียนเหตุที่ยกเว้นสัปดาห์นี้ ยังไม่ได้บันทึก")
    if not _touches(campaign, monday):
        raise Invalid("สัปดาห์นี้อยู่นอกช่วงโครงการ จึงไม่มีโควตาให้ยกเว้น ยังไม่ได้บันทึก")
    with transaction.atomic():
        campaign = lock(campaign)
        if campaign.excused_weeks.filter(monday=monday).exists():
            raise NotNow("สัปดาห์นี้ยกเว้นไว้แล้ว เหตุผลเดิมยังอยู่ หากจะแก้เหตุผลให้เลิกยกเว้นก่อน")
        week = ExcusedWeek.everywhere.create(
            province_id=campaign.province_id, campaign=campaign, monday=monday, reason=reason.strip()[:500], by=person
        )
        note_change(Change.EXCUSED, campaign, by=by, now=now, reason=reason, day=monday)
        audit.append(by=by, action=Deed.EXCUSE_WEEK, row=week, now=now)


def unexcuse_week(*, campaign: Campaign, monday: date, by: Actor, now: datetime) -> None:
    """Ask for the week's quota again, as if it had never been excused. That it was stays in the history."""
    check_may(by, Deed.EXCUSE_WEEK)
    with transaction.atomic():
        campaign = lock(campaign)
        week = campaign.excused_weeks.filter(monday=monday).first()
        if week is None:
            raise NotNow("สัปดาห์นี้ไม่ได้ยกเว้นไว้ จึงไม่มีอะไรให้เลิก")
        note_change(Change.UNEXCUSED, campaign, by=by, now=now, reason=week.reason, day=monday)
        audit.append(by=by, action="week.unexcuse", row=week, now=now)
        week.delete()


def _touches(campaign: Campaign, monday: date) -> bool:
    start, end = campaign.period_start, campaign.period_end
    return start is not None and end is not None and start <= monday + timedelta(days=6) and monday <= end
