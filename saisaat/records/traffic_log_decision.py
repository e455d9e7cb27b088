from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, one_of


class TrafficLogDecision(ProvinceRow):
    """What the office decided about traffic logs (Computer Act, section 26), which no program can decide for it."""

    class Choice(models.TextChoices):
        KEPT_BY_PROXY = "kept", "ถือว่าต้องเก็บ เก็บที่เครื่องหน้าเว็บ"
        NOT_OURS = "not_ours", "ถือว่าไม่ใช่ผู้ให้บริการตามกฎหมาย"

    choice = models.CharField(max_length=10, choices=Choice)
    grounds = models.CharField(max_length=300)
    """Who was asked, or the order that says so."""
    by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["province"], name="traffic_log_decision_once"),
            models.CheckConstraint(name="traffic_log_decision_known", condition=one_of("choice", ("kept", "not_ours"))),
            models.CheckConstraint(name="traffic_log_decision_has_grounds", condition=~Q(grounds="")),
        ]
