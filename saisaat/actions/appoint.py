"""Appointing the working group (คณะทำงาน), and issuing the order (คำสั่ง) that says so."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from saisaat.domain.campaign import Status
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.working_group import check_members
from saisaat.queries.working_group import roster, working_group
from saisaat.records import audit
from saisaat.records.models import AppointmentOrder, Campaign, Person, WorkingGroupMember
from saisaat.records.sealing import seal


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's place in the working group, as the order (คำสั่ง) names it."""

    person: Person
    role: str
    duties: str = ""


@dataclass(frozen=True, slots=True)
class OrderHead:
    """What an order says besides its members: its number and date, and who signs it (`acting_for` "" for oneself)."""

    number: str
    dated_on: date
    signer: str
    signer_position: str
    acting_for: str = ""


def appoint(*, campaign: Campaign, appointments: Sequence[Appointment], by: Actor, now: datetime) -> None:
    """Appoint the whole working group, in the order given. A new appointment replaces the old."""
    check_may(by, Deed.APPOINT)
    check_members([each.person.pk for each in appointments], [each.role for each in appointments])
    with transaction.atomic():
        campaign = _locked(campaign)
        campaign.working_group.all().delete()
        WorkingGroupMember.everywhere.bulk_create(
            WorkingGroupMember(
                province_id=campaign.province_id,
                campaign=campaign,
                person=appointment.person,
                position=position,
                role=appointment.role.strip(),
                duties=appointment.duties.strip(),
                appointed_at=now,
            )
            for position, appointment in enumerate(appointments, start=1)
        )
        audit.append(by=by, action=Deed.APPOINT, row=campaign, now=now)


def issue_order(*, campaign: Campaign, head: OrderHead, person: Person, by: Actor, now: datetime) -> AppointmentOrder:
    """Fix the group as it stands in an order with a number and a date. A second order amends the one before."""
    check_may(by, Deed.APPOINT)
    if not head.number.strip():
        raise Invalid("ยังไม่ได้ใส่เลขที่คำสั่ง จึงยังไม่ได้ออกคำสั่ง คณะทำงานยังอยู่ครบ โปรดเติมเลขที่จากทะเบียนคำสั่ง")
    with transaction.atomic():
        campaign = _locked(campaign)
        group = working_group(campaign)
        if not group.members:
            raise NotNow("ยังไม่ได้แต่งตั้งคณะทำงาน จึงยังออกคำสั่งไม่ได้ โปรดบันทึกรายชื่อคณะทำงานก่อน")
        if not group.to_order:
            raise NotNow("คณะทำงานยังเหมือนคำสั่งฉบับล่าสุด จึงไม่ต้องออกคำสั่งใหม่ คำสั่งเดิมยังใช้ได้")
        if any(order.number == head.number.strip() for order in group.orders):
            raise Invalid("เลขที่คำสั่งนี้ใช้ไปแล้ว จึงยังไม่ได้ออกคำสั่ง คณะทำงานยังอยู่ครบ โปรดตรวจเลขที่จากทะเบียนคำสั่ง")
        told = {
            "signer": head.signer.strip(),
            "signer_position": head.signer_position.strip(),
            "acting_for": head.acting_for.strip(),
            "members": roster(group.members),
        }
        order = AppointmentOrder.everywhere.create(
            province_id=campaign.province_id,
            campaign=campaign,
            no=len(group.orders) + 1,
            number=head.number.strip(),
            dated_on=head.dated_on,
            told_sealed=seal(campaign.key, json.dumps(told, ensure_ascii=False)),
            issued_by=person,
            issued_at=now,
        )
        audit.append(by=by, action="working_group.order", row=order, now=now)
    return order


def _locked(campaign: Campaign) -> Campaign:
    """The campaign, locked, in a state in which it has a working group."""
    campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
    if campaign.status in {Status.DRAFT, Status.PROPOSED}:
        raise NotNow("โครงการยังไม่ได้รับอนุมัติ จึงยังแต่งตั้งคณะทำงานไม่ได้")
    if campaign.status == Status.ENDED:
        raise NotNow("โครงการปิดแล้ว จึงเปลี่ยนคณะทำงานไม่ได้ รายชื่อเดิมยังอยู่ครบ")
    return campaign
