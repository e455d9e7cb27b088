from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId


class SealingKey(RandomId, ProvinceRow):
    """A data key, wrapped by the folder's master key. Shredding it erases all it sealed, backups included."""

    purpose = models.CharField(max_length=60)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    shredded_at = models.DateTimeField(null=True)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(
                name="sealing_key_shredded_or_whole",
                condition=Q(wrapped__isnull=False, shredded_at__isnull=True)
                | Q(wrapped__isnull=True, shredded_at__isnull=False),
            ),
        ]
