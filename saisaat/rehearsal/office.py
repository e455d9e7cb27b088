"""The office of a rehearsal: a province with sixteen offices and 104 staff, named by their posts, never by persons.

They are those of the list that the import page offers as an example, so that importing it changes nothing here.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from django.db import transaction

from saisaat.actions.admit import add_office, add_person, found_province, open_account
from saisaat.documents.tables import read_tables
from saisaat.domain.roles import Actor, Role
from saisaat.domain.staff import OfficeKind
from saisaat.domain.staff_list.cells import office_key
from saisaat.domain.staff_list.rows import StaffRow, read_rows
from saisaat.domain.staff_list.tables import understand
from saisaat.records.models import Office, Person, Province

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
    roll = _roll(now)
    offices = {row.office: head for row in roll if office_key(row.office).kind is OfficeKind.PROVINCIAL}
    for name in dict.fromkeys(row.office for row in roll if row.office not in offices):
        offices[name] = add_office(province=province, kind=OfficeKind.DISTRICT, name=name, by=SYSTEM, now=now)
    players = {key: _player(head, key, now) for key in _PLAYERS}
    # The approver belongs to the province's administration, not to the office's 104.
    own = [player.person for key, player in players.items() if key != "approver"]
    posts = {title for title, _type, _roles in _PLAYERS.values()}
    rest = [_colleague(offices[row.office], row, now) for row in roll if row.name not in posts]
    return Cast(province=province, staff=(*own, *rest), **players)


def _roll(now: datetime) -> tuple[StaffRow, ...]:
    """Everybody on the example list, the players of the office by their posts among them."""
    [sheet] = read_tables((files("saisaat") / "data" / "demo-staff.csv").read_bytes())
    return read_rows(sheet, understand(sheet), today=now.date()).people


def _player(office: Office, key: str, now: datetime) -> Player:
    title, staff_type, roles = _PLAYERS[key]
    person = add_person(office=office, name=title, position=title, staff_type=staff_type, by=SYSTEM, now=now)
    open_account(person=person, username=key, password=None, roles=roles, by=SYSTEM, now=now)
    return Player(person, Actor(person.pk, roles))


def _colleague(office: Office, row: StaffRow, now: datetime) -> Person:
    assert row.staff_type is not None
    return add_person(
        office=office,
        name=row.name,
        position=row.position,
        level=row.level,
        staff_type=row.staff_type,
        by=SYSTEM,
        now=now,
    )
