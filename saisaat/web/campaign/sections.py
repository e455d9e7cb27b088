"""The document cut into sections a person can take in at once, and the editor that changes one of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saisaat.domain.campaign import content_sha256
from saisaat.web.campaign import words
from saisaat.web.campaign.fields import Typed, typed
from saisaat.web.campaign.forms import (
    Content,
    HeadingForm,
    KpiRow,
    MonitoringForm,
    PartForm,
    PeriodForm,
    QuotaRow,
    RationaleForm,
    RowForm,
    SignatoryRow,
    TargetForm,
    TextRow,
    signatory_rows,
)

MOST_ROWS = 60


def _rows_in(name: str) -> Callable[[Content], list[Any]]:
    return lambda content: list(content.get(name) or [])


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document: the content's `fields` in it, and how they are edited: a form, or rows of one field.

    `fixed`: the rows are given; none is added, taken away or moved.
    """

    name: str
    label: Any
    fields: tuple[str, ...]
    form: type[PartForm] | None = None
    row: type[RowForm] | None = None
    rows_of: Callable[[Content], list[Any]] = field(default=_rows_in(""))
    fixed: bool = False


def _listed(name: str, row: type[RowForm]) -> Section:
    return Section(name, words.FIELDS[name], (name,), row=row, rows_of=_rows_in(name))


SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        Section(
            "heading",
            _("ชื่อและหน่วยงาน"),
            ("title", "code", "org", "owner", "nature", "alignment"),
            HeadingForm,
        ),
        Section("rationale", words.FIELDS["rationale"], ("rationale",), RationaleForm),
        _listed("objectives", TextRow),
        Section("target", words.FIELDS["target"], ("target",), TargetForm),
        _listed("method", TextRow),
        _listed("quotas", QuotaRow),
        Section(
            "period",
            _("ระยะเวลา สถานที่ และงบประมาณ"),
            ("period", "period_text", "place", "budget_baht"),
            PeriodForm,
        ),
        _listed("expected", TextRow),
        _listed("kpis", KpiRow),
        Section("monitoring", words.FIELDS["monitoring"], ("monitoring",), MonitoringForm),
        Section(
            "signatures",
            words.FIELDS["signatures"],
            ("signatures",),
            row=SignatoryRow,
            rows_of=signatory_rows,
            fixed=True,
        ),
    )
}

SECTION_OF = {name: section for section in SECTIONS.values() for name in section.fields}


class Editor:
    """A section open for editing: its inputs filled from a content, or holding what was typed."""

    def __init__(self, section: Section, content: Content, sent: Typed | None = None) -> None:
        self.section, self.content, self._sent = section, content, sent
        self.form = section.form(sent, initial=section.form.initial_of(content)) if section.form else None
        self.rows: list[RowForm] = self._made_rows() if section.row else []

    def _made_rows(self) -> list[RowForm]:
        row = self.section.row
        assert row is not None
        if self._sent is not None:
            return [row(self._sent, prefix=prefix) for prefix in _prefixes(self.section.name, self._sent)]
        given = [row.initial_of_row(each) for each in self.section.rows_of(self.content)]
        return self._numbered(given or [{}])

    def _numbered(self, initials: list[dict[str, Any]]) -> list[RowForm]:
        row = self.section.row
        assert row is not None
        return [row(initial=each, prefix=f"{self.section.name}-{place}") for place, each in enumerate(initials)]

    def rearrange(self, wish: str) -> bool:
        """Add, take away or move a row as a button asks ("add", "remove:2", "up:2"), keeping what was typed.

        False where the wish is not about rows.
        """
        if self._sent is None or not self.section.row or self.section.fixed:
            return False
        verb, _colon, place = wish.partition(":")
        kept = [_typed_of(row, self._sent) for row in self.rows]
        at = int(place) if place.isdecimal() and int(place) < len(kept) else -1
        if verb == "add" and len(kept) < MOST_ROWS:
            kept.append({})
        elif verb == "remove" and at >= 0:
            del kept[at]
        elif verb == "up" and at > 0:
            kept[at - 1], kept[at] = kept[at], kept[at - 1]
        elif verb not in {"add", "remove", "up"}:
            return False
        self.rows = self._numbered(kept or [{}])
        return True

    def is_valid(self) -> bool:
        whole = self.form is None or self.form.is_valid()
        return all([row.is_valid() for row in self.rows]) and whole

    def values(self) -> dict[str, Any]:
        """The section's fields as typed; call it when valid."""
        if self.form is not None:
            return self.form.values()
        return {self.section.fields[0]: [row.value() for row in self.rows if not row.blank or self._stood(row)]}

    def _stood(self, row: RowForm) -> bool:
        """An empty row of a document that has such a row: a signatory without a name is still a signatory."""
        return self.section.fixed and row.cleaned_data["role"] in {
            each["role"] for each in self.content.get("signatures") or []
        }

    @property
    def seen(self) -> str:
        """A mark of what the section says now; a form carries the mark of what it was opened on."""
        return content_sha256({name: self.content.get(name) for name in self.section.fields})[:16]

    @property
    def overtaken(self) -> bool:
        """Whether somebody else changed the section since the form that was sent was opened."""
        return self._sent is not None and self._sent.get("seen", self.seen) != self.seen

    def changes(self) -> dict[str, Any]:
        """The fields that say something else than an untouched form would have said."""
        untouched = Editor(self.section, self.content, _untouched(self.section, self.content))
        before = untouched.values() if untouched.is_valid() else self.content
        return {name: value for name, value in self.values().items() if before.get(name) != value}


def _prefixes(name: str, sent: Typed) -> list[str]:
    numbers = {int(found[1]) for key in sent if (found := re.match(rf"{name}-(\d{{1,3}})-", key))}
    return [f"{name}-{number}" for number in sorted(numbers)[:MOST_ROWS]]


def _typed_of(row: forms.Form, sent: Typed) -> dict[str, Any]:
    return {name: sent.get(row.add_prefix(name), "") for name in row.fields}


def _untouched(section: Section, content: Content) -> Mapping[str, Any]:
    editor = Editor(section, content)
    told: dict[str, Any] = {}
    for form in [*([editor.form] if editor.form else []), *editor.rows]:
        told |= typed(form)
    return told
