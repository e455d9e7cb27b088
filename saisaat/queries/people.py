"""Offices and their people: lists, one person's history, and what an import compares a file with.

Names are sealed one by one. To search and sort by name a list unseals a province's, 104 to 200 as a rule; of more than
`MOST_UNSEALED` only those on the page shown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from saisaat.domain.staff import Began, OfficeKind, StaffType, rank
from saisaat.domain.staff_list.cells import ERASED, name_key, tidy, without_title
from saisaat.domain.staff_list.plan import Known, KnownOffice
from saisaat.domain.staff_list.rows import StaffRow
from saisaat.domain.thai import thai_sort_key, to_arabic_digits
from saisaat.records.models import Office, Person, Posting

MOST_UNSEALED = 600
"""Beyond this many a search by name asks for an office first."""
TYPES = (StaffType.OFFICIAL, StaffType.PERMANENT, StaffType.EMPLOYEE, StaffType.OTHER)
"""In the order of official lists."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to. `offices`: the ones the reader may see; None: all of the province."""

    text: str = ""
    office: str = ""
    staff_type: str = ""
    left: bool = False
    offices: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The people a filter finds, as ids in the order of the list. `unsearched`: too many to look at their names."""

    ids: tuple[str, ...]
    unsearched: bool = False


def offices(province: str, only: frozenset[str] | None = None) -> list[Office]:
    """The living offices, the provincial one first, then in Thai order."""
    rows = Office.of(province).filter(merged_into__isnull=True)
    if only is not None:
        rows = rows.filter(pk__in=only)
    return sorted(rows, key=lambda office: (office.kind != OfficeKind.PROVINCIAL, natural_key(office.name)))


def natural_key(name: str) -> tuple[tuple[str, str], int]:
    """Thai order, and numbered names by their number."""
    arabic = to_arabic_digits(name)
    digits = "".join(char for char in arabic if char.isdecimal())[:9]
    bare = "".join(char for char in arabic if not char.isdecimal())
    return thai_sort_key(without_title(bare)), int(digits or 0)


def found(province: str, wish: Filter) -> Found:
    """Everybody the filter lets through: by office, type, rank and name."""
    narrowed = _narrowed(province, wish)
    named = narrowed.count() <= MOST_UNSEALED
    people = list(narrowed.select_related("office", "key") if named else narrowed.select_related("office"))
    names = {one.pk: one.known_name if named else "" for one in people}
    words = tidy(to_arabic_digits(wish.text)).casefold().split()
    if words:
        people = [one for one in people if _holds(one, names[one.pk], words)]
    order = {office.pk: index for index, office in enumerate(offices(province))}
    people.sort(
        key=lambda one: (
            order.get(one.office_id, len(order)),
            TYPES.index(StaffType(one.staff_type)),
            rank(one.position, one.level),
            thai_sort_key(one.position),
            natural_key(names[one.pk]),
            one.pk,
        )
    )
    return Found(tuple(one.pk for one in people), unsearched=bool(words) and not named)


def _holds(one: Person, name: str, words: Sequence[str]) -> bool:
    """True when name, post and office together hold every word, whatever digits and spaces they are written with."""
    told = to_arabic_digits(f"{name} {one.position} {one.level} {one.office.name}").casefold().replace(" ", "")
    return all(word in told for word in words)


def _narrowed(province: str, wish: Filter) -> QuerySet[Person]:
    people = Person.of(province).filter(left_on__isnull=not wish.left)
    if wish.offices is not None:
        people = people.filter(office__in=wish.offices)
    if wish.office:
        people = people.filter(office=wish.office)
    if wish.staff_type:
        people = people.filter(staff_type=wish.staff_type)
    return people


def shown(province: str, ids: Sequence[str]) -> list[Person]:
    """These people in this order, with what a list shows of them."""
    rows = Person.of(province).filter(pk__in=ids).select_related("office", "key").in_bulk()
    return [rows[pk] for pk in ids if pk in rows]


def person(province: str, person_id: str) -> Person | None:
    return Person.of(province).select_related("office", "key").filter(pk=person_id).first()


def namesakes(province: str, name: str) -> list[Person]:
    """Everybody of the same name, here or gone: looked at before one is added by hand."""
    key = name_key(name)
    people = Person.of(province).select_related("office", "key")
    return [each for each in people if name_key(each.known_name) == key] if key else []


# History


def history(one: Person) -> list[Posting]:
    """All postings, the latest first. Somebody written down without any has the one his own row tells of."""
    rows = list(Posting.of(one.province_id).filter(person=one).select_related("office").order_by("-pk"))
    return rows or [present_posting(one)]


def present_posting(one: Person) -> Posting:
    """The posting that a person's row tells of, not saved."""
    return Posting(
        province_id=one.province_id,
        person=one,
        office=one.office,
        staff_type=one.staff_type,
        position=one.position,
        level=one.level,
        began=Began.RECORDED,
        starts_on=None,
    )


# Offices


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office with how many work there and how many left from it."""

    office: Office
    at_work: int
    left: int


def office_lines(province: str, only: frozenset[str] | None = None) -> list[OfficeLine]:
    counted = {
        row["office"]: row
        for row in Person.of(province)
        .values("office")
        .annotate(here=Count("pk", filter=Q(left_on__isnull=True)), gone=Count("pk", filter=Q(left_on__isnull=False)))
    }
    none = {"here": 0, "gone": 0}
    return [
        OfficeLine(office, counted.get(office.pk, none)["here"], counted.get(office.pk, none)["gone"])
        for office in offices(province, only)
    ]


def counts_of(one: Office) -> dict[str, int]:
    """How many of each kind work in the office."""
    here = Person.of(one.province_id).filter(office=one, left_on__isnull=True)
    counted = dict(here.values_list("staff_type").annotate(count=Count("pk")))
    return {kind: counted.get(kind, 0) for kind in TYPES}


def office(province: str, office_id: str) -> Office | None:
    """A living office."""
    return Office.of(province).filter(pk=office_id, merged_into__isnull=True).first()


# For imports and exports


def known(province: str) -> list[Known]:
    """Everybody of the province as an import sees them. A name that was erased is empty and matches nobody."""
    since = dict(Posting.of(province).filter(ended="").values_list("person", "starts_on"))
    last = dict(Posting.of(province).values_list("person").annotate(last=Max("ends_on")))
    return [known_person(each, since.get(each.pk) or last.get(each.pk)) for each in _everybody(province)]


def _everybody(province: str) -> QuerySet[Person]:
    return Person.of(province).select_related("key").order_by("pk")


def known_person(one: Person, since: date | None) -> Known:
    """A person's row as an import compares it; `since` when the present posting began, or the last one ended."""
    return Known(
        id=str(one.pk),
        name=one.known_name,
        office=str(one.office_id),
        position=one.position,
        level=one.level,
        staff_type=StaffType(one.staff_type),
        joined_on=one.joined_on,
        since=since,
        at_work=one.left_on is None,
    )


def known_offices(province: str) -> list[KnownOffice]:
    """The living offices, then the names of those merged into them: an older list still says these."""
    merged = Office.of(province).filter(merged_into__isnull=False).order_by("name")
    return [
        *(KnownOffice(str(each.pk), each.name, OfficeKind(each.kind)) for each in offices(province)),
        *(KnownOffice(str(each.merged_into_id), each.name, OfficeKind(each.kind)) for each in merged),
    ]


def export_rows(province: str, ids: Collection[str]) -> list[tuple[StaffRow, date | None]]:
    """The people with their day of leaving, as an export writes them. An erased name says that it was erased."""
    return [
        (
            StaffRow(
                no=no,
                name=each.known_name or ERASED,
                office=each.office.name,
                position=each.position,
                level=each.level,
                staff_type=StaffType(each.staff_type),
                joined_on=each.joined_on,
            ),
            each.left_on,
        )
        for no, each in enumerate(shown(province, list(ids)), start=1)
    ]
