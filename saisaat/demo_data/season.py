"""A campaign of one year: its document, signatures, working group and duty roster."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from saisaat.demo_data.place import Place
from saisaat.demo_data.rows import Dice, Rows
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.campaign import SIGNING_ORDER, SignatureRole, Status, canonical, content_sha256
from saisaat.domain.content import How, signed_part
from saisaat.domain.proposal import read
from saisaat.domain.sources import lines_of_fields
from saisaat.domain.thai import BUDDHIST_ERA, to_thai_digits
from saisaat.records.models import (
    AppointmentOrder,
    Campaign,
    ContentVersion,
    Correction,
    DutyTurn,
    Kpi,
    Quota,
    Reading,
    Signature,
    WorkingGroupMember,
)
from saisaat.records.sealing import new_key, seal

DAYS = 153
_GROUP_ROLES = ("ประธานคณะทำงาน", "รองประธานคณะทำงาน", "คณะทำงาน", "คณะทำงาน", "คณะทำงานและเลขานุการ")


@dataclass(frozen=True, slots=True)
class Season:
    """A campaign of a place, and the Monday it begins on."""

    place: Place
    campaign: Campaign
    start: date


def begin(*, place: Place, start: date, rows: Rows, now: datetime, dice: Dice) -> Season:
    """The approved campaign that begins on `start`, with everything but its plan."""
    end = start + timedelta(days=DAYS - 1)
    read_at = local(start, 9) - timedelta(days=21)
    text, content = _document(place, start, end)
    key = new_key(place.province, "campaign", read_at)
    campaign = Campaign(
        id=dice.id(),
        province=place.province,
        title=content["title"],
        office_name=place.province.name,
        status=Status.ENDED if local(end, 23) < now else Status.RUNNING,
        period_start=start,
        period_end=end,
        content_sealed=seal(key, canonical(content).decode()),
        key=key,
        content_sha256=content_sha256(content),
        created_at=read_at,
    )
    rows.add(campaign)
    _read(campaign, text, content, place, rows)
    _sign(campaign, place, rows, dice)
    _promise(campaign, content, rows)
    _appoint(campaign, place, rows, dice)
    for week in range(0, DAYS, 7):
        first = start + timedelta(days=week)
        duty = place.players["duty"] if week % 2 == 0 else place.players["producer"]
        rows.add(DutyTurn(province=place.province, person=duty, first=first, last=first + timedelta(days=6)))
    rows.write()
    return Season(place, campaign, start)


def begin_next(*, place: Place, start: date, rows: Rows, now: datetime, dice: Dice) -> None:
    """The document of the year that begins on `start`: read three days ago, its questions open, not signed."""
    text, proposal = _demonstration()
    evidence, as_read = proposal["evidence"], signed_part(proposal)
    found = {"evidence": evidence, "lines": lines_of_fields(text, evidence, as_read), "questions": proposal["warnings"]}
    _, content = _document(place, start, start + timedelta(days=DAYS - 1))
    read_at = now - timedelta(days=3)
    key = new_key(place.province, "campaign", read_at)
    campaign = Campaign(
        id=dice.id(),
        province=place.province,
        title=content["title"],
        office_name=place.province.name,
        status=Status.DRAFT,
        period_start=start,
        period_end=start + timedelta(days=DAYS - 1),
        content_sealed=seal(key, canonical(content).decode()),
        key=key,
        content_sha256=content_sha256(content),
        created_at=read_at,
    )
    rows.add(campaign)
    _keep_reading(campaign, text, found | {"content": as_read}, rows)
    _promise(campaign, content, rows)
    rows.write()


@cache
def _demonstration() -> tuple[str, dict[str, Any]]:
    """The demonstration's proposal, its text and what the reader makes of it."""
    text = (files("saisaat.data") / "demo-proposal.txt").read_text("utf-8")
    return text, read(text).to_json()


def _document(place: Place, start: date, end: date) -> tuple[str, dict[str, Any]]:
    text, proposal = _demonstration()
    year = to_thai_digits(str(start.year + BUDDHIST_ERA))
    return text, signed_part(proposal) | {
        "title": f"{proposal['title']} ปี {year}",
        "org": place.province.name,
        "period": {"start": start.isoformat(), "end": end.isoformat()},
        "period_text": None,
    }


def _read(campaign: Campaign, text: str, content: Mapping[str, Any], place: Place, rows: Rows) -> None:
    province = campaign.province
    _keep_reading(campaign, text, {"content": content, "evidence": {}, "lines": {}, "questions": []}, rows)
    for name in ("title", "org", "period"):
        rows.add(
            Correction(
                province=province,
                campaign=campaign,
                field=name,
                how=How.CORRECTED,
                before_sealed=seal(campaign.key, json.dumps(content[name], ensure_ascii=False)),
                person=place.players["owner"],
                at=campaign.created_at,
            )
        )


def _keep_reading(campaign: Campaign, text: str, found: Mapping[str, Any], rows: Rows) -> None:
    rows.add(
        Reading(
            province=campaign.province,
            campaign=campaign,
            source_name="โครงการปีที่แล้ว.txt",
            source_sealed=seal(campaign.key, text),
            source_sha256=hashlib.sha256(text.encode()).hexdigest(),
            found_sealed=seal(campaign.key, canonical(found).decode()),
            read_at=campaign.created_at,
        )
    )


def _sign(campaign: Campaign, place: Place, rows: Rows, dice: Dice) -> None:
    signers = {
        SignatureRole.PROPOSER: place.players["owner"],
        SignatureRole.ENDORSER: place.players["endorser"],
        SignatureRole.APPROVER: place.players["approver"],
    }
    rows.add(
        ContentVersion(
            province=campaign.province,
            campaign=campaign,
            sha256=campaign.content_sha256,
            content_sealed=campaign.content_sealed,
            kept_at=campaign.created_at,
        )
    )
    for number, role in enumerate(SIGNING_ORDER, 1):
        rows.add(
            Signature(
                id=dice.id(),
                province=campaign.province,
                campaign=campaign,
                role=role,
                person=signers[role],
                acting_for="ผู้ว่าราชการจังหวัด" if role is SignatureRole.APPROVER else "",
                content_sha256=campaign.content_sha256,
                decision=Signature.Decision.SIGNED,
                decided_at=campaign.created_at + timedelta(days=2 * number, hours=dice.randrange(6)),
            )
        )


def _promise(campaign: Campaign, content: Mapping[str, Any], rows: Rows) -> None:
    for quota in content["quotas"]:
        kept = {"kind": quota["kind"], "per": quota["per"], "what": quota["what"], "at_least": quota["at_least"]}
        rows.add(Quota(province=campaign.province, campaign=campaign, **kept))
    for kpi in content["kpis"]:
        kept = {"no": kpi["no"] or "", "text": kpi["text"], "measure": "percent", "target": kpi["percent"]}
        rows.add(Kpi(province=campaign.province, campaign=campaign, **kept))


def _appoint(campaign: Campaign, place: Place, rows: Rows, dice: Dice) -> None:
    people = [place.players[part] for part in ("endorser", "owner", "producer", "reviewer", "duty")]
    told = []
    appointed_at = campaign.created_at + timedelta(days=9)
    for position, (person, role) in enumerate(zip(people, _GROUP_ROLES, strict=True), 1):
        kept = {"person": person, "position": position, "role": role, "duties": "", "appointed_at": appointed_at}
        rows.add(WorkingGroupMember(province=campaign.province, campaign=campaign, **kept))
        told.append({"name": person.name, "position": person.position, "role": role, "duties": ""})
    order = {"signer": people[0].name, "signer_position": people[0].position, "acting_for": "", "members": told}
    rows.add(
        AppointmentOrder(
            id=dice.id(),
            province=campaign.province,
            campaign=campaign,
            no=1,
            number=f"{1 + dice.randrange(80)}/{appointed_at.year + BUDDHIST_ERA}",
            dated_on=appointed_at.date(),
            told_sealed=seal(campaign.key, json.dumps(order, ensure_ascii=False)),
            issued_by=place.players["owner"],
            issued_at=appointed_at,
        )
    )


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in Thailand, as it is stored."""
    return datetime.combine(day, time(hour, minute), BANGKOK).astimezone(UTC)
