from django.db import models

from saisaat.records.base import ProvinceRow, RandomId


class Office(RandomId, ProvinceRow):
    """The provincial office or one of its districts."""

    class Kind(models.TextChoices):
        PROVINCIAL = "provincial", "สำนักงานจังหวัด"
        DISTRICT = "district", "สำนักงานอำเภอ"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)

    class Meta(ProvinceRow.Meta):
        constraints = [models.UniqueConstraint(fields=["province", "name"], name="office_name_once")]

    def __str__(self) -> str:
        return self.name
