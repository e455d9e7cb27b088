"""Granting and taking back roles, and closing accounts. The last owner stays."""

from datetime import datetime

from django.db import transaction

from saisaat.actions.invite import revoke_open
from saisaat.domain.errors import NotNow
from saisaat.domain.granting import check_grant, check_not_oneself, check_owner_left, check_touch
from saisaat.domain.roles import Actor, Role
from saisaat.records import audit
from saisaat.records.models import Account, Office, RoleGrant


def grant_role(*, account: Account, role: Role, office: Office | None, by: Actor, now: datetime) -> RoleGrant:
    """`role` for `office`, or for the whole province where it is None."""
    check_grant(by, role, office.pk if office else None)
    check_not_oneself(by, account.person_id)
    with transaction.atomic():
        grant, made = RoleGrant.everywhere.get_or_create(
            province_id=account.province_id, account=account, office=office, role=role
        )
        if not made:
            raise NotNow("บัญชีนี้มีบทบาทนี้อยู่แล้ว จึงไม่มีอะไรเปลี่ยนแปลง")
        audit.append(by=by, action="role.grant", row=grant, now=now)
    return grant


def revoke_role(*, grant: RoleGrant, by: Actor, now: datetime) -> None:
    """The account may no longer do what this role allowed."""
    check_grant(by, Role(grant.role), grant.office_id)
    with transaction.atomic():
        _lock_owners(grant.account)
        if Role(grant.role) is Role.OWNER and grant.office_id is None:
            check_owner_left(owners_of(grant.province_id), grant.account_id)
        audit.append(by=by, action="role.revoke", row=grant, now=now)
        grant.delete()


def close_account(*, account: Account, by: Actor, now: datetime) -> None:
    """Nobody gets in by it any more, and whoever is in falls out. What the person did stays theirs."""
    with transaction.atomic():
        _lock_owners(account)
        account = Account.of(account.province_id).select_related("person").get(pk=account.pk)
        check_touch(by, account.actor(), account.person.office_id)
        check_owner_left(owners_of(account.province_id), account.pk)
        if not account.is_active:
            raise NotNow("บัญชีนี้ปิดอยู่แล้ว จึงไม่มีอะไรเปลี่ยนแปลง")
        revoke_open(account.person, now)
        account.is_active = False
        account.sign_outs += 1
        account.save(update_fields=["is_active", "sign_outs"])
        audit.append(by=by, action="account.close", row=account, now=now)


def owners_of(province: str) -> list[str]:
    """The open accounts that own the whole province."""
    owning = RoleGrant.of(province).filter(role=Role.OWNER, office__isnull=True, account__is_active=True)
    return [str(account) for account in owning.values_list("account_id", flat=True)]


def _lock_owners(account: Account) -> None:
    """Two owners who remove each other at once come one after the other."""
    list(Account.of(account.province_id).select_for_update().order_by("pk").values_list("pk", flat=True))
