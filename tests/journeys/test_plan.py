"""Moving an entry in a real browser: dragged, by keyboard, and by a form without JavaScript."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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

FRIDAY, SATURDAY, SUNDAY = (date(2020, 6, day) for day in (19, 20, 21))


def path_of(stage: Stage) -> str:  # noqa: F811
    """The page of the entry that may move between Friday and Saturday."""
    return next(path for name, path in stage.paths.items() if name.startswith("GET plan-entry") and "movable" in name)


def open_calendar(page: Page, stage: Stage) -> Locator:  # noqa: F811
    """The month of the entry; its chip."""
    sign_in(page)
    page.goto("/plan?month=2020-06")
    page.evaluate("document.fonts.ready")
    return page.locator(f"#e-{path_of(stage).rsplit('/', 1)[1]}")


def home(chip: Locator) -> date:
    """The day under which the chip stands."""
    told = chip.evaluate("chip => chip.closest('.day').id")
    return date.fromisoformat(str(told).removeprefix("d-"))


def away(day: date) -> date:
    return SATURDAY if day == FRIDAY else FRIDAY


def cell(page: Page, day: date) -> Locator:
    return page.locator(f"#d-{day:%Y-%m-%d}")


def drag(page: Page, grip: Locator, target: Locator) -> None:
    grip.scroll_into_view_if_needed()
    start = grip.bounding_box()
    assert start
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    target.scroll_into_view_if_needed()
    end = target.bounding_box()
    assert end
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    expect(target).to_have_class(re.compile("target"))
    page.mouse.up()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_entry_is_dragged_to_another_day(open_page: Open, stage: Stage, size: dict[str, int]) -> None:  # noqa: F811
    page = open_page(size)
    chip = open_calendar(page, stage)
    before, target = home(chip), away(home(chip))
    drag(page, chip.locator(".grip"), cell(page, target))
    sheet = page.locator("#move-sheet")
    expect(sheet).to_be_visible()
    expect(sheet.locator("[name=date]")).to_have_value(f"{target:%Y-%m-%d}")
    assert home(chip) == before, "nothing moves before it is confirmed"
    sheet.get_by_role("button", name=re.compile("^ย้าย")).click()
    expect(page.get_by_role("status").filter(has_text="ย้ายรายการ")).to_be_visible()
    assert home(chip) == target


def test_a_refused_drop_says_why_and_leaves_the_entry(open_page: Open, stage: Stage) -> None:  # noqa: F811
    page = open_page(DESK)
    chip = open_calendar(page, stage)
    before = home(chip)
    drag(page, chip.locator(".grip"), cell(page, SUNDAY))
    sheet = page.locator("#move-sheet")
    expect(sheet.get_by_role("alert")).to_contain_text("รายการยังอยู่ที่เวลาเดิม")
    sheet.get_by_role("button", name="ไม่ย้าย").click()
    expect(sheet).to_be_hidden()
    expect(chip.locator(".grip")).to_be_focused()
    page.reload()
    assert home(chip) == before


def test_the_verdict_follows_the_date_that_is_typed(open_page: Open, stage: Stage) -> None:  # noqa: F811
    page = open_page(DESK)
    sign_in(page)
    page.goto(f"{path_of(stage)}/move")
    page.locator("[name=date]").fill(f"{SUNDAY:%Y-%m-%d}")
    expect(page.locator("#verdict").get_by_role("alert")).to_contain_text("ชนิดเดียวกันแล้ว")
    page.locator("[name=time]").fill("21:30")
    expect(page.locator("#verdict").get_by_role("alert")).to_contain_text("งดส่ง")


def test_an_entry_is_moved_by_keyboard_and_every_step_is_said(open_page: Open, stage: Stage) -> None:  # noqa: F811
    page = open_page(DESK)
    chip = open_calendar(page, stage)
    target = away(home(chip))
    key = "ArrowRight" if target > home(chip) else "ArrowLeft"
    told = page.locator("#moving")
    grip = chip.locator(".grip")
    grip.focus()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("หยิบแล้ว")
    expect(grip).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(key)
    expect(told).to_contain_text(f"{target.day} มิถุนายน 2563")
    page.keyboard.press("Escape")
    expect(told).to_contain_text("รายการอยู่ที่เดิม")
    page.keyboard.press("Enter")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(told).to_contain_text("สุดปฏิทิน")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press(key)
    page.keyboard.press("Enter")
    sheet = page.locator("#move-sheet")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name=re.compile("^ย้าย")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="ย้ายรายการ")).to_be_visible()
    assert home(chip) == target


def test_an_entry_is_moved_without_javascript(browser: Browser, stage: Stage) -> None:  # noqa: F811
    asked = {"viewport": PHONE, "base_url": stage.address, "locale": "th-TH"}
    page = browser.new_context(**asked, java_script_enabled=False).new_page()  # type: ignore[arg-type]
    sign_in(page)
    path = path_of(stage)
    for day in (SATURDAY, FRIDAY):
        page.goto(path)
        page.get_by_role("link", name="ย้าย", exact=True).click()
        if page.locator("[name=date]").input_value() == f"{day:%Y-%m-%d}":
            continue
        page.locator("[name=date]").fill(f"{day:%Y-%m-%d}")
        page.locator("[name=reason]").fill("ตรงกับวันประชุม")
        page.get_by_role("button", name="ย้าย", exact=True).click()
        if day == SATURDAY:
            expect(page.get_by_text("กลุ่มมักเงียบ")).to_be_visible()
            expect(page.locator("[name=reason]")).to_have_value("ตรงกับวันประชุม")
            page.get_by_role("button", name="ย้ายทั้งที่มีข้อควรรู้").click()
        expect(page.get_by_role("status").filter(has_text="ย้ายรายการ")).to_be_visible()
    page.goto(path)
    expect(page.get_by_text("เหตุผล: ตรงกับวันประชุม").first).to_be_visible()
