from django.db import models
from django.db.models import Q

from saisaat.domain.denominators import Basis
from saisaat.records.base import ProvinceRow, one_of


class Denominator(ProvinceRow):
    """Out of how many a group's figures are told. A fixed number names where it comes from."""

    group = models.OneToOneField("records.Group", on_delete=models.CASCADE, related_name="denominator")
    basis = models.CharField(max_length=10)
    number = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(name="denominator_basis_known", condition=one_of("basis", Basis)),
            models.CheckConstraint(
                name="denominator_fixed_is_whole",
                condition=Q(basis=Basis.FIXED, number__gte=1) & ~Q(source="")
                | ~Q(basis=Basis.FIXED) & Q(number__isnull=True),
            ),
        ]
