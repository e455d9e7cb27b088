"""The making page: what is typed is drawn and kept, what does not fit is said beside its field, nothing is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.domain.approval import ItemStatus
from saisaat.domain.delivery import State
from saisaat.posters.styles import STYLES
from saisaat.records.models import Brand, Delivery, Item, OwnPicture
from saisaat.web.studio import drawing
from saisaat.web.studio.forms import followed
from tests.cast import Cast, make_cast
from tests.factories import jpeg, make_delivery, make_entry
from tests.scenes import Scene
from tests.scenes.studio import furnish

Enter = Callable[[str], Client]
TYPED: dict[str, Any] = {
    "style": "aurora",
    "headline": "ของขวัญแบบไหนรับได้",
    "body": "รับจากผู้ที่ไม่ใช่ญาติได้ไม่เกิน 3,000 บาทต่อคนต่อโอกาส",
    "topic": "ของขวัญ",
    "citation": "ที่มา: ประกาศคณะกรรมการ ป.ป.ช. ข้อ 5",
    "slug": "c" * 16,
    "source": "KB901",
    "do": "save",
}


@pytest.fixture
def scene(cast: Cast) -> Scene:
    scene = Scene(cast)
    furnish(scene)
    return scene


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    found: str = answer.content.decode()
    return found


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?(?:value="([^"]*)"|>([^<]*)</textarea>)', page)
    assert found, name
    return found[1] if found[1] is not None else found[2]


def made(slug: str = "c" * 16) -> Item:
    return Item.everywhere.get(slug=slug)


def test_an_entry_of_the_plan_fills_the_page_in(scene: Scene, enter: Enter) -> None:
    query = f"entry={scene.ids['needed_entry']}&topic=KB901&style=lai_thai"
    page = text_of(enter("producer").get(f"/studio/new?{query}"))
    assert value(page, "headline") == "ของขวัญแบบไหนรับได้"
    assert value(page, "citation") == "ที่มา: ประกาศคณะกรรมการ ป.ป.ช. ข้อ 5"
    assert 'name="style" value="lai_thai" checked' in page
    assert len(re.findall(r'name="wanted" value="\w+" checked', page)) == 2


def test_what_is_saved_goes_to_the_entry(scene: Scene, enter: Enter) -> None:
    rows = list(Delivery.everywhere.filter(entry=scene.ids["needed_entry"]))
    answer = enter("producer").post("/studio/new", TYPED | {"wanted": [row.pk for row in rows]})
    assert answer.headers["Location"] == f"/studio/items/{made().pk}"
    assert set(Delivery.everywhere.filter(item=made())) == set(rows)
    assert (made().status, made().author) == (ItemStatus.DRAFT, scene.cast.people["producer"])
    assert made().topic is not None and made().alt.startswith("โปสเตอร์ ของขวัญ: ของขวัญแบบไหนรับได้")


def test_saved_and_sent_in_one_step(scene: Scene, enter: Enter) -> None:
    enter("producer").post("/studio/new", TYPED | {"do": "submit"})
    assert made().status == ItemStatus.IN_REVIEW


def test_a_double_sending_makes_one_poster(scene: Scene, enter: Enter) -> None:
    browser, typed = enter("producer"), TYPED | {"once": "o" * 32}
    places = {browser.post("/studio/new", typed).headers["Location"] for _ in range(2)}
    assert places == {f"/studio/items/{made().pk}"}


def test_without_javascript_one_looks_before_saving(scene: Scene, enter: Enter) -> None:
    page = text_of(enter("producer").post("/studio/new", TYPED | {"do": "look", "headline": "หัวข้อที่ลองดู"}))
    assert 'id="poster"' in page and value(page, "headline") == "หัวข้อที่ลองดู"
    assert not Item.everywhere.filter(slug="c" * 16).exists()


TOO_LONG: list[tuple[dict[str, str], str, str]] = [
    ({"headline": "ก" * 200}, "headline", "ตัดออกอย่างน้อย 80 ตัวอักษร"),
    ({"body": "ข้อความยาว " * 60}, "body", "ตัดออกอย่างน้อย"),
    ({"headline": "ห้ามรับของขวัญ 🎁"}, "headline", "อีโมจิ"),
    ({"headline": "M" * 100}, "headline", "ตัดออกราว"),
]


@pytest.mark.parametrize(("typed", "field", "said"), TOO_LONG)
@pytest.mark.parametrize("do", ["save", "submit", "look"])
def test_what_does_not_fit_is_said_beside_its_field(
    scene: Scene, enter: Enter, typed: dict[str, str], field: str, said: str, do: str
) -> None:
    page = text_of(enter("producer").post("/studio/new", TYPED | typed | {"do": do}), 422)
    note = page[page.index(f'id="note-{field}"') :].split("</p>")[0]
    assert said in note
    assert value(page, field).strip() == typed[field].strip()
    assert not Item.everywhere.filter(slug="c" * 16).exists()


@pytest.mark.parametrize(("typed", "field", "said"), TOO_LONG)
def test_the_live_answer_says_it_too_and_keeps_the_last_picture(
    scene: Scene, enter: Enter, typed: dict[str, str], field: str, said: str
) -> None:
    answer = enter("producer").post("/studio/preview", TYPED | typed)
    part = text_of(answer)
    assert said in part[part.index(f'id="note-{field}"') :].split("</p>")[0]
    assert answer.headers["HX-Reswap"] == "none"


def test_the_live_answer_holds_a_picture_that_can_be_fetched(scene: Scene, enter: Enter) -> None:
    browser = enter("producer")
    answer = browser.post("/studio/preview", TYPED)
    part = text_of(answer)
    assert "HX-Reswap" not in answer.headers and "<html" not in part
    found = re.search(r'id="poster" src="([^"]+)"', part)
    assert found
    picture = browser.get(found[1])
    assert picture["Content-Type"] == "image/jpeg" and picture.content.startswith(b"\xff\xd8")
    assert 'id="line-look"' in part and "แสดงความเห็น" in part


def test_a_preview_leaves_nothing_but_a_bounded_file(scene: Scene, enter: Enter, monkeypatch: Any) -> None:
    browser, before = enter("producer"), Item.everywhere.count()
    folder = drawing.preview_folder()
    monkeypatch.setattr("saisaat.posters.cache.cached_preview.__kwdefaults__", {"picture": b"", "limit": 150_000})
    for number in range(6):
        text_of(browser.post("/studio/preview", TYPED | {"headline": f"หัวข้อที่ {number} ของวันนี้"}))
    assert sum(path.stat().st_size for path in folder.glob("*.jpg")) <= 150_000
    assert Item.everywhere.count() == before


def test_every_style_is_tried_with_the_text(scene: Scene, enter: Enter) -> None:
    part = text_of(enter("producer").post("/studio/samples", TYPED))
    assert all(f'id="sample-{name}"' in part for name in STYLES)
    assert "ต้องมีภาพของหน่วยงาน" in part and "ต้องเขียนเป็นสองฝั่ง" in part
    assert "data-sharper=" in part


def test_a_pictures_address_is_of_one_province(scene: Scene, enter: Enter) -> None:
    make_cast("other-")
    other = Client()
    from saisaat.records.models import Account

    other.force_login(Account.everywhere.get(username="other-producer"))
    path = f"/studio/picture/{scene.ids['picture_token']}/small.jpg"
    assert enter("producer").get(path).status_code == 200
    assert other.get(path).status_code == 404
    for wrong in (path.replace("small", "huge"), path.replace("/.e", "/.f"), "/studio/picture/x/small.jpg"):
        assert enter("producer").get(wrong).status_code == 404


def test_words_for_those_who_do_not_see_it_follow_until_written(scene: Scene, enter: Enter) -> None:
    browser = enter("producer")
    page = text_of(browser.get("/studio/new?topic=KB901&style=aurora"))
    marks = {name: value(page, name) for name in ("alt", "alt_was", "alt_for", "text", "text_was", "text_for")}
    part = text_of(browser.post("/studio/preview", TYPED | marks | {"headline": "หัวข้อใหม่"}))
    assert "หัวข้อใหม่" in value(part, "alt") and "เปลี่ยนตาม" in part
    own = {name: value(part, name) for name in marks} | {"alt": "ภาพกล่องของขวัญ"}
    part = text_of(browser.post("/studio/preview", TYPED | own | {"headline": "หัวข้อใหม่"}))
    assert value(part, "alt") == "ภาพกล่องของขวัญ" and "อาจไม่ตรงแล้ว" not in part
    kept = {name: value(part, name) for name in marks}
    part = text_of(browser.post("/studio/preview", TYPED | kept | {"headline": "หัวข้ออื่น"}))
    assert value(part, "alt") == "ภาพกล่องของขวัญ" and "อาจไม่ตรงแล้ว" in part
    stale = {name: value(part, name) for name in marks}
    part = text_of(browser.post("/studio/preview", TYPED | stale | {"headline": "หัวข้ออื่น", "alt_still": "on"}))
    assert "อาจไม่ตรงแล้ว" not in part


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(min_size=1, max_size=20))
def test_own_words_are_never_overwritten(typed: str, was: str, made_for: str, now: str) -> None:
    found = followed(typed, was, made_for, now)
    lines = typed.replace("\r\n", "\n")
    if lines.strip() and lines != made_for.replace("\r\n", "\n"):
        assert found.value == lines
    else:
        assert (found.value, found.stale) == (now, False)


def test_an_edit_begins_with_what_was_saved_and_makes_a_version(scene: Scene, enter: Enter) -> None:
    browser, path = enter("producer"), f"/studio/items/{scene.ids['returned_item']}/edit"
    page = text_of(browser.get(path))
    assert "ตัวเลขในหัวข้อไม่ตรง" in page
    item = Item.everywhere.get(pk=scene.ids["returned_item"])
    assert (value(page, "headline"), value(page, "slug"), value(page, "seen")) == (item.title, item.slug, "1")
    typed = TYPED | {"slug": item.slug, "seen": "1", "headline": "หัวข้อที่แก้แล้ว"}
    assert browser.post(path, typed).status_code == 302
    item.refresh_from_db()
    assert (item.status, item.title, item.versions.count()) == (ItemStatus.DRAFT, "หัวข้อที่แก้แล้ว", 2)
    refused = text_of(browser.post(path, typed | {"headline": "หัวข้อของอีกแท็บ"}), 422)
    assert "ผู้อื่นบันทึก" in refused and value(refused, "headline") == "หัวข้อของอีกแท็บ"


def test_it_is_said_before_that_an_edit_ends_the_approval(scene: Scene, enter: Enter) -> None:
    item = scene.cast.item()
    make_delivery(make_entry(scene.cast.campaign), scene.cast.staff, item, State.ARMED)
    page = text_of(enter("producer").get(f"/studio/items/{item.pk}/edit"))
    assert "การอนุมัติจะสิ้นผล" in page and "1 รายการจะถูกยกเลิก" in page


def test_what_was_published_is_copied_and_not_edited(scene: Scene, enter: Enter) -> None:
    item = scene.cast.item(topic=Item.everywhere.get(pk=scene.ids["draft_item"]).topic)
    make_delivery(make_entry(scene.cast.campaign), scene.cast.staff, item, State.SENT)
    browser = enter("producer")
    assert browser.get(f"/studio/items/{item.pk}/edit").headers["Location"] == f"/studio/items/{item.pk}"
    page = text_of(browser.get(f"/studio/new?like={item.pk}&style=sodsai"))
    assert value(page, "headline") == item.title and value(page, "slug") != item.slug
    assert 'name="style" value="sodsai" checked' in page


@pytest.mark.parametrize("query", ["topic=none", "entry=none", "like=none", "picture=none"])
def test_what_is_not_there_is_not_found(scene: Scene, enter: Enter, query: str) -> None:
    assert enter("producer").get(f"/studio/new?{query}").status_code == 404


def test_the_offices_colours_come_first(scene: Scene, enter: Enter) -> None:
    Brand.everywhere.update_or_create(
        province=scene.cast.province, defaults={"primary": "#123456", "secondary": "#abcdef"}
    )
    page = text_of(enter("producer").get("/studio/new"))
    assert (value(page, "first_colour"), value(page, "second_colour")) == ("#123456", "#abcdef")
    typed = TYPED | {"tone": "office", "first_colour": "#123456", "second_colour": "#abcdef"}
    enter("producer").post("/studio/new", typed)
    assert made().spec["poster"]["colours"] == ["#123456", "#abcdef"]


@pytest.mark.parametrize(("tone", "day"), [("friday", "friday"), ("", None)])
def test_a_days_colour(scene: Scene, enter: Enter, tone: str, day: str | None) -> None:
    enter("producer").post("/studio/new", TYPED | {"tone": tone})
    assert made().spec["poster"].get("day") == day


UPLOAD = {
    "owner": "สำนักงานตัวอย่าง",
    "licence": "own",
    "proof": "ถ่ายในกิจกรรม",
    "taken_on": "2020-05-12",
    "people": "no",
}


def upload(browser: Client, data: bytes | None = None, **changes: str) -> Any:
    file = SimpleUploadedFile("photo.jpg", jpeg(1200, 900) if data is None else data, "image/jpeg")
    return browser.post("/studio/pictures", UPLOAD | changes | {"file": file})


def test_a_picture_of_ones_own_becomes_a_poster(scene: Scene, enter: Enter) -> None:
    browser = enter("producer")
    picture = OwnPicture.everywhere.get(pk=_added(upload(browser)))
    page = text_of(browser.get(f"/studio/new?picture={picture.pk}"))
    style = next(name for name, one in STYLES.items() if "picture" in one.takes)
    assert f'value="{style}" checked' in page and value(page, "credit") == "สำนักงานตัวอย่าง"
    browser.post("/studio/new", TYPED | {"style": style, "picture": picture.pk, "credit": picture.owner})
    assert made().own_picture == picture and made().spec["poster"]["picture"] == picture.media.sha256


def _added(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"].split("#p-")[1])


def test_a_style_that_takes_no_picture_keeps_none(scene: Scene, enter: Enter) -> None:
    browser = enter("producer")
    browser.post("/studio/new", TYPED | {"picture": scene.ids["own_picture"]})
    assert made().own_picture is None and "picture" not in made().spec["poster"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": "yes"}, "ได้รับความยินยอมก่อน"),
        ({"people": "yes", "agreed": "on"}, "ยินยอมอย่างไร"),
        ({"owner": ""}, "id_owner_error"),
        ({"taken_on": "2030-01-01"}, "อนาคต"),
        ({"people": ""}, "id_people_error"),
    ],
)
def test_an_upload_without_its_rights_is_refused_and_keeps_the_typing(
    scene: Scene, enter: Enter, changes: dict[str, str], said: str
) -> None:
    before = OwnPicture.everywhere.count()
    page = text_of(upload(enter("producer"), **changes), 422)
    assert said in page and value(page, "proof") == "ถ่ายในกิจกรรม"
    assert OwnPicture.everywhere.count() == before


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"<?php", jpeg(1200, 900)[:3000], jpeg(40, 40)])
def test_a_hostile_upload_is_refused_with_a_cure(scene: Scene, enter: Enter, data: bytes) -> None:
    page = text_of(upload(enter("producer"), data), 422)
    assert "โปรด" in page[page.index("id_file_error") :][:600]


def test_the_shelf_is_brought_up_to_date(scene: Scene, enter: Enter) -> None:
    headers = {"HX-Request": "true", "HX-Target": "own-pictures"}
    part = enter("producer").get(f"/studio/pictures?picture={scene.ids['own_picture']}", headers=headers)
    assert f'value="{scene.ids["own_picture"]}" checked' in text_of(part) and "<html" not in text_of(part)


def test_pictures_of_another_office_are_not_found(scene: Scene, enter: Enter) -> None:
    make_cast("other-")
    from saisaat.records.models import Account

    other = Client()
    other.force_login(Account.everywhere.get(username="other-producer"))
    assert other.get(f"/studio/new?picture={scene.ids['own_picture']}").status_code == 404
    assert other.post("/studio/preview", TYPED | {"picture": scene.ids["own_picture"]}).status_code == 404


def test_a_dead_child_is_replaced(scene: Scene, enter: Enter) -> None:
    import os
    import signal

    browser = enter("producer")
    text_of(browser.post("/studio/preview", TYPED))
    for pid in drawing.live_pool().pids:
        os.kill(pid, signal.SIGKILL)
    part = text_of(browser.post("/studio/preview", TYPED | {"headline": "หลังจากที่ตัวจัดหน้าล้ม"}))
    assert 'id="poster"' in part
