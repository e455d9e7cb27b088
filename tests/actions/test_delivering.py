"""One delivery, one call: claimed once, checked again, settled by what the channel said."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import override_settings

from saisaat.actions import deliver, review
from saisaat.actions.schedule import withdraw
from saisaat.domain.delivery import Outcome, State, Way
from saisaat.domain.errors import Invalid
from saisaat.records.models import (
    Attempt,
    Channel,
    Delivery,
    Group,
    Item,
    LedgerEntry,
)
from saisaat.records.models import SentMessage as SentRow
from tests.actions.calls import MINUTE, RECEIPT, S, fail, read_quota
from tests.actions.stage import SECOND, WORKER, Stage, window
from tests.factories import NOW

# --- the claim


def test_a_claim_writes_the_attempt_before_anything_is_called(stage: Stage) -> None:
    delivery = stage.armed()
    attempt = stage.claimed(delivery)
    item = stage.fresh(delivery).item
    assert item is not None
    assert stage.state(delivery) is S.SENDING
    assert (attempt.no, attempt.way, attempt.calls, attempt.finished_at) == (1, Way.PIGGYBACK, 0, None)
    assert attempt.canonical_sha256 == item.approved_sha256
    assert attempt.body_sha256 == hashlib.sha256(attempt.body.encode()).hexdigest()
    assert attempt.token_sha256 == hashlib.sha256(attempt.token.encode()).hexdigest()
    told = json.dumps(json.loads(attempt.body), ensure_ascii=False)
    assert f"ss:{attempt.mark}:ack" in told
    assert f"/i/{item.slug}/{stage.staff.code}" in told
    assert not {"{base}", "{group}", "{delivery}"} & {word for word in told.split('"')}
    assert "{" + "delivery}" not in told


def test_only_one_gets_the_delivery(stage: Stage) -> None:
    delivery = stage.armed()
    stage.claimed(delivery)
    assert deliver.claim_reply(window=window(stage.staff.pk), way=Way.DUTY, now=NOW, worker="b", by=WORKER) is None
    assert Attempt.of(stage.province).count() == 1


def test_a_stale_claim_of_a_taken_delivery_writes_nothing(stage: Stage) -> None:
    delivery = stage.armed()
    stale = stage.fresh(delivery)
    stage.claimed(delivery)
    read_quota(stage)
    assert deliver.claim_push(delivery=stale, heads=3, now=NOW, worker="b", by=WORKER) is None
    assert Attempt.of(stage.province).count() == 1
    assert not LedgerEntry.of(stage.province).exists()


def test_a_token_is_used_once_ever(stage: Stage) -> None:
    first, second = stage.armed(), stage.armed()
    opened = window(stage.staff.pk)
    one = deliver.claim_reply(window=opened, way=Way.DUTY, now=NOW, worker="w", by=WORKER)
    assert one is not None
    fail(stage, Attempt.everywhere.get(pk=one), Outcome.INVALID_TOKEN)
    again = deliver.claim_reply(window=opened, way=Way.DUTY, now=NOW + SECOND, worker="w", by=WORKER)
    assert again is None
    assert [stage.state(row) for row in (first, second)] == [S.ARMED, S.ARMED]


@pytest.mark.parametrize(("age", "usable"), [(-61, False), (-30, True), (0, True), (50, True), (51, False)])
def test_a_window_stays_open_fifty_seconds(stage: Stage, age: int, usable: bool) -> None:
    stage.armed()
    opened = window(stage.staff.pk, NOW - age * SECOND)
    claimed = deliver.claim_reply(window=opened, way=Way.PIGGYBACK, now=NOW, worker="w", by=WORKER)
    assert (claimed is not None) is usable


def test_a_window_serves_its_own_group_only(stage: Stage) -> None:
    stage.armed(stage.network)
    opened = window(stage.staff.pk)
    assert deliver.claim_reply(window=opened, way=Way.PIGGYBACK, now=NOW, worker="w", by=WORKER) is None


def test_the_oldest_goes_first_and_the_duty_officer_may_choose(stage: Stage) -> None:
    old, new = stage.armed(at=NOW - 2 * MINUTE), stage.armed()
    number = stage.fresh(new).entry.no
    chosen = deliver.claim_reply(
        window=window(stage.staff.pk), way=Way.DUTY, now=NOW, worker="w", by=WORKER, entry_no=number
    )
    assert Attempt.everywhere.get(pk=chosen).delivery_id == new.pk
    following = deliver.claim_reply(window=window(stage.staff.pk), way=Way.DUTY, now=NOW, worker="w", by=WORKER)
    assert Attempt.everywhere.get(pk=following).delivery_id == old.pk


def test_a_group_gets_no_second_publication_within_the_gap_unless_asked_for(stage: Stage) -> None:
    first, second = stage.armed(), stage.armed()
    deliver.record_receipt(attempt_id=stage.called(first).pk, receipt=RECEIPT, now=NOW, by=WORKER)
    soon = NOW + deliver.GAP - SECOND
    opened = window(stage.staff.pk, soon)
    assert deliver.claim_reply(window=opened, way=Way.PIGGYBACK, now=soon, worker="w", by=WORKER) is None
    asked = deliver.claim_reply(window=opened, way=Way.DUTY, now=soon, worker="w", by=WORKER)
    assert Attempt.everywhere.get(pk=asked).delivery_id == second.pk


def test_past_its_deadline_nothing_is_claimed(stage: Stage) -> None:
    late = stage.armed().deadline
    opened = window(stage.staff.pk, late)
    assert deliver.claim_reply(window=opened, way=Way.PIGGYBACK, now=late, worker="w", by=WORKER) is None


def test_a_stopped_channel_claims_nothing(stage: Stage) -> None:
    delivery = stage.armed()
    Channel.everywhere.filter(pk=stage.channel.pk).update(stopped_at=NOW, stopped_reason="401")
    opened = window(stage.staff.pk)
    assert deliver.claim_reply(window=opened, way=Way.PIGGYBACK, now=NOW, worker="w", by=WORKER) is None
    assert stage.state(delivery) is S.ARMED


def test_an_address_that_would_change_the_message_is_refused(stage: Stage) -> None:
    delivery = stage.armed()
    with override_settings(BASE_URL='https://x","evil":"'), pytest.raises(Invalid, match="อักขระที่ไม่อนุญาต"):
        stage.claimed(delivery)
    assert stage.state(delivery) is S.ARMED
    assert not Attempt.of(stage.province).exists()


# --- the second look


def leave(stage: Stage, delivery: Delivery) -> None:
    Group.everywhere.filter(pk=delivery.group_id).update(left_at=NOW)


def stop(stage: Stage, delivery: Delivery) -> None:
    Channel.everywhere.filter(pk=stage.channel.pk).update(stopped_at=NOW, stopped_reason="401")


def unapprove(stage: Stage, delivery: Delivery) -> None:
    item = stage.fresh(delivery).item
    assert item is not None
    review.void(item=item, reason="ผิด", by=stage.actor("reviewer"), now=NOW)


def change(stage: Stage, delivery: Delivery) -> None:
    Item.everywhere.filter(pk=delivery.item_id).update(sha256="1" * 64, approved_sha256="1" * 64)


def take_out(stage: Stage, delivery: Delivery) -> None:
    withdraw(entry=delivery.entry, reason="เลื่อน", by=stage.actor("owner"), now=NOW)


def nothing(stage: Stage, delivery: Delivery) -> None:
    """Only time passes."""


@pytest.mark.parametrize(
    ("happens", "after", "state"),
    [
        (take_out, SECOND, S.CANCELLED),
        (unapprove, SECOND, S.CANCELLED),
        (change, SECOND, S.CANCELLED),
        (nothing, timedelta(hours=10), S.MISSED),
        (leave, SECOND, S.ARMED),
        (stop, SECOND, S.ARMED),
        (nothing, timedelta(hours=10) - SECOND, S.SENDING),
    ],
)
def test_everything_is_checked_again_just_before_the_call(
    stage: Stage, happens: Callable[[Stage, Delivery], None], after: timedelta, state: State
) -> None:
    delivery = stage.armed()
    attempt = stage.claimed(delivery)
    happens(stage, delivery)
    call = deliver.begin_call(attempt_id=attempt.pk, now=NOW + after, by=WORKER)
    assert stage.state(delivery) is state
    attempt.refresh_from_db()
    if state is S.SENDING:
        assert call is not None and (call.token, call.retried) == (attempt.token, False)
        assert attempt.calls == 1
    else:
        assert call is None
        assert (attempt.calls, attempt.token) == (0, "")
        assert attempt.finished_at is not None


def test_quiet_hours_that_began_meanwhile_send_it_back(stage: Stage) -> None:
    evening = NOW + timedelta(hours=9, minutes=59, seconds=59)
    delivery = stage.armed(at=evening)
    attempt = stage.claimed(delivery, evening)
    assert deliver.begin_call(attempt_id=attempt.pk, now=evening + SECOND, by=WORKER) is None
    assert stage.state(delivery) is S.ARMED


def test_a_finished_attempt_is_never_called_again(stage: Stage) -> None:
    attempt = stage.called(stage.armed())
    deliver.record_receipt(attempt_id=attempt.pk, receipt=RECEIPT, now=NOW, by=WORKER)
    assert deliver.begin_call(attempt_id=attempt.pk, now=NOW, by=WORKER) is None
    assert Attempt.everywhere.get(pk=attempt.pk).calls == 1


# --- what came of the call


def test_a_receipt_makes_it_sent_and_keeps_the_message_ids(stage: Stage) -> None:
    delivery = stage.armed()
    attempt = stage.called(delivery)
    deliver.record_receipt(attempt_id=attempt.pk, receipt=RECEIPT, now=NOW + SECOND, by=WORKER)
    found = stage.fresh(delivery)
    assert (found.state, found.sent_at, found.way) == (S.SENT, NOW + SECOND, Way.PIGGYBACK)
    attempt.refresh_from_db()
    assert (attempt.outcome, attempt.request_id, attempt.token) == (Outcome.ACCEPTED, "request-1", "")
    sent = SentRow.of(stage.province).order_by("message_id")
    assert [(row.message_id, row.quote_token) for row in sent] == [("m1", "q1"), ("m2", "")]
