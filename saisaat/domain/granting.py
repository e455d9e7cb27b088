"""Who may give which role to whom. One rule is behind it all: nobody lifts or touches anybody above himself."""

from collections.abc import Collection
from datetime import timedelta

from saisaat.domain.errors import Invalid, NotAllowed, NotNow
from saisaat.domain.roles import Actor, Deed, Role, can_do, check_may

INVITATION_LASTS = timedelta(days=7)

OFFICE_ROLES = frozenset({Role.OWNER, Role.ADMIN, Role.VIEWER, Role.AUDITOR})
"""Roles that mean something for one office alone. The others work on the campaign, which is the whole province's."""


def check_grant(by: Actor, role: Role, office: str | None) -> None:
    """Raise unless `by` may give or take `role` for `office` (None: for the whole province)."""
    check_may(by, Deed.MANAGE_ACCESS, office)
    if office is not None and role not in OFFICE_ROLES:
        raise Invalid("บทบาทนี้ทำงานกับโครงการของทั้งจังหวัด จึงให้เฉพาะสำนักงานเดียวไม่ได้ ยังไม่มีการเปลี่ยนแปลง โปรดเลือกทั้งจังหวัด")
    if role is Role.OWNER and not _owns(by, office):
        raise NotAllowed("ผู้ดูแลระบบให้หรือถอนบทบาทเจ้าของโครงการไม่ได้ ยังไม่มีการเปลี่ยนแปลง โปรดให้เจ้าของโครงการเป็นผู้ทำ")


def check_not_oneself(by: Actor, person: str) -> None:
    """Raise when somebody below an owner would give himself a role."""
    if by.id == person and Role.OWNER not in by.roles:
        raise NotAllowed("ให้บทบาทแก่ตนเองไม่ได้ ยังไม่มีการเปลี่ยนแปลง โปรดให้เจ้าของโครงการเป็นผู้ทำ")


def can_grant(by: Actor, role: Role, office: str | None) -> bool:
    try:
        check_grant(by, role, office)
    except (Invalid, NotAllowed):
        return False
    return True


def check_touch(by: Actor, held: Actor, office: str) -> None:
    """Raise unless `by` may close, reopen or invite anew the account of `held`, who works in `office`.

    Whoever hands out a new way into an account could use it himself, so he must be able to grant all it may do.
    """
    if not can_do(by, Deed.MANAGE_ACCESS, office) or not all(
        can_grant(by, role, where) for where, role in [*((None, role) for role in held.roles), *held.by_office]
    ):
        raise NotAllowed("บัญชีนี้มีสิทธิ์ที่คุณให้หรือถอนไม่ได้ ยังไม่มีการเปลี่ยนแปลง โปรดให้เจ้าของโครงการเป็นผู้ทำ")


def can_touch(by: Actor, held: Actor, office: str) -> bool:
    try:
        check_touch(by, held, office)
    except NotAllowed:
        return False
    return True


def check_owner_left(owners: Collection[str], leaving: str) -> None:
    """Raise when `leaving` is the only one of `owners` (accounts that are open and own the whole province)."""
    if set(owners) == {leaving}:
        raise NotNow("บัญชีนี้เป็นเจ้าของโครงการคนสุดท้าย จึงปิดหรือถอนบทบาทไม่ได้ ยังไม่มีการเปลี่ยนแปลง โปรดให้บทบาทนี้แก่ผู้อื่นก่อน")


def _owns(by: Actor, office: str | None) -> bool:
    return Role.OWNER in by.roles or (office is not None and (office, Role.OWNER) in by.by_office)
