"""Proposing: a project document becomes a campaign, field by field as it was read or corrected."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from saisaat.domain.cadence import Kind, Per
from saisaat.domain.campaign import CampaignSettings, Status, canonical, content_sha256
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.queries.knowledge import knowledge_bank
from saisaat.records import audit
from saisaat.records.models import Campaign, Kpi, Province, Quota, Signature, Topic
from saisaat.records.sealing import new_key, seal

LARGEST_TARGET = 10**14
"""A larger number is a slip in the document; it stays in the content and the KPI says no target."""
_NOT_SIGNED = ("evidence", "warnings")


def import_proposal(*, province: Province, proposal: dict[str, Any], by: Actor, now: datetime) -> Campaign:
    """A draft campaign of a read proposal (`Proposal.to_json()`). What the document did not say stays empty."""
    check_may(by, Deed.IMPORT_PROPOSAL)
    content = {key: value for key, value in proposal.items() if key not in _NOT_SIGNED}
    with transaction.atomic():
        campaign = Campaign(province=province, created_at=now, key=new_key(province, "campaign", now))
        _put_content(campaign, content)
        campaign.save(force_insert=True)
        _put_quotas_and_kpis(campaign, content)
        _load_topics(province)
        audit.append(by=by, action=Deed.IMPORT_PROPOSAL, row=campaign, now=now, digest=campaign.content_sha256)
    return campaign


def correct(*, campaign: Campaign, changes: dict[str, Any], by: Actor, now: datetime) -> Campaign:
    """Change fields of the content. Signatures on the old content are voided, and say so."""
    check_may(by, Deed.IMPORT_PROPOSAL)
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        if campaign.status in {Status.RUNNING, Status.ENDED}:
            raise NotNow("โครงการเริ่มดำเนินการแล้ว จึงแก้เนื้อหาที่อนุมัติไม่ได้ ฉบับที่อนุมัติยังอยู่ครบ")
        content = campaign.content | changes
        if canonical(content) == canonical(campaign.content):
            return campaign
        _put_content(campaign, content)
        campaign.status = Status.DRAFT
        campaign.save()
        campaign.quotas.all().delete()
        campaign.kpis.all().delete()
        _put_quotas_and_kpis(campaign, content)
        Signature.of(campaign.province_id).filter(campaign=campaign, voided_at__isnull=True).update(
            voided_at=now, voided_reason="เนื้อหาโครงการถูกแก้ไขหลังลงนาม"
        )
        audit.append(by=by, action="proposal.correct", row=campaign, now=now, digest=campaign.content_sha256)
    return campaign


def change_settings(*, campaign: Campaign, changes: dict[str, Any], by: Actor, now: datetime) -> Campaign:
    """Change what the office may choose (quiet hours, late policy, close-out days, push)."""
    check_may(by, Deed.PLAN)
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        merged = campaign.settings | changes
        CampaignSettings.from_json(merged)
        campaign.settings = merged
        campaign.save(update_fields=["settings"])
        audit.append(by=by, action="campaign.settings", row=campaign, now=now)
    return campaign


def _put_content(campaign: Campaign, content: dict[str, Any]) -> None:
    title = content.get("title")
    if not title:
        raise Invalid("ไม่พบชื่อโครงการในเอกสาร จึงยังไม่ได้สร้างโครงการ โปรดเติมชื่อโครงการแล้วลองอีกครั้ง")
    period = content.get("period") or {}
    campaign.title = title[:500]
    campaign.office_name = (content.get("org") or "")[:300]
    campaign.period_start = date.fromisoformat(period["start"]) if period else None
    campaign.period_end = date.fromisoformat(period["end"]) if period else None
    campaign.content_sealed = seal(campaign.key, canonical(content).decode())
    campaign.content_sha256 = content_sha256(content)


def _put_quotas_and_kpis(campaign: Campaign, content: dict[str, Any]) -> None:
    for quota in content.get("quotas", []):
        # Per term or per event is a promise too, but no calendar says when it falls due: it stays in the content.
        if quota["kind"] not in set(Kind) or quota["per"] not in set(Per):
            continue
        amount = quota.get("at_least") or quota.get("exactly")
        Quota.everywhere.get_or_create(
            province_id=campaign.province_id,
            campaign=campaign,
            kind=quota["kind"],
            per=quota["per"],
            defaults={"at_least": amount, "what": quota["what"][:500]},
        )
    for kpi in content.get("kpis", []):
        measure = next((name for name in ("percent", "count", "mean_score", "baht") if kpi.get(name) is not None), "")
        Kpi.everywhere.create(
            province_id=campaign.province_id,
            campaign=campaign,
            no=kpi.get("no") or "",
            text=kpi["text"],
            measure=measure,
            target=kpi[measure] if measure and abs(kpi[measure]) < LARGEST_TARGET else None,
        )


def _load_topics(province: Province) -> None:
    """The province's own copy of the knowledge bank; a point it holds already is left as the office edited it."""
    Topic.everywhere.bulk_create(
        [
            Topic(
                province=province,
                code=point.id,
                topic=point.topic,
                headline=point.headline,
                body=point.body,
                law=point.law,
                section=point.section,
                verified=point.verified,
                applies_to=sorted(point.applies_to),
                valid_from=point.valid_from,
                valid_to=point.valid_to,
                publishable=point.publishable,
                cite_check=point.cite_check,
                tags=list(point.tags),
            )
            for point in knowledge_bank()
        ],
        ignore_conflicts=True,
    )
