"""Roles by office, who may give them, and how long a guesser waits."""

import pytest

from saisaat.domain.errors import DomainError, Invalid, NotAllowed, NotNow
from saisaat.domain.granting import (
    OFFICE_ROLES,
    can_grant,
    can_touch,
    check_grant,
    check_not_oneself,
    check_owner_left,
)
from saisaat.domain.guessing import FIRST_WAIT, FREE, LONGEST_WAIT, Guessed, wait_after
from saisaat.domain.roles import ANYWHERE, BY_OFFICE, MAY, Actor, Deed, Role, can_do, check_may, offices_open_to
from saisaat.domain.usernames import check_username

HERE, THERE = "office-here", "office-there"


def held(*roles: Role, office: str | None = None) -> Actor:
    if office is None:
        return Actor("person", frozenset(roles))
    return Actor("person", by_office=frozenset((office, role) for role in roles))


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("role", Role)
def test_a_role_for_the_province_counts_everywhere(role: Role, deed: Deed) -> None:
    for office in (None, HERE, THERE):
        assert can_do(held(role), deed, office) == (role in MAY[deed])


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("role", Role)
def test_a_role_for_an_office_counts_for_its_things_only(role: Role, deed: Deed) -> None:
    actor = held(role, office=HERE)
    listed = role in MAY[deed]
    assert can_do(actor, deed, HERE) == (listed and deed in BY_OFFICE | ANYWHERE)
    assert can_do(actor, deed, THERE) == can_do(actor, deed) == (listed and deed in ANYWHERE)


def test_what_is_shared_and_what_is_an_offices_own_do_not_overlap() -> None:
    assert not ANYWHERE & BY_OFFICE
    assert set(MAY) == set(Deed)


def test_the_offices_somebody_may_work_on() -> None:
    assert offices_open_to(held(Role.ADMIN), Deed.SEE_PEOPLE) is None
    assert offices_open_to(held(Role.ADMIN, office=HERE), Deed.SEE_PEOPLE) == {HERE}
    assert offices_open_to(held(Role.ADMIN, office=HERE), Deed.PLAN) == frozenset()
    assert offices_open_to(held(Role.VIEWER), Deed.SEE_PEOPLE) == frozenset()


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(NotAllowed, match="โปรด"):
        check_may(held(Role.VIEWER), Deed.PLAN)


def may_give(actor: Actor, role: Role, office: str | None) -> bool:
    try:
        check_grant(actor, role, office)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize("role", Role)
def test_who_gives_which_role(role: Role) -> None:
    for_office = role in OFFICE_ROLES
    assert may_give(held(Role.OWNER), role, None)
    assert may_give(held(Role.OWNER), role, HERE) == for_office
    assert may_give(held(Role.ADMIN), role, None) == (role is not Role.OWNER)
    assert may_give(held(Role.ADMIN), role, HERE) == (for_office and role is not Role.OWNER)
    assert may_give(held(Role.ADMIN, office=HERE), role, HERE) == (for_office and role is not Role.OWNER)
    assert may_give(held(Role.OWNER, office=HERE), role, HERE) == for_office
    for office in (None, THERE):
        assert not may_give(held(Role.ADMIN, office=HERE), role, office)
        assert not may_give(held(Role.OWNER, office=HERE), role, office)
    for other in sorted(set(Role) - {Role.OWNER, Role.ADMIN}):
        assert not can_grant(held(other), role, None)


@pytest.mark.parametrize(
    ("by", "target", "allowed"),
    [
        (held(Role.OWNER), held(Role.OWNER), True),
        (held(Role.ADMIN), held(Role.OWNER), False),
        (held(Role.ADMIN), held(Role.ADMIN, Role.APPROVER), True),
        (held(Role.ADMIN), held(Role.OWNER, office=HERE), False),
        (held(Role.ADMIN, office=HERE), held(Role.VIEWER, office=HERE), True),
        (held(Role.ADMIN, office=HERE), held(Role.VIEWER), False),
        (held(Role.ADMIN, office=THERE), held(Role.VIEWER, office=HERE), False),
        (held(Role.PRODUCER), held(Role.VIEWER), False),
    ],
)
def test_whose_account_somebody_may_touch(by: Actor, target: Actor, allowed: bool) -> None:
    assert can_touch(by, target, HERE) == allowed


def test_nobody_but_an_owner_lifts_himself() -> None:
    check_not_oneself(held(Role.OWNER), "person")
    check_not_oneself(held(Role.ADMIN), "somebody else")
    with pytest.raises(NotAllowed):
        check_not_oneself(held(Role.ADMIN), "person")


def test_the_last_owner_stays() -> None:
    check_owner_left(["a", "b"], "a")
    check_owner_left(["b"], "a")
    with pytest.raises(NotNow):
        check_owner_left(["a"], "a")


@pytest.mark.parametrize("kind", Guessed)
def test_the_wait_grows(kind: Guessed) -> None:
    free = FREE[kind]
    assert not wait_after(kind, free - 1)
    assert [wait_after(kind, free + over) for over in (0, 1, 2)] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert wait_after(kind, free + 10_000) == LONGEST_WAIT


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Owner1", "owner1"), ("  a.b-c_9 ", "a.b-c_9"), ("หัวหน้า1", "หัวหน้า1"), ("x" * 60, "x" * 60)],
)
def test_usernames(typed: str, kept: str) -> None:
    assert check_username(typed) == kept


@pytest.mark.parametrize("typed", ["", "ab", "two words", "x" * 61, ".dot", "a@b.c", "a\nb", "a/b"])
def test_what_is_no_username(typed: str) -> None:
    with pytest.raises(Invalid):
        check_username(typed)
