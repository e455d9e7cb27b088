"""`saisaat serve` killed with -9 in the middle of sending: nothing is lost, nothing comes twice.

The practice LINE survives each kill and is the judge: a delivery is what stands in its transcript, whatever the
product's own tables say.
"""

import base64
import hashlib
import hmac
import json
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.faults.serve_stage import TWO_WEEKS, Row, Served, Shown, ask, is_open, saisaat, until

ROUNDS = 8
LONGEST_WAIT = 0.12
"""Seconds from the spoken word to the kill; the whole delivery, from webhook to receipt, falls into them."""

CHAT = ("สวัสดีค่ะ", "ส่งแบบรายงานแล้วครับ", "ขอบคุณค่ะ")
DONE = frozenset({"sent", "closed"})


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A season in which nobody spoke: announcement and first poster wait in both groups, the rest is to come."""
    folder = tmp_path_factory.mktemp("season") / "data"
    silence = ("--crowd", "dead", "--duty", "absent", "--until", "2027-02-01T09:31")
    done = saisaat("rehearse", TWO_WEEKS, *silence, "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def served(season: Path, tmp_path: Path) -> Iterator[Served]:
    stage = Served(Path(shutil.copytree(season, tmp_path / "data")))
    try:
        yield stage
    finally:
        stage.clear_away()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_product_neither_loses_nor_doubles(served: Served, seed: int) -> None:
    chance = random.Random(seed)
    served.start()
    before, keeper = served.deliveries(), served.practice_pid()
    assert len({(row.group, row.slug) for row in before}) == len(before), "an item tells which delivery it is"
    officer = served.practice.person("เวรเผยแพร่")
    entries = sorted({row.entry for row in before})[:ROUNDS]
    for entry in entries:
        words = [line(served, row, officer, chance) for row in let_it_become_due(served, entry)]
        for group, user, text in words:
            served.practice.say(group, user, text)
        wait_for_the_worst_moment(served, chance)
        served.kill()
        served.start()
        assert served.practice_pid() == keeper
        echo(served, chance)
        ask_for_what_waits(served, officer, entry)
    judge(before, served.deliveries(), served.practice.shown(), entries)
    assert served.stop() == 0


def let_it_become_due(served: Served, entry: int) -> list[Row]:
    """Move the practice LINE's clock past the entry's time; the product follows and arms it in both groups."""
    rows = [row for row in served.deliveries() if row.entry == entry]
    served.practice.set_clock(rows[0].due_at + timedelta(minutes=2))

    def armed() -> list[Row]:
        found = [row for row in served.deliveries() if row.entry == entry and row.state == "armed"]
        return found if len(found) == len(rows) else []

    return list(until(armed, f"entry {entry} is not armed in every group"))


def line(served: Served, row: Row, officer: str, chance: random.Random) -> tuple[str, str, str]:
    """Who says what in which group: a member anything, or the duty officer asks for the entry."""
    if chance.random() < 0.5:
        return row.group, officer, f"#โพสต์ {row.entry}"
    return row.group, chance.choice(served.practice.members()[row.group]), chance.choice(CHAT)


def wait_for_the_worst_moment(served: Served, chance: random.Random) -> None:
    """Somewhere on the way of two deliveries; in most rounds, when a claim was seen that has no end yet."""
    delay = chance.uniform(0, LONGEST_WAIT)
    if chance.random() < 0.7:
        began = time.monotonic()
        while not served.half_sent() and time.monotonic() - began < LONGEST_WAIT:
            pass
        delay /= 12
    time.sleep(delay)


def echo(served: Served, chance: random.Random) -> None:
    """Somebody presses a button of what appeared; that it came back from the group settles every doubt."""
    new = served.practice.newly_shown()
    for shown in new:
        served.practice.press(shown, chance.choice(served.practice.members()[shown.group]))
    places = {(shown.group, shown.slug) for shown in new}

    def proved() -> bool:
        return all(row.state in DONE for row in served.deliveries() if (row.group, row.slug) in places)

    until(proved, f"what stands in the transcript is not sent, though a button of it was pressed\n{served.log()}")


def ask_for_what_waits(served: Served, officer: str, entry: int) -> None:
    """The event of a killed moment is gone, as with LINE; the entry still waits and goes out with the next one."""
    for row in served.deliveries():
        if row.entry == entry and row.state == "armed":
            served.practice.say(row.group, officer, f"#โพสต์ {entry}")

    def settled() -> bool:
        states = {row.state for row in served.deliveries() if row.entry == entry}
        return not states & {"planned", "due", "armed", "sending"}

    until(settled, f"entry {entry} still waits\n{served.log()}")


def judge(before: list[Row], after: list[Row], shown: list[Shown], entries: list[int]) -> None:
    """The transcript against the tables."""
    calls = Counter((group, slug) for group, slug, _ in {(s.group, s.slug, s.call) for s in shown})
    assert {place: count for place, count in calls.items() if count > 1} == {}, "doubled"
    assert {row.id for row in before} == {row.id for row in after}, "a delivery vanished"
    known = {(row.group, row.slug) for row in after}
    assert calls.keys() <= known, "something came that was never planned"
    for row in after:
        if (row.group, row.slug) in calls:
            assert row.state in DONE, f"in the transcript, and yet {row}"
        elif row.entry in entries:
            assert row.state == "uncertain" and row.calls, f"due, not in the transcript, and yet {row}"
        else:
            assert row.state == "planned" and not row.calls, f"not due yet: {row}"


def test_the_practice_line_outlives_a_kill_and_both_stop_when_asked(served: Served) -> None:
    served.start()
    keeper, said = served.practice_pid(), served.practice.ask("GET", "transcript")
    served.kill()
    assert served.practice.ask("GET", "transcript") == said
    served.start()
    assert served.practice_pid() == keeper
    assert served.stop() == 0
    until(lambda: not is_open(served.practice_port), "practice-line still runs after SIGTERM to the product")
    assert not is_open(served.port)
    assert served.practice_pid() is None
    served.start()
    assert served.practice.ask("GET", "transcript") == said, "a new practice-line takes up the old state"


def test_what_was_answered_200_is_on_disk(served: Served) -> None:
    served.start()
    channel, group = served.query("SELECT channel_id, channel_group FROM records_group ORDER BY position")[0]
    url = f"http://127.0.0.1:{served.port}/line/{channel}/webhook"
    answered: list[str] = []
    sender = threading.Thread(target=send_until_nobody_answers, args=(url, group, answered))
    sender.start()
    until(lambda: len(answered) >= 20, "webhooks are not answered")
    served.kill()
    sender.join()
    stored = {event for (event,) in served.query("SELECT event_id FROM records_inboundevent")}
    assert set(answered) <= stored
    served.start()
    again = signed_event(answered[-1], group)
    assert ask("POST", url, *again)[0] == 200
    events = Counter(event for (event,) in served.query("SELECT event_id FROM records_inboundevent"))
    assert set(answered) <= events.keys() and set(events.values()) == {1}


def send_until_nobody_answers(url: str, group: str, answered: list[str]) -> None:
    """Signed webhooks, one after another; the ids of those that got a 200."""
    for number in range(100_000):
        event = f"01KILLED{number:018}"
        try:
            status, _ = ask("POST", url, *signed_event(event, group))
        except (OSError, HTTPException):
            return
        if status == 200:
            answered.append(event)


def signed_event(event: str, group: str) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a webhook with one sticker in it, as the practice LINE signs them."""
    content = {
        "type": "message",
        "webhookEventId": event,
        "timestamp": int(time.time() * 1000),
        "mode": "active",
        "deliveryContext": {"isRedelivery": False},
        "source": {"type": "group", "groupId": group},
        "replyToken": hashlib.sha256(event.encode()).hexdigest()[:32],
        "message": {"id": event[-12:], "type": "sticker", "packageId": "1", "stickerId": "2", "quoteToken": "q"},
    }
    body = json.dumps({"destination": "U" + "0" * 32, "events": [content]}).encode()
    digest = hmac.new(b"practice-secret", body, hashlib.sha256).digest()
    return body, {"x-line-signature": base64.b64encode(digest).decode()}
