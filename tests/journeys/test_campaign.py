"""A proposal on its way in a real browser: pasted, corrected in place, signed by three, its group appointed."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.factories import PASSWORD
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
from tests.web.campaign_stage import DEMO

TITLE = "รู้ทัน รู้งาม งานสุจริต ผ่านกลุ่ม LINE"


def paste(page: Page, text: str = DEMO) -> str:
    """From the campaign's first page to the reading page of a new draft; the draft's address."""
    page.goto("/campaign")
    page.get_by_role("link", name="เริ่มโครงการใหม่").click()
    page.get_by_label("ข้อความทั้งโครงการ").fill(text)
    page.get_by_role("button", name="อ่านข้อความ").click()
    expect(page.locator("h1")).to_have_text("เอกสารโครงการ")
    return page.url.removesuffix("/read")


def follow(page: Page) -> None:
    """Do what the page says comes next."""
    page.locator(".next").get_by_role("link", name="ไปทำ").click()


def sign(page: Page, part: str, campaign: str) -> None:
    sign_in(page, part)
    page.goto(campaign)
    follow(page)
    expect(page.locator("h1")).to_contain_text("รู้ทัน")
    page.get_by_label("รหัสผ่านของคุณ").fill(PASSWORD)
    page.locator("button[name=decision][value=sign]").click()
    expect(page.get_by_role("status").first).to_contain_text("ผูกกับเนื้อหาฉบับนี้")


def test_a_field_is_corrected_in_place_beside_its_lines(open_page: Open, stage: Stage) -> None:  # noqa: F811
    page = open_page(DESK)
    sign_in(page)
    campaign = paste(page)
    expect(page.locator("#questions h2")).to_have_text("ยังมี 3 คำถาม")
    part = page.locator("#s-signatures")
    expect(part.locator(".marked").first).to_be_visible()
    part.get_by_role("link", name="แก้ไข").click()
    expect(page.locator("#s-signatures")).to_be_focused()
    part.get_by_label("ชื่อผู้ลงนาม").first.fill("นายชื่อ นามสกุล")
    part.get_by_role("checkbox").nth(1).uncheck()
    part.get_by_role("checkbox").nth(2).uncheck()
    part.get_by_role("button", name="บันทึก").last.click()
    expect(part.get_by_text("นายชื่อ นามสกุล")).to_be_visible()
    expect(part.get_by_text("แก้ไขแล้ว")).to_be_visible()
    expect(part).to_be_focused()
    expect(page.locator("#questions h2")).to_have_text("ยังมี 2 คำถาม")
    assert page.url == f"{campaign}/read", "the page itself stayed"
    aims = page.locator("#s-objectives")
    aims.get_by_role("link", name="แก้ไข").click()
    aims.get_by_role("button", name="เพิ่มข้อ").click()
    expect(aims.get_by_label("ข้อความ")).to_have_count(3)
    aims.get_by_role("link", name="ไม่แก้แล้ว").click()
    expect(aims.get_by_role("listitem").first).to_be_visible()
    expect(aims.get_by_label("ข้อความ")).to_have_count(0)


def test_from_the_pasted_text_to_an_ordered_group_without_javascript(
    open_page: Open,  # noqa: F811
    browser: Browser,  # noqa: F811
    stage: Stage,  # noqa: F811
) -> None:
    def new_page() -> Page:
        return open_page(PHONE, java_script_enabled=False)

    page = new_page()
    sign_in(page)
    campaign = paste(page)
    page.locator("#s-period").get_by_role("link", name="แก้ไข").click()
    page.get_by_label("วันสิ้นสุด").fill("๓๑ ส.ค. ๒๕๗๐")
    page.get_by_role("button", name="บันทึก").last.click()
    expect(page.locator("#s-period")).to_contain_text("31 สิงหาคม 2570")
    for part in ("proposer", "endorser", "approver"):
        sign(new_page(), part, campaign)
    page.goto(campaign)
    expect(page.locator(".kicker .tag").first).to_have_text("อนุมัติแล้ว")
    follow(page)
    for _ in range(2):
        choices = page.get_by_label("เพิ่มคน")
        choices.select_option(index=1)
        page.get_by_role("button", name="เพิ่มในรายชื่อ").click()
    expect(page.get_by_label("หน้าที่").first).to_have_value(re.compile("กำกับดูแล"))
    page.get_by_role("button", name="บันทึกคณะทำงาน").click()
    page.get_by_label("เลขที่คำสั่ง").fill("๑๕/๒๕๗๐")
    page.get_by_role("button", name="ออกคำสั่ง").click()
    expect(page.get_by_text("คำสั่งที่ ๑๕/๒๕๗๐").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word คำสั่งที่ ๑๕/๒๕๗๐").click()
    assert download.value.suggested_filename.endswith(".docx")
    page.goto(campaign)
    expect(page.locator(".steps [aria-current]")).to_contain_text("จัดแผน")
