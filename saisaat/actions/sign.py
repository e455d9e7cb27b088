"""Signing: proposer, endorser, approver, each on the SHA-256 of the content they read."""

from datetime import datetime

from django.db import transaction

from saisaat.domain.campaign import SignatureRole, Status, check_signable, status_after
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Campaign, Person, Signature

_DEEDS = {
    SignatureRole.PROPOSER: Deed.SIGN_PROPOSAL,
    SignatureRole.ENDORSER: Deed.ENDORSE_PROPOSAL,
    SignatureRole.APPROVER: Deed.APPROVE_PROPOSAL,
}


def sign(
    *,
    campaign: Campaign,
    role: SignatureRole,
    person: Person,
    seen_sha256: str,
    by: Actor,
    now: datetime,
    acting_for: str = "",
) -> Signature:
    """`person` signs what they read (`seen_sha256`). `acting_for`: the office acted for (ปฏิบัติราชการแทน)."""
    return _decide(campaign, role, person, seen_sha256, by, now, acting_for=acting_for)


def decline(
    *, campaign: Campaign, role: SignatureRole, person: Person, seen_sha256: str, reason: str, by: Actor, now: datetime
) -> Signature:
    """`person` does not agree, and says why. The campaign waits for a corrected content."""
    if not reason.strip():
        raise Invalid("โปรดเขียนเหตุผลที่ไม่เห็นชอบ ยังไม่ได้บันทึก")
    return _decide(campaign, role, person, seen_sha256, by, now, reason=reason.strip())


def _decide(
    campaign: Campaign,
    role: SignatureRole,
    person: Person,
    seen_sha256: str,
    by: Actor,
    now: datetime,
    *,
    acting_for: str = "",
    reason: str = "",
) -> Signature:
    check_may(by, _DEEDS[role])
    if by.id != person.pk:
        raise NotNow("ลงนามแทนผู้อื่นด้วยบัญชีของตนไม่ได้ ยังไม่มีการลงนาม")
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        standing = Signature.of(campaign.province_id).filter(campaign=campaign, voided_at__isnull=True)
        if standing.filter(decision=Signature.Decision.DECLINED).exists():
            raise NotNow("มีผู้ไม่เห็นชอบโครงการฉบับนี้ จึงลงนามต่อไม่ได้ โปรดแก้ไขเนื้อหาตามเหตุผลแล้วเริ่มลงนามใหม่")
        signed = {SignatureRole(value) for value in standing.values_list("role", flat=True)}
        check_signable(role, signed, seen_sha256, campaign.content_sha256)
        signature = Signature.everywhere.create(
            province_id=campaign.province_id,
            campaign=campaign,
            role=role,
            person=person,
            acting_for=acting_for,
            content_sha256=seen_sha256,
            decision=Signature.Decision.DECLINED if reason else Signature.Decision.SIGNED,
            reason=reason,
            decided_at=now,
        )
        if not reason and campaign.status in {Status.DRAFT, Status.PROPOSED}:
            campaign.status = status_after(signed | {role})
            if campaign.status == Status.APPROVED and campaign.period_start is None:
                raise NotNow("โครงการยังไม่มีระยะเวลาดำเนินการที่ชัดเจน จึงอนุมัติไม่ได้ โปรดเติมวันเริ่มและวันสิ้นสุดก่อน")
            campaign.save(update_fields=["status"])
        action = _DEEDS[role] if not reason else "proposal.decline"
        audit.append(by=by, action=action, row=signature, now=now, digest=seen_sha256)
    return signature
