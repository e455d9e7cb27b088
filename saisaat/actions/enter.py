"""Coming in and going out: what the audit knows of it, and what an account's own person changes about it."""

from datetime import datetime

from django.db import transaction

from saisaat.domain.errors import Invalid
from saisaat.domain.roles import Actor
from saisaat.records import audit
from saisaat.records.models import Account


def signed_in(*, account: Account, way: str, now: datetime) -> None:
    """Somebody came in as `account` by `way` ("password" or "line"). Ids only: no address, no device."""
    with transaction.atomic():
        audit.append(by=Actor(account.person_id), action=f"account.sign_in.{way}", row=account, now=now)


def change_password(*, account: Account, password: str, by: Actor, now: datetime) -> None:
    """A new password, checked by the form. Every other browser falls out."""
    _change_own(account, by, "account.password", now, password=password)


def sign_out_everywhere(*, account: Account, by: Actor, now: datetime) -> None:
    """Every browser that is in falls out, this one too."""
    _change_own(account, by, "account.sign_out_everywhere", now)


def _change_own(account: Account, by: Actor, action: str, now: datetime, *, password: str | None = None) -> None:
    if by.id != account.person_id:
        raise Invalid("ตั้งค่าความปลอดภัยได้เฉพาะบัญชีของตนเอง ยังไม่มีการเปลี่ยนแปลง")
    with transaction.atomic():
        row = Account.of(account.province_id).select_for_update().get(pk=account.pk)
        if password is not None:
            row.set_password(password)
        row.sign_outs += 1
        row.save(update_fields=["password", "sign_outs"])
        audit.append(by=by, action=action, row=row, now=now)
    account.password, account.sign_outs = row.password, row.sign_outs
