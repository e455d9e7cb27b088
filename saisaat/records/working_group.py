from django.db import models

from saisaat.records.base import ProvinceRow


class WorkingGroupMember(ProvinceRow):
    """A person appointed to the working group (คณะทำงาน), with role and duties, in the sequence of the order (คำสั่ง)."""

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="working_group")
    person = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=100)
    duties = models.TextField(blank=True)
    appointed_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="working_group_member_once"),
            models.UniqueConstraint(fields=["campaign", "position"], name="working_group_place_once"),
        ]
