"""The practice room in a real browser: what people see and do on their phones is what the platform and the bot get."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect
from room_stage import DESK, IN_BROWSER, PHONE, Stage, Visitor, choose, poster, row, write

pytestmark = IN_BROWSER


def quick(*actions: dict[str, Any]) -> dict[str, Any]:
    items = [{"type": "action", "action": action} for action in actions]
    return {"type": "text", "text": "เลือกได้เลย", "quickReply": {"items": items}}


def test_reads_the_group(stage: Stage, visitor: Visitor) -> None:
    stage.say(0, "สวัสดีวันศุกร์ค่ะ")
    stage.bot.push(stage.group, poster(stage.bot.item))
    page = visitor.open(size=DESK)
    expect(page.locator(".chat-title")).to_have_text("กลุ่มเจ้าหน้าที่(3)")
    expect(page.locator(".day")).to_have_text("วันศุกร์ที่ 1 พฤษภาคม 2563")
    expect(page.locator(".note")).to_have_text("บัญชีทดสอบ เข้าร่วมกลุ่ม")
    expect(page.get_by_role("article")).to_have_count(2)
    card = row(page, "ของขวัญแบบไหนรับได้")
    expect(card.locator(".sender")).to_contain_text("บัญชีทดสอบ")
    expect(card.locator(".badge")).to_have_text("พุช · 3 ข้อความ")
    expect(page.locator("#quota")).to_contain_text("ใช้ไป 3 จาก 300 ข้อความ")
    expect(page.locator("#clock-time")).to_have_text("08:05")


def test_phones_side_by_side_see_the_same_at_once(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open(*((who, stage.group) for who in range(3)), size=DESK)
    phones = [page.locator(".phone").nth(place) for place in range(3)]
    write(phones[1], "ประชุม 09.30 น. https://example.org/a?b=1.")
    for phone in (phones[0], phones[2]):
        heard = row(phone, "ประชุม")
        expect(heard.locator(".sender")).to_contain_text("หัวหน้าฝ่าย")
        expect(heard.get_by_role("link")).to_have_attribute("href", "https://example.org/a?b=1")
    expect(row(phones[1], "ประชุม")).to_have_class(re.compile("mine"))
    expect(phones[1].get_by_label("พิมพ์ข้อความ")).to_have_value("")
    said = stage.transcript()[-1]
    assert (said["from"], said["way"]) == (stage.people[1], "member")
    phones[2].get_by_label("เลือกสติกเกอร์").click()
    phones[2].get_by_role("button", name="สติกเกอร์ 1988").click()
    expect(phones[0].get_by_role("img", name="สติกเกอร์ 1988")).to_be_visible()
    assert stage.transcript()[-1]["raw"]["stickerId"] == "1988"
    # One chat is read aloud once: by the phone used last.
    assert [phone.get_by_role("log").get_attribute("aria-live") for phone in phones] == ["off", "off", "polite"]


def test_phones_come_and_go_and_stay_in_the_address(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open(size=DESK)
    page.get_by_role("button", name="เพิ่มโทรศัพท์").click()
    expect(page.locator(".phone")).to_have_count(2)
    second = page.locator(".phone").nth(1)
    expect(second.locator(".chat-title")).to_contain_text("กลุ่มเจ้าหน้าที่")
    assert second.get_by_label("พูดในนาม").input_value() == stage.people[1]
    second.get_by_label("พูดในนาม").select_option(stage.people[2])
    second.get_by_role("button", name=re.compile("กลุ่มเจ้าหน้าที่")).click()
    page.reload()
    expect(page.locator(".phone")).to_have_count(2)
    assert page.locator(".phone").nth(1).get_by_label("พูดในนาม").input_value() == stage.people[2]
    page.locator(".phone").first.get_by_role("button", name="ปิดโทรศัพท์เครื่องนี้").click()
    expect(page.locator(".phone")).to_have_count(1)


def test_a_narrow_screen_shows_one_phone_and_tabs_for_the_others(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open((0, stage.group), (1, stage.group))
    expect(page.locator(".phone:visible")).to_have_count(1)
    page.get_by_role("button", name="หัวหน้าฝ่าย", exact=True).click()
    expect(page.locator(".phone:visible").get_by_label("พูดในนาม")).to_have_value(stage.people[1])


def test_a_pressed_button_reaches_the_bot_and_its_free_reply_is_seen(stage: Stage, visitor: Visitor) -> None:
    stage.bot.push(stage.group, poster(stage.bot.item))
    page = visitor.open()
    page.get_by_role("button", name="รับทราบ").click()
    expect(page.locator("#toasts")).to_contain_text("ส่งให้บอทแล้ว")
    expect(row(page, "กดแล้ว 1 ครั้ง").locator(".badge")).to_have_text("ตอบกลับ · ฟรี")
    page.get_by_role("button", name="ชอบ", exact=True).press("Enter")
    expect(row(page, "กดแล้ว 2 ครั้ง")).to_be_visible()
    presses = stage.bot.of("postback")
    assert [press["postback"]["data"] for press in presses] == ["ack", "like"]
    assert {press["source"]["userId"] for press in presses} == {stage.people[0]}
    page.get_by_role("button", name="ดูว่าเกิดอะไรขึ้น").click()
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


def test_answers_changes_and_takes_back(stage: Stage, visitor: Visitor) -> None:
    stage.bot.push(stage.group, poster(stage.bot.item))
    [card] = stage.transcript()
    page = visitor.open()
    choose(page, row(page, "ของขวัญแบบไหนรับได้"), "ตอบกลับ")
    write(page, "ขอถามเพิ่มค่ะ")
    answer = row(page, "ขอถามเพิ่มค่ะ")
    expect(answer.locator(".quoted")).to_contain_text("ของขวัญแบบไหนรับได้")
    expect(page.locator(".about")).to_be_hidden()
    assert stage.transcript()[-1]["quotedMessageId"] == card["id"]
    answer.locator(".quoted").click()
    expect(page.locator(".row.found")).to_have_attribute("data-id", card["id"])
    choose(page, answer, "แก้ไข")
    write(page, "ขอถามอีกข้อค่ะ")
    changed = row(page, "ขอถามอีกข้อค่ะ")
    expect(changed.locator(".edited")).to_have_text("แก้ไขแล้ว")
    choose(page, changed, "ยกเลิกข้อความ")
    expect(page.locator(".note").last).to_have_text("เจ้าหน้าที่ธุรการ ยกเลิกข้อความ")
    assert stage.transcript()[-1]["unsent"] is True
    stage.bot.wait_for("unsend")
    kinds = [event["type"] for event in stage.bot.events]
    assert kinds[-3:] == ["message", "messageEdited", "unsend"]


def test_a_bot_s_quote_leads_to_what_it_answers(stage: Stage, visitor: Visitor) -> None:
    stage.say(1, "ของขวัญปีใหม่รับได้ไหม")
    page = visitor.open()
    expect(row(page, "ของขวัญปีใหม่")).to_be_visible()
    event = stage.bot.wait_for("message")
    answer = {"type": "text", "text": "ไม่เกินสามพันบาท", "quoteToken": event["message"]["quoteToken"]}
    stage.bot.call("reply", replyToken=event["replyToken"], messages=[answer])
    expect(row(page, "ไม่เกินสามพันบาท").locator(".quoted")).to_contain_text("ของขวัญปีใหม่รับได้ไหม")


def test_who_has_read_is_counted_for_people_only(stage: Stage, visitor: Visitor) -> None:
    stage.bot.push(stage.group, {"type": "text", "text": "จากบอท"})
    stage.say(0, "อ่านกันหรือยัง")
    page = visitor.open((0, stage.group), size=DESK)
    mine = row(page, "อ่านกันหรือยัง")
    expect(mine.locator("time")).to_be_visible()
    expect(page.locator(".read")).to_have_count(0)
    visitor.open((1, stage.group))
    expect(mine.locator(".read")).to_have_text("อ่านแล้ว 1")
    expect(row(page, "จากบอท").locator(".read")).to_have_count(0)
    choose(page, mine, "ตั้งจำนวนคนอ่าน")
    page.get_by_label("คนอื่นที่อ่านแล้ว (0 ถึง 2)").fill("2")
    page.get_by_role("button", name="ตกลง").click()
    expect(mine.locator(".read")).to_have_text("อ่านแล้ว 2")


def test_the_list_of_chats_counts_what_is_unread(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open((0, None))
    entries = page.locator(".list-row")
    expect(entries).to_have_count(3)  # two groups and the account
    stage.say(1, "ข่าวล่าสุด")
    expect(entries.first).to_contain_text("ข่าวล่าสุด")
    expect(entries.first.locator(".unread")).to_have_text("1")
    entries.first.click()
    expect(row(page, "ข่าวล่าสุด")).to_be_visible()
    page.get_by_role("button", name="แชต", exact=True).click()
    expect(entries.first.locator(".unread")).to_have_count(0)


def test_talks_with_the_account_alone(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open((0, "bot"))
    expect(page.locator(".chat-title")).to_have_text("บัญชีทดสอบ")
    write(page, "เรื่องส่วนตัว")
    event = stage.bot.wait_for("message")
    assert event["source"] == {"type": "user", "userId": stage.people[0]}
    stage.bot.call("reply", replyToken=event["replyToken"], messages=[{"type": "text", "text": "รับทราบครับ"}])
    expect(row(page, "รับทราบครับ").locator(".badge")).to_have_text("ตอบกลับ · ฟรี")
    stage.bot.post("/v2/bot/chat/markAsRead", markAsReadToken=event["message"]["markAsReadToken"])
    expect(row(page, "เรื่องส่วนตัว").locator(".read")).to_have_text("อ่านแล้ว")
    stage.bot.post("/v2/bot/chat/loading/start", chatId=stage.people[0], loadingSeconds=60)
    expect(page.locator(".loading")).to_be_visible()
    stage.bot.push(stage.people[0], {"type": "text", "text": "นี่คือคำตอบ"})
    expect(row(page, "นี่คือคำตอบ")).to_be_visible()
    expect(page.locator(".loading")).to_be_hidden()
    assert stage.transcript() == []


def test_people_come_and_go_in_the_chat(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open((0, stage.other))
    stage.practice(f"groups/{stage.other}/members", "POST", {"userId": stage.people[1]})
    expect(page.locator(".note").last).to_have_text("หัวหน้าฝ่าย เข้าร่วมกลุ่ม")
    expect(page.locator(".chat-title")).to_contain_text("(2)")
    stage.practice(f"groups/{stage.other}/members/{stage.people[1]}", "DELETE")
    expect(page.locator(".note").last).to_have_text("หัวหน้าฝ่าย ออกจากกลุ่ม")
    stage.practice(f"groups/{stage.other}/remove-bot", "POST", {})
    expect(page.locator(".note").last).to_have_text("บัญชีทดสอบ ออกจากกลุ่ม")
    page.reload()
    expect(page.locator(".note")).to_have_count(4)


def test_quick_replies_do_their_work_and_go(stage: Stage, visitor: Visitor) -> None:
    date = {"type": "datetimepicker", "label": "นัด", "data": "meet", "mode": "date", "min": "2020-05-02"}
    say = {"type": "message", "label": "มา", "text": "มาค่ะ"}
    stage.bot.push(stage.group, quick(say, date, {"type": "location", "label": "อยู่ที่ไหน"}))
    page = visitor.open()
    page.get_by_role("button", name="นัด").click()
    page.get_by_role("dialog").get_by_label("นัด").fill("2020-05-09")
    page.get_by_role("button", name="ตกลง").click()
    expect(row(page, "กดแล้ว 1 ครั้ง")).to_be_visible()
    assert stage.bot.of("postback")[0]["postback"] == {"data": "meet", "params": {"date": "2020-05-09"}}
    expect(page.locator(".quick-replies")).to_be_hidden()
    stage.bot.push(stage.group, quick(say, {"type": "location", "label": "อยู่ที่ไหน"}))
    page.get_by_role("button", name="อยู่ที่ไหน").click()
    page.get_by_role("dialog").get_by_label("ที่อยู่", exact=True).fill("ริมน้ำ")
    page.get_by_role("dialog").get_by_role("button", name="ส่ง").click()
    expect(row(page, "ริมน้ำ")).to_be_visible()
    assert stage.transcript()[-1]["type"] == "location"


def test_a_postback_may_ask_for_the_keyboard_and_a_clipboard_action_copies(stage: Stage, visitor: Visitor) -> None:
    ask = {"type": "postback", "label": "กรอก", "data": "fill", "inputOption": "openKeyboard", "fillInText": "ชื่อ: "}
    copy = {"type": "clipboard", "label": "คัดลอกรหัส", "clipboardText": "A-1"}
    stage.bot.push(stage.group, quick(ask, copy))
    page = visitor.open(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="คัดลอกรหัส").click()
    expect(page.locator("#toasts")).to_contain_text("คัดลอกแล้ว")
    assert page.evaluate("navigator.clipboard.readText()") == "A-1"
    page.get_by_role("button", name="กรอก").click()
    expect(page.get_by_label("พิมพ์ข้อความ")).to_have_value("ชื่อ: ")
    expect(page.get_by_label("พิมพ์ข้อความ")).to_be_focused()


def test_a_picture_is_sent_and_enlarged_and_closed_by_keyboard(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open()
    page.get_by_role("button", name="ส่งอย่างอื่น").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("menuitem", name="ส่งรูปภาพ").click()
    chooser.value.set_files({"name": "a.png", "mimeType": "image/png", "buffer": stage.bot.picture})
    page.get_by_role("button", name="ขยายรูปภาพจาก เจ้าหน้าที่ธุรการ").press("Enter")
    large = page.get_by_role("dialog").get_by_role("img", name="รูปภาพจาก เจ้าหน้าที่ธุรการ")
    expect(large).to_be_visible()
    assert large.evaluate("e => e.naturalWidth") == 1
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stage.transcript()[-1]["type"] == "image"


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
    expect(page.locator(".day")).to_have_text("Friday 1 May 2020")
    expect(page.get_by_label("Write a message")).to_be_visible()


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


def test_a_lost_stream_comes_back_and_nothing_is_missed(stage: Stage, visitor: Visitor) -> None:
    page = visitor.open()
    page.context.set_offline(True)
    for number in range(5):
        stage.say(1, f"ระหว่างที่หลุด {number}")
    page.context.set_offline(False)
    stage.say(1, "กลับมาแล้ว")
    expect(row(page, "กลับมาแล้ว")).to_be_visible(timeout=15_000)
    expect(row(page, "ระหว่างที่หลุด")).to_have_count(5)
    texts = page.locator("p.bubble").all_text_contents()
    assert texts == [line["text"] for line in stage.transcript()]
    visitor.complaints.clear()  # the browser logs what was refused while offline; that is this test's own doing


def test_a_long_chat_opens_at_its_end_and_older_messages_come_by_the_button(stage: Stage, visitor: Visitor) -> None:
    for number in range(230):
        stage.say(number % 2, f"ข้อความที่ {number}")
    page = visitor.open()
    expect(page.get_by_text("ข้อความที่ 229", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("article")).to_have_count(200)
    page.get_by_role("button", name="ดูข้อความก่อนหน้า").click()
    expect(page.get_by_role("article")).to_have_count(230)
    stage.say(0, "ใหม่ล่าสุด")
    expect(row(page, "ใหม่ล่าสุด")).to_have_count(1)
    expect(page.get_by_role("article")).to_have_count(231)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_logging_in_leads_back_to_the_app(stage: Stage, browser: Browser, script: bool) -> None:
    stage.practice("login-channels/1234567890", "PUT", {"name": "แอปซ้อม", "redirectUris": [f"{stage.bot.url}/back"]})
    for number in range(20):
        stage.practice("people", "POST", {"name": f"พัฒนากร คนที่ {number}"})
    wish = f"response_type=code&client_id=1234567890&state=s&scope=openid&redirect_uri={quote(stage.bot.url)}/back"
    page = browser.new_context(viewport=PHONE, java_script_enabled=script).new_page()  # type: ignore[arg-type]
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
