"""Posters per second, cold and warm, in one and two child processes, and what a child weighs.

    python -m benchmarks.posters [--count 40]

Every poster differs in text and QR code; a figure covers text preparation, layout, drawing, JPEG and preview.
The cold figure is the time from an empty pool to the first finished poster: process start, fonts, word list.
"""

import argparse
import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import STYLES
from saisaat.typesetting import RenderPool
from tools.poster_sheet import bank_items, poster_of, spec_of


def specs(style: str, count: int) -> list[PosterSpec]:
    rounds = itertools.islice(enumerate(itertools.cycle(bank_items())), count)
    return [
        replace(spec_of(item, style, seed=number), qr_url=f"https://example.go.th/i/{number}")
        for number, item in rounds
    ]


def cold(style: str) -> float:
    with RenderPool() as pool:
        start = time.perf_counter()
        poster_of(specs(style, 1)[0], pool)
        return time.perf_counter() - start


def warm(style: str, count: int, processes: int) -> tuple[float, int]:
    """Posters per second, and the largest resident size of a child in MB."""
    with RenderPool(processes=processes) as pool, ThreadPoolExecutor(processes) as threads:
        list(threads.map(lambda spec: poster_of(spec, pool), specs(style, 2 * processes)))
        start = time.perf_counter()
        list(threads.map(lambda spec: poster_of(spec, pool), specs(style, count)))
        rate = count / (time.perf_counter() - start)
        return rate, max(peak_mb(pid) for pid in pool.pids)


def peak_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40)
    count = parser.parse_args().count
    print(f"{'style':<12}{'cold s':>8}{'1 process/s':>14}{'2 processes/s':>15}{'child MB':>10}")
    for style in STYLES:
        one, weight = warm(style, count, 1)
        two, _ = warm(style, count, 2)
        print(f"{style:<12}{cold(style):>8.2f}{one:>14.1f}{two:>15.1f}{weight:>10}")


if __name__ == "__main__":
    main()
