from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId


class LinkCode(RandomId, ProvinceRow):
    """A one-time code by which somebody of the office says to the phone page who they are. Only its keyed hash is kept.

    It is given on paper or by mouth; whoever types it is taken for `person`.
    """

    person = models.ForeignKey("records.Person", on_delete=models.CASCADE, related_name="link_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="link_code_one_open_a_person",
            ),
            models.CheckConstraint(
                name="link_code_used_or_revoked", condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(
                name="link_code_ends_after_it_began", condition=Q(expires_at__gt=models.F("created_at"))
            ),
        ]
