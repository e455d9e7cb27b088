from django.db import models
from django.db.models import Q

from saisaat.domain.feedback import CommentKind
from saisaat.records.base import ProvinceRow, one_of


class FeedbackPhrase(ProvinceRow):
    """A phrase by which this office tells comments apart. `weight` 0: the office does not want the program's own."""

    kind = models.CharField(max_length=12)
    phrase = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()

    class Meta(ProvinceRow.Meta):
        ordering = ["kind", "phrase"]
        constraints = [
            models.UniqueConstraint(fields=["province", "kind", "phrase"], name="feedback_phrase_once"),
            models.CheckConstraint(name="feedback_phrase_kind_known", condition=one_of("kind", CommentKind)),
            models.CheckConstraint(name="feedback_phrase_weight_known", condition=Q(weight__lte=3)),
            models.CheckConstraint(name="feedback_phrase_says_something", condition=~Q(phrase="")),
        ]
