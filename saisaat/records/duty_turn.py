from django.db import models
from django.db.models import F, Q

from saisaat.records.base import ProvinceRow


class DutyTurn(ProvinceRow):
    """Who is on duty (เวรเผยแพร่) from one day to another, both included. Turns of a province do not overlap."""

    person = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="duty_turns")
    first = models.DateField()
    last = models.DateField()

    class Meta(ProvinceRow.Meta):
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(name="duty_turn_in_order", condition=Q(first__lte=F("last"))),
            models.UniqueConstraint(fields=["province", "first"], name="duty_turn_once_a_day"),
        ]
