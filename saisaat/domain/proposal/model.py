"""What a proposal says, field by field, each with the line it was read from and what is doubtful about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from saisaat.domain.phrases import Phrase, in_thai
from saisaat.domain.thai import to_thai_digits

_FIGURE = re.compile(r"[0-9][0-9,.]*")

Role = Literal["proposer", "endorser", "approver"]
QuotaKind = Literal["poster", "clip", "other"]
Measure = Literal["percent", "count", "mean_score", "baht"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. `number` counts from 1; `raw` is as printed; `text` is normalised and repaired."""

    number: int
    raw: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field was read: `text` is the line as printed, `confidence` from 0 to 1."""

    line: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something absent, contradictory or unclear: a sentence that ends with the question to ask the office.

    `message` is the sentence in Thai, its figures in Thai digits; what is quoted from the document stays as printed.
    """

    field: str
    phrase: Phrase
    lines: tuple[int, ...] = ()

    @property
    def message(self) -> str:
        return in_thai(self.phrase.template, {name: _thai_figure(v) for name, v in self.phrase.values.items()})

    def to_json(self) -> dict[str, Any]:
        phrase = self.phrase
        said = {"message": self.message, "template": phrase.template, "values": dict(phrase.values)}
        return {"field": self.field, **said, "lines": list(self.lines)}


def _thai_figure(value: object) -> str:
    text = str(value)
    return to_thai_digits(text) if _FIGURE.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class Target:
    """Who is to be reached. `people` only where one exact number is stated; `min` and `max` where a bound is."""

    text: str
    people: int | None = None
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """A promised frequency: `number` of `what` in every `per` ("day", "week", "month", "year", ...)."""

    what: str
    kind: QuotaKind
    number: int
    at_least: bool
    per: str

    def to_json(self) -> dict[str, Any]:
        bound = "at_least" if self.at_least else "exactly"
        return {"what": self.what, "kind": self.kind, bound: self.number, "per": self.per}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Kpi:
    """One indicator. `no` in Arabic digits ("9.1") where printed; no measure where the text states none or several."""

    no: str | None
    text: str
    measure: Measure | None = None
    value: int | float | None = None

    def to_json(self) -> dict[str, Any]:
        stated: dict[str, int | float | None] = {self.measure: self.value} if self.measure else {}
        return {"no": self.no, "text": self.text, **stated}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs in which role. `acting_for` is the post on whose behalf (ปฏิบัติราชการแทน, รักษาราชการแทน)."""

    role: Role
    name: str | None = None
    position: str | None = None
    signed_on: date | None = None
    acting_for: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "role": self.role,
            "name": self.name,
            "position": self.position,
            "date": self.signed_on.isoformat() if self.signed_on else None,
            "acting_for": self.acting_for,
        }


@dataclass(slots=True)
class Notes:
    """What a reading gathers on the way: evidence per field, and doubts."""

    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    damaged: bool = False

    def found(self, name: str, line: Line, confidence: float) -> None:
        """Record where `name` was read. Text of a damaged document is never trusted fully."""
        sureness = round(confidence * (0.7 if self.damaged else 1.0), 2)
        self.evidence.setdefault(name, Evidence(line.number, line.raw.strip()[:500], sureness))

    def warn(self, name: str, phrase: Phrase, lines: Iterable[Line | int] = ()) -> None:
        """Ask about `name`. The phrase's values are texts and numbers: they are kept as JSON."""
        numbers = sorted({line if isinstance(line, int) else line.number for line in lines})
        doubt = Doubt(name, phrase, tuple(numbers[:20]))
        if doubt not in self.doubts:
            self.doubts.append(doubt)


@dataclass(slots=True)
class Proposal:
    """A proposal as read. None or an empty list means: not stated. Nothing here is guessed; see `doubts`.

    `sections` are the canonical heading keys in the order met, `empty_sections` those with nothing under them.
    """

    title: str | None = None
    code: str | None = None
    org: str | None = None
    sections: list[str] = field(default_factory=list)
    empty_sections: list[str] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    target: Target | None = None
    quotas: list[Quota] = field(default_factory=list)
    period: Period | None = None
    period_text: str | None = None
    place: str | None = None
    budget_baht: int | float | None = None
    kpis: list[Kpi] = field(default_factory=list)
    method: list[str] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    owner: str | None = None
    nature: str | None = None
    alignment: str | None = None
    rationale: str | None = None
    expected: list[str] = field(default_factory=list)
    monitoring: str | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`: dates as ISO (C.E.), numbers as numbers, absent as null or []."""
        target, period = self.target, self.period
        return {
            "title": self.title,
            "code": self.code,
            "org": self.org,
            "sections": self.sections,
            "empty_sections": self.empty_sections,
            "objectives": self.objectives,
            "target": target and {"people": target.people, "min": target.min, "max": target.max, "text": target.text},
            "quotas": [quota.to_json() for quota in self.quotas],
            "period": period and {"start": period.start.isoformat(), "end": period.end.isoformat()},
            "period_text": self.period_text,
            "place": self.place,
            "budget_baht": self.budget_baht,
            "kpis": [kpi.to_json() for kpi in self.kpis],
            "method": self.method,
            "signatures": [signature.to_json() for signature in self.signatures],
            "owner": self.owner,
            "nature": self.nature,
            "alignment": self.alignment,
            "rationale": self.rationale,
            "expected": self.expected,
            "monitoring": self.monitoring,
            "evidence": {
                name: {"line": seen.line, "text": seen.text, "confidence": seen.confidence}
                for name, seen in self.evidence.items()
            },
            "warnings": [doubt.to_json() for doubt in self.doubts],
        }
