"""Tying somebody's LINE account to them. The id comes from an ID token that was verified, never from the browser."""

from datetime import datetime

from django.db import transaction

from saisaat.actions.connect import link_identity
from saisaat.domain.errors import NotNow
from saisaat.domain.roles import Actor
from saisaat.queries.office import channel_of
from saisaat.records import audit
from saisaat.records.models import Account, LineIdentity, Person
from saisaat.records.sealing import keyed_hash


def link_person(*, person: Person, line_user: str, by: Actor, now: datetime) -> None:
    """`line_user` is `person`, on the channel that the province uses."""
    with transaction.atomic():
        channel = channel_of(person.province_id)
        if channel is None:
            raise NotNow("สำนักงานยังไม่ได้เชื่อมบัญชี LINE ทางการ จึงยังผูก LINE ของบุคคลไม่ได้ โปรดใช้รหัสผ่านไปก่อน")
        if LineIdentity.everywhere.filter(user_hash=keyed_hash(line_user)).exclude(person=person).exists():
            raise NotNow("บัญชี LINE นี้ผูกกับบุคคลอื่นอยู่แล้ว จึงยังไม่ได้ผูก โปรดใช้บัญชี LINE ของคุณเอง หรือให้ผู้นั้นเลิกผูกก่อน")
        unlink_person(person=person, by=by, now=now)
        link_identity(channel=channel, person=person, user=line_user, by=by, now=now)


def unlink_person(*, person: Person, by: Actor, now: datetime) -> None:
    """The person's LINE account opens nothing any more and gets no messages of its own."""
    with transaction.atomic():
        for identity in LineIdentity.of(person.province_id).filter(person=person):
            audit.append(by=by, action="line_identity.unlink", row=identity, now=now)
            identity.delete()


def unlink_own(*, account: Account, by: Actor, now: datetime) -> None:
    """As the person wishes, unless LINE is their only way in."""
    if not account.has_usable_password():
        raise NotNow("บัญชีนี้เข้าใช้ด้วย LINE เท่านั้น จึงยังเลิกผูกไม่ได้ โปรดตั้งรหัสผ่านก่อน")
    unlink_person(person=account.person, by=by, now=now)


def account_of_line(line_user: str) -> Account | None:
    """The open account of whoever this LINE account belongs to. None where it is nobody's: nothing is made of it."""
    found = (
        Account.everywhere.filter(person__line_identities__user_hash=keyed_hash(line_user), is_active=True)
        .select_related("person__key", "province")
        .distinct()[:2]
    )
    accounts = list(found)
    return accounts[0] if len(accounts) == 1 else None
