"""Calls to the practice app inside the test's own process, and a bot that only remembers what it was told."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from practice_line.app import create_app
from practice_line.clock import Clock
from practice_line.platform import Platform
from practice_line.state import Rules

BANGKOK_MORNING = datetime.fromisoformat("2026-01-15T09:00:00+07:00")
RETRY_KEY = "123e4567-e89b-12d3-a456-426614174000"
WEBHOOK = "http://127.0.0.1:9/callback"


class Answer(NamedTuple):
    status: int
    json: Any
    headers: dict[str, str]
    content: bytes


async def request(app: Any, method: str, path: str, body: Any = None, **headers: str) -> Answer:
    """One request; `body` is JSON unless it is bytes. Header names take _ for -."""
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    sent = {"content-type": "application/json", "authorization": "Bearer practice-token"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 1),
        "server": ("practice", 80),
    }
    status, answered, content = 0, {}, b""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": raw, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, answered, content
        if message["type"] == "http.response.start":
            status = message["status"]
            answered = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            content += message.get("body", b"")

    await app(scope, receive, send)
    is_json = answered.get("content-type", "").startswith("application/json")
    return Answer(status, json.loads(content) if is_json else None, answered, content)


class World:
    """One platform on a frozen clock, one group of three people, and a bot whose answers the test sets."""

    def __init__(self, platform: Platform | None = None) -> None:
        clock = Clock()
        clock.set(BANGKOK_MORNING, running=False)
        self.platform = platform or Platform(seed=1, clock=clock, rules=Rules())
        self.heard: list[tuple[bytes, dict[str, str]]] = []
        self.bot_answers: list[int | Exception] = []
        self.app = create_app(self.platform, sender=self._bot, wait_for_webhook=True)

    async def _bot(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.heard.append((body, headers))
        answer = self.bot_answers.pop(0) if self.bot_answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for body, _ in self.heard for event in json.loads(body)["events"]]

    async def open(self) -> "World":
        await self.call("PUT", "/_practice/bot", {"webhook": WEBHOOK})
        self.users = [(await self.call("POST", "/_practice/people", {"name": name}))["userId"] for name in "กขค"]
        group = {"name": "กลุ่มสำนักงาน", "members": self.users}
        self.group = (await self.call("POST", "/_practice/groups", group))["groupId"]
        return self

    async def request(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        return await request(self.app, method, path, body, **headers)

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = await self.request(method, path, body)
        assert answer.status == 200, answer
        return answer.json

    async def say(self, text: str = "สวัสดีครับ", user: int = 0, **more: str) -> str:
        body = {"userId": self.users[user], "text": text, **more}
        return (await self.call("POST", f"/_practice/groups/{self.group}/say", body))["messageId"]

    async def token(self) -> str:
        await self.say()
        return self.events[-1]["replyToken"]

    async def reply(self, token: str, *messages: dict[str, Any]) -> Answer:
        body = {"replyToken": token, "messages": list(messages) or [text()]}
        return await self.request("POST", "/v2/bot/message/reply", body)

    async def push(self, *messages: dict[str, Any], to: str | None = None, key: str | None = None) -> Answer:
        headers = {} if key is None else {"x_line_retry_key": key}
        body = {"to": to or self.group, "messages": list(messages) or [text()]}
        return await self.request("POST", "/v2/bot/message/push", body, **headers)

    async def press(self, message_id: str, data: str, **more: Any) -> Answer:
        body = {"userId": self.users[0], "messageId": message_id, "data": data, **more}
        return await self.request("POST", f"/_practice/groups/{self.group}/press", body)

    async def at(self, time: str, *, running: bool = False) -> None:
        await self.call("PUT", "/_practice/clock", {"now": time, "running": running})

    async def transcript(self) -> list[dict[str, Any]]:
        return (await self.call("GET", "/_practice/transcript"))["messages"]

    async def used(self) -> int:
        return (await self.call("GET", "/v2/bot/message/quota/consumption"))["totalUsage"]


def text(content: str = "ประกาศ") -> dict[str, Any]:
    return {"type": "text", "text": content}


def bubble(**parts: Any) -> dict[str, Any]:
    """A Flex message with one bubble: a body of one line unless `parts` say otherwise."""
    contents = {"type": "bubble", "body": box(line()), **parts}
    return {"type": "flex", "altText": "โปสเตอร์", "contents": contents}


def box(*contents: dict[str, Any], layout: str = "vertical", **more: Any) -> dict[str, Any]:
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def line(content: str = "ความโปร่งใส", **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": content, **more}


def button(**action: Any) -> dict[str, Any]:
    return {"type": "button", "action": {"label": "รับทราบ", **action}}


def buttons(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    template = {"type": "buttons", "text": "เลือก", "actions": list(actions), **more}
    return {"type": "template", "altText": "เลือก", "template": template}


def action(kind: str = "postback", **more: Any) -> dict[str, Any]:
    return {"type": kind, "label": "รับทราบ", **more}


def fetch(url: str, method: str = "GET", body: Any = None, **headers: str) -> tuple[int, Any]:
    """One request over the network to a served instance: status and JSON. Header names take _ for -."""
    data = None if body is None else json.dumps(body).encode()
    sent = {"content-type": "application/json", "authorization": "Bearer practice-token"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(url, data, sent, method=method), timeout=10) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)


class Served:
    """`practice-line serve` as a process of its own."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> tuple[int, str]:
        """SIGTERM; the exit code and what was written meanwhile."""
        self.process.send_signal(signal.SIGTERM)
        output = self.process.communicate(timeout=20)[0]
        return self.process.returncode, output


@contextmanager
def serving(*options: str, without: Sequence[str] = ()) -> Iterator[Served]:
    """`practice-line serve` on a free port; `without` names modules that are hidden from it."""
    start = (
        f"import sys; sys.modules |= dict.fromkeys({without!r}); from practice_line.cli import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", start, "serve", "--port", "0", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            found = re.search(r"http://[\d.]+:\d+", first)
            assert found, first + process.stdout.read()
            yield Served(process, found[0])
        finally:
            process.kill()
