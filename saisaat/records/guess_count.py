from django.db import models

from saisaat.domain.guessing import Guessed
from saisaat.records.base import one_of


class GuessCount(models.Model):
    """Failed tries under one key (a keyed hash of a name, an address or an account), before any province is known."""

    key = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=12)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    wait_until = models.DateTimeField(null=True)

    everywhere = models.Manager()

    class Meta:
        default_manager_name = "everywhere"
        indexes = [models.Index(fields=["last_at"], name="guess_count_age")]
        constraints = [models.CheckConstraint(name="guess_count_known_kind", condition=one_of("kind", Guessed))]
