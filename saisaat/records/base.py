"""What every record shares: a province it belongs to, and ids that tell nothing."""

import secrets
from typing import Any, ClassVar, Self

from django.db import models

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def random_id() -> str:
    """16 characters of Crockford base32: 80 random bits, safe in an address, a file name and a QR code."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16))


class ProvinceRow(models.Model):
    """A row of one province. Read it through `of(province)`; `everywhere` is for the worker, intake and maintenance."""

    province = models.ForeignKey("records.Province", on_delete=models.PROTECT, related_name="+")

    everywhere: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
        default_manager_name = "everywhere"
        base_manager_name = "everywhere"

    @classmethod
    def of(cls, province: Any) -> "models.QuerySet[Self]":
        """All rows of `province` (a Province or its id) and no others."""
        return cls.everywhere.filter(province=province)


class RandomId(models.Model):
    """A row whose id may be seen outside: random, so that it counts and orders nothing."""

    id = models.CharField(primary_key=True, max_length=16, default=random_id, editable=False)

    class Meta:
        abstract = True


def all_or_none(*names: str) -> models.Q:
    """A condition: the nullable columns `names` are all set or all null."""
    none = models.Q(**{f"{name}__isnull": True for name in names})
    every = models.Q(**{f"{name}__isnull": False for name in names})
    return none | every


def one_of(name: str, choices: type[models.TextChoices] | Any) -> models.Q:
    """A condition: the column holds one of the enum's values."""
    return models.Q(**{f"{name}__in": [str(choice) for choice in choices]})
