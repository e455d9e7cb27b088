from django.db import models

from saisaat.records.base import ProvinceRow


class Submission(ProvinceRow):
    """A form sent once. The second sending of the same form is led to where the first one went (`location`)."""

    account = models.ForeignKey("records.Account", on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=32)
    location = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta(ProvinceRow.Meta):
        constraints = [models.UniqueConstraint(fields=["account", "token"], name="submission_once")]
        indexes = [models.Index(fields=["sent_at"], name="submission_age")]
