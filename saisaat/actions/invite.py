"""Inviting: a one-time link by which a person of the office takes hold of an account of their own."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from saisaat.actions.admit import actor_of
from saisaat.actions.link_line import link_person, unlink_person
from saisaat.actions.protect import forget_second_factor
from saisaat.domain.errors import Invalid, NotAllowed, NotNow
from saisaat.domain.granting import INVITATION_LASTS, check_grant, check_touch
from saisaat.domain.roles import Actor, Deed, Role, check_may
from saisaat.domain.usernames import check_username
from saisaat.records import audit
from saisaat.records.base import random_id
from saisaat.records.models import Account, Invitation, Office, Person, RoleGrant


@dataclass(frozen=True, slots=True)
class Credentials:
    """How the invited person will sign in: by a password, or by the LINE account whose user id LINE vouched for."""

    username: str = ""
    password: str = ""
    line_user: str = ""


def invite(
    *, person: Person, roles: Iterable[Role], office: Office | None, by: Actor, now: datetime
) -> tuple[Invitation, str]:
    """An invitation for `person` and its secret word, which is shown once and kept nowhere. It replaces an open one.

    Somebody who has an account already is let in anew by it, with the roles they hold; `roles` come on top.
    """
    wanted = sorted(set(roles))
    check_may(by, Deed.MANAGE_ACCESS, person.office_id)
    for role in wanted:
        check_grant(by, role, office.pk if office else None)
    with transaction.atomic():
        person = Person.of(person.province_id).select_for_update().get(pk=person.pk)
        if person.left_on is not None:
            raise NotNow("บุคคลนี้ไม่ได้อยู่ในสำนักงานแล้ว จึงยังไม่ได้เชิญ โปรดตรวจสอบที่หน้าบุคคล")
        account = Account.of(person.province_id).filter(person=person).first()
        if account is not None:
            check_touch(by, account.actor(), person.office_id)
        elif not wanted:
            raise Invalid("ยังไม่ได้เลือกบทบาท จึงยังไม่ได้เชิญ โปรดเลือกอย่างน้อยหนึ่งบทบาท")
        revoke_open(person, now)
        word = secrets.token_urlsafe(24)
        invitation = Invitation.everywhere.create(
            province_id=person.province_id,
            person=person,
            office=office,
            roles=wanted,
            token_sha256=hash_of(word),
            by_id=by.id,
            created_at=now,
            expires_at=now + INVITATION_LASTS,
        )
        audit.append(by=by, action="invitation.send", row=invitation, now=now)
    return invitation, word


def withdraw(*, invitation: Invitation, by: Actor, now: datetime) -> None:
    """The link opens nothing any more."""
    check_may(by, Deed.MANAGE_ACCESS, invitation.person.office_id)
    with transaction.atomic():
        open_ones = Invitation.of(invitation.province_id).filter(pk=invitation.pk, used_at__isnull=True)
        if not open_ones.filter(revoked_at__isnull=True).update(revoked_at=now):
            raise NotNow("คำเชิญนี้ถูกใช้หรือยกเลิกไปแล้ว จึงไม่มีอะไรเปลี่ยนแปลง")
        audit.append(by=by, action="invitation.withdraw", row=invitation, now=now)


def revoke_open(person: Person, now: datetime) -> None:
    """No earlier link of the person's opens anything any more."""
    living = Invitation.of(person.province_id).filter(person=person, used_at__isnull=True, revoked_at__isnull=True)
    living.update(revoked_at=now)


def open_invitation(word: str, now: datetime) -> Invitation:
    """The invitation a link stands for. Raises NotNow saying why it opens nothing."""
    found = (
        Invitation.everywhere.filter(token_sha256=hash_of(word)).select_related("person__key", "by", "office").first()
    )
    if found is None:
        raise NotNow("ไม่พบคำเชิญของลิงก์นี้ ลิงก์อาจถูกตัดไปบางส่วน โปรดเปิดจากข้อความเดิมอีกครั้ง หรือขอลิงก์ใหม่จากผู้เชิญ")
    check_open(found, now)
    return found


def check_open(invitation: Invitation, now: datetime) -> None:
    """Raise NotNow unless the invitation can still be used; whoever sent it must still be able to."""
    if invitation.used_at is not None:
        raise NotNow("ลิงก์นี้ถูกใช้ไปแล้ว ถ้าคุณเป็นผู้ใช้ โปรดเข้าสู่ระบบตามปกติ ถ้าไม่ใช่ โปรดแจ้งผู้เชิญทันที")
    if invitation.revoked_at is not None:
        raise NotNow("คำเชิญนี้ถูกยกเลิกหรือมีลิงก์ใหม่กว่าแล้ว โปรดใช้ลิงก์ล่าสุด หรือขอลิงก์ใหม่จากผู้เชิญ")
    if invitation.expires_at <= now:
        raise NotNow("ลิงก์นี้หมดอายุแล้ว (ใช้ได้ 7 วัน) โปรดขอลิงก์ใหม่จากผู้เชิญ")
    person, sender = invitation.person, actor_of(invitation.by)
    if person.left_on is not None:
        raise NotNow("บุคคลนี้ไม่ได้อยู่ในสำนักงานแล้ว ลิงก์นี้จึงใช้ไม่ได้ โปรดติดต่อผู้ดูแลระบบของสำนักงาน")
    account = Account.of(invitation.province_id).filter(person=person).first()
    try:
        check_touch(sender, account.actor() if account else Actor(person.pk), person.office_id)
        for role in invitation.roles:
            check_grant(sender, Role(role), invitation.office_id)
    except (Invalid, NotAllowed) as gone:
        raise NotNow("ผู้เชิญไม่มีสิทธิ์เชิญแล้ว ลิงก์นี้จึงใช้ไม่ได้ โปรดขอลิงก์ใหม่จากผู้ดูแลระบบของสำนักงาน") from gone


def accept(*, invitation: Invitation, credentials: Credentials, now: datetime) -> Account:
    """The invited person takes hold of the account. What opened it before no longer does."""
    me = Actor(invitation.person_id)
    with transaction.atomic():
        invitation = Invitation.everywhere.select_for_update(of=("self",)).get(pk=invitation.pk)
        check_open(invitation, now)
        account = _account_for(invitation.person, credentials, now)
        for role in invitation.roles:
            grant, made = RoleGrant.everywhere.get_or_create(
                province_id=invitation.province_id, account=account, office_id=invitation.office_id, role=role
            )
            if made:
                audit.append(by=Actor(invitation.by_id), action="role.grant", row=grant, now=now)
        if credentials.line_user:
            link_person(person=invitation.person, line_user=credentials.line_user, by=me, now=now)
        invitation.used_at = now
        invitation.save(update_fields=["used_at"])
        audit.append(by=me, action="invitation.accept", row=invitation, now=now)
    return account


def hash_of(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _account_for(person: Person, credentials: Credentials, now: datetime) -> Account:
    by = Actor(person.pk)
    account = Account.of(person.province_id).select_for_update().filter(person=person).first()
    password = credentials.password or None
    if account is None:
        username = check_username(credentials.username) if password else f"line-{random_id()[:10]}"
        try:
            with transaction.atomic():
                account = Account.everywhere.create_account(
                    province=person.province, username=username, password=password, person=person
                )
        except IntegrityError as taken:
            raise Invalid("ชื่อผู้ใช้นี้มีคนใช้แล้ว ยังไม่ได้สร้างบัญชี โปรดเลือกชื่ออื่น") from taken
        audit.append(by=by, action="account.open", row=account, now=now)
        return account
    account.set_password(password)
    account.is_active = True
    account.sign_outs += 1
    account.save(update_fields=["password", "is_active", "sign_outs"])
    forget_second_factor(account=account, by=by, now=now)
    unlink_person(person=person, by=by, now=now)
    audit.append(by=by, action="account.reopen", row=account, now=now)
    return account
