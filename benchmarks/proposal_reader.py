"""How long the proposal reader takes: a five-page text beside its limit, and the worst megabyte of each hostile kind.

Run: python -m benchmarks.proposal_reader
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from saisaat.domain.proposal import read

LIMIT_MS = 50
FIVE_PAGES = 12_000
"""Characters: about 2,400 to a page of 16 point Thai."""

ROOT = Path(__file__).parents[1]
MEGABYTE = 1_000_000
HOSTILE = {
    "digits": "1",
    "tone marks": "่",
    "blank lines": "\n",
    "numbered lines": "1.\n",
    "headings": "๑. เป้าหมาย\n",
    "dates": "1 ม.ค. 2563 ",
    "damaged words": "หลกั การ ",
    "signatures": "ลงชื่อ\n(ก)\n",
    "table cells": "ระยะเวลา\t",
    "frequencies": "- สัปดาห์ละ 3 เรื่อง\n",
}


def five_pages() -> str:
    """The demonstration proposal, its rationale lengthened with its own paragraphs to five pages."""
    text = (ROOT / "saisaat" / "data" / "demo-proposal.txt").read_text(encoding="utf-8")
    head, rest = text.split("๒. วัตถุประสงค์", 1)
    paragraph = head.strip().rsplit("\n", 1)[-1]
    more = (FIVE_PAGES - len(text)) // (len(paragraph) + 2)
    return head + f"{paragraph}\n\n" * more + "๒. วัตถุประสงค์" + rest


def milliseconds(work: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent)


def main() -> None:
    text = five_pages()
    damaged = text.replace("ลัก", "ลกั ").replace("ดำเนิน", "ดาเนิน").replace("วัต", "วตั ").replace("ตัว", "ตวั ")
    for name, pages in (("five pages", text), ("five damaged pages", damaged)):
        first = milliseconds(lambda pages=pages: read(pages), 1)  # type: ignore[misc]
        usual = milliseconds(lambda pages=pages: read(pages), 20)  # type: ignore[misc]
        print(f"{name:<20} {len(pages):>9,} characters {usual:8.1f} ms (first {first:.1f})   limit {LIMIT_MS} ms")
    for name, unit in HOSTILE.items():
        hostile = unit * (MEGABYTE // len(unit))
        print(f"{name:<20} {len(hostile):>9,} characters {milliseconds(lambda h=hostile: read(h), 1):8.1f} ms")  # type: ignore[misc]


if __name__ == "__main__":
    main()
