from django.db import models

from saisaat.records.base import ProvinceRow, RandomId


class ItemVersion(RandomId, ProvinceRow):
    """An item as it was saved once, never changed again: who, when, its words and picture, and the hash of it all."""

    item = models.ForeignKey("records.Item", on_delete=models.CASCADE, related_name="versions")
    no = models.PositiveSmallIntegerField()
    author = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    alt = models.CharField(max_length=1500)
    spec = models.JSONField(default=dict)
    quiz = models.JSONField(default=dict)
    picture = models.ForeignKey("records.Media", on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta(ProvinceRow.Meta):
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["item", "no"], name="item_version_once")]
