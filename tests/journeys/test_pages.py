"""The pages in a real browser: sound to the eye on every screen, moving while one looks, whole without JavaScript."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.factories import PASSWORD
from tests.journeys.pages_stage import Stage, raised_stage

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1920, "height": 1080}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason="BROWSER TESTS NOT RUN: chromium is missing"),
]

# Text set closer than Thai tone marks need, or with letters pulled apart.
CRAMPED_TEXT = """
() => [...document.querySelectorAll("main *")].filter((e) => {
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const style = getComputedStyle(e);
  const room = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
  const wanted = e.closest("h1, h2, h3, .num, .big, strong, small, code") ? 1.2 : 1.5;
  return own && !e.closest(".line-face") && e.checkVisibility() && (style.letterSpacing !== "normal" || room < wanted);
}).map((e) => `${e.tagName}.${e.className} ${getComputedStyle(e).lineHeight}`)
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with raised_stage() as stage:
        yield stage


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, stage: Stage) -> Iterator[Open]:
    """Opens browsers on the stage; none may end with a script error, a refused resource or a broken policy."""
    complaints: list[str] = []

    def hear(line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"}:
            complaints.append(f"{line.text} {line.location['url']}")

    def opened(size: dict[str, int] = DESK, **features: Any) -> Page:
        asked = {"viewport": size, "base_url": stage.address, "locale": "th-TH"} | features
        context = browser.new_context(**asked)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", hear)
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, part: str = "owner") -> None:
    page.goto("/sign-in")
    page.fill("#username", part)
    page.fill("#password", PASSWORD)
    page.locator("main button").first.click()
    expect(page.locator("nav.tabs")).to_be_visible()


def axe_faults(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and its own good practice: rule, element, and why."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {runOnly: " + RULES + ", resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:160]} {' '.join(node['failureSummary'].split())[:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(
    ("size", "utmost", "scheme", "language"),
    [(PHONE, NARROW, "dark", "th"), (DESK, WIDE, "light", "en")],
    ids=["phone", "desk"],
)
def test_every_page_is_sound(
    open_page: Open, stage: Stage, size: dict[str, int], utmost: dict[str, int], scheme: str, language: str
) -> None:
    found = {}
    for part in sorted(set(stage.parts.values())):
        page = open_page(size, color_scheme=scheme)
        if part:
            sign_in(page, part)
        else:
            page.goto("/sign-in")
        page.locator(f"button[value={language}]").click()
        for name, path in stage.paths.items():
            if stage.parts[name] != part:
                continue
            page.set_viewport_size(size)
            page.goto(path)
            expect(page.locator(".htmx-request")).to_have_count(0)
            assert page.evaluate("document.documentElement.lang") == language
            found[f"{name} {path}"] = [*axe_faults(page), *page.evaluate(CRAMPED_TEXT), *overflow(page)]
            page.set_viewport_size(utmost)
            found[f"{name} {path} at {utmost['width']}"] = overflow(page)
        page.context.close()
    told = [f"{name}: {fault}" for name, faults in found.items() for fault in faults]
    assert not told, "\n".join(told)


def overflow(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide"] if wide else []


def test_the_typeface_comes_with_the_page(open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto("/sign-in")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px Sarabun', 'ก')")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Sarabun")


def test_figures_move_while_one_looks(open_page: Open, stage: Stage) -> None:
    desk, phone = open_page(DESK), open_page(PHONE)
    sign_in(desk)
    desk.goto(stage.paths["publication"])
    group = desk.locator("section", has=desk.get_by_role("heading", name="กลุ่มภาคีเครือข่าย"))
    taps, presses = group.locator("[data-figure=taps]"), group.locator("[data-figure=acknowledgements]")
    before = [int(shown) if (shown := figure.inner_text()).isdecimal() else 0 for figure in (taps, presses)]
    phone.goto(stage.paths["item"])
    phone.get_by_role("button", name="รับทราบ").click()
    expect(phone.get_by_role("status").first).to_contain_text("บันทึกว่ารับทราบแล้ว")
    expect(taps).to_have_text(str(before[0] + 1), timeout=15_000)
    expect(presses).to_have_text(str(before[1] + 1), timeout=15_000)


def test_everything_can_be_done_without_javascript(open_page: Open, stage: Stage) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    sign_in(page, "duty")
    page.goto(stage.paths["comment"])
    page.get_by_label("ประเภท").select_option("criticism")
    page.get_by_role("button", name="ยืนยันประเภท").click()
    expect(page.get_by_role("status")).to_contain_text("ยืนยันประเภทของความเห็นแล้ว")
    page.goto(stage.paths["comment"])
    page.get_by_label("สำนักงานตอบ").fill("ภาพต่อไปจะใช้ตัวหนังสือใหญ่ขึ้น")
    page.get_by_role("button", name="บันทึกคำตอบ").click()
    expect(page.get_by_text("ภาพต่อไปจะใช้ตัวหนังสือใหญ่ขึ้น")).to_be_visible()
    page.goto("/uncertain")
    page.get_by_label("เห็นหรือไม่เห็นอะไรในกลุ่ม").fill("เห็นภาพในกลุ่มแล้ว")
    page.get_by_role("button", name="เห็นในกลุ่มแล้ว").click()
    expect(page.get_by_text("ไม่มีรายการที่ไม่แน่ใจ")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(open_page: Open) -> None:
    page = open_page(DESK)
    sign_in(page)
    page.goto("/entries")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("ข้ามไปยังเนื้อหา")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_dark_is_one_press_away(open_page: Open) -> None:
    page = open_page(DESK, color_scheme="light")
    page.goto("/sign-in")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("button[name=theme][value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
