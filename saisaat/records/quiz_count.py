from django.db import models

from saisaat.records.base import ProvinceRow


class QuizCount(ProvinceRow):
    """How often a choice of an item's question was taken on the page of one publication. Nobody is known here."""

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, related_name="quiz_counts")
    choice = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField(default=0)

    class Meta(ProvinceRow.Meta):
        ordering = ["choice"]
        constraints = [models.UniqueConstraint(fields=["delivery", "choice"], name="quiz_count_once_a_choice")]
