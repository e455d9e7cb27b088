from typing import Any

from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId


class AppointmentOrder(RandomId, ProvinceRow):
    """An issued order (คำสั่ง) that appoints the working group, as it was issued. A later one amends it.

    `told_sealed` is a JSON object under the campaign's key: who signs it (`signer`, `signer_position`, `acting_for`)
    and its `members`, each with name, position, role and duties.
    """

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="orders")
    no = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40)
    dated_on = models.DateField()
    told_sealed = models.BinaryField()
    issued_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "no"], name="appointment_order_no_once"),
            models.UniqueConstraint(fields=["campaign", "number"], name="appointment_order_number_once"),
            models.CheckConstraint(name="appointment_order_has_number", condition=~Q(number="")),
        ]

    @property
    def told(self) -> dict[str, Any]:
        """The signer and the members as issued; {} once the campaign's key was shredded."""
        return dict(self.campaign.opened(self.told_sealed) or {})
