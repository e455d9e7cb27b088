"""The addresses of one item: in an ordinary browser or inside LINE's app, from a group's link or from the QR code."""

from dataclasses import dataclass

from django.urls import reverse

from saisaat.records.links import group_link
from saisaat.records.models import Delivery


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is. `code` is empty for the QR code's page, `channel` outside LINE's app."""

    slug: str
    code: str = ""
    channel: str = ""

    def to(self, what: str = "") -> str:
        """The page itself, or where one of its forms goes: press, quiz, clip, seen."""
        name = "item" + (f"-{what}" if what else "")
        if self.channel:
            return reverse(f"liff-{name}", args=[self.channel, self.slug, self.code])
        if self.code:
            return reverse(name, args=[self.slug, self.code])
        return reverse("item-qr", args=[self.slug])

    def beside(self, delivery: Delivery) -> "Place":
        """The same kind of page of another item of the same group."""
        assert delivery.item is not None
        slug = delivery.item.slug
        return Place(slug, group_link(slug, delivery.group.code) if self.code else "", self.channel)
