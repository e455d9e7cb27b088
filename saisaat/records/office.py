from django.db import models
from django.db.models import F, Q

from saisaat.domain.staff import OfficeKind
from saisaat.records.base import ProvinceRow, RandomId


class Office(RandomId, ProvinceRow):
    """The provincial office or one of its districts. One merged into another keeps its row: old postings name it."""

    class Kind(models.TextChoices):
        PROVINCIAL = OfficeKind.PROVINCIAL.value, "สำนักงานจังหวัด"
        DISTRICT = OfficeKind.DISTRICT.value, "สำนักงานอำเภอ"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["province", "name"], name="office_name_once"),
            models.CheckConstraint(
                name="office_not_merged_into_itself", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.name
