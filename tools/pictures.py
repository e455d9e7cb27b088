"""Makes the pictures in docs/pictures/ again: a poster, the season at a glance, the practice room.

python -m tools.pictures [--out DIR]

Plays the demonstration season in a folder that is gone afterwards, so it takes about a minute. Needs Chromium.
"""

import argparse
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from saisaat.posters.make import make_poster
from saisaat.typesetting import RenderPool
from tools.poster_sheet import bank_items, spec_of

OUT = Path(__file__).parents[1] / "docs" / "pictures"
POSTER, STYLE = "KB001", "lai_thai"
COLOURS = 256
SECONDS_TO_STOP = 30


@dataclass(frozen=True, slots=True)
class Demo:
    """A running `saisaat demo`: where its pages and its practice room are, and how to sign in."""

    pages: str
    room: str
    password: str


@contextmanager
def running_demo() -> Iterator[Demo]:
    """The demonstration season on two free ports for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="saisaat-pictures-") as folder:
        port, practice_port = _free_port(), _free_port()
        command = [sys.executable, "-m", "saisaat.config.main", "--data", folder, "demo"]
        command += ["--port", str(port), "--practice-port", str(practice_port)]
        environment = {**os.environ, "SAISAAT_SQLITE_SYNC": "OFF", "PYTHONUTF8": "1"}
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
        try:
            yield Demo(f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{practice_port}/", _password(process))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=SECONDS_TO_STOP)


def _password(process: "subprocess.Popen[str]") -> str:
    """The password it prints. Raises RuntimeError with its words when it ends without one."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"รหัสผ่าน (\S+)", line):
            return found.group(1)
    raise RuntimeError("saisaat demo did not start:\n" + "".join(said))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def poster() -> bytes:
    """One poster, as it goes into a group (JPEG)."""
    item = next(item for item in bank_items() if item["id"] == POSTER)
    with RenderPool() as pool:
        return make_poster(spec_of(item, STYLE), pool).jpeg


def season(browser: Browser, demo: Demo) -> bytes:
    """The season at a glance, as the campaign's owner sees it."""
    page = _page(browser, height=1000)
    page.goto(demo.pages)
    page.fill("input[name=username]", "owner")
    page.fill("input[name=password]", demo.password)
    page.press("input[name=password]", "Enter")
    expect(page.locator("main h1")).to_be_visible()
    return _shot(page)


def practice_room(browser: Browser, demo: Demo) -> bytes:
    """A member greets the group, the waiting poster comes as the reply, somebody presses the first button."""
    page = _page(browser, height=1250)
    page.goto(demo.room)
    buttons = page.get_by_role("button", name="รับทราบ", exact=True)
    expect(buttons.first).to_be_visible()
    before = buttons.count()
    page.fill("#draft", "สวัสดีตอนเช้าค่ะทุกท่าน")
    page.click("#send")
    expect(buttons).to_have_count(before + 1)
    buttons.last.click()
    expect(page.locator("#toasts")).not_to_be_empty()
    return _shot(page)


def _page(browser: Browser, *, height: int) -> Page:
    page = browser.new_page(viewport={"width": 1180, "height": height}, locale="th-TH")
    page.set_default_timeout(20_000)
    return page


def _shot(page: Page) -> bytes:
    """What the page shows, as a PNG of few colours."""
    page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    small = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    """Draw all three into the folder."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", type=Path, default=OUT, metavar="DIR", help="where to put them")
    out = arguments.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    pictures = {"poster.jpg": poster()}
    with running_demo() as demo, sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        pictures["practice-room.png"] = practice_room(browser, demo)
        pictures["season.png"] = season(browser, demo)
        browser.close()
    for name, data in pictures.items():
        (out / name).write_bytes(data)
        print(f"{name}: {len(data) // 1000} kB")


if __name__ == "__main__":
    main()
