from django.db import models
from django.db.models import Q

from saisaat.domain import staff
from saisaat.records.base import ProvinceRow, RandomId
from saisaat.records.sealing import unseal


class Person(RandomId, ProvinceRow):
    """Somebody who works here. The name is sealed with the person's own key.

    Office, position, level and type are those of the present posting, or of the last one after leaving; how they came
    about is in the `Posting` rows.
    """

    class StaffType(models.TextChoices):
        OFFICIAL = staff.StaffType.OFFICIAL.value, "ข้าราชการ"
        EMPLOYEE = staff.StaffType.EMPLOYEE.value, "พนักงานราชการ"
        PERMANENT = staff.StaffType.PERMANENT.value, "ลูกจ้างประจำ"
        OTHER = staff.StaffType.OTHER.value, "อื่น ๆ"

    office = models.ForeignKey("records.Office", on_delete=models.PROTECT, related_name="people")
    staff_type = models.CharField(max_length=12, choices=StaffType)
    position = models.CharField(max_length=200)
    level = models.CharField(max_length=200, blank=True, default="")
    name_sealed = models.BinaryField(null=True)
    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(
                name="person_left_after_joining",
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
            ),
        ]

    @property
    def name(self) -> str:
        """The person's name, or the position where the name was erased."""
        return self.known_name or self.position

    @property
    def known_name(self) -> str:
        """The person's name; empty where it was erased."""
        return unseal(self.key, self.name_sealed) or ""
