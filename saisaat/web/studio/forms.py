"""The studio's forms: what a poster is made of, and an own picture with its rights."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from saisaat.actions.compose import short
from saisaat.domain.errors import DomainError
from saisaat.domain.pictures import Licence, Rights
from saisaat.posters.days import DAYS
from saisaat.posters.icons import available
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import STYLES
from saisaat.records.models import Campaign
from saisaat.web.studio.words import DAY_COLOURS
from saisaat.web.words import LICENCES, said

SHADES = 12
OFFICE = "office"
WORDED = ("headline", "body", "topic", "citation", "greeting", "credit")
_SLUG = r"[0-9a-hjkmnp-tv-z]{16}"


@dataclass(frozen=True, slots=True)
class Beside:
    """Words beside the picture (its description, the page's text), which follow the poster until somebody writes own.

    `value` is what stands in the field; `was` is what the page last put there; `made_for` are the words the poster
    gave of itself when `value` was written. `stale`: they are written by hand, and the poster says something else now.
    """

    value: str
    was: str
    made_for: str
    stale: bool = False

    @property
    def own(self) -> bool:
        return self.value != self.made_for


def followed(typed: str, was: str, made_for: str, now: str, *, still: bool = False) -> Beside:
    """The words after the poster changed to say `now`. `still`: somebody said their own words hold."""
    typed, made_for = _lines(typed), _lines(made_for)
    if not typed.strip() or typed == made_for:
        return Beside(now, now, now)
    if still or typed != _lines(was):
        return Beside(typed, typed, now)
    return Beside(typed, typed, made_for, stale=made_for != now)


def _lines(text: str) -> str:
    """As it was before a browser sent it: a form turns line feeds into two characters."""
    return text.replace("\r\n", "\n")


class MakingForm(forms.Form):
    """A poster in the making. Lengths are the style's to refuse, so that nothing typed is cut."""

    style = forms.ChoiceField(choices=[])
    headline = forms.CharField(max_length=1000)
    body = forms.CharField(max_length=3000, required=False)
    topic = forms.CharField(max_length=500, required=False)
    citation = forms.CharField(max_length=1000, required=False)
    greeting = forms.CharField(max_length=500, required=False)
    credit = forms.CharField(max_length=500, required=False)
    icon = forms.ChoiceField(choices=[], required=False)
    tone = forms.ChoiceField(choices=[], required=False)
    first_colour = forms.RegexField(r"^#[0-9A-Fa-f]{6}$", required=False)
    second_colour = forms.RegexField(r"^#[0-9A-Fa-f]{6}$", required=False)
    shade = forms.IntegerField(min_value=0, max_value=SHADES - 1, required=False)
    picture = forms.CharField(max_length=16, required=False)
    slug = forms.RegexField(rf"^{_SLUG}$")
    base = forms.IntegerField(min_value=0, required=False)
    source = forms.CharField(max_length=20, required=False)
    seen = forms.IntegerField(min_value=0, required=False)
    alt = forms.CharField(max_length=400, required=False)
    alt_was = forms.CharField(required=False)
    alt_for = forms.CharField(required=False)
    alt_still = forms.BooleanField(required=False)
    text = forms.CharField(max_length=3000, required=False)
    text_was = forms.CharField(required=False)
    text_for = forms.CharField(required=False)
    text_still = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("style", [(name, name) for name in STYLES])
        self._choose("icon", [("", ""), *((name, name) for name in sorted(available()))])
        self._choose("tone", [("", _("สีของแบบ")), (OFFICE, _("สีของหน่วยงาน")), *DAY_COLOURS.items()])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def spec(self, campaign: Campaign, picture_sha256: str) -> PosterSpec:
        """What is drawn. Only for a form that is valid. The picture shows where the style takes one."""
        told = self.cleaned_data
        office = (told["first_colour"], told["second_colour"]) if told["tone"] == OFFICE else ()
        return PosterSpec(
            **{name: _lines(told[name]).strip() for name in WORDED},
            style=told["style"],
            office=short(campaign.office_name),
            campaign=short(campaign.title),
            qr_url=f"{settings.BASE_URL}/i/{told['slug']}",
            icon=told["icon"],
            seed=(told["base"] or 0) + (told["shade"] or 0),
            day=told["tone"] if told["tone"] in DAYS else "",
            colours=office,
            picture=picture_sha256 if "picture" in STYLES[told["style"]].takes else "",
        )

    def beside(self, spec: PosterSpec) -> tuple[Beside, Beside]:
        """The picture's description and the page's text, as they stand for this poster."""
        told = self.cleaned_data
        alt = followed(told["alt"], told["alt_was"], told["alt_for"], spec.alt_text(), still=told["alt_still"])
        text = followed(told["text"], told["text_was"], told["text_for"], page_text(spec), still=told["text_still"])
        return alt, text

    def refuse(self, refusal: DomainError, field: str = "") -> None:
        """Say beside the field what the drawing said of it."""
        shown = {"day": "tone", "colours": "tone"}.get(field, field)
        # The name of a field stands in the sentence in Thai, as the drawing knows it.
        refusal.values = {key: gettext(one) if isinstance(one, str) else one for key, one in refusal.values.items()}
        self.add_error(shown if shown in self.fields else None, said(refusal))


def page_text(spec: PosterSpec) -> str:
    """What the item's page says under its headline where nobody wrote something else."""
    return spec.body.strip() or spec.headline.strip()


def initial_of(spec: PosterSpec, slug: str, office_colours: tuple[str, str]) -> dict[str, Any]:
    """A form's first values for a poster."""
    colours = spec.colours if len(spec.colours) == 2 else office_colours
    return {
        **{name: getattr(spec, name) for name in (*WORDED, "style", "icon")},
        "tone": spec.day or (OFFICE if spec.colours else ""),
        "first_colour": colours[0],
        "second_colour": colours[1],
        "shade": 0,
        "base": spec.seed,
        "slug": slug,
        "alt": spec.alt_text(),
        "alt_was": spec.alt_text(),
        "alt_for": spec.alt_text(),
        "text": page_text(spec),
        "text_was": page_text(spec),
        "text_for": page_text(spec),
    }


def seed_of(slug: str) -> int:
    """A number of the item's own, so that neighbours differ in light and colour."""
    return int(hashlib.sha256(slug.encode()).hexdigest()[:6], 16)


class PictureForm(forms.Form):
    """A picture of the office's own, with whose it is."""

    file = forms.FileField(
        label=_("ไฟล์ภาพ"),
        help_text=_("JPEG, PNG หรือ WebP ไม่เกิน 20 MB ด้านสั้นอย่างน้อย 480 จุด ตำแหน่งที่ถ่ายและข้อมูลของกล้องถูกลบออกก่อนเก็บ"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    owner = forms.CharField(
        label=_("ภาพเป็นของใคร"), max_length=80, help_text=_("ชื่อนี้พิมพ์ใต้ภาพบนโปสเตอร์ เช่น ชื่อหน่วยงานหรือผู้ถ่ายภาพ")
    )
    licence = forms.ChoiceField(label=_("ใช้ภาพนี้ได้เพราะ"), choices=list(LICENCES.items()))
    proof = forms.CharField(
        label=_("หลักฐานหรือที่มา"),
        max_length=300,
        help_text=_("เช่น ถ่ายในกิจกรรมวันที่เท่าไร หนังสืออนุญาตเลขที่ใด หรือลิงก์ของภาพ"),
    )
    taken_on = forms.DateField(
        label=_("ถ่ายหรือได้ภาพมาเมื่อ"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    people = forms.ChoiceField(
        label=_("ในภาพเห็นตัวบุคคลที่จำได้หรือไม่"),
        choices=[("no", _("ไม่เห็นตัวบุคคล")), ("yes", _("เห็นตัวบุคคล"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("บุคคลในภาพยินยอมให้เผยแพร่ในโครงการนี้แล้ว (PDPA)"), required=False)
    consent = forms.CharField(
        label=_("ยินยอมอย่างไร"),
        max_length=300,
        required=False,
        help_text=_("เช่น แจ้งในที่ประชุมและไม่มีผู้คัดค้าน ลงชื่อในใบยินยอม หรือเป็นผู้บริหารในงานทางการ"),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("people") == "yes":
            if not told.get("agreed"):
                self.add_error("agreed", _("ภาพที่เห็นตัวบุคคลต้องได้รับความยินยอมก่อน หากยังไม่ได้ โปรดใช้ภาพอื่น"))
            if not told.get("consent", "").strip():
                self.add_error("consent", _("โปรดเขียนว่ายินยอมอย่างไร"))
        return told

    def rights(self) -> Rights:
        told = self.cleaned_data
        return Rights(
            owner=told["owner"],
            licence=Licence(told["licence"]),
            proof=told["proof"],
            taken_on=told["taken_on"],
            people=told["people"] == "yes",
            consent=told["consent"],
        )
