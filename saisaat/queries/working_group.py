"""The working group as it stands and as the last order told it; who may be appointed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from saisaat.domain.thai import thai_sort_key
from saisaat.records.models import AppointmentOrder, Campaign, Person, WorkingGroupMember


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """`members` in the order's sequence, `orders` oldest first. `amended`: the group differs from its last order."""

    members: list[WorkingGroupMember]
    orders: list[AppointmentOrder]
    amended: bool

    @property
    def last(self) -> AppointmentOrder | None:
        return self.orders[-1] if self.orders else None

    @property
    def to_order(self) -> bool:
        """Whether an order is to be issued: there is a group and no order tells of it as it stands."""
        return bool(self.members) and (not self.orders or self.amended)


def working_group(campaign: Campaign) -> WorkingGroup:
    members = members_of(campaign)
    orders = list(AppointmentOrder.of(campaign.province_id).filter(campaign=campaign).order_by("no"))
    for order in orders:
        order.campaign = campaign
    amended = bool(orders) and orders[-1].told.get("members") != roster(members)
    return WorkingGroup(members, orders, amended)


def members_of(campaign: Campaign) -> list[WorkingGroupMember]:
    rows = WorkingGroupMember.of(campaign.province_id).filter(campaign=campaign)
    return list(rows.select_related("person__key", "person__office").order_by("position"))


def roster(members: list[WorkingGroupMember]) -> list[dict[str, Any]]:
    """The members in words, as an order tells them."""
    return [
        {"name": row.person.name, "position": row.person.position, "role": row.role, "duties": row.duties}
        for row in members
    ]


def staff(province: str, on: date) -> list[Person]:
    """Everybody who works here on a day, in dictionary order of their names."""
    here = Person.of(province).filter(Q(left_on__isnull=True) | Q(left_on__gt=on))
    return sorted(here.select_related("key", "office"), key=lambda person: thai_sort_key(person.name))
