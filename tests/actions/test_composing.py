"""Composing and reviewing: one exact version, seen by somebody else, and nothing goes out but that."""

import json

import pytest

from saisaat.actions import compose, review
from saisaat.domain.approval import ItemKind, ItemStatus, item_sha256
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotNow
from saisaat.posters.make import Poster
from saisaat.records.models import AuditEvent, Delivery, Item, Media, Review, Topic
from tests.actions.stage import Stage
from tests.factories import NOW, VOUCHED, jpeg, make_delivery, make_entry

STYLE = "aurora"


def make_poster(stage: Stage) -> Item:
    topic = Topic.of(stage.province).get(code="KB001")
    return compose.compose_poster(
        campaign=stage.campaign,
        topic=topic,
        spec=compose.poster_spec(stage.campaign, topic, STYLE),
        poster=Poster(jpeg=jpeg(104, 104), preview=jpeg(24, 24), alt="ภาพความรู้", text="เนื้อความ", width=104, height=104),
        author=stage.people["producer"],
        by=stage.actor("producer"),
        now=NOW,
    )


def test_a_poster_is_a_picture_and_a_card_with_the_four_buttons(stage: Stage) -> None:
    item = make_poster(stage)
    picture, card = json.loads(item.canonical)
    assert item.picture is not None and item.preview is not None
    assert picture["originalContentUrl"] == f"{{base}}/media/{item.picture.sha256}.jpg"
    assert picture["previewImageUrl"] == f"{{base}}/media/{item.preview.sha256}.jpg"
    actions = [button["action"] for row in card["contents"]["footer"]["contents"] for button in row["contents"]]
    page = f"{{page}}/i/{item.slug}/{{group}}"
    assert [(a["label"], a.get("data") or a.get("uri")) for a in actions] == [
        ("รับทราบ", "ss:{delivery}:ack"),
        ("อ่านต่อ", page),
        ("ชอบ", "ss:{delivery}:like"),
        ("แสดงความเห็น", f"{page}#comment"),
    ]
    assert item.status == ItemStatus.DRAFT and item.approved_sha256 == ""
    assert item.sha256 == item_sha256([item.picture.sha256, item.preview.sha256], item.canonical)
    assert compose.media_path(item.picture.sha256).read_bytes() == jpeg(104, 104)


def test_a_story_keeps_its_address(stage: Stage) -> None:
    assert compose.item_slug(stage.campaign, "KB001", STYLE) == make_poster(stage).slug
    assert compose.item_slug(stage.campaign, "KB001", "lai_thai") != compose.item_slug(stage.campaign, "KB001", STYLE)


def test_a_poster_finds_the_deliveries_that_wait_for_it(stage: Stage) -> None:
    topic = Topic.of(stage.province).get(code="KB001")
    entry = make_entry(stage.campaign, kind=ItemKind.POSTER)
    mine = make_delivery(entry, stage.staff, None, State.PLANNED, topic=topic, style=STYLE)
    other = make_delivery(entry, stage.network, None, State.PLANNED, topic=topic, style="lai_thai")
    item = make_poster(stage)
    assert stage.fresh(mine).item == item
    assert stage.fresh(other).item is None


def test_clips_fill_the_months_in_order(stage: Stage) -> None:
    first, second = (stage.planned(at=NOW), stage.planned(at=NOW.replace(day=20)))
    items = [stage.draft(), stage.draft()]
    assert [stage.fresh(first).item, stage.fresh(second).item] == items


def test_the_announcement_counts_what_was_planned(stage: Stage) -> None:
    make_entry(stage.campaign, kind=ItemKind.POSTER)
    item = compose.compose_announcement(
        campaign=stage.campaign, author=stage.people["producer"], by=stage.actor("producer"), now=NOW
    )
    assert "ภาพความรู้ ๑ เรื่อง และคลิป ๐ เรื่อง" in item.text
    assert item.picture is None
    assert item.sha256 == item_sha256([], item.canonical)


@pytest.mark.parametrize("missing", ["title", "owner", "rights", "url"])
def test_a_clip_without_owner_rights_title_or_link_is_refused(stage: Stage, missing: str) -> None:
    fields = {"title": "ก", "text": "ข", "url": "https://example.org/x", "owner": "ค", "rights": "ง"} | {missing: "  "}
    with pytest.raises(Invalid, match="ยังไม่ได้ระบุ"):
        compose.compose_clip(
            campaign=stage.campaign,
            clip=compose.Clip(seconds=60, **fields),
            thumbnail=jpeg(),
            author=stage.people["producer"],
            by=stage.actor("producer"),
            now=NOW,
        )
    assert not Item.of(stage.province).exists()


def test_the_same_clip_is_not_taken_twice(stage: Stage) -> None:
    clip = compose.Clip("ก", "ข", "https://example.org/same", "ค", "ง", 60)
    wanted = {"campaign": stage.campaign, "author": stage.people["producer"], "by": stage.actor("producer"), "now": NOW}
    compose.compose_clip(clip=clip, thumbnail=jpeg(), **wanted)
    with pytest.raises(Invalid, match="มีอยู่ในโครงการแล้ว"):
        compose.compose_clip(clip=clip, thumbnail=jpeg(), **wanted)
    assert Item.of(stage.province).count() == 1


def test_the_same_bytes_are_one_media_row(stage: Stage) -> None:
    make_poster(stage)
    count = Media.of(stage.province).count()
    assert compose.store_file(jpeg(104, 104)) == compose.store_file(jpeg(104, 104))
    assert Media.of(stage.province).count() == count == 2


def test_a_review_is_of_the_version_seen_by_somebody_else(stage: Stage) -> None:
    item = stage.approved()
    assert (item.status, item.approved_sha256) == (ItemStatus.APPROVED, item.sha256)
    seen = Review.of(stage.province).get()
    assert (seen.sha256, seen.author, seen.reviewer, seen.approved) == (
        item.sha256,
        stage.people["producer"],
        stage.people["reviewer"],
        True,
    )
    assert AuditEvent.of(stage.province).get(action="item.review").digest == item.sha256


def test_the_author_does_not_review_his_own(stage: Stage) -> None:
    both = "second_reviewer"
    item = stage.draft()
    Item.everywhere.filter(pk=item.pk).update(author=stage.people[both])
    item = review.submit(item=Item.everywhere.get(pk=item.pk), by=stage.actor("producer"), now=NOW)
    with pytest.raises(NotNow, match="ของตนเอง"):
        review.approve(
            item=item,
            seen_sha256=item.sha256,
            checklist=VOUCHED,
            reviewer=stage.people[both],
            by=stage.actor(both),
            now=NOW,
        )
    assert Item.everywhere.get(pk=item.pk).status == ItemStatus.IN_REVIEW


def refuse_to_approve(stage: Stage, item: Item, seen: str, match: str, reviewer: str = "reviewer") -> None:
    with pytest.raises(NotNow, match=match):
        review.approve(
            item=item,
            seen_sha256=seen,
            checklist=VOUCHED,
            reviewer=stage.people[reviewer],
            by=stage.actor("reviewer"),
            now=NOW,
        )
    item.refresh_from_db()
    assert item.status == ItemStatus.IN_REVIEW
    assert not Review.of(stage.province).exists()


def test_a_version_changed_since_it_was_opened_is_not_approved(stage: Stage) -> None:
    item = review.submit(item=stage.draft(), by=stage.actor("producer"), now=NOW)
    refuse_to_approve(stage, item, "0" * 64, "ถูกแก้ไข")


def test_a_file_changed_on_disk_is_not_approved(stage: Stage) -> None:
    item = review.submit(item=stage.draft(), by=stage.actor("producer"), now=NOW)
    assert item.picture is not None
    path = compose.media_path(item.picture.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole + b"\x00")
    try:
        refuse_to_approve(stage, item, item.sha256, "ไม่ตรงกับที่บันทึก")
    finally:
        path.write_bytes(whole)


def test_nobody_reviews_in_anothers_name(stage: Stage) -> None:
    item = review.submit(item=stage.draft(), by=stage.actor("producer"), now=NOW)
    refuse_to_approve(stage, item, item.sha256, "แทนผู้อื่น", reviewer="second_reviewer")


def test_a_rejection_says_what_to_change(stage: Stage) -> None:
    item = review.submit(item=stage.draft(), by=stage.actor("producer"), now=NOW)
    wanted = {
        "item": item,
        "seen_sha256": item.sha256,
        "reviewer": stage.people["reviewer"],
        "by": stage.actor("reviewer"),
        "now": NOW,
    }
    with pytest.raises(Invalid, match="ต้องแก้อะไร"):
        review.reject(note=" ", **wanted)
    assert not review.reject(note="ตัวเลขผิด", **wanted).approved
    item.refresh_from_db()
    assert (item.status, item.approved_sha256) == (ItemStatus.REJECTED, "")


def test_a_stale_copy_of_an_item_changes_nothing(stage: Stage) -> None:
    stale = stage.draft()
    review.submit(item=Item.everywhere.get(pk=stale.pk), by=stage.actor("producer"), now=NOW)
    with pytest.raises(NotNow, match="โดยผู้อื่น"):
        review.submit(item=stale, by=stage.actor("producer"), now=NOW)


def test_voiding_an_approval_cancels_what_waits_and_leaves_what_was_sent(stage: Stage) -> None:
    item = stage.approved()
    armed, sent, elsewhere = stage.planned(item), stage.planned(item, stage.network), stage.armed()
    Delivery.everywhere.filter(pk=armed.pk).update(state=State.ARMED, approved_sha256=item.approved_sha256)
    Delivery.everywhere.filter(pk=sent.pk).update(
        state=State.SENT, approved_sha256=item.approved_sha256, sent_at=NOW, way="piggyback"
    )
    review.void(item=item, reason="พบข้อผิดพลาด", by=stage.actor("reviewer"), now=NOW)
    assert [stage.state(row) for row in (armed, sent, elsewhere)] == [State.CANCELLED, State.SENT, State.ARMED]
    item.refresh_from_db()
    assert (item.status, item.approved_sha256) == (ItemStatus.DRAFT, "")
    assert "พบข้อผิดพลาด" in stage.fresh(armed).reason
    cancelled = AuditEvent.of(stage.province).get(action="delivery.cancelled")
    assert (cancelled.object_id, cancelled.actor) == (armed.pk, stage.people["reviewer"].pk)
