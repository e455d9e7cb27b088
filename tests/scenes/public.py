from saisaat.domain.approval import ItemKind
from saisaat.records.links import group_link
from saisaat.records.models import Delivery
from tests.factories import make_attempt, make_delivery, make_entry
from tests.scenes import Address, Scene, form

ADDRESSES = [
    Address("item-qr", None, ("item_slug",)),
    Address("item", None, ("item_slug", "item_link")),
    Address("item", None, ("clip_slug", "clip_link")),
    form("item-comment", None, "item_slug", "item_link", answers=(422,)),
    Address("anonymous", None, ("item_slug", "item_link")),
    Address("anonymous", None, ("item_slug", "item_link"), query="intent=criticise"),
    form("anonymous", None, "item_slug", "item_link", answers=(422,)),
    Address("receipt", None),
    form("receipt", None, answers=(200,)),
    Address("media", None, ("media",), look=False),
]


def furnish(scene: Scene) -> None:
    """The publication's poster and a clip, as readers of the network group open them."""
    cast = scene.cast
    delivery = Delivery.of(cast.province).get(pk=scene.ids["publication"])
    film = {"url": "/static/clips/gifts.mp4", "owner": "สำนักงาน", "rights": "จัดทำเอง", "seconds": 75}
    clip = cast.item(ItemKind.CLIP, clip=film)
    make_attempt(make_delivery(make_entry(cast.campaign, kind=ItemKind.CLIP), cast.network, clip))
    assert delivery.item is not None and delivery.item.picture is not None
    for name, item in (("item", delivery.item), ("clip", clip)):
        scene.ids |= {f"{name}_slug": item.slug, f"{name}_link": group_link(item.slug, cast.network.code)}
    scene.ids["media"] = delivery.item.picture.sha256
