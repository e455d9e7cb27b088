"""Arranging offices: adding, renaming, and merging one into another without losing where anybody worked."""

from datetime import datetime

from django.db import transaction

from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.staff import LONGEST, OfficeKind
from saisaat.domain.staff_list.cells import office_key, tidy
from saisaat.records import audit
from saisaat.records.models import Office, Person, Province, RoleGrant

BATCH = 10
"""People moved in one transaction: well under the 50 ms a write may take."""


def add(*, province: Province | str, kind: OfficeKind, name: str, by: Actor, now: datetime) -> Office:
    """A new office. A name that means one there is already is refused, however it is spelled."""
    check_may(by, Deed.MANAGE_PEOPLE)
    plain = _checked(name)
    province_id = province if isinstance(province, str) else province.pk
    with transaction.atomic():
        _refuse_twice(province_id, plain, kind)
        office = Office.everywhere.create(province_id=province_id, kind=kind, name=plain)
        audit.append(by=by, action="office.add", row=office, now=now)
    return office


def rename(*, office: Office, kind: OfficeKind, name: str, by: Actor, now: datetime) -> None:
    """Another name or kind. The people, and the postings that name the office, stay with it."""
    check_may(by, Deed.MANAGE_PEOPLE)
    plain = _checked(name)
    with transaction.atomic():
        office = Office.of(office.province_id).select_for_update().get(pk=office.pk)
        if office.merged_into_id is not None:
            raise NotNow("สำนักงานนี้ถูกรวมกับสำนักงานอื่นแล้ว จึงไม่มีอะไรเปลี่ยนแปลง")
        _refuse_twice(office.province_id, plain, kind, besides=office)
        office.name, office.kind = plain, kind
        office.save(update_fields=["name", "kind"])
        audit.append(by=by, action="office.rename", row=office, now=now)


def merge(*, office: Office, into: Office, by: Actor, now: datetime) -> int:
    """`office` and `into` are the same place. Everybody of `office` belongs to `into` from now; returns how many.

    It is a correction, not a transfer, so it makes no postings: the ended ones keep the old office's name, and a list
    that still uses that name is understood. People move in small batches; a merge that was cut short may be repeated.
    """
    check_may(by, Deed.MANAGE_PEOPLE)
    _check_merge(office, into)
    moved = 0
    while batch := _move_some(office, into, by, now):
        moved += batch
    with transaction.atomic():
        if Person.of(office.province_id).filter(office=office).exists():
            raise NotNow("มีคนเข้าสำนักงานนี้ระหว่างรวม คนที่ย้ายแล้วอยู่ครบ โปรดกดรวมอีกครั้ง")
        _move_grants(office, into)
        Office.of(office.province_id).filter(merged_into=office).update(merged_into=into)
        Office.of(office.province_id).filter(pk=office.pk).update(merged_into=into)
        audit.append(by=by, action="office.merge", row=office, now=now)
    return moved


def _check_merge(office: Office, into: Office) -> None:
    if office.pk == into.pk:
        raise Invalid("รวมสำนักงานกับตัวเองไม่ได้ ไม่มีอะไรเปลี่ยนแปลง โปรดเลือกสำนักงานอื่น")
    if office.province_id != into.province_id:
        raise Invalid("สำนักงานนี้อยู่คนละจังหวัด ไม่มีอะไรเปลี่ยนแปลง โปรดเลือกสำนักงานในจังหวัดเดียวกัน")
    if office.merged_into_id is not None or into.merged_into_id is not None:
        raise NotNow("สำนักงานนี้ถูกรวมไปแล้ว ไม่มีอะไรเปลี่ยนแปลง โปรดเลือกสำนักงานอื่น")


def _move_some(office: Office, into: Office, by: Actor, now: datetime) -> int:
    with transaction.atomic():
        some = list(Person.of(office.province_id).select_for_update().filter(office=office).order_by("pk")[:BATCH])
        for person in some:
            person.postings.filter(ended="").update(office=into)
            audit.append(by=by, action="person.office_merged", row=person, now=now)
        Person.of(office.province_id).filter(pk__in=[person.pk for person in some]).update(office=into)
    return len(some)


def _move_grants(office: Office, into: Office) -> None:
    """Roles held for the one office are now held for the other, once."""
    for grant in RoleGrant.of(office.province_id).filter(office=office):
        if RoleGrant.of(office.province_id).filter(account=grant.account_id, office=into, role=grant.role).exists():
            grant.delete()
        else:
            grant.office = into
            grant.save(update_fields=["office"])


def _checked(name: str) -> str:
    plain = tidy(name)
    if not any(char.isalpha() for char in plain) or len(plain) > LONGEST:
        raise Invalid("ยังไม่ได้ใส่ชื่อสำนักงาน หรือชื่อยาวเกิน 200 ตัวอักษร จึงยังไม่ได้บันทึก โปรดใส่ชื่อเต็ม")
    return plain


def _refuse_twice(province: str, name: str, kind: OfficeKind, besides: Office | None = None) -> None:
    key = office_key(name)
    for other in Office.of(province).exclude(pk=besides.pk if besides else ""):
        same_place = OfficeKind(other.kind) is kind and key.place and office_key(other.name).place == key.place
        if other.name != name and not (same_place and other.merged_into_id is None):
            continue
        if other.merged_into_id is not None:
            raise Invalid("ชื่อนี้เป็นชื่อเดิมของสำนักงานที่รวมไปแล้ว จึงยังไม่ได้บันทึก โปรดใช้ชื่ออื่น")
        raise Invalid(
            "มีสำนักงานชื่อ \u201c%(name)s\u201d อยู่แล้ว จึงยังไม่ได้บันทึก หากเป็นที่เดียวกันโปรดใช้ \u201cรวมสำนักงาน\u201d",
            name=other.name,
        )
