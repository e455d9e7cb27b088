"""Letting go of a reader: untying a LINE account from the office's list, and forgetting all it did."""

from datetime import datetime

from django.db import transaction

from saisaat.actions.link_line import unlink_person
from saisaat.actions.link_request import forget_requests
from saisaat.domain.errors import NotNow
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.queries.office import person_of_line
from saisaat.records import audit
from saisaat.records.models import (
    Account,
    Acknowledgement,
    Channel,
    ClipWatch,
    Comment,
    NearAcknowledgement,
    Person,
    Reaction,
    View,
)
from saisaat.records.sealing import keyed_hash

PAGE = Actor.system("page")
KNOWN_BY_WHO = (View, ClipWatch, Acknowledgement, NearAcknowledgement, Reaction)
"""What a reader did, under the keyed hash of their LINE user; comments are seen to by themselves."""


def unlink_reader(*, province: str, line_user: str, now: datetime) -> None:
    """As the reader wishes: the LINE account is nobody's in the office's list any more. What it did stays pseudonymous.

    Refused to somebody who signs in to the workspace by LINE alone, and would be locked out.
    """
    person = person_of_line(province, keyed_hash(line_user))
    if person is None:
        raise NotNow("บัญชี LINE นี้ไม่ได้ผูกกับรายชื่อใดอยู่แล้ว จึงไม่มีอะไรเปลี่ยนแปลง")
    account = Account.of(province).filter(person=person, is_active=True).first()
    if account is not None and not account.has_usable_password():
        raise NotNow("บัญชีนี้เข้าใช้ด้วย LINE เท่านั้น จึงยังเลิกผูกไม่ได้ โปรดตั้งรหัสผ่านก่อน")
    unlink_person(person=person, by=Actor(person.pk), now=now)


def unlink_by_office(*, person: Person, by: Actor, now: datetime) -> None:
    """Whoever manages the office's people unties somebody's LINE account: left, lost, or tied to the wrong one."""
    check_may(by, Deed.MANAGE_PEOPLE, str(person.office_id))
    account = Account.of(person.province_id).filter(person=person, is_active=True).first()
    if account is not None and not account.has_usable_password():
        raise NotNow("คนนี้เข้าใช้ระบบด้วย LINE เท่านั้น จึงยังเลิกผูกไม่ได้ โปรดปิดบัญชีหรือเชิญใหม่ที่หน้าผู้มีสิทธิ์เข้าใช้")
    unlink_person(person=person, by=by, now=now)


def erase_reader(*, channel: Channel, line_user: str, now: datetime) -> None:
    """As the reader wishes: nothing here leads to them any more. What they opened and pressed stays as counts, what
    they wrote by name loses its name.
    """
    province, who = str(channel.province_id), keyed_hash(line_user)
    with transaction.atomic():
        if person_of_line(province, who) is not None:
            unlink_reader(province=province, line_user=line_user, now=now)
        forget_requests(province=province, who=who, now=now)
        for model in KNOWN_BY_WHO:
            model.of(province).filter(who=who).update(who="")
        Comment.of(province).filter(who=who).update(who="", name_sealed=None)
        audit.append(by=PAGE, action="reader.erase", row=channel, now=now)
