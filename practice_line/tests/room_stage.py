"""What a room test stands on: practice-line in its own process, a small bot, two groups of people, a Chromium."""

import json
import os
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

# One blue dot; browsers stretch it.
PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")

PICTURE_TOP = {"type": "image", "size": "full", "aspectRatio": "2:1", "aspectMode": "cover"}

HOSTILE_NAME = '<i class="hostile">"ชื่อ" & นามสกุล</i>'


class Bot:
    """Keeps the events it is told of, and answers a press by a reply that says how often was pressed."""

    def __init__(self) -> None:
        self.line = ""  # where practice-line is; known only after the bot is
        self.events: list[dict[str, Any]] = []
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
        self.events.append(event)
        if event["type"] == "postback":
            count = len(self.of("postback"))
            self.call(
                "reply", replyToken=event["replyToken"], messages=[{"type": "text", "text": f"กดแล้ว {count} ครั้ง"}]
            )

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]

    def call(self, way: str, **body: Any) -> None:
        request(f"{self.line}/v2/bot/message/{way}", "POST", body, {"authorization": "Bearer practice-token"})

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
        return request(f"{self.line}/_practice/{path}", method, body)

    def say(self, who: int, text: str) -> str:
        return str(
            self.practice(f"groups/{self.group}/say", "POST", {"userId": self.people[who], "text": text})["messageId"]
        )

    def transcript(self) -> list[dict[str, Any]]:
        return list(self.practice(f"transcript?groupId={quote(self.group)}")["messages"])

    def address(self, who: int = 0) -> str:
        return f"{self.line}/#group={self.group}&as={self.people[who]}"


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


def poster(address: str, title: str = "ของขวัญแบบไหนรับได้") -> dict[str, Any]:
    """A Flex card as a campaign sends it: a picture that opens a page, text and four buttons."""

    def button(label: str, style: str, **action: str) -> dict[str, Any]:
        look = {"style": style, "height": "sm", "adjustMode": "shrink-to-fit"}
        return {"type": "button", **look, "action": {"label": label, **action}}

    rows = [
        [
            button("รับทราบ", "primary", type="postback", data="ack"),
            button("อ่านต่อ", "secondary", type="uri", uri=address),
        ],
        [
            button("ชอบ", "link", type="postback", data="like"),
            button("แสดงความเห็น", "link", type="postback", data="say"),
        ],
    ]
    body = [
        {"type": "text", "text": title, "weight": "bold", "size": "xl", "wrap": True},
        {"type": "separator", "margin": "md"},
        {"type": "text", "text": "ไม่เกิน 3,000 บาทต่อคนต่อโอกาส", "wrap": True, "color": "#333333"},
    ]
    footer = [{"type": "box", "layout": "horizontal", "spacing": "sm", "contents": row} for row in rows]
    bubble = {
        "type": "bubble",
        "hero": {**PICTURE_TOP, "url": f"{address}.png", "action": {"type": "uri", "label": "เปิดดู", "uri": address}},
        "body": {"type": "box", "layout": "vertical", "spacing": "sm", "contents": body},
        "footer": {"type": "box", "layout": "vertical", "spacing": "sm", "contents": footer},
    }
    return {"type": "flex", "altText": title, "contents": bubble}
