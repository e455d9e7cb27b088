"""Crowds: five characters, the same from the same seed, in virtual and in real time."""

import asyncio
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from practice_client import World, action, buttons
from practice_line.app import create_app
from practice_line.crowd import CHARACTERS, CROWD_ZONE, answers_to, talk_of_day
from practice_line.platform import Platform

# A Monday. Two weeks hold ten working days and two weekends.
MONDAY = datetime.fromisoformat("2026-01-12T00:00:00+07:00")


async def lived(character: str, *, days: int = 14, seed: int = 3) -> list[dict[str, Any]]:
    """What a group of this character said in its first days."""
    world = await World(Platform(seed=seed)).open()
    await world.call("PUT", "/_practice/bot", {"webhook": None})
    await world.at(MONDAY.isoformat())
    await world.call("POST", f"/_practice/groups/{world.group}/crowd", {"character": character})
    await world.at((MONDAY + timedelta(days=days)).isoformat())
    assert (await world.call("GET", "/_practice/clock"))["running"] is False
    return await world.transcript()


def hours(lines: list[dict[str, Any]]) -> list[float]:
    times = [datetime.fromisoformat(line["at"]).astimezone(CROWD_ZONE) for line in lines]
    return [time.hour + time.minute / 60 for time in times]


def at_weekends(lines: list[dict[str, Any]]) -> int:
    return sum(datetime.fromisoformat(line["at"]).astimezone(CROWD_ZONE).weekday() >= 5 for line in lines)


async def test_the_characters_are_told_apart_by_what_they_do() -> None:
    lively, morning, quiet, holiday, dead = [await lived(each) for each in CHARACTERS]
    assert len(lively) > 2 * len(morning) > 0
    assert len(morning) > len(quiet) > 0
    assert dead == []
    assert max(hours(morning)) <= 9 and min(hours(morning)) >= 6.5
    assert max(hours(lively)) > 15
    assert at_weekends(holiday) > 0.7 * len(holiday)
    assert at_weekends(lively) < 0.3 * len(lively)


async def test_the_same_seed_gives_the_same_life() -> None:
    assert await lived("lively", days=3) == await lived("lively", days=3)
    assert await lived("lively", days=3) != await lived("lively", days=3, seed=4)


async def test_a_long_way_in_one_or_in_many_steps_is_the_same() -> None:
    world = await World(Platform(seed=3)).open()
    await world.call("PUT", "/_practice/bot", {"webhook": None})
    await world.at(MONDAY.isoformat())
    await world.call("POST", f"/_practice/groups/{world.group}/crowd", {"character": "lively"})
    for quarter in range(1, 2 * 24 * 4 + 1):
        await world.at((MONDAY + timedelta(minutes=15 * quarter)).isoformat())
    assert await world.transcript() == await lived("lively", days=2)


async def test_the_bot_hears_each_at_its_time_and_its_posts_are_answered() -> None:
    world = await World(Platform(seed=3)).open()
    answered: list[int] = []
    eight = (MONDAY + timedelta(hours=8)).timestamp() * 1000

    async def bot(url: str, body: bytes, headers: dict[str, str]) -> int:
        world.heard.append((body, headers))
        event = world.events[-1]
        if event["type"] == "message" and event["timestamp"] > eight and not answered:
            answered.append((await world.reply(event["replyToken"], buttons(action(data="seen")))).status)
        return 200

    world.app = create_app(world.platform, sender=bot, wait_for_webhook=True)
    await world.at(MONDAY.isoformat())
    await world.call("POST", f"/_practice/groups/{world.group}/crowd", {"character": "lively"})
    await world.at((MONDAY + timedelta(days=2)).isoformat())
    assert answered == [200]
    presses = [event for event in world.events if event["type"] == "postback"]
    poster = next(line for line in await world.transcript() if line["from"] == "bot")
    assert {event["postback"]["data"] for event in presses} == {"seen"}
    assert all(event["timestamp"] > datetime.fromisoformat(poster["at"]).timestamp() * 1000 for event in presses)


async def test_in_real_time() -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def bot(url: str, body: bytes, headers: dict[str, str]) -> int:
        heard.put_nowait(body)
        return 200

    world = await World(Platform(seed=3)).open()
    world.app = create_app(world.platform, sender=bot)
    first = (await lived("lively", days=1))[0]["at"]
    await world.at(MONDAY.isoformat())
    await world.call("POST", f"/_practice/groups/{world.group}/crowd", {"character": "lively"})
    async with world.app.router.lifespan_context(world.app):
        await world.at((datetime.fromisoformat(first) - timedelta(milliseconds=200)).isoformat(), running=True)
        await asyncio.wait_for(heard.get(), 10)
    assert len(await world.transcript()) >= 1


async def test_what_nobody_lived_through_is_not_made_up(world: World) -> None:
    await world.at(MONDAY.isoformat())
    await world.call("POST", f"/_practice/groups/{world.group}/crowd", {"character": "lively"})
    await world.at((MONDAY - timedelta(days=3)).isoformat())
    assert await world.transcript() == []
    too_far = {"now": (MONDAY + timedelta(days=200)).isoformat()}
    refused = await world.request("PUT", "/_practice/clock", too_far)
    assert (refused.status, refused.json["message"]) == (400, "Crowds live through at most 100 days at once.")


async def test_a_crowd_of_nobody_and_a_crowd_called_off(world: World) -> None:
    empty = (await world.call("POST", "/_practice/groups", {"name": "ว่าง"}))["groupId"]
    await world.at(MONDAY.isoformat())
    for group, character in ((empty, "lively"), (world.group, "lively"), (world.group, "dead")):
        await world.call("POST", f"/_practice/groups/{group}/crowd", {"character": character})
    await world.at((MONDAY + timedelta(days=2)).isoformat())
    assert await world.transcript() == []
    assert (await world.call("GET", f"/_practice/groups/{world.group}/crowd"))["character"] == "dead"


@pytest.mark.parametrize(("body", "status"), [({"character": "noisy"}, 400), ({}, 400)])
async def test_refusals(world: World, body: dict[str, Any], status: int) -> None:
    assert (await world.request("POST", f"/_practice/groups/{world.group}/crowd", body)).status == status
    assert (await world.request("POST", "/_practice/groups/C0/crowd", {"character": "dead"})).status == 404


@pytest.mark.parametrize("name", CHARACTERS)
def test_means_are_met(name: str) -> None:
    """Over many days a character talks, and answers, about as much as its table says."""
    character, random, days = CHARACTERS[name], Random(1), 400
    monday = date(2026, 1, 12)
    said = sum(len(talk_of_day(character, monday, random)) for _ in range(days))
    answered = sum(len(answers_to(character, int(MONDAY.timestamp() * 1000) + 30_000_000, random)) for _ in range(days))
    assert said / days == pytest.approx(
        (character.greetings + character.chatter) * character.weekday, rel=0.15, abs=0.1
    )
    assert answered / days <= (character.presses + character.quotes) * character.weekday * 1.15
