"""Planning: from quotas, period, holidays and topics to dated entries with one delivery for each group."""

from datetime import date, datetime, timedelta

from django.db import transaction

from saisaat.domain.cadence import Kind, Per, WeekRule
from saisaat.domain.cadence import Quota as QuotaRule
from saisaat.domain.campaign import CampaignSettings, Status
from saisaat.domain.delivery import State
from saisaat.domain.errors import NotNow
from saisaat.domain.plan import Plan, PlanGroup, PlannedEntry, PlanRequest
from saisaat.domain.plan import make_plan as plan_of
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.topics import Audience
from saisaat.queries.calendar import civil_holidays
from saisaat.queries.topics import topics_of
from saisaat.records import audit
from saisaat.records.models import Campaign, Delivery, ExcusedWeek, Group, Person, PlanEntry, Topic


def make_plan(*, campaign: Campaign, styles: tuple[str, ...], by: Actor, now: datetime, seed: int = 0) -> Plan:
    """Write the whole action plan of an approved campaign. A plan of which nothing was sent yet is replaced."""
    check_may(by, Deed.PLAN)
    if campaign.status in {Status.DRAFT, Status.PROPOSED}:
        raise NotNow("โครงการยังไม่ได้รับอนุมัติ จึงยังจัดแผนไม่ได้")
    groups = list(Group.of(campaign.province_id).filter(left_at__isnull=True))
    plan = plan_of(_request(campaign, groups, styles, seed))
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        touched = Delivery.of(campaign.province_id).filter(entry__campaign=campaign).exclude(state=State.PLANNED)
        if touched.exists():
            raise NotNow("แผนนี้เริ่มส่งแล้ว จึงจัดใหม่ทั้งแผนไม่ได้ แผนเดิมยังอยู่ครบ โปรดย้ายหรือถอนเป็นรายรายการ")
        campaign.entries.all().delete()
        _write(campaign, plan, groups)
        Campaign.of(campaign.province_id).filter(pk=campaign.pk).update(status=Status.RUNNING)
        audit.append(by=by, action=Deed.PLAN, row=campaign, now=now)
    return plan


def _request(campaign: Campaign, groups: list[Group], styles: tuple[str, ...], seed: int) -> PlanRequest:
    assert campaign.period_start is not None and campaign.period_end is not None, "an approved campaign has a period"
    chosen = CampaignSettings.from_json(campaign.settings)
    return PlanRequest(
        period_start=campaign.period_start,
        period_end=campaign.period_end,
        quotas=tuple(QuotaRule(Kind(q.kind), q.at_least, Per(q.per)) for q in campaign.quotas.order_by("pk")),
        groups=tuple(PlanGroup(str(g.pk), Audience(g.audience), g.name) for g in groups),
        topics=topics_of(str(campaign.province_id)),
        styles=styles,
        holidays=civil_holidays(campaign.period_start, campaign.period_end),
        quiet_hours=(chosen.quiet_from, chosen.quiet_to),
        late_hours=chosen.late_hours,
        week_rule=WeekRule(campaign.week_rule),
        seed=seed,
    )


def _write(campaign: Campaign, plan: Plan, groups: list[Group]) -> None:
    topics = {topic.code: topic for topic in Topic.of(campaign.province_id)}
    chosen = CampaignSettings.from_json(campaign.settings)
    for planned in plan.entries:
        entry = PlanEntry.everywhere.create(
            province_id=campaign.province_id,
            campaign=campaign,
            no=planned.no,
            kind=planned.kind,
            title=planned.title[:300],
            at=planned.at,
            deadline=planned.deadline,
            push_allowed=chosen.push_allowed,
        )
        Delivery.everywhere.bulk_create(_delivery(entry, group, planned, topics) for group in groups)


def _delivery(entry: PlanEntry, group: Group, planned: PlannedEntry, topics: dict[str, Topic]) -> Delivery:
    choice = planned.per_group.get(str(group.pk))
    return Delivery(
        province_id=entry.province_id,
        entry=entry,
        group=group,
        topic=topics.get(choice.topic_id) if choice and choice.topic_id else None,
        style=(choice.style or "") if choice else "",
        reuse_note=choice.reuse_note if choice else "",
        due_at=entry.at,
        deadline=entry.deadline,
    )


def excuse_week(*, campaign: Campaign, day: date, reason: str, person: Person, by: Actor, now: datetime) -> None:
    """Say why the quota of the week that holds `day` is not asked for. It is shown as excused then, never as met."""
    check_may(by, Deed.EXCUSE_WEEK)
    monday = day - timedelta(days=day.weekday())
    with transaction.atomic():
        week = ExcusedWeek.everywhere.create(
            province_id=campaign.province_id, campaign=campaign, monday=monday, reason=reason, by=person
        )
        audit.append(by=by, action=Deed.EXCUSE_WEEK, row=week, now=now)
