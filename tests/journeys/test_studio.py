"""Making a poster in a real browser: the picture follows the typing, own words stay; the same without JavaScript."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.pages_stage import Stage
from tests.journeys.test_pages import (  # noqa: F401 - fixtures of the same stage
    DESK,
    PHONE,
    Open,
    browser,
    open_page,
    pytestmark,
    sign_in,
    stage,
)

NEW = "/studio/new?topic=KB901&style=aurora"
FITS = "ข้อความพอดีกับแบบนี้"


def making(page: Page, path: str = NEW) -> Page:
    sign_in(page, "producer")
    page.goto(path)
    expect(page.locator("#fits")).to_have_text(FITS, timeout=20_000)
    return page


def drawn(page: Page) -> str:
    """The address of the picture shown, once it is there."""
    poster = page.locator("#poster")
    expect(poster).to_be_visible()
    poster.evaluate("img => img.decode()")
    return str(poster.get_attribute("src"))


def test_the_picture_follows_the_typing(open_page: Open) -> None:  # noqa: F811
    page = making(open_page(DESK))
    before = drawn(page)
    page.get_by_label("หัวข้อ").press_sequentially(" และแบบไหนต้องส่งคืน", delay=20)
    expect(page.locator("#poster")).not_to_have_attribute("src", before)
    assert drawn(page) != before
    expect(page.get_by_label("คำบรรยายภาพ")).to_have_value(re.compile("แบบไหนต้องส่งคืน"))
    expect(page.locator("#line-look")).to_contain_text("แบบไหนต้องส่งคืน")


def test_what_does_not_fit_is_said_while_the_last_picture_stays(open_page: Open) -> None:  # noqa: F811
    page = making(open_page(DESK))
    before = drawn(page)
    page.get_by_label("หัวข้อ").fill("ก" * 150)
    expect(page.locator("#note-headline")).to_contain_text("ตัดออกอย่างน้อย 30 ตัวอักษร")
    expect(page.locator("#fits")).to_contain_text("ภาพที่เห็นเป็นข้อความก่อนหน้า")
    assert drawn(page) == before
    assert page.get_by_label("หัวข้อ").get_attribute("aria-invalid") == "true"
    page.get_by_label("หัวข้อ").fill("สั้นลงแล้ว")
    expect(page.locator("#fits")).to_have_text(FITS)
    assert page.get_by_label("หัวข้อ").get_attribute("aria-invalid") is None


def test_words_being_typed_are_never_replaced(open_page: Open) -> None:  # noqa: F811
    page = making(open_page(DESK))
    alt = page.get_by_label("คำบรรยายภาพ")
    alt.fill("")
    alt.press_sequentially("ภาพกล่องของขวัญที่ปิดฝาไว้", delay=35)
    expect(page.locator("[name=alt_was]")).to_have_value("ภาพกล่องของขวัญที่ปิดฝาไว้")
    expect(alt).to_have_value("ภาพกล่องของขวัญที่ปิดฝาไว้")
    page.get_by_label("หัวข้อ").fill("หัวข้อที่เปลี่ยนไป")
    expect(page.locator("#beside-alt")).to_contain_text("คำนี้อาจไม่ตรงแล้ว")
    expect(alt).to_have_value("ภาพกล่องของขวัญที่ปิดฝาไว้")


def test_a_style_brings_its_own_fields(open_page: Open) -> None:  # noqa: F811
    page = making(open_page(DESK))
    expect(page.get_by_label("คำทักทาย")).to_be_hidden()
    before = drawn(page)
    page.get_by_role("radio", name="สวัสดี").check(force=True)
    expect(page.get_by_label("คำทักทาย")).to_be_visible()
    expect(page.locator("#poster")).not_to_have_attribute("src", before, timeout=15_000)
    page.get_by_label("ชุดสี").select_option("office")
    expect(page.get_by_label("สีหลัก")).to_be_visible()


def test_from_the_plans_need_to_the_reviewer(open_page: Open, stage: Stage) -> None:  # noqa: F811
    page = open_page(PHONE)
    sign_in(page, "producer")
    page.goto("/studio")
    page.get_by_role("link", name=re.compile("ทำโปสเตอร์: ของขวัญแบบไหนรับได้")).first.click()
    expect(page.locator("#fits")).to_have_text(FITS, timeout=20_000)
    expect(page.get_by_role("checkbox", name="กลุ่มเจ้าหน้าที่")).to_be_checked()
    page.get_by_role("button", name="บันทึกและส่งตรวจ").click()
    expect(page.get_by_role("status").first).to_contain_text("ส่งให้ผู้ตรวจแล้ว", timeout=20_000)
    expect(page.locator("header .tag").first).to_have_text("รอตรวจ")
    expect(page.get_by_role("heading", name="ใช้ที่ไหน")).to_be_visible()


def test_versions_slide_over_each_other(open_page: Open, stage: Stage) -> None:  # noqa: F811
    page = open_page(DESK)
    sign_in(page, "producer")
    page.goto(stage.paths["studio-compare"])
    slider = page.get_by_label("เลื่อนเพื่อดู")
    slider.focus()
    slider.press("Home")
    assert page.locator("#over-each").evaluate("pair => pair.style.getPropertyValue('--cut')") == "0%"


def test_without_javascript_the_same_can_be_done(open_page: Open) -> None:  # noqa: F811
    page = open_page(PHONE, java_script_enabled=False)
    sign_in(page, "producer")
    page.goto("/studio/topics?q=ของขวัญ")
    page.get_by_role("link", name=re.compile("ใช้เรื่องนี้: ของขวัญแบบไหนรับได้")).first.click()
    page.get_by_label("หัวข้อ").fill("ของขวัญที่รับได้โดยไม่ผิด")
    page.get_by_role("button", name="ดูตัวอย่าง").click()
    expect(page.locator("#poster")).to_be_visible()
    expect(page.get_by_label("หัวข้อ")).to_have_value("ของขวัญที่รับได้โดยไม่ผิด")
    page.get_by_role("button", name="บันทึกร่าง").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ของขวัญที่รับได้โดยไม่ผิด")


def test_the_gallery_and_the_sharp_picture_follow_once_the_typing_rests(open_page: Open) -> None:  # noqa: F811
    page = making(open_page(DESK))
    sample = page.locator("#sample-sodsai img")
    before = sample.get_attribute("src")
    page.get_by_label("หัวข้อ").fill("หัวข้อที่หยุดพิมพ์แล้ว")
    expect(page.locator("#poster")).to_have_attribute("src", re.compile(r"/full\.jpg$"), timeout=30_000)
    expect(sample).not_to_have_attribute("src", str(before), timeout=30_000)
