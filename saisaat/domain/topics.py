"""The points of knowledge a poster can teach: where each comes from, whom it concerns, when it is in force."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from saisaat.domain.errors import NotNow

_PAGE_ON_THE_WEB = re.compile(r"(?<![\w.-])(?:[a-z0-9-]+\.)+[a-z]{2,}/[\w/?=&%.-]*[\w/]")
"""A host and a path. A host alone is no source."""

EVERYONE = "ทุกคน"
"""The bank's word for a point that concerns all readers, inside the office or out."""


class Audience(StrEnum):
    """Who reads a group. `STAFF` are the office's own people of any type, `NETWORK` its partners outside."""

    STAFF = "staff"
    NETWORK = "network"


class Verified(StrEnum):
    """How the point was checked: against the law's own text, a page that reports it, or not at all."""

    TEXT = "text"
    PAGE = "page"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Topic:
    """One point. `topic` is its category. `valid_from` and `valid_to` are inclusive, None where open.

    `applies_to` holds the bank's words for readers (`EVERYONE`, staff types, posts). `cite_check` says the section
    number has not been compared with the Gazette. A point that is not `publishable` is never offered.
    """

    id: str
    topic: str
    headline: str
    body: str
    law: str
    section: str
    verified: Verified
    applies_to: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    publishable: bool
    cite_check: bool
    tags: tuple[str, ...] = ()
    source: str = ""


def citation(topic: Topic) -> str:
    """The law as a poster prints it: with its section, or by name alone while the number is unchecked."""
    return topic.law if topic.cite_check else f"{topic.law} {topic.section}"


def source_address(source: str) -> str:
    """Where the bank's note on a source leads: the first page it names on the web, "" where it names none."""
    found = _PAGE_ON_THE_WEB.search(source)
    return f"https://{found[0]}" if found else ""


def valid_on(topic: Topic, day: date) -> bool:
    """Whether the point is in force on `day`."""
    return (topic.valid_from is None or topic.valid_from <= day) and (topic.valid_to is None or day <= topic.valid_to)


def suits(topic: Topic, audience: Audience) -> bool:
    """Whether the point concerns this audience.

    A staff group holds every type of staff, so it may learn all points; partners outside get only those for everyone.
    """
    return audience is Audience.STAFF or EVERYONE in topic.applies_to


def check_publishable(topic: Topic) -> None:
    """A point nobody compared with its source is not made into a poster."""
    if not topic.publishable:
        raise NotNow("ข้อความรู้นี้ยังไม่ได้ตรวจกับต้นฉบับ จึงยังทำสื่อไม่ได้ ข้อความที่พิมพ์ยังอยู่ครบ โปรดเลือกเรื่องอื่น")


def check_fits(topic: Topic, audience: Audience, day: date) -> None:
    """The point may be told to this audience on this day."""
    check_publishable(topic)
    if not valid_on(topic, day):
        raise NotNow("เรื่องนี้ไม่มีผลใช้บังคับในวันที่จะเผยแพร่ จึงยังไม่ได้บันทึก ข้อความที่พิมพ์ยังอยู่ครบ โปรดเลือกเรื่องอื่นหรือรายการแผนอื่น")
    if not suits(topic, audience):
        raise NotNow("เรื่องนี้ใช้กับบุคลากรของหน่วยงานเท่านั้น จึงใช้กับกลุ่มภาคีเครือข่ายไม่ได้ ยังไม่ได้บันทึก โปรดเอากลุ่มนั้นออกหรือเลือกเรื่องอื่น")


def offered(topics: Iterable[Topic], audience: Audience, day: date) -> tuple[Topic, ...]:
    """The points that may go to `audience` on `day`, in the order given."""
    return tuple(t for t in topics if t.publishable and suits(t, audience) and valid_on(t, day))
