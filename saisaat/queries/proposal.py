"""A campaign's document: what was read where, who corrected what, what is still to be asked, and who has signed it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from saisaat.domain.campaign import SIGNING_ORDER, SignatureRole, Status, next_to_sign
from saisaat.domain.content import FIELDS, How, Question, is_empty, open_questions
from saisaat.domain.sources import SourceLine, excerpt, numbered
from saisaat.records.models import Campaign, Correction, Reading, Signature
from saisaat.records.sealing import unseal

FIXED = frozenset({Status.RUNNING, Status.ENDED})
"""States in which the approved document is no longer edited."""


def campaigns(province: str) -> QuerySet[Campaign]:
    """All campaigns of the province, newest first."""
    return Campaign.of(province).order_by("-created_at")


def find_campaign(province: str, campaign_id: str) -> Campaign | None:
    return Campaign.of(province).select_related("key", "province").filter(pk=campaign_id).first()


def questions_of(reading: Reading | None) -> list[Question]:
    """Everything the reader asked of the document."""
    return _questions(reading.found() if reading else {})


def _questions(found: Mapping[str, Any]) -> list[Question]:
    return [Question.from_json(each) for each in found.get("questions", [])]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question a person settled as the field stands."""

    question: Question
    by: Correction


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the document: what it says, how it came to say it, where it was read, what is still asked.

    `confidence` is the reader's, from 0 to 1; None where it read nothing. `last` is the newest correction; `before`
    what the document itself said, where a person changed that.
    """

    name: str
    value: Any
    how: How | None
    confidence: float | None
    line: int | None
    lines: tuple[int, ...]
    last: Correction | None
    before: Any
    questions: tuple[Question, ...]
    answers: tuple[Answer, ...]

    @property
    def empty(self) -> bool:
        return is_empty(self.value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole document for comparing with its source. `document` are the questions about no single field."""

    campaign: Campaign
    content: dict[str, Any]
    fields: dict[str, Field]
    document: Field
    source: tuple[str, ...]
    reading: Reading | None

    @property
    def questions(self) -> list[Question]:
        """Everything still open, in the order of the form."""
        return [question for field in (self.document, *self.fields.values()) for question in field.questions]

    def excerpt(self, names: tuple[str, ...], around: int = 1) -> list[SourceLine]:
        """The lines of these fields and of the questions about them, among their neighbours."""
        fields = [self.fields[name] for name in names]
        marked = {number for field in fields for number in field.lines}
        asked = {number for field in fields for question in field.questions for number in question.lines}
        return excerpt(self.source, marked, asked, around=around)


def reading_of(campaign: Campaign) -> Reading | None:
    found = Reading.of(campaign.province_id).filter(campaign=campaign).first()
    if found is not None:
        found.campaign = campaign
    return found


def sheet(campaign: Campaign) -> Sheet:
    """Everything the reading page shows, in two queries."""
    reading = reading_of(campaign)
    found = reading.found() if reading else {}
    source = unseal(campaign.key, reading.source_sealed) if reading else None
    content = campaign.content
    as_read = found.get("content", {})
    corrections = list(
        Correction.of(campaign.province_id).filter(campaign=campaign).select_related("person__key").order_by("at", "id")
    )
    asked = _questions(found)
    settled = {row.question: row for row in corrections if row.how == How.SETTLED}
    still = open_questions(asked, settled, as_read, content)
    hands: dict[str, list[Correction]] = defaultdict(list)
    for row in corrections:
        if row.how != How.SETTLED:
            hands[row.field].append(row)

    def field(name: str) -> Field:
        seen, mine = found.get("evidence", {}).get(name), hands[name]
        value = content.get(name)
        how = How(mine[-1].how) if mine else None if is_empty(value) else How.READ
        return Field(
            name=name,
            value=value,
            how=how,
            confidence=seen["confidence"] if seen else None,
            line=seen["line"] if seen else None,
            lines=tuple(found.get("lines", {}).get(name, ())),
            last=mine[-1] if mine else None,
            before=as_read.get(name) if mine and not is_empty(as_read.get(name)) else None,
            questions=tuple(question for question in still if question.field == name),
            answers=tuple(Answer(q, settled[q.id]) for q in asked if q.field == name and q.id in settled),
        )

    return Sheet(
        campaign=campaign,
        content=content,
        fields={name: field(name) for name in FIELDS},
        document=field("document"),
        source=tuple(numbered(source)) if source else (),
        reading=reading,
    )


@dataclass(frozen=True, slots=True)
class Signing:
    """How a document's signing stands. `standing` are the words on the present content by role; `turn` is whose turn it
    is, None once all have signed or somebody declined. `history` holds every word ever given, newest first. `open`:
    the document still waits for signatures.
    """

    standing: dict[SignatureRole, Signature]
    history: list[Signature]
    open: bool

    @property
    def declined(self) -> Signature | None:
        return next((row for row in self.standing.values() if row.decision == Signature.Decision.DECLINED), None)

    @property
    def signed(self) -> set[SignatureRole]:
        return {role for role, row in self.standing.items() if row.decision == Signature.Decision.SIGNED}

    @property
    def turn(self) -> SignatureRole | None:
        return None if self.declined or not self.open else next_to_sign(self.signed)

    @property
    def in_order(self) -> list[tuple[SignatureRole, Signature | None]]:
        return [(role, self.standing.get(role)) for role in SIGNING_ORDER]


def signing(campaign: Campaign) -> Signing:
    rows = Signature.of(campaign.province_id).filter(campaign=campaign).select_related("person__key")
    history = list(rows.order_by("-decided_at", "-id"))
    standing = {SignatureRole(row.role): row for row in reversed(history) if row.voided_at is None}
    waits = campaign.status in {Status.DRAFT, Status.PROPOSED}
    return Signing(standing=standing, history=history, open=waits)
