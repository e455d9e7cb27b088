import json
from typing import Any

from django.db import models
from django.db.models import F, Q

from saisaat.domain.cadence import WeekRule
from saisaat.domain.campaign import Status
from saisaat.records.base import ProvinceRow, RandomId, one_of
from saisaat.records.sealing import unseal


class Campaign(RandomId, ProvinceRow):
    """A project of the office. `content` is what is signed; `content_sha256` is its canonical digest.

    The content names its signatories, so it is sealed under a key of the campaign's own.
    """

    title = models.CharField(max_length=500)
    office_name = models.CharField(max_length=300)
    status = models.CharField(max_length=12, default=Status.DRAFT)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    week_rule = models.CharField(max_length=30, default=WeekRule.FULL_STRICT_EDGE_PRORATED)
    content_sealed = models.BinaryField()
    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, related_name="+")
    content_sha256 = models.CharField(max_length=64)
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        indexes = [models.Index(fields=["province", "-created_at"], name="campaign_newest")]
        constraints = [
            models.CheckConstraint(name="campaign_status_known", condition=one_of("status", Status)),
            models.CheckConstraint(name="campaign_week_rule_known", condition=one_of("week_rule", WeekRule)),
            models.CheckConstraint(
                name="campaign_period_in_order",
                # A comparison with NULL refuses nothing, so half a period is ruled out by name.
                condition=Q(period_start__isnull=True, period_end__isnull=True)
                | Q(period_start__isnull=False, period_end__isnull=False, period_start__lte=F("period_end")),
            ),
            models.CheckConstraint(
                name="campaign_approved_has_period",
                condition=Q(status__in=[Status.DRAFT, Status.PROPOSED]) | Q(period_start__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def content(self) -> dict[str, Any]:
        """The proposal's fields as signed; empty once the campaign's key was shredded."""
        return dict(self.opened(self.content_sealed) or {})

    def opened(self, sealed: bytes | memoryview | None) -> Any:
        """JSON that was sealed under this campaign's key; None where there is none or the key was shredded."""
        text = unseal(self.key, sealed)
        return json.loads(text) if text else None


class Quota(ProvinceRow):
    """How many stories of a kind each group must get, per day, week, month, quarter or year."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="quotas")
    kind = models.CharField(max_length=10)
    what = models.CharField(max_length=500)
    at_least = models.PositiveSmallIntegerField()
    per = models.CharField(max_length=10)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind", "per"], name="quota_once"),
            models.CheckConstraint(name="quota_is_positive", condition=Q(at_least__gte=1)),
        ]


class Kpi(ProvinceRow):
    """A measure the project promised. `target` is in the unit of `measure` (percent, count, mean score, baht)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="kpis")
    no = models.CharField(max_length=10)
    text = models.TextField()
    measure = models.CharField(max_length=12)
    target = models.DecimalField(max_digits=16, decimal_places=2, null=True)

    class Meta(ProvinceRow.Meta):
        ordering = ["id"]


class ExcusedWeek(ProvinceRow):
    """A week in which the quota was not asked for, by whom and why."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="excused_weeks")
    monday = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["campaign", "monday"], name="excused_week_once"),
            models.CheckConstraint(name="excused_week_has_reason", condition=~Q(reason="")),
        ]
