from django.db import models

from saisaat.records.base import ProvinceRow, RandomId


class LineIdentity(RandomId, ProvinceRow):
    """A LINE account somebody linked himself. The id is kept as a keyed hash; the sealed form is for messages 1:1."""

    channel = models.ForeignKey("records.Channel", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("records.Person", on_delete=models.CASCADE, related_name="line_identities")
    user_hash = models.CharField(max_length=64)
    user_sealed = models.BinaryField()
    linked_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        constraints = [models.UniqueConstraint(fields=["channel", "user_hash"], name="line_identity_once")]
