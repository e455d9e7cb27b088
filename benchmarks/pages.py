"""How long the server takes for every page of the workspace, with as many rows as a whole department has.

    python -m benchmarks.pages [--scale department] [--data DIR] [--postgresql] [--count 25] [--only plan]

Each page is asked for in this process by somebody who may see it, templates drawn and all, `count` times after three
times to warm up. DIR is a folder filled by `saisaat demo-data`; without one the rows are made first, in a folder of
passing. Beside the limit stand two peers: the bare health page, and a plain list of fifty rows without our templates.
"processor" is the 95th percentile of this thread's time on a processor, which a busy machine changes little.

Ends with 1 where the 95th percentile of a page is over the limit. Files, and pages of which the rows have none to
show, are left out; the latter are named.
"""

import argparse
import math
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

LIMIT_MS = 100.0
ROWS_OF_PEER = 50
WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of each request in order of size, and on the processor; queries, bytes and status of the last."""

    page: str
    wall: list[float]
    processor: list[float]
    queries: int
    size: int
    status: int

    @property
    def p95(self) -> float:
        return percentile(self.wall, 95)


def percentile(ordered: list[float], share: int) -> float:
    """The smallest of the figures that `share` of a hundred do not exceed."""
    return ordered[math.ceil(len(ordered) * share / 100) - 1]


def set_up(stack: ExitStack, options: argparse.Namespace) -> None:
    """Django on the folder asked for, filled where it is empty."""
    passing = Path(options.data or stack.enter_context(tempfile.TemporaryDirectory(prefix="saisaat-pages-")))
    os.environ["SAISAAT_DATA"] = str(passing)
    os.environ["DJANGO_SETTINGS_MODULE"] = "saisaat.config.settings"
    if options.postgresql:
        from tests.postgres import postgresql_server

        os.environ["SAISAAT_DATABASE_URL"] = stack.enter_context(postgresql_server())
    import django

    django.setup()
    from saisaat.config.filling import fill
    from saisaat.records.folder import prepare
    from saisaat.records.models import Province

    import_module("saisaat.config.wsgi")  # as the web server loads it
    prepare()
    if not Province.everywhere.exists():
        fill(scale=options.scale, seed=1, seasons=options.seasons)
    if options.postgresql:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def ids_of(province: Any) -> dict[str, str]:
    """What the addresses of the tests call their ids, in the rows of this province."""
    from saisaat.domain.approval import ItemStatus
    from saisaat.domain.campaign import Status
    from saisaat.domain.delivery import State
    from saisaat.records import models as records
    from saisaat.records.links import group_link

    campaigns = records.Campaign.of(province).order_by("-created_at")
    running = campaigns.filter(status=Status.RUNNING).first()
    assert running, "no campaign runs now: the rows are too old for this clock, or not from saisaat demo-data"
    items = records.Item.of(province).filter(campaign=running).select_related("picture")
    sent = records.Delivery.of(province).filter(entry__campaign=running, item__kind="poster")
    shown = sent.filter(state=State.CLOSED).select_related("item__picture").first()
    waiting = running.entries.filter(kind="poster", deliveries__state=State.PLANNED, withdrawn_at__isnull=True)
    clip = items.filter(kind="clip", status=ItemStatus.APPROVED).first()
    partners = records.Group.of(province).last()
    assert shown and shown.item and partners, "this folder was not filled by saisaat demo-data"
    rows: dict[str, Any] = {
        "campaign": running,
        "draft": campaigns.filter(status=Status.DRAFT).first(),
        "proposed": running,
        "order": records.AppointmentOrder.of(province).filter(campaign=running).first(),
        "account": records.Account.of(province).first(),
        "district": records.Office.of(province).filter(kind="district").first(),
        "colleague": records.Person.of(province).filter(left_on__isnull=True).first(),
        "person_who_left": records.Person.of(province).filter(left_on__isnull=False).first(),
        "plan_entry": waiting.first(),
        "plan_movable": waiting.last(),
        "draft_item": items.filter(status=ItemStatus.DRAFT).first(),
        "returned_item": items.filter(status=ItemStatus.REJECTED).first(),
        "kept_item": items.filter(status=ItemStatus.APPROVED, kind="poster").first(),
        "to_review": items.filter(status=ItemStatus.IN_REVIEW).first(),
        "returned": items.filter(status=ItemStatus.REJECTED).first(),
        "checked": items.filter(status=ItemStatus.APPROVED).first(),
        "publication": shown,
        "doubtful": sent.filter(state=State.UNCERTAIN).first(),
        "comment": records.Comment.of(province).filter(delivery=shown).first(),
        "group": partners,
    }
    ids = {name: str(row.pk) for name, row in rows.items() if row is not None}
    sections = ("heading", "objectives", "quotas", "period", "kpis", "signatures")
    ids |= {f"section-{name}": name for name in sections} | {"version": running.content_sha256}
    ids["topic"] = records.Topic.of(province).filter(publishable=True).values_list("code", flat=True)[0]
    for name, item in (("item", shown.item), ("clip", clip)):
        if item is not None:
            ids |= {f"{name}_slug": item.slug, f"{name}_link": group_link(item.slug, partners.code)}
    return ids


def pages_of(province: Any) -> Iterator[tuple[str, str, Any]]:
    """Name, path and account for every page of the tests' list that this province has rows for."""
    from saisaat.domain.roles import Deed, can_do
    from saisaat.records.models import Account
    from tests.scenes import addresses

    ids = ids_of(province)
    accounts = [(account, account.actor()) for account in Account.of(province)]
    for address in addresses():
        if address.method != "GET" or not address.look or 200 not in address.answers:
            continue
        if missing := [name for name in address.args if name not in ids]:
            print(f"not measured: {_named(address)} (no {', '.join(missing)} among the rows)", file=sys.stderr)
            continue
        scene: Any = type("Scene", (), {"ids": ids})
        wanted = address.deed or Deed.SEE
        account = next(account for account, actor in accounts if can_do(actor, wanted))
        yield _named(address), _fitted(address.path(scene), ids), account if address.deed else None


def _named(address: Any) -> str:
    """Its name, what it shows and what is asked of it."""
    shown = f" {address.args[0]}" if address.args else ""
    return f"{address.name}{shown}{'?' + address.query if address.query else ''}"


def _fitted(path: str, ids: dict[str, str]) -> str:
    """The tests play in May 2020 with a topic of their own; here the season runs now, with the bank's topics."""
    from saisaat.records import clock

    today = clock.now().date()
    monday = today - timedelta(days=today.weekday())
    path = re.sub(r"20(?:19|20)-\d\d-\d\d", monday.isoformat(), path)
    path = re.sub(r"2020-\d\d(?!-)", f"{today:%Y-%m}", path)
    return re.sub(r"topic=\w+", f"topic={ids['topic']}", path)


def add_peer() -> None:
    """A page of plain Django beside ours: fifty rows with what they refer to, counted and drawn as a bare table."""
    from django.conf import settings
    from django.contrib.auth.decorators import login_required
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import path

    from saisaat.records.models import Delivery

    table = engines["django"].from_string(
        "<p>{{ count }}</p><table>{% for row in rows %}<tr><td>{{ row.due_at }}<td>{{ row.entry.title }}"
        "<td>{{ row.group.name }}<td>{{ row.state }}</tr>{% endfor %}</table>"
    )

    @login_required
    def peer(request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        rows = Delivery.of(user.province_id)
        shown = rows.select_related("entry", "group").order_by("-due_at")[:ROWS_OF_PEER]
        return HttpResponse(table.render({"count": rows.count(), "rows": shown}, request))

    both = ModuleType("both")
    from saisaat.config import urls

    both.urlpatterns = [*urls.urlpatterns, path("peer", peer)]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = both


def measure(name: str, path: str, account: Any, count: int) -> Measured:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(HTTP_HOST="127.0.0.1")
    if account is not None:
        browser.force_login(account)
    for _ in range(WARM_UP):
        browser.get(path)
    wall, processor = [], []
    for _ in range(count):
        began, began_on = time.perf_counter(), time.thread_time()
        browser.get(path)
        processor.append((time.thread_time() - began_on) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
    return Measured(name, sorted(wall), sorted(processor), len(queries), len(answer.content), answer.status_code)


def show(measured: list[Measured]) -> None:
    print(f"{'page':<52}{'p50':>8}{'p95':>8}{'max':>8}{'processor':>11}{'queries':>9}{'kB':>7}  ms")
    for one in measured:
        told = (statistics.median(one.wall), one.p95, one.wall[-1], percentile(one.processor, 95))
        over = "  OVER THE LIMIT" if one.p95 > LIMIT_MS else ""
        wrong = "" if one.status == 200 else f"  answered {one.status}"
        figures = "".join(f"{figure:>{width}.1f}" for figure, width in zip(told, (8, 8, 8, 11), strict=True))
        print(f"{one.page[:51]:<52}{figures}{one.queries:>9}{one.size / 1000:>7.0f}{over}{wrong}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", choices=("office", "department"), default="department")
    parser.add_argument("--seasons", type=int, default=5)
    parser.add_argument("--data", help="a folder filled by saisaat demo-data")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of passing instead of SQLite")
    parser.add_argument("--count", type=int, default=25)
    parser.add_argument("--only", default="", help="only pages whose name has this in it")
    options = parser.parse_args()
    with ExitStack() as stack:
        set_up(stack, options)
        from saisaat.records.models import Province

        provinces = list(Province.everywhere.order_by("code"))
        pages = list(pages_of(provinces[len(provinces) // 2]))
        add_peer()
        account = next(account for _name, _path, account in pages if account)
        asked = [("health (peer)", "/health", None), (f"{ROWS_OF_PEER} rows (peer)", "/peer", account), *pages]
        wanted = [page for page in asked if options.only in page[0] or "(peer)" in page[0]]
        measured = [measure(*page, options.count) for page in wanted]
    show(measured)
    slow = [one.page for one in measured if one.p95 > LIMIT_MS]
    wrong = [one.page for one in measured if one.status != 200]
    told = f"{len(slow)} over it; not answered by 200: {len(wrong)}"
    print(f"{len(measured)} pages, limit {LIMIT_MS:.0f} ms at p95: {told}")
    return 1 if slow or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
