"""Appending to the audit chain. Call inside the transaction of the write it tells of."""

import hashlib
import json
from datetime import UTC, datetime

from django.db import connection

from saisaat.domain.roles import Actor
from saisaat.records.audit_event import AuditEvent, AuditHead
from saisaat.records.base import ProvinceRow


def event_hash(
    previous: str, *, no: int, at: datetime, actor: str, action: str, obj: tuple[str, str], digest: str
) -> str:
    """The chain rule: SHA-256 over the previous hash and the row's own fields as a JSON array."""
    fields = [previous, no, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, action, *obj, digest]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def append(*, by: Actor, action: str, row: ProvinceRow, now: datetime, digest: str = "") -> AuditEvent:
    """Write down that `by` did `action` to `row`. `digest` is the SHA-256 of what it became, where that matters."""
    if not connection.in_atomic_block:
        raise RuntimeError("an audit row belongs into the transaction of its write")
    province = str(row.province_id)
    heads = AuditHead.everywhere.select_for_update() if connection.vendor == "postgresql" else AuditHead.everywhere
    head, _ = heads.get_or_create(province_id=province)
    no = head.last_no + 1
    obj = (row._meta.object_name or "", str(row.pk))
    hashed = event_hash(head.last_hash, no=no, at=now, actor=by.id, action=action, obj=obj, digest=digest)
    event = AuditEvent.everywhere.create(
        province_id=province,
        no=no,
        at=now,
        actor=by.id,
        action=action,
        object_type=obj[0],
        object_id=obj[1],
        digest=digest,
        previous=head.last_hash,
        hash=hashed,
    )
    AuditHead.everywhere.filter(pk=head.pk).update(last_no=no, last_hash=hashed)
    return event


def verify(province: str) -> int:
    """The number of rows of an unbroken chain. Raises ValueError naming the first row that does not fit."""
    previous, no = "0" * 64, 0
    for event in AuditEvent.of(province).order_by("no").iterator():
        no += 1
        hashed = event_hash(
            previous,
            no=no,
            at=event.at,
            actor=event.actor,
            action=event.action,
            obj=(event.object_type, event.object_id),
            digest=event.digest,
        )
        if (event.no, event.previous, event.hash) != (no, previous, hashed):
            raise ValueError(f"audit row {event.no} does not follow row {no - 1}: it was changed, removed or inserted")
        previous = hashed
    head = AuditHead.of(province).first()
    if (head.last_no if head else 0) != no:
        raise ValueError(
            f"the chain ends at row {no}, but row {head.last_no if head else 0} was written: rows are missing"
        )
    return no
