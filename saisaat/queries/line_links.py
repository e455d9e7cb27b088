"""Who of the office's people has tied a LINE account to their name, who has a code, and who asked for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from saisaat.records.models import LineIdentity, LinkCode, LinkRequest, Office, Person


@dataclass(frozen=True, slots=True)
class OfficeLinks:
    """One office: its people, how many are linked, how many of the rest hold a code that still works."""

    office: Office
    people: int
    linked: int
    coded: int


def requests(province: str, offices: frozenset[str] | None) -> QuerySet[LinkRequest]:
    """What waits for a decision, the longest waiting first; of `offices`, None for all."""
    rows = LinkRequest.of(province).filter(decided_at__isnull=True).select_related("office", "key")
    return rows if offices is None else rows.filter(office__in=offices)


def office_links(province: str, offices: frozenset[str] | None, now: datetime) -> list[OfficeLinks]:
    """Every office with people, as far as the visitor may see it. Two queries."""
    code = LinkCode.of(province).filter(person=OuterRef("pk"), used_at__isnull=True, revoked_at__isnull=True)
    rows = _present(province).annotate(
        linked=Exists(_identities(province)), coded=Exists(code.filter(expires_at__gt=now))
    )
    if offices is not None:
        rows = rows.filter(office__in=offices)
    counts = {
        row["office"]: row
        for row in rows.order_by()
        .values("office")
        .annotate(
            people=Count("pk"),
            with_line=Count("pk", filter=Q(linked=True)),
            with_code=Count("pk", filter=Q(linked=False, coded=True)),
        )
    }
    found = Office.of(province).filter(pk__in=list(counts)).order_by("kind", "name")
    return [
        OfficeLinks(office, one["people"], one["with_line"], one["with_code"])
        for office in found
        for one in [counts[office.pk]]
    ]


def without_line(province: str, offices: Iterable[str]) -> dict[str, list[Person]]:
    """Those who work in each of `offices` and have no LINE account tied to their name. One query."""
    rows = _present(province).filter(office__in=set(offices)).filter(~Exists(_identities(province)))
    found: dict[str, list[Person]] = defaultdict(list)
    for person in rows.select_related("key").order_by("position", "pk"):
        found[str(person.office_id)].append(person)
    return found


def identity_of(person: Person) -> LineIdentity | None:
    """The LINE account tied to `person`."""
    return LineIdentity.of(person.province_id).filter(person=person).first()


def waiting_request(province: str, who: str) -> LinkRequest | None:
    """What the LINE user with the keyed hash `who` asked for and nobody decided yet."""
    return LinkRequest.of(province).filter(user_hash=who, decided_at__isnull=True).select_related("office").first()


def _present(province: str) -> QuerySet[Person]:
    return Person.of(province).filter(left_on__isnull=True)


def _identities(province: str) -> QuerySet[LineIdentity]:
    return LineIdentity.of(province).filter(person=OuterRef("pk"))
