"""The real `saisaat serve` on a small season, to be killed and started again, and what it leaves behind.

Commands run with the product's own settings, not with the test suite's. The practice LINE is asked over HTTP, the
database is read through a connection of our own.
"""

import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

ROOT = Path(__file__).resolve().parents[2]
TWO_WEEKS = ROOT / "tests" / "fixtures" / "seasons" / "two-weeks.txt"
PATIENCE = 40.0
"""Seconds for anything to happen on a busy machine; what has not happened by then never will."""

_OPENER = build_opener(ProxyHandler({}))
_ITEM = re.compile(r"/i/([0-9a-z]{16})/")


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "saisaat.config.main", *map(str, arguments)]


def environment(**own: str) -> dict[str, str]:
    """As a user has it who set nothing, but for the place of finished posters, which the whole suite shares."""
    passed = {n: v for n, v in os.environ.items() if not n.startswith("SAISAAT_") and n != "DJANGO_SETTINGS_MODULE"}
    return {**passed, "SAISAAT_CACHE": os.environ["SAISAAT_CACHE"], **own}


def saisaat(*arguments: str | Path, seconds: float = 120.0) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=seconds
    )


def until(check: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """The first true answer of `check`; an AssertionError naming `what` when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := check():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")


def free_port() -> int:
    """A port nobody listens on, below the range that the system gives to outgoing connections by itself.

    So nothing else takes it while the product is down between two starts.
    """
    while True:
        port = random.SystemRandom().randrange(15_000, 30_000)
        if not is_open(port):
            return port


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(method: str, url: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Status and body; raises OSError where nobody answers."""
    raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    request = Request(url, raw, {"content-type": "application/json", **(headers or {})}, method=method)
    try:
        with _OPENER.open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery as the database has it. `group` is the practice LINE's id; `calls`: calls begun, of all attempts."""

    id: str
    state: str
    group: str
    slug: str
    entry: int
    due_at: datetime
    calls: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot that showed an item in a group; `press` is the postback of its first button of ours."""

    message: str
    group: str
    slug: str
    call: str
    press: str


class Practice:
    """The people in the groups, and the judge: what the practice LINE itself saw."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}/_practice"
        self._seen = 0

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        status, answer = ask(method, f"{self._base}/{path}", body)
        assert status == 200, answer.decode()
        return json.loads(answer)

    def members(self) -> dict[str, list[str]]:
        groups = self.ask("GET", "groups")["groups"]
        return {group["groupId"]: [member["userId"] for member in group["members"]] for group in groups}

    def person(self, words: str) -> str:
        """The user whose name holds these words."""
        return next(str(p["userId"]) for p in self.ask("GET", "people")["people"] if words in p["name"])

    def say(self, group: str, user: str, text: str) -> None:
        self.ask("POST", f"groups/{group}/say", {"userId": user, "text": text})

    def press(self, shown: Shown, user: str) -> None:
        body = {"userId": user, "messageId": shown.message, "data": shown.press}
        self.ask("POST", f"groups/{shown.group}/press", body)

    def set_clock(self, now: datetime) -> None:
        self.ask("PUT", "clock", {"now": now.isoformat()})

    def shown(self) -> list[Shown]:
        """Every item that reached a group, from the transcript alone."""
        return list(_shown(self.ask("GET", "transcript")["messages"]))

    def newly_shown(self) -> list[Shown]:
        """What was not there at the last look."""
        found = self.shown()
        new, self._seen = found[self._seen :], len(found)
        return new


def _shown(messages: list[dict[str, Any]]) -> Iterator[Shown]:
    for message in messages:
        text = json.dumps(message["raw"])
        slugs = set(_ITEM.findall(text)) if message["from"] == "bot" else set()
        for slug in slugs:
            press = re.search(r"ss:[0-9a-z]{16}:ack", text)
            assert press is not None, "an item without a button to acknowledge it"
            yield Shown(message["id"], message["groupId"], slug, message["callId"], press.group())


class Served:
    """A season folder that `saisaat serve` opens, on two ports of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.practice_port = free_port(), free_port()
        self.practice = Practice(self.practice_port)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the product and return when its pages answer and nothing is left half sent."""
        ports = ("--port", str(self.port), "--practice-port", str(self.practice_port))
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                command("--data", self.folder, "serve", *ports),
                cwd=ROOT,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self._healthy, f"the product does not answer\n{self.log()}")
        until(lambda: not self.half_sent(), "a delivery is still being sent after a start")

    def kill(self) -> None:
        """SIGKILL for the product alone: no handler, no goodbye."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def clear_away(self) -> None:
        """End both processes whatever state they are in."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
        if (pid := self.practice_pid()) is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            until(lambda: not is_open(self.practice_port), "practice-line does not stop")

    def practice_pid(self) -> int | None:
        note = self.folder / "practice-line.json"
        return int(json.loads(note.read_text())["pid"]) if note.exists() else None

    def log(self) -> str:
        return (self.folder / "serve.log").read_text()[-4000:]

    def _healthy(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the product ended with {self.process.returncode}\n{self.log()}"
        with suppress(OSError, HTTPException):
            return ask("GET", f"http://127.0.0.1:{self.port}/health")[0] == 200
        return False

    def query(self, sql: str, *values: object) -> list[Any]:
        """Rows of the database as they are committed now."""
        with closing(sqlite3.connect(f"file:{self.folder / 'saisaat.sqlite3'}?mode=ro", uri=True, timeout=20)) as found:
            return found.execute(sql, values).fetchall()

    def deliveries(self) -> list[Row]:
        rows = self.query(
            "SELECT d.id, d.state, g.channel_group, i.slug, e.no, d.due_at,"
            " (SELECT COALESCE(SUM(calls), 0) FROM records_attempt WHERE delivery_id = d.id)"
            " FROM records_delivery d JOIN records_group g ON g.id = d.group_id"
            " JOIN records_item i ON i.id = d.item_id JOIN records_planentry e ON e.id = d.entry_id"
            " ORDER BY d.due_at, e.no, g.position"
        )
        return [Row(*row[:5], datetime.fromisoformat(row[5]).replace(tzinfo=UTC), row[6]) for row in rows]

    def half_sent(self) -> list[Any]:
        sending = self.query("SELECT id FROM records_delivery WHERE state = 'sending'")
        return sending + self.query("SELECT id FROM records_attempt WHERE finished_at IS NULL")
