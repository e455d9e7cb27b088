"""The delivery engine: turns openings into replies, ticks the clocks, and leaves a row that tells how far it came.

All state is in the database; the engine may be killed at any line. Its steps are called by `run` in a served folder and
one by one by a rehearsal.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime

from saisaat.actions import answer, close_out, deliver, receive, schedule
from saisaat.actions.channel_pool import ChannelPool, DatabaseThread
from saisaat.actions.receive import Opening, TakenIn
from saisaat.channels.base import ChannelError
from saisaat.domain.delivery import Way
from saisaat.domain.roles import Actor
from saisaat.queries.deliveries import armed_groups
from saisaat.workers.answers import Answers
from saisaat.workers.boxes import Boxes
from saisaat.workers.pushes import Pushes
from saisaat.workers.upkeep import Upkeep

log = logging.getLogger(__name__)

SECONDS_BETWEEN_TICKS = 1.0


class Engine:
    """One worker. `now` is the campaign clock. `alone`: no other worker uses this database (SQLite)."""

    def __init__(
        self, *, pool: ChannelPool, database: DatabaseThread, now: Callable[[], datetime], name: str, alone: bool
    ) -> None:
        self._pool = pool
        self._database = database
        self._now = now
        self._name = name
        self._alone = alone
        self._by = Actor.system("worker")
        self._armed: frozenset[str] = frozenset()
        self._answering: frozenset[str] = frozenset()
        self._inbox: asyncio.Queue[TakenIn] = asyncio.Queue()
        self._pushes = Pushes(pool=pool, database=database, by=self._by, name=name)
        self._answers = Answers(pool=pool, database=database, by=self._by)
        self._upkeep = Upkeep(database=database)
        self._boxes = Boxes(database=database, now=now)

    def wake(self, taken: TakenIn) -> None:
        """Hand over what was just stored. Call on the engine's own loop."""
        self._inbox.put_nowait(taken)

    async def run(self) -> None:
        """Work until cancelled: tick once a second however much comes in, and handle that in between."""
        async with self._boxes.listening():
            await self._run()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        next_tick = loop.time()
        while True:
            if loop.time() >= next_tick:
                await self._guard(self.tick())
                next_tick = loop.time() + SECONDS_BETWEEN_TICKS
            try:
                # Not asyncio.wait_for, which in Python 3.11 may swallow a cancellation.
                async with asyncio.timeout_at(next_tick):
                    taken = await self._inbox.get()
            except TimeoutError:
                continue
            await self._guard(self.handle(taken))

    async def _time(self) -> datetime:
        """The campaign clock may have to be read from the database."""
        return await self._database(self._now)

    async def _guard(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("a step of the delivery engine failed; its rows stay as they are and are taken up again")

    async def tick(self) -> None:
        """What the clock alone brings about, after what an earlier process or a failed step left half done."""
        now = await self._time()
        await self._take_up_interrupted(now)
        await self._database(schedule.promote, now=now, by=self._by)
        await self._database(receive.release_held, now=now)
        await self._database(receive.handle_waiting, now=now)
        await self._database(close_out.close_due, now=now, by=self._by)
        for attempt in await self._pushes.claim_due(now):
            await self.send(attempt)
        self._armed = await self._database(armed_groups)
        await self._database(answer.expire, now=now, by=self._by)
        self._answering = await self._database(answer.waiting_groups)
        await self._boxes.strike(now)
        await self._upkeep.strike()

    async def _take_up_interrupted(self, now: datetime) -> None:
        worker = None if self._alone else self._name
        await self._database(answer.take_up_interrupted, now=now, by=self._by, alone=self._alone)
        again = await self._database(deliver.settle_interrupted, now=now, by=self._by, worker=worker)
        for attempt in again:
            if not self._pushes.waits(attempt):
                await self.send(attempt)

    async def handle(self, taken: TakenIn) -> None:
        """Use the openings while their tokens live, then do what the events mean."""
        for opening in taken.openings:
            await self._use(opening)
        if taken.waiting:
            await self._database(receive.handle_waiting, now=await self._time())

    async def _use(self, opening: Opening) -> None:
        """A publication goes first; an answer takes the window that none needs."""
        group = opening.window.group
        if group in self._armed and await self._deliver(opening):
            return
        if group in self._answering and opening.command is None:
            await self._answers.send_next(opening.window, await self._time())
            self._answering = await self._database(answer.waiting_groups)

    async def _deliver(self, opening: Opening) -> bool:
        """Whether the window was used up."""
        by, way, entry_no = self._by, Way.PIGGYBACK, None
        if opening.command is not None:
            officer = await self._database(receive.duty_officer, opening=opening)
            if officer is None:
                return False
            by, way, entry_no = officer, Way.DUTY, opening.command.entry_no
        attempt = await self._database(
            deliver.claim_reply,
            window=opening.window,
            way=way,
            now=await self._time(),
            worker=self._name,
            by=by,
            entry_no=entry_no,
        )
        if attempt is None:
            return False
        await self.send(attempt)
        self._armed = await self._database(armed_groups)
        return True

    async def send(self, attempt: int) -> None:
        """Make the attempt's call and settle it; a reply without an answer is tried once more inside its window."""
        while True:
            call = await self._database(deliver.begin_call, attempt_id=attempt, now=await self._time(), by=self._by)
            if call is None:
                return
            found = await self._pool.get(call.channel)
            assert found is not None, "an attempt's channel is a row"
            _, port = found
            try:
                if call.way is Way.PUSH:
                    receipt = await port.push(call.to, call.messages, retry_key=call.retry_key)
                else:
                    receipt = await port.reply(call.token, call.messages)
            except ChannelError as error:
                again = await self._database(
                    deliver.record_failure,
                    attempt_id=attempt,
                    outcome=error.outcome,
                    detail=error.detail,
                    retried=call.retried,
                    now=await self._time(),
                    by=self._by,
                )
                if again and call.way is not Way.PUSH:
                    continue
                if again:
                    self._pushes.again_later(attempt)
                return
            await self._database(
                deliver.record_receipt, attempt_id=attempt, receipt=receipt, now=await self._time(), by=self._by
            )
            return
