"""What the preview of a staff list shows, made of the plan: tabs, lines, columns, and sentences of counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saisaat.domain.staff_list.plan import Known, KnownOffice, OfficeInFile, PlanLine, Status, Step
from saisaat.domain.staff_list.rows import Read, Wrong
from saisaat.domain.staff_list.tables import Column, letter
from saisaat.queries.staff_import import Preview
from saisaat.web.dates import day
from saisaat.web.people.words import FIELDS, SKIPPED, TYPES
from saisaat.web.words import said

TABS: dict[str, Promise] = {
    "ask": gettext_lazy("ต้องตอบ"),
    "wrong": gettext_lazy("ต้องแก้ในไฟล์"),
    "offices": gettext_lazy("สำนักงานใหม่"),
    "new": gettext_lazy("คนใหม่"),
    "changed": gettext_lazy("เปลี่ยนแปลง"),
    "absent": gettext_lazy("ไม่อยู่ในไฟล์"),
    "same": gettext_lazy("เหมือนเดิม"),
}
SAMPLES = 3
HEADINGS_OFFERED = 15


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Promise
    count: int

    @property
    def tone(self) -> str:
        """How pressing it is: an open question, a cell to put right."""
        return (
            "running"
            if self.count and self.name in {"ask", "offices", "absent"}
            else ("unmet" if self.count and self.name == "wrong" else "met" if self.count else "")
        )


@dataclass(frozen=True, slots=True)
class ShownChange:
    what: Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the file with what it changes, and who it may be."""

    line: PlanLine
    office: str
    changes: tuple[ShownChange, ...]
    candidates: tuple[tuple[Known, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownWrong:
    no: int
    cell: str
    heading: str
    shown: str
    said: str


@dataclass(frozen=True, slots=True)
class ShownColumn:
    index: int
    letter: str
    heading: str
    samples: tuple[str, ...]
    held: Column | None


def tabs(found: Preview) -> list[Tab]:
    plan = found.plan
    counted = {
        "ask": sum(_is_asked(line) for line in plan.lines),
        "wrong": len({wrong.no for wrong in found.read.wrong}) + plan.count(Status.WRONG),
        "offices": len(_unsure(found)),
        "new": plan.count(Status.NEW),
        "changed": plan.count(Status.CHANGED),
        "absent": len(plan.absent),
        "same": plan.count(Status.SAME),
    }
    return [Tab(name, label, counted[name]) for name, label in TABS.items()]


def chosen_tab(tabs: Sequence[Tab], asked: str) -> str:
    """The tab asked for, or the first that has something in it."""
    return asked if asked in TABS else next((tab.name for tab in tabs if tab.count), "new")


def entries(found: Preview, tab: str) -> Sequence[Any]:
    """The lines of a tab."""
    if tab == "wrong":
        return wrongs(found)
    if tab == "offices":
        return [(number, office) for number, office in enumerate(found.plan.offices) if office in _unsure(found)]
    names = _names(found)
    if tab == "absent":
        return [
            (person, names.get(person.office, ""), found.choices.absent.get(person.id, ""))
            for person in found.plan.absent
        ]
    wanted = {"new": Status.NEW, "changed": Status.CHANGED, "same": Status.SAME}
    return [
        _shown(line, found, names)
        for line in found.plan.lines
        if (_is_asked(line) if tab == "ask" else line.status is wanted[tab])
    ]


def _is_asked(line: PlanLine) -> bool:
    """Who this is had to be asked, answered or not."""
    return line.status is Status.ASK or bool(line.answered)


def _unsure(found: Preview) -> list[OfficeInFile]:
    return [office for office in found.plan.offices if not office.sure]


def _names(found: Preview) -> dict[str, str]:
    """Office names by id, and by "+name" those to be made."""
    names = {office.known.id: office.known.name for office in found.plan.offices if office.known}
    return names | {office.id: office.name for office in reversed(found.offices)}


def _shown(line: PlanLine, found: Preview, names: dict[str, str]) -> ShownLine:
    return ShownLine(
        line=line,
        office=line.row.office,
        changes=tuple(
            ShownChange(
                FIELDS[change.what], *(_value(change.what, text, names) for text in (change.before, change.after))
            )
            for change in line.changes
        ),
        candidates=tuple((person, names.get(person.office, "")) for person in line.candidates),
        notes=tuple(said(note) for note in line.row.notes),
    )


def _value(what: str, text: str, names: dict[str, str]) -> str:
    """A field's text as people read it."""
    if what == "at_work":
        return _("ปฏิบัติงาน") if text else _("ออกไปแล้ว")
    if not text:
        return "—"
    if what == "office":
        return names.get(text, text.removeprefix("+"))
    if what == "staff_type":
        return str(TYPES[text])  # type: ignore[index]  # a StrEnum's text is its key
    return day(date.fromisoformat(text)) if what == "joined_on" else text


def wrongs(found: Preview) -> list[ShownWrong]:
    """Every wrong cell, in the order of the file, those of whole lines among them."""
    lines = [Wrong(line.row.no, None, line.row.name, line.error) for line in found.plan.lines if line.error]
    return [_wrong(found, wrong) for wrong in sorted([*found.read.wrong, *lines], key=lambda wrong: wrong.no)]


def _wrong(found: Preview, wrong: Wrong) -> ShownWrong:
    heading = found.sheet.lines[found.reading.heading].cells
    if wrong.index is None:
        return ShownWrong(wrong.no, str(wrong.no), "", wrong.shown, said(wrong.error))
    cell = f"{letter(wrong.index)}{wrong.no}"
    return ShownWrong(wrong.no, cell, heading[wrong.index], wrong.shown, said(wrong.error))


def columns(found: Preview) -> list[ShownColumn]:
    """The columns of the file with a few of their cells."""
    heading = found.sheet.lines[found.reading.heading].cells
    body = found.sheet.lines[found.reading.first :]
    return [
        ShownColumn(
            index=index,
            letter=letter(index),
            heading=heading[index][:60],
            samples=tuple(list(dict.fromkeys(line.cells[index][:40] for line in body if line.cells[index]))[:SAMPLES]),
            held=found.reading.columns[index],
        )
        for index in range(found.sheet.width)
    ]


def heading_lines(found: Preview) -> list[tuple[int, str]]:
    """The lines that may be the heading: number and beginning."""
    first = max(0, found.reading.heading - HEADINGS_OFFERED // 2)
    lines = found.sheet.lines[first : first + HEADINGS_OFFERED]
    return [(line.no, " · ".join(dict.fromkeys(cell[:30] for cell in line.cells if cell))[:80]) for line in lines]


def office_names(found: Preview) -> list[KnownOffice]:
    """The known offices, each once."""
    return list({office.id: office for office in reversed(found.offices)}.values())[::-1]


# Sentences of counts


def _sentences(counted: dict[str, int]) -> list[str]:
    said_as = {
        "office": _("เพิ่มสำนักงาน %(count)s แห่ง"),
        "add": _("เพิ่ม %(count)s คน"),
        "change": _("แก้ไข %(count)s คน"),
        "return": _("กลับมาปฏิบัติงาน %(count)s คน"),
        "leave": _("ออก %(count)s คน"),
    }
    return [words % {"count": f"{counted[name]:,}"} for name, words in said_as.items() if counted.get(name)]


def will_do(steps: Iterable[Step]) -> list[str]:
    """What confirming would write."""
    return _sentences(Counter(step.do for step in steps))


def did(counts: dict[str, Any]) -> list[str]:
    """What an import has written."""
    return _sentences({name: count for name, count in counts.items() if isinstance(count, int)}) or [_("ไม่มีอะไรเปลี่ยน")]


def refusals(counts: dict[str, Any]) -> list[tuple[str, int]]:
    return [(_(sentence), count) for sentence, count in counts.get("refused", {}).items()]


def waiting(found: Preview) -> list[str]:
    """What confirming leaves alone for now."""
    wrong = len({wrong.no for wrong in found.read.wrong}) + found.plan.count(Status.WRONG)
    asked = found.plan.count(Status.ASK)
    left = [person for person in found.plan.absent if person.id not in found.choices.absent]
    counted = (
        (wrong, _("%(count)s แถวที่ต้องแก้ในไฟล์")),
        (asked, _("%(count)s แถวที่ยังไม่ตอบ")),
        (len(left), _("%(count)s คนที่ไม่อยู่ในไฟล์ (คงไว้ตามเดิม)")),
    )
    return [words % {"count": f"{count:,}"} for count, words in counted if count]


def skipped(read: Read) -> list[str]:
    """Lines of the file that are nobody, by kind."""
    return [f"{SKIPPED[kind]} {count:,}" for kind, count in read.skipped.items()]
