from django.db import models

from saisaat.records.base import ProvinceRow, RandomId
from saisaat.records.sealing import unseal


class Person(RandomId, ProvinceRow):
    """Somebody who works here. The name is sealed with the person's own key."""

    class StaffType(models.TextChoices):
        OFFICIAL = "official", "ข้าราชการ"
        EMPLOYEE = "employee", "พนักงานราชการ"
        PERMANENT = "permanent", "ลูกจ้างประจำ"
        OTHER = "other", "อื่น ๆ"

    office = models.ForeignKey("records.Office", on_delete=models.PROTECT, related_name="people")
    staff_type = models.CharField(max_length=12, choices=StaffType)
    position = models.CharField(max_length=200)
    name_sealed = models.BinaryField(null=True)
    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    class Meta(ProvinceRow.Meta):
        pass

    @property
    def name(self) -> str:
        """The person's name, or the position where the name was erased."""
        return unseal(self.key, self.name_sealed) or self.position
