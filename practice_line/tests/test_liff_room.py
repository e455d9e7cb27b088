"""LIFF apps in the practice room, in a real browser: the sheet, consent, messages, sharing, and the page on its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from liff_stage import LIFF_ID, SCOPES, LiffServer, make_app, raised_app
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect
from room_stage import DESK, IN_BROWSER, Stage, Visitor, row

pytestmark = IN_BROWSER

LINK = f"https://liff.line.me/{LIFF_ID}/p/12?g=g1#top"
NARROW = {"width": 360, "height": 740}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture
def app(stage: Stage) -> Iterator[LiffServer]:
    with raised_app(stage) as app:
        yield app


@pytest.fixture
def outside(browser: Browser) -> Iterator[Page]:
    """An ordinary browser, away from the room."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def sheet(page: Page | Locator) -> Locator:
    return page.locator(".liff-sheet")


def inside(page: Page | Locator) -> FrameLocator:
    return page.frame_locator("iframe.liff-page:not([hidden])")


def tap(page: Page | Locator, stage: Stage, link: str = LINK) -> None:
    """Somebody posts the link; it is tapped where it is seen."""
    stage.say(0, f"เปิดได้ที่ {link}")
    page.get_by_role("link", name=link).click()


def allow(page: Page | Locator) -> None:
    sheet(page).get_by_role("button", name="อนุญาต").click()


def told(page: Page | Locator) -> Locator:
    return inside(page).locator("#told")


def test_a_link_in_the_chat_opens_the_app_as_the_person(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open((1, stage.group))
    tap(page, stage)
    expect(sheet(page)).to_have_attribute("data-size", "tall")
    expect(sheet(page).get_by_role("heading", name="“แอปซ้อม” ขอสิทธิ์ต่อไปนี้")).to_be_visible()
    expect(sheet(page)).to_contain_text("ในนามของ หัวหน้าฝ่าย")
    allow(page)
    expect(inside(page).locator("#who")).to_have_text("หัวหน้าฝ่าย")
    expect(told(page)).to_contain_text("/app/p/12?office=1&g=g1#top")
    expect(told(page)).to_contain_text('"in":true')
    assert [claims["sub"] for claims in app.proved] == [stage.people[1]]
    expect(sheet(page).get_by_role("heading", name="หน้าซ้อม LIFF")).to_be_visible()
    expect(sheet(page).locator(".liff-host")).to_have_text(app.url.removeprefix("http://"))


def test_the_second_time_nobody_is_asked(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open()
    tap(page, stage, f"{stage.line}/liff/{LIFF_ID}")
    allow(page)
    expect(told(page)).to_contain_text("/app/?office=1")
    sheet(page).get_by_role("button", name="ปิดแอป LIFF").click()
    expect(sheet(page)).to_have_count(0)
    page.get_by_role("link", name=LIFF_ID).press("Enter")
    expect(told(page)).to_contain_text(stage.people[0])


def test_a_denied_consent_opens_nothing(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open()
    tap(page, stage)
    sheet(page).get_by_role("button", name="ยกเลิก").click()
    expect(sheet(page)).to_have_count(0)
    expect(page.locator("#toasts")).to_contain_text("ไม่ได้อนุญาต")
    expect(page.get_by_role("link", name=LIFF_ID)).to_be_focused()
    assert app.proved == []


def test_a_text_reaches_the_bot_with_group_and_token_and_flex_does_not(
    stage: Stage, app: LiffServer, visitor: Visitor
) -> None:
    page = visitor.open()
    tap(page, stage)
    allow(page)
    before = len(stage.bot.of("message"))
    inside(page).get_by_role("button", name="ส่งข้อความเข้าแชต").click()
    expect(told(page)).to_have_text('"undefined"')
    said = stage.transcript()[-2:]
    assert [(line["from"], line["type"]) for line in said] == [(stage.people[0], "text"), (stage.people[0], "flex")]
    with stage.bot.told:
        assert stage.bot.told.wait_for(lambda: len(stage.bot.of("message")) > before, timeout=10)
    [event] = stage.bot.of("message")[before:]
    assert event["message"]["text"] == "#โพสต์ 12"
    assert event["source"] == {"type": "group", "groupId": stage.group, "userId": stage.people[0]}
    stage.bot.call("reply", replyToken=event["replyToken"], messages=[{"type": "text", "text": "โพสต์แล้ว"}])
    sheet(page).get_by_role("button", name="ปิดแอป LIFF").click()
    expect(row(page, "โพสต์แล้ว")).to_be_visible()


def test_without_the_grant_a_message_is_refused_in_lines_words(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open()
    tap(page, stage)
    sheet(page).get_by_role("checkbox", name="ส่งข้อความในแชตแทนคุณ").uncheck()
    allow(page)
    inside(page).get_by_role("button", name="ส่งข้อความเข้าแชต").click()
    expect(told(page)).to_have_text('{"code":"403","message":"user doesn\'t grant required permissions yet"}')
    [complaint] = visitor.complaints
    assert "403" in complaint
    visitor.complaints.clear()


def test_the_picker_shares_with_groups_and_a_friend(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open()
    tap(page, stage)
    allow(page)
    inside(page).get_by_role("button", name="แชร์ให้เพื่อน").click()
    picker = page.get_by_role("dialog", name="เลือกผู้รับ")
    expect(picker.get_by_role("button", name="ยังไม่ได้เลือกผู้รับ")).to_be_disabled()
    picker.get_by_role("checkbox", name=re.compile("กลุ่มเจ้าหน้าที่")).check()
    picker.get_by_role("checkbox", name=re.compile("กลุ่มเครือข่าย")).check()
    picker.get_by_role("searchbox").fill("หัวหน้า")
    expect(picker.get_by_role("checkbox")).to_have_count(1)
    picker.get_by_role("checkbox", name="หัวหน้าฝ่าย").check()
    picker.get_by_role("button", name="ส่งให้ 3 แชต").click()
    expect(told(page)).to_have_text('{"status":"success"}')
    lines = stage.practice("transcript")["messages"]
    sent = [(line["groupId"], line["type"]) for line in lines if line["from"] == stage.people[0]][-6:]
    assert sent == [(place, kind) for place in (stage.group, stage.other, None) for kind in ("flex", "text")]
    assert lines[-1]["to"] == stage.people[1]
    inside(page).get_by_role("button", name="แชร์ให้เพื่อน").click()
    picker.get_by_role("searchbox").press("Escape")
    expect(told(page)).to_have_text('"undefined"')


def test_one_app_leads_to_another_and_back(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    make_app(stage, app, "full")
    page = visitor.open()
    tap(page, stage)
    allow(page)
    expect(told(page)).to_contain_text("/app/p/12")
    inside(page).get_by_role("link", name="อีกแอปหนึ่ง").click()
    expect(told(page)).to_contain_text("/app2/next?from=first")
    expect(told(page)).to_contain_text("liff.referrer=")
    inside(page).get_by_role("button", name="ส่งข้อความเข้าแชต").click()
    expect(told(page)).to_have_text('"undefined"')
    sheet(page).get_by_role("button", name="กลับไปแอป LIFF ก่อนหน้า").click()
    expect(told(page)).to_contain_text("/app/p/12")


def test_a_lower_app_closes_before_the_next_opens(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    make_app(stage, app, "compact")
    page = visitor.open()
    tap(page, stage)
    expect(sheet(page)).to_have_attribute("data-size", "compact")
    allow(page)
    inside(page).get_by_role("link", name="อีกแอปหนึ่ง").click()
    expect(told(page)).to_contain_text("/app2/next")
    expect(sheet(page)).to_have_attribute("data-size", "full")
    expect(sheet(page).get_by_role("button", name="กลับไปแอป LIFF ก่อนหน้า")).to_have_count(0)


def test_the_page_closes_its_sheet_and_knows_its_surroundings(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open((0, "bot"))
    stage.practice(f"people/{stage.people[0]}/say", "POST", {"text": LINK})
    page.get_by_role("link", name=LINK).click()
    allow(page)
    expect(told(page)).to_contain_text(stage.people[0])
    frame = next(frame for frame in page.frames if frame.url.startswith(app.url))
    assert frame.evaluate(
        "[liff.getContext().type, liff.getOS(), liff.getAppLanguage(), liff.isInClient(), liff.id]"
    ) == [
        "utou",
        "android",
        "th",
        True,
        LIFF_ID,
    ]
    assert frame.evaluate("liff.getFriendship()") == {"friendFlag": True}
    assert frame.evaluate("liff.permission.getGrantedAll()") == SCOPES
    assert frame.evaluate("liff.permanentLink.createUrl()") == LINK
    wrong = "liff.init({ liffId: '1234567890-SecondXx' }).catch((error) => error.code)"
    assert frame.evaluate(wrong) == "INVALID_CONFIG"
    frame.evaluate("liff.closeWindow()")
    expect(sheet(page)).to_have_count(0)
    expect(page.get_by_role("link", name=LINK)).to_be_focused()


def test_phones_side_by_side_hold_their_own_apps(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open((0, stage.group), (1, stage.group), size=DESK)
    stage.say(0, LINK)
    phones = [page.locator(".phone").nth(place) for place in range(2)]
    for phone in phones:
        phone.get_by_role("link", name=LINK).click()
        allow(phone)
    for phone, name in zip(phones, ("เจ้าหน้าที่ธุรการ", "หัวหน้าฝ่าย"), strict=True):
        expect(inside(phone).locator("#who")).to_have_text(name)
    inside(phones[1]).get_by_role("button", name="ส่งข้อความเข้าแชต").click()
    expect(told(phones[1])).to_have_text('"undefined"')
    assert stage.transcript()[-1]["from"] == stage.people[1]
    phones[0].get_by_role("button", name="ปิดแอป LIFF").click()
    expect(sheet(phones[0])).to_have_count(0)
    expect(inside(phones[1]).locator("#who")).to_have_text("หัวหน้าฝ่าย")


def test_only_the_frame_itself_with_its_key_is_heard(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open()
    tap(page, stage)
    allow(page)
    expect(told(page)).to_contain_text(stage.people[0])
    frame = next(frame for frame in page.frames if frame.url.startswith(app.url))
    key = frame.evaluate("JSON.parse(window.name).practiceLiff")
    before = len(stage.transcript())
    call = {"id": 99, "call": "sendMessages", "args": {"messages": [{"type": "text", "text": "ปลอม"}]}}
    page.evaluate("(call) => window.postMessage(call, '*')", {**call, "practiceLiff": key})
    frame.evaluate("(call) => parent.postMessage(call, '*')", {**call, "practiceLiff": "0" * 32})
    frame.evaluate("(call) => parent.postMessage(call, 'https://elsewhere.test')", {**call, "practiceLiff": key})
    frame.evaluate("liff.sendMessages([{ type: 'text', text: 'จริง' }])")
    assert [line["text"] for line in stage.transcript()[before:]] == ["จริง"]


def test_an_unknown_app_is_said_to_be_unknown(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    page = visitor.open()
    tap(page, stage, "https://liff.line.me/1234567890-Unknown0")
    expect(page.locator("#toasts")).to_contain_text("ไม่รู้จักแอป LIFF")
    expect(sheet(page)).to_have_count(0)
    [complaint] = visitor.complaints
    assert "404" in complaint
    visitor.complaints.clear()


def test_a_page_without_the_sdk_is_explained(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    make_app(stage, app)
    page = visitor.open()
    page.route(f"{app.url}/app/**", lambda route: route.fulfill(body="<h1>ไม่มี SDK</h1>", content_type="text/html"))
    tap(page, stage)
    allow(page)
    expect(sheet(page).get_by_role("status")).to_contain_text("ยังไม่ได้เรียก LIFF SDK")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(stage: Stage, app: LiffServer, visitor: Visitor, scheme: str) -> None:
    page = visitor.open(size=NARROW, color_scheme=scheme)

    def faults() -> list[str]:
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE)
        found = page.evaluate("axe.run('.liff-layer', {resultTypes: ['violations']})")
        return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]

    tap(page, stage)
    expect(sheet(page).get_by_role("button", name="อนุญาต")).to_be_visible()
    assert faults() == []
    allow(page)
    expect(told(page)).to_contain_text(stage.people[0])
    assert faults() == []
    inside(page).get_by_role("button", name="แชร์ให้เพื่อน").click()
    expect(page.get_by_role("dialog", name="เลือกผู้รับ")).to_be_visible()
    assert faults() == []


def test_by_keyboard_and_on_a_narrow_phone(stage: Stage, app: LiffServer, visitor: Visitor) -> None:
    stage.say(0, LINK)
    page = visitor.open(size=NARROW)
    page.get_by_role("link", name=LINK).press("Enter")
    expect(sheet(page).get_by_role("heading").first).to_be_focused()
    allow_button = sheet(page).get_by_role("button", name="อนุญาต")
    for _ in range(6):
        if allow_button.evaluate("(node) => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text(stage.people[0])
    inside(page).get_by_role("button", name="แชร์ให้เพื่อน").press("Enter")
    picker = page.get_by_role("dialog", name="เลือกผู้รับ")
    expect(picker.get_by_role("heading")).to_be_focused()
    for key in ("Tab", "Tab", "Tab", "Tab", "Space"):
        page.keyboard.press(key)
    expect(picker.get_by_role("checkbox", checked=True)).to_have_count(1)
    picker.get_by_role("button", name="ส่งให้ 1 แชต").press("Enter")
    expect(told(page)).to_have_text('{"status":"success"}')
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sheet(page).get_by_role("button", name="ปิดแอป LIFF").focus()
    page.keyboard.press("Escape")
    expect(sheet(page)).to_have_count(0)


def test_in_an_ordinary_browser_the_page_logs_in_and_comes_back(stage: Stage, app: LiffServer, outside: Page) -> None:
    page = outside
    page.goto(f"{stage.line}/liff/{LIFF_ID}/p/12?g=g1#top")
    page.get_by_role("radio", name="หัวหน้าฝ่าย").check()
    page.get_by_role("button", name="อนุญาต").click()
    expect(page.locator("#who")).to_have_text("หัวหน้าฝ่าย")
    expect(page.locator("#told")).to_contain_text("/app/p/12?office=1&g=g1#top")
    expect(page.locator("#told")).to_contain_text('"in":false')
    assert app.proved[-1]["sub"] == stage.people[1]
    assert "code=" not in page.url
    page.reload()
    expect(page.locator("#who")).to_have_text("หัวหน้าฝ่าย")
    assert page.evaluate("liff.getContext().type") == "external"
    assert page.evaluate("liff.getProfile()") == {"userId": stage.people[1], "displayName": "หัวหน้าฝ่าย"}
    page.get_by_role("button", name="ส่งข้อความเข้าแชต").click()
    expect(page.locator("#told")).to_contain_text('"code":"403"')
    page.get_by_role("button", name="แชร์ให้เพื่อน").click()
    expect(page.locator("#told")).to_contain_text('"code":"FORBIDDEN"')
    page.evaluate("liff.logout()")
    assert page.evaluate("liff.isLoggedIn()") is False


def test_a_login_given_up_is_told_to_the_page(stage: Stage, app: LiffServer, outside: Page) -> None:
    page = outside
    page.goto(f"{stage.line}/liff/{LIFF_ID}")
    page.get_by_role("button", name="ยกเลิก").click()
    expect(page.locator("#told")).to_contain_text('"code":"UNAUTHORIZED"')
    page.goto(f"{app.url}/app/?login=no")
    expect(page.locator("#told")).to_have_text('"not logged in"')
