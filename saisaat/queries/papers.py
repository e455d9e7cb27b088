"""What the campaign's official papers say: who signed the project, and the order that appoints its working group."""

from collections.abc import Iterable
from typing import Any

from saisaat.documents.order import Order, OrderMember
from saisaat.documents.proposal_form import SignatureLine
from saisaat.domain.cadence import local_day
from saisaat.domain.thai import format_date
from saisaat.queries.working_group import WorkingGroup, roster
from saisaat.records.models import AppointmentOrder, Campaign, Signature


def signature_lines(signatures: Iterable[Signature]) -> list[SignatureLine]:
    """The words that stand, as the form prints them; what was voided is left out."""
    return [
        SignatureLine(
            role=row.role,
            name=row.person.name,
            position=row.person.position,
            acting_for=row.acting_for,
            decision=row.decision,
            decided_on=local_day(row.decided_at),
            content_sha256=row.content_sha256,
        )
        for row in signatures
        if row.voided_at is None
    ]


def issued_order(campaign: Campaign, order: AppointmentOrder, group: WorkingGroup) -> Order:
    """An order as it was issued, by itself or in amendment of the one before it."""
    before = next((each for each in group.orders if each.no == order.no - 1), None)
    told = order.told
    return _order(
        campaign,
        told.get("members", []),
        before,
        number=order.number,
        year=order.dated_on.year,
        dated=order.dated_on,
        signer_name=told.get("signer", ""),
        signer_position=told.get("signer_position", ""),
        acting_for=told.get("acting_for", ""),
    )


def drafted_order(campaign: Campaign, group: WorkingGroup, year: int) -> Order:
    """The order of the group as it stands, its number, date and signature left to be written in."""
    blank = {"number": "", "dated": None, "signer_name": "", "signer_position": "", "acting_for": ""}
    return _order(campaign, roster(group.members), group.last, year=year, **blank)


def _order(campaign: Campaign, members: list[dict[str, Any]], before: AppointmentOrder | None, **head: Any) -> Order:
    title = f"แต่งตั้งคณะทำงาน{_project(campaign)}"
    return Order(
        office=campaign.office_name,
        title=f"แก้ไขเพิ่มเติมการ{title}" if before else title,
        preamble=_amending(campaign, before) if before else "",
        campaign=campaign.title,
        members=tuple(OrderMember(**each) for each in members),
        duties=(),
        **head,
    )


def _project(campaign: Campaign) -> str:
    return campaign.title if campaign.title.startswith("โครงการ") else f"โครงการ {campaign.title}"


def _amending(campaign: Campaign, before: AppointmentOrder) -> str:
    return (
        f"ตามคำสั่ง{campaign.office_name} ที่ {before.number} ลงวันที่ {format_date(before.dated_on)} "
        f"ได้แต่งตั้งคณะทำงาน{_project(campaign)} ไว้แล้ว นั้น\n"
        "เนื่องจากมีการปรับเปลี่ยนคณะทำงาน จึงยกเลิกรายชื่อคณะทำงานตามคำสั่งดังกล่าว และแต่งตั้งคณะทำงาน ดังนี้"
    )
