"""From an empty folder to a delivered and closed publication, by the screen alone: `saisaat serve`, a browser, people.

Nothing is put on the stage: the office is founded, staffed, connected and planned by clicking what the pages offer.
Only the talk in the LINE groups comes through the practice room's control calls, as members would type on their phones.

With JOURNEY_PICTURES set to a folder, each step is left there as a picture.
"""

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.faults.serve_stage import PATIENCE, ask, command, environment, free_port, until
from tests.journeys.test_pages import CHROMIUM, FLAGS, PHONE

PICTURES = os.environ.get("JOURNEY_PICTURES", "")
PASSWORD = "ใสสะอาด-ทดสอบ-2569"
PROPOSAL = Path(__file__).resolve().parents[2] / "saisaat" / "data" / "demo-proposal.txt"
SIGNED_IN = "nav.tabs"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason="BROWSER TESTS NOT RUN: chromium is missing"),
]


class Served:
    """`saisaat serve` on an empty folder, and the people in its practice room."""

    def __init__(self, folder: Path) -> None:
        self.port, self.practice = free_port(), free_port()
        self.log, self.note = folder / "serve.log", folder / "data" / "practice-line.json"
        ports = ("--port", str(self.port), "--practice-port", str(self.practice))
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                command("serve", "--data", folder / "data", *ports), stdout=out, stderr=out, env=environment()
            )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def first_link(self) -> str:
        found = until(lambda: re.findall(r"http://\S+/begin/\S+", self.log.read_text("utf-8")), "the first link", 120)
        until(self._listens, "the product listens")
        return str(found[-1])

    def _listens(self) -> bool:
        with suppress(OSError):
            return ask("GET", f"{self.address}/health")[0] == 200
        return False

    def room(self, method: str, path: str, body: Any = None) -> Any:
        status, answer = ask(method, f"http://127.0.0.1:{self.practice}/_practice/{path}", body)
        assert status < 400, answer
        return json.loads(answer or b"{}")

    def everybody_greets(self) -> None:
        """Somebody says good morning in each group: a free way out for what waits."""
        for group in self.room("GET", "groups")["groups"]:
            user = group["members"][0]["userId"]
            self.room("POST", f"groups/{group['groupId']}/say", {"userId": user, "text": "สวัสดีค่ะ"})

    def quotes_the_last(self, text: str) -> None:
        """Somebody in the group answers what was sent last by quoting it."""
        last = self.shown()[-1]
        group = next(one for one in self.room("GET", "groups")["groups"] if one["groupId"] == last["groupId"])
        said = {"userId": group["members"][0]["userId"], "text": text, "quotedMessageId": last["id"]}
        self.room("POST", f"groups/{last['groupId']}/say", said)

    def shown(self) -> list[dict[str, Any]]:
        """What the official account has said in the groups."""
        return [line for line in self.room("GET", "transcript")["messages"] if line["from"] == "bot"]

    def stop(self) -> None:
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=20)
        self.process.kill()
        self.process.wait()
        if self.note.exists():  # the practice room outlives a killed product
            with suppress(ProcessLookupError):
                os.kill(json.loads(self.note.read_text())["pid"], signal.SIGTERM)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    product = Served(tmp_path)
    yield product
    product.stop()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def someone(browser: Browser, served: Served) -> Page:
    """A person with a telephone of their own."""
    context = browser.new_context(viewport=PHONE, base_url=served.address, locale="th-TH", device_scale_factor=2)
    context.set_default_timeout(PATIENCE * 1000)
    return context.new_page()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the button or follow the link that says `name`, and wait for what it leads to."""
    main = page.locator("main")
    found = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first
    found.click()
    page.wait_for_load_state()


def follow(page: Page, *addresses: str) -> None:
    """From home by the links on the screen: a newcomer types no addresses."""
    page.goto("/")
    for address in addresses:
        page.locator(f"a[href='{address}']:visible").first.click()
        page.wait_for_load_state()


def what_to_do_next(page: Page) -> None:
    """Home or the campaign's page leads on."""
    follow(page)
    if page.locator("main .next").count() == 0:
        follow(page, "/more", "/campaign")
    page.locator("main .next a.button", has_text="ไปทำ").first.click()
    page.wait_for_load_state()


def picture(page: Page, name: str) -> None:
    """What is on the screen, for the eye and for the documents."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def found_the_office(page: Page, served: Served) -> None:
    page.goto(served.first_link())
    told = {
        "name": "สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
        "code": "demo",
        "person_name": "ตัวอย่าง เจ้าของเรื่อง",
        "position": "หัวหน้าฝ่ายอำนวยการ",
        "username": "owner",
        "secret": PASSWORD,
        "secret_again": PASSWORD,
    }
    for name, value in told.items():
        page.fill(f"[name={name}]", value)
    press(page, "เริ่มใช้งาน")
    page.goto("/")
    expect(page.locator("h1")).to_have_text("วันนี้")


def invite(owner: Page, browser: Browser, served: Served, name: str, role: str) -> Page:
    """The owner adds a person and hands over a link; the person opens it and chooses a password."""
    follow(owner, "/more", "/people", "/people/add")
    owner.fill("[name=name]", name)
    owner.fill("[name=position]", name.split()[1])
    for choice in owner.locator("main select").all():
        if not choice.input_value():
            choice.select_option(index=1)
    owner.locator("main form .button").first.click()
    expect(owner.locator(".note.good")).to_be_visible()
    follow(owner, "/more", "/people")
    press(owner, name)
    press(owner, "เชิญเข้าใช้")
    expect(owner.locator("[name=person] option:checked")).to_contain_text(name)
    owner.locator(f"main input[value={role}]").check()
    press(owner, "ทำลิงก์เชิญ")
    link = re.findall(r"http://[^\s\"<]+/invitation/[\w-]+", owner.content())[0]
    guest = someone(browser, served)
    guest.goto(link)
    guest.fill("[name=username]", role)
    guest.fill("[name=secret]", PASSWORD)
    guest.fill("[name=secret_again]", PASSWORD)
    guest.locator("main form .button").first.click()
    expect(guest.locator(SIGNED_IN)).to_be_visible()
    return guest


def grant_oneself(owner: Page, role: str) -> None:
    follow(owner, "/more", "/people", "/access")
    owner.locator("main a", has_text="เจ้าของเรื่อง").first.click()
    owner.locator(f"main input[value={role}]").check()
    press(owner, "ให้บทบาท")
    expect(owner.locator(".note.good")).to_be_visible()


def sign(page: Page) -> None:
    """Home says that a signature waits; one page is read and signed with the password."""
    page.goto("/")
    page.locator(".menu.calls a").first.click()
    page.locator("main a", has_text="อ่านและลงนาม").first.click()
    page.fill("[name=password]", PASSWORD)
    picture(page, "04-sign")
    page.locator("main").get_by_role("button", name=re.compile("^(ลงนาม|เห็นชอบ|อนุมัติ)")).first.click()
    expect(page.locator(".note.good")).to_be_visible()


def appoint(owner: Page) -> None:
    what_to_do_next(owner)
    for number, (who, role) in enumerate((("เจ้าของเรื่อง", "ประธานคณะทำงาน"), ("ผู้ตรวจ", "คณะทำงาน")), 1):
        value = owner.locator("[name=new_person] option", has_text=who).first.get_attribute("value")
        owner.locator("[name=new_person]").select_option(value)
        owner.fill("[name=new_role]", role)
        press(owner, "เพิ่มในรายชื่อ")
        expect(owner.locator("input[value='ประธานคณะทำงาน'], input[value='คณะทำงาน']")).to_have_count(number)
    picture(owner, "05-working-group")
    press(owner, "บันทึกคณะทำงาน")
    expect(owner.locator(".note.good")).to_be_visible()


def connect(owner: Page) -> None:
    """The practice room stands in for LINE; its groups show themselves and are told apart."""
    follow(owner, "/more", "/settings", "/settings/channel")
    press(owner, "ใช้ห้องซ้อม")
    for number in (1, 2):
        until(lambda: _opened_new_group(owner), f"group {number} shows itself")
        staff = "บุคลากร" in owner.input_value("[name=name]")
        owner.locator("[name=used]").check()
        owner.locator("[name=audience]").select_option("staff" if staff else "network")
        press(owner, "บันทึก")
        expect(owner.locator(".note.good")).to_be_visible()
    follow(owner, "/more", "/settings", "/settings/channel")
    press(owner, "ทดสอบ")
    expect(owner.locator(".checks")).to_contain_text("LINE ส่งเหตุการณ์ถึงเครื่องนี้ได้")


def _opened_new_group(owner: Page) -> bool:
    """The names are read first, for a new group is only "a new group" until then."""
    follow(owner, "/more", "/settings", "/settings/groups")
    if owner.locator("main a", has_text="บอกว่าใช้ทำอะไร").count() == 0:
        return False
    press(owner, "อ่านชื่อและจำนวนจาก LINE")
    press(owner, re.compile("บอกว่าใช้ทำอะไร"))
    return owner.input_value("[name=name]") != "กลุ่มใหม่"


def set_clock(owner: Page, day: date, hour: str) -> None:
    follow(owner, "/more", "/settings", "/settings/clock")
    owner.locator("form.stack [name=day]").fill(day.isoformat())
    owner.locator("form.stack [name=hour]").fill(hour)
    press(owner, "ตั้งนาฬิกา")


def plan_and_announce(owner: Page) -> None:
    what_to_do_next(owner)
    press(owner, "จัดแผนทั้งโครงการ")
    picture(owner, "06-fill-the-plan")
    press(owner, "ยืนยันจัดแผนนี้")
    picture(owner, "07-plan")
    follow(owner, "/plan", "/plan/announce")
    press(owner, "เขียนประกาศจากแผน")
    press(owner, "ส่งตรวจ")
    expect(owner.locator(".note.good")).to_be_visible()


def compose(owner: Page) -> None:
    """The studio knows what the plan needs next and has it ready."""
    what_to_do_next(owner)
    press(owner, "ทำโปสเตอร์")
    expect(owner.locator(".htmx-request")).to_have_count(0)
    owner.wait_for_load_state("networkidle")
    picture(owner, "08-studio")
    press(owner, "บันทึกและส่งตรวจ")
    expect(owner.locator(".note.good")).to_be_visible()


def review_the_week(reviewer: Page) -> None:
    reviewer.goto("/")
    reviewer.locator(".menu.calls a").first.click()
    reviewer.locator("main a[href^='/reviews/week']").first.click()
    for box in reviewer.locator("main input[type=checkbox]").all():
        box.check()
    picture(reviewer, "09-review")
    press(reviewer, re.compile("^อนุมัติ"))
    expect(reviewer.locator(".note.good")).to_contain_text("2")


def publish(owner: Page, served: Served, day: date) -> None:
    """The announcement first, then the poster: each leaves as a free answer to somebody's good morning."""
    for hour, messages in (("09:10", 2), ("09:40", 6)):
        set_clock(owner, day, hour)
        until(lambda messages=messages: _greeted(served, messages), f"{messages} messages in the groups")


def _greeted(served: Served, messages: int) -> bool:
    if len(served.shown()) < messages:
        served.everybody_greets()
    return len(served.shown()) >= messages


def test_from_an_empty_folder_to_a_closed_publication(browser: Browser, served: Served) -> None:
    owner = someone(browser, served)
    found_the_office(owner, served)
    picture(owner, "01-home-empty")
    what_to_do_next(owner)
    owner.locator("#text").fill(PROPOSAL.read_text("utf-8"))
    picture(owner, "02-paste")
    press(owner, "อ่านข้อความ")
    expect(owner.locator("main")).to_contain_text("1 พฤษภาคม 2570")
    picture(owner, "03-read")

    grant_oneself(owner, "proposer")
    endorser = invite(owner, browser, served, "ตัวอย่าง ผู้เห็นชอบ", "endorser")
    approver = invite(owner, browser, served, "ตัวอย่าง ผู้อนุมัติ", "approver")
    reviewer = invite(owner, browser, served, "ตัวอย่าง ผู้ตรวจ", "reviewer")
    for signatory in (owner, endorser, approver):
        sign(signatory)

    first = date(2027, 5, 1)
    connect(owner)
    set_clock(owner, date(2027, 4, 29), "08:30")
    appoint(owner)
    plan_and_announce(owner)
    compose(owner)
    review_the_week(reviewer)
    publish(owner, served, first)
    assert {line["cost"] for line in served.shown()} == {0}, "all of it free of charge"

    told = json.dumps(served.shown()[-1]["raw"], ensure_ascii=False)
    link = served.address + re.findall(r"/i/\w+/\w+", told)[0]
    reader = someone(browser, served)
    reader.goto(link)
    picture(reader, "10-item")
    served.quotes_the_last("อ่านแล้วได้ความรู้มาก ขอบคุณครับ")
    code = write_without_a_name(reader, "น่าจะมีตัวอย่างจริงประกอบ")

    owner.goto("/")
    owner.locator("main a.lead[href^='/publications/']").nth(1).click()
    expect(owner.locator("main")).to_contain_text("ส่งแล้ว")
    picture(owner, "11-publication")
    page = owner.url
    set_clock(owner, date(2027, 5, 12), "10:00")
    until(lambda: _closed(owner, page), "the publication is closed out")
    expect(owner.locator("main")).to_contain_text("บันทึกปิดงาน")
    expect(owner.locator("main")).to_contain_text("ชื่นชม 1")
    expect(owner.locator("main")).not_to_contain_text("น่าจะมีตัวอย่างจริงประกอบ")
    picture(owner, "12-closed")
    until(lambda: "อยู่ในกล่อง" in told_by_the_code(reader, code), "one alone waits in the box")


def write_without_a_name(reader: Page, text: str) -> str:
    """On the page of its own; the receipt code."""
    reader.locator("#comment a", has_text="เขียนโดยไม่บอกชื่อ").click()
    reader.fill("[name=text]", text)
    reader.get_by_role("button", name="ส่งโดยไม่บอกชื่อ").click()
    expect(reader.locator("h1")).to_have_text("รับข้อความแล้ว")
    assert "sessionid" not in {cookie["name"] for cookie in reader.context.cookies()}
    return reader.get_by_role("status").inner_text()


def told_by_the_code(reader: Page, code: str) -> str:
    reader.goto("/a/receipt")
    reader.fill("[name=receipt]", code)
    reader.get_by_role("button", name="อ่านคำตอบ").click()
    return reader.locator("main").inner_text()


def _closed(owner: Page, page: str) -> bool:
    owner.goto(page)
    return owner.locator("main").get_by_text("ปิดงานแล้ว").count() == 2
