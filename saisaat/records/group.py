from django.db import models

from saisaat.domain.topics import Audience
from saisaat.records.base import ProvinceRow, RandomId, all_or_none, one_of, random_id


class Group(RandomId, ProvinceRow):
    """A group on a channel. `code` stands in its links, so a tap is counted for the group it was shown in."""

    channel = models.ForeignKey("records.Channel", on_delete=models.PROTECT, related_name="groups")
    channel_group = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    audience = models.CharField(max_length=10)
    used = models.BooleanField(default=True)
    """Whether the campaign publishes here. A group the account was merely invited to waits for the office's word."""
    code = models.CharField(max_length=16, unique=True, default=random_id)
    position = models.PositiveSmallIntegerField(default=0)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    members = models.PositiveIntegerField(null=True)
    members_read_at = models.DateTimeField(null=True)

    class Meta(ProvinceRow.Meta):
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "channel_group"], name="group_once_a_channel"),
            models.CheckConstraint(name="group_audience_known", condition=one_of("audience", Audience)),
            models.CheckConstraint(name="group_members_have_time", condition=all_or_none("members", "members_read_at")),
        ]

    def __str__(self) -> str:
        return self.name
