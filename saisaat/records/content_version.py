import hashlib
import json
from typing import Any

from django.db import models

from saisaat.records.base import ProvinceRow
from saisaat.records.sealing import unseal


class ContentVersion(ProvinceRow):
    """A content that somebody signed or declined, byte for byte: an edit of the campaign leaves it as it was."""

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="versions")
    sha256 = models.CharField(max_length=64)
    content_sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        constraints = [models.UniqueConstraint(fields=["campaign", "sha256"], name="content_version_once")]

    def canonical(self) -> str | None:
        """The very text whose SHA-256 was signed; None once the campaign's key was shredded."""
        return unseal(self.campaign.key, self.content_sealed)

    @property
    def content(self) -> dict[str, Any]:
        text = self.canonical()
        return dict(json.loads(text)) if text else {}

    @property
    def intact(self) -> bool:
        """Whether what is stored still has the digest that was signed."""
        text = self.canonical()
        return text is not None and hashlib.sha256(text.encode()).hexdigest() == self.sha256
