"""What an office has chosen and connected."""

from dataclasses import dataclass
from datetime import date

from saisaat.domain.denominators import Basis
from saisaat.domain.duty import Turn, on_duty
from saisaat.records.models import Brand, Channel, DutyTurn, Group, LineIdentity, Person, QuotaReading


@dataclass(frozen=True, slots=True)
class OutOf:
    """A group's denominator as it stands. `number` None: unknown, and then no share is told."""

    basis: Basis
    number: int | None
    source: str


@dataclass(frozen=True, slots=True)
class GroupSetting:
    """A group with what it is for and out of how many its figures are told."""

    group: Group
    out_of: OutOf


def channel_of(province: object) -> Channel | None:
    """The account that the office speaks with now."""
    return Channel.of(province).filter(retired_at__isnull=True).select_related("key").order_by("pk").first()


def person_of_line(province: str, who: str) -> Person | None:
    """Who in the office's list linked the LINE user with the keyed hash `who`; None where nobody did."""
    found = LineIdentity.of(province).filter(user_hash=who).select_related("person__key").first() if who else None
    return found.person if found is not None else None


def latest_quota(channel: Channel) -> QuotaReading | None:
    return QuotaReading.of(channel.province_id).filter(channel=channel).order_by("-read_at").first()


def group_settings(province: str) -> list[GroupSetting]:
    """Every group the account was ever in, in the office's order."""
    staff = Person.of(province).filter(left_on__isnull=True).count()
    rows = Group.of(province).select_related("denominator", "channel__key").order_by("position", "id")
    return [GroupSetting(group, out_of(group, staff)) for group in rows]


def out_of(group: Group, staff: int) -> OutOf:
    """A group's denominator. Nothing decided: the head count that the channel gives."""
    row = getattr(group, "denominator", None)
    if row is None or row.basis == Basis.MEMBERS:
        return OutOf(Basis.MEMBERS, group.members, "")
    if row.basis == Basis.STAFF:
        return OutOf(Basis.STAFF, staff, "")
    return OutOf(Basis.FIXED, row.number, row.source)


def brand_of(province: str) -> Brand | None:
    return Brand.of(province).select_related("logo", "emblem").first()


def roster(province: str, since: date) -> list[DutyTurn]:
    """The turns that are not over on `since`, in order."""
    return list(DutyTurn.of(province).filter(last__gte=since).select_related("person__key").order_by("first"))


def person_on_duty(province: str, day: date) -> Person | None:
    """Who is on duty on `day`; None where the roster is silent."""
    turns = DutyTurn.of(province).filter(first__lte=day, last__gte=day).select_related("person__key")
    by_person = {turn.person_id: turn for turn in turns}
    found = on_duty([Turn(turn.person_id, turn.first, turn.last) for turn in by_person.values()], day)
    return by_person[found].person if found else None
