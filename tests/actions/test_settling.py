"""What the end of a call means: the grid of outcomes, pushes and the ledger, crashes, and what a person decides."""

import json
from datetime import timedelta

import pytest

from saisaat.actions import deliver
from saisaat.domain.delivery import Alarm, Outcome, State, Way
from saisaat.domain.errors import Invalid, NotNow
from saisaat.queries.ledger import standing_ledger
from saisaat.records import audit
from saisaat.records.models import (
    Attempt,
    AuditEvent,
    Channel,
    Delivery,
    Group,
    LedgerEntry,
    LedgerRefusal,
)
from tests.actions.calls import MINUTE, RECEIPT, S, fail, read_quota
from tests.actions.stage import SECOND, WORKER, Stage, window
from tests.factories import NOW

A, U, F = S.ARMED, S.UNCERTAIN, S.FAILED

REPLY = {
    Outcome.INVALID_TOKEN: (A, U),
    Outcome.RATE_LIMITED: (A, U),
    Outcome.MONTHLY_LIMIT: (A, U),
    Outcome.UNAUTHORIZED: (A, U),
    Outcome.GROUP_GONE: (A, U),
    Outcome.REJECTED: (F, U),
    Outcome.NOT_CONNECTED: (A, U),
    Outcome.NO_ANSWER: ("again", U),
    Outcome.SERVER_ERROR: ("again", U),
}
PUSH = {
    Outcome.INVALID_TOKEN: (A, U),
    Outcome.RATE_LIMITED: (A, "again"),
    Outcome.MONTHLY_LIMIT: (A, U),
    Outcome.UNAUTHORIZED: (A, U),
    Outcome.GROUP_GONE: (A, U),
    Outcome.REJECTED: (F, F),
    Outcome.NOT_CONNECTED: (A, "again"),
    Outcome.NO_ANSWER: ("again", "again"),
    Outcome.SERVER_ERROR: ("again", "again"),
}
GRID = [
    (way, outcome, retried, table[outcome][retried])
    for way, table in ((Way.PIGGYBACK, REPLY), (Way.DUTY, REPLY), (Way.PUSH, PUSH))
    for outcome in table
    for retried in (False, True)
]


@pytest.mark.parametrize(("way", "outcome", "retried", "expected"), GRID)
def test_what_an_outcome_means(stage: Stage, way: Way, outcome: Outcome, retried: bool, expected: State | str) -> None:
    """After a call without an answer only an acceptance, or a refusal of a push's very bytes, proves anything."""
    read_quota(stage)
    delivery = stage.armed()
    attempt = stage.called(delivery, way=way)
    if retried:
        assert fail(stage, attempt, Outcome.NO_ANSWER) is True
        assert deliver.begin_call(attempt_id=attempt.pk, now=NOW + SECOND, by=WORKER) is not None
    again = fail(stage, attempt, outcome, retried, 2 * SECOND)
    assert again is (expected == "again")
    assert stage.state(delivery) is (S.SENDING if again else expected)
    attempt.refresh_from_db()
    assert (attempt.finished_at is None) is again
    entry = LedgerEntry.of(stage.province).first()
    if way is Way.PUSH:
        held = again or expected is U
        assert entry is not None and entry.kind == ("reserved" if held else "released")
    else:
        assert entry is None


# A repeated reply proves nothing, not even that something must stop.
@pytest.mark.parametrize(("way", "retried"), [(Way.PIGGYBACK, False), (Way.PUSH, False), (Way.PUSH, True)])
@pytest.mark.parametrize(
    ("outcome", "alarm"),
    [(Outcome.UNAUTHORIZED, Alarm.STOP_CHANNEL), (Outcome.GROUP_GONE, Alarm.STOP_GROUP)],
)
def test_alarms_stop_what_a_person_must_look_at(
    stage: Stage, way: Way, retried: bool, outcome: Outcome, alarm: Alarm
) -> None:
    read_quota(stage)
    attempt = stage.called(stage.armed(), way=way)
    if retried:
        fail(stage, attempt, Outcome.NO_ANSWER)
        deliver.begin_call(attempt_id=attempt.pk, now=NOW, by=WORKER)
    fail(stage, attempt, outcome, retried)
    assert AuditEvent.of(stage.province).filter(action=f"alarm.{alarm}").count() == 1
    channel, group = Channel.everywhere.get(pk=stage.channel.pk), Group.everywhere.get(pk=stage.staff.pk)
    assert (channel.stopped_at is not None) is (alarm is Alarm.STOP_CHANNEL)
    assert (group.left_at is not None) is (alarm is Alarm.STOP_GROUP)


def test_a_monthly_limit_stops_pushes_of_the_month_only(stage: Stage) -> None:
    read_quota(stage)
    attempt = stage.called(stage.armed(), way=Way.PUSH)
    fail(stage, attempt, Outcome.MONTHLY_LIMIT)
    channel = Channel.everywhere.get(pk=stage.channel.pk)
    assert (channel.push_stopped_month, channel.stopped_at) == ("2020-05", None)


def test_a_reply_is_tried_at_most_twice_and_only_inside_its_window(stage: Stage) -> None:
    delivery = stage.armed()
    attempt = stage.called(delivery)
    assert fail(stage, attempt, Outcome.NO_ANSWER, after=51 * SECOND) is False
    assert stage.state(delivery) is S.UNCERTAIN


def test_a_rate_limit_waits_a_minute(stage: Stage) -> None:
    delivery = stage.armed()
    fail(stage, stage.called(delivery), Outcome.RATE_LIMITED, after=timedelta())
    soon, later = NOW + 59 * SECOND, NOW + 60 * SECOND
    for at, found in ((soon, False), (later, True)):
        claimed = deliver.claim_reply(
            window=window(stage.staff.pk, at), way=Way.PIGGYBACK, now=at, worker="w", by=WORKER
        )
        assert (claimed is not None) is found


def test_the_second_attempt_of_a_delivery_has_a_mark_of_its_own(stage: Stage) -> None:
    delivery = stage.armed()
    first = stage.called(delivery)
    fail(stage, first, Outcome.INVALID_TOKEN)
    second = stage.claimed(delivery, NOW + MINUTE)
    assert second.no == 2
    assert second.mark != first.mark and second.mark in second.body


# --- pushes and the ledger


def test_a_push_reserves_its_heads_and_spends_them_when_accepted(stage: Stage) -> None:
    read_quota(stage, limit=300, used=290)
    delivery = stage.armed()
    attempt = stage.called(delivery, way=Way.PUSH)
    assert attempt.retry_key is not None and attempt.token_sha256 is None
    assert standing_ledger(stage.channel, NOW).reserved == 3
    deliver.record_receipt(attempt_id=attempt.pk, receipt=RECEIPT, now=NOW + SECOND, by=WORKER)
    ledger = standing_ledger(stage.channel, NOW)
    assert (ledger.reserved, [spend.heads for spend in ledger.spends]) == (0, [3])


def test_a_released_push_gives_its_heads_back(stage: Stage) -> None:
    read_quota(stage)
    fail(stage, stage.called(stage.armed(), way=Way.PUSH), Outcome.NOT_CONNECTED)
    ledger = standing_ledger(stage.channel, NOW)
    assert (ledger.reserved, list(ledger.spends)) == (0, [])


@pytest.mark.parametrize(
    ("limit", "used", "why"), [(300, 298, "เหลือ 2"), (None, 0, "ไม่จำกัด"), ("never read", 0, "ยังไม่เคยอ่าน")]
)
def test_a_push_that_is_not_certainly_free_is_refused_in_writing(
    stage: Stage, limit: int | str | None, used: int, why: str
) -> None:
    if limit != "never read":
        read_quota(stage, limit, used)  # type: ignore[arg-type]
    delivery = stage.fresh(stage.armed())
    assert deliver.claim_push(delivery=delivery, heads=3, now=NOW, worker="w", by=WORKER) is None
    assert stage.state(delivery) is S.ARMED
    assert why in LedgerRefusal.of(stage.province).get().reason
    assert not LedgerEntry.of(stage.province).exists()


def test_what_is_reserved_is_not_promised_twice(stage: Stage) -> None:
    read_quota(stage, limit=5)
    one, two = stage.armed(), stage.armed(stage.network)
    stage.claimed(one, way=Way.PUSH)
    assert deliver.claim_push(delivery=stage.fresh(two), heads=3, now=NOW, worker="w", by=WORKER) is None
    assert "กันไว้ให้รายการอื่นแล้ว 3" in LedgerRefusal.of(stage.province).get().reason


# --- after a crash


def test_a_claim_without_a_call_goes_back(stage: Stage) -> None:
    delivery = stage.armed()
    stage.claimed(delivery)
    assert deliver.settle_interrupted(now=NOW + timedelta(hours=2), by=WORKER) == []
    assert stage.state(delivery) is S.ARMED


@pytest.mark.parametrize(
    ("way", "after", "again"),
    [
        (Way.PIGGYBACK, timedelta(seconds=50), True),
        (Way.PIGGYBACK, timedelta(seconds=51), False),
        (Way.PUSH, timedelta(hours=23, minutes=59), True),
        (Way.PUSH, timedelta(hours=24), False),
    ],
)
def test_a_call_without_an_end_is_repeated_or_uncertain(stage: Stage, way: Way, after: timedelta, again: bool) -> None:
    read_quota(stage)
    delivery = stage.armed()
    attempt = stage.called(delivery, way=way)
    found = deliver.settle_interrupted(now=NOW + after, by=WORKER)
    assert found == ([attempt.pk] if again else [])
    assert stage.state(delivery) is (S.SENDING if again else S.UNCERTAIN)
    if again:
        call = deliver.begin_call(attempt_id=attempt.pk, now=NOW + after, by=WORKER)
        assert call is not None and call.retried
        assert (call.token, call.retry_key) == (attempt.token, str(attempt.retry_key or ""))
        assert json.loads(attempt.body) == call.messages
    else:
        assert Attempt.everywhere.get(pk=attempt.pk).token == ""


def test_a_reply_that_was_tried_twice_is_not_tried_a_third_time(stage: Stage) -> None:
    delivery = stage.armed()
    attempt = stage.called(delivery)
    deliver.begin_call(attempt_id=attempt.pk, now=NOW + SECOND, by=WORKER)
    assert deliver.settle_interrupted(now=NOW + 2 * SECOND, by=WORKER) == []
    assert stage.state(delivery) is S.UNCERTAIN


def test_another_workers_attempt_is_left_alone_until_that_worker_must_be_dead(stage: Stage) -> None:
    delivery = stage.armed()
    stage.called(delivery)
    almost = NOW + deliver.ABANDONED - SECOND
    assert deliver.settle_interrupted(now=almost, by=WORKER, worker="another") == []
    assert stage.state(delivery) is S.SENDING
    deliver.settle_interrupted(now=NOW + deliver.ABANDONED, by=WORKER, worker="another")
    assert stage.state(delivery) is S.UNCERTAIN


def test_settling_twice_changes_nothing(stage: Stage) -> None:
    stage.called(stage.armed())
    deliver.settle_interrupted(now=NOW + 5 * MINUTE, by=WORKER)
    rows = audit.verify(stage.province.pk)
    deliver.settle_interrupted(now=NOW + 6 * MINUTE, by=WORKER)
    assert audit.verify(stage.province.pk) == rows


# --- the desk


def uncertain(stage: Stage, way: Way = Way.PIGGYBACK) -> Delivery:
    read_quota(stage)
    delivery = stage.armed()
    stage.called(delivery, way=way)
    deliver.settle_interrupted(now=NOW + timedelta(days=2), by=WORKER)
    return stage.fresh(delivery)


@pytest.mark.parametrize(("seen", "state", "kind"), [(True, S.SENT, "spent"), (False, S.MISSED, "released")])
def test_a_person_who_looked_decides(stage: Stage, seen: bool, state: State, kind: str) -> None:
    delivery = uncertain(stage, Way.PUSH)
    deliver.resolve(delivery=delivery, seen=seen, evidence="เปิดดูในกลุ่ม", by=stage.actor("duty"), now=NOW + MINUTE)
    found = stage.fresh(delivery)
    assert found.state == state
    assert "เปิดดูในกลุ่ม" in found.reason
    assert (found.way, found.sent_at) == ((Way.PUSH, NOW) if seen else (None, None))
    assert LedgerEntry.of(stage.province).get().kind == kind
    told = AuditEvent.of(stage.province).filter(object_id=delivery.pk).order_by("-no")[0]
    assert (told.action, told.actor) == (f"delivery.{state}", stage.people["duty"].pk)


def test_a_decision_needs_its_evidence(stage: Stage) -> None:
    delivery = uncertain(stage)
    with pytest.raises(Invalid, match="เห็นหรือไม่เห็น"):
        deliver.resolve(delivery=delivery, seen=True, evidence=" ", by=stage.actor("duty"), now=NOW)
    assert stage.state(delivery) is S.UNCERTAIN


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize("state", [S.ARMED, S.SENDING, S.SENT])
def test_only_what_is_uncertain_is_decided_by_a_person(stage: Stage, state: State, seen: bool) -> None:
    delivery = stage.armed()
    attempt = stage.called(delivery)
    if state is S.SENT:
        deliver.record_receipt(attempt_id=attempt.pk, receipt=RECEIPT, now=NOW, by=WORKER)
    if state is S.ARMED:
        fail(stage, attempt, Outcome.INVALID_TOKEN)
    with pytest.raises(NotNow, match="ไม่แน่ใจ"):
        deliver.resolve(delivery=delivery, seen=seen, evidence="ดูแล้ว", by=stage.actor("duty"), now=NOW)
    assert stage.state(delivery) is state
