"""The document's sections as forms: each turns fields of the content into inputs, and what was typed back into them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from saisaat.domain.cadence import LONGEST_PERIOD_DAYS
from saisaat.domain.campaign import SIGNING_ORDER
from saisaat.domain.content import LONGEST_TITLE
from saisaat.web.campaign import words
from saisaat.web.campaign.fields import NumberField, ThaiDateField, WordsField
from saisaat.web.words import SIGNATURE_ROLES

Content = Mapping[str, Any]
_LETTERS_A_LINE = 55


class PartForm(forms.Form):
    """Inputs for some fields of the content."""

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        """What the inputs show for a content."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """The content's fields as typed; call it on a valid form."""
        raise NotImplementedError


class HeadingForm(PartForm):
    title = WordsField(
        label=words.FIELDS["title"],
        required=True,
        max_length=LONGEST_TITLE,
        rows=2,
        error_messages={"required": _("โปรดใส่ชื่อโครงการ")},
    )
    project_code = WordsField(label=words.FIELDS["code"], max_length=100, help_text=_("เช่น 12/2563"))
    org = WordsField(label=words.FIELDS["org"], max_length=300)
    owner = WordsField(label=words.FIELDS["owner"], max_length=1000, rows=2)
    nature = WordsField(label=words.FIELDS["nature"], max_length=300, help_text=_("เช่น โครงการใหม่ หรือโครงการต่อเนื่อง"))
    alignment = WordsField(label=words.FIELDS["alignment"], rows=3)

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        named = {name: content.get(name) for name in ("title", "org", "owner", "nature", "alignment")}
        return named | {"project_code": content.get("code")}

    def values(self) -> dict[str, Any]:
        told = {name: value or None for name, value in self.cleaned_data.items()}
        told["code"] = told.pop("project_code")
        return told


class RationaleForm(PartForm):
    rationale = WordsField(label=words.FIELDS["rationale"], rows=12, help_text=_("ขึ้นบรรทัดใหม่เมื่อขึ้นย่อหน้าใหม่"))

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        return {"rationale": content.get("rationale")}

    def values(self) -> dict[str, Any]:
        return {"rationale": self.cleaned_data["rationale"] or None}


class MonitoringForm(PartForm):
    monitoring = WordsField(label=words.FIELDS["monitoring"], rows=6)

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        return {"monitoring": content.get("monitoring")}

    def values(self) -> dict[str, Any]:
        return {"monitoring": self.cleaned_data["monitoring"] or None}


class TargetForm(PartForm):
    text = WordsField(label=_("ใครคือกลุ่มเป้าหมาย"), rows=4)
    people = NumberField(label=_("จำนวนคน (รวมทั้งสิ้น)"), required=False, most=10_000_000)
    min = NumberField(label=_("อย่างน้อย (คน)"), required=False, most=10_000_000, help_text=_("ถ้าระบุเป็นขั้นต่ำ"))
    max = NumberField(label=_("ไม่เกิน (คน)"), required=False, most=10_000_000, help_text=_("ถ้าระบุเป็นขั้นสูง"))

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        return dict(content.get("target") or {})

    def values(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("people", "min", "max", "text")}
        return {"target": None if told == {"people": None, "min": None, "max": None, "text": ""} else told}


class PeriodForm(PartForm):
    start = ThaiDateField(label=_("วันเริ่ม"), required=False, help_text=_("เช่น 1 พฤษภาคม 2563 หรือ 1/5/2563"))
    end = ThaiDateField(label=_("วันสิ้นสุด"), required=False, help_text=_("เช่น 30 กันยายน 2563"))
    period_text = WordsField(label=words.FIELDS["period_text"], rows=2, help_text=_("ถ้อยคำที่จะอยู่ในเอกสาร"))
    place = WordsField(label=words.FIELDS["place"], rows=2)
    budget_baht = NumberField(
        label=_("งบประมาณ (บาท)"),
        required=False,
        whole=False,
        help_text=_("ไม่ใช้งบประมาณให้ใส่ 0 ยังไม่ทราบให้เว้นว่าง"),
    )

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        period = content.get("period") or {}
        days = {name: date.fromisoformat(period[name]) for name in ("start", "end") if period}
        return days | {name: content.get(name) for name in ("period_text", "place", "budget_baht")}

    def clean(self) -> dict[str, Any]:
        told = cast("dict[str, Any]", super().clean())
        if self.errors:
            return told
        start, end = told["start"], told["end"]
        if (start is None) != (end is None):
            self.add_error("end" if end is None else "start", _("โปรดใส่ทั้งวันเริ่มและวันสิ้นสุด หรือเว้นว่างทั้งคู่"))
        elif start is not None and start > end:
            self.add_error("end", _("วันสิ้นสุดต้องไม่มาก่อนวันเริ่ม"))
        elif start is not None and (end - start).days > LONGEST_PERIOD_DAYS:
            self.add_error("end", _("ระยะเวลายาวเกินสิบปี"))
        return told

    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        start, end = told["start"], told["end"]
        return {
            "period": {"start": start.isoformat(), "end": end.isoformat()} if start else None,
            "period_text": told["period_text"] or None,
            "place": told["place"] or None,
            "budget_baht": told["budget_baht"],
        }


class RowForm(forms.Form):
    """One row of a list. A row whose inputs are all empty is left out."""

    @classmethod
    def initial_of_row(cls, row: Any) -> dict[str, Any]:
        return dict(row)

    @property
    def blank(self) -> bool:
        return not any(self.cleaned_data.values())

    def value(self) -> Any:
        """The row as the content holds it; call it on a valid form that is not blank."""
        raise NotImplementedError


class TextRow(RowForm):
    text = WordsField(label=_("ข้อความ"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = str(self["text"].value() or "")
        lines = sum(1 + len(line) // _LETTERS_A_LINE for line in said.split("\n"))
        self.fields["text"].widget.attrs["rows"] = min(max(lines, 2), 12)

    @classmethod
    def initial_of_row(cls, row: Any) -> dict[str, Any]:
        return {"text": row}

    def value(self) -> Any:
        return self.cleaned_data["text"]


class QuotaRow(RowForm):
    kind = forms.ChoiceField(label=_("ประเภทสื่อ"), initial="poster", choices=list(words.KINDS.items()))
    bound = forms.ChoiceField(label=_("นับแบบ"), initial="at_least", choices=list(words.BOUNDS.items()))
    number = NumberField(label=_("กี่เรื่อง"), required=False, least=1, most=999)
    per = forms.ChoiceField(label=_("ต่อช่วง"), initial="week")
    what = WordsField(label=_("รายละเอียดตามเอกสาร"), rows=2, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A document may count by something of its own ("2 weeks"); it is offered as it stands.
        own = self.data.get(self.add_prefix("per")) if self.is_bound else self.initial.get("per")
        extra = [(own, own)] if own and own not in words.PERS and len(own) <= 20 else []
        self.fields["per"].choices = [*words.PERS.items(), *extra]  # type: ignore[attr-defined]

    @classmethod
    def initial_of_row(cls, row: Any) -> dict[str, Any]:
        bound = "at_least" if row.get("at_least") else "exactly"
        return {**{name: row.get(name) for name in ("kind", "per", "what")}, "bound": bound, "number": row.get(bound)}

    @property
    def blank(self) -> bool:
        return not self.cleaned_data["number"] and not self.cleaned_data["what"]

    def clean(self) -> dict[str, Any]:
        told = cast("dict[str, Any]", super().clean())
        if told.get("what") and "number" in told and told["number"] is None:
            self.add_error("number", _("โปรดใส่จำนวนเรื่อง"))
        return told

    def value(self) -> Any:
        told = self.cleaned_data
        return {"what": told["what"], "kind": told["kind"], told["bound"]: told["number"], "per": told["per"]}


class KpiRow(RowForm):
    no = WordsField(label=_("เลขข้อ"), max_length=10)
    measure = forms.ChoiceField(label=_("วัดเป็น"), required=False, choices=[("", _("ไม่ระบุ")), *words.MEASURES.items()])
    value_asked = NumberField(label=_("ค่าเป้าหมาย"), required=False, whole=False, most=10**13)
    text = WordsField(label=_("ตัวชี้วัด"), rows=3)

    @classmethod
    def initial_of_row(cls, row: Any) -> dict[str, Any]:
        measure = next((name for name in words.MEASURES if row.get(name) is not None), "")
        asked = row.get(measure) if measure else None
        return {"no": row.get("no"), "text": row.get("text"), "measure": measure, "value_asked": asked}

    def clean(self) -> dict[str, Any]:
        told = cast("dict[str, Any]", super().clean())
        if self.errors:
            return told
        if bool(told["measure"]) != (told["value_asked"] is not None):
            self.add_error("value_asked", _("โปรดใส่ทั้งวิธีวัดและค่าเป้าหมาย หรือเว้นว่างทั้งคู่"))
        if told["measure"] and not told["text"]:
            self.add_error("text", _("โปรดใส่ข้อความของตัวชี้วัด"))
        return told

    def value(self) -> Any:
        told = self.cleaned_data
        asked = {told["measure"]: told["value_asked"]} if told["measure"] else {}
        return {"no": told["no"] or None, "text": told["text"], **asked}


class SignatoryRow(RowForm):
    """Who signs in one of the three roles, as the document names them."""

    role = forms.ChoiceField(label=_("ในฐานะ"), choices=list(SIGNATURE_ROLES.items()), widget=forms.HiddenInput)
    name = WordsField(label=_("ชื่อผู้ลงนาม"), max_length=200)
    position = WordsField(label=_("ตำแหน่ง"), max_length=300)
    acting_for = WordsField(label=_("ปฏิบัติราชการแทน"), max_length=200, help_text=_("ตำแหน่งที่ปฏิบัติราชการแทน ถ้ามี"))
    on = ThaiDateField(label=_("ลงวันที่"), required=False)

    @classmethod
    def initial_of_row(cls, row: Any) -> dict[str, Any]:
        named = {name: row.get(name) for name in ("role", "name", "position", "acting_for")}
        return named | {"on": date.fromisoformat(row["date"]) if row.get("date") else None}

    @property
    def blank(self) -> bool:
        return not any(value for name, value in self.cleaned_data.items() if name != "role")

    @property
    def heading(self) -> Any:
        """Whose row it is, in words."""
        role = self["role"].value()
        return next((label for key, label in SIGNATURE_ROLES.items() if key == role), "")

    def value(self) -> Any:
        told = self.cleaned_data
        return {
            "role": told["role"],
            "name": told["name"] or None,
            "position": told["position"] or None,
            "date": told["on"].isoformat() if told["on"] else None,
            "acting_for": told["acting_for"] or None,
        }


def signatory_rows(content: Content) -> list[dict[str, Any]]:
    """All three roles in order, whether the document names them or not."""
    named = {row["role"]: row for row in content.get("signatures") or []}
    return [named.get(role, {"role": str(role)}) for role in SIGNING_ORDER]
