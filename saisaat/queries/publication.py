"""What anybody may read: an item's page and its files. The address names the item; no province is known yet."""

from dataclasses import dataclass

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import DELIVERED_STATES, State
from saisaat.records.links import group_code
from saisaat.records.models import Delivery, Item, Media, PlanEntry

PUBLIC_STATES = frozenset({State.SENDING, State.UNCERTAIN, *DELIVERED_STATES})
"""From the moment a message may be in the group, its link must open."""


@dataclass(frozen=True, slots=True)
class PublicItem:
    """An item as anybody may see it. `delivery` is the one the link belongs to; None when it came from the QR code."""

    item: Item
    delivery: Delivery | None


def public_item(slug: str, link: str | None = None) -> PublicItem | None:
    """The item at a public address, or None where nothing (or nothing yet) is to be seen.

    An item is public while it is approved and may stand in a group: in the one whose `link` is given, else in any.
    """
    rows = Delivery.everywhere.filter(item__slug=slug, item__status=ItemStatus.APPROVED, state__in=PUBLIC_STATES)
    if link is not None:
        rows = rows.filter(group__code=group_code(slug, link))
    delivery = rows.select_related("item__campaign", "item__picture", "item__topic").order_by("due_at").first()
    if delivery is None or delivery.item is None:
        return None
    return PublicItem(delivery.item, delivery if link is not None else None)


def announced_plan(item: Item) -> list[PlanEntry]:
    """What the announcement announces: every entry still in the plan, by time. Empty for any other item."""
    if item.kind != ItemKind.ANNOUNCEMENT:
        return []
    rows = PlanEntry.of(item.province_id).filter(campaign=item.campaign_id, withdrawn_at__isnull=True)
    return list(rows.exclude(kind=ItemKind.ANNOUNCEMENT).order_by("at", "no"))


def media_type(sha256: str) -> str | None:
    """The content type of a file we show, or None when no row names it."""
    return Media.everywhere.filter(sha256=sha256).values_list("content_type", flat=True).first()
