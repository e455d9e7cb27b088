"""The practice room in a real browser: what a person sees and does there is what the platform and the bot get."""

import json
import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from room_stage import CHROMIUM, CHROMIUM_FLAGS, HOSTILE_NAME, Stage, poster, raised_stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason="BROWSER TESTS NOT RUN: chromium is missing"),
]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def stage() -> Iterator[Stage]:
    with raised_stage() as stage:
        yield stage


class Visitor:
    """Opens the room; every page it opened must end without a script error, a refused resource or a broken policy."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        self._browser, self._stage = browser, stage
        self.complaints: list[str] = []

    def open(self, who: int = 0, size: dict[str, int] = PHONE, *, stream: bool = True, **features: Any) -> Page:
        page = self._browser.new_context(viewport=size, **features).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        if not stream:
            page.route("**/_practice/stream", lambda route: route.abort())
        page.goto(self._stage.address(who))
        expect(page.locator("#live")).to_have_attribute("data-how", "live" if stream else "polling")
        expect(page.locator("#group-name")).to_have_text("กลุ่มเจ้าหน้าที่")
        return page


@pytest.fixture
def visitor(browser: Browser, stage: Stage) -> Iterator[Visitor]:
    visitor = Visitor(browser, stage)
    yield visitor
    for context in browser.contexts:
        context.close()
    assert visitor.complaints == []


def row(page: Page, text: str) -> Locator:
    return page.get_by_role("article").filter(has_text=text)


def write(page: Page, text: str) -> None:
    page.get_by_label("พิมพ์ข้อความ").fill(text)
    page.keyboard.press("Enter")


def test_reads_the_group(stage: Stage, visitor: Visitor) -> None:
    stage.say(0, "สวัสดีวันศุกร์ค่ะ")
    stage.bot.push(stage.group, poster(stage.bot.item))
    page = visitor.open()
    expect(page.locator("#group-size")).to_have_text("สมาชิก 3 คน")
    expect(page.locator(".day")).to_have_text("วันศุกร์ที่ 1 พฤษภาคม 2563")
    expect(page.get_by_role("article")).to_have_count(2)
    card = row(page, "ของขวัญแบบไหนรับได้")
    expect(card.locator(".sender")).to_contain_text("บัญชีทดสอบ")
    expect(card.locator(".badge")).to_have_text("พุช · 3 ข้อความ")
    expect(page.locator("#quota")).to_contain_text("ใช้ไป 3 จาก 300 ข้อความ")
    expect(page.locator("#clock-time")).to_have_text("08:05")


def test_writes_as_a_member_and_others_see_it_at_once(stage: Stage, visitor: Visitor) -> None:
    writer, reader = visitor.open(), visitor.open(who=1)
    writer.get_by_label("พูดในนาม").select_option("หัวหน้าฝ่าย")
    write(writer, "ประชุม 09.30 น. https://example.org/a?b=1.")
    mine = row(reader, "ประชุม")
    expect(mine).to_have_count(1)
    expect(mine.get_by_role("link")).to_have_attribute("href", "https://example.org/a?b=1")
    expect(writer.get_by_label("พิมพ์ข้อความ")).to_have_value("")
    said = stage.transcript()[-1]
    assert (said["from"], said["way"], said["text"]) == (
        stage.people[1],
        "member",
        "ประชุม 09.30 น. https://example.org/a?b=1.",
    )
    writer.get_by_label("เลือกสติกเกอร์").click()
    writer.get_by_role("button", name="สติกเกอร์ 4").click()
    expect(reader.get_by_role("img", name="สติกเกอร์ 4")).to_be_visible()
    assert stage.transcript()[-1]["type"] == "sticker"


def test_a_pressed_button_reaches_the_bot_and_its_free_reply_is_seen(stage: Stage, visitor: Visitor) -> None:
    stage.bot.push(stage.group, poster(stage.bot.item))
    page = visitor.open()
    page.get_by_role("button", name="รับทราบ").click()
    expect(page.locator("#toasts")).to_contain_text("ส่งให้บอทแล้ว")
    reply = row(page, "กดแล้ว 1 ครั้ง")
    expect(reply.locator(".badge")).to_have_text("ตอบกลับ · ฟรี")
    page.get_by_role("button", name="ชอบ", exact=True).focus()
    page.keyboard.press("Enter")
    expect(row(page, "กดแล้ว 2 ครั้ง")).to_be_visible()
    presses = stage.bot.of("postback")
    assert [press["postback"]["data"] for press in presses] == ["ack", "like"]
    assert {press["source"]["userId"] for press in presses} == {stage.people[0]}
    page.locator("#open-info").click()
    expect(page.locator("#last-call")).to_contain_text("ฟรี")


@pytest.mark.parametrize("name", ["อ่านต่อ", "เปิดดู"])
def test_a_link_opens_its_address_beside_the_room(stage: Stage, visitor: Visitor, name: str) -> None:
    stage.bot.push(stage.group, poster(stage.bot.item))
    page = visitor.open()
    with page.expect_request("**/press") as told, page.context.expect_page() as opened:
        page.get_by_role("link", name=name).press("Enter")
    opened.value.wait_for_url(stage.bot.item)
    assert json.loads(told.value.post_data or "{}")["data"] == stage.bot.item
    assert stage.bot.of("postback") == []


def test_replies_to_a_message_and_takes_words_back(stage: Stage, visitor: Visitor) -> None:
    stage.bot.push(stage.group, poster(stage.bot.item))
    [card] = stage.transcript()
    page = visitor.open()
    page.get_by_label("ตอบกลับข้อความของ บัญชีทดสอบ").click()
    write(page, "ขอถามเพิ่มค่ะ")
    answer = row(page, "ขอถามเพิ่มค่ะ")
    expect(answer.locator(".quoted")).to_contain_text("ของขวัญแบบไหนรับได้")
    expect(page.locator("#quoting")).to_be_hidden()
    assert stage.transcript()[-1]["raw"]["quotedMessageId"] == card["id"]
    answer.get_by_label("ยกเลิกข้อความนี้").click()
    expect(page.locator(".note")).to_have_text("เจ้าหน้าที่ธุรการ ยกเลิกข้อความ")
    expect(answer).to_have_count(0)
    assert stage.transcript()[-1]["unsent"] is True


def test_hostile_text_stays_text(stage: Stage, visitor: Visitor) -> None:
    attack = '<img src=x onerror="window.taken=1"><script>window.taken=1</script> javascript:alert(1) {a}{{b}}'
    stage.say(2, attack)
    stage.bot.push(
        stage.group,
        poster(stage.bot.item, title=attack),
        {"type": "textV2", "text": "{{ไม่ใช่ที่แทน}} <b>หนา</b>"},
    )
    page = visitor.open()
    expect(page.get_by_role("article")).to_have_count(3)
    texts = page.locator(".bubble").all_text_contents()
    assert texts == [attack, "{ไม่ใช่ที่แทน} <b>หนา</b>"]
    expect(page.locator(".sender").first).to_have_text(HOSTILE_NAME)
    assert page.locator("#log img[src=x], #log script, #log b, .hostile, [onerror]").count() == 0
    assert page.evaluate("window.taken") is None


def test_a_picture_is_enlarged_and_closed_by_keyboard(stage: Stage, visitor: Visitor) -> None:
    address = f"{stage.bot.url}/poster.png"
    stage.bot.push(stage.group, {"type": "image", "originalContentUrl": address, "previewImageUrl": address})
    page = visitor.open()
    page.get_by_role("button", name="ขยายรูปภาพจาก บัญชีทดสอบ").press("Enter")
    expect(page.get_by_role("dialog").get_by_role("img", name="รูปภาพจาก บัญชีทดสอบ")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_clock_is_moved_and_a_new_day_begins(stage: Stage, visitor: Visitor) -> None:
    stage.say(0, "วันนี้")
    page = visitor.open(size=DESK)
    page.get_by_role("button", name="+1 วัน").click()
    expect(page.locator("#clock-full")).to_have_text("วันเสาร์ที่ 2 พฤษภาคม 2563 · 08:05")
    page.get_by_label("ตั้งวันและเวลา").fill("2020-12-31T23:59")
    page.get_by_role("button", name="ตั้ง", exact=True).click()
    expect(page.locator("#clock-full")).to_have_text("วันพฤหัสบดีที่ 31 ธันวาคม 2563 · 23:59")
    assert stage.practice("clock") == {"now": "2020-12-31T16:59:00.000+00:00", "running": False}
    stage.say(0, "สิ้นปี")
    expect(page.locator(".day")).to_have_text(["วันศุกร์ที่ 1 พฤษภาคม 2563", "วันพฤหัสบดีที่ 31 ธันวาคม 2563"])


def test_speaks_english_too_and_remembers_it(stage: Stage, visitor: Visitor) -> None:
    stage.say(0, "สวัสดี")
    page = visitor.open()
    page.get_by_role("button", name="EN: Switch to English").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#group-size")).to_have_text("3 members")
    expect(page.locator(".day")).to_have_text("Friday 1 May 2020")


def test_a_refusal_is_said_and_the_draft_is_kept(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open()
    page.route("**/say", lambda route: route.fulfill(status=409, json={"message": "ไม่รับ"}))
    write(page, "ข้อความสำคัญ")
    expect(page.get_by_role("alert")).to_contain_text("ทำไม่สำเร็จ: ไม่รับ")
    expect(page.get_by_label("พิมพ์ข้อความ")).to_have_value("ข้อความสำคัญ")
    visitor.complaints.clear()  # the browser logs the 409 as an error; that is this test's own doing


def test_without_the_stream_the_room_asks_every_two_seconds(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open(stream=False)
    expect(page.locator("#live")).to_have_text("ดึงทุก 2 วินาที")
    stage.say(1, "มาช้าหน่อย")
    expect(row(page, "มาช้าหน่อย")).to_be_visible()
    visitor.complaints.clear()  # the browser logs the cut stream as an error; that is this test's own doing


def test_changes_group(stage: Stage, visitor: Visitor) -> None:
    stage.say(0, "เฉพาะกลุ่มเจ้าหน้าที่")
    page = visitor.open()
    expect(row(page, "เฉพาะกลุ่มเจ้าหน้าที่")).to_be_visible()
    page.get_by_role("button", name="กลุ่มเครือข่าย").click()
    expect(page.locator("#group-name")).to_have_text("กลุ่มเครือข่าย")
    expect(page.get_by_role("article")).to_have_count(0)
    expect(page.locator(".empty")).to_be_visible()


def test_a_long_chat_opens_at_its_end_and_older_messages_come_by_the_button(stage: Stage, visitor: Visitor) -> None:
    for number in range(130):
        stage.say(number % 2, f"ข้อความที่ {number}")
    page = visitor.open()
    expect(page.get_by_text("ข้อความที่ 129", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("article")).to_have_count(120)
    page.get_by_role("button", name="ดูข้อความก่อนหน้า").click()
    expect(page.get_by_role("article")).to_have_count(130)


# Text whose contrast with what is behind it is under 4.5:1 (WCAG AA), of everything drawn on the page.
FAINT_TEXT = """() => {
  const brush = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const over = (colour, under) => {
    brush.fillStyle = `rgb(${under})`; brush.fillRect(0, 0, 1, 1);
    brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const paint = (node) => getComputedStyle(node).backgroundColor;
  const behind = (node) => node ? over(paint(node), behind(node.parentElement)) : [255, 255, 255];
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part /= 255) <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.trim(), node = walk.currentNode.parentElement;
    if (!text || !node.checkVisibility({visibilityProperty: true})) continue;
    const ground = behind(node);
    const [one, two] = [light(over(getComputedStyle(node).color, ground)), light(ground)].sort((a, b) => b - a);
    const ratio = (one + .05) / (two + .05);
    if (ratio < 4.5) faint.push(`${node.className || node.tagName} ${ratio.toFixed(2)} ${text.slice(0, 30)}`);
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 900])  # the narrowest phone, the narrowest desk
def test_fits_the_screen_and_is_readable(stage: Stage, visitor: Visitor, width: int, scheme: str) -> None:
    stage.say(0, "ยาว" * 300)
    stage.say(1, "https://example.org/" + "a" * 300)
    place = {"type": "location", "title": "ที่ว่าการ", "address": "x" * 90, "latitude": 15.7, "longitude": 100.1}
    stage.bot.push(stage.group, poster(stage.bot.item, title="หัวเรื่อง" * 40), place)
    page = visitor.open(size={"width": width, "height": 740}, color_scheme=scheme)
    expect(page.get_by_role("article")).to_have_count(4)
    page.get_by_label("ตอบกลับข้อความของ บัญชีทดสอบ").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "document.querySelector('#scroll').scrollWidth <= document.querySelector('#scroll').clientWidth"
    )
    assert page.evaluate(FAINT_TEXT) == []


@pytest.mark.parametrize("width", [320, 360, 430])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card_stands_on_a_phone_as_line_draws_it(stage: Stage, visitor: Visitor, width: int, scheme: str) -> None:
    stage.bot.push(stage.group, poster(stage.bot.item))
    page = visitor.open(size={"width": width, "height": 740}, color_scheme=scheme)
    card = page.locator(".flex-bubble")
    box = card.bounding_box()
    assert box is not None
    assert box["width"] <= min(300, width - 20)
    assert box["x"] + box["width"] <= width
    assert card.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    top = card.locator(".hero img").bounding_box()
    assert top is not None
    assert (top["width"], round(top["width"] / top["height"], 1)) == (box["width"], 2.0)
    buttons = card.locator(".flex-button").all()
    assert [button.inner_text() for button in buttons] == ["รับทราบ", "อ่านต่อ", "ชอบ", "แสดงความเห็น"]
    places = [button.bounding_box() or {} for button in buttons]
    assert {round(place["height"]) for place in places} == {40}
    assert len({round(place["y"]) for place in places}) == len({round(place["x"]) for place in places}) == 2
    assert [button.evaluate("e => e.scrollWidth <= e.clientWidth") for button in buttons] == [True] * 4


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_logging_in_leads_back_to_the_app(stage: Stage, browser: Browser, script: bool) -> None:
    stage.practice("login-channels/1234567890", "PUT", {"name": "แอปซ้อม", "redirectUris": [f"{stage.bot.url}/back"]})
    for number in range(20):
        stage.practice("people", "POST", {"name": f"พัฒนากร คนที่ {number}"})
    wish = f"response_type=code&client_id=1234567890&state=s&scope=openid&redirect_uri={quote(stage.bot.url)}/back"
    page = browser.new_context(viewport=PHONE, java_script_enabled=script).new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.goto(f"{stage.line}/oauth2/v2.1/authorize?{wish}")
    expect(page.get_by_role("heading", name="แอปซ้อม")).to_be_visible()
    if script:
        page.get_by_label("ค้นชื่อ").fill("หัวหน้า")
        expect(page.get_by_role("radio")).to_have_count(1)
        page.keyboard.press("Enter")
        page.get_by_label("ค้นชื่อ").fill("")
    page.get_by_text("หัวหน้าฝ่าย").click()
    page.get_by_role("button", name="อนุญาต").click()
    page.wait_for_url("**/back?code=*&state=s")
    page.go_back()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Allow")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url("**/back?error=ACCESS_DENIED&*")
    page.context.close()
    assert complaints == []
