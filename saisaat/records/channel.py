from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId, all_or_none


class Channel(RandomId, ProvinceRow):
    """One account on a messaging service (a LINE official account). Its token and secret are sealed."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    api_base = models.CharField(max_length=200, blank=True)
    credentials_sealed = models.BinaryField()
    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stopped_reason = models.CharField(max_length=300, null=True)
    retired_at = models.DateTimeField(null=True)
    """Since when another account stands in its place. What it sent and heard stays."""
    push_stopped_month = models.CharField(max_length=7, blank=True)
    liff_id = models.CharField(max_length=30, blank=True, default="")
    """The LIFF app in which LINE opens our phone pages; empty: links lead to the ordinary pages."""

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(
                name="channel_stop_has_reason", condition=all_or_none("stopped_at", "stopped_reason")
            ),
            models.CheckConstraint(name="channel_kind_named", condition=~Q(kind="")),
        ]
