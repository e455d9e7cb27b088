from datetime import datetime, timedelta

from saisaat.channels.line.render import render
from saisaat.domain.approval import ItemKind, ItemStatus, canonical_message, item_sha256
from saisaat.domain.delivery import State
from saisaat.domain.messages import Button, Card, Picture
from saisaat.domain.reviewing import ticked
from saisaat.domain.roles import Deed
from saisaat.records.models import Item, Person, Review
from tests.cast import Cast
from tests.factories import NOW, jpeg, make_delivery, make_entry, make_item, make_media, make_topic
from tests.scenes import Address, Scene, form

WEEK = "2020-05-11"
ADDRESSES = [
    Address("reviews"),
    Address("reviews", query="show=returned"),
    Address("reviews", query=f"show=approved&kind=poster&week={WEEK}"),
    Address("reviews", query=f"kind=clip&week={WEEK}"),
    Address("reviews-week", query=f"start={WEEK}"),
    Address("reviews-week", query="start=2019-01-07"),
    *(Address("reviews-item", args=(name,)) for name in ("to_review", "clip_to_review", "returned", "checked")),
    form("reviews-decide", Deed.REVIEW, "to_review", answers=(422,)),
    form("reviews-void", Deed.REVIEW, "checked", answers=(422,)),
    form("reviews-submit", Deed.COMPOSE, "returned", answers=(422,)),
    form("reviews-week-approve", Deed.REVIEW, answers=(422,)),
]
_PAGE = "{base}/i/%s/{group}"


def line_item(
    cast: Cast,
    title: str,
    *,
    kind: ItemKind = ItemKind.POSTER,
    status: ItemStatus = ItemStatus.IN_REVIEW,
    author: Person | None = None,
    picture: bytes = b"",
    **fields: object,
) -> Item:
    """An item whose message is what LINE would get: a picture and a card, or a clip's card."""
    item = make_item(cast.campaign, author or cast.people["producer"], kind=kind, title=title, status=ItemStatus.DRAFT)
    media = make_media(cast.province, picture or jpeg(480, 600, f"#{len(title) * 3 % 100:02d}5a55"))
    page, shot = _PAGE % item.slug, f"{{base}}/media/{media.sha256}.jpg"
    buttons = (
        Button("รับทราบ", data="ss:{delivery}:ack"),
        Button("อ่านต่อ", uri=page),
        Button("ชอบ", data="ss:{delivery}:like"),
        Button("แสดงความเห็น", uri=f"{page}#comment"),
    )
    if kind is ItemKind.CLIP:
        on_top = {"picture_url": shot, "picture_ratio": "16:9", "picture_uri": page}
        messages = [Card(title, item.text, item.alt, "คลิปประจำเดือน", item.citation, buttons, **on_top)]
    else:
        messages = [Picture(shot, shot), Card(title, "", item.alt, "การรับทรัพย์สิน", item.citation, buttons)]
    canonical = canonical_message(render(messages))
    sha256 = item_sha256([media.sha256], canonical)
    wanted = {
        "picture": media,
        "preview": media,
        "canonical": canonical,
        "sha256": sha256,
        "status": status,
        "approved_sha256": sha256 if status is ItemStatus.APPROVED else "",
    }
    Item.everywhere.filter(pk=item.pk).update(**wanted | fields)
    item.refresh_from_db()
    return item


def plan(cast: Cast, item: Item, at: datetime, *groups: str) -> None:
    """The item waits in the plan for these groups ("staff", "network"; both without)."""
    entry = make_entry(cast.campaign, at, ItemKind(item.kind), item.title)
    for name in groups or ("staff", "network"):
        make_delivery(entry, getattr(cast, name), item, State.PLANNED)


def furnish(scene: Scene) -> None:
    """A week that waits: two posters, one with its section unchecked, a clip, the reviewer's own; and one sent back."""
    cast = scene.cast
    first = line_item(cast, "ของขวัญแบบไหนรับได้ และแบบไหนต้องส่งคืน", topic=make_topic(cast.province))
    unchecked = make_topic(cast.province, "ใช้รถราชการอย่างไรจึงถูกต้อง")
    unchecked.cite_check = True
    unchecked.save()
    second = line_item(cast, "ใช้รถราชการอย่างไรจึงถูกต้อง", topic=unchecked)
    film = {
        "title": "เรื่องสั้นหนึ่งนาที",
        "owner": "สำนักงาน",
        "rights": "จัดทำเอง",
        "url": "/static/clips/gifts.mp4",
        "seconds": 75,
    }
    clip = line_item(cast, "เรื่องสั้นหนึ่งนาที", kind=ItemKind.CLIP, clip=film)
    own = line_item(cast, "พูดจาไพเราะ บริการด้วยใจ", author=cast.people["reviewer"])
    for days, item in enumerate((first, second, clip, own)):
        plan(cast, item, NOW + timedelta(days=days - 1, hours=6))
    back = line_item(cast, "นาฬิกาแพงมาจากไหน", status=ItemStatus.REJECTED)
    done = line_item(cast, "เงินทอนวัดก็เงินหลวง", status=ItemStatus.APPROVED)
    Review.everywhere.create(
        province=cast.province,
        item=back,
        sha256=back.sha256,
        author=cast.people["producer"],
        reviewer=cast.people["reviewer"],
        approved=False,
        note="ถ้อยคำแข็งไปหรือพาดพิงบุคคล โปรดปรับให้สุภาพ",
        checklist=ticked(["citation", "rights"]),
        decided_at=NOW - timedelta(days=1),
    )
    scene.ids |= {"to_review": first.pk, "clip_to_review": clip.pk, "returned": back.pk, "checked": done.pk}
