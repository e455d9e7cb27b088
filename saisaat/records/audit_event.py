from django.db import models

from saisaat.records.base import ProvinceRow


class AuditHead(ProvinceRow):
    """Where a province's chain stands: locked by each write, so that rows get one order."""

    last_no = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta(ProvinceRow.Meta):
        constraints = [models.UniqueConstraint(fields=["province"], name="audit_head_once")]


class AuditEvent(ProvinceRow):
    """One write: who did what to which object, and its digest after. Chained by hash, append-only by trigger."""

    no = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(ProvinceRow.Meta):
        ordering = ["province", "no"]
        constraints = [models.UniqueConstraint(fields=["province", "no"], name="audit_event_no_once")]
