"""What a campaign's document consists of, who put what into it, and which questions about it are still open."""

import dataclasses
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from saisaat.domain.cadence import LONGEST_PERIOD_DAYS
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.phrases import Phrase

LISTS = frozenset({"objectives", "method", "quotas", "expected", "kpis", "signatures"})
FIELDS = (
    *("title", "code", "org", "owner", "nature", "alignment", "rationale", "objectives", "target", "method", "quotas"),
    *("period", "period_text", "place", "budget_baht", "expected", "kpis", "monitoring", "signatures"),
)
"""Every field of the document, in the order of the official form."""
LONGEST_TITLE = 500


class How(StrEnum):
    """How a field came to say what it says. SETTLED: a person looked at a question and left the field as it is."""

    READ = "read"
    CORRECTED = "corrected"
    FILLED = "filled"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Question:
    """Something the reader could not tell. `id` is stable: the same words about the same field, the same id.

    `message` is Thai; `phrase` is the same for translating, None where an older document kept the message alone.
    """

    field: str
    message: str
    lines: tuple[int, ...] = ()
    phrase: Phrase | None = dataclasses.field(default=None, compare=False)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Question":
        """As `Doubt.to_json` wrote it."""
        phrase = Phrase(told["template"], **told["values"]) if "template" in told else None
        return cls(told["field"], told["message"], tuple(told.get("lines", ())), phrase)

    @property
    def id(self) -> str:
        return hashlib.sha256(f"{self.field}\n{self.message}".encode()).hexdigest()[:16]


def blank_content() -> dict[str, Any]:
    """A document with nothing in it."""
    return {name: [] if name in LISTS else None for name in FIELDS}


def signed_part(proposal: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a read proposal that are signed: not where they were read, nor what was doubtful."""
    return {name: value for name, value in proposal.items() if name in FIELDS}


def is_empty(value: Any) -> bool:
    """Nothing is said: no value, no text, no rows, or a group of values that are all empty. 0 says something."""
    if isinstance(value, Mapping):
        return all(is_empty(each) for each in value.values())
    return value is None or (isinstance(value, str | list) and not value)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, How]:
    """The fields that say something else in `after`, and whether they were corrected or filled in."""
    names = [name for name in after if not _same(before.get(name), after[name])]
    return {name: How.FILLED if is_empty(before.get(name)) else How.CORRECTED for name in names}


def _same(one: Any, other: Any) -> bool:
    return one == other or (is_empty(one) and is_empty(other))


def check_content(content: Mapping[str, Any]) -> None:
    """The document can stand: it has a title, and its period, where there is one, is in order. Raises `Invalid`."""
    title = content.get("title") or ""
    if not title.strip():
        raise Invalid("ไม่พบชื่อโครงการในเอกสาร จึงยังไม่ได้สร้างโครงการ โปรดเติมชื่อโครงการแล้วลองอีกครั้ง")
    if len(title) > LONGEST_TITLE:
        raise Invalid("ชื่อโครงการยาวเกิน %(most)s ตัวอักษร จึงยังไม่ได้บันทึก โปรดย่อให้สั้นลง", most=LONGEST_TITLE)
    period = content.get("period")
    if not period:
        return
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    if start > end:
        raise Invalid("วันสิ้นสุดโครงการมาก่อนวันเริ่ม จึงยังไม่ได้บันทึก โปรดตรวจวันเริ่มและวันสิ้นสุด")
    if (end - start).days > LONGEST_PERIOD_DAYS:
        raise Invalid("ระยะเวลาโครงการยาวเกินสิบปี จึงยังไม่ได้บันทึก โปรดตรวจวันเริ่มและวันสิ้นสุด")


def check_complete(content: Mapping[str, Any]) -> None:
    """What nobody may be asked to sign without: the period, on which the whole plan rests. Raises `NotNow`."""
    if not content.get("period"):
        raise NotNow("โครงการยังไม่มีระยะเวลาดำเนินการที่ชัดเจน จึงยังลงนามไม่ได้ เนื้อหายังอยู่ครบ โปรดเติมวันเริ่มและวันสิ้นสุดก่อน")


def open_questions(
    questions: Iterable[Question], settled: Collection[str], as_read: Mapping[str, Any], content: Mapping[str, Any]
) -> list[Question]:
    """The questions nobody has answered: not settled by a person, nor asking for what has been filled in since."""
    return [
        question
        for question in questions
        if question.id not in settled
        and not (is_empty(as_read.get(question.field)) and not is_empty(content.get(question.field)))
    ]
