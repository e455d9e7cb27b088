"""The practice room, its clock, and the test of the account: against a practice LINE over HTTP, and against nobody."""

import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from practice_line.app import create_app
from practice_line.platform import Platform

from saisaat.actions import channel_pool, connect, receive
from saisaat.actions.channel_pool import ChannelPool, DatabaseThread
from saisaat.channels.practice import CREDENTIALS
from saisaat.intake.app import Intake
from saisaat.intake.writer import Writer
from saisaat.queries import office
from saisaat.records import clock
from saisaat.records.models import AuditEvent, CampaignClock, Channel, Group, QuotaReading
from saisaat.records.sealing import unseal
from tests.beside import Beside
from tests.cast import Cast
from tests.channels.practice import served
from tests.channels.scripted_line import Fault, Scripted, scripted_server
from tests.factories import NOW

Enter = Callable[[str], Client]
OTHER_TOKEN, OTHER_SECRET = "token-of-another-account", "secret-of-another-account"


@pytest.fixture(scope="module")
def beside() -> Iterator[Beside]:
    with Beside() as beside:
        yield beside


@pytest.fixture(scope="module")
def platform() -> Platform:
    return Platform(token=CREDENTIALS["access_token"], secret=CREDENTIALS["secret"], seed=1)


@pytest.fixture(scope="module")
def room(beside: Beside, platform: Platform) -> str:
    """The address of a practice LINE of this file's own. One test joins it, another one moves its clock."""
    return beside.enter(served(create_app(platform, wait_for_webhook=True)))


@pytest.fixture
def nobody() -> str:
    """An address at which nobody listens: port 1 asks for rights that no test has."""
    return "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def stranger(beside: Beside) -> Scripted:
    return beside.enter(scripted_server())


@pytest.fixture
def broken(stranger: Scripted) -> Scripted:
    """A server that is none of ours."""
    stranger.fault = None
    stranger.answers(200)
    return stranger


@pytest.fixture
def alone(cast: Cast) -> None:
    """The office has no account yet."""
    Channel.of(cast.province).update(retired_at=NOW)


def account(cast: Cast, address: str, **credentials: str) -> Channel:
    """The office's account is the practice LINE's at `address`, with these credentials."""
    return connect.connect_channel(
        province=cast.province,
        kind="line",
        name="ยังไม่มีชื่อ",
        credentials=CREDENTIALS | credentials,
        api_base=address,
        by=cast.actor("admin"),
        now=NOW,
    )


def press(browser: Client) -> tuple[int, str]:
    answer = browser.post("/settings/channel/test")
    return answer.status_code, unescape(answer.content.decode())


def after(answer: Any, browser: Client) -> str:
    """The page that a redirect leads to."""
    assert answer.status_code == 302
    return unescape(browser.get(answer["Location"]).content.decode())


# --- joining it, and the account's test, the whole way there and back


@asynccontextmanager
async def intake() -> AsyncIterator[str]:
    """The product's own webhook receiver. What it stores is handled by the test."""
    with ThreadPoolExecutor(1) as executor:
        database = DatabaseThread(executor)
        pool = ChannelPool(database)
        writer = Writer(now=lambda: NOW, on_stored=lambda taken: None)
        writer.start()
        try:
            async with served(Intake(pool=pool, writer=writer)) as url:
                yield url
        finally:
            writer.stop()
            await pool.close()
            await database(lambda: connection.close())


def test_from_joining_to_a_wrong_secret_and_back(
    transactional_db: None,
    beside: Beside,
    room: str,
    alone: None,
    enter: Enter,
    cast: Cast,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(channel_pool, "_REREAD_SECONDS", 0.0)
    settings.PRACTICE_URL, settings.BASE_URL = room, beside.enter(intake())
    browser = enter("admin")
    assert "มีกลุ่มตัวอย่างสองกลุ่ม" in after(browser.post("/settings/channel/practice"), browser)
    row = office.channel_of(cast.province.pk)
    assert row is not None and (row.api_base, row.name) == (room, cast.province.name)
    receive.handle_waiting(now=NOW)
    assert Group.of(cast.province).filter(channel=row, left_at__isnull=True, used=False).count() == 2

    status, page = press(browser)
    assert status == 200
    for good in ("✓ บัญชีตอบว่าเป็น", "✓ เปิดรับเหตุการณ์ (webhook) แล้ว", "✓ LINE ส่งเหตุการณ์ถึงเครื่องนี้ได้", "✓ โควตาฟรีเดือนนี้"):
        assert good in page
    reading = QuotaReading.of(cast.province).get()
    assert (reading.used, reading.channel) == (0, row)

    told = CREDENTIALS | {"secret": OTHER_SECRET}
    connect.replace_credentials(channel=row, credentials=told, by=cast.actor("admin"), now=NOW)
    status, page = press(browser)
    assert status == 200 and "✗ LINE ส่งเหตุการณ์มาไม่ถึงเครื่องนี้: 401" in page
    assert "Channel secret อื่นจากที่เก็บไว้" in page and "✓ บัญชีตอบว่าเป็น" in page
    assert OTHER_SECRET not in page

    connect.replace_credentials(channel=row, credentials=CREDENTIALS, by=cast.actor("admin"), now=NOW)
    assert "✓ LINE ส่งเหตุการณ์ถึงเครื่องนี้ได้" in press(browser)[1], "the running receiver takes up the new secret"

    browser.post("/settings/channel/practice")
    receive.handle_waiting(now=NOW)
    assert Channel.of(cast.province).filter(retired_at__isnull=True).get() == row
    assert Group.of(cast.province).filter(channel=row).count() == 2, "joining again doubles nothing"


@pytest.mark.parametrize("what", ["nobody", "garbage", "a page", "an error", "somebody else"])
def test_a_room_that_does_not_answer_changes_nothing(
    enter: Enter, cast: Cast, alone: None, settings: Any, nobody: str, broken: Scripted, what: str
) -> None:
    settings.PRACTICE_URL = nobody if what == "nobody" else broken.url
    if what == "garbage":
        broken.fault = Fault.GARBAGE
    elif what == "a page":
        broken.answers(200, b"<html>welcome</html>")
    elif what == "an error":
        broken.answers(503, b"busy")
    elif what == "somebody else":
        broken.answers(200, [])
    browser = enter("owner")
    page = after(browser.post("/settings/channel/practice"), browser)
    assert "ห้องซ้อมไม่ตอบ:" in page and "ใช้ห้องซ้อม" in page, "and it can be tried again"
    assert office.channel_of(cast.province.pk) is None
    assert not AuditEvent.of(cast.province).filter(action="channel.connect").exists()


def test_an_office_with_an_account_of_its_own_is_not_put_into_the_room(
    enter: Enter, cast: Cast, settings: Any, room: str
) -> None:
    row = account(cast, "")
    settings.PRACTICE_URL = room
    browser = enter("owner")
    assert "เชื่อมบัญชี LINE จริงอยู่แล้ว" in after(browser.post("/settings/channel/practice"), browser)
    assert office.channel_of(cast.province.pk) == row
    assert browser.get("/settings/clock").status_code == 404
    assert browser.post("/settings/clock", {"day": "2020-05-14", "hour": "08:00"}).status_code == 404
    settings.PRACTICE_URL = ""
    assert browser.post("/settings/channel/practice").status_code == 404


# --- the test of an account that does not work


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("token", "สิทธิ์ของบัญชีทางการใช้ไม่ได้"),
        ("nobody", "ต่อเครือข่ายไม่ได้"),
        ("garbage", "ไม่ได้รับคำตอบ"),
        ("error", "LINE ขัดข้อง"),
    ],
)
def test_what_does_not_work_is_said_and_nothing_is_lost(
    enter: Enter,
    cast: Cast,
    settings: Any,
    room: str,
    nobody: str,
    broken: Scripted,
    caplog: pytest.LogCaptureFixture,
    what: str,
    words: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    told = {"access_token": OTHER_TOKEN, "secret": OTHER_SECRET}
    if what == "garbage":
        broken.fault = Fault.GARBAGE
    broken.answers(500, {"message": "Internal server error"})
    row = account(cast, {"token": room, "nobody": nobody}.get(what, broken.url), **told)
    browser = enter("admin")
    status, page = press(browser)
    assert status == 422
    assert f"ทดสอบไม่ผ่าน: {words}" in page and "รหัสเดิมยังอยู่ครบ" in page
    row.refresh_from_db()
    assert json.loads(unseal(row.key, row.credentials_sealed) or "") == CREDENTIALS | told
    assert (row.stopped_at, row.name) == (None, "ยังไม่มีชื่อ")
    assert not QuotaReading.of(cast.province).exists()
    audit = str(list(AuditEvent.of(cast.province).values()))
    for secret in (OTHER_TOKEN, OTHER_SECRET):
        assert secret not in page + browser.get("/settings/channel").content.decode() + audit + caplog.text


def test_an_account_without_anybody_listening_is_told_so(
    enter: Enter, cast: Cast, settings: Any, room: str, nobody: str
) -> None:
    """The account answers, but its events do not come through."""
    settings.BASE_URL = nobody
    row = account(cast, room)
    status, page = press(enter("owner"))
    assert status == 200 and "✗ LINE ส่งเหตุการณ์มาไม่ถึงเครื่องนี้" in page
    assert "Channel secret อื่น" not in page
    assert QuotaReading.of(cast.province).get().limit is not None
    row.refresh_from_db()
    assert row.name != "ยังไม่มีชื่อ", "the account's own name is kept"


def test_only_with_an_account_there_is_a_test(enter: Enter, cast: Cast, alone: None) -> None:
    assert enter("owner").post("/settings/channel/test").status_code == 404
    assert enter("producer").post("/settings/channel/test").status_code in {403, 404}


# --- the clock


def set_to(browser: Client, day: str, hour: str = "08:30") -> Any:
    return browser.post("/settings/clock", {"day": day, "hour": hour})


@pytest.fixture
def steady_clock(cast: Cast) -> Iterator[None]:
    """Whatever the test did to the campaign clock, the next one reads its own."""
    yield
    clock.freeze(None)
    clock._read_at = float("-inf")


def test_the_room_and_the_campaign_go_to_the_same_moment(
    steady_clock: None, enter: Enter, cast: Cast, settings: Any, room: str, platform: Platform
) -> None:
    settings.PRACTICE_URL = room
    account(cast, room)
    browser = enter("owner")
    page = browser.get("/settings/clock").content.decode()
    assert 'value="2020-05-13"' in page and 'value="10:00"' in page
    assert set_to(browser, "2020-06-01").status_code == 302
    wanted = datetime(2020, 6, 1, 1, 30, tzinfo=UTC)
    theirs = datetime.fromisoformat(platform.describe_clock()["now"])
    for now in (clock.now(), theirs):
        assert timedelta() <= now - wanted < timedelta(minutes=5), "and it flows on from there"


@pytest.mark.parametrize(
    ("day", "hour"),
    [("", "08:30"), ("2020-02-30", "08:30"), ("0001-01-01", "00:00"), ("9999-12-31", "23:59"), ("2020-06-01", "25:00")],
)
def test_a_moment_that_is_none_moves_nothing(
    enter: Enter, cast: Cast, settings: Any, room: str, day: str, hour: str
) -> None:
    settings.PRACTICE_URL = room
    account(cast, room)
    answer = set_to(enter("owner"), day, hour)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{day}"' in page or not day
    assert f'value="{hour}"' in page
    assert (clock.now(), CampaignClock.everywhere.count()) == (NOW, 0)


def test_without_the_room_the_campaign_stays_where_it_is(enter: Enter, cast: Cast, settings: Any, nobody: str) -> None:
    settings.PRACTICE_URL = nobody
    account(cast, nobody)
    answer = set_to(enter("owner"), "2020-06-01")
    page = answer.content.decode()
    assert answer.status_code == 422 and "ห้องซ้อมไม่ตอบ" in page and 'value="2020-06-01"' in page
    assert (clock.now(), CampaignClock.everywhere.count()) == (NOW, 0)


def test_only_who_may_change_settings_moves_the_clock(enter: Enter, cast: Cast, settings: Any, nobody: str) -> None:
    settings.PRACTICE_URL = nobody
    account(cast, nobody)
    for part in ("producer", "duty", "auditor", "viewer"):
        assert set_to(enter(part), "2020-06-01").status_code in {403, 404}
