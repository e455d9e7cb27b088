"""What a room test stands on: practice-line in its own process, a small bot, two groups of people, a Chromium.

The fixtures `browser`, `stage` and `visitor` are here; conftest makes them known.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

SOURCES = Path(__file__).parent.parent / "src"
SERVE = "import sys; from practice_line.cli import main; sys.exit(main(sys.argv[1:]))"

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}

expect.set_options(timeout=15_000)  # a machine that is busy with other things is slow, not wrong

# What every module of room tests is marked with.
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason="BROWSER TESTS NOT RUN: chromium is missing"),
]

# One blue dot; browsers stretch it.
PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")

PICTURE_TOP = {"type": "image", "size": "full", "aspectRatio": "2:1", "aspectMode": "cover"}

HOSTILE_NAME = '<i class="hostile">"ชื่อ" & นามสกุล</i>'


class Bot:
    """Keeps the events it is told of, and answers a press by a reply that says how often was pressed."""

    def __init__(self) -> None:
        self.line = ""  # where practice-line is; known only after the bot is
        self.events: list[dict[str, Any]] = []
        self.told = threading.Condition()
        self.picture = PICTURE
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                for event in body["events"]:
                    bot.take(event)
                self.respond(b"{}", "application/json")

            def do_GET(self) -> None:
                self.respond(PICTURE, "image/png")

            def respond(self, body: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def take(self, event: dict[str, Any]) -> None:
        with self.told:
            self.events.append(event)
            self.told.notify_all()
        if event["type"] == "postback":
            count = len(self.of("postback"))
            self.call(
                "reply", replyToken=event["replyToken"], messages=[{"type": "text", "text": f"กดแล้ว {count} ครั้ง"}]
            )

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]

    def wait_for(self, kind: str) -> dict[str, Any]:
        """The last event of a kind, once there is one."""
        with self.told:
            assert self.told.wait_for(lambda: self.of(kind), timeout=10), f"no {kind} event came"
        return self.of(kind)[-1]

    def post(self, path: str, **body: Any) -> None:
        request(f"{self.line}{path}", "POST", body, {"authorization": "Bearer practice-token"})

    def send_bytes(self, path: str, content: bytes, kind: str = "image/png") -> None:
        headers = {"authorization": "Bearer practice-token", "content-type": kind}
        with urlopen(Request(f"{self.line}{path}", content, headers), timeout=10) as answer:
            assert answer.status == 200

    def call(self, way: str, **body: Any) -> None:
        self.post(f"/v2/bot/message/{way}", **body)

    @property
    def item(self) -> str:
        """A page of the bot's own."""
        return f"{self.url}/item"

    def push(self, group: str, *messages: dict[str, Any]) -> None:
        self.call("push", to=group, messages=list(messages))


def request(url: str, method: str = "GET", body: Any = None, headers: dict[str, str] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    sent = Request(url, data, {"content-type": "application/json", **(headers or {})}, method=method)
    with urlopen(sent, timeout=10) as answer:
        return json.load(answer)


class Stage:
    """One practice-line with a staff group of three and a small second group. The clock stands on 1 May 2020, 08:05."""

    def __init__(self, line: str, bot: Bot) -> None:
        self.line = bot.line = line
        self.bot = bot
        self.practice("bot", "PUT", {"webhook": bot.url, "name": "บัญชีทดสอบ"})
        self.practice("clock", "PUT", {"now": "2020-05-01T08:05:00+07:00", "running": False})
        names = ("เจ้าหน้าที่ธุรการ", "หัวหน้าฝ่าย", HOSTILE_NAME)
        self.people = [self.practice("people", "POST", {"name": name})["userId"] for name in names]
        self.group = self.add_group("กลุ่มเจ้าหน้าที่", self.people)
        self.other = self.add_group("กลุ่มเครือข่าย", self.people[:1])

    def add_group(self, name: str, members: list[str]) -> str:
        return str(self.practice("groups", "POST", {"name": name, "members": members})["groupId"])

    def practice(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """A control call."""
        return request(f"{self.line}/_practice/{path}", method, body)

    def say(self, who: int, text: str) -> str:
        return str(
            self.practice(f"groups/{self.group}/say", "POST", {"userId": self.people[who], "text": text})["messageId"]
        )

    def transcript(self) -> list[dict[str, Any]]:
        return list(self.practice(f"transcript?groupId={quote(self.group)}")["messages"])

    def own_transcript(self, who: int = 0) -> list[dict[str, Any]]:
        """The 1:1 chat of a person with the account."""
        return list(self.practice(f"chats/{self.people[who]}")["messages"])

    def address(self, *places: tuple[int, str | None]) -> str:
        """Of a page with a phone for each (person, chat); the chat is a group's id, "bot", or None for the list."""
        parts = [f"as={self.people[who]}" + (f"&chat={chat}" if chat else "") for who, chat in places]
        return f"{self.line}/#{'&'.join(parts)}"


@contextmanager
def raised_stage() -> Iterator[Stage]:
    """A stage that is taken down again: the bot's thread and practice-line's process end with it."""
    bot = Bot()
    thread = threading.Thread(target=bot.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    path = os.pathsep.join([str(SOURCES), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", SERVE, "serve", "--port", "0"]
    line = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})
    try:
        assert line.stdout is not None
        greeting = line.stdout.readline()  # "practice-line is at http://127.0.0.1:PORT (token ..."
        yield Stage(next(part for part in greeting.split() if part.startswith("http://")), bot)
    finally:
        line.terminate()
        line.communicate(timeout=20)
        bot.server.shutdown()
        bot.server.server_close()
        thread.join()


class Visitor:
    """Opens the room; every page it opened must end without a script error, a refused resource or a broken policy."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        self._browser, self._stage = browser, stage
        self.complaints: list[str] = []

    def open(
        self, *places: tuple[int, str | None], size: dict[str, int] = PHONE, stream: bool = True, **features: Any
    ) -> Page:
        """The room with a phone for each place; without one, the first person's in the staff group."""
        page = self._browser.new_context(viewport=size, **features).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        if not stream:
            page.route("**/_practice/stream", lambda route: route.abort())
        page.goto(self._stage.address(*(places or [(0, self._stage.group)])))
        expect(page.locator("#live")).to_have_attribute("data-how", "live" if stream else "polling")
        expect(page.locator(".phone").first).to_be_attached()
        return page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """No longer than a module: while it runs, no asyncio test can."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def stage() -> Iterator[Stage]:
    with raised_stage() as stage:
        yield stage


@pytest.fixture
def visitor(browser: Browser, stage: Stage) -> Iterator[Visitor]:
    visitor = Visitor(browser, stage)
    yield visitor
    for context in browser.contexts:
        context.close()
    assert visitor.complaints == []


def row(page: Page | Locator, text: str) -> Locator:
    """The row of a message that shows these words."""
    return page.get_by_role("article").filter(has_text=text)


def write(page: Page | Locator, text: str) -> None:
    field = page.get_by_label("พิมพ์ข้อความ")
    field.fill(text)
    field.press("Enter")


def choose(page: Page, message: Locator, choice: str) -> None:
    """One of the things that can be done with a message."""
    message.locator(".more").focus()
    message.locator(".more").press("Enter")
    page.get_by_role("menuitem", name=choice).click()


def poster(address: str, title: str = "ของขวัญแบบไหนรับได้") -> dict[str, Any]:
    """A Flex card as a campaign sends it: a picture that opens a page, lines of text and four buttons."""

    def button(label: str, first: bool = False, **action: str) -> dict[str, Any]:
        look = {"style": "primary", "color": "#0B6B63"} if first else {"style": "secondary", "color": "#E3EEEC"}
        return {
            "type": "button",
            "height": "sm",
            "adjustMode": "shrink-to-fit",
            **look,
            "action": {"label": label, **action},
        }

    def line(words: str, **look: str) -> dict[str, Any]:
        return {"type": "text", "text": words, "wrap": True, "scaling": True, **look}

    rows = [
        [button("รับทราบ", True, type="postback", data="ack"), button("อ่านต่อ", type="uri", uri=address)],
        [button("ชอบ", type="postback", data="like"), button("แสดงความเห็น", type="postback", data="say")],
    ]
    body = [
        line("ไม่รับของขวัญ", size="xs", weight="bold", color="#0B6B63"),
        line(title, weight="bold", size="lg", color="#16252B"),
        line("ไม่เกิน 3,000 บาทต่อคนต่อโอกาส", size="md", color="#33445A", margin="md"),
        line("ที่มา: กฎหมาย", size="xs", color="#5A6A72", margin="lg"),
    ]
    footer = [{"type": "box", "layout": "horizontal", "spacing": "sm", "contents": row} for row in rows]
    white = {"type": "box", "layout": "vertical", "spacing": "sm", "backgroundColor": "#FFFFFF"}
    bubble = {
        "type": "bubble",
        "size": "mega",
        "hero": {**PICTURE_TOP, "url": f"{address}.png", "action": {"type": "uri", "label": "เปิดดู", "uri": address}},
        "body": {**white, "contents": body},
        "footer": {**white, "contents": footer},
    }
    return {"type": "flex", "altText": title, "contents": bubble}
