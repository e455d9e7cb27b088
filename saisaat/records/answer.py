from django.db import models
from django.db.models import Q

from saisaat.domain.answers import AnswerState, AnswerWay
from saisaat.records.base import ProvinceRow, RandomId, one_of


class Answer(RandomId, ProvinceRow):
    """What the office said to a comment, and how far it came. A comment keeps its latest answer beside it."""

    comment = models.ForeignKey("records.Comment", on_delete=models.CASCADE, related_name="answers")
    group = models.ForeignKey("records.Group", on_delete=models.PROTECT, null=True, related_name="+")
    """Where it can be sent; None where the comment does not say which group it came from."""
    text = models.TextField()
    way = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    deadline = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=100, blank=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta(ProvinceRow.Meta):
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["group", "made_at"], condition=Q(state="waiting"), name="answer_waiting")]
        constraints = [
            models.CheckConstraint(name="answer_way_known", condition=one_of("way", AnswerWay)),
            models.CheckConstraint(name="answer_state_known", condition=one_of("state", AnswerState)),
            models.CheckConstraint(
                name="answer_sent_has_time",
                condition=Q(state=AnswerState.SENT, sent_at__isnull=False)
                | (~Q(state=AnswerState.SENT) & Q(sent_at__isnull=True)),
            ),
        ]
