"""The office of a rehearsal: a province with sixteen offices and 104 staff, named by their posts, never by persons."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from saisaat.actions.admit import add_office, add_person, found_province, open_account
from saisaat.domain.roles import Actor, Role
from saisaat.records.models import Office, Person, Province

DISTRICTS = 15
STAFF = 104
REHEARSAL_PROVINCE = "practice"
"""The code of a province that is nobody's: its folder was made by a rehearsal."""

Type = Person.StaffType
SYSTEM = Actor.system("rehearsal")


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who acts in the rehearsal, with the roles they act in."""

    person: Person
    actor: Actor


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does what. `staff` is everybody of the province's offices, the players of the office among them."""

    province: Province
    owner: Player
    endorser: Player
    approver: Player
    producer: Player
    reviewer: Player
    duty: Player
    auditor: Player
    staff: tuple[Person, ...]


_PLAYERS: dict[str, tuple[str, str, frozenset[Role]]] = {
    "owner": ("หัวหน้าฝ่ายอำนวยการ", Type.OFFICIAL, frozenset({Role.OWNER, Role.PROPOSER, Role.ADMIN})),
    "endorser": ("พัฒนาการจังหวัด", Type.OFFICIAL, frozenset({Role.ENDORSER, Role.VIEWER})),
    "approver": ("รองผู้ว่าราชการจังหวัด", Type.OTHER, frozenset({Role.APPROVER})),
    "producer": ("นักวิชาการพัฒนาชุมชน (จัดทำสื่อ)", Type.OFFICIAL, frozenset({Role.PRODUCER})),
    "reviewer": ("ผู้อำนวยการกลุ่มงานยุทธศาสตร์ (ตรวจสื่อ)", Type.OFFICIAL, frozenset({Role.REVIEWER})),
    "duty": ("เจ้าพนักงานพัฒนาชุมชน (เวรเผยแพร่)", Type.OFFICIAL, frozenset({Role.DUTY})),
    "auditor": ("ผู้ตรวจสอบภายใน", Type.OFFICIAL, frozenset({Role.AUDITOR, Role.VIEWER})),
}


@transaction.atomic
def settle(*, name: str, now: datetime) -> Cast:
    """Found the province named `name` with its offices, people and accounts (without usable passwords)."""
    province = found_province(code=REHEARSAL_PROVINCE, name=name, letter_code="", by=SYSTEM, now=now)
    head = Office.of(province).get(kind=Office.Kind.PROVINCIAL)
    districts = [
        add_office(
            province=province,
            kind=Office.Kind.DISTRICT,
            name=f"สำนักงานพัฒนาชุมชนอำเภอ แห่งที่ {number}",
            by=SYSTEM,
            now=now,
        )
        for number in range(1, DISTRICTS + 1)
    ]
    players = {key: _player(head, key, now) for key in _PLAYERS}
    # The approver belongs to the province's administration, not to the office's 104.
    own = [player.person for key, player in players.items() if key != "approver"]
    rest = [_colleague([head, *districts], number, now) for number in range(len(own) + 1, STAFF + 1)]
    return Cast(province=province, staff=(*own, *rest), **players)


def _player(office: Office, key: str, now: datetime) -> Player:
    title, staff_type, roles = _PLAYERS[key]
    person = add_person(office=office, name=title, position=title, staff_type=staff_type, by=SYSTEM, now=now)
    open_account(person=person, username=key, password=None, roles=roles, by=SYSTEM, now=now)
    return Player(person, Actor(person.pk, roles))


def _colleague(offices: list[Office], number: int, now: datetime) -> Person:
    office = offices[number % len(offices)]
    staff_type, position = (
        (Type.PERMANENT, "ลูกจ้างประจำ")
        if number % 13 == 0
        else (Type.EMPLOYEE, "พนักงานราชการ")
        if number % 5 == 0
        else (Type.OFFICIAL, "นักวิชาการพัฒนาชุมชน")
    )
    name = f"{position} คนที่ {number}"
    return add_person(office=office, name=name, position=position, staff_type=staff_type, by=SYSTEM, now=now)
