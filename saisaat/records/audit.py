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


def append(*, by: Actor, action: str, row: ProvinceRow, now: datetime, digest: str = "") -> None:
    """Write down that `by` did `action` to `row`. `digest` is the SHA-256 of what it became, where that matters."""
    if not connection.in_atomic_block:
        raise RuntimeError("an audit row belongs into the transaction of its write")
    province = str(row.province_id)
    last_no, previous = _lock_head(province)
    no = last_no + 1
    obj = (row._meta.object_name or "", str(row.pk))
    hashed = event_hash(previous, no=no, at=now, actor=by.id, action=action, obj=obj, digest=digest)
    at = connection.ops.adapt_datetimefield_value(now)
    values = [province, no, at, by.id, action, *obj, digest, previous, hashed]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        cursor.execute(_ADVANCE, [no, hashed, province])


# Every write passes here, so the two statements are written out: through the ORM they cost ten times as much.
_INSERT = (
    "INSERT INTO records_auditevent"
    " (province_id, no, at, actor, action, object_type, object_id, digest, previous, hash)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_HEAD = "SELECT last_no, last_hash FROM records_audithead WHERE province_id = %s"
_HEAD_LOCKED = _HEAD + " FOR UPDATE"
_ADVANCE = "UPDATE records_audithead SET last_no = %s, last_hash = %s WHERE province_id = %s"


def _lock_head(province: str) -> tuple[int, str]:
    """The last number and hash of the province's chain, locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD_LOCKED if connection.vendor == "postgresql" else _HEAD, [province])
        found = cursor.fetchone()
    if found is None:
        head, _ = AuditHead.everywhere.select_for_update().get_or_create(province_id=province)
        return head.last_no, head.last_hash
    return int(found[0]), str(found[1])


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
    last_no, last_hash = (head.last_no, head.last_hash) if head else (0, "0" * 64)
    if last_no != no:
        raise ValueError(f"the chain ends at row {no}, but row {last_no} was written: rows are missing")
    if last_hash != previous:
        raise ValueError(f"audit row {no} is not the one that was written last: it was changed and hashed anew")
    return no
