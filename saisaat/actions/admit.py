"""Admitting: provinces, offices, people, their roles and accounts."""

from datetime import date, datetime

from django.db import transaction

from saisaat.domain.errors import Invalid
from saisaat.domain.granting import check_grant
from saisaat.domain.roles import Actor, Deed, Role, check_may
from saisaat.records import audit
from saisaat.records.models import Account, Office, Person, Province, RoleGrant
from saisaat.records.sealing import new_key, seal


@transaction.atomic
def found_province(*, code: str, name: str, letter_code: str, by: Actor, now: datetime) -> Province:
    """A new tenant. Only the program itself founds one, on the console."""
    if not by.is_system:
        raise Invalid("การเพิ่มจังหวัดทำได้จากหน้าจอคำสั่งของเครื่องแม่ข่ายเท่านั้น ยังไม่มีการเปลี่ยนแปลง")
    province = Province.everywhere.create(code=code, name=name, letter_code=letter_code)
    office = Office.everywhere.create(province=province, kind=Office.Kind.PROVINCIAL, name=name)
    audit.append(by=by, action="province.found", row=office, now=now)
    return province


def add_office(*, province: Province, kind: str, name: str, by: Actor, now: datetime) -> Office:
    check_may_or_system(by, Deed.MANAGE_PEOPLE)
    with transaction.atomic():
        office, made = Office.everywhere.get_or_create(province=province, name=name, defaults={"kind": kind})
        if made:
            audit.append(by=by, action="office.add", row=office, now=now)
    return office


def add_person(
    *,
    office: Office,
    name: str,
    position: str,
    staff_type: str,
    by: Actor,
    now: datetime,
    joined_on: date | None = None,
    level: str = "",
) -> Person:
    """Somebody who works in `office`. The name is sealed with a key of the person's own."""
    check_may_or_system(by, Deed.MANAGE_PEOPLE, office.pk)
    with transaction.atomic():
        key = new_key(office.province_id, "person", now)
        person = Person.everywhere.create(
            province_id=office.province_id,
            office=office,
            staff_type=staff_type,
            position=position,
            level=level,
            name_sealed=seal(key, name),
            key=key,
            joined_on=joined_on,
        )
        audit.append(by=by, action="person.add", row=person, now=now)
    return person


def open_account(
    *, person: Person, username: str, password: str | None, roles: frozenset[Role], by: Actor, now: datetime
) -> Account:
    """A way to sign in for `person`, with `roles` for the whole province."""
    check_may_or_system(by, Deed.MANAGE_PEOPLE)
    for role in roles if not by.is_system else ():
        check_grant(by, role, None)
    with transaction.atomic():
        account = Account.everywhere.create_account(
            province=person.province, username=username, password=password, person=person
        )
        for role in sorted(roles):
            RoleGrant.everywhere.create(province_id=person.province_id, account=account, role=role)
        audit.append(by=by, action="account.open", row=account, now=now)
    return account


def check_may_or_system(by: Actor, deed: Deed, office: str | None = None) -> None:
    """Setting a folder up is the program's own doing; afterwards a person with the role does it."""
    if not by.is_system:
        check_may(by, deed, office)


def actor_of(person: Person) -> Actor:
    """The person as an actor, with the roles of their account (none without one)."""
    account = Account.of(person.province_id).filter(person=person, is_active=True).first()
    return account.actor() if account else Actor(person.pk)
