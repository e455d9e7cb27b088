"""What anybody may read: an item's page and its files. The address names the item; no province is known yet."""

from dataclasses import dataclass

from django.db.models import Min, QuerySet

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import DELIVERED_STATES, State
from saisaat.domain.intake import PressKind
from saisaat.domain.topics import source_address
from saisaat.queries.knowledge import knowledge_bank
from saisaat.records.links import group_code
from saisaat.records.models import Acknowledgement, Channel, Delivery, Item, Media, PlanEntry, Reaction

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
    delivery = rows.select_related("item__campaign", "item__picture", "item__topic", "group").order_by("due_at").first()
    if delivery is None or delivery.item is None:
        return None
    return PublicItem(delivery.item, delivery if link is not None else None)


def earlier(shown: PublicItem) -> QuerySet[Delivery]:
    """What the same group was shown before in this campaign, the latest first; from the QR code, what any group was.

    One delivery an item, whichever: all lead to the same page.
    """
    rows = Delivery.of(shown.item.province_id).filter(
        item__status=ItemStatus.APPROVED, state__in=PUBLIC_STATES, entry__campaign=shown.item.campaign_id
    )
    if shown.delivery is not None:
        rows = rows.filter(group=shown.delivery.group_id, due_at__lt=shown.delivery.due_at)
    once = rows.exclude(item=shown.item.pk).order_by().values("item").annotate(one=Min("pk")).values("one")
    return (
        Delivery.of(shown.item.province_id)
        .filter(pk__in=once)
        .select_related("item", "group")
        .order_by("-due_at", "pk")
    )


def source_of(item: Item) -> str:
    """The address where the knowledge bank found what the item teaches; "" where it names none."""
    code = item.topic.code if item.topic is not None else ""
    return next((source_address(point.source) for point in knowledge_bank() if point.id == code), "")


def pressed(delivery: Delivery, who: str) -> list[PressKind]:
    """Which buttons of a publication a known reader has pressed already, in the group or on its page."""
    if not who:
        return []
    rows = {PressKind.ACK: Acknowledgement, PressKind.LIKE: Reaction}
    return [kind for kind, model in rows.items() if model.of(delivery.province_id).filter(delivery=delivery, who=who)]


def phone_channel(channel_id: str) -> Channel | None:
    """The account whose LIFF app has the address `channel_id`; None where it has no such app."""
    return Channel.everywhere.filter(pk=channel_id).exclude(liff_id="").select_related("key").first()


def announced_plan(item: Item) -> list[PlanEntry]:
    """What the announcement announces: every entry still in the plan, by time. Empty for any other item."""
    if item.kind != ItemKind.ANNOUNCEMENT:
        return []
    rows = PlanEntry.of(item.province_id).filter(campaign=item.campaign_id, withdrawn_at__isnull=True)
    return list(rows.exclude(kind=ItemKind.ANNOUNCEMENT).order_by("at", "no"))


def media_type(sha256: str) -> str | None:
    """The content type of a file we show, or None when no row names it."""
    return Media.everywhere.filter(sha256=sha256).values_list("content_type", flat=True).first()
