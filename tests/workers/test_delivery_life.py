"""The whole life of deliveries under every fault and every crash: never twice, never lost, never a wrong claim."""

import re
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from saisaat.actions import connect, deliver, receive
from saisaat.domain.delivery import DELIVERED_STATES, State
from saisaat.domain.messages import EventKind
from saisaat.records import audit
from saisaat.records.models import Attempt, Channel, Delivery, Group, PlanEntry
from saisaat.workers.engine import Engine
from tests.actions.stage import Stage, make_stage
from tests.factories import NOW
from tests.workers.fake_line import FakeLine, Fault, Inline, Killed, OnePort, drive

# Calls without an answer are what this is about: they come as often as all other faults together.
UNANSWERED = [Fault.ACCEPTED_UNANSWERED, Fault.LOST, Fault.KILLED_AFTER]
FAULTS = st.lists(st.sampled_from([*UNANSWERED * 4, *Fault]), min_size=1, max_size=3)
CRASHES = st.sampled_from([None, None, None, *((at, after) for at in range(15) for after in (False, True))])
USER = "U" + "7" * 32
_lives = count(1)
MAY_BE_THERE = DELIVERED_STATES | {State.SENDING, State.UNCERTAIN}


def mark_of(body: str) -> str:
    """The attempt's mark in the buttons of an accepted call."""
    return re.findall(r"ss:([0-9a-z]{16}):ack", body)[0]


class Life(RuleBasedStateMachine):
    """One group, deliveries with and without pushes, an engine that is killed and started again at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.now: datetime = NOW
        self.stage: Stage = make_stage(f"life-{next(_lives)}-")
        self.item = self.stage.approved()
        duty = self.stage.people["duty"]
        connect.link_identity(channel=self.stage.channel, person=duty, user=USER, by=self.stage.actor("duty"), now=NOW)
        self.line = FakeLine(lambda: self.now)
        self.deliveries: list[Delivery] = []
        self.start()
        for _ in range(3):
            self.plan(push=False, hours=10)
        self.work(None, [], None)
        self.plan(push=True, hours=1)

    def teardown(self) -> None:
        try:
            self.come_to_rest()
        finally:
            transaction.savepoint_rollback(self.savepoint)

    def start(self) -> None:
        self.database = Inline()
        port = OnePort(self.stage.channel, self.line)
        self.engine = Engine(
            pool=port,  # type: ignore[arg-type]
            database=self.database,  # type: ignore[arg-type]
            now=lambda: self.now,
            name="engine",
            alone=True,
        )

    def work(self, taken: receive.TakenIn | None, faults: list[Fault], crash: tuple[int, bool] | None) -> None:
        """Let the engine tick or use what came in; where it is killed, another one starts."""
        self.line.faults.extend(faults)
        if crash is not None:
            self.database.kill_at, self.database.kill_after_it = crash
        step = self.engine.tick() if taken is None else self.engine.handle(taken)
        while step is not None:
            try:
                step = drive(step)
            except Killed:
                self.start()
                step = self.engine.tick()
        self.database.kill_at = None
        self.line.faults.clear()

    @rule(push=st.booleans(), hours=st.sampled_from([1, 10]))
    def something_is_due(self, push: bool, hours: int) -> None:
        if len(self.deliveries) < 7:
            self.plan(push, hours)

    def plan(self, push: bool, hours: int) -> None:
        delivery = self.stage.planned(self.item, at=self.now)
        PlanEntry.everywhere.filter(pk=delivery.entry_id).update(push_allowed=push)
        Delivery.everywhere.filter(pk=delivery.pk).update(deadline=self.now + timedelta(hours=hours))
        self.deliveries.append(delivery)

    @rule(seconds=st.sampled_from([1, 1, 2, 30, 55, 600, 2400]), faults=FAULTS, crash=CRASHES)
    def time_passes(self, seconds: int, faults: list[Fault], crash: tuple[int, bool] | None) -> None:
        self.now += timedelta(seconds=seconds)
        self.work(None, faults, crash)

    @rule(faults=FAULTS, crash=CRASHES, text=st.sampled_from(["สวัสดี", "#โพสต์"]))
    def somebody_writes(self, faults: list[Fault], crash: tuple[int, bool] | None, text: str) -> None:
        event = self.stage.event(occurred_at=self.now, reply_token=self.line.issue(), text=text, user=USER)
        taken = receive.take_in(channel=self.stage.channel, events=[event], now=self.now)
        self.work(taken, faults, crash)

    @precondition(lambda self: self.line.accepted)
    @rule(data=st.data(), crash=CRASHES)
    def somebody_presses(self, data: st.DataObject, crash: tuple[int, bool] | None) -> None:
        """Only what is in the group can be pressed."""
        body = data.draw(st.sampled_from(self.line.accepted))
        mark = mark_of(body)
        event = self.stage.event(
            EventKind.POSTBACK, occurred_at=self.now, reply_token=self.line.issue(), data=f"ss:{mark}:ack"
        )
        self.work(receive.take_in(channel=self.stage.channel, events=[event], now=self.now), [], crash)

    @rule()
    def a_person_looks_after_it(self) -> None:
        """What was stopped works again, and what is uncertain is looked for in the group."""
        Channel.everywhere.update(stopped_at=None, stopped_reason=None, push_stopped_month="")
        Group.everywhere.update(left_at=None)
        for delivery in Delivery.everywhere.filter(state=State.UNCERTAIN):
            seen = self.accepted(delivery) > 0
            by = self.stage.actor("duty")
            deliver.resolve(delivery=delivery, seen=seen, evidence="ดูในกลุ่มแล้ว", by=by, now=self.now)

    def accepted(self, delivery: Delivery) -> int:
        marks = set(Attempt.everywhere.filter(delivery=delivery).values_list("mark", flat=True))
        return sum(1 for body in self.line.accepted if mark_of(body) in marks)

    @invariant()
    def nothing_is_there_twice(self) -> None:
        assert all(self.accepted(delivery) <= 1 for delivery in self.deliveries)

    @invariant()
    def what_is_there_is_known_or_openly_uncertain(self) -> None:
        for delivery in self.deliveries:
            state = self.stage.state(delivery)
            assert not self.accepted(delivery) or state in MAY_BE_THERE, (state, "but the group has it")
            assert state not in DELIVERED_STATES or self.accepted(delivery), (state, "but the group has not got it")

    @invariant()
    def at_most_one_attempt_is_open(self) -> None:
        assert Attempt.everywhere.filter(finished_at__isnull=True).count() <= len(
            Delivery.everywhere.filter(state=State.SENDING)
        )

    def come_to_rest(self) -> None:
        """Two days later nothing is half done, and the books agree with LINE."""
        self.start()
        self.now += timedelta(days=2)
        self.work(None, [], None)
        assert not Attempt.everywhere.filter(finished_at__isnull=True).exists()
        for delivery in self.deliveries:
            state = self.stage.state(delivery)
            assert state not in {State.PLANNED, State.DUE, State.ARMED, State.SENDING}, state
            assert bool(self.accepted(delivery)) is (state in DELIVERED_STATES) or state is State.UNCERTAIN
        audit.verify(self.stage.province.pk)


@pytest.mark.django_db
def test_under_all_faults_and_crashes() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
