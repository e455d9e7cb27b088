from django.db import models

from saisaat.records.base import ProvinceRow, RandomId


class Report(RandomId, ProvinceRow):
    """A report as issued: the figures it was made of, and the file's digest. A new issue keeps the old."""

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=20)
    figures = models.JSONField()
    file_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta(ProvinceRow.Meta):
        ordering = ["made_at"]
