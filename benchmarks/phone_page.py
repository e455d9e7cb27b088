"""What an item's page costs a reader's telephone: bytes, and the time until there is something to read.

    python -m benchmarks.phone_page [--count 5]

A real Chromium opens the page with an empty cache, first unhindered, then by a slow 3G line (400 kbit/s each way,
400 ms a round trip, as Chromium's own network conditions make it). Counted is what comes over the wire, headers left
out. The picture is not counted, for it is the story's own; nor is LINE's SDK, which is not ours and comes from LINE's
CDN on LIFF pages only: the practice LINE's stand-in for it is measured beside. Peer: the workspace's sign-in page.

"first text" is First Contentful Paint. Ends with 1 over a limit.
"""

import argparse
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.phone_stage import raised_phone_stage

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PHONE = {"width": 360, "height": 740}
LIMIT_BYTES = 100_000
LIMIT_MS = 1000.0
HEADS = (("counted", 9), ("page", 8), ("files", 8), ("fonts", 8), ("picture", 9), ("SDK", 8), ("first text", 15))
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}

# What has been painted by when; the entry may come after the load event.
FIRST_TEXT = """
() => new Promise((resolve) => new PerformanceObserver((list) => {
  const found = list.getEntriesByName('first-contentful-paint')[0];
  if (found) resolve(found.startTime);
}).observe({ type: 'paint', buffered: true }))
"""


@dataclass
class Load:
    """One opening: bytes by kind, and the first text's moment in milliseconds."""

    sizes: dict[str, int] = field(default_factory=dict)
    first_text: float = 0.0

    @property
    def counted(self) -> int:
        return sum(size for kind, size in self.sizes.items() if kind not in {"picture", "sdk"})


def kind_of(url: str) -> str:
    path = url.split("?", 1)[0]
    if path.endswith("/sdk.js"):
        return "sdk"
    for part, kind in (("/media/", "picture"), ("/fonts/", "fonts"), ("/static/", "files")):
        if part in path:
            return kind
    return "page"


def open_once(browser: Browser, address: str, line: dict[str, Any] | None = None) -> Load:
    """The page with nothing cached, until the network rests."""
    context = browser.new_context(viewport=PHONE, locale="th-TH")  # type: ignore[arg-type]
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    if line is not None:
        devtools.send("Network.emulateNetworkConditions", line)
    urls: dict[str, str] = {}
    heads: dict[str, int] = {}
    load = Load()

    def answered(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["response"]["url"]
        heads[event["requestId"]] = int(event["response"].get("encodedDataLength", 0))

    def finished(event: dict[str, Any]) -> None:
        url = urls.get(event["requestId"], "")
        if url.startswith("http"):
            size = int(event["encodedDataLength"]) - heads[event["requestId"]]
            load.sizes[kind_of(url)] = load.sizes.get(kind_of(url), 0) + size

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle", timeout=60_000)
    load.first_text = float(page.evaluate(FIRST_TEXT))
    context.close()
    return load


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5)
    count = parser.parse_args().count
    failed = False
    with raised_phone_stage() as stage, chromium() as browser:
        poster = stage.told["links"]["poster"]
        pages = {
            "item page": f"{stage.pages}{poster}",
            "item page inside LINE": f"{stage.pages}/liff/{stage.told['channel']}{poster}",
            "clip page": f"{stage.pages}{stage.told['links']['clip']}",
            "peer: sign-in page": f"{stage.pages}/sign-in",
        }
        print(" " * 24 + "".join(f"{head:>{width}}" for head, width in HEADS))
        for name, address in pages.items():
            open_once(browser, address)  # fonts are cut and templates read by the first reader
            load = open_once(browser, address)
            slow = [open_once(browser, address, SLOW_3G).first_text for _ in range(count)]
            sizes = [load.sizes.get(kind, 0) for kind in ("page", "files", "fonts", "picture", "sdk")]
            told = f"{load.counted:>9,}" + "".join(f"{size:>8,}" for size in sizes[:3])
            told += f"{sizes[3]:>9,}{sizes[4]:>8,}"
            print(f"{name:24}{told}{statistics.median(slow):>12,.0f} ms ({min(slow):,.0f}–{max(slow):,.0f})")
            if not name.startswith("peer"):
                failed |= load.counted > LIMIT_BYTES or statistics.median(slow) > LIMIT_MS
        print(f"{'limit':24}{LIMIT_BYTES:>9,}{'':41}{LIMIT_MS:>12,.0f} ms")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
