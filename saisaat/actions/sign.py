"""Signing: proposer, endorser, approver, each on the SHA-256 of the content they read, which is kept as it was."""

from datetime import datetime

from django.db import transaction

from saisaat.domain.campaign import SignatureRole, Status, check_signable, status_after
from saisaat.domain.content import check_complete
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Campaign, ContentVersion, Person, Signature

DEEDS = {
    SignatureRole.PROPOSER: Deed.SIGN_PROPOSAL,
    SignatureRole.ENDORSER: Deed.ENDORSE_PROPOSAL,
    SignatureRole.APPROVER: Deed.APPROVE_PROPOSAL,
}
"""What each signatory must be allowed to do."""


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


def check_turn(*, campaign: Campaign, role: SignatureRole, person: Person, seen_sha256: str, by: Actor) -> None:
    """Raise what signing or declining would raise, writing nothing: whose turn it is, and on what."""
    check_may(by, DEEDS[role])
    if by.id != person.pk:
        raise NotNow("ลงนามแทนผู้อื่นด้วยบัญชีของตนไม่ได้ ยังไม่มีการลงนาม")
    standing = Signature.of(campaign.province_id).filter(campaign=campaign, voided_at__isnull=True)
    given = dict(standing.values_list("role", "decision"))
    if Signature.Decision.DECLINED in given.values():
        raise NotNow("มีผู้ไม่เห็นชอบโครงการฉบับนี้ จึงลงนามต่อไม่ได้ โปรดแก้ไขเนื้อหาตามเหตุผลแล้วเริ่มลงนามใหม่")
    check_signable(role, {SignatureRole(value) for value in given}, seen_sha256, campaign.content_sha256)
    check_complete(campaign.content)


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
    with transaction.atomic():
        campaign = Campaign.of(campaign.province_id).select_for_update().get(pk=campaign.pk)
        check_turn(campaign=campaign, role=role, person=person, seen_sha256=seen_sha256, by=by)
        _keep_version(campaign, now)
        signature = Signature.everywhere.create(
            province_id=campaign.province_id,
            campaign=campaign,
            role=role,
            person=person,
            acting_for=acting_for.strip(),
            content_sha256=seen_sha256,
            decision=Signature.Decision.DECLINED if reason else Signature.Decision.SIGNED,
            reason=reason,
            decided_at=now,
        )
        if not reason and campaign.status in {Status.DRAFT, Status.PROPOSED}:
            signed = campaign.signatures.filter(voided_at__isnull=True).values_list("role", flat=True)
            campaign.status = status_after({SignatureRole(value) for value in signed})
            campaign.save(update_fields=["status"])
        action = DEEDS[role] if not reason else "proposal.decline"
        audit.append(by=by, action=action, row=signature, now=now, digest=seen_sha256)
    return signature


def _keep_version(campaign: Campaign, now: datetime) -> None:
    """The sealed bytes that were read, so that what was signed can be shown and checked after an edit."""
    ContentVersion.everywhere.get_or_create(
        province_id=campaign.province_id,
        campaign=campaign,
        sha256=campaign.content_sha256,
        defaults={"content_sealed": bytes(campaign.content_sealed), "kept_at": now},
    )
