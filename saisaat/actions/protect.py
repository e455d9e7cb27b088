"""Protecting an account by a second factor: TOTP and its recovery codes, by allauth's machinery, audited here."""

import contextlib
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.db import transaction

from saisaat.actions import submit_once
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.roles import Actor
from saisaat.records import audit
from saisaat.records.models import Account

_TOTP, _CODES = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


class _OneUse(TOTP):  # type: ignore[misc]  # allauth is untyped
    """A code opens once, for all processes together: allauth remembers it in a cache of one process only."""

    def _mark_code_used(self, code: str) -> bool:
        return submit_once.claim(account=self.instance.user, token=f"totp {code}") is None


def turn_on_totp(*, account: Account, secret: str, code: str, by: Actor, now: datetime) -> list[str]:
    """The telephone has `secret` and proved it by `code`. Returns the recovery codes, to be shown once."""
    _check_own(account, by)
    if not secret or not validate_totp_code(secret, digits(code)):
        raise Invalid("รหัส 6 หลักไม่ตรง ยังไม่ได้เปิดใช้ โปรดดูรหัสล่าสุดในแอปแล้วกรอกใหม่ และตรวจว่าเวลาในโทรศัพท์ตั้งอัตโนมัติ")
    with transaction.atomic():
        account = Account.of(account.province_id).select_for_update().get(pk=account.pk)
        if has_totp(account):
            raise NotNow("เปิดใช้รหัสจากโทรศัพท์อยู่แล้ว ของเดิมยังใช้ได้ ถ้าจะเปลี่ยนเครื่องโปรดปิดของเดิมก่อน")
        TOTP.activate(account, secret)
        _OneUse(Authenticator(user=account))._mark_code_used(digits(code))
        audit.append(by=by, action="account.totp_on", row=account, now=now)
        return _new_codes(account)


def turn_off_totp(*, account: Account, by: Actor, now: datetime) -> None:
    """The account is opened by its password alone again; recovery codes go with it."""
    _check_own(account, by)
    forget_second_factor(account=account, by=by, now=now)


def forget_second_factor(*, account: Account, by: Actor, now: datetime) -> None:
    """Part of letting somebody in anew who lost the telephone, too."""
    with transaction.atomic():
        gone, _ = Authenticator.objects.filter(user=account).delete()
        if gone:
            audit.append(by=by, action="account.totp_off", row=account, now=now)


def renew_recovery_codes(*, account: Account, by: Actor, now: datetime) -> list[str]:
    """Fresh codes; the old ones open nothing any more."""
    _check_own(account, by)
    if not has_totp(account):
        raise NotNow("ยังไม่ได้เปิดใช้รหัสจากโทรศัพท์ จึงไม่มีรหัสสำรองให้ทำใหม่ โปรดเปิดใช้รหัสจากโทรศัพท์ก่อน")
    with transaction.atomic():
        codes = _new_codes(account)
        audit.append(by=by, action="account.recovery_codes", row=account, now=now)
        return codes


def check_code(*, account: Account, code: str) -> bool:
    """Whether `code` is the telephone's of this moment or an unused recovery code. A right one is used up."""
    typed = digits(code)
    for row in Authenticator.objects.filter(user=account, type__in=[_TOTP, _CODES]).select_related("user"):
        factor = _OneUse(row) if row.type == _TOTP else RecoveryCodes(row)
        if typed and factor.validate_code(typed):
            row.record_usage()
            return True
    return False


def has_totp(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account, type=_TOTP).exists())


def digits(typed: str) -> str:
    """The digits of a code as typed: spaces and dashes dropped, Thai digits read."""
    found = []
    for letter in typed[:40]:
        with contextlib.suppress(ValueError):
            found.append(str(int(letter)))
    return "".join(found)


def _new_codes(account: Account) -> list[str]:
    Authenticator.objects.filter(user=account, type=_CODES).delete()
    return list(RecoveryCodes.activate(account).generate_codes())


def _check_own(account: Account, by: Actor) -> None:
    if by.id != account.person_id:
        raise Invalid("ตั้งค่าความปลอดภัยได้เฉพาะบัญชีของตนเอง ยังไม่มีการเปลี่ยนแปลง")
