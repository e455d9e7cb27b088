from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId

LATEST_FIRST = ("-seen_at", "-entered_at", "id")
"""Of two entries for one moment the later one is the correction, and counts."""


class ReaderCount(RandomId, ProvinceRow):
    """ "อ่านแล้ว N" as an officer saw it under the message in the group: a claim with its witness, never a proof."""

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, related_name="reader_counts")
    readers = models.PositiveIntegerField()
    seen_at = models.DateTimeField()
    evidence = models.ForeignKey("records.Media", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        ordering = ["-seen_at", "id"]
        constraints = [
            models.CheckConstraint(name="reader_count_has_evidence", condition=Q(evidence__isnull=False) | ~Q(note="")),
        ]
