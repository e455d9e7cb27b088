"""Receiving: what a webhook brings is stored in one transaction, then handled event by event.

`take_in` decides what may touch the disk; `handle_waiting` does what it means. Both may be repeated: an event counts
once.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from saisaat.actions.acknowledge import acknowledge_by_words, command_in, overhear, take_back, was_overheard
from saisaat.actions.admit import actor_of
from saisaat.actions.deliver import Window, prove_sent
from saisaat.actions.schedule import LOCAL
from saisaat.domain.delivery import State
from saisaat.domain.feedback import UNSURE, CommentKind
from saisaat.domain.intake import Keep, PostCommand, PressKind, has_token, read_press, what_to_keep
from saisaat.domain.messages import EventKind, InboundEvent
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import Actor, Deed, can_do
from saisaat.domain.topics import Audience
from saisaat.queries.feedback_words import guess_at
from saisaat.records import audit
from saisaat.records import models as rec
from saisaat.records.sealing import class_key, keyed_hash, seal, unseal

SYSTEM = Actor.system("intake")


@dataclass(frozen=True, slots=True)
class Opening:
    """What an event that was just stored offers: a reply window, and perhaps a command by `user`."""

    window: Window
    command: PostCommand | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The result of one stored batch: windows in the order of their events, and whether rows wait to be handled."""

    openings: tuple[Opening, ...]
    waiting: bool


def take_in(*, channel: rec.Channel, events: Sequence[InboundEvent], now: datetime) -> TakenIn:
    """Store a batch of one channel's events. Once this returns, the events are on disk; known ones change nothing."""
    with transaction.atomic(savepoint=False):
        known = set(
            rec.InboundEvent.everywhere.filter(event_id__in=[event.id for event in events]).values_list(
                "event_id", flat=True
            )
        )
        groups = _groups(channel, events)
        rows: list[rec.InboundEvent] = []
        openings, seen = [], known
        for event in events:
            if event.id in seen:
                continue
            seen.add(event.id)
            group = groups.get(event.group or "")
            after_kept = any(row.group == group and row.key is not None for row in rows)
            rows.append(_row(channel, group, event, now, after_kept=after_kept))
            if group is not None and what_to_keep(event) is Keep.LISTEN:
                overhear(group=group, event=event)
            if group is not None and has_token(event):
                window = Window(group.pk, event.reply_token or "", event.occurred_at)
                openings.append(Opening(window, command_in(event), event.user))
        rec.InboundEvent.everywhere.bulk_create(rows, ignore_conflicts=True)
    return TakenIn(tuple(openings), any(row.key_id is not None for row in rows))


def _groups(channel: rec.Channel, events: Sequence[InboundEvent]) -> dict[str, rec.Group]:
    names = {event.group for event in events if event.group}
    found = rec.Group.of(channel.province_id).filter(channel=channel, channel_group__in=names)
    return {group.channel_group: group for group in found}


def _row(
    channel: rec.Channel, group: rec.Group | None, event: InboundEvent, now: datetime, *, after_kept: bool
) -> rec.InboundEvent:
    row = rec.InboundEvent(
        province_id=channel.province_id,
        event_id=event.id,
        channel=channel,
        group=group,
        kind=event.kind,
        hour=event.occurred_at.replace(minute=0, second=0, microsecond=0),
    )
    keep, held = _keep(group, event, after_kept=after_kept)
    if keep:
        row.key = class_key(str(channel.province_id), f"inbound {now:%Y-%m}", now)
        row.payload_sealed = seal(row.key, json.dumps(_payload(event), ensure_ascii=False))
        row.held = held
    return row


def _keep(group: rec.Group | None, event: InboundEvent, *, after_kept: bool) -> tuple[bool, bool]:
    """(store the event's content, hold it until an open attempt is settled).

    `after_kept`: content of an earlier event of this batch and group is being stored.
    """
    keep = what_to_keep(event)
    if keep is Keep.WHOLE:
        return True, False
    if group is None or keep in {Keep.DROP, Keep.LISTEN}:
        return False, False
    if keep is Keep.ASK_UNSEND:
        mine = rec.Comment.of(group.province_id).filter(message_id=event.message_id).exists()
        mine = mine or was_overheard(province=str(group.province_id), message_id=event.message_id)
        waiting = rec.InboundEvent.of(group.province_id).filter(group=group, handled_at__isnull=True, key__isnull=False)
        return after_kept or mine or waiting.exists(), False
    if rec.SentMessage.of(group.province_id).filter(message_id=event.quoted_message_id).exists():
        return True, False
    open_attempt = rec.Delivery.of(group.province_id).filter(group=group, state__in=[State.SENDING, State.UNCERTAIN])
    held = open_attempt.exists()
    return held, held


def _payload(event: InboundEvent) -> dict[str, Any]:
    return {
        "group": event.group,
        "user": event.user,
        "message_id": event.message_id,
        "message_type": event.message_type,
        "text": event.text,
        "quoted": event.quoted_message_id,
        "data": event.data,
        "at": event.occurred_at.isoformat(),
    }


def duty_officer(*, opening: Opening) -> Actor | None:
    """Who commanded, if that is a person with the duty role; None for everybody else."""
    if opening.user is None:
        return None
    group = rec.Group.everywhere.get(pk=opening.window.group)
    # On whichever channel they are linked: a user's id is one provider's, so it does not change with the account.
    linked = rec.LineIdentity.of(group.province_id).filter(user_hash=keyed_hash(opening.user))
    identity = linked.select_related("person").first()
    if identity is None:
        return None
    actor = actor_of(identity.person)
    return actor if can_do(actor, Deed.POST) else None


def handle_waiting(*, now: datetime, limit: int = 200) -> int:
    """Handle stored events that wait, oldest first, each in its own transaction. Returns how many were settled."""
    rows = rec.InboundEvent.everywhere.filter(handled_at__isnull=True, key__isnull=False, held=False)
    settled = 0
    for event_pk in list(rows.order_by("id").values_list("pk", flat=True)[:limit]):
        settled += _handle(event_pk, now)
    return settled


def release_held(*, now: datetime) -> int:
    """Quotes held for an open attempt: handled once their message is known, purged once no attempt is open."""
    released = 0
    held = rec.InboundEvent.everywhere.filter(held=True, handled_at__isnull=True).select_related("key", "group")
    for row in list(held):
        payload = json.loads(unseal(row.key, row.payload_sealed) or "{}")
        known = rec.SentMessage.of(row.province_id).filter(message_id=payload.get("quoted")).exists()
        states = [State.SENDING, State.UNCERTAIN]
        still_open = rec.Delivery.of(row.province_id).filter(group=row.group, state__in=states).exists()
        if known or not still_open:
            with transaction.atomic():
                rec.InboundEvent.everywhere.filter(pk=row.pk).update(held=False)
            released += _handle(row.pk, now)
    return released


def _handle(event_pk: int, now: datetime) -> int:
    with transaction.atomic():
        row = (
            rec.InboundEvent.everywhere.select_for_update(of=("self",))
            .select_related("key", "group", "channel")
            .get(pk=event_pk)
        )
        if row.handled_at is not None:
            return 0
        payload = json.loads(unseal(row.key, row.payload_sealed) or "{}")
        _HANDLERS.get(EventKind(row.kind), _nothing)(row, payload, now)
        row.handled_at, row.payload_sealed, row.key = now, None, None
        row.save(update_fields=["handled_at", "payload_sealed", "key"])
    return 1


def _nothing(row: rec.InboundEvent, payload: dict[str, Any], now: datetime) -> None:
    """An event that changes nothing but its own row."""


def _press(row: rec.InboundEvent, payload: dict[str, Any], now: datetime) -> None:
    press = read_press(payload.get("data"))
    if press is None or row.group is None:
        return
    attempt = (
        rec.Attempt.of(row.province_id)
        .filter(mark=press.mark, delivery__group=row.group)
        .select_related("delivery__group")
        .first()
    )
    if attempt is None:
        return
    delivery = attempt.delivery
    prove_sent(delivery=delivery, attempt=attempt, proof=Remark.PRESSED, now=now, by=SYSTEM)
    who = keyed_hash(payload["user"]) if payload.get("user") else ""
    fields = {
        "province_id": row.province_id,
        "delivery": delivery,
        "who": who,
        "at": datetime.fromisoformat(payload["at"]),
        "event_id": row.event_id,
    }
    if press.kind is PressKind.ACK:
        rec.Acknowledgement.everywhere.bulk_create([rec.Acknowledgement(**fields)], ignore_conflicts=True)
    else:
        rec.Reaction.everywhere.bulk_create([rec.Reaction(**fields)], ignore_conflicts=True)
    audit.append(by=SYSTEM, action=f"press.{press.kind}", row=delivery, now=now)


def _quote(row: rec.InboundEvent, payload: dict[str, Any], now: datetime) -> None:
    sent = (
        rec.SentMessage.of(row.province_id)
        .filter(message_id=payload.get("quoted"), delivery__group=row.group)
        .select_related("delivery", "attempt")
        .first()
    )
    if sent is None:
        return
    prove_sent(delivery=sent.delivery, attempt=sent.attempt, proof=Remark.QUOTED, now=now, by=SYSTEM)
    comment = keep_comment(
        delivery=sent.delivery,
        origin=rec.Comment.Origin.QUOTE,
        text=payload.get("text") or "",
        message_type=payload.get("message_type") or "text",
        who=keyed_hash(payload["user"]) if payload.get("user") else "",
        message_id=payload.get("message_id"),
        now=now,
    )
    surely = comment.guess == CommentKind.ACK and comment.confidence >= UNSURE
    acknowledge_by_words(comment=comment, meant=surely, at=datetime.fromisoformat(payload["at"]))


def keep_comment(
    *,
    delivery: rec.Delivery,
    origin: str,
    text: str,
    message_type: str,
    who: str,
    message_id: str | None,
    now: datetime,
) -> rec.Comment:
    """Store a comment against its publication, sealed under the class key of its month, with the machine's guess.

    Of a sticker only the guess is kept, not the words that LINE gives for it.

    One without a name leaves no audit row: its moment in the chain would tell who was at the keyboard. It is counted at
    the close-out.
    """
    guess = guess_at(str(delivery.province_id), text, message_type)
    key = class_key(str(delivery.province_id), f"comments {now:%Y-%m}", now)
    fields = {
        "province_id": delivery.province_id,
        "delivery": delivery,
        "origin": origin,
        "who": who,
        "day": now.astimezone(LOCAL).date(),
        "text_sealed": seal(key, text) if text and message_type == "text" else None,
        "key": key,
        "guess": guess.kind,
        "confidence": guess.confidence,
    }
    with transaction.atomic():
        if message_id is None:
            comment = rec.Comment.everywhere.create(**fields)
        else:
            comment, _ = rec.Comment.everywhere.update_or_create(message_id=message_id, defaults=fields)
        if origin != rec.Comment.Origin.PAGE:
            audit.append(by=SYSTEM, action="comment.keep", row=comment, now=now)
    return comment


def _unsend(row: rec.InboundEvent, payload: dict[str, Any], now: datetime) -> None:
    message = payload.get("message_id")
    waiting = rec.InboundEvent.of(row.province_id).filter(group=row.group, handled_at__isnull=True, key__isnull=False)
    for other in waiting.exclude(kind=EventKind.UNSEND).select_related("key"):
        if json.loads(unseal(other.key, other.payload_sealed) or "{}").get("message_id") == message:
            waiting.filter(pk=other.pk).update(handled_at=now, payload_sealed=None, key=None, held=False)
    take_back(province=str(row.province_id), message_id=message)
    comment = rec.Comment.of(row.province_id).filter(message_id=message).first()
    if comment is not None:
        acknowledge_by_words(comment=comment, meant=False, at=now)
        audit.append(by=SYSTEM, action="comment.unsend", row=comment, now=now)
        comment.delete()


def _join(row: rec.InboundEvent, payload: dict[str, Any], now: datetime) -> None:
    """A group nobody set up yet is shown in the settings; nothing goes there until the office says what it is for."""
    known = rec.Group.of(row.province_id).filter(channel=row.channel, channel_group=payload.get("group") or "")
    row.group = row.group or known.first()
    if row.group is not None:
        known.update(left_at=None)
    elif payload.get("group"):
        row.group = rec.Group.everywhere.create(
            province_id=row.province_id,
            channel=row.channel,
            channel_group=payload["group"],
            name="กลุ่มใหม่",
            audience=Audience.NETWORK,
            used=False,
            position=rec.Group.of(row.province_id).count(),
            joined_at=now,
        )
    if row.group is not None:
        row.save(update_fields=["group"])
        audit.append(by=SYSTEM, action="group.join", row=row.group, now=now)


def _leave(row: rec.InboundEvent, payload: dict[str, Any], now: datetime) -> None:
    if row.group is not None:
        rec.Group.everywhere.filter(pk=row.group.pk).update(left_at=now)
        audit.append(by=SYSTEM, action="group.leave", row=row.group, now=now)


def _members_changed(row: rec.InboundEvent, payload: dict[str, Any], now: datetime) -> None:
    """The head count is no longer known; it is read again before anything depends on it."""
    if row.group is not None:
        rec.Group.everywhere.filter(pk=row.group.pk).update(members=None, members_read_at=None)


_HANDLERS = {
    EventKind.POSTBACK: _press,
    EventKind.MESSAGE: _quote,
    EventKind.EDITED: _quote,
    EventKind.UNSEND: _unsend,
    EventKind.JOIN: _join,
    EventKind.LEAVE: _leave,
    EventKind.MEMBER_JOINED: _members_changed,
    EventKind.MEMBER_LEFT: _members_changed,
}
