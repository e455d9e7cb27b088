"""A province with its offices, people, accounts, channel, groups and topics."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from saisaat.demo_data.rows import Dice, Rows
from saisaat.documents.tables import read_tables
from saisaat.domain.roles import Role
from saisaat.domain.staff import Began, Ended, OfficeKind
from saisaat.domain.staff_list.cells import office_key
from saisaat.domain.staff_list.rows import StaffRow, read_rows
from saisaat.domain.staff_list.tables import understand
from saisaat.domain.thai import to_thai_digits
from saisaat.domain.topics import Audience
from saisaat.queries.topics import rows_of_the_bank
from saisaat.records.models import (
    Account,
    Channel,
    Group,
    LineIdentity,
    Office,
    Person,
    Posting,
    Province,
    RoleGrant,
    Topic,
)
from saisaat.records.sealing import keyed_hash, new_key, seal

_APPROVER = "รองผู้ว่าราชการจังหวัด"
PLAYERS: dict[str, tuple[str, tuple[Role, ...]]] = {
    "owner": ("หัวหน้าฝ่ายอำนวยการ", (Role.OWNER, Role.PROPOSER)),
    "producer": ("นักวิชาการพัฒนาชุมชน (จัดทำสื่อ)", (Role.PRODUCER,)),
    "reviewer": ("ผู้อำนวยการกลุ่มงานยุทธศาสตร์ (ตรวจสื่อ)", (Role.REVIEWER,)),
    "endorser": ("พัฒนาการจังหวัด", (Role.ENDORSER,)),
    "approver": (_APPROVER, (Role.APPROVER,)),
    "duty": ("เจ้าพนักงานพัฒนาชุมชน (เวรเผยแพร่)", (Role.DUTY,)),
    "auditor": ("ผู้ตรวจสอบภายใน", (Role.AUDITOR,)),
    "viewer": ("พัฒนาการอำเภอ", (Role.VIEWER,)),
    "admin": ("นักวิชาการเงินและบัญชี", (Role.ADMIN,)),
}
"""Who can sign in, by username: the post held, and the roles."""

_NETWORK_MEMBERS = 260
_LINKED = 0.3  # of all staff have linked their LINE account
_LEFT = 0.02


@dataclass(frozen=True, slots=True)
class Place:
    """A province as the seasons need it. `who` are keyed hashes of those who press buttons, by group."""

    province: Province
    players: Mapping[str, Person]
    staff: tuple[Person, ...]
    channel: Channel
    groups: tuple[Group, ...]
    who: Mapping[str, tuple[str, ...]]
    topics: tuple[Topic, ...]


def settle(*, number: int, size: float, password: str, dice: Dice, rows: Rows, now: datetime) -> Place:
    """Province `number` (0: the only one) with its people at work since before the first season.

    `size`: 1 for the fifteen districts and 104 people of the demonstration, other numbers in proportion. `password` is
    the hash all accounts get.
    """
    began = now - timedelta(days=6 * 365)
    name = f"จังหวัดตัวอย่าง {number}" if number else "จังหวัดตัวอย่าง"
    province = Province(
        id=dice.id(),
        code=f"p{number:02}" if number else "demo",
        name=to_thai_digits(f"สำนักงานพัฒนาชุมชน{name}"),
        letter_code=f"นว {1000 + number:04}",
    )
    province.save(force_insert=True)
    people = _people(province, size, dice, rows, began)
    players = _players(province, people, number, password, dice, rows)
    channel, groups = _channel(province, len(people), dice, rows, began, now)
    _link(people, channel, dice, rows, began)
    counts = (len(people), _NETWORK_MEMBERS)
    who = {
        group.pk: tuple(keyed_hash(f"demo/{group.pk}/{member}") for member in range(count))
        for group, count in zip(groups, counts, strict=True)
    }
    topics = tuple(rows.add(topic) for topic in rows_of_the_bank(province))
    rows.write()
    return Place(province, players, tuple(people), channel, groups, who, topics)


@cache
def _roll() -> tuple[StaffRow, ...]:
    """Everybody on the example list of the import page."""
    [sheet] = read_tables((files("saisaat") / "data" / "demo-staff.csv").read_bytes())
    return read_rows(sheet, understand(sheet), today=date.today()).people  # noqa: DTZ011 - only sorts out later dates


def _sized(size: float, dice: Dice) -> list[StaffRow]:
    """The list for a province of another size: districts left out, or some more of the same kind."""
    roll = _roll()
    districts = list(dict.fromkeys(row.office for row in roll if not _is_head(row)))
    wanted = round(len(districts) * size)
    chosen = [row for row in roll if _is_head(row)]
    for place in range(wanted):
        pattern = districts[place % len(districts)]
        office = pattern if place < len(districts) else f"{pattern} ({place + 1})"
        staff = [row for row in roll if row.office == pattern]
        chosen += [replace(row, office=office) for row in staff if size == 1 or dice.often(0.97)]
    return chosen


def _is_head(row: StaffRow) -> bool:
    return office_key(row.office).kind is OfficeKind.PROVINCIAL


def _people(province: Province, size: float, dice: Dice, rows: Rows, began: datetime) -> list[Person]:
    offices: dict[str, Office] = {}
    people: list[Person] = []
    for row in _sized(size, dice):
        name = province.name if _is_head(row) else row.office
        if name not in offices:
            kind = Office.Kind.PROVINCIAL if _is_head(row) else Office.Kind.DISTRICT
            offices[name] = rows.add(Office(id=dice.id(), province=province, kind=kind, name=name))
        people.append(_person(row, offices[name], dice, rows, began))
    return people


def _person(row: StaffRow, office: Office, dice: Dice, rows: Rows, began: datetime) -> Person:
    key = new_key(office.province_id, "person", began)
    joined = (began - timedelta(days=dice.randrange(20 * 365))).date()
    post = {"staff_type": row.staff_type, "position": row.position, "level": row.level}
    gone = joined + timedelta(days=300) if row.position not in _posts() and dice.often(_LEFT) else None
    person = Person(
        id=dice.id(),
        province_id=office.province_id,
        office=office,
        name_sealed=seal(key, row.name),
        key=key,
        joined_on=joined,
        left_on=gone,
        **post,
    )
    rows.add(person)
    posting = Posting(
        province_id=office.province_id,
        person=person,
        office=office,
        began=Began.JOINED,
        starts_on=joined,
        ended=Ended.TRANSFERRED if gone else "",
        ends_on=gone,
        **post,
    )
    rows.add(posting)
    return person


@cache
def _posts() -> frozenset[str]:
    return frozenset(post for post, _roles in PLAYERS.values())


def _players(
    province: Province, people: list[Person], number: int, password: str, dice: Dice, rows: Rows
) -> dict[str, Person]:
    """An account for everybody who acts. The approver belongs to the province's administration, not to the office."""
    head = people[0]
    key = new_key(province, "person", head.key.created_at)
    deputy = Person(
        id=dice.id(),
        province=province,
        office=head.office,
        staff_type=Person.StaffType.OTHER,
        position=_APPROVER,
        name_sealed=seal(key, _APPROVER),
        key=key,
        joined_on=head.joined_on,
    )
    rows.add(deputy)
    by_post = {person.position: person for person in (*reversed(people), deputy) if person.left_on is None}
    players = {part: by_post[post] for part, (post, _roles) in PLAYERS.items()}
    for part, person in players.items():
        username = f"{part}-{province.code}" if number else part
        account = Account(id=dice.id(), province=province, username=username, password=password, person=person)
        rows.add(account)
        for role in PLAYERS[part][1]:
            rows.add(RoleGrant(province=province, account=account, role=role))
    return players


def _channel(
    province: Province, staff: int, dice: Dice, rows: Rows, began: datetime, now: datetime
) -> tuple[Channel, tuple[Group, ...]]:
    """A channel that prints what it sends: a demonstration reaches nobody."""
    key = new_key(province, "channel", began)
    channel = rows.add(
        Channel(
            id=dice.id(),
            province=province,
            kind="console",
            name="ใสสะอาด (ตัวอย่าง)",
            credentials_sealed=seal(key, "{}"),
            key=key,
        )
    )
    told = (("กลุ่มเจ้าหน้าที่", Audience.STAFF, staff + 1), ("กลุ่มภาคีเครือข่าย", Audience.NETWORK, _NETWORK_MEMBERS + 1))
    groups = tuple(
        rows.add(
            Group(
                id=dice.id(),
                province=province,
                channel=channel,
                channel_group=f"C{dice.getrandbits(128):032x}",
                name=name,
                audience=audience,
                code=dice.id(),
                position=position,
                joined_at=began,
                members=members,
                members_read_at=now - timedelta(hours=2),
            )
        )
        for position, (name, audience, members) in enumerate(told)
    )
    return channel, groups


def _link(people: list[Person], channel: Channel, dice: Dice, rows: Rows, began: datetime) -> None:
    for person in people:
        if person.left_on is None and dice.often(_LINKED):
            user = f"U{dice.getrandbits(128):032x}"
            rows.add(
                LineIdentity(
                    id=dice.id(),
                    province_id=person.province_id,
                    channel=channel,
                    person=person,
                    user_hash=keyed_hash(user),
                    user_sealed=seal(person.key, user),
                    linked_at=began,
                )
            )
