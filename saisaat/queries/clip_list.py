"""The clips an office has, this year's and earlier ones."""

from dataclasses import dataclass

from django.db.models import QuerySet

from saisaat.domain.approval import ItemKind
from saisaat.records.models import Campaign, Item


def clips(province: str, campaign: Campaign | None = None, words: str = "") -> QuerySet[Item]:
    """Clips, newest first; of one campaign or of all, with `words` in the title."""
    rows = Item.of(province).filter(kind=ItemKind.CLIP)
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    if words:
        rows = rows.filter(title__icontains=words)
    return rows.select_related("campaign", "preview").order_by("-created_at", "id")


@dataclass(frozen=True, slots=True)
class Known:
    """A clip that the office has used before, in which campaign."""

    item: Item
    same_campaign: bool


def known_clip(province: str, url: str, campaign: Campaign) -> Known | None:
    """The latest use of a clip by its canonical address, in any year; None where it is new."""
    rows = Item.of(province).filter(kind=ItemKind.CLIP, clip__url=url).select_related("campaign")
    own = rows.filter(campaign=campaign).first()
    found = own or rows.order_by("-created_at").first()
    return Known(found, own is not None) if found else None
