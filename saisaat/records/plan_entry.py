from django.db import models
from django.db.models import F, Q

from saisaat.domain.approval import ItemKind
from saisaat.domain.plan_changes import LatePolicy
from saisaat.records.base import ProvinceRow, RandomId, all_or_none, one_of


class PlanEntry(RandomId, ProvinceRow):
    """One planned publication: what kind, when, by whom. What each group gets stands in its deliveries.

    `late_policy` says how `deadline` follows from `at`: as the campaign says, `late_hours` after it, or fixed by hand.
    """

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="entries")
    no = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    at = models.DateTimeField()
    deadline = models.DateTimeField()
    late_policy = models.CharField(max_length=10, default=LatePolicy.CAMPAIGN)
    late_hours = models.PositiveSmallIntegerField(null=True)
    owner = models.ForeignKey("records.Person", on_delete=models.PROTECT, null=True, related_name="+")
    push_allowed = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, null=True)

    class Meta(ProvinceRow.Meta):
        ordering = ["at", "no"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "no"], name="plan_entry_no_once"),
            models.CheckConstraint(name="plan_entry_kind_known", condition=one_of("kind", ItemKind)),
            models.CheckConstraint(name="plan_entry_late_policy_known", condition=one_of("late_policy", LatePolicy)),
            models.CheckConstraint(
                name="plan_entry_late_hours_whole",
                condition=Q(late_policy=LatePolicy.HOURS, late_hours__isnull=False, late_hours__gte=1)
                | (~Q(late_policy=LatePolicy.HOURS) & Q(late_hours__isnull=True)),
            ),
            models.CheckConstraint(name="plan_entry_deadline_after", condition=Q(deadline__gt=F("at"))),
            models.CheckConstraint(
                name="plan_entry_withdrawal_whole", condition=all_or_none("withdrawn_at", "withdrawn_reason")
            ),
        ]
        indexes = [models.Index(fields=["campaign", "at", "no"], name="plan_entry_by_time")]
