from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow

_COLOUR = r"^#[0-9a-f]{6}$"


class Brand(ProvinceRow):
    """How the office shows itself: its logo on posters, the emblem on official letters, its two colours."""

    logo = models.ForeignKey("records.Media", on_delete=models.PROTECT, null=True, related_name="+")
    emblem = models.ForeignKey("records.Media", on_delete=models.PROTECT, null=True, related_name="+")
    primary = models.CharField(max_length=7, blank=True)
    secondary = models.CharField(max_length=7, blank=True)
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=60, blank=True)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["province"], name="brand_once"),
            models.CheckConstraint(
                name="brand_colours_are_hex",
                condition=(Q(primary="") | Q(primary__regex=_COLOUR)) & (Q(secondary="") | Q(secondary__regex=_COLOUR)),
            ),
        ]
