"""The studio's lists and an item's page: what stands where, what may be done, what was done."""

from collections.abc import Callable

import pytest
from django.test import Client

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import State
from saisaat.records.models import Item, Topic
from tests.cast import Cast
from tests.factories import make_delivery, make_entry
from tests.scenes import Scene
from tests.scenes.studio import furnish

Enter = Callable[[str], Client]


@pytest.fixture
def scene(cast: Cast) -> Scene:
    scene = Scene(cast)
    furnish(scene)
    return scene


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_what_was_sent_back_stands_first_then_what_the_plan_needs(scene: Scene, enter: Enter) -> None:
    text = page(enter("producer"), "/studio")
    assert text.index("ตัวเลขในหัวข้อไม่ตรง") < text.index("แผนต้องการต่อไป") < text.index("กำลังทำ")
    assert f"?entry={scene.ids['needed_entry']}&amp;topic=KB901&amp;style=lai_thai" in text
    assert "กลุ่มเจ้าหน้าที่" in text and "กลุ่มภาคีเครือข่าย" in text


def test_who_only_sees_is_not_led_to_making(scene: Scene, enter: Enter) -> None:
    browser = enter("viewer")
    for path in ("/studio", "/studio/topics", "/studio/items", f"/studio/items/{scene.ids['draft_item']}"):
        text = page(browser, path)
        assert "/studio/new" not in text and "/edit" not in text and "/submit" not in text


def test_topics_are_searched_while_typing(scene: Scene, enter: Enter) -> None:
    browser = enter("producer")
    whole = page(browser, "/studio/topics?q=ของขวัญ")
    part = browser.get("/studio/topics?q=ของขวัญ", headers={"HX-Request": "true", "HX-Target": "found"}).content.decode()
    assert "<html" in whole and "<html" not in part
    assert "ของขวัญแบบไหนรับได้" in part and "ทำแล้ว 2 ชิ้น" in part and "topic=KB901" in part
    assert "ยังไม่ได้ตรวจกับต้นฉบับ" in page(browser, "/studio/topics?hidden=on")


def test_a_topic_for_an_entry_keeps_the_entry(scene: Scene, enter: Enter) -> None:
    text = page(enter("producer"), f"/studio/topics?entry={scene.ids['needed_entry']}")
    assert f"?topic=KB901&amp;entry={scene.ids['needed_entry']}" in text


@pytest.mark.parametrize("query", ["day=now", "audience=everybody", "theme=ไม่มี", "page=99", "q=%00"])
def test_odd_questions_are_answered(scene: Scene, enter: Enter, query: str) -> None:
    page(enter("producer"), f"/studio/topics?{query}")


@pytest.mark.parametrize("query", ["status=x", "kind=x", "author=x", "page=x", "status=discarded&kind=poster"])
def test_odd_lists_are_shown(scene: Scene, enter: Enter, query: str) -> None:
    page(enter("producer"), f"/studio/items?{query}")


def test_an_item_tells_its_life(scene: Scene, enter: Enter) -> None:
    item = Item.everywhere.get(pk=scene.ids["draft_item"])
    make_delivery(make_entry(scene.cast.campaign), scene.cast.staff, item, State.PLANNED)
    text = page(enter("producer"), f"/studio/items/{item.pk}")
    assert "ฉบับที่ 2" in text and item.sha256[:12] in text
    assert "อยู่ในแผน" in text and "กลุ่มเจ้าหน้าที่" in text
    assert 'class="line"' in text


def test_a_draft_is_sent_thrown_away_and_taken_back(scene: Scene, enter: Enter) -> None:
    browser, item = enter("producer"), Item.everywhere.get(pk=scene.ids["draft_item"])
    path = f"/studio/items/{item.pk}"
    for goal, status in (("discard", "discarded"), ("take-back", "draft"), ("submit", "in_review")):
        assert browser.post(f"{path}/{goal}").status_code == 302
        item.refresh_from_db()
        assert item.status == status
    refused = browser.post(f"{path}/discard")
    assert refused.status_code == 422 and "รอตรวจ" in refused.content.decode()


def test_the_picture_of_ones_own_shows_its_rights(scene: Scene, enter: Enter) -> None:
    text = page(enter("auditor"), f"/studio/items/{scene.ids['kept_item']}")
    assert "แจ้งในที่ประชุมและไม่มีผู้คัดค้าน" in text and "สำนักงานถ่ายหรือจัดทำเอง" in text


def test_two_versions_side_by_side(scene: Scene, enter: Enter) -> None:
    text = page(enter("viewer"), f"/studio/items/{scene.ids['draft_item']}/versions")
    assert "<ins>" in text and "แบบไหนต้องส่งคืน" in text
    assert text.count("/media/") >= 4 and 'type="range"' in text


@pytest.mark.parametrize("query", ["before=9&after=9", "before=x", "before=2&after=1"])
def test_versions_that_do_not_exist_fall_back(scene: Scene, enter: Enter, query: str) -> None:
    page(enter("viewer"), f"/studio/items/{scene.ids['draft_item']}/versions?{query}")


def test_one_version_has_nothing_to_compare(scene: Scene, enter: Enter) -> None:
    answer = enter("viewer").get(f"/studio/items/{scene.ids['returned_item']}/versions")
    assert answer.headers["Location"] == f"/studio/items/{scene.ids['returned_item']}"


def test_a_clip_is_shown_but_made_elsewhere(scene: Scene, enter: Enter) -> None:
    clip = scene.cast.item(ItemKind.CLIP, status=ItemStatus.DRAFT)
    browser = enter("producer")
    assert f"{clip.pk}/edit" not in page(browser, f"/studio/items/{clip.pk}")
    page(browser, f"/studio/items/{clip.pk}/edit", status=404)


def test_without_a_campaign_nothing_breaks(cast: Cast, enter: Enter) -> None:
    cast.campaign.quotas.all().delete()
    cast.campaign.delete()
    browser = enter("producer")
    for path in ("/studio", "/studio/topics", "/studio/items", "/studio/new", "/studio/pictures"):
        page(browser, path)


def test_many_items_take_no_more_queries(scene: Scene, enter: Enter, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(30):
        scene.cast.item(title=f"เรื่องที่ {number}", status=ItemStatus.DRAFT)
        Topic.everywhere.filter(code="KB901").update(tags=[str(number)])
    browser = enter("producer")
    for path in ("/studio", "/studio/items", "/studio/topics"):
        browser.get(path)
        with django_assert_max_num_queries(20):
            browser.get(path)
