from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, all_or_none


class InboundEvent(ProvinceRow):
    """A webhook event answered 200. Of what does not concern a campaign only id, type, group and hour are kept.

    `payload_sealed` holds the event for the worker when it concerns one (a button of ours, a quote of our message,
    joining and leaving). A command is not stored: it goes to the worker with its reply token. `held` marks a quote of
    a message id not known yet, kept while an attempt into its group is open. `handled_at` is set by the worker, once.
    """

    event_id = models.CharField(max_length=100, unique=True)
    channel = models.ForeignKey("records.Channel", on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey("records.Group", on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=16)
    hour = models.DateTimeField()
    payload_sealed = models.BinaryField(null=True)
    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, null=True, related_name="+")
    held = models.BooleanField(default=False)
    handled_at = models.DateTimeField(null=True)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(name="inbound_payload_has_key", condition=all_or_none("payload_sealed", "key")),
            models.CheckConstraint(name="inbound_held_has_payload", condition=Q(held=False) | Q(key__isnull=False)),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(handled_at__isnull=True, key__isnull=False), name="inbound_waiting"
            ),
            models.Index(fields=["group", "hour"], name="inbound_rhythm"),
        ]
