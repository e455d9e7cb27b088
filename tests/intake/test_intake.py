"""The webhook receiver: what it answers to whom, and that 200 means on disk."""

import asyncio
import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from hypothesis import given
from hypothesis import strategies as st

from saisaat.actions.channel_pool import ChannelPool
from saisaat.actions.receive import TakenIn, handle_waiting
from saisaat.channels.line.webhook import sign
from saisaat.intake import app as intake_app
from saisaat.intake import writer as intake_writer
from saisaat.intake.writer import Writer
from saisaat.records.models import InboundEvent
from tests.actions.stage import Stage, make_stage
from tests.factories import NOW
from tests.intake.posts import SECRET, Posts, envelope, event, hear, message, posts, stored_elsewhere


def answers(stage: Stage, *calls: tuple[bytes, dict[str, Any]]) -> list[int]:
    async def run() -> list[int]:
        async with posts(stage) as line:
            return [(await line.post(body, **more)).status for body, more in calls]

    return asyncio.run(run())


GOOD = envelope(event("e1"))


@pytest.mark.parametrize(
    ("body", "change", "status"),
    [
        (GOOD, {"signature": None}, 401),
        (GOOD, {"signature": ""}, 401),
        (GOOD, {"signature": sign(GOOD, "another-secret")}, 401),
        (GOOD, {"signature": sign(GOOD + b" ", SECRET)}, 401),
        (GOOD, {"signature": "ลายเซ็น".encode().decode("latin-1")}, 401),
        (b"", {"signature": None}, 401),
        (b"", {}, 400),
        (b"\xff\xfe\x00not json", {}, 400),
        (b"[]", {}, 400),
        (b'{"destination": "U0"}', {}, 400),
        (b'{"events": {}}', {}, 400),
        (GOOD[:-2], {}, 400),
        (GOOD, {"path": "/line/0000000000000000/webhook"}, 404),
        (GOOD, {"path": "/line/../webhook"}, 404),
        (GOOD, {"path": "/line/webhook"}, 404),
        (GOOD, {"method": "GET"}, 405),
        (GOOD, {"method": "PUT"}, 405),
        (b" " * (intake_app.LARGEST_BODY + 1), {}, 413),
    ],
)
def test_what_is_refused_stores_nothing(stage: Stage, body: bytes, change: dict[str, Any], status: int) -> None:
    assert answers(stage, (body, change)) == [status]
    assert stored_elsewhere() == []


@pytest.mark.parametrize(
    ("events", "stored"),
    [
        ([], []),
        ([event("u1", "somethingNew", surprise={"a": [1]})], ["u1"]),
        ([event("u2", "message", message={"type": "hologram", "id": "1"})], ["u2"]),
        ([event("u3", "message", message="not an object")], ["u3"]),
        ([event("u4", timestamp="yesterday")], ["u4"]),
        ([event("u5", source={"type": "room", "roomId": "R"})], ["u5"]),
        ([{"type": "message"}], []),
        (["not an event"], []),
        ([event("u6", "message", message={"type": "text", "id": "9", "text": "\u0000"})], ["u6"]),
        ([event("x" * 100, "join", group="C" + "0" * 99)], ["x" * 100]),
        ([event("u7", timestamp=253402300799999)], ["u7"]),
    ],
)
def test_what_is_empty_unknown_or_odd_is_answered_200(stage: Stage, events: list[Any], stored: list[str]) -> None:
    assert answers(stage, (envelope(*events), {})) == [200]
    assert stored_elsewhere() == stored


def test_the_largest_body_is_taken(stage: Stage) -> None:
    body = envelope(event("e1", padding="x"))
    body = body.replace(b'"x"', b'"' + b"x" * (intake_app.LARGEST_BODY - len(body) + 1) + b'"')
    assert len(body) == intake_app.LARGEST_BODY
    assert answers(stage, (body, {})) == [200]


def test_200_means_that_it_is_committed(stage: Stage) -> None:
    async def run() -> None:
        async with posts(stage) as line:
            for number in range(5):
                assert await line.events(event(f"e{number}")) == 200
                assert f"e{number}" in await asyncio.to_thread(stored_elsewhere)

    asyncio.run(run())


def test_duplicates_are_stored_once(stage: Stage) -> None:
    async def run() -> None:
        async with posts(stage) as line:
            one = event("e1")
            again = event("e1", deliveryContext={"isRedelivery": True})
            assert await line.events(one, one, again) == 200
            assert await asyncio.gather(*(line.events(again) for _ in range(20))) == [200] * 20

    asyncio.run(run())
    assert stored_elsewhere() == ["e1"]


async def queued(line: Posts, count: int) -> "asyncio.Future[list[int]]":
    """`count` calls at once, all of them waiting for a writer that has not begun; their statuses to come."""
    assert await line.events() == 200  # the channel is opened, so that the calls below arrive in their order
    calls = asyncio.gather(*(line.events(event(f"e{number:03}")) for number in range(count)))
    while line.writer._queue.qsize() < count:
        await asyncio.sleep(0)
    return calls


def test_many_calls_at_once_are_stored_in_few_commits_and_in_their_order(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits: list[int] = []
    store = Writer._commit

    def counting(self: Writer, batch: list[Any]) -> None:
        commits.append(len(batch))
        store(self, batch)

    async def run() -> list[int]:
        async with posts(stage, begun=False) as line:
            calls = await queued(line, 250)
            monkeypatch.setattr(Writer, "_commit", counting)
            line.writer.start()
            found = await calls
            assert len(line.taken) == 2
            return found

    assert asyncio.run(run()) == [200] * 250
    assert commits[:2] == [intake_writer.MOST_AT_ONCE, 50]
    in_order = InboundEvent.everywhere.order_by("pk").values_list("event_id", flat=True)
    assert list(in_order) == [f"e{number:03}" for number in range(250)]


def test_calls_that_wait_are_stored_before_the_writer_ends(stage: Stage) -> None:
    async def run() -> list[int]:
        async with posts(stage, begun=False) as line:
            calls = await queued(line, 20)
            line.writer.start()
            line.writer.stop()
            return await calls

    assert asyncio.run(run()) == [200] * 20
    assert len(stored_elsewhere()) == 20


def test_a_worker_that_cannot_be_told_keeps_nothing_from_being_stored(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(taken: TakenIn) -> None:
        raise RuntimeError("nobody there")

    async def run() -> list[int]:
        async with posts(stage) as line:
            monkeypatch.setattr(line.writer, "_on_stored", deaf)
            return [await line.events(event(name)) for name in ("e1", "e2")]

    assert asyncio.run(run()) == [200, 200]
    assert stored_elsewhere() == ["e1", "e2"]


def test_a_broken_database_is_answered_503_until_it_is_whole_again(stage: Stage) -> None:
    async def run() -> list[int]:
        async with posts(stage) as line:
            found = [await line.events(event("e1"))]
            await asyncio.to_thread(rename, "records_inboundevent", "gone")
            found.append(await line.events(event("e2")))
            await asyncio.to_thread(rename, "gone", "records_inboundevent")
            return [*found, await line.events(event("e2"))]

    assert asyncio.run(run()) == [200, 503, 200]
    assert stored_elsewhere() == ["e1", "e2"]


def rename(table: str, to: str) -> None:
    """Call it in a thread of its own, which leaves no connection behind."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {to}")
    connection.close()


def test_a_database_that_refuses_is_answered_503_and_nothing_is_stored(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in = intake_writer.take_in

    def half_done(**told: Any) -> TakenIn:
        take_in(**told)
        raise OperationalError("disk full")

    async def run() -> list[int]:
        async with posts(stage) as line:
            with monkeypatch.context() as patch:
                patch.setattr(intake_writer, "take_in", half_done)
                broken = await line.events(event("e1"))
            return [broken, await line.events(event("e1"))]

    assert asyncio.run(run()) == [503, 200]
    assert stored_elsewhere() == ["e1"]


def test_a_database_that_cannot_be_read_is_answered_503(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(self: ChannelPool, channel_id: str) -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr(ChannelPool, "get", gone)
    assert answers(stage, (GOOD, {})) == [503]


def test_one_call_that_cannot_be_stored_keeps_no_other_out(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in = intake_writer.take_in

    def picky(**told: Any) -> TakenIn:
        if any(each.id == "bad" for each in told["events"]):
            raise OperationalError("this one never")
        return take_in(**told)

    async def run() -> list[int]:
        async with posts(stage) as line:
            return await asyncio.gather(*(line.events(event(name)) for name in ("a", "b", "bad", "c", "d")))

    monkeypatch.setattr(intake_writer, "take_in", picky)
    assert asyncio.run(run()) == [200, 200, 503, 200, 200]
    assert stored_elsewhere() == ["a", "b", "c", "d"]


def test_a_store_that_takes_too_long_is_answered_503_and_counts_once_when_it_comes_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> list[int]:
        async with posts(stage) as line:
            with monkeypatch.context() as patch:
                patch.setattr(intake_app, "SECONDS_TO_STORE", 0.0)
                late = await line.events(event("e1"))
            return [late, await line.events(event("e1"))]

    assert asyncio.run(run()) == [503, 200]
    assert stored_elsewhere() == ["e1"]


def test_openings_are_told_in_the_order_of_their_events(stage: Stage) -> None:
    async def told() -> list[TakenIn]:
        async with posts(stage) as line:
            words = {"type": "text", "id": "1", "text": "สวัสดี"}
            group = stage.staff.channel_group
            both = [event(f"m{n}", "message", group=group, message=words, replyToken=f"t{n}") for n in (1, 2)]
            assert await line.events(*both) == 200
            return line.taken

    (taken,) = asyncio.run(told())
    assert [opening.window.token for opening in taken.openings] == ["t1", "t2"]
    assert not taken.waiting
    assert InboundEvent.everywhere.filter(group=stage.staff).count() == 2


def test_an_event_that_comes_again_opens_no_second_window(stage: Stage) -> None:
    said = message(stage, "m1", "text", text="สวัสดี", id="1")
    again = said | {"deliveryContext": {"isRedelivery": True}}

    async def told() -> list[TakenIn]:
        async with posts(stage) as line:
            assert [await line.events(said, said), await line.events(again), await line.events(said)] == [200] * 3
            return line.taken

    windows = [opening.window.token for taken in asyncio.run(told()) for opening in taken.openings]
    assert windows == ["token-of-m1"]
    assert stored_elsewhere() == ["m1"]


def test_a_first_redelivery_counts_like_a_first_delivery(stage: Stage) -> None:
    late = message(stage, "m1", "text", text="สวัสดี", id="1") | {"deliveryContext": {"isRedelivery": True}}
    (taken,) = hear(stage, late)
    assert len(taken.openings) == 1
    assert stored_elsewhere() == ["m1"]


def test_a_group_of_another_channel_is_not_taken_for_ours(stage: Stage) -> None:
    other = make_stage("other-")
    said = message(stage, "m1", "text", text="สวัสดี", id="1")
    (taken,) = hear(other, said)
    assert taken.openings == ()
    row = InboundEvent.everywhere.get()
    assert (row.province, row.channel, row.group) == (other.province, other.channel, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KINDS = ["message", "messageEdited", "unsend", "join", "leave", "memberJoined", "memberLeft", "postback", "else"]
ODD_EVENTS = st.fixed_dictionaries(
    {"webhookEventId": st.text(min_size=1, max_size=12)},
    optional={
        "type": st.sampled_from(KINDS) | JSON,
        "timestamp": st.integers(-(10**15), 10**15) | JSON,
        "source": st.fixed_dictionaries({"type": st.just("group")}, optional={"groupId": JSON, "userId": JSON}) | JSON,
        "replyToken": JSON,
        "message": st.fixed_dictionaries(
            {"type": st.sampled_from(["text", "sticker"]), "id": st.text(min_size=1, max_size=4)},
            optional={"text": JSON, "quotedMessageId": JSON, "quoteToken": JSON},
        )
        | JSON,
        "unsend": st.fixed_dictionaries({"messageId": st.text(min_size=1, max_size=4)}) | JSON,
        "postback": st.fixed_dictionaries({"data": st.text(max_size=8)}) | JSON,
        "joined": JSON,
    },
)
BODIES = st.one_of(
    st.binary(max_size=200),
    JSON.map(lambda told: json.dumps(told).encode()),
    st.lists(ODD_EVENTS | JSON, max_size=4).map(lambda events: json.dumps({"events": events}).encode()),
)


def test_whatever_is_signed_is_stored_or_refused_and_never_breaks_the_intake(stage: Stage) -> None:
    with asyncio.Runner() as runner:
        context = posts(stage)
        line = runner.run(context.__aenter__())

        @given(BODIES)
        def answered(body: bytes) -> None:
            assert runner.run(line.post(body)).status in {200, 400}
            handle_waiting(now=NOW)

        try:
            answered()
        finally:
            runner.run(context.__aexit__(None, None, None))
