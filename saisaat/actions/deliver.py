"""Delivering: claim, re-check, note the call, settle. Each step is its own short transaction; the call is between them.

A crash at any line leaves a row that says how far it came: no attempt (armed, nothing happened), an attempt with
`calls == 0` (nothing left this machine), an attempt with calls and no end (a reply is uncertain, a push is repeated
under its retry key). Nothing is sent twice to be safe, nothing dropped to be quick.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from saisaat.actions.schedule import change_state, in_quiet_hours
from saisaat.domain.approval import ItemStatus, check_sent_form, fill
from saisaat.domain.delivery import (
    REPLY_WINDOW,
    RETRY_KEY_LIFE,
    Alarm,
    Outcome,
    Settlement,
    State,
    Way,
    can_reply,
    settle,
)
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.ledger import check_push
from saisaat.domain.liff import liff_url
from saisaat.domain.messages import Receipt
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.queries.ledger import standing_ledger
from saisaat.records import audit
from saisaat.records.base import random_id
from saisaat.records.links import group_link
from saisaat.records.models import (
    Attempt,
    Channel,
    Delivery,
    Group,
    LedgerEntry,
    LedgerRefusal,
    SentMessage,
)

ABANDONED = timedelta(minutes=3)
"""No living worker holds an attempt open this long, except a push it repeats; repeating that one too is harmless."""

GAP = timedelta(minutes=30)
"""Unless the duty officer asks, a group gets its next publication no sooner than this after the last."""


@dataclass(frozen=True, slots=True)
class Window:
    """A chance to reply free of charge: an event of `group` (its row id) with a token. `event_at`: the event's time."""

    group: str
    token: str
    event_at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask of the channel now. Exactly one of `token` and `retry_key` is set."""

    attempt: int
    channel: str
    to: str
    way: Way
    messages: list[dict[str, Any]]
    token: str
    retry_key: str
    retried: bool


def claim_reply(
    *, window: Window, way: Way, now: datetime, worker: str, by: Actor, entry_no: int | None = None
) -> int | None:
    """Claim the oldest armed delivery of the window's group, or the entry asked for. None when there is none."""
    if not can_reply(window.event_at, now):
        return None
    token_sha256 = hashlib.sha256(window.token.encode()).hexdigest()
    delivery = _next_armed(window.group, way, now, entry_no)
    if (
        delivery is None
        or in_quiet_hours(delivery, now)
        or Attempt.everywhere.filter(token_sha256=token_sha256).exists()
    ):
        return None
    return _claim(
        delivery,
        way,
        now,
        worker,
        by,
        token=window.token,
        token_sha256=token_sha256,
        token_at=window.event_at,
    )


def claim_push(*, delivery: Delivery, heads: int, now: datetime, worker: str, by: Actor) -> int | None:
    """Claim `delivery` for a push to `heads` people, reserving them in the ledger; a refusal is written down."""
    with transaction.atomic():
        # Two workers must not both see the last free messages.
        channel = Channel.everywhere.select_for_update().get(pk=delivery.group.channel_id)
        try:
            check_push(standing_ledger(channel, now), heads, now)
        except NotNow as refusal:
            LedgerRefusal.everywhere.create(
                province_id=delivery.province_id, delivery=delivery, reason=refusal.message, at=now
            )
            return None
        return _claim(delivery, Way.PUSH, now, worker, by, retry_key=uuid.uuid4(), heads=heads)


def _next_armed(group: str, way: Way, now: datetime, entry_no: int | None) -> Delivery | None:
    armed = Delivery.everywhere.filter(group=group, state=State.ARMED, deadline__gt=now).exclude(not_before__gt=now)
    if entry_no is not None:
        armed = armed.filter(entry__no=entry_no)
    delivery = armed.select_related("item", "group__channel", "entry__campaign").order_by("due_at", "entry__no").first()
    if delivery is None or way is Way.DUTY:
        return delivery
    busy = Delivery.everywhere.filter(group=group, state=State.SENDING).exists()
    recent = Delivery.everywhere.filter(group=group, sent_at__gt=now - GAP).exists()
    return None if busy or recent else delivery


def _claim(delivery: Delivery, way: Way, now: datetime, worker: str, by: Actor, **key: Any) -> int | None:
    if delivery.item is None or delivery.group.channel.stopped_at is not None:
        return None
    mark = random_id()
    liff_id = delivery.group.channel.liff_id
    values = {
        "base": settings.BASE_URL,
        "page": liff_url(liff_id) if liff_id else settings.BASE_URL,
        "group": group_link(delivery.item.slug, delivery.group.code),
        "delivery": mark,
    }
    body = fill(delivery.item.canonical, values)
    check_sent_form(body, delivery.item.canonical, values)
    try:
        with transaction.atomic():
            claimed = change_state(
                delivery, State.SENDING, "", by=by, now=now, attempt_count=delivery.attempt_count + 1
            )
            if not claimed:
                return None
            attempt = Attempt.everywhere.create(
                province_id=delivery.province_id,
                delivery=delivery,
                no=delivery.attempt_count + 1,
                mark=mark,
                way=way,
                body=body,
                body_sha256=hashlib.sha256(body.encode()).hexdigest(),
                canonical_sha256=delivery.approved_sha256,
                worker=worker,
                started_at=now,
                **key,
            )
            if way is Way.PUSH:
                LedgerEntry.everywhere.create(
                    province_id=delivery.province_id,
                    channel=delivery.group.channel,
                    attempt=attempt,
                    kind=LedgerEntry.Kind.RESERVED,
                    heads=attempt.heads,
                    purpose=f"push {delivery.pk}",
                    at=now,
                )
    except IntegrityError:
        # Another process used this token or holds this delivery: it is theirs.
        return None
    return attempt.pk


def begin_call(*, attempt_id: int, now: datetime, by: Actor) -> Call | None:
    """Check everything again, then note that a call begins. None when there is nothing to call (any more)."""
    attempt = Attempt.everywhere.select_related(
        "delivery__item", "delivery__group__channel", "delivery__entry__campaign"
    ).get(pk=attempt_id)
    delivery = attempt.delivery
    if attempt.finished_at is not None:
        return None
    if attempt.calls == 0 and (stop := _reason_to_stop(attempt, now)):
        state, reason = stop
        finish(attempt=attempt, settlement=Settlement(state), outcome=None, detail=reason, now=now, by=by)
        return None
    with transaction.atomic():
        Attempt.everywhere.filter(pk=attempt.pk).update(calls=attempt.calls + 1)
    return Call(
        attempt=attempt.pk,
        channel=str(delivery.group.channel_id),
        to=delivery.group.channel_group,
        way=Way(attempt.way),
        messages=json.loads(attempt.body),
        token=attempt.token,
        retry_key=str(attempt.retry_key or ""),
        retried=attempt.calls > 0,
    )


def _reason_to_stop(attempt: Attempt, now: datetime) -> tuple[State, str] | None:
    delivery = attempt.delivery
    item, entry, group = delivery.item, delivery.entry, delivery.group
    if entry.withdrawn_at is not None:
        return State.CANCELLED, Remark.WITHDRAWN_BEFORE
    if item is None or item.status != ItemStatus.APPROVED or item.approved_sha256 != attempt.canonical_sha256:
        return State.CANCELLED, Remark.UNAPPROVED_BEFORE
    if now >= delivery.deadline:
        return State.MISSED, Remark.LATE_BEFORE
    if group.left_at is not None or group.channel.stopped_at is not None:
        return State.ARMED, Remark.NOT_IN_GROUP
    if in_quiet_hours(delivery, now):
        return State.ARMED, Remark.QUIET_HOURS
    return None


def record_receipt(*, attempt_id: int, receipt: Receipt, now: datetime, by: Actor) -> None:
    """The channel accepted: the message ids tie quotes, unsends and echoes to this delivery from now on."""
    attempt = Attempt.everywhere.select_related("delivery__group__channel").get(pk=attempt_id)
    with transaction.atomic():
        SentMessage.everywhere.bulk_create(
            [
                SentMessage(
                    province_id=attempt.province_id,
                    attempt=attempt,
                    delivery=attempt.delivery,
                    message_id=sent.id[:100],
                    quote_token=(sent.quote_token or "")[:1000],
                )
                for sent in receipt.sent
            ],
            ignore_conflicts=True,
        )
        Attempt.everywhere.filter(pk=attempt.pk).update(request_id=receipt.request_id[:100])
        settlement = settle(Way(attempt.way), Outcome.ACCEPTED, retried=False)
        finish(attempt=attempt, settlement=settlement, outcome=Outcome.ACCEPTED, detail="", now=now, by=by)


def record_failure(*, attempt_id: int, outcome: Outcome, detail: str, retried: bool, now: datetime, by: Actor) -> bool:
    """Settle a call that was not accepted. True when the same call should be made once more (never a second reply)."""
    attempt = Attempt.everywhere.select_related("delivery__group__channel").get(pk=attempt_id)
    settlement = settle(Way(attempt.way), outcome, retried=retried)
    if settlement.retry_same_call and _may_repeat(attempt, now):
        Attempt.everywhere.filter(pk=attempt.pk).update(detail=detail[:500])
        return True
    finish(attempt=attempt, settlement=settlement, outcome=outcome, detail=detail, now=now, by=by)
    return False


def _may_repeat(attempt: Attempt, now: datetime) -> bool:
    if Way(attempt.way) is Way.PUSH:
        return now - attempt.started_at < RETRY_KEY_LIFE
    return attempt.calls == 1 and attempt.token_at is not None and now - attempt.token_at <= REPLY_WINDOW


def finish(
    *, attempt: Attempt, settlement: Settlement, outcome: Outcome | None, detail: str, now: datetime, by: Actor
) -> None:
    """End an attempt: the delivery goes where the settlement says, heads are spent or given back, alarms are raised."""
    delivery = attempt.delivery
    fields: dict[str, Any] = {}
    if settlement.state is State.SENT:
        fields = {"sent_at": now, "way": attempt.way}
    if settlement.state is State.ARMED and outcome is Outcome.RATE_LIMITED:
        fields["not_before"] = now + timedelta(minutes=1)
    with transaction.atomic():
        closed = Attempt.everywhere.filter(pk=attempt.pk, finished_at__isnull=True).update(
            outcome=outcome, detail=detail[:500], finished_at=now, token=""
        )
        if not closed:
            return
        change_state(delivery, settlement.state, detail[:300], by=by, now=now, **fields)
        if settlement.state is not State.UNCERTAIN:
            kind = LedgerEntry.Kind.SPENT if settlement.state is State.SENT else LedgerEntry.Kind.RELEASED
            LedgerEntry.everywhere.filter(attempt=attempt, kind=LedgerEntry.Kind.RESERVED).update(kind=kind)
        if settlement.alarm is not None:
            raise_alarm(settlement.alarm, delivery.group, detail, by, now)


def raise_alarm(alarm: Alarm, group: Group, detail: str, by: Actor, now: datetime) -> None:
    """Stop what a call into `group` proved useless, until a person looks. Call it inside the settling transaction."""
    if alarm is Alarm.STOP_GROUP:
        Group.everywhere.filter(pk=group.pk).update(left_at=now)
    elif alarm is Alarm.STOP_CHANNEL:
        Channel.everywhere.filter(pk=group.channel_id).update(
            stopped_at=now, stopped_reason=detail[:300] or Remark.REFUSED
        )
    else:
        Channel.everywhere.filter(pk=group.channel_id).update(push_stopped_month=now.strftime("%Y-%m"))
    audit.append(by=by, action=f"alarm.{alarm}", row=group, now=now)


def settle_interrupted(*, now: datetime, by: Actor, worker: str | None = None) -> list[int]:
    """After a crash: decide every attempt whose end is unknown. Returns the attempts to call again (the same call).

    `worker`: only that worker's attempts, and those of a worker that cannot be alive any more.
    """
    again = []
    rows = Attempt.everywhere.filter(finished_at__isnull=True).select_related("delivery__group__channel")
    if worker is not None:
        rows = rows.filter(Q(worker=worker) | Q(started_at__lte=now - ABANDONED))
    for attempt in rows:
        if attempt.calls == 0:
            state = Settlement(State.ARMED)
            finish(attempt=attempt, settlement=state, outcome=None, detail=Remark.STOPPED_BEFORE, now=now, by=by)
        elif _may_repeat(attempt, now):
            again.append(attempt.pk)
        else:
            settlement = Settlement(State.UNCERTAIN)
            finish(
                attempt=attempt,
                settlement=settlement,
                outcome=Outcome.NO_ANSWER,
                detail=Remark.STOPPED_AMID,
                now=now,
                by=by,
            )
    return again


def prove_sent(*, delivery: Delivery, attempt: Attempt, proof: str, now: datetime, by: Actor) -> bool:
    """An echo came back from the group: a delivery whose call had no answer is sent. Returns whether that was news."""
    if delivery.state == State.SENDING and attempt.calls and attempt.finished_at is None:
        settlement = Settlement(State.SENT)
        finish(attempt=attempt, settlement=settlement, outcome=Outcome.ACCEPTED, detail=proof, now=now, by=by)
        return True
    if delivery.state != State.UNCERTAIN:
        return False
    with transaction.atomic():
        moved = change_state(delivery, State.SENT, proof, by=by, now=now, sent_at=attempt.started_at, way=attempt.way)
        LedgerEntry.everywhere.filter(attempt=attempt, kind=LedgerEntry.Kind.RESERVED).update(
            kind=LedgerEntry.Kind.SPENT
        )
    return bool(moved)


def resolve(*, delivery: Delivery, seen: bool, evidence: str, by: Actor, now: datetime) -> None:
    """A person looked in the group and says whether an uncertain delivery is there."""
    check_may(by, Deed.RESOLVE)
    if not evidence.strip():
        raise Invalid("โปรดเขียนว่าเห็นหรือไม่เห็นอะไรในกลุ่ม รายการยังอยู่ในสถานะไม่แน่ใจ")
    delivery = Delivery.of(delivery.province_id).get(pk=delivery.pk)
    if delivery.state != State.UNCERTAIN:
        raise NotNow("รายการนี้ไม่ได้อยู่ในสถานะไม่แน่ใจ จึงไม่มีอะไรให้ยืนยัน ข้อมูลเดิมยังอยู่ครบ โปรดเปิดดูใหม่")
    attempt = Attempt.of(delivery.province_id).filter(delivery=delivery).order_by("-no").first()
    assert attempt is not None, "only an attempt makes a delivery uncertain"
    with transaction.atomic():
        if seen:
            fields = {"sent_at": attempt.started_at, "way": attempt.way}
            change_state(delivery, State.SENT, Remark.SEEN.of(evidence=evidence)[:300], by=by, now=now, **fields)
            kind = LedgerEntry.Kind.SPENT
        else:
            change_state(delivery, State.MISSED, Remark.NOT_SEEN.of(evidence=evidence)[:300], by=by, now=now)
            kind = LedgerEntry.Kind.RELEASED
        LedgerEntry.everywhere.filter(attempt=attempt, kind=LedgerEntry.Kind.RESERVED).update(kind=kind)
