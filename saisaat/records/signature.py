from django.db import models
from django.db.models import Q

from saisaat.domain.campaign import SignatureRole
from saisaat.records.base import ProvinceRow, RandomId, all_or_none, one_of


class Signature(RandomId, ProvinceRow):
    """A signatory's word on one exact content. An edit of the content voids it; it is never deleted."""

    class Decision(models.TextChoices):
        SIGNED = "signed", "ลงนาม"
        DECLINED = "declined", "ไม่เห็นชอบ"

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="signatures")
    role = models.CharField(max_length=10)
    person = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=200, blank=True)
    content_sha256 = models.CharField(max_length=64)
    decision = models.CharField(max_length=10)
    decided_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_reason = models.CharField(max_length=300, null=True)

    class Meta(ProvinceRow.Meta):
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(name="signature_role_known", condition=one_of("role", SignatureRole)),
            models.CheckConstraint(
                name="signature_decline_has_reason",
                condition=Q(decision="signed") | (Q(decision="declined") & ~Q(reason="")),
            ),
            models.CheckConstraint(name="signature_void_whole", condition=all_or_none("voided_at", "voided_reason")),
            models.UniqueConstraint(
                fields=["campaign", "role"], condition=Q(voided_at__isnull=True), name="signature_once_a_role"
            ),
        ]
