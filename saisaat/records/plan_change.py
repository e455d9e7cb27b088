from django.db import models
from django.db.models import Q

from saisaat.domain.plan_changes import Change
from saisaat.records.base import ProvinceRow, one_of


class PlanChange(ProvinceRow):
    """Who changed what in a plan, and why: one row for each entry or week changed, one for a plan made whole.

    `entry` is null for what concerns no single entry, and once a plan was made anew; `no` and `title` stay. `before`
    and `after` are the entry's time. `day` is the Monday of an excused week. `count`: how many entries a new plan has.
    `fields` holds what an edit changed as {name: [old, new]}: titles, times as ISO text, ids of people and items.
    """

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="plan_changes")
    entry = models.ForeignKey("records.PlanEntry", on_delete=models.SET_NULL, null=True, related_name="changes")
    no = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10)
    before = models.DateTimeField(null=True)
    after = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    count = models.PositiveIntegerField(null=True)
    fields = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(name="plan_change_kind_known", condition=one_of("kind", Change)),
            models.CheckConstraint(
                name="plan_change_move_whole",
                condition=~Q(kind__in=[Change.MOVED, Change.SWAPPED]) | Q(before__isnull=False, after__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_change_withdrawal_has_reason",
                condition=~Q(kind__in=[Change.WITHDRAWN, Change.EXCUSED]) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["campaign", "-at"], name="plan_change_latest")]
