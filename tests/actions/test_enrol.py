"""People join, change post, leave and come back: history is added to, never rewritten; every write is audited."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from saisaat.actions import enrol
from saisaat.domain.errors import DomainError, Invalid, NotAllowed, NotNow
from saisaat.domain.roles import Actor, Role
from saisaat.domain.staff import Ended, Post, StaffType
from saisaat.queries import people
from saisaat.records import audit
from saisaat.records.models import Account, AuditEvent, Office, Person, Posting
from saisaat.records.sealing import shred
from tests.cast import Cast, make_cast
from tests.factories import NOW, make_office, make_person
from tests.stored import everything_stored

TODAY = NOW.date()
OFFICER = Post("นักวิชาการพัฒนาชุมชน", "ปฏิบัติการ", StaffType.OFFICIAL)
SENIOR = Post("นักวิชาการพัฒนาชุมชน", "ชำนาญการ", StaffType.OFFICIAL)


@pytest.fixture
def district(cast: Cast) -> Office:
    return make_office(cast.province, "สำนักงานพัฒนาชุมชนอำเภอตาคลี", Office.Kind.DISTRICT)


def join(cast: Cast, office: Office | None = None, name: str = "เจ้าหน้าที่ หนึ่ง", **more: object) -> Person:
    told: dict[str, object] = {"joined_on": None, "since": date(2010, 10, 1), "post": OFFICER} | more
    return enrol.enrol(office=office or cast.office, name=name, by=cast.actor("admin"), now=NOW, **told)  # type: ignore[arg-type]


def repost(cast: Cast, person: Person, office: Office, post: Post = SENIOR, on: date = TODAY) -> Posting:
    return enrol.repost(person=person, office=office, post=post, on=on, by=cast.actor("admin"), now=NOW)


def leave(cast: Cast, person: Person, on: date = TODAY, how: Ended = Ended.RETIRED) -> None:
    enrol.leave(person=person, how=how, on=on, reason="", by=cast.actor("admin"), now=NOW)


def come_back(cast: Cast, person: Person, on: date = TODAY) -> None:
    enrol.come_back(person=person, office=cast.office, post=OFFICER, on=on, by=cast.actor("admin"), now=NOW)


def told(person: Person) -> list[tuple[str, str, date | None, str, date | None]]:
    return [(p.level, p.began, p.starts_on, p.ended, p.ends_on) for p in people.history(person)]


def actions() -> list[str]:
    return list(AuditEvent.everywhere.order_by("no").values_list("action", flat=True))


def test_a_life_in_the_office(cast: Cast, district: Office) -> None:
    person = join(cast)
    repost(cast, person, cast.office, on=date(2015, 4, 1))
    repost(cast, person, district, on=date(2018, 1, 1))
    leave(cast, person, on=date(2019, 1, 1), how=Ended.RESIGNED)
    come_back(cast, person, on=date(2020, 1, 1))
    person.refresh_from_db()
    assert told(person) == [
        ("ปฏิบัติการ", "returned", date(2020, 1, 1), "", None),
        ("ชำนาญการ", "moved", date(2018, 1, 1), "resigned", date(2019, 1, 1)),
        ("ชำนาญการ", "changed", date(2015, 4, 1), "moved", date(2018, 1, 1)),
        ("ปฏิบัติการ", "joined", date(2010, 10, 1), "changed", date(2015, 4, 1)),
    ]
    assert (person.office, person.level, person.left_on) == (cast.office, "ปฏิบัติการ", None)
    assert actions() == ["person.add", "person.repost", "person.move", "person.leave", "person.return"]
    assert audit.verify(cast.province.pk) == 5


def test_somebody_without_postings_has_a_history_all_the_same(cast: Cast, district: Office) -> None:
    person = make_person(cast.office)
    assert told(person) == [("", "recorded", None, "", None)]
    repost(cast, person, district)
    person.refresh_from_db()
    assert told(person) == [("ชำนาญการ", "moved", TODAY, "", None), ("", "recorded", None, "moved", TODAY)]


def test_putting_right_makes_no_posting(cast: Cast) -> None:
    person = join(cast)
    enrol.correct(person=person, name="เจ้าหน้าที่ สอง", joined_on=date(2009, 1, 1), by=cast.actor("admin"), now=NOW)
    person.refresh_from_db()
    assert (person.name, person.joined_on, len(told(person))) == ("เจ้าหน้าที่ สอง", date(2009, 1, 1), 1)


def test_an_erased_name_stays_erased(cast: Cast) -> None:
    person = join(cast)
    shred(person.key, NOW)
    enrol.correct(person=person, name="เจ้าหน้าที่ สอง", joined_on=None, by=cast.actor("admin"), now=NOW)
    person = Person.everywhere.get(pk=person.pk)
    assert (person.known_name, person.name) == ("", person.position)


def test_leaving_closes_the_account(cast: Cast) -> None:
    leave(cast, cast.people["viewer"])
    assert not Account.everywhere.get(person=cast.people["viewer"]).is_active
    assert actions()[-2:] == ["person.leave", "account.close"]


REFUSED: list[tuple[str, type[DomainError], Callable[[Cast, Person], object]]] = [
    ("no name", Invalid, lambda c, p: join(c, name=" ")),
    ("no letters", Invalid, lambda c, p: join(c, name="12")),
    ("no position", Invalid, lambda c, p: join(c, post=Post(" ", "", StaffType.OFFICIAL))),
    ("joined tomorrow", Invalid, lambda c, p: join(c, joined_on=TODAY + timedelta(days=1))),
    ("joined long ago", Invalid, lambda c, p: join(c, joined_on=date(1900, 1, 1))),
    ("post before joining", Invalid, lambda c, p: join(c, joined_on=date(2015, 1, 1), since=date(2014, 1, 1))),
    ("same post", NotNow, lambda c, p: repost(c, p, c.office, OFFICER)),
    ("post before the present one", Invalid, lambda c, p: repost(c, p, c.office, on=date(2010, 9, 30))),
    ("post tomorrow", Invalid, lambda c, p: repost(c, p, c.office, on=TODAY + timedelta(days=1))),
    ("left before the post", Invalid, lambda c, p: leave(c, p, on=date(2010, 9, 30))),
    ("left by a way that is none", Invalid, lambda c, p: leave(c, p, how=Ended.MOVED)),
    ("oneself", NotNow, lambda c, p: leave(c, c.people["admin"])),
    ("an owner, by an administrator", NotAllowed, lambda c, p: leave(c, c.people["owner"])),
    ("back without having left", NotNow, lambda c, p: come_back(c, p)),
]


@pytest.mark.parametrize(("refused", "act"), [(r, act) for _, r, act in REFUSED], ids=[name for name, _, _ in REFUSED])
def test_what_is_refused_writes_nothing(
    cast: Cast, refused: type[DomainError], act: Callable[[Cast, Person], object]
) -> None:
    person = join(cast)
    before = (Person.everywhere.count(), Posting.everywhere.count(), actions())
    with pytest.raises(refused):
        act(cast, person)
    person.refresh_from_db()
    assert (person.left_on, person.office, person.level) == (None, cast.office, "ปฏิบัติการ")
    assert (Person.everywhere.count(), Posting.everywhere.count(), actions()) == before


@pytest.mark.parametrize("act", [leave, lambda c, p: repost(c, p, c.office)], ids=["leave", "repost"])
def test_somebody_who_left_has_to_come_back_first(cast: Cast, act: Callable[[Cast, Person], object]) -> None:
    person = join(cast)
    leave(cast, person)
    with pytest.raises(NotNow):
        act(cast, person)


def test_a_role_for_one_office_reaches_its_people_only(cast: Cast, district: Office) -> None:
    by = Actor(cast.people["viewer"].pk, by_office=frozenset({(str(district.pk), Role.ADMIN)}))
    person = enrol.enrol(office=district, name="คน หนึ่ง", post=OFFICER, joined_on=None, since=None, by=by, now=NOW)
    enrol.repost(person=person, office=district, post=SENIOR, on=TODAY, by=by, now=NOW)
    for office, one in ((cast.office, person), (district, make_person(cast.office))):
        with pytest.raises(NotAllowed):
            enrol.repost(person=one, office=office, post=OFFICER, on=TODAY, by=by, now=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"ended": "retired"},
        {"ends_on": TODAY},
        {"ended": "retired", "starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)},
        {"ended": "?", "ends_on": TODAY},
        {"began": "?"},
    ],
    ids=str,
)
def test_the_database_refuses_an_impossible_posting(cast: Cast, fields: dict[str, object]) -> None:
    posting = people.present_posting(make_person(cast.office))
    for name, value in fields.items():
        setattr(posting, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        posting.save()


def test_the_database_refuses_two_postings_at_a_time(cast: Cast) -> None:
    person = join(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        people.present_posting(person).save()


def test_no_name_is_stored_readable(transactional_db: None) -> None:
    cast = make_cast()
    person = join(cast, name="ชื่อที่ต้องไม่เห็น")
    enrol.correct(person=person, name="ชื่อใหม่ที่ต้องไม่เห็น", joined_on=None, by=cast.actor("admin"), now=NOW)
    stored = everything_stored()
    assert "ต้องไม่เห็น".encode() not in stored and "นักวิชาการพัฒนาชุมชน".encode() in stored
