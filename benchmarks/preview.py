"""The studio's live preview as the server sees it: from a request with what was typed to its answer.

    python -m benchmarks.preview [--count 60]

Every request says something else, so that nothing comes from a cache. The whole page's way is measured: session, form,
rows, drawing in the warm child, the LINE look, the answer. "cpu" is the processor's time for it in both processes: a
busy machine changes it little. Beside the limit stand the peers: the same picture from a child that has to start first,
and the finished poster as it is saved.
"""

import argparse
import os
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path


def prepare() -> None:
    folder = Path(tempfile.mkdtemp(prefix="saisaat-preview-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ["SAISAAT_CACHE"] = str(folder)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def typed(style: str, number: int) -> dict[str, object]:
    """What the making page sends while somebody writes the `number`th text."""
    from saisaat.web.studio.forms import initial_of
    from tools.poster_sheet import bank_items, spec_of

    items = [item for item in bank_items() if item["publishable"]]
    spec = spec_of(items[number % len(items)], style, seed=number)
    spec = replace(spec, citation=f"ที่มา: {spec.citation}"[:190])
    values = initial_of(spec, f"{number:016d}", ("#0e5a55", "#c1932f"))
    return {name: value for name, value in values.items() if value not in ("", None)}


def on_processor() -> float:
    """Seconds that this process and the drawing child have spent on a processor."""
    from saisaat.web.studio.drawing import live_pool

    told = [path.read_text() for pid in live_pool().pids for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return time.process_time() + sum(int(line.split()[0]) for line in told) / 1e9


def measure(style: str, count: int) -> list[tuple[float, float]]:
    """Seconds and seconds on the processor of each preview; the first two, which warm up, are left out."""
    from django.test import Client

    from saisaat.records.models import Account

    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(Account.everywhere.get(username="producer"))
    times = []
    for number in range(count):
        data = typed(style, number)
        start, worked = time.perf_counter(), on_processor()
        answer = browser.post("/studio/preview", data)
        times.append((time.perf_counter() - start, on_processor() - worked))
        assert answer.status_code == 200, answer
    return times[2:]


def cold(style: str) -> float:
    from saisaat.posters.cache import cached_preview
    from saisaat.typesetting import RenderPool
    from saisaat.web.studio.drawing import LIVE, WIDTHS
    from tools.poster_sheet import bank_items, spec_of

    with RenderPool() as pool, tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        cached_preview(spec_of(bank_items()[0], style), pool, Path(folder), width=WIDTHS[LIVE])
        return time.perf_counter() - start


def finished(style: str, count: int) -> list[float]:
    from saisaat.posters.make import make_poster
    from saisaat.web.studio.drawing import live_pool
    from tools.poster_sheet import bank_items, spec_of

    times = []
    for number in range(count):
        start = time.perf_counter()
        make_poster(spec_of(bank_items()[number], style, seed=number), live_pool())
        times.append(time.perf_counter() - start)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60)
    count = parser.parse_args().count
    prepare()
    from saisaat.posters.styles import for_any_topic
    from tests.cast import make_cast

    make_cast()
    print(
        f"{'style':<12}{'p50 ms':>8}{'p95 ms':>8}{'cpu p50':>9}{'cpu p95':>9}{'limit':>7}{'cold ms':>9}{'finished':>10}"
    )
    every: list[tuple[float, float]] = []
    for style in for_any_topic():
        times = measure(style, count)
        every += times
        done = statistics.median(finished(style, 12))
        print(f"{style:<12}{figures(times)}{cold(style) * 1e3:>9.0f}{done * 1e3:>10.0f}", flush=True)
    print(f"{'all':<12}{figures(every)}")


def figures(times: list[tuple[float, float]]) -> str:
    told = []
    for each in zip(*times, strict=True):
        told += [statistics.median(each) * 1e3, statistics.quantiles(each, n=20)[18] * 1e3]
    return f"{told[0]:>8.0f}{told[1]:>8.0f}{told[2]:>9.0f}{told[3]:>9.0f}{200:>7}"


if __name__ == "__main__":
    main()
