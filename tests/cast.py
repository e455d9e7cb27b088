"""The people of the tests: one office, everybody in it with fixed rights, two groups, a running campaign.

Sign in as anyone of them by their name here as username and `factories.PASSWORD`.
"""

from dataclasses import dataclass

from saisaat.domain.approval import ItemKind
from saisaat.domain.delivery import State
from saisaat.domain.roles import Actor, Role
from saisaat.domain.topics import Audience
from saisaat.records.models import Campaign, Channel, Delivery, Group, Item, Office, Person, Province
from tests import factories

ROLES: dict[str, tuple[str, tuple[Role, ...]]] = {
    "owner": ("หัวหน้าฝ่ายอำนวยการ", (Role.OWNER, Role.PROPOSER)),
    "producer": ("นักวิชาการพัฒนาชุมชน (จัดทำสื่อ)", (Role.PRODUCER,)),
    "reviewer": ("ผู้อำนวยการกลุ่มงาน (ตรวจสื่อ)", (Role.REVIEWER,)),
    "duty": ("เจ้าพนักงานพัฒนาชุมชน (เวรเผยแพร่)", (Role.DUTY,)),
    "endorser": ("พัฒนาการจังหวัด", (Role.ENDORSER,)),
    "approver": ("รองผู้ว่าราชการจังหวัด", (Role.APPROVER,)),
    "auditor": ("ผู้ตรวจสอบภายใน", (Role.AUDITOR,)),
    "proposer": ("หัวหน้ากลุ่มงาน (ผู้เสนอโครงการ)", (Role.PROPOSER,)),
    "viewer": ("พัฒนากรอำเภอ", (Role.VIEWER,)),
    "admin": ("นักวิชาการคอมพิวเตอร์", (Role.ADMIN,)),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what a test plays with. `people` by name of their part: owner, producer, reviewer, ..."""

    province: Province
    office: Office
    people: dict[str, Person]
    channel: Channel
    staff: Group
    network: Group
    campaign: Campaign

    def actor(self, part: str) -> Actor:
        return Actor(self.people[part].pk, frozenset(ROLES[part][1]))

    def item(self, kind: ItemKind = ItemKind.POSTER, **fields: object) -> Item:
        """An approved item by the producer."""
        return factories.make_item(self.campaign, self.people["producer"], kind=kind, **fields)  # type: ignore[arg-type]

    def delivery(self, state: State = State.SENT, group: Group | None = None, **fields: object) -> Delivery:
        """A new poster of its own entry, in `state`, in the staff group unless told otherwise."""
        entry = factories.make_entry(self.campaign)
        return factories.make_delivery(entry, group or self.staff, self.item(), state, **fields)  # type: ignore[arg-type]


def make_cast(prefix: str = "") -> Cast:
    """A whole office. `prefix` goes before the usernames, so that a second office can stand beside the first."""
    province = factories.make_province()
    office = factories.make_office(province)
    people = {}
    for part, (position, roles) in ROLES.items():
        people[part] = factories.make_person(office, position)
        factories.make_account(people[part], f"{prefix}{part}", *roles)
    channel = factories.make_channel(province)
    return Cast(
        province=province,
        office=office,
        people=people,
        channel=channel,
        staff=factories.make_group(channel, "กลุ่มเจ้าหน้าที่", Audience.STAFF),
        network=factories.make_group(channel, "กลุ่มภาคีเครือข่าย", Audience.NETWORK),
        campaign=factories.make_campaign(province),
    )
