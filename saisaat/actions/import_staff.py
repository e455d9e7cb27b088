"""Importing a staff list: keep it sealed for its preview, write what was previewed, forget it.

What is confirmed is frozen as steps, and written a few at a time; each batch moves the mark `done` in its own
transaction. Cut off anywhere, it goes on where it stopped, and no step is made twice.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from saisaat.actions import arrange_offices, enrol
from saisaat.documents.tables import read_tables
from saisaat.domain.errors import DomainError, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.staff import Ended, OfficeKind, Post, StaffType
from saisaat.domain.staff_list.plan import POSTING, Step, state_of, steps_json, steps_of
from saisaat.queries.people import known_person
from saisaat.queries.staff_import import LASTS, packed, preview
from saisaat.records import audit
from saisaat.records.models import AuditHead, Office, Person, StaffUpload
from saisaat.records.sealing import new_key, seal, shred, unseal

BATCH = 10
BATCH_SECONDS = 0.015
"""A transaction takes no further step after these: on SQLite no write may hold the others up for 50 ms."""
TRIES = 5
STALLED_AFTER = LASTS / 12


def take_in(*, data: bytes, person: Person, by: Actor, now: datetime, at: datetime) -> StaffUpload:
    """Read an uploaded file and keep its cells, sealed, for the preview. `at` is real time. Raises Invalid."""
    check_may(by, Deed.MANAGE_PEOPLE)
    forget_old(at=at)
    tables, sha256 = packed(read_tables(data)), hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        key = new_key(str(person.province_id), "staff list", now)
        upload = StaffUpload.everywhere.create(
            province_id=person.province_id,
            by=person,
            sha256=sha256,
            tables_sealed=seal(key, tables),
            key=key,
            created_at=at,
            touched_at=at,
        )
        audit.append(by=by, action="staff_list.upload", row=upload, now=now, digest=sha256)
    return upload


def choose(*, upload: StaffUpload, chosen: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Keep what was said about the columns or answered. Nothing about people is written."""
    check_may(by, Deed.MANAGE_PEOPLE)
    with transaction.atomic():
        upload = StaffUpload.of(upload.province_id).select_for_update().get(pk=upload.pk)
        if upload.state != StaffUpload.State.OPEN:
            raise NotNow("รายชื่อนี้ยืนยันไปแล้ว จึงแก้คำตอบไม่ได้ โปรดนำเข้าไฟล์ใหม่อีกครั้ง")
        upload.choices = upload.choices | chosen
        upload.touched_at = at
        upload.save(update_fields=["choices", "touched_at"])


def confirm(*, upload: StaffUpload, seen_sha256: str, by: Actor, now: datetime, at: datetime) -> None:
    """Freeze the plan whose digest was on the page. Raises NotNow where the people have changed since."""
    check_may(by, Deed.MANAGE_PEOPLE)
    upload = StaffUpload.of(upload.province_id).select_related("key").get(pk=upload.pk)
    if upload.state != StaffUpload.State.OPEN:
        raise NotNow("รายชื่อนี้ยืนยันไปแล้ว ไม่มีการบันทึกซ้ำ")
    for _ in range(TRIES):
        head = _chain(upload)
        plan = preview(upload, now).plan
        if plan.sha256 != seen_sha256:
            raise NotNow("ข้อมูลบุคคลในระบบเปลี่ยนไปหลังจากเปิดหน้านี้ ยังไม่ได้นำเข้า โปรดตรวจผลด้านล่างอีกครั้งแล้วยืนยัน")
        if not plan.steps:
            raise NotNow("ไม่มีอะไรต้องเปลี่ยนแปลง รายชื่อในไฟล์ตรงกับในระบบแล้ว หรือยังมีแถวที่ต้องตอบหรือแก้ก่อน")
        if _freeze(upload, plan.steps, plan.sha256, head, by, now, at):
            return
    raise NotNow("ระบบกำลังบันทึกงานอื่นอยู่ ยังไม่ได้นำเข้า โปรดกดยืนยันอีกครั้ง")


def _chain(upload: StaffUpload) -> int:
    """How far the province's audit has come: as long as it stands still, no person has changed."""
    return AuditHead.of(upload.province_id).values_list("last_no", flat=True).first() or 0


def _freeze(
    upload: StaffUpload, steps: tuple[Step, ...], sha256: str, head: int, by: Actor, now: datetime, at: datetime
) -> bool:
    """False when something was written since `head`, so that the plan has to be looked at again."""
    sealed = seal(upload.key, steps_json(steps))
    try:
        with transaction.atomic():
            _stop_stalled(upload, at)
            upload = StaffUpload.of(upload.province_id).select_for_update().get(pk=upload.pk)
            if _chain(upload) != head:
                return False
            if upload.state != StaffUpload.State.OPEN:
                raise NotNow("รายชื่อนี้ยืนยันไปแล้ว ไม่มีการบันทึกซ้ำ")
            upload.state, upload.steps_sealed = StaffUpload.State.RUNNING, sealed
            upload.plan_sha256, upload.total, upload.touched_at = sha256, len(steps), at
            upload.save()
            audit.append(by=by, action="staff_list.confirm", row=upload, now=now, digest=sha256)
    except IntegrityError as error:
        raise NotNow("มีการนำเข้ารายชื่ออีกชุดกำลังทำอยู่ ยังไม่ได้นำเข้าชุดนี้ โปรดรอให้เสร็จแล้วตรวจผลอีกครั้ง") from error
    return True


def _stop_stalled(upload: StaffUpload, at: datetime) -> None:
    """An import that nobody went on with does not block the next one for ever; what it wrote stays."""
    running = StaffUpload.of(upload.province_id).filter(state=StaffUpload.State.RUNNING)
    running.filter(touched_at__lt=at - STALLED_AFTER).update(state=StaffUpload.State.DONE)


def go_on(*, upload: StaffUpload, by: Actor, now: datetime, at: datetime, seconds: float) -> StaffUpload:
    """Write confirmed steps, batch by batch, for about `seconds`. Returns the upload as far as it has come."""
    check_may(by, Deed.MANAGE_PEOPLE)
    until = time.monotonic() + seconds
    upload = StaffUpload.of(upload.province_id).select_related("key").get(pk=upload.pk)
    steps = steps_of(unseal(upload.key, upload.steps_sealed) or "[]")
    while True:
        upload = _some(upload, steps, by, now, at)
        if upload.state != StaffUpload.State.RUNNING or time.monotonic() >= until:
            return upload


def _some(upload: StaffUpload, steps: list[Step], by: Actor, now: datetime, at: datetime) -> StaffUpload:
    with transaction.atomic():
        upload = (
            StaffUpload.of(upload.province_id).select_for_update(of=("self",)).select_related("key").get(pk=upload.pk)
        )
        if upload.state != StaffUpload.State.RUNNING:
            return upload
        started = time.monotonic()
        for step in steps[upload.done : upload.done + BATCH]:
            _count(upload.counts, step, str(upload.province_id), by, now)
            upload.done += 1
            if time.monotonic() - started > BATCH_SECONDS:
                break
        upload.touched_at = at
        if upload.done >= upload.total:
            upload.state, upload.tables_sealed, upload.steps_sealed = StaffUpload.State.DONE, None, None
            shred(upload.key, now)
            audit.append(by=by, action="staff_list.import", row=upload, now=now, digest=upload.plan_sha256)
        upload.save()
    return upload


def _count(counts: dict[str, Any], step: Step, province: str, by: Actor, now: datetime) -> None:
    """One step more, done or refused; a refusal undoes that step alone."""
    try:
        _DO[step.do](province, step, by, now)
        counts[step.do] = counts.get(step.do, 0) + 1
    except DomainError as error:
        refused = counts.setdefault("refused", {})
        refused[error.message] = refused.get(error.message, 0) + 1


def drop(*, upload: StaffUpload, by: Actor) -> None:
    """Forget the list now. What was imported already stays."""
    check_may(by, Deed.MANAGE_PEOPLE)
    _forget(upload)


def forget_old(*, at: datetime) -> int:
    """Delete, in every province, the lists nobody touched for an hour, and their keys. Returns how many."""
    old = list(StaffUpload.everywhere.filter(touched_at__lte=at - LASTS).select_related("key")[:100])
    for upload in old:
        _forget(upload)
    return len(old)


def _forget(upload: StaffUpload) -> None:
    with transaction.atomic():
        StaffUpload.of(upload.province_id).filter(pk=upload.pk).delete()
        upload.key.delete()


# The steps


def _office(province: str, told: str) -> Office:
    """A known office by its id, or one this import made, by "+" and its name."""
    wanted = {"name": told[1:]} if told.startswith("+") else {"pk": told}
    office = Office.of(province).filter(merged_into__isnull=True, **wanted).first()
    if office is None:
        raise NotNow("สำนักงานของบางคนถูกเปลี่ยนระหว่างนำเข้า คนเหล่านั้นยังไม่ได้บันทึก โปรดนำเข้าไฟล์เดิมอีกครั้ง")
    return office


def _add_office(province: str, step: Step, by: Actor, now: datetime) -> None:
    arrange_offices.add(province=province, kind=OfficeKind(step.after["kind"]), name=step.after["name"], by=by, now=now)


def _add(province: str, step: Step, by: Actor, now: datetime) -> None:
    told = step.after
    enrol.enrol(
        office=_office(province, told["office"]),
        name=told["name"],
        post=Post(told["position"], told.get("level", ""), StaffType(told["staff_type"])),
        joined_on=_day(told.get("joined_on")),
        since=None,
        by=by,
        now=now,
    )


def _change(province: str, step: Step, by: Actor, now: datetime) -> None:
    person = _unchanged(province, step)
    told = {**step.before, **step.after}
    with transaction.atomic():
        if {"name", "joined_on"} & set(step.after):
            enrol.correct(person=person, name=told["name"], joined_on=_day(told["joined_on"]), by=by, now=now)
        if step.do == "return" or set(POSTING) & set(step.after):
            enrol_again = enrol.come_back if step.do == "return" else enrol.repost
            enrol_again(
                person=person,
                office=_office(province, told["office"]),
                post=Post(told["position"], told["level"], StaffType(told["staff_type"])),
                on=date.fromisoformat(told["on"]),
                by=by,
                now=now,
            )


def _leave(province: str, step: Step, by: Actor, now: datetime) -> None:
    person = _unchanged(province, step)
    how, on = Ended(step.after["how"]), date.fromisoformat(step.after["on"])
    enrol.leave(person=person, how=how, on=on, reason="", by=by, now=now)


def _unchanged(province: str, step: Step) -> Person:
    """The person, still as the preview showed them."""
    person = Person.of(province).select_related("key", "office").filter(pk=step.person).first()
    if person is None or state_of(known_person(person, None)) != dict(step.before):
        raise NotNow("ข้อมูลของบางคนเปลี่ยนระหว่างนำเข้า คนเหล่านั้นยังไม่ได้แก้ โปรดนำเข้าไฟล์เดิมอีกครั้ง")
    return person


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_DO: dict[str, Callable[[str, Step, Actor, datetime], None]] = {
    "office": _add_office,
    "add": _add,
    "change": _change,
    "return": _change,
    "leave": _leave,
}
