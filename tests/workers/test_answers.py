"""Answers beside a practice LINE: free of charge when somebody writes, never twice, whatever happens on the way."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from saisaat.actions import answer, channel_pool, connect
from saisaat.channels.base import ChannelError
from saisaat.channels.transport import Answer as HttpAnswer
from saisaat.channels.transport import AsgiTransport
from saisaat.domain.answers import WAITS, AnswerState, AnswerWay
from saisaat.domain.delivery import Outcome, State
from saisaat.records import audit
from saisaat.records.models import Answer, Channel, Delivery
from tests.actions.stage import CREDENTIALS, SYSTEM, Stage
from tests.factories import NOW, make_comment, make_delivery, make_entry
from tests.workers.fake_line import Killed
from tests.workers.town import Town, play

MINUTE = timedelta(minutes=1)
S = AnswerState
Ask = Callable[[], Awaitable[HttpAnswer]]
Fault = Callable[[Ask], Awaitable[HttpAnswer]]


class Wire:
    """The way to LINE and back; `fault` befalls the next reply on it."""

    def __init__(self) -> None:
        self.fault: Fault | None = None

    def over(self, line: AsgiTransport) -> "Wire":
        self._line = line
        return self

    async def request(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> HttpAnswer:
        async def ask() -> HttpAnswer:
            return await self._line.request(method, url, headers, body)

        if self.fault is None or not url.endswith("/message/reply"):
            return await ask()
        fault, self.fault = self.fault, None
        return await fault(ask)

    async def close(self) -> None:
        await self._line.close()


async def lost(ask: Ask) -> HttpAnswer:
    await ask()
    raise ChannelError(Outcome.NO_ANSWER, "TimeoutError")


async def never_there(ask: Ask) -> HttpAnswer:
    raise ChannelError(Outcome.NOT_CONNECTED, "no route")


async def broken(ask: Ask) -> HttpAnswer:
    return HttpAnswer(500, {}, b'{"message": "Internal server error"}')


async def broken_after(ask: Ask) -> HttpAnswer:
    await ask()
    return await broken(ask)


async def killed_before(ask: Ask) -> HttpAnswer:
    raise Killed


async def killed_after(ask: Ask) -> HttpAnswer:
    await ask()
    raise Killed


def published(stage: Stage) -> Delivery:
    return make_delivery(make_entry(stage.campaign, NOW - 60 * MINUTE), stage.staff, stage.approved())


def write(stage: Stage, delivery: Delivery, text: str, way: AnswerWay = AnswerWay.GROUP) -> Answer:
    return answer.answer_comment(
        comment=make_comment(delivery),
        answer=text,
        person=stage.people["owner"],
        by=stage.actor("owner"),
        now=NOW,
        way=way,
    )


def read(row: Answer) -> tuple[AnswerState, str, str]:
    row.refresh_from_db()
    return AnswerState(row.state), row.message_id, row.detail


async def texts(here: Town) -> list[str]:
    return [message["text"] for message in await here.from_bot() if message["type"] == "text"]


def test_it_goes_free_of_charge_once_and_after_the_publication(stage: Stage) -> None:
    delivery = published(stage)
    row = write(stage, delivery, "ใช้กับลูกจ้างด้วย")
    told = [write(stage, delivery, "ไม่ส่ง", way) for way in (AnswerWay.RECORD, AnswerWay.DIRECT)]
    waiting = stage.planned(stage.approved())

    async def act(here: Town) -> None:
        await here.at(NOW)
        await here.say()
        assert await here.state(waiting) is State.SENT, "the publication goes first"
        assert await texts(here) == []
        await here.say("#โพสต์")
        assert await texts(here) == [], "a command is no window for an answer"
        for _ in range(3):
            await here.say()
        assert await texts(here) == [f"ตอบความเห็นต่อเรื่อง “{delivery.entry.title}”\nใช้กับลูกจ้างด้วย"]
        sent = (await here.from_bot())[-1]
        assert (sent["way"], sent["cost"]) == ("reply", 0)
        assert await here.run(read, row) == (S.SENT, sent["id"], "")

    play(stage, act)
    assert [read(one)[0] for one in told] == [S.KEPT, S.KEPT]


NEVER_AGAIN: list[tuple[Fault, bool]] = [
    (lost, True),
    (broken, False),
    (broken_after, True),
    (killed_before, False),
    (killed_after, True),
]


def test_what_may_have_left_stays_uncertain_and_never_goes_again(stage: Stage) -> None:
    delivery, wire = published(stage), Wire()

    async def act(here: Town) -> None:
        for number, (fault, there) in enumerate(NEVER_AGAIN):
            row = await here.run(write, stage, delivery, f"คำตอบที่ {number}")
            await here.engine.tick()
            wire.fault = fault
            if fault in (killed_before, killed_after):
                with pytest.raises(Killed):
                    await here.say()
                assert (await here.run(read, row))[0] is S.SENDING
                here.engine = here.start()
                await here.engine.tick()
            else:
                await here.say()
            for _ in range(2):
                await here.say()
            state, message, detail = await here.run(read, row)
            assert (state, message) == (S.UNCERTAIN, ""), fault.__name__
            assert detail, fault.__name__
            found = [text for text in await texts(here) if text.endswith(f"ที่ {number}")]
            assert len(found) == there, fault.__name__
        await here.at(NOW + 2 * WAITS)

    play(stage, act, wire.over)
    assert {row.state for row in Answer.of(stage.province)} == {S.UNCERTAIN}
    assert audit.verify(stage.province.pk)


async def waits(here: Town, delivery: Delivery, text: str) -> Answer:
    row: Answer = await here.run(write, here.stage, delivery, text)
    await here.engine.tick()
    return row


async def then_goes(here: Town, row: Answer, detail: str) -> None:
    """It waits, with LINE's word on why, and leaves with the next window."""
    state, _, why = await here.run(read, row)
    assert (state, detail in why) == (S.WAITING, True), why
    await here.engine.tick()
    await here.say()
    assert (await here.run(read, row))[0] is S.SENT


def test_what_surely_did_not_leave_goes_with_the_next_window(stage: Stage) -> None:
    """LINE's own refusals of a token too old and of too many calls a second; and no way to LINE at all."""
    delivery, wire = published(stage), Wire()

    async def act(here: Town) -> None:
        row = await waits(here, delivery, "ช้าไป")
        await here.world.say(here.group, here.people[0], "สวัสดี")
        await here.world.set_clock(NOW + 2 * MINUTE)
        await here.settle()
        await here.world.set_clock(NOW)
        await then_goes(here, row, "Invalid reply token")

        row = await waits(here, delivery, "ถี่ไป")
        here.platform.rules.rate_per_second = 0
        await here.say()
        here.platform.rules.rate_per_second = None
        await then_goes(here, row, "rate limit")

        row = await waits(here, delivery, "ต่อไม่ได้")
        wire.fault = never_there
        await here.say()
        await then_goes(here, row, "no route")
        assert len(await texts(here)) == 3

    play(stage, act, wire.over)
    assert audit.verify(stage.province.pk)


def test_a_refused_access_token_stops_the_channel_until_it_is_right(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel_pool, "_REREAD_SECONDS", 0.0)
    delivery = published(stage)

    def take(token: str) -> None:
        told = CREDENTIALS | {"access_token": token}
        connect.replace_credentials(channel=stage.channel, credentials=told, by=SYSTEM, now=NOW)

    async def act(here: Town) -> None:
        row = await waits(here, delivery, "โทเคนผิด")
        await here.run(take, "another-token")
        await here.say()
        await here.say()
        stopped = await here.run(Channel.everywhere.get, pk=stage.channel.pk)
        assert (stopped.stopped_at, "Authentication" in stopped.stopped_reason) == (NOW, True)
        await here.run(take, CREDENTIALS["access_token"])
        await then_goes(here, row, "Authentication")
        assert len(await texts(here)) == 1

    play(stage, act)


def test_without_a_window_it_expires_on_record(stage: Stage) -> None:
    row = write(stage, published(stage), "ไม่มีใครพูด")

    async def act(here: Town) -> None:
        await here.at(NOW)
        await here.at(NOW + WAITS)
        await here.say()
        assert await texts(here) == []

    play(stage, act)
    assert read(row)[0] is S.EXPIRED
