"""Appointing the working group (คณะทำงาน)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from saisaat.domain.campaign import Status
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Campaign, Person, WorkingGroupMember


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's place in the working group, as the order (คำสั่ง) names it."""

    person: Person
    role: str
    duties: str = ""


def appoint(*, campaign: Campaign, appointments: Sequence[Appointment], by: Actor, now: datetime) -> None:
    """Appoint the whole working group, in the order given. A new appointment replaces the old."""
    check_may(by, Deed.APPOINT)
    if not appointments:
        raise Invalid("คณะทำงานต้องมีอย่างน้อยหนึ่งคน คณะทำงานเดิมยังอยู่ครบ")
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        if campaign.status in {Status.DRAFT, Status.PROPOSED}:
            raise NotNow("โครงการยังไม่ได้รับอนุมัติ จึงยังแต่งตั้งคณะทำงานไม่ได้")
        campaign.working_group.all().delete()
        for position, appointment in enumerate(appointments, start=1):
            WorkingGroupMember.everywhere.create(
                province_id=campaign.province_id,
                campaign=campaign,
                person=appointment.person,
                position=position,
                role=appointment.role,
                duties=appointment.duties,
                appointed_at=now,
            )
        audit.append(by=by, action=Deed.APPOINT, row=campaign, now=now)
