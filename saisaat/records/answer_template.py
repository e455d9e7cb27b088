from django.db import models

from saisaat.records.base import ProvinceRow, RandomId


class AnswerTemplate(RandomId, ProvinceRow):
    """Words the office answers with again and again."""

    title = models.CharField(max_length=80)
    text = models.CharField(max_length=1000)

    class Meta(ProvinceRow.Meta):
        ordering = ["title", "id"]
        constraints = [models.UniqueConstraint(fields=["province", "title"], name="answer_template_title_once")]
