"""Registering by asking: somebody says who they are, and whoever manages their office's people decides."""

from datetime import datetime

from django.db import transaction

from saisaat.actions.link_line import link_person
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.domain.staff_list.cells import is_name, tidy
from saisaat.records import audit
from saisaat.records.models import LinkRequest, Office, Person
from saisaat.records.sealing import keyed_hash, new_key, seal, shred, unseal

PAGE = Actor.system("page")


def ask(*, office: Office, name: str, line_user: str, now: datetime) -> LinkRequest:
    """The LINE user says to be `name` of `office`. A further asking takes the place of one that is still open."""
    plain = tidy(name)
    if not plain or not is_name(plain):
        raise Invalid("อ่านเป็นชื่อคนไม่ได้ จึงยังไม่ได้ส่งคำขอ โปรดใส่ชื่อ-สกุลเป็นตัวอักษร ไม่เกิน 150 ตัว")
    who = keyed_hash(line_user)
    with transaction.atomic():
        forget_requests(province=str(office.province_id), who=who, now=now)
        key = new_key(office.province_id, "link request", now)
        row = LinkRequest.everywhere.create(
            province_id=office.province_id,
            office=office,
            user_hash=who,
            user_sealed=seal(key, line_user),
            name_sealed=seal(key, plain),
            key=key,
            asked_at=now,
        )
        audit.append(by=PAGE, action="link_request.ask", row=row, now=now)
    return row


def grant(*, request: LinkRequest, person: Person, by: Actor, now: datetime) -> None:
    """The one who asked is `person`, whom the decider knows."""
    check_may(by, Deed.MANAGE_PEOPLE, str(request.office_id))
    check_may(by, Deed.MANAGE_PEOPLE, str(person.office_id))
    if person.province_id != request.province_id or person.left_on is not None:
        raise Invalid("เลือกบุคคลนี้ไม่ได้ คำขอยังรออยู่ โปรดเลือกคนที่ยังปฏิบัติงานในสำนักงาน")
    with transaction.atomic():
        row = _open_one(request)
        user = unseal(row.key, row.user_sealed)
        assert user is not None
        # For the person, who asked for it by the account itself; the decision's own row names who decided.
        link_person(person=person, line_user=user, by=PAGE, now=now)
        _decide(row, person, by, now)
        audit.append(by=by, action="link_request.grant", row=row, now=now)


def refuse(*, request: LinkRequest, by: Actor, now: datetime) -> None:
    """Nobody the office knows. What they typed is forgotten; they may ask again, or use a code."""
    check_may(by, Deed.MANAGE_PEOPLE, str(request.office_id))
    with transaction.atomic():
        row = _open_one(request)
        _decide(row, None, by, now)
        audit.append(by=by, action="link_request.refuse", row=row, now=now)


def forget_requests(*, province: str, who: str, now: datetime) -> None:
    """What the LINE user asked for and nobody decided is as if it had never been asked."""
    with transaction.atomic():
        for row in LinkRequest.of(province).filter(user_hash=who, decided_at__isnull=True).select_related("key"):
            audit.append(by=PAGE, action="link_request.forget", row=row, now=now)
            row.delete()
            shred(row.key, now)


def _open_one(request: LinkRequest) -> LinkRequest:
    rows = LinkRequest.of(request.province_id).select_for_update(of=("self",)).select_related("key")
    row = rows.filter(pk=request.pk, decided_at__isnull=True).first()
    if row is None:
        raise NotNow("คำขอนี้ถูกตัดสินหรือถอนไปแล้ว จึงไม่มีอะไรเปลี่ยนแปลง")
    return row


def _decide(row: LinkRequest, person: Person | None, by: Actor, now: datetime) -> None:
    """Once decided, name and LINE user are forgotten here."""
    row.user_hash, row.user_sealed, row.name_sealed = "", None, None
    row.decided_at, row.decided_by_id, row.person = now, by.id, person
    row.save(update_fields=["user_hash", "user_sealed", "name_sealed", "decided_at", "decided_by", "person"])
    shred(row.key, now)
