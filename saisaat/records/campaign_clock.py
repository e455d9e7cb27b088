from django.db import models


class CampaignClock(models.Model):
    """One row: how far the campaign clock of this data folder stands from real time. Zero in real use."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    offset_seconds = models.FloatField(default=0.0)

    everywhere = models.Manager()

    class Meta:
        default_manager_name = "everywhere"
        constraints = [models.CheckConstraint(name="campaign_clock_one_row", condition=models.Q(id=1))]
