from django.db import models

from saisaat.records.base import ProvinceRow


class QuotaReading(ProvinceRow):
    """What the channel's quota endpoints said. `limit` is null when the plan names none."""

    channel = models.ForeignKey("records.Channel", on_delete=models.CASCADE, related_name="quota_readings")
    limit = models.PositiveIntegerField(null=True)
    used = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        indexes = [models.Index(fields=["channel", "-read_at"], name="quota_reading_latest")]


class LedgerEntry(ProvinceRow):
    """Heads spent, reserved or given back. Written before the call that may spend them."""

    class Kind(models.TextChoices):
        RESERVED = "reserved", "กันไว้"
        SPENT = "spent", "ใช้แล้ว"
        RELEASED = "released", "คืน"

    channel = models.ForeignKey("records.Channel", on_delete=models.CASCADE, related_name="ledger_entries")
    attempt = models.OneToOneField("records.Attempt", on_delete=models.PROTECT, null=True, related_name="ledger_entry")
    kind = models.CharField(max_length=10, choices=Kind)
    heads = models.PositiveIntegerField()
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        constraints = [models.CheckConstraint(name="ledger_entry_has_heads", condition=models.Q(heads__gte=1))]


class LedgerRefusal(ProvinceRow):
    """A push the ledger refused, with the sentence it gave: shown, never silent."""

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        pass
