from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow

MARKS = (0, 25, 50, 75, 100)
"""How far a clip was played, in per cent. 0: opened; of a clip that plays elsewhere that is all we can know."""


class ClipWatch(ProvinceRow):
    """How far somebody whom LINE vouched for played a clip; `who` as in `View`."""

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, related_name="clip_watches")
    who = models.CharField(max_length=64, blank=True)
    reached = models.PositiveSmallIntegerField()

    class Meta(ProvinceRow.Meta):
        indexes = [models.Index(fields=["who"], name="clip_watch_by_reader")]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "who"], condition=~Q(who=""), name="clip_watch_once_a_person"),
            models.CheckConstraint(name="clip_watch_known_mark", condition=Q(reached__in=MARKS)),
        ]


class ClipCount(ProvinceRow):
    """How often a mark of a clip was reached by readers nobody vouched for. Playings, never people."""

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, related_name="clip_counts")
    mark = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField(default=0)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["delivery", "mark"], name="clip_count_once_a_mark"),
            models.CheckConstraint(name="clip_count_known_mark", condition=Q(mark__in=MARKS)),
        ]
