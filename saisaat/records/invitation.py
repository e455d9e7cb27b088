from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId


class Invitation(RandomId, ProvinceRow):
    """A one-time link by which somebody of the office takes hold of an account. Only the link's hash is kept.

    `roles` are granted when it is used: for `office`, or (office empty) for the whole province. There are none for
    somebody who has an account and lost the way in.
    """

    person = models.ForeignKey("records.Person", on_delete=models.CASCADE, related_name="invitations")
    office = models.ForeignKey("records.Office", on_delete=models.PROTECT, null=True, related_name="+")
    roles = models.JSONField(default=list)
    token_sha256 = models.CharField(max_length=64, unique=True)
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
                name="invitation_one_open_a_person",
            ),
            models.CheckConstraint(
                name="invitation_used_or_revoked", condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(
                name="invitation_ends_after_it_began", condition=Q(expires_at__gt=models.F("created_at"))
            ),
        ]
