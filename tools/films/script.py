"""What a demonstration film says: read from films.yaml and held to the knowledge bank."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from saisaat.domain.phrases import Phrase
from saisaat.domain.topics import EVERYONE, Topic, citation, valid_on
from saisaat.queries.knowledge import knowledge_bank
from saisaat.queries.yaml_files import Row, read_text, read_yaml

SCRIPTS = Path(__file__).parent / "films.yaml"
# The films play in seasons of any of these years, so what they say must hold throughout.
SHOWN_FROM, SHOWN_TO = date(2020, 5, 1), date(2027, 12, 31)


@dataclass(frozen=True, slots=True)
class Statement:
    icon: str
    lead: str
    rest: str


@dataclass(frozen=True, slots=True)
class Film:
    """`name` is the file name without its ending; `text` tells what the film is about."""

    name: str
    title: str
    title_lines: tuple[str, str]
    icon: str
    statements: tuple[Statement, ...]
    closing: str
    text: str
    citation: str


def read_films() -> tuple[Film, ...]:
    """The films in order. Raises `Invalid` for a misshapen script or one that rests on a point not fit for it."""
    bank = {topic.id: topic for topic in knowledge_bank()}
    top = read_yaml(read_text(SCRIPTS), SCRIPTS.name, schema=1)
    top.only("schema", "films")
    return tuple(_film(row, bank) for row in top.rows("films"))


def _film(row: Row, bank: dict[str, Topic]) -> Film:
    row.only("name", "points", "title", "icon", "statements", "closing", "text")
    title = row.text("title", longest=60)
    first, bar, second = title.partition("|")
    if not bar or "|" in second:
        row.refuse(Phrase("ช่อง title ต้องมีเครื่องหมาย | หนึ่งตัว"))
    return Film(
        name=row.text("name", longest=40),
        title=first + second,
        title_lines=(first.strip(), second.strip()),
        icon=row.text("icon"),
        statements=tuple(_statement(row, each) for each in row.fields["statements"]),
        closing=row.text("closing", longest=40),
        text=row.text("text", longest=120),
        citation=_cited([_point(row, bank, name) for name in row.texts("points")]),
    )


def _statement(row: Row, parts: object) -> Statement:
    if not isinstance(parts, list) or len(parts) != 3 or not all(isinstance(part, str) for part in parts):
        row.refuse(Phrase("แต่ละข้อใน statements ต้องมีไอคอน ใจความ และคำขยาย"))
    return Statement(*parts)


def _point(row: Row, bank: dict[str, Topic], name: str) -> Topic:
    point = bank.get(name)
    if point is None or not point.publishable or point.applies_to != (EVERYONE,):
        row.refuse(Phrase("%(name)s ไม่ใช่ข้อความรู้ที่เผยแพร่แก่ทุกคนได้", name=name))
    if not (valid_on(point, SHOWN_FROM) and valid_on(point, SHOWN_TO)):
        row.refuse(Phrase("%(name)s ไม่ได้ใช้บังคับตลอดช่วงที่ฉายภาพยนตร์", name=name))
    return point


def _cited(points: list[Topic]) -> str:
    """One citation for points of one law; a section already named by a shorter one (มาตรา 128) is not repeated."""
    cited = citation(points[0])
    for before, point in pairwise(points):
        if point.law != before.law or before.cite_check or point.cite_check:
            raise ValueError(f"{before.id} and {point.id} cannot be cited together")
        if not point.section.startswith(before.section):
            cited += f" และ{point.section}"
    return cited
