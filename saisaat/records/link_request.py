from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId, all_or_none
from saisaat.records.sealing import unseal


class LinkRequest(RandomId, ProvinceRow):
    """Somebody with a LINE account says to work in `office` and has no code: whoever manages its people decides.

    Name and LINE user are sealed under a key of this one row, which is shredded with the decision. What is left says
    that somebody asked, who decided, and (where it was granted) for whom.
    """

    office = models.ForeignKey("records.Office", on_delete=models.CASCADE, related_name="+")
    user_hash = models.CharField(max_length=64, blank=True)
    user_sealed = models.BinaryField(null=True)
    name_sealed = models.BinaryField(null=True)
    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("records.Person", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(ProvinceRow.Meta):
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "user_hash"],
                condition=Q(decided_at__isnull=True),
                name="link_request_one_open_a_user",
            ),
            models.CheckConstraint(
                name="link_request_decision_whole", condition=all_or_none("decided_at", "decided_by")
            ),
            models.CheckConstraint(
                name="link_request_decided_is_forgotten",
                condition=Q(decided_at__isnull=True, name_sealed__isnull=False, user_sealed__isnull=False)
                | Q(decided_at__isnull=False, name_sealed=None, user_sealed=None, user_hash=""),
            ),
        ]

    @property
    def name(self) -> str:
        """The name as it was typed; empty once decided."""
        return unseal(self.key, self.name_sealed) or ""
