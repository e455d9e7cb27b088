"""Registering by a one-time code: the office makes codes for its people, each ties one LINE account to one of them."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from saisaat.actions import hold_back
from saisaat.actions.link_line import link_person
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.guessing import Guessed
from saisaat.domain.link_codes import ALPHABET, LASTS, LENGTH, normal_code
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import LinkCode, Person
from saisaat.records.sealing import keyed_hash


def make_codes(*, people: Sequence[Person], by: Actor, now: datetime) -> list[tuple[Person, str]]:
    """A code for each of `people`, to be shown once: only its keyed hash is kept. It replaces an open one.

    Each in a transaction of its own, so that a long list holds nobody up.
    """
    for office in {str(person.office_id) for person in people}:
        check_may(by, Deed.MANAGE_PEOPLE, office)
    return [(person, _make(person, by, now)) for person in people if person.left_on is None]


def _make(person: Person, by: Actor, now: datetime) -> str:
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    with transaction.atomic():
        Person.of(person.province_id).select_for_update(of=("self",)).get(pk=person.pk)
        _open(person).update(revoked_at=now)
        row = LinkCode.everywhere.create(
            province_id=person.province_id,
            person=person,
            code_hash=_hash(code),
            by_id=by.id,
            created_at=now,
            expires_at=now + LASTS,
        )
        audit.append(by=by, action="link_code.make", row=row, now=now)
    return code


def _open(person: Person) -> QuerySet[LinkCode]:
    return LinkCode.of(person.province_id).filter(person=person, used_at__isnull=True, revoked_at__isnull=True)


def use_code(*, province: str, code: str, line_user: str, now: datetime) -> Person:
    """The LINE user is whoever the code was made for. Wrong tries are counted by LINE user. Raises `DomainError`."""
    key = hold_back.Key(Guessed.LINE, line_user)
    owed = hold_back.begin_try(key, now=now)
    if owed:
        raise NotNow("ใส่รหัสผิดหลายครั้ง จึงให้พักก่อน โปรดลองใหม่ในอีก %(seconds)s วินาที", seconds=int(owed.total_seconds()) + 1)
    with transaction.atomic():
        rows = LinkCode.of(province).select_for_update(of=("self",)).select_related("person__key")
        found = rows.filter(code_hash=_hash(normal_code(code)), used_at__isnull=True, revoked_at__isnull=True).first()
        if found is None or found.expires_at <= now or found.person.left_on is not None:
            raise Invalid("รหัสไม่ตรง หมดอายุ หรือถูกใช้แล้ว ยังไม่ได้ผูกบัญชี โปรดตรวจตัวอักษรในใบรหัส หรือขอรหัสใหม่จากสำนักงาน")
        link_person(person=found.person, line_user=line_user, by=Actor(found.person_id), now=now)
        found.used_at = now
        found.save(update_fields=["used_at"])
        audit.append(by=Actor(found.person_id), action="link_code.use", row=found, now=now)
    hold_back.succeeded(key)
    return found.person


def _hash(code: str) -> str:
    return keyed_hash(f"link code {code}")
