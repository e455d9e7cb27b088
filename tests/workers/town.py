"""A practice LINE, the intake and an engine in one process, at a time of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from practice_line.app import create_app
from practice_line.platform import Platform

from saisaat.actions.channel_pool import ChannelPool, DatabaseThread
from saisaat.actions.receive import TakenIn
from saisaat.channels.transport import AsgiTransport, Transport
from saisaat.domain.delivery import State
from saisaat.intake.app import Intake
from saisaat.intake.writer import Writer
from saisaat.records.models import Delivery, Group
from saisaat.rehearsal.world import World
from saisaat.workers.engine import Engine
from tests.actions.stage import Stage
from tests.factories import NOW


@dataclass
class Town:
    """A practice LINE with one group of three people, the intake and an engine, all at `now`."""

    stage: Stage
    world: World
    platform: Platform
    start: Callable[[], Engine]
    run: Callable[..., Awaitable[Any]]
    group: str = ""
    people: list[str] = field(default_factory=list)
    taken: list[TakenIn] = field(default_factory=list)
    now: datetime = NOW
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = self.start()

    async def at(self, now: datetime) -> None:
        self.now = now
        await self.world.set_clock(now)
        await self.engine.tick()

    async def say(self, text: str = "สวัสดี", who: int = 0, quoted: str | None = None) -> None:
        await self.world.say(self.group, self.people[who], text, quoted)
        await self.settle()

    async def settle(self) -> None:
        while self.taken:
            await self.engine.handle(self.taken.pop(0))

    async def from_bot(self) -> list[dict[str, Any]]:
        return [message for message in await self.world.transcript() if message["from"] == "bot"]

    async def state(self, delivery: Delivery) -> State:
        found: State = await self.run(self.stage.state, delivery)
        return found


@asynccontextmanager
async def town(stage: Stage, way: Callable[[AsgiTransport], Transport] = lambda line: line) -> AsyncIterator[Town]:
    """`way` may stand between the engine and the practice LINE."""
    webhooks: list[AsgiTransport] = []

    async def send(url: str, body: bytes, headers: dict[str, str]) -> int:
        return (await webhooks[0].request("POST", url, headers, body)).status

    platform = Platform(None, seed=1)
    app = create_app(platform, sender=send, wait_for_webhook=True)
    with ThreadPoolExecutor(1) as executor:
        database = DatabaseThread(executor)
        pool = ChannelPool(database, transport=way(AsgiTransport(app)))

        def start() -> Engine:
            return Engine(pool=pool, database=database, now=lambda: here.now, name="engine", alone=True)

        here = Town(stage, World(type("Line", (), {"app": app})()), platform, start, database)
        writer = Writer(now=lambda: here.now, on_stored=here.taken.append)
        writer.start()
        webhooks.append(AsgiTransport(Intake(pool=pool, writer=writer)))
        try:
            await here.world.set_clock(NOW)
            await here.world.set_webhook(f"http://127.0.0.1/line/{stage.channel.pk}/webhook")
            here.people = [await here.world.person(f"คนที่ {number}") for number in range(3)]
            here.group = await here.world.group("บุคลากร", here.people)
            # The invitation made a group of its own, as it does for a group nobody set up: it is the staff's.
            here.taken.clear()
            await database(Group.everywhere.filter(pk=stage.staff.pk).update, channel_group=here.group)
            yield here
        finally:
            writer.stop()
            await pool.close()
            await database(lambda: connection.close())


def play(
    stage: Stage,
    act: Callable[[Town], Awaitable[None]],
    way: Callable[[AsgiTransport], Transport] = lambda line: line,
) -> None:
    async def run() -> None:
        async with town(stage, way) as here:
            await act(here)

    asyncio.run(run())
