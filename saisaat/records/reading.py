from typing import Any

from django.db import models

from saisaat.records.base import ProvinceRow


class Reading(ProvinceRow):
    """The document a campaign was read from, and what the reader made of it. Never changed afterwards.

    Both are sealed under the campaign's key: `source_sealed` is the document's text, `found_sealed` a JSON object of
    the `content` as read, its `evidence`, the `lines` of each field and the `questions`. A campaign begun on an empty
    form has no source.
    """

    campaign = models.OneToOneField("records.Campaign", on_delete=models.CASCADE, related_name="reading")
    source_name = models.CharField(max_length=200, blank=True)
    source_sealed = models.BinaryField(null=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    found_sealed = models.BinaryField()
    read_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        pass

    def found(self) -> dict[str, Any]:
        """What was read; {} once the campaign's key was shredded."""
        return dict(self.campaign.opened(self.found_sealed) or {})
