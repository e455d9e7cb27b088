"""The phone pages in a real browser beside a practice LINE: who is counted how, once each; registering and erasing."""

import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Page, expect, sync_playwright

from benchmarks.phone_page import LIMIT_BYTES, open_once
from tests.journeys.phone_stage import PhoneStage, raised_phone_stage
from tests.journeys.test_pages import CHROMIUM, FLAGS, PHONE, axe_faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason="BROWSER TESTS NOT RUN: chromium is missing"),
]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def both() -> Iterator[PhoneStage]:
    with raised_phone_stage() as stage:
        yield stage


@pytest.fixture
def stage(both: PhoneStage) -> PhoneStage:
    """What a test counts is what came since it began. No two tests open the same page as the same person in LINE."""
    both.before = both.counted()
    return both


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens browsers; none may end with a script error, a refused resource or a broken policy."""
    complaints: list[str] = []

    def opened(address: str, **features: Any) -> Page:
        page = browser.new_context(viewport=features.pop("viewport", PHONE), locale="th-TH", **features).new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if is_fault(line) else None)
        page.goto(address)
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert complaints == []


def is_fault(line: ConsoleMessage) -> bool:
    """Chromium calls a refusal that we mean (422) an error."""
    return line.type == "error" and "422" not in line.text


def inside(room: Page) -> FrameLocator:
    """What the phone's LIFF browser shows."""
    return room.frame_locator("iframe.liff-page:not([hidden])")


def tap_in_line(room: Page, stage: PhoneStage, path: str) -> None:
    """Somebody of the group taps a link of ours, agreeing where LINE asks."""
    link = f"https://liff.line.me/{stage.told['liff_id']}{path}"
    stage.practice(f"groups/{stage.group}/say", "POST", {"userId": stage.people[2], "text": link})
    room.get_by_role("link", name=link).last.click()
    allow = room.locator(".liff-sheet").get_by_role("button", name="อนุญาต")
    expect(allow.or_(room.locator("iframe.liff-page:not([hidden])"))).to_be_visible()
    if allow.is_visible():
        allow.click()


def leave(room: Page) -> None:
    room.locator(".liff-sheet").get_by_role("button", name="ปิด").click()


def is_counted(stage: PhoneStage, page: Page, **wanted: Any) -> None:
    """Within a few seconds the database says so, and goes on saying so."""
    for _ in range(50):
        found = stage.since(wanted)
        if found == wanted:
            return
        page.wait_for_timeout(100)
    assert found == wanted


def test_a_reader_in_line_is_a_person_once(stage: PhoneStage, open_page: Open) -> None:
    room = open_page(stage.room(0), viewport={"width": 390, "height": 844})
    tap_in_line(room, stage, stage.told["links"]["poster"])
    expect(inside(room).get_by_role("heading", level=1)).to_contain_text("ของขวัญแบบไหนรับได้")
    is_counted(stage, room, views=1, taps=0)
    inside(room).get_by_role("button", name="รับทราบ").click()
    expect(inside(room).locator(".said")).to_contain_text("บันทึกว่ารับทราบแล้ว")
    inside(room).get_by_role("button", name="รับทราบ").click()
    is_counted(stage, room, acks=1, known_acks=1)
    leave(room)
    tap_in_line(room, stage, stage.told["links"]["poster"])
    expect(inside(room).get_by_role("button", name="รับทราบ")).to_have_attribute("aria-pressed", "true")
    is_counted(stage, room, views=1, taps=0, acks=1)


def test_an_ordinary_browser_is_a_tap(stage: PhoneStage, open_page: Open) -> None:
    page = open_page(f"{stage.pages}{stage.told['links']['poster']}")
    is_counted(stage, page, taps=1, views=0)
    page.get_by_role("button", name="ชอบ").click()
    expect(page.locator(".said")).to_contain_text("บันทึกว่าชอบแล้ว")
    page.get_by_role("button", name="ชอบ").click()
    page.get_by_label("500 บาท").check()
    page.get_by_role("button", name="ตอบ", exact=True).click()
    expect(page.locator("#quiz")).to_contain_text("ยังไม่ใช่")
    expect(page.locator("#quiz")).to_contain_text("สามพันบาท")
    is_counted(stage, page, likes=1, answers={"0": 1}, taps=1)
    page.get_by_role("link", name="เก่ากว่า").click()
    expect(page.locator("#earlier")).to_contain_text("เรื่องก่อนหน้าที่ 8")
    is_counted(stage, page, taps=1)
    assert axe_faults(page) == []


def test_without_javascript_everything_works(stage: PhoneStage, open_page: Open) -> None:
    page = open_page(f"{stage.pages}{stage.told['links']['poster']}", java_script_enabled=False)
    page.get_by_role("button", name="รับทราบ").click()
    expect(page.locator(".said")).to_contain_text("บันทึกว่ารับทราบแล้ว")
    page.get_by_label("3,000 บาท").check()
    page.get_by_role("button", name="ตอบ", exact=True).click()
    expect(page.locator("#quiz")).to_contain_text("ถูกต้อง")
    page.get_by_role("link", name="ติ", exact=True).click()
    expect(page.locator("#comment h2")).to_contain_text("ติ")
    is_counted(stage, page, taps=1, acks=1, known_acks=0, answers={"1": 1})


def test_a_liff_page_outside_line_is_a_tap(stage: PhoneStage, open_page: Open) -> None:
    path = f"/liff/{stage.told['channel']}{stage.told['links']['poster']}"
    page = open_page(f"{stage.pages}{path}")
    is_counted(stage, page, taps=1, views=0)


def test_line_that_does_not_answer_leaves_the_ordinary_page(stage: PhoneStage, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.route("**/sdk.js", lambda route: route.abort())
    state = stage.told["links"]["poster"].replace("/", "%2F")
    page.goto(f"{stage.pages}/liff/{stage.told['channel']}?liff.state={state}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ของขวัญแบบไหนรับได้")
    is_counted(stage, page, taps=1, views=0)
    context.close()


def test_how_far_our_own_clip_was_played(stage: PhoneStage, open_page: Open) -> None:
    room = open_page(stage.room(0), viewport={"width": 390, "height": 844})
    tap_in_line(room, stage, stage.told["links"]["clip"])
    video = inside(room).locator("video")
    video.evaluate("(clip) => { clip.muted = true; clip.playbackRate = 16; return clip.play(); }")
    is_counted(stage, room, watched=[100], marks={}, views=1, taps=0)


def test_a_clip_elsewhere_is_only_opened(stage: PhoneStage, open_page: Open) -> None:
    page = open_page(f"{stage.pages}{stage.told['links']['away']}")
    page.context.route("https://video.example/**", lambda route: route.fulfill(body="elsewhere"))
    page.get_by_role("link", name="ดูคลิป").click()
    is_counted(stage, page, marks={"0": 1}, watched=[])


def test_registering_by_code_and_being_erased(stage: PhoneStage, open_page: Open) -> None:
    room = open_page(stage.room(1), viewport={"width": 390, "height": 844})
    tap_in_line(room, stage, stage.told["links"]["poster"])
    is_counted(stage, room, views=1)
    inside(room).get_by_role("link", name="ข้อมูลของฉัน").click()
    phone = inside(room)
    phone.get_by_label("รหัสในใบ 8 ตัว").fill("AAAA-AAAA")
    phone.get_by_label("ฉันอ่านคำชี้แจงข้างบนแล้ว").first.check()
    phone.get_by_role("button", name="ผูกบัญชี").click()
    expect(phone.get_by_role("alert")).to_contain_text("รหัสไม่ตรง")
    phone.get_by_label("รหัสในใบ 8 ตัว").fill(stage.told["code"].lower())
    phone.get_by_label("ฉันอ่านคำชี้แจงข้างบนแล้ว").first.check()
    phone.get_by_role("button", name="ผูกบัญชี").click()
    expect(phone.locator("#me")).to_contain_text(stage.told["person"])
    is_counted(stage, room, linked=1)
    phone.get_by_text("ลบทุกอย่างที่โยงถึงบัญชี LINE นี้").click()
    phone.get_by_role("button", name="ลบ", exact=True).click()
    expect(phone.get_by_role("status")).to_contain_text("เหลือเพียงจำนวน")
    is_counted(stage, room, linked=0, views=0, erased=1)


def test_asking_without_a_code(stage: PhoneStage, open_page: Open) -> None:
    room = open_page(stage.room(2), viewport={"width": 390, "height": 844})
    tap_in_line(room, stage, "/me")
    phone = inside(room)
    phone.get_by_text("ไม่มีรหัส ขอให้สำนักงานรับรอง").click()
    phone.get_by_label("ชื่อ-สกุล").fill("พนักงานขับรถ หนึ่ง")
    phone.get_by_label("สำนักงานที่ปฏิบัติงาน").select_option(stage.told["office"])
    phone.get_by_label("ฉันอ่านคำชี้แจงข้างบนแล้ว").last.check()
    phone.get_by_role("button", name="ส่งคำขอ").click()
    expect(phone.locator("#me")).to_contain_text("รอผู้ดูแลรายชื่อตัดสิน")
    is_counted(stage, room, requests=1, linked=0)


@pytest.mark.parametrize("app", [False, True], ids=["in a browser", "in LINE"])
def test_a_page_is_light(stage: PhoneStage, browser: Browser, app: bool) -> None:
    """Everything a telephone loads for it, the story's picture and LINE's own script left out."""
    path = f"/liff/{stage.told['channel']}" * app + stage.told["links"]["poster"]
    load = open_once(browser, f"{stage.pages}{path}")
    sys.stdout.write(f"{path[:5]}: {load.counted:,} bytes of {LIMIT_BYTES:,}: {load.sizes}\n")
    assert {"page", "files", "fonts", "picture"} <= load.sizes.keys() and ("sdk" in load.sizes) is app
    assert load.counted <= LIMIT_BYTES
