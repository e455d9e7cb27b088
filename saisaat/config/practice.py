"""The practice LINE beside the product: the only place that starts it, or loads its application."""

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from saisaat.channels.transport import AsgiApp
from saisaat.domain.errors import Invalid
from saisaat.records import clock
from saisaat.rehearsal.world import PracticeLine

_SECONDS_TO_START = 20.0
_CLOCKS_APART = 3.0
"""Seconds by which the clocks may differ before the campaign clock is moved; asking takes some of them."""


@dataclass(slots=True)
class InProcess:
    """A practice LINE in this process, for rehearsals."""

    platform: Any
    app: AsgiApp

    def save_to(self, path: Any) -> None:
        self.platform.save_to(path)


def in_process(seed: int) -> Callable[[Callable[..., Any]], PracticeLine]:
    """Makes practice LINEs whose webhooks go to a callable and whose ids follow `seed`."""

    def make(sender: Callable[..., Any]) -> PracticeLine:
        platform = importlib.import_module("practice_line.platform").Platform(None, seed=seed)
        create_app = importlib.import_module("practice_line.app").create_app
        return InProcess(platform, create_app(platform, sender=sender, wait_for_webhook=True))

    return make


class PracticeProcess:
    """`practice-line serve` as a process of its own over a durable state file. It outlives a killed product."""

    def __init__(self, folder: Path, port: int) -> None:
        self._state = folder / "practice-line.sqlite3"
        self._note = folder / "practice-line.json"
        self._port = port
        self._pid: int | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, or take up the one that an earlier product left running."""
        if self._take_up():
            return
        if port_taken(self._port):
            raise Invalid(
                "พอร์ต %(port)s ถูกโปรแกรมอื่นใช้อยู่ ห้องซ้อมจึงยังไม่เปิด ข้อมูลยังอยู่ครบ "
                "โปรดปิดโปรแกรมนั้นหรือเลือกพอร์ตอื่นด้วย --practice-port",
                port=self._port,
            )
        command = [sys.executable, "-m", "practice_line", "serve", "--host", "127.0.0.1", "--port", str(self._port)]
        with (self._state.parent / "practice-line.log").open("ab") as log:
            process = subprocess.Popen(  # its own session: a signal to the product's group is not for it
                [*command, "--state", str(self._state)], stdout=log, stderr=log, start_new_session=True
            )
        self._pid = process.pid
        self._note.write_text(json.dumps({"pid": process.pid, "port": self._port}))
        deadline = time.monotonic() + _SECONDS_TO_START
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise Invalid(
                    "ห้องซ้อมเปิดไม่สำเร็จ ข้อมูลยังอยู่ครบ สาเหตุอยู่ใน %(value)s", value=self._state.parent / "practice-line.log"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        if self._pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGTERM)
            self._note.unlink(missing_ok=True)

    def put(self, path: str, body: dict[str, Any]) -> None:
        """A control call. Raises OSError when it does not answer."""
        request = urllib.request.Request(  # noqa: S310 - always this machine's practice LINE
            f"{self.address}/_practice/{path}",
            data=json.dumps(body).encode(),
            headers={"content-type": "application/json"},
            method="PUT",
        )
        with _OPENER.open(request, timeout=5) as answer:
            answer.read()

    def clock(self) -> datetime:
        """The practice LINE's time. Raises OSError when it does not answer."""
        with _OPENER.open(f"{self.address}/_practice/clock", timeout=5) as answer:
            return datetime.fromisoformat(json.load(answer)["now"])

    def set_clock(self, now: datetime) -> None:
        self.put("clock", {"now": now.isoformat(), "running": True})

    def _take_up(self) -> bool:
        try:
            note = json.loads(self._note.read_text())
            os.kill(note["pid"], 0)
        except (OSError, ValueError, KeyError):
            return False
        self._port = int(note["port"])
        self._pid = int(note["pid"])
        return self._answers()

    def _answers(self) -> bool:
        try:
            with _OPENER.open(f"{self.address}/_practice/clock", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


class ClockFollower(threading.Thread):
    """Keeps the campaign clock with the practice LINE's, which people move in the practice room."""

    def __init__(self, practice: PracticeProcess) -> None:
        super().__init__(name="clock-follower", daemon=True)
        self._practice = practice
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(1.0):
            with contextlib.suppress(OSError, ValueError):
                theirs = self._practice.clock()
                if abs((theirs - clock.now()).total_seconds()) > _CLOCKS_APART:
                    clock.move_to(theirs)
        connection.close()

    def stop(self) -> None:
        self._stopped.set()
        self.join(timeout=10)


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def port_taken(port: int) -> bool:
    """Whether something listens on this machine's `port`."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
