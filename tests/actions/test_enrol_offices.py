"""Offices are added, renamed and merged without losing where anybody worked."""

import pytest

from saisaat.actions import arrange_offices, enrol
from saisaat.domain.errors import Invalid, NotAllowed, NotNow
from saisaat.domain.roles import Role
from saisaat.domain.staff import OfficeKind, Post, StaffType
from saisaat.queries import people
from saisaat.records.models import Account, Office, Person, RoleGrant
from tests.cast import Cast, make_cast
from tests.factories import NOW, make_office, make_person

NAME = "สำนักงานพัฒนาชุมชนอำเภอตาคลี"


def add(cast: Cast, name: str = NAME, kind: OfficeKind = OfficeKind.DISTRICT) -> Office:
    return arrange_offices.add(province=cast.province, kind=kind, name=name, by=cast.actor("admin"), now=NOW)


def rename(cast: Cast, office: Office, name: str, kind: OfficeKind = OfficeKind.DISTRICT) -> None:
    arrange_offices.rename(office=office, kind=kind, name=name, by=cast.actor("admin"), now=NOW)


def merge(cast: Cast, office: Office, into: Office) -> int:
    return arrange_offices.merge(office=office, into=into, by=cast.actor("admin"), now=NOW)


@pytest.mark.parametrize("name", [NAME, "สพอ.ตาคลี", "อำเภอ ตาคลี", "ตาคลี"])
def test_one_place_is_one_office_however_spelled(cast: Cast, name: str) -> None:
    add(cast)
    with pytest.raises(Invalid, match="รวมสำนักงาน"):
        add(cast, name)


@pytest.mark.parametrize("name", ["", "  ", "123", "ก" * 201])
def test_a_name_that_is_none(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        add(cast, name)


def test_provinces_have_offices_of_their_own(cast: Cast) -> None:
    other = make_cast("other-")
    add(cast)
    assert add(other).name == NAME
    assert len(people.offices(cast.province.pk)) == len(people.offices(other.province.pk)) == 2


def test_renaming(cast: Cast) -> None:
    office, other = add(cast), add(cast, "อำเภอหนองบัว")
    person = make_person(office)
    rename(cast, office, "อำเภอตากฟ้า")
    assert Person.everywhere.select_related("office").get(pk=person.pk).office.name == "อำเภอตากฟ้า"
    rename(cast, office, "อำเภอ ตากฟ้า")  # its own name, spelled otherwise
    with pytest.raises(Invalid):
        rename(cast, other, "ตากฟ้า")


def test_merging_moves_everybody_and_keeps_the_past(cast: Cast) -> None:
    old, into = add(cast), add(cast, "อำเภอหนองบัว")
    moved = [make_person(old, name=f"คน ที่{number}") for number in range(arrange_offices.BATCH + 3)]
    post = Post("ผู้อำนวยการ", "", StaffType.OFFICIAL)
    enrol.repost(person=moved[0], office=old, post=post, on=NOW.date(), by=cast.actor("admin"), now=NOW)
    gone = make_office(cast.province, "เก่ากว่า", Office.Kind.DISTRICT)
    merge(cast, gone, old)
    assert merge(cast, old, into) == len(moved)
    assert {one.office_id for one in Person.everywhere.filter(pk__in=[one.pk for one in moved])} == {into.pk}
    moved[0].refresh_from_db()
    assert [posting.office.name for posting in people.history(moved[0])] == [into.name, old.name]
    assert set(Office.everywhere.filter(merged_into=into)) == {old, gone}
    assert [office.name for office in people.offices(cast.province.pk)] == [cast.office.name, into.name]
    assert {office.name: office.id for office in people.known_offices(cast.province.pk)}[old.name] == into.pk


def test_merging_moves_roles_held_for_the_office(cast: Cast) -> None:
    old, into = add(cast), add(cast, "อำเภอหนองบัว")
    account = Account.everywhere.get(username="viewer")
    for office, role in ((old, Role.ADMIN), (old, Role.AUDITOR), (into, Role.AUDITOR)):
        RoleGrant.everywhere.create(province=cast.province, account=account, office=office, role=role)
    merge(cast, old, into)
    held = RoleGrant.everywhere.filter(account=account, office__isnull=False)
    assert sorted(held.values_list("role", "office")) == [("admin", into.pk), ("auditor", into.pk)]


def test_a_merged_office_takes_nobody(cast: Cast) -> None:
    old, into = add(cast), add(cast, "อำเภอหนองบัว")
    merge(cast, old, into)
    old.refresh_from_db()
    post = Post("ก", "", StaffType.OFFICIAL)
    with pytest.raises(NotNow):
        enrol.enrol(office=old, name="คน หนึ่ง", post=post, joined_on=None, since=None, by=cast.actor("admin"), now=NOW)
    with pytest.raises(NotNow):
        merge(cast, old, into)
    with pytest.raises(NotNow):
        rename(cast, old, "อื่น")
    with pytest.raises(Invalid, match="ชื่อเดิม"):
        add(cast)


def test_what_cannot_be_merged(cast: Cast) -> None:
    office = add(cast)
    with pytest.raises(Invalid):
        merge(cast, office, office)
    with pytest.raises(Invalid):
        merge(cast, office, make_cast("other-").office)
    with pytest.raises(NotAllowed):
        arrange_offices.merge(office=office, into=cast.office, by=cast.actor("auditor"), now=NOW)


def test_offices_stand_in_order() -> None:
    names = ["อำเภอ แห่งที่ 10", "อำเภอ แห่งที่ ๒", "อำเภอ แห่งที่ 1", "เมือง", "พยุหะ"]
    assert sorted(names, key=people.natural_key) == ["พยุหะ", "เมือง", "อำเภอ แห่งที่ 1", "อำเภอ แห่งที่ ๒", "อำเภอ แห่งที่ 10"]
