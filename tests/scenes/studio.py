import json
from datetime import timedelta

from saisaat.actions import compose, edit
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import State
from saisaat.domain.roles import Deed
from saisaat.posters.make import Poster
from saisaat.posters.spec import PosterSpec
from saisaat.records.models import Item, OwnPicture, Review, Topic
from saisaat.web.studio import drawing
from tests.factories import NOW, jpeg, make_delivery, make_entry, make_media, make_topic
from tests.scenes import Address, Scene, form

MAKE = Deed.COMPOSE
ADDRESSES = [
    Address("studio"),
    Address("studio-topics"),
    Address("studio-topics", query="q=ของขวัญ&audience=network&day=2020-05-15&unused=on"),
    Address("studio-topics", query="hidden=on"),
    Address("studio-topics", query="q=ไม่มีคำนี้"),
    Address("studio-new", MAKE),
    Address("studio-new", MAKE, query="topic=KB901&style=aurora"),
    form("studio-new", MAKE),
    form("studio-preview", MAKE, answers=(200,)),
    form("studio-samples", MAKE, answers=(200, 204)),
    Address("studio-picture", MAKE, ("picture_token", "picture_size"), look=False),
    Address("studio-pictures", MAKE),
    form("studio-pictures", MAKE),
    Address("studio-items"),
    Address("studio-items", query="status=draft&kind=poster&q=ของขวัญ"),
    Address("studio-items", query="q=ไม่มีคำนี้"),
    Address("studio-item", args=("draft_item",)),
    Address("studio-item", args=("returned_item",)),
    Address("studio-item", args=("kept_item",)),
    Address("studio-edit", MAKE, ("draft_item",)),
    form("studio-edit", MAKE, "draft_item"),
    Address("studio-compare", args=("draft_item",)),
    form("studio-submit", MAKE, "draft_item"),
    form("studio-discard", MAKE, "returned_item"),
    form("studio-take-back", MAKE, "discarded_item"),
]


def spec_for(scene_topic: Topic, slug: str, **changes: object) -> PosterSpec:
    """A poster of the topic, in the words of the office that does not exist."""
    words = {
        "style": "aurora",
        "headline": scene_topic.headline,
        "body": scene_topic.body,
        "topic": scene_topic.topic,
        "citation": "ที่มา: ประกาศคณะกรรมการ ป.ป.ช. ข้อ 5",
        "office": "สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
        "campaign": "LINE ใสสะอาด",
        "qr_url": f"http://127.0.0.1:8800/i/{slug}",
    }
    return PosterSpec(**(words | changes))  # type: ignore[arg-type]


def drawn(spec: PosterSpec, colour: str) -> Poster:
    """A poster whose picture is one colour: drawing it takes no time."""
    return Poster(jpeg(1040, 1040, colour), jpeg(240, 240, colour), 1040, 1040, spec.alt_text(), spec.text_version())


def draft_of(point: Topic, slug: str, colour: str = "#0e5a55", **changes: object) -> compose.PosterDraft:
    spec = spec_for(point, slug, **changes)
    return compose.PosterDraft(spec, drawn(spec, colour), point, spec.alt_text(), spec.body)


def furnish(scene: Scene) -> None:
    """A draft in two versions with its own picture's rights, one sent back, one thrown away; a need of the plan."""
    cast = scene.cast
    topic = make_topic(cast.province)
    Topic.everywhere.filter(pk=topic.pk).update(code="KB901")
    topic.refresh_from_db()
    hidden = make_topic(cast.province, "ข้อที่ยังไม่ได้ตรวจกับต้นฉบับ")
    Topic.everywhere.filter(pk=hidden.pk).update(publishable=False, verified="memory")
    for group in (cast.staff, cast.network):
        make_delivery(_entry(scene), group, None, State.PLANNED, topic=topic, style="lai_thai")
    by = {"author": cast.people["producer"], "by": cast.actor("producer"), "now": NOW}
    slugs = ("s", "t", "v")
    items = [
        edit.make(campaign=cast.campaign, draft=draft_of(topic, one * 16), wanted=(), **by)  # type: ignore[arg-type]
        for one in slugs
    ]
    draft, returned, discarded = items
    again = draft_of(topic, "s" * 16, "#c1932f", headline="ของขวัญแบบไหนรับได้ แบบไหนต้องส่งคืน")
    edit.edit(item=draft, draft=again, seen=1, **by)  # type: ignore[arg-type]
    _send_back(scene, returned)
    edit.discard(item=discarded, by=cast.actor("producer"), now=NOW)
    kept = cast.item(ItemKind.POSTER, title="ประชุมประจำเดือนของสำนักงาน", status=ItemStatus.DRAFT)
    Item.everywhere.filter(pk=kept.pk).update(own_picture=_own_picture(scene))
    token, size = drawing.picture_path(str(cast.province.pk), spec_for(topic, "w" * 16), "small").split("/")[-2:]
    scene.ids |= {
        "draft_item": draft.pk,
        "returned_item": returned.pk,
        "discarded_item": discarded.pk,
        "kept_item": kept.pk,
        "picture_token": token,
        "picture_size": size.removesuffix(".jpg"),
    }
    assert json.loads(items[0].canonical)


def _entry(scene: Scene) -> object:
    found = scene.ids.get("needed_entry")
    if found is None:
        scene.ids["needed_entry"] = make_entry(scene.cast.campaign, NOW + timedelta(days=2)).pk
    return scene.cast.campaign.entries.get(pk=scene.ids["needed_entry"])


def _send_back(scene: Scene, item: Item) -> None:
    cast = scene.cast
    Item.everywhere.filter(pk=item.pk).update(status=ItemStatus.REJECTED)
    Review.everywhere.create(
        province=cast.province,
        item=item,
        sha256=item.sha256,
        author=cast.people["producer"],
        reviewer=cast.people["reviewer"],
        approved=False,
        note="ตัวเลขในหัวข้อไม่ตรงกับประกาศ โปรดตรวจอีกครั้ง",
        decided_at=NOW,
    )


def _own_picture(scene: Scene) -> OwnPicture:
    cast = scene.cast
    picture = OwnPicture.everywhere.create(
        province=cast.province,
        media=make_media(cast.province, jpeg(900, 700, "#446688")),
        owner="สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
        licence="own",
        proof="ถ่ายในการประชุมประจำเดือน",
        taken_on=NOW.date(),
        people=True,
        consent="แจ้งในที่ประชุมและไม่มีผู้คัดค้าน",
        added_by=cast.people["producer"],
        added_at=NOW,
    )
    scene.ids["own_picture"] = picture.pk
    return picture
