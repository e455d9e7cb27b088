"""Everything that can stand in a chat: drawn, pressed, readable by everybody, harmless whatever a bot puts in."""

import json
import struct
import zlib
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import axe_playwright_python
import pytest
from flex_samples import samples
from playwright.sync_api import Page, expect
from room_stage import DESK, HOSTILE_NAME, IN_BROWSER, Stage, Visitor, choose, poster, request, row

pytestmark = IN_BROWSER

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = '["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]'


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    lines = (b"\0" + b"\x9f\xc5\xb4" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def template(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": "template", "altText": f"แบบ {kind}", "template": {"type": kind, **more}}


def postback(label: str) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": label}


def imagemap(base: str) -> dict[str, Any]:
    areas = [{"x": 0, "y": 0, "width": 520, "height": 390}, {"x": 520, "y": 390, "width": 520, "height": 390}]
    clip = {
        "originalContentUrl": f"{base}/clip.mp4",
        "previewImageUrl": f"{base}/a.jpg",
        "area": {"x": 520, "y": 0, "width": 520, "height": 390},
        "externalLink": {"linkUri": f"{base}/item", "label": "ดูต่อ"},
    }
    return {
        "type": "imagemap",
        "baseUrl": f"{base}/map",
        "altText": "แผนที่",
        "baseSize": {"width": 1040, "height": 780},
        "actions": [
            {"type": "uri", "linkUri": f"{base}/item", "label": "หน้าเว็บ", "area": areas[0]},
            {"type": "message", "text": "ห้องนี้", "label": "ห้องนี้", "area": areas[1]},
        ],
        "video": clip,
    }


def kinds(base: str) -> list[dict[str, Any]]:
    """One message of each kind that a bot may send, Flex apart."""
    picture = {"originalContentUrl": f"{base}/a.jpg", "previewImageUrl": f"{base}/a.jpg"}
    card = {"thumbnailImageUrl": f"{base}/a.jpg", "title": "หัวเรื่อง", "text": "รายละเอียด"}
    columns = [{**card, "actions": [postback(f"ดู {number}")]} for number in range(3)]
    pictures = [{"imageUrl": f"{base}/a.jpg", "action": postback(f"รูป {number}")} for number in range(3)]
    return [
        {"type": "text", "text": "$ สวัสดี", "emojis": [{"index": 0, "productId": "5ac1bfd5", "emojiId": "001"}]},
        {"type": "sticker", "packageId": "446", "stickerId": "1991"},
        {"type": "image", **picture},
        {"type": "video", **picture, "originalContentUrl": f"{base}/clip.mp4"},
        {"type": "audio", "originalContentUrl": f"{base}/a.m4a", "duration": 63000},
        {"type": "location", "title": "ที่ว่าการ", "address": "ริมน้ำ", "latitude": 15.7, "longitude": 100.1},
        imagemap(base),
        template("buttons", **card, actions=[postback("เลือก"), {"type": "message", "label": "พูด", "text": "ตามนี้"}]),
        template("confirm", text="แน่ใจหรือไม่", actions=[postback("ใช่"), postback("ไม่")]),
        template("carousel", columns=columns),
        template("image_carousel", columns=pictures),
    ]  # fmt: skip


def send_everything(stage: Stage) -> int:
    stage.practice("quota", "PUT", {"limit": None})
    stage.say(0, "ยาว" * 300)
    stage.say(1, "https://example.org/" + "a" * 300)
    messages = [*kinds(stage.bot.url), *samples(stage.bot.url).values()]
    for message in messages:
        stage.bot.push(stage.group, message)
    return len(messages) + 2


def axe_faults(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and its own good practice: rule, element, and why."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {runOnly: " + RULES + ", resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:160]} {' '.join(node['failureSummary'].split())[:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


# What sticks out sideways of the chat, but for what scrolls sideways itself.
TOO_WIDE = """() => {
  const scroll = document.querySelector('.scroll'), edge = scroll.getBoundingClientRect();
  return [...scroll.querySelectorAll('.row *')].filter(node => !node.closest('.strip') && !node.closest('svg')
    && getComputedStyle(node).position !== 'absolute' && !node.closest('.flex-box .flex-box'))
    .filter(node => { const r = node.getBoundingClientRect(); return r.width && (r.right > edge.right + 1 || r.left < edge.left - 1) })
    .map(node => node.className);
}"""  # noqa: E501


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_kind_is_drawn_and_sound_for_everybody(stage: Stage, visitor: Visitor, width: int, scheme: str) -> None:
    count = send_everything(stage)
    places = [(who, stage.group) for who in range(3 if width > 1000 else 1)]
    page = visitor.open(*places, size={"width": width, "height": 800}, color_scheme=scheme)
    expect(page.locator(".phone").first.get_by_role("article")).to_have_count(count)
    assert page.locator(".raw, .flex-unknown").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)")
    assert page.evaluate(TOO_WIDE) == []
    assert axe_faults(page) == []
    visitor.complaints[:] = [told for told in visitor.complaints if "mp4" not in told and "m4a" not in told]


@pytest.mark.parametrize("width", [320, 360, 430])
def test_a_campaign_s_card_stands_whole_on_a_phone(stage: Stage, visitor: Visitor, width: int) -> None:
    stage.bot.push(stage.group, poster(stage.bot.item))
    page = visitor.open(size={"width": width, "height": 740}, color_scheme="dark")
    card = page.locator(".flex-bubble")
    box, top = card.bounding_box(), card.locator(".hero .flex-picture").bounding_box()
    assert box is not None
    assert top is not None
    assert box["width"] == min(300, width - 64)
    assert (top["width"], round(top["width"] / top["height"], 1)) == (box["width"], 2.0)
    assert card.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    buttons = card.locator(".flex-button").all()
    places = [button.bounding_box() or {} for button in buttons]
    assert {round(place["height"]) for place in places} == {40}
    assert len({round(place["y"]) for place in places}) == len({round(place["x"]) for place in places}) == 2
    assert [button.evaluate("e => e.scrollWidth <= e.clientWidth") for button in buttons] == [True] * 4


def test_menus_dialogs_and_the_list_are_sound_too(stage: Stage, visitor: Visitor) -> None:
    stage.say(0, "สวัสดี")
    page = visitor.open((0, stage.group), (0, None), size=DESK)
    mine = row(page.locator(".phone").first, "สวัสดี")
    mine.locator(".more").press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    assert axe_faults(page) == []
    page.keyboard.press("Escape")
    expect(mine.locator(".more")).to_be_focused()
    choose(page, mine, "ตั้งจำนวนคนอ่าน")
    assert axe_faults(page) == []
    page.keyboard.press("Escape")
    page.locator(".phone").first.get_by_label("เลือกสติกเกอร์").click()
    assert axe_faults(page) == []


def test_everything_is_reached_by_keyboard(stage: Stage, visitor: Visitor) -> None:
    stage.bot.push(stage.group, poster(stage.bot.item))
    page = visitor.open()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="ข้ามไปที่โทรศัพท์")).to_be_focused()
    reached = []
    while "พิมพ์ข้อความ" not in reached and len(reached) < 40:
        page.keyboard.press("Tab")
        seen = "[(e => [e.getAttribute('aria-label') || e.textContent, getComputedStyle(e).outlineStyle])]"
        label, outline = page.evaluate(f"{seen}[0](document.activeElement)")
        assert outline != "none" or label == "พิมพ์ข้อความ"  # the field is framed as a whole
        reached.append(label)
    order = ["แชต", "เปิดดู", "รับทราบ", "อ่านต่อ", "ชอบ", "แสดงความเห็น", "ส่งอย่างอื่น", "พิมพ์ข้อความ"]
    assert [label for label in reached if label in order] == order


def test_templates_and_picture_maps_are_pressed(stage: Stage, visitor: Visitor) -> None:
    for message in kinds(stage.bot.url)[6:]:
        stage.bot.push(stage.group, message)
    page = visitor.open()
    pressed = ["เลือก", "ใช่", "ดู 2", "รูป 1"]
    for number, label in enumerate(pressed):
        page.get_by_role("button", name=label, exact=True).click()
        expect(row(page, f"กดแล้ว {number + 1} ครั้ง")).to_be_visible()
    assert [press["postback"]["data"] for press in stage.bot.of("postback")] == pressed
    page.get_by_role("button", name="พูด", exact=True).click()
    expect(row(page, "ตามนี้").last).to_be_visible()
    page.get_by_role("button", name="ห้องนี้").click()
    expect(page.get_by_role("article").last).to_contain_text("ห้องนี้")
    [area] = page.locator(".imagemap-area[aria-label='ห้องนี้']").all()
    whole, part = page.locator(".imagemap").bounding_box(), area.bounding_box()
    assert whole is not None
    assert part is not None
    assert abs(part["x"] - whole["x"] - whole["width"] / 2) < 1
    assert abs(part["height"] - whole["height"] / 2) < 1


def test_a_rich_menu_stands_under_the_account_s_chat(stage: Stage, visitor: Visitor) -> None:
    bounds = [{"x": 400 * place, "y": 0, "width": 400, "height": 270} for place in range(2)]
    actions = [postback("ซ้าย"), {"type": "message", "label": "ขวา", "text": "กดขวา"}]
    menu = {
        "size": {"width": 800, "height": 270},
        "selected": True,
        "name": "หลัก",
        "chatBarText": "เปิดเมนู",
        "areas": [{"bounds": b, "action": action} for b, action in zip(bounds, actions, strict=True)],
    }
    key = {"authorization": "Bearer practice-token"}
    page = visitor.open((0, "bot"))
    expect(page.locator(".rich-menu")).to_be_hidden()
    made = request(f"{stage.line}/v2/bot/richmenu", "POST", menu, key)["richMenuId"]
    stage.bot.send_bytes(f"/v2/bot/richmenu/{made}/content", png(800, 270))
    request(f"{stage.line}/v2/bot/user/all/richmenu/{made}", "POST", {}, key)
    picture = page.locator(".menu-picture")
    expect(picture).to_be_visible()
    assert picture.locator("img").evaluate("e => e.decode().then(() => e.naturalWidth)") == 800
    page.get_by_role("button", name="ซ้าย").click()
    expect(row(page, "กดแล้ว 1 ครั้ง")).to_be_visible()
    page.get_by_role("button", name="ขวา").click()
    expect(row(page, "กดขวา")).to_be_visible()
    left, right = (page.locator(".menu-area").nth(place).bounding_box() or {} for place in range(2))
    assert abs(right["x"] - left["x"] - left["width"]) < 1
    page.get_by_role("button", name="เปิดเมนู", exact=True).click()
    expect(picture).to_be_hidden()
    assert page.locator(".phone").first.get_by_role("button", name="เปิดหรือปิดริชเมนู").is_visible()


def test_hostile_words_stay_words(stage: Stage, visitor: Visitor) -> None:
    attack = '<img src=x onerror="window.taken=1"><script>window.taken=1</script> javascript:alert(1) {a}{{b}}'
    stage.say(2, attack)
    stage.bot.push(
        stage.group,
        poster(stage.bot.item, title=attack),
        {"type": "textV2", "text": "{{ไม่ใช่ที่แทน}} <b>หนา</b>"},
        {"type": "location", "title": attack[:100], "address": attack[:100], "latitude": 1, "longitude": 2},
        template("confirm", text=attack, actions=[postback("<b>ก</b>"), postback("ไม่")]),
    )
    page = visitor.open()
    expect(page.get_by_role("article")).to_have_count(5)
    texts = page.locator(".bubble").all_text_contents()
    assert texts == [attack, "{ไม่ใช่ที่แทน} <b>หนา</b>"]
    expect(page.locator(".sender").first).to_have_text(HOSTILE_NAME)
    assert page.locator(".log img[src=x], .log script, .log b b, .hostile, [onerror]").count() == 0
    assert page.evaluate("window.taken") is None


UNSAFE = (
    "javascript:window.taken=1",
    "data:text/html,<script>1</script>",
    "file:///etc/passwd",
    "vbscript:x",
    "blob:x",
)


@pytest.mark.parametrize("address", UNSAFE)
def test_only_addresses_that_a_browser_should_open_become_links(stage: Stage, visitor: Visitor, address: str) -> None:
    """The platform refuses them from a bot; a page must hold even so, as what it draws may come from anywhere."""
    stage.bot.push(stage.group, poster(stage.bot.item), *kinds(stage.bot.url)[6:8])
    [card, picture_map, buttons] = stage.transcript()

    def swap(value: Any) -> Any:
        if isinstance(value, dict):
            names = ("uri", "linkUri", "url", "baseUrl", "thumbnailImageUrl", "originalContentUrl", "previewImageUrl")
            return {key: address if key in names else swap(part) for key, part in value.items()}
        return [swap(part) for part in value] if isinstance(value, list) else value

    page = visitor.open((0, None))
    lines = {"messages": [swap(line) for line in (card, picture_map, buttons)], "notices": [], "reads": []}
    page.route("**/_practice/chats/*", lambda route: route.fulfill(json={**lines, "earlier": False}))
    page.route("**/press", lambda route: route.abort())
    page.get_by_role("button", name="กลุ่มเจ้าหน้าที่").click()
    expect(page.get_by_role("article")).to_have_count(3)
    attributes = page.locator(".log *").evaluate_all(
        "nodes => nodes.flatMap(n => ['href', 'src', 'srcset', 'poster', 'style'].map(a => n.getAttribute(a) ?? ''))"
    )
    assert not [value for value in attributes if address.split(":")[0] + ":" in value]
    page.get_by_role("button", name="อ่านต่อ").click()
    expect(page.get_by_role("alert")).to_contain_text("ที่อยู่นี้เปิดไม่ได้")
    page.get_by_role("button", name="หน้าเว็บ").click()
    assert page.evaluate("window.taken") is None
    assert len(page.context.pages) == 1


def test_the_page_runs_nothing_but_its_own(stage: Stage) -> None:
    with urlopen(f"{stage.line}/", timeout=10) as answer:
        policy, page = answer.headers["content-security-policy"], answer.read().decode()
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count('<script type="module" src=')


def test_what_people_send_cannot_act_in_the_page_s_name(stage: Stage) -> None:
    for kind, shown in (
        ("image/png", "image/png"),
        ("image/svg+xml", "application/octet-stream"),
        ("text/html", "application/octet-stream"),
    ):
        body = {"userId": stage.people[0], "data": b64encode(b"<svg onload=alert(1)>").decode(), "contentType": kind}
        sent = stage.practice(f"groups/{stage.group}/image", "POST", body)["messageId"]
        with urlopen(f"{stage.line}/_practice/messages/{sent}/content", timeout=10) as answer:
            assert answer.headers["content-type"] == shown
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in answer.headers["content-security-policy"]


def test_a_clip_seen_to_its_end_is_told(stage: Stage, visitor: Visitor) -> None:
    address = f"{stage.bot.url}/clip.mp4"
    clip = {
        "type": "video",
        "originalContentUrl": address,
        "previewImageUrl": f"{stage.bot.url}/a.jpg",
        "trackingId": "t-1",
    }
    stage.bot.push(stage.people[0], clip)
    page = visitor.open((0, "bot"))
    with page.expect_request("**/play") as told:
        page.locator("video").dispatch_event("ended")
    assert json.loads(told.value.post_data or "{}") == {"userId": stage.people[0], "percent": 100}
    assert stage.bot.wait_for("videoPlayComplete")["videoPlayComplete"] == {"trackingId": "t-1"}
