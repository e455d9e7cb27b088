"""What an import would change: the people of a file beside the people already known.

The rule for "the same person": the same name (`name_key`) in the same office, still at work, one on each side. Where
several share a name in one office, an equal position tells them apart when it does so without doubt. Everything else
that shares a name with somebody (in another office, after leaving, twice in the file) is asked about, never guessed.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from saisaat.domain.errors import Invalid
from saisaat.domain.staff import Ended, OfficeKind, StaffType
from saisaat.domain.staff_list.cells import OfficeKey, name_key, office_key, tidy
from saisaat.domain.staff_list.rows import Read, StaffRow


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody already written down. `office` is an office's id; `since` when the present posting began."""

    id: str
    name: str
    office: str
    position: str
    level: str
    staff_type: StaffType
    joined_on: date | None
    since: date | None
    at_work: bool


@dataclass(frozen=True, slots=True)
class KnownOffice:
    """An office by one of its names: a merged one's old name leads to the office it was merged into."""

    id: str
    name: str
    kind: OfficeKind


class Status(StrEnum):
    """How a line of the file stands to the people already known."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ASK = "ask"
    WRONG = "wrong"
    SKIPPED = "skipped"


NEW_PERSON, SKIP = "new", "skip"
"""Answers to "who is this?" beside a person's id."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person importing decided. `offices`: name in the file to an office's id or a kind to make it of;
    `rows`: line number to a person's id, NEW_PERSON or SKIP; `absent`: person's id to how they left."""

    on: date
    staff_type: StaffType | None = None
    """The kind of new people of whom the file does not say it."""
    offices: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[int, str] = field(default_factory=dict)
    absent: Mapping[str, Ended] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficeInFile:
    """An office the file names: the known one it is, or the kind it would be made of. `lines` is how many use it."""

    name: str
    known: KnownOffice | None
    kind: OfficeKind
    lines: int
    sure: bool
    """False where it was no known office by itself and a person may say which one it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing about a person that the file tells otherwise: `what` is a field of `Known`."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What becomes of one line of the file."""

    row: StaffRow
    status: Status
    person: Known | None = None
    changes: tuple[Change, ...] = ()
    candidates: tuple[Known, ...] = ()
    twins: tuple[int, ...] = ()
    """Other lines with the same name."""
    answered: str = ""
    error: Invalid | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One write. `person` is empty for a new person; `before` is what must still be so when it is made."""

    do: str
    person: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """An import as it would be done: nothing is written yet."""

    lines: tuple[PlanLine, ...]
    offices: tuple[OfficeInFile, ...]
    absent: tuple[Known, ...]
    steps: tuple[Step, ...]

    @property
    def sha256(self) -> str:
        """The digest of everything that would be written and of what it is written over."""
        return hashlib.sha256(steps_json(self.steps).encode()).hexdigest()

    def count(self, status: Status) -> int:
        return sum(line.status is status for line in self.lines)

    @property
    def new_offices(self) -> list[OfficeInFile]:
        return [office for office in self.offices if office.known is None]


def steps_json(steps: Iterable[Step]) -> str:
    return json.dumps([asdict(step) for step in steps], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def steps_of(text: str) -> list[Step]:
    """`steps_json` read back."""
    return [Step(**step) for step in json.loads(text)]


def make_plan(read: Read, people: Sequence[Known], offices: Sequence[KnownOffice], choices: Choices) -> Plan:
    """The plan of an import. The same file, people and choices give the same plan; done once, nothing is left of it."""
    named = _offices(read, offices, choices)
    lines = _Matching(read.people, people, named, choices).lines()
    claimed = {line.person.id for line in lines if line.person}
    open_ = {one.id for line in lines if line.person is None for one in line.candidates}
    offices_in_file = tuple(dict.fromkeys(named.values()))
    touched = {office.known.id for office in offices_in_file if office.known}
    absent = tuple(
        p
        for p in people
        if p.at_work and p.office in touched and p.id not in claimed | open_ and name_key(p.name) not in read.unread
    )
    used = {line.row.office for line in lines if line.status in {Status.NEW, Status.CHANGED}}
    steps = [
        *(
            Step("office", after={"name": office.name, "kind": str(office.kind)})
            for office in offices_in_file
            if office.known is None and any(named[name] is office for name in used)
        ),
        *(step for line in lines if (step := _step(line, named, choices))),
        *(_leaving(p, choices) for p in absent if p.id in choices.absent),
    ]
    return Plan(tuple(lines), offices_in_file, absent, tuple(steps))


# Offices


def _offices(read: Read, offices: Sequence[KnownOffice], choices: Choices) -> dict[str, OfficeInFile]:
    """Every office the file names, by that name."""
    counted: dict[str, int] = defaultdict(int)
    for row in read.people:
        counted[row.office] += 1
    found: dict[str, OfficeInFile] = {}
    for name in counted:
        known = _known_office(name, offices)
        key = office_key(name)
        # Two spellings of an office that is not known yet are one new office.
        first = next((other for other in found.values() if key.fits(office_key(other.name)) and not other.sure), None)
        if known is None and first is not None:
            found[name] = first
            continue
        chosen = choices.offices.get(name, "")
        picked = next((office for office in offices if office.id == chosen), None)
        kind = OfficeKind(chosen) if chosen in set(OfficeKind) else key.kind or OfficeKind.DISTRICT
        lines = sum(count for other, count in counted.items() if other == name or office_key(other).fits(key))
        found[name] = OfficeInFile(name, known or picked, kind, lines, sure=known is not None)
    return found


_TOWN = "เมือง"
"""Each province has one district of this name; in short spellings the province's name is left out."""


def _known_office(name: str, offices: Sequence[KnownOffice]) -> KnownOffice | None:
    """The one known office that this name can mean."""
    plain = tidy(name)
    same = [office for office in offices if tidy(office.name) == plain]
    if not same:
        key = office_key(name)
        same = [office for office in offices if key.fits(_full_key(office))]
        if key.kind is OfficeKind.PROVINCIAL and not key.place:
            same = [office for office in offices if office.kind is OfficeKind.PROVINCIAL]
        if key.kind is not OfficeKind.PROVINCIAL and key.place == _TOWN:
            same = [o for o in offices if o.kind is OfficeKind.DISTRICT and _full_key(o).place.startswith(_TOWN)]
    return same[0] if len({office.id for office in same}) == 1 else None


def _full_key(office: KnownOffice) -> OfficeKey:
    return OfficeKey(office.kind, office_key(office.name).place)


def _office_id(office: OfficeInFile) -> str:
    """A known office's id, or "+" and the name of one that is to be made."""
    return office.known.id if office.known else f"+{office.name}"


# People


class _Matching:
    """Which line is which known person."""

    def __init__(
        self, rows: Sequence[StaffRow], people: Sequence[Known], named: Mapping[str, OfficeInFile], choices: Choices
    ) -> None:
        self._rows, self._choices, self._named = rows, choices, named
        self._people: dict[str, list[Known]] = defaultdict(list)
        for person in people:
            self._people[name_key(person.name)].append(person)
        self._twins: dict[str, list[StaffRow]] = defaultdict(list)
        for row in rows:
            self._twins[row.key].append(row)
        self._claimed: set[str] = set()

    def lines(self) -> list[PlanLine]:
        sure = {no: person for key in self._twins for no, person in self._sure(key)}
        self._claimed = {person.id for person in sure.values()}
        return [self._line(row, sure.get(row.no)) for row in self._rows]

    def _office_id(self, row: StaffRow) -> str:
        return _office_id(self._named[row.office])

    def _sure(self, key: str) -> list[tuple[int, Known]]:
        """The lines of one name that are certainly somebody, office by office."""
        found: list[tuple[int, Known]] = []
        for office in dict.fromkeys(map(self._office_id, self._twins[key])):
            rows = [row for row in self._twins[key] if self._office_id(row) == office]
            people = [p for p in self._people[key] if p.office == office and p.at_work]
            if len(rows) == len(people) == 1:
                found.append((rows[0].no, people[0]))
                continue
            for person in people:
                equal = [row for row in rows if tidy(row.position) == tidy(person.position)]
                alike = [p for p in people if tidy(p.position) == tidy(person.position)]
                if len(equal) == len(alike) == 1:
                    found.append((equal[0].no, person))
        return found

    def _line(self, row: StaffRow, person: Known | None) -> PlanLine:
        twins = tuple(other.no for other in self._twins[row.key] if other.no != row.no)
        if person is not None:
            return self._compared(row, person, twins)
        candidates = tuple(p for p in self._people[row.key] if p.id not in self._claimed)
        answer = self._choices.rows.get(row.no, "")
        if not self._people[row.key] and not twins:
            return self._compared(row, None, twins)
        if answer == SKIP:
            return PlanLine(row, Status.SKIPPED, candidates=candidates, twins=twins, answered=SKIP)
        if answer == NEW_PERSON:
            return self._compared(row, None, twins, candidates, NEW_PERSON)
        picked = next((p for p in candidates if p.id == answer), None)
        if picked is not None and not self._given_before(answer, row.no):
            return self._compared(row, picked, twins, candidates, answer)
        return PlanLine(row, Status.ASK, candidates=candidates, twins=twins)

    def _given_before(self, answer: str, no: int) -> bool:
        """True when an earlier line was said to be the same person."""
        return any(other < no and said == answer for other, said in self._choices.rows.items())

    def _compared(
        self,
        row: StaffRow,
        person: Known | None,
        twins: tuple[int, ...],
        candidates: tuple[Known, ...] = (),
        answered: str = "",
    ) -> PlanLine:
        error = _missing(row, self._choices) if person is None else None
        changes = _changes(row, person, self._office_id(row)) if person else ()
        if person is not None and person.since and self._choices.on < person.since and _moves(changes, person):
            error = Invalid("บัญชีรายชื่อนี้เก่ากว่าตำแหน่งปัจจุบันของคนนี้ โปรดแก้วันที่ของบัญชี หรือแก้ในหน้าของบุคคล")
        status = Status.NEW if person is None else Status.CHANGED if changes else Status.SAME
        return PlanLine(row, Status.WRONG if error else status, person, changes, candidates, twins, answered, error)


def _missing(row: StaffRow, choices: Choices) -> Invalid | None:
    """What a new person cannot be without."""
    if not row.position:
        return Invalid("คนใหม่ต้องมีตำแหน่ง โปรดใส่ตำแหน่งในไฟล์แล้วนำเข้าใหม่")
    if row.staff_type is None and choices.staff_type is None:
        return Invalid("คนใหม่ต้องมีประเภท โปรดใส่ประเภทในไฟล์ หรือเลือกประเภทที่ใช้เมื่อไม่บอก")
    return None


POSTING = ("office", "position", "level", "staff_type")
"""What makes a new posting when it changes; a name or a day of joining is only put right."""


def state_of(person: Known) -> dict[str, str]:
    """Everything an import may change about a person, as text."""
    return {
        "name": person.name,
        "office": person.office,
        "position": person.position,
        "level": person.level,
        "staff_type": str(person.staff_type),
        "joined_on": person.joined_on.isoformat() if person.joined_on else "",
        "at_work": "yes" if person.at_work else "",
    }


def _told(row: StaffRow, office: str) -> dict[str, str]:
    """What the line says; what it leaves out is not said, and never erases anything."""
    said = {
        "name": row.name,
        "office": office,
        "position": row.position,
        "level": row.level,
        "staff_type": str(row.staff_type or ""),
        "joined_on": row.joined_on.isoformat() if row.joined_on else "",
        "at_work": "yes",
    }
    return {what: text for what, text in said.items() if text}


def _changes(row: StaffRow, person: Known, office: str) -> tuple[Change, ...]:
    before = state_of(person)
    return tuple(
        Change(what, before[what], after) for what, after in _told(row, office).items() if after != before[what]
    )


def _moves(changes: Sequence[Change], person: Known) -> bool:
    return not person.at_work or any(change.what in POSTING for change in changes)


def _step(line: PlanLine, named: Mapping[str, OfficeInFile], choices: Choices) -> Step | None:
    told = _told(line.row, _office_id(named[line.row.office])) | {"on": choices.on.isoformat()}
    if line.status is Status.NEW:
        told.setdefault("staff_type", str(choices.staff_type or ""))
        return Step("add", after=told)
    if line.status is Status.CHANGED and line.person:
        after = {change.what: change.after for change in line.changes} | {"on": told["on"]}
        do = "change" if line.person.at_work else "return"
        return Step(do, line.person.id, state_of(line.person), after)
    return None


def _leaving(person: Known, choices: Choices) -> Step:
    after: dict[str, Any] = {"how": str(choices.absent[person.id]), "on": choices.on.isoformat()}
    return Step("leave", person.id, state_of(person), after)
