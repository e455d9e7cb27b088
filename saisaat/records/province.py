from django.db import models

from saisaat.records.base import RandomId


class Province(RandomId):
    """A tenant: one provincial office with its districts, its LINE channel, its people and campaigns."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    letter_code = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=5, default="th")
    """What the office's pages speak to somebody who has not chosen."""

    everywhere = models.Manager()

    class Meta:
        default_manager_name = "everywhere"

    def __str__(self) -> str:
        return self.name
