"""The season at a glance: its figures, where they lead, and what it costs to show them."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.delivery import State, Way
from saisaat.domain.feedback import CommentKind
from saisaat.queries import pages
from saisaat.records.models import Campaign, Delivery, ExcusedWeek, LedgerEntry, QuotaReading
from tests.cast import Cast
from tests.factories import NOW, make_comment, make_delivery, make_entry

Enter = Callable[[str], Client]


def sent_on(cast: Cast, day: date, *, stories: int = 1, kind: ItemKind = ItemKind.POSTER) -> list[Delivery]:
    """So many different stories in both groups on a day."""
    rows = []
    for hour in range(stories):
        at = datetime(day.year, day.month, day.day, 9 + hour, tzinfo=BANGKOK)
        entry, item = make_entry(cast.campaign, at, kind), cast.item(kind)
        rows += [make_delivery(entry, group, item) for group in (cast.staff, cast.network)]
    return rows


def test_weeks_stand_as_they_are(cast: Cast) -> None:
    sent_on(cast, date(2020, 4, 29), stories=3)
    sent_on(cast, date(2020, 5, 12), stories=2)
    ExcusedWeek.everywhere.create(
        province=cast.province,
        campaign=cast.campaign,
        monday=date(2020, 5, 4),
        reason="วันหยุดยาว",
        by=cast.people["owner"],
    )
    week, month = pages.season(cast.campaign, NOW).strips
    assert [span.standing for span in week.spans[:4]] == [
        pages.Standing.MET,
        pages.Standing.EXCUSED,
        pages.Standing.RUNNING,
        pages.Standing.FUTURE,
    ]
    assert week.running is not None and week.running.result.stories == 2
    assert (week.met, week.ended) == (1, 2)
    # April has two days of the campaign and owes its share rounded up: one clip, which nobody sent.
    assert [span.standing for span in month.spans[:3]] == [
        pages.Standing.UNMET,
        pages.Standing.RUNNING,
        pages.Standing.FUTURE,
    ]


def test_a_week_is_as_good_as_the_group_that_got_least(cast: Cast) -> None:
    sent_on(cast, date(2020, 5, 12), stories=2)
    cast.delivery(group=cast.staff)
    week = pages.season(cast.campaign, NOW).strips[0].running
    assert week is not None
    assert {group: count for group, count in week.groups} == {cast.staff: 3, cast.network: 2}
    assert week.result.stories == 2 and week.standing is pages.Standing.RUNNING


def test_shows_the_figures_with_links_to_their_rows(enter: Enter, cast: Cast) -> None:
    sent_on(cast, date(2020, 5, 11), stories=2)
    cast.delivery(State.ARMED)
    cast.delivery(State.UNCERTAIN)
    make_comment(cast.delivery(way=Way.DUTY), guess=CommentKind.CRITICISM)
    page = enter("endorser").get("/season").content.decode()
    assert "วันพุธ 13 พฤษภาคม 2563" in page
    tiles = dict(re.findall(r'class="tile[^"]*" href="([^"]+)".*?class="num">([^<]+)', page, re.S))
    assert tiles["/entries?state=armed"] == "1"
    assert tiles["/uncertain"] == "1"
    assert tiles["/comments?show=open"] == "1"
    assert tiles["/entries?from=2020-05-11&amp;to=2020-05-17&amp;kind=poster"] == "2"
    facts = dict(re.findall(r'<dd><a href="([^"]+)">(\d+)</a>', page))
    assert sorted(facts.values()) == ["0", "0", "0", "1", "4", "5"]
    tiles = {link: figure for link, figure in tiles.items() if "/entries" in link and "from" not in link}
    for link, figure in (facts | tiles).items():
        rows = enter("endorser").get(link.replace("&amp;", "&")).content.decode()
        assert rows.count('href="/publications/') == int(figure), link


def test_what_is_not_known_is_not_zero(enter: Enter, cast: Cast) -> None:
    cast.delivery()
    assert "โควตาฟรี: ไม่ทราบ" in enter("owner").get("/season").content.decode()
    QuotaReading.everywhere.create(province=cast.province, channel=cast.channel, limit=300, used=0, read_at=NOW)
    LedgerEntry.everywhere.create(
        province=cast.province, channel=cast.channel, kind=LedgerEntry.Kind.SPENT, heads=104, purpose="push", at=NOW
    )
    assert "104<small>/300</small>" in enter("owner").get("/season").content.decode()


def test_the_next_entry_and_the_announcement(enter: Enter, cast: Cast) -> None:
    announcement = make_entry(cast.campaign, NOW - timedelta(days=14), ItemKind.ANNOUNCEMENT, "ประกาศแผน")
    item = cast.item(ItemKind.ANNOUNCEMENT, title="แผนปฏิบัติการ")
    make_delivery(announcement, cast.staff, item)
    make_delivery(announcement, cast.network, item, State.ARMED)
    later = make_entry(cast.campaign, NOW + timedelta(days=2), title="เรื่องวันศุกร์")
    for group in (cast.staff, cast.network):
        make_delivery(later, group, None, State.PLANNED)
    page = enter("owner").get("/season").content.decode()
    assert "1/2 กลุ่ม" in page
    assert "เรื่องวันศุกร์" in page and "วันศุกร์ 15 พฤษภาคม 2563" in page


@pytest.mark.parametrize("bare", ["no campaign", "no period", "no plan"])
def test_says_what_is_missing(enter: Enter, cast: Cast, bare: str) -> None:
    if bare == "no campaign":
        Campaign.everywhere.all().delete()
    if bare == "no period":
        Campaign.everywhere.update(period_start=None, period_end=None, status="draft")
    browser = enter("owner")
    assert "ยังไม่มี" in browser.get("/season").content.decode()
    for address in ("/entries", "/costs", "/comments", "/uncertain"):
        assert browser.get(address).status_code == 200


def queries_of(browser: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("address", "most"), [("/season", 28), ("/entries?kind=poster", 8), ("/comments", 8)])
def test_a_full_season_takes_no_more_queries_than_a_day(enter: Enter, cast: Cast, address: str, most: int) -> None:
    browser = enter("owner")
    for delivery in sent_on(cast, date(2020, 5, 11)):
        make_comment(delivery)
    queries_of(browser, address)
    few = queries_of(browser, address)
    for week in range(6):
        for delivery in sent_on(cast, date(2020, 5, 11) + timedelta(weeks=week), stories=3):
            make_comment(delivery)
    assert queries_of(browser, address) == few <= most


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", {"พฤษภาคม", "มิถุนายน"}),
        ("?month=2020-06", {"มิถุนายน"}),
        ("?month=1999-01", {"พฤษภาคม", "มิถุนายน"}),
        ("?month=garbage", {"พฤษภาคม", "มิถุนายน"}),
        ("?state=missed", {"มิถุนายน"}),
        ("?way=piggyback", {"พฤษภาคม"}),
        ("?from=2020-06-01&to=2020-06-01", {"มิถุนายน"}),
        ("?from=2020-05-01&kind=poster", {"พฤษภาคม", "มิถุนายน"}),
        ("?kind=clip", set()),
        ("?state=nonsense&way=x&kind=y&from=z", {"พฤษภาคม", "มิถุนายน"}),
    ],
)
def test_the_plan_lists_what_is_asked(enter: Enter, cast: Cast, asked: str, titles: set[str]) -> None:
    may = make_entry(cast.campaign, NOW, title="เรื่องของพฤษภาคม")
    make_delivery(may, cast.staff, cast.item(title=may.title))
    june = make_entry(cast.campaign, datetime(2020, 6, 1, 23, 30, tzinfo=BANGKOK), title="เรื่องของมิถุนายน")
    make_delivery(june, cast.staff, None, State.MISSED)
    page = enter("owner").get(f"/entries{asked}").content.decode()
    assert set(re.findall(r"เรื่องของ(พฤษภาคม|มิถุนายน)", page)) == titles
