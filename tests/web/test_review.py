"""The review's pages: the queue, one story, a week; what is refused, what is kept, what the author sees."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import State
from saisaat.domain.reviewing import CHECKLIST
from saisaat.records.models import AuditEvent, Delivery, Item, ItemVersion, Review
from tests.cast import Cast, make_cast
from tests.factories import NOW, make_topic
from tests.scenes import Scene
from tests.scenes import review as scenes
from tests.scenes.review import line_item, plan

Enter = Callable[[str], Client]
WEEK = f"/reviews/week?start={scenes.WEEK}"
POINTS = [str(point) for point in CHECKLIST]


@pytest.fixture
def scene(cast: Cast) -> Scene:
    scene = Scene(cast)
    scenes.furnish(scene)
    return scene


def item_of(scene: Scene, name: str = "to_review") -> Item:
    return Item.everywhere.get(pk=scene.ids[name])


def page(client: Client, item: Item, status: int = 200) -> str:
    answer = client.get(reverse("reviews-item", args=[item.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def decide(client: Client, item: Item, decision: str, **form: Any) -> HttpResponse:
    wanted = {"seen": item.sha256, "decision": decision, "points": POINTS if decision == "approve" else []} | form
    return client.post(reverse("reviews-decide", args=[item.pk]), wanted)


def titles(answer: HttpResponse) -> list[str]:
    found = re.findall(r'<a class="lead".*?>(.*?)</a>', answer.content.decode(), re.DOTALL)
    return [re.sub(r"<.*?>", "", title).strip() for title in found]


# The queue


def test_the_queue_begins_with_what_is_due_first(cast: Cast, enter: Enter) -> None:
    late, soon, loose = (line_item(cast, title) for title in ("ทีหลัง", "ก่อน", "ไม่มีแผน"))
    plan(cast, late, NOW + timedelta(days=3))
    plan(cast, soon, NOW + timedelta(days=1))
    assert titles(enter("reviewer").get("/reviews")) == ["ก่อน", "ทีหลัง", "ไม่มีแผน"]
    assert loose.status == ItemStatus.IN_REVIEW


def test_ones_own_story_is_shown_as_such(scene: Scene, enter: Enter) -> None:
    text = enter("reviewer").get("/reviews").content.decode()
    assert text.count("ของท่านเอง ผู้อื่นต้องตรวจ") == 1
    assert text.count("รอท่านตรวจ") == 3
    assert "รอท่านตรวจ" not in enter("viewer").get("/reviews").content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("kind=clip", 1),
        ("kind=poster", 3),
        ("kind=nonsense", 4),
        (f"week={scenes.WEEK}", 4),
        ("week=2020-05-13", 4),
        ("week=2020-05-04", 0),
        ("week=tomorrow", 4),
        ("show=returned", 1),
        ("show=approved", 1),
        ("author=nobody", 0),
        ("page=99", 4),
    ],
)
def test_the_queue_is_filtered(scene: Scene, enter: Enter, query: str, count: int) -> None:
    assert len(titles(enter("reviewer").get(f"/reviews?{query}"))) == count


def test_the_queue_by_author(scene: Scene, enter: Enter) -> None:
    own = titles(enter("owner").get(f"/reviews?author={scene.cast.people['reviewer'].pk}"))
    assert own == ["พูดจาไพเราะ บริการด้วยใจ"]


def test_a_withdrawn_entry_gives_no_day(cast: Cast, enter: Enter) -> None:
    item = line_item(cast, "ถอนแล้ว")
    plan(cast, item, NOW)
    entry = Delivery.of(cast.province).filter(item=item)[0].entry
    entry.withdrawn_at, entry.withdrawn_reason = NOW, "เลื่อน"
    entry.save()
    text = enter("reviewer").get("/reviews").content.decode()
    assert "ยังไม่อยู่ในแผน" in text
    assert "reviews/week?start" not in text


def test_the_queue_is_paged(cast: Cast, enter: Enter) -> None:
    for number in range(23):
        line_item(cast, f"เรื่องที่ {number}")
    assert len(titles(enter("reviewer").get("/reviews"))) == 20
    assert len(titles(enter("reviewer").get("/reviews?page=2"))) == 3


# One story


def test_all_that_has_to_be_checked_is_on_the_page(scene: Scene, enter: Enter) -> None:
    item = item_of(scene)
    assert item.topic is not None and item.picture is not None
    text = page(enter("reviewer"), item)
    for told in (item.alt, item.text, item.topic.law, item.topic.section, "อ่านตัวบทแล้ว", "กลุ่มเจ้าหน้าที่", "กลุ่มภาคีเครือข่าย"):
        assert told in text
    assert f"/media/{item.picture.sha256}" in text
    assert 'class="line"' in text
    assert f'name="seen" value="{item.sha256}"' in text
    assert "ยังไม่ได้เทียบกับราชกิจจานุเบกษา" not in text


def test_a_section_nobody_compared_is_pointed_out(cast: Cast, enter: Enter) -> None:
    topic = make_topic(cast.province)
    topic.cite_check, topic.verified = True, "page"
    topic.save()
    text = page(enter("reviewer"), line_item(cast, "รถราชการ", topic=topic))
    assert "ยังไม่ได้เทียบกับราชกิจจานุเบกษา" in text
    assert "เห็นจากหน้าเว็บหรือคู่มือ" in text


def test_a_clip_shows_its_owner_and_rights(scene: Scene, enter: Enter) -> None:
    text = page(enter("reviewer"), item_of(scene, "clip_to_review"))
    for told in ("สำนักงาน", "จัดทำเอง", "/static/clips/gifts.mp4"):
        assert told in text


def test_approving_goes_on_to_the_next_that_is_not_ones_own(scene: Scene, enter: Enter) -> None:
    item, browser = item_of(scene), enter("reviewer")
    for _ in range(3):
        answer = decide(browser, item, "approve")
        assert answer.status_code == 302
        item.refresh_from_db()
        assert (item.status, item.approved_sha256) == (ItemStatus.APPROVED, item.sha256)
        review = Review.of(scene.cast.province).get(item=item)
        assert (review.sha256, review.checklist) == (item.sha256, dict.fromkeys(POINTS, True))
        where = answer.headers["Location"]
        if where == "/reviews":
            break
        item = Item.everywhere.get(pk=where.rsplit("/", 1)[1])
    assert where == "/reviews"
    [own] = Item.of(scene.cast.province).filter(status=ItemStatus.IN_REVIEW)
    assert own.author == scene.cast.people["reviewer"]
    assert AuditEvent.of(scene.cast.province).filter(action="item.review").count() == 3


@pytest.mark.parametrize("missing", POINTS)
def test_an_approval_without_a_point_changes_nothing_and_keeps_the_ticks(
    scene: Scene, enter: Enter, missing: str
) -> None:
    item = item_of(scene)
    answer = decide(enter("reviewer"), item, "approve", points=[p for p in POINTS if p != missing], note="อ่านง่าย")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "เหลืออีก 1 ข้อ" in text
    ticked = set(re.findall(r'name="points" value="(\w+)"[^>]* checked', text))
    assert ticked == set(POINTS) - {missing}
    assert "อ่านง่าย</textarea>" in text
    item.refresh_from_db()
    assert item.status == ItemStatus.IN_REVIEW


def test_an_edit_in_between_is_refused_and_said(scene: Scene, enter: Enter) -> None:
    item, seen = item_of(scene), item_of(scene).sha256
    changed = line_item(scene.cast, "เปลี่ยนแล้ว")
    fields = {"canonical": changed.canonical, "sha256": changed.sha256, "picture": changed.picture}
    Item.everywhere.filter(pk=item.pk).update(**fields, preview=changed.preview)
    answer = decide(enter("reviewer"), item, "approve", seen=seen, note="ดีแล้ว")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "ถูกแก้ไขหลังจากที่ท่านเปิดดู" in text
    assert f'name="seen" value="{changed.sha256}"' in text
    assert not re.search(r'name="points"[^>]* checked', text)
    assert "ดีแล้ว</textarea>" in text
    assert decide(enter("reviewer"), item, "approve", seen=changed.sha256).status_code == 302


def test_a_returned_story_reaches_its_author_with_the_comment(scene: Scene, enter: Enter) -> None:
    item = item_of(scene)
    answer = decide(
        enter("reviewer"), item, "return", points=["tone"], reasons=["words", "citation"], note="ข้อ ๕ ไม่ใช่ข้อ ๖"
    )
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.status == ItemStatus.REJECTED
    review = Review.of(scene.cast.province).get(item=item)
    assert review.note.splitlines() == [
        "ชื่อกฎหมายหรือเลขมาตราไม่ตรงกับต้นฉบับ",
        "มีคำสะกดผิดหรือตัดคำไม่ถูก",
        "ข้อ ๕ ไม่ใช่ข้อ ๖",
    ]
    assert review.checklist["tone"] is True and review.checklist["alt"] is False
    author = enter("producer")
    assert item.title in titles(author.get("/reviews?show=returned"))
    text = page(author, item)
    assert "ผู้ตรวจส่งกลับมา" in text
    assert "ข้อ ๕ ไม่ใช่ข้อ ๖" in text


@pytest.mark.parametrize("note", ["", "   "])
def test_returning_without_a_word_is_refused(scene: Scene, enter: Enter, note: str) -> None:
    answer = decide(enter("reviewer"), item_of(scene), "return", note=note)
    assert answer.status_code == 422
    assert "ต้องแก้อะไร" in answer.content.decode()


def test_nobody_approves_their_own(scene: Scene, enter: Enter) -> None:
    own = Item.of(scene.cast.province).get(author=scene.cast.people["reviewer"])
    text = page(enter("reviewer"), own)
    assert "จึงตรวจเองไม่ได้" in text
    assert 'name="decision"' not in text
    answer = decide(enter("reviewer"), own, "approve")
    assert answer.status_code == 422
    assert "ของตนเอง" in answer.content.decode()


def test_the_same_verdict_sent_twice_acts_once(scene: Scene, enter: Enter) -> None:
    item, browser = item_of(scene), enter("reviewer")
    first = decide(browser, item, "approve", once="a" * 32)
    second = decide(browser, item, "approve", once="a" * 32)
    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert Review.of(scene.cast.province).filter(item=item).count() == 1


def test_an_approval_is_taken_back_with_a_reason(scene: Scene, enter: Enter) -> None:
    item, browser = item_of(scene, "checked"), enter("reviewer")
    path = reverse("reviews-void", args=[item.pk])
    empty = browser.post(path, {"reason": " "})
    assert empty.status_code == 422
    assert browser.post(path, {"reason": "ข้อมูลล้าสมัย"}).status_code == 302
    item.refresh_from_db()
    assert (item.status, item.approved_sha256) == (ItemStatus.DRAFT, "")


def test_a_draft_is_sent_to_review(cast: Cast, enter: Enter) -> None:
    item = line_item(cast, "ร่างหนึ่ง", status=ItemStatus.DRAFT)
    assert "ส่งตรวจ" in page(enter("producer"), item)
    assert "ส่งตรวจ</button>" not in page(enter("viewer"), item)
    assert enter("producer").post(reverse("reviews-submit", args=[item.pk])).status_code == 302
    item.refresh_from_db()
    assert item.status == ItemStatus.IN_REVIEW


def test_an_unknown_story_is_not_there(scene: Scene, enter: Enter) -> None:
    assert enter("reviewer").get("/reviews/nothing").status_code == 404


# A week


def lot(browser: Client, items: list[Item], points: list[str] = POINTS, **seen: str) -> HttpResponse:
    form = {f"seen-{item.pk}": seen.get(item.pk, item.sha256) for item in items}
    take = {"take": [item.pk for item in items], "points": points, "start": scenes.WEEK}
    return browser.post("/reviews/week/approve", form | take)


def waiting(scene: Scene) -> list[Item]:
    return list(Item.of(scene.cast.province).filter(status=ItemStatus.IN_REVIEW).order_by("created_at", "pk"))


def test_the_week_shows_every_story_as_line_will(scene: Scene, enter: Enter) -> None:
    text = enter("reviewer").get(WEEK).content.decode()
    assert text.count('class="line"') == 4
    assert len(re.findall(r'name="take" value="\w+"[^>]* checked', text)) == 3
    assert "จึงไม่รวมอยู่ในชุดนี้" in text
    assert "เลขข้อยังไม่ได้เทียบราชกิจจาฯ" in text
    assert enter("viewer").get(WEEK).content.decode().count('name="take"') == 0


def test_a_week_is_approved_each_by_its_own_hash(scene: Scene, enter: Enter) -> None:
    mine = [item for item in waiting(scene) if item.author_id != scene.cast.people["reviewer"].pk]
    answer = lot(enter("reviewer"), mine)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/reviews")
    reviews = Review.of(scene.cast.province).filter(approved=True)
    assert {(r.item_id, r.sha256) for r in reviews} == {(item.pk, item.sha256) for item in mine}
    assert {item.author for item in waiting(scene)} == {scene.cast.people["reviewer"]}


def test_what_is_left_out_is_named(scene: Scene, enter: Enter) -> None:
    items, browser = waiting(scene), enter("reviewer")
    changed = next(i for i in items if i.kind == ItemKind.CLIP)
    own = next(i for i in items if i.author_id == scene.cast.people["reviewer"].pk)
    answer = lot(browser, items, **{changed.pk: "0" * 64})
    assert (answer.status_code, answer.headers["Location"]) == (302, WEEK)
    text = browser.get(WEEK).content.decode()
    assert "อนุมัติแล้ว 2 ชิ้น" in text
    assert f"“{changed.title}” ไม่ได้อนุมัติ: สื่อถูกแก้ไขหลังจากที่ท่านเปิดดู" in text
    assert f"“{own.title}” ไม่ได้อนุมัติ: ผู้จัดทำสื่อตรวจสื่อของตนเองไม่ได้" in text
    assert {item.pk for item in waiting(scene)} == {changed.pk, own.pk}


def test_a_lot_with_nothing_left_to_approve_says_why(scene: Scene, enter: Enter) -> None:
    items = [item for item in waiting(scene) if item.kind == ItemKind.CLIP]
    answer = lot(enter("reviewer"), items, **{items[0].pk: "0" * 64})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "ถูกแก้ไขหลังจากที่ท่านเปิดดู" in text
    # What changed has to be looked at before it is chosen again.
    assert not re.search(rf'value="{items[0].pk}"[^>]* checked', text)


@pytest.mark.parametrize("missing", POINTS)
def test_a_lot_needs_every_point_and_keeps_what_was_chosen(scene: Scene, enter: Enter, missing: str) -> None:
    chosen = [item_of(scene)]
    answer = lot(enter("reviewer"), chosen, points=[p for p in POINTS if p != missing])
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "เหลืออีก 1 ข้อ" in text
    assert re.findall(r'name="take" value="(\w+)"[^>]* checked', text) == [chosen[0].pk]
    assert len(re.findall(r'name="points"[^>]* checked', text)) == 3
    assert len(waiting(scene)) == 4


def test_an_empty_lot_is_refused(scene: Scene, enter: Enter) -> None:
    answer = lot(enter("reviewer"), [])
    assert answer.status_code == 422
    assert "ยังไม่ได้เลือกสื่อสักชิ้น" in answer.content.decode()


def test_another_province_s_story_is_not_approved_along(scene: Scene, enter: Enter) -> None:
    other = make_cast("other-")
    foreign = line_item(other, "ของจังหวัดอื่น")
    assert lot(enter("reviewer"), [foreign]).status_code == 422
    foreign.refresh_from_db()
    assert foreign.status == ItemStatus.IN_REVIEW


def test_what_waited_for_the_approval_may_go_out(scene: Scene, enter: Enter) -> None:
    item = item_of(scene)
    decide(enter("reviewer"), item, "approve")
    rows = Delivery.of(scene.cast.province).filter(item=item)
    assert {row.state for row in rows} == {State.PLANNED}
    item.refresh_from_db()
    assert rows.update(state=State.ARMED, approved_sha256=item.approved_sha256) == 2
    assert rows.update(state=State.SENDING) == 2


def test_saved_versions_and_the_way_to_compare_them(scene: Scene, enter: Enter) -> None:
    item = item_of(scene, "returned")
    for no in (1, 2):
        ItemVersion.everywhere.create(
            province=scene.cast.province,
            item=item,
            no=no,
            author=item.author,
            saved_at=NOW,
            title=item.title,
            text=item.text,
            alt=item.alt,
            picture=item.picture,
            sha256=item.sha256 if no == 2 else "0" * 64,
        )
    text = page(enter("producer"), item)
    assert "ฉบับนี้" in text
    assert "ดูภาพฉบับที่ 1" in text
    assert reverse("studio-compare", args=[item.pk]) in text
    assert reverse("studio-edit", args=[item.pk]) in text
    assert reverse("studio-edit", args=[item.pk]) not in page(enter("viewer"), item)
