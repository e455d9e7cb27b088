"""Proposing: a project document becomes a campaign, field by field as it was read, filled in or corrected."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from saisaat.domain.cadence import Kind, Per, WeekRule
from saisaat.domain.campaign import CampaignSettings, Status, canonical, content_sha256
from saisaat.domain.content import How, changed, check_content, signed_part
from saisaat.domain.errors import NotNow
from saisaat.domain.proposal import read
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.sources import lines_of_fields
from saisaat.queries.proposal import questions_of
from saisaat.queries.topics import rows_of_the_bank
from saisaat.records import audit
from saisaat.records.models import Campaign, Correction, Kpi, Province, Quota, Reading, Signature, Topic
from saisaat.records.sealing import new_key, seal, shred

LARGEST_TARGET = 10**14
"""A larger number is a slip in the document; it stays in the content and the KPI says no target."""


@dataclass(frozen=True, slots=True)
class Source:
    """The document a proposal was read from: its text as extracted, and the name of the file it came in."""

    text: str
    name: str = ""


def import_proposal(
    *,
    province: Province,
    proposal: dict[str, Any],
    by: Actor,
    now: datetime,
    source: Source | None = None,
    filled: Mapping[str, Any] | None = None,
) -> Campaign:
    """A draft campaign of a read proposal (`Proposal.to_json()`). What the document did not say stays empty.

    `source` is kept sealed with it. `filled` is what a person said at once of fields the document leaves empty.
    """
    check_may(by, Deed.IMPORT_PROPOSAL)
    as_read = signed_part(proposal)
    content = as_read | dict(filled or {})
    check_content(content)
    found = _found(proposal, as_read, source)
    with transaction.atomic():
        campaign = Campaign(province=province, created_at=now, key=new_key(province, "campaign", now))
        _put_content(campaign, content)
        campaign.save(force_insert=True)
        _put_quotas_and_kpis(campaign, content)
        _keep_reading(campaign, found, source, now)
        _keep_corrections(campaign, as_read, changed(as_read, content), by, now)
        _load_topics(province)
        audit.append(by=by, action=Deed.IMPORT_PROPOSAL, row=campaign, now=now, digest=campaign.content_sha256)
    return campaign


def begin_blank(*, province: Province, title: str, org: str, by: Actor, now: datetime) -> Campaign:
    """A draft campaign on an empty form, with a question for everything that is still to be said."""
    proposal = read("").to_json()
    proposal["warnings"] = [warning for warning in proposal["warnings"] if warning["field"] != "document"]
    filled = {"title": title.strip()} | ({"org": org.strip()} if org.strip() else {})
    return import_proposal(province=province, proposal=proposal, by=by, now=now, filled=filled)


def correct(
    *, campaign: Campaign, changes: dict[str, Any], by: Actor, now: datetime, settled: Collection[str] = ()
) -> Campaign:
    """Change fields of the content, and settle questions about it (their ids) that need no change.

    What a field said before is kept, with who changed it. Signatures on the old content are voided, and say so.
    """
    check_may(by, Deed.IMPORT_PROPOSAL)
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        if campaign.status in {Status.RUNNING, Status.ENDED}:
            raise NotNow("โครงการเริ่มดำเนินการแล้ว จึงแก้เนื้อหาที่อนุมัติไม่ได้ ฉบับที่อนุมัติยังอยู่ครบ")
        before = campaign.content
        hands = changed(before, changes)
        _settle(campaign, settled, by, now)
        if hands:
            _rewrite(campaign, before | {name: changes[name] for name in hands}, now)
            _keep_corrections(campaign, before, hands, by, now)
            audit.append(by=by, action="proposal.correct", row=campaign, now=now, digest=campaign.content_sha256)
        elif settled:
            audit.append(by=by, action="proposal.settle", row=campaign, now=now, digest=campaign.content_sha256)
    return campaign


def discard(*, campaign: Campaign, by: Actor, now: datetime) -> None:
    """Throw away a draft that nobody ever signed or declined, and the key of what it said."""
    check_may(by, Deed.IMPORT_PROPOSAL)
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().select_related("key").get(pk=campaign.pk)
        if campaign.status != Status.DRAFT or campaign.signatures.exists():
            raise NotNow("โครงการนี้มีผู้ลงนามหรือผู้ไม่เห็นชอบแล้ว จึงลบไม่ได้ เอกสารและประวัติยังอยู่ครบ")
        audit.append(by=by, action="proposal.discard", row=campaign, now=now, digest=campaign.content_sha256)
        key = campaign.key
        campaign.delete()
        shred(key, now)


def change_settings(
    *, campaign: Campaign, changes: dict[str, Any], by: Actor, now: datetime, week_rule: WeekRule | None = None
) -> Campaign:
    """Change what the office may choose (quiet hours, late policy, close-out days, push, the week rule)."""
    check_may(by, Deed.CHANGE_SETTINGS)
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        merged = campaign.settings | changes
        CampaignSettings.from_json(merged)
        campaign.settings = merged
        campaign.week_rule = week_rule or campaign.week_rule
        campaign.save(update_fields=["settings", "week_rule"])
        audit.append(by=by, action="campaign.settings", row=campaign, now=now)
    return campaign


def _found(proposal: Mapping[str, Any], as_read: Mapping[str, Any], source: Source | None) -> dict[str, Any]:
    """What the reader made of the document, as `Reading` keeps it."""
    evidence = proposal.get("evidence", {})
    return {
        "content": as_read,
        "evidence": evidence,
        "lines": lines_of_fields(source.text, evidence, as_read) if source else {},
        "questions": proposal.get("warnings", []),
    }


def _keep_reading(campaign: Campaign, found: Mapping[str, Any], source: Source | None, now: datetime) -> None:
    Reading.everywhere.create(
        province_id=campaign.province_id,
        campaign=campaign,
        source_name=source.name[:200] if source else "",
        source_sealed=seal(campaign.key, source.text) if source else None,
        source_sha256=hashlib.sha256(source.text.encode()).hexdigest() if source else "",
        found_sealed=seal(campaign.key, canonical(found).decode()),
        read_at=now,
    )


def _keep_corrections(
    campaign: Campaign, before: Mapping[str, Any], hands: Mapping[str, How], by: Actor, now: datetime
) -> None:
    Correction.everywhere.bulk_create(
        Correction(
            province_id=campaign.province_id,
            campaign=campaign,
            field=name,
            how=how,
            before_sealed=seal(campaign.key, json.dumps(before.get(name), ensure_ascii=False)),
            person_id=by.id,
            at=now,
        )
        for name, how in hands.items()
    )


def _settle(campaign: Campaign, settled: Collection[str], by: Actor, now: datetime) -> None:
    """Only questions that were asked can be settled, each once."""
    if not settled:
        return
    asked = {question.id: question.field for question in questions_of(campaign.reading)}
    done = set(campaign.corrections.filter(how=How.SETTLED).values_list("question", flat=True))
    fresh = [question for question in dict.fromkeys(settled) if question in asked and question not in done]
    Correction.everywhere.bulk_create(
        Correction(
            province_id=campaign.province_id,
            campaign=campaign,
            field=asked[question],
            how=How.SETTLED,
            question=question,
            person_id=by.id,
            at=now,
        )
        for question in fresh
    )


def _rewrite(campaign: Campaign, content: dict[str, Any], now: datetime) -> None:
    """Put a new content in the old one's place: its quotas and KPIs are its own, its signatures are to come."""
    check_content(content)
    _put_content(campaign, content)
    campaign.status = Status.DRAFT
    campaign.save()
    campaign.quotas.all().delete()
    campaign.kpis.all().delete()
    _put_quotas_and_kpis(campaign, content)
    Signature.of(campaign.province_id).filter(campaign=campaign, voided_at__isnull=True).update(
        voided_at=now, voided_reason=Remark.SIGNED_ANOTHER
    )


def _put_content(campaign: Campaign, content: dict[str, Any]) -> None:
    period = content.get("period") or {}
    campaign.title = content["title"]
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
    Topic.everywhere.bulk_create(rows_of_the_bank(province), ignore_conflicts=True)
