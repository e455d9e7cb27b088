"""`practice-line serve`: what it accepted outlives `kill -9`, and it stops when asked."""

import http.client
import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from practice_client import BANGKOK_MORNING, RETRY_KEY, World, fetch, serving, text
from practice_line.cli import main
from practice_line.platform import Platform


def test_a_push_survives_a_kill(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "line.sqlite"), "--seed", "7")
    with serving(*state) as first:
        user = fetch(f"{first.url}/_practice/people", "POST", {"name": "ก"})[1]["userId"]
        group = fetch(f"{first.url}/_practice/groups", "POST", {"name": "ข", "members": [user]})[1]["groupId"]
        fetch(f"{first.url}/_practice/clock", "PUT", {"now": BANGKOK_MORNING.isoformat(), "running": False})
        push = {"to": group, "messages": [text()]}
        sent = fetch(f"{first.url}/v2/bot/message/push", "POST", push, x_line_retry_key=RETRY_KEY)
        assert sent[0] == 200
        fetch(f"{first.url}/_practice/groups/{group}/say", "POST", {"userId": user, "text": "ทันเวลา"})
        before = fetch(f"{first.url}/_practice/transcript")
        first.kill()
    with serving(*state) as second:
        assert fetch(f"{second.url}/_practice/transcript") == before
        again = fetch(f"{second.url}/v2/bot/message/push", "POST", push, x_line_retry_key=RETRY_KEY)
        assert again == (409, {"message": "The retry key is already accepted", **sent[1]})
        assert fetch(f"{second.url}/v2/bot/message/quota/consumption")[1] == {"totalUsage": 1}
        assert fetch(f"{second.url}/_practice/clock")[1]["running"] is False
        other = fetch(f"{second.url}/_practice/people", "POST", {"name": "ค"})[1]["userId"]
        assert other != user
        later = fetch(f"{second.url}/v2/bot/message/push", "POST", push)[1]
        assert later["sentMessages"][0]["id"] > sent[1]["sentMessages"][0]["id"]


def test_it_stops_cleanly_while_a_page_listens() -> None:
    with serving() as served, urlopen(f"{served.url}/_practice/stream", timeout=10) as news:
        assert news.getheader("content-type", "").startswith("text/event-stream")
        assert read_event(news)[0] == "clock"
        user = fetch(f"{served.url}/_practice/people", "POST", {"name": "ก"})[1]["userId"]
        group = fetch(f"{served.url}/_practice/groups", "POST", {"name": "ข", "members": [user]})[1]["groupId"]
        assert read_event(news) == ("bot", {"groupId": group, "in": True})
        said = fetch(f"{served.url}/_practice/groups/{group}/say", "POST", {"userId": user, "text": "สวัสดี"})[1]
        kind, line = read_event(news)
        assert (kind, line["id"], line["text"]) == ("message", said["messageId"], "สวัสดี")
        fetch(f"{served.url}/_practice/messages/{said['messageId']}/unsend", "POST")
        assert read_event(news) == ("unsend", {"id": said["messageId"], "groupId": group})
        assert served.stop() == (0, "")


def read_event(news: http.client.HTTPResponse) -> tuple[str, Any]:
    """The next event's name and data, over comments and settings."""
    kind = ""
    while True:
        row = news.readline().decode()
        assert row, "the stream ended"
        if row.startswith("event: "):
            kind = row.removeprefix("event: ").strip()
        elif row.startswith("data: "):
            return kind, json.loads(row.removeprefix("data: "))


def test_a_taken_port_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 1
    assert "cannot listen" in capsys.readouterr().err


def test_a_file_serves_one_platform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "line.sqlite"
    first = Platform(path)
    assert main(["serve", "--port", "0", "--state", str(path)]) == 1
    assert "locked" in capsys.readouterr().err
    first.close()


@pytest.mark.parametrize("name", ["no/such/folder/line.sqlite", "text.sqlite"])
def test_a_file_that_cannot_be_used_is_said(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.sqlite").write_text("not a database, and long enough to tell" * 100)
    assert main(["serve", "--port", "0", "--state", str(tmp_path / name)]) == 1
    assert "cannot use the state file" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--reply-token-seconds", "0"], ["--port", "x"], ["--unknown"]])
def test_wrong_usage_exits_2(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["serve", *options])
    assert stop.value.code == 2
    assert "usage: practice-line" in capsys.readouterr().err


async def test_a_rehearsal_can_be_saved_and_opened(tmp_path: Path) -> None:
    world = await World().open()
    await world.reply(await world.token())
    await world.push(key=RETRY_KEY)
    path = tmp_path / "saved.sqlite"
    world.platform.save_to(path)
    world.platform.save_to(path)
    opened = World(Platform(path, seed=1))
    opened.users, opened.group = world.users, world.group
    assert await opened.transcript() == await world.transcript()
    for table in ("people", "groups", "bot", "clock", "quota", "rules"):
        assert await opened.call("GET", f"/_practice/{table}") == await world.call("GET", f"/_practice/{table}")
    assert (await opened.push(key=RETRY_KEY)).status == 409
    await opened.say("ต่อจากเดิม")
    assert len({line["id"] for line in await opened.transcript()}) == 4
    opened.platform.close()


async def test_a_webhook_not_yet_delivered_is_delivered_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "line.sqlite"
    world = await World(Platform(path)).open()
    world.platform.people.say(world.group, world.users[0], "ก่อนดับ")
    world.platform.commit()
    world.platform.close()
    again = World(Platform(path))
    async with again.app.router.lifespan_context(again.app):
        await again.call("POST", "/_practice/people", {"name": "ง"})
    assert [event["message"]["text"] for event in again.events] == ["ก่อนดับ"]
    assert len(Platform(path).state.outbox) == 0


async def test_a_redelivery_waits_for_its_time_across_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "line.sqlite"
    world = await World(Platform(path)).open()
    await world.call("PUT", "/_practice/clock", {"now": BANGKOK_MORNING.isoformat(), "running": False})
    await world.call("PUT", "/_practice/rules", {"redelivery": True})
    world.bot_answers = [500]
    await world.say("ส่งไม่ถึง")
    world.platform.close()
    again = World(Platform(path))
    await again.call("POST", "/_practice/people", {"name": "ง"})
    assert again.events == []
    await again.call("PUT", "/_practice/clock", {"now": (BANGKOK_MORNING + timedelta(hours=1)).isoformat()})
    assert [event["deliveryContext"]["isRedelivery"] for event in again.events] == [True]
    again.platform.close()
