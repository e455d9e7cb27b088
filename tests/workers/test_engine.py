"""The engine beside a practice LINE in this process: from a member's word to the publication in the group."""

import asyncio
from datetime import timedelta

import pytest

from saisaat.actions import connect
from saisaat.actions.propose import change_settings
from saisaat.actions.receive import TakenIn
from saisaat.domain.delivery import State
from saisaat.records.models import (
    Acknowledgement,
    Comment,
    LedgerEntry,
    LedgerRefusal,
    PlanEntry,
    QuotaReading,
)
from saisaat.rehearsal.play import _buttons
from saisaat.workers import engine as engine_module
from saisaat.workers.engine import Engine
from tests.actions.stage import Stage
from tests.factories import NOW
from tests.workers.town import Town, play

MINUTE = timedelta(minutes=1)


def test_a_members_word_brings_the_publication_free_of_charge(stage: Stage) -> None:
    delivery = stage.planned(stage.approved())

    async def act(here: Town) -> None:
        await here.say()
        assert await here.from_bot() == []
        await here.at(NOW)
        await here.say()
        (message,) = await here.from_bot()
        assert (message["way"], message["cost"]) == ("reply", 0)
        assert await here.state(delivery) is State.SENT
        await here.say()
        assert len(await here.from_bot()) == 1

    play(stage, act)


def test_buttons_quotes_and_other_chat_after_it(stage: Stage) -> None:
    stage.armed()

    async def act(here: Town) -> None:
        await here.at(NOW)
        await here.say()
        (message,) = await here.from_bot()
        await here.world.press(here.group, here.people[1], message["id"], _buttons(message["raw"])["ack"])
        await here.settle()
        await here.say("อ่านแล้วเข้าใจดี", 2, quoted=message["id"])
        await here.say("เย็นนี้ไปไหน", 1)

    play(stage, act)
    assert Acknowledgement.of(stage.province).count() == 1
    assert Comment.of(stage.province).count() == 1


def test_the_duty_officer_calls_and_nobody_else(stage: Stage) -> None:
    first, second = stage.armed(at=NOW - MINUTE), stage.armed()
    number = second.entry.no

    async def act(here: Town) -> None:
        duty = stage.people["duty"]
        by = stage.actor("duty")
        user = here.people[1]
        await here.run(connect.link_identity, channel=stage.channel, person=duty, user=user, by=by, now=NOW)
        await here.at(NOW)
        await here.say("#โพสต์", 0)
        assert await here.from_bot() == []
        await here.say(f"#โพสต์ {number}", 1)
        assert (await here.state(first), await here.state(second)) == (State.ARMED, State.SENT)
        await here.say("#โพสต์", 1)
        assert await here.state(first) is State.SENT

    play(stage, act)


def test_near_the_deadline_a_push_inside_the_free_quota(stage: Stage) -> None:
    delivery = stage.armed()
    PlanEntry.everywhere.filter(pk=delivery.entry_id).update(push_allowed=True)

    async def act(here: Town) -> None:
        await here.world.set_quota(300)
        await here.at(delivery.deadline - 61 * MINUTE)
        assert await here.from_bot() == []
        await here.at(delivery.deadline - 60 * MINUTE)
        (message,) = await here.from_bot()
        assert (message["way"], message["cost"]) == ("push", 3)
        assert await here.state(delivery) is State.SENT

    play(stage, act)
    assert LedgerEntry.of(stage.province).get().heads == 3
    assert QuotaReading.of(stage.province).order_by("read_at")[0].limit == 300


def test_a_push_past_the_quota_is_refused_once_in_writing_and_costs_nothing(stage: Stage) -> None:
    delivery = stage.armed()
    PlanEntry.everywhere.filter(pk=delivery.entry_id).update(push_allowed=True)

    async def act(here: Town) -> None:
        await here.world.set_quota(2)
        for minutes in (59, 30, 1):
            await here.at(delivery.deadline - minutes * MINUTE)
        assert await here.from_bot() == []
        await here.at(delivery.deadline)
        assert await here.state(delivery) is State.MISSED

    play(stage, act)
    assert LedgerRefusal.of(stage.province).count() == 1
    assert not LedgerEntry.of(stage.province).exists()


def test_a_week_later_it_is_closed(stage: Stage) -> None:
    changes = {"close_after_days": 3}
    change_settings(campaign=stage.campaign, changes=changes, by=stage.actor("owner"), now=NOW)
    delivery = stage.armed()

    async def act(here: Town) -> None:
        await here.at(NOW)
        await here.say()
        await here.at(NOW + timedelta(days=3))
        assert await here.state(delivery) is State.CLOSED

    play(stage, act)


class Busy(Engine):
    """Handles without end, and counts its ticks; the first one fails."""

    ticks = 0

    async def tick(self) -> None:
        self.ticks += 1
        if self.ticks == 1:
            raise RuntimeError("the database is away")

    async def handle(self, taken: TakenIn) -> None:
        self.wake(taken)
        await asyncio.sleep(0)


def test_a_flood_of_events_keeps_no_clock_from_striking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "SECONDS_BETWEEN_TICKS", 0.001)

    async def run() -> int:
        engine = Busy(pool=None, database=None, now=None, name="", alone=True)  # type: ignore[arg-type]
        engine.wake(TakenIn((), False))
        running = asyncio.create_task(engine.run())
        async with asyncio.timeout(30):
            while engine.ticks < 5:
                await asyncio.sleep(0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return engine.ticks

    assert asyncio.run(run()) >= 5
