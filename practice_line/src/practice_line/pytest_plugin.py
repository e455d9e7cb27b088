"""pytest fixtures for whoever tests a bot: a practice platform, a token, a secret and a client that acts as the people.

    def test_my_bot(practice_line):
        practice_line.client.set_webhook(my_bot_address)
        ...

`practice_line` is a process of its own, fresh for each test; `practice_line_in_process` a thread of pytest's, which
starts in a fraction of the time and cannot be killed. A marker sets options:

    @pytest.mark.practice_line(seed=7, webhook="http://127.0.0.1:5000/callback", state="line.sqlite")
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from practice_line.client import PracticeClient

TOKEN, SECRET = "practice-token", "practice-secret"
OPTIONS = {"seed": "--seed", "webhook": "--webhook", "state": "--state", "reply_token_seconds": "--reply-token-seconds"}
SECONDS_TO_STOP = 20


class PracticeLine:
    """A running practice platform: `url` for the bot's calls, `client` for everything around the bot."""

    def __init__(self, url: str) -> None:
        from practice_line.client import PracticeClient

        self.url = url
        self.token = TOKEN
        self.secret = SECRET
        self.client: PracticeClient = PracticeClient(url)


class PracticeLineProcess(PracticeLine):
    """`practice-line serve` as a process. `kill` it and `start` it again to see how a bot bears that."""

    def __init__(self, options: list[str], log: Path) -> None:
        self._options = options
        self._log = log
        self._process = self._launch("0")
        super().__init__(self._address())

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """kill -9. What it answered 200 is in its state file, where it has one."""
        self._process.kill()
        self._end()

    def start(self) -> None:
        """Start again after `kill`, at the same address and with the same options."""
        self._process = self._launch(self.url.rsplit(":", 1)[1])
        self._address()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        self._end()

    def _launch(self, port: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "practice_line", "serve", "--port", port, *self._options]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        with self._log.open("a") as log:
            return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)

    def _address(self) -> str:
        assert self._process.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", self._process.stdout.readline())
        if found is None:
            self._end()
            raise RuntimeError(f"practice-line did not start: {self._log.read_text()}")
        return found[0]

    def _end(self) -> None:
        try:
            self._process.communicate(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"practice_line({', '.join(OPTIONS)}): options of the fixture practice_line")


@pytest.fixture
def practice_line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PracticeLineProcess]:
    """A fresh `practice-line serve` on a free port of this machine."""
    options = [text for name, value in _wishes(request).items() for text in (OPTIONS[name], str(value))]
    practice = PracticeLineProcess(options, tmp_path / "practice-line.log")
    try:
        yield practice
    finally:
        practice.stop()


@pytest.fixture
def practice_line_in_process(request: pytest.FixtureRequest) -> Iterator[PracticeLine]:
    """The same in a thread, in memory. Control calls return after the bot has answered the events they caused."""
    from practice_line.platform import Platform
    from practice_line.server import ServerThread

    wishes = _wishes(request)
    if "state" in wishes:
        raise pytest.UsageError("practice_line_in_process lives in memory; use practice_line for a state file.")
    platform = Platform(seed=wishes.get("seed"))
    platform.rules.reply_token_seconds = wishes.get("reply_token_seconds", platform.rules.reply_token_seconds)
    if "webhook" in wishes:
        platform.set_bot(wishes["webhook"])
    with ServerThread(platform, wait_for_webhook=True) as url:
        yield PracticeLine(url)


def _wishes(request: pytest.FixtureRequest) -> dict[str, Any]:
    marker = request.node.get_closest_marker("practice_line")
    wishes = dict(marker.kwargs) if marker is not None else {}
    unknown = sorted(set(wishes) - set(OPTIONS))
    if unknown:
        raise pytest.UsageError(f"practice_line has no option {unknown[0]}; it has {', '.join(OPTIONS)}.")
    return wishes
