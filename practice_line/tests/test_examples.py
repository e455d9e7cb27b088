"""The bots that newcomers are shown, on LINE's own SDKs for Python and Node, really run."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from practice_client import serving
from practice_line.client import PracticeClient
from test_sdk_node import MISSING, NODE, node_program

PACKAGE = Path(__file__).parent.parent
EXAMPLES = PACKAGE / "examples"
README = (PACKAGE / "README.md").read_text("utf-8")
PATIENCE = 30.0


def program_of(example: str) -> list[str]:
    """What runs the example. Without Node that one is skipped, and failed where everything must run."""
    if example.endswith(".py"):
        return [sys.executable, "-W", "ignore"]
    program = node_program()
    if program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return [program]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def running(folder: Path, example: str, command: list[str], line: str, port: int) -> Iterator[None]:
    """An example at other addresses than it names, until it has answered whatever it was asked."""
    source = (EXAMPLES / example).read_text("utf-8")
    for old, new in (("http://127.0.0.1:8787", line), ("5000", str(port))):
        assert source.count(old) == 1
        source = source.replace(old, new)
    (folder / example).write_text(source, "utf-8")
    with subprocess.Popen(
        [*command, example],
        cwd=folder,
        env={**os.environ, "NODE_PATH": str(NODE / "node_modules")},
        stderr=subprocess.PIPE,
        text=True,
    ) as bot:
        try:
            end = time.monotonic() + PATIENCE
            while not answers(port):
                assert bot.poll() is None, bot.stderr.read() if bot.stderr else ""
                assert time.monotonic() < end
                time.sleep(0.05)
            yield
        finally:
            bot.send_signal(signal.SIGKILL)


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("example", ["bot.py", "bot.cjs"])
def test_it_says_it_again(example: str, tmp_path: Path) -> None:
    command = program_of(example)
    port = free_port()
    with serving("--webhook", f"http://127.0.0.1:{port}/callback") as served:
        client = PracticeClient(served.url)
        with running(tmp_path, example, command, served.url, port):
            user = client.person("ก")
            group = client.group("ข", [user])
            said = client.say(group, user, "สวัสดีครับ")
            end = time.monotonic() + PATIENCE
            while not (heard := client.transcript(after=said)):
                assert time.monotonic() < end
                time.sleep(0.02)
    assert [(line["way"], line.get("text")) for line in heard] == [("reply", "สวัสดีครับ")]


@pytest.mark.parametrize(("language", "example"), [("python", "bot.py"), ("js", "bot.cjs")])
def test_the_lines_in_the_readme_are_those_of_the_example(language: str, example: str) -> None:
    source = (EXAMPLES / example).read_text("utf-8")
    block = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)[0]
    lines = [line for line in block.splitlines() if line]
    assert lines
    assert [line for line in lines if line not in source] == []
