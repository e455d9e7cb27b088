"""The forms of the plan: what the planner is asked, an entry's time and details, reasons."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import WeekRule
from saisaat.domain.plan_changes import LONGEST_LATE_HOURS, LatePolicy
from saisaat.domain.plan_dates import at_local
from saisaat.posters.styles import STYLES
from saisaat.queries.plan import Wishes
from saisaat.records.models import Group, Item, Person, Topic
from saisaat.web.plan.words import LATE_POLICIES, WEEK_RULES, WEEKDAYS
from saisaat.web.words import KINDS, style_title

LONGEST_REASON = 300
_WHY = _("เหตุผล (เก็บในประวัติ)")


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _hour(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def _reason(label: Any = _WHY, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=required, max_length=LONGEST_REASON, widget=widget)


def suiting_styles() -> list[tuple[str, str]]:
    """The styles a plan may mix by itself: those that suit any topic."""
    return [(style.name, style_title(style.name)) for style in STYLES.values() if style.suits_any_topic]


class WishesForm(forms.Form):
    """What the planner is asked for."""

    styles = forms.MultipleChoiceField(label=_("รูปแบบโปสเตอร์ที่จะผสมกัน"), widget=forms.CheckboxSelectMultiple)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("วันที่อยากเผยแพร่"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("วันอื่นใช้เฉพาะเมื่อวันเหล่านี้ไม่พอ"),
    )
    time_1 = _hour(_("เวลาเผยแพร่"))
    time_2 = _hour(_("เวลาที่สอง (ถ้ามี)"), required=False)
    time_3 = _hour(_("เวลาที่สาม (ถ้ามี)"), required=False)
    seed = forms.IntegerField(min_value=0, max_value=9999, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["styles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = suiting_styles()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [at for at in (cleaned.get(f"time_{n}") for n in (1, 2, 3)) if at]
        if len(set(chosen)) != len(chosen):
            raise forms.ValidationError(_("เวลาเผยแพร่ซ้ำกัน โปรดเลือกเวลาที่ต่างกัน"))
        return cleaned

    def wishes(self) -> Wishes:
        told = self.cleaned_data
        rule = told.get("week_rule")
        return Wishes(
            styles=tuple(told["styles"]),
            weekdays=tuple(told["weekdays"]),
            times=tuple(at for n in (1, 2, 3) if (at := told[f"time_{n}"])),
            week_rule=WeekRule(rule) if rule else None,
            seed=told["seed"] or 0,
        )

    @staticmethod
    def usual(styles: Sequence[str], rule: str, seed: int = 0) -> dict[str, Any]:
        """What stands in the form before anybody chose."""
        plain = Wishes(styles=tuple(styles))
        times = {f"time_{n}": at for n, at in enumerate(plain.times, start=1)}
        return {"styles": list(styles), "weekdays": list(plain.weekdays), "week_rule": rule, "seed": seed, **times}


class MakeForm(WishesForm):
    """A whole new plan: how weeks are counted is part of it."""

    week_rule = forms.ChoiceField(label=_("การนับสัปดาห์"), choices=list(WEEK_RULES.items()))
    replace = forms.BooleanField(label=_("เข้าใจแล้วว่าแผนเดิมจะถูกแทนที่ทั้งหมด"), required=False)
    field_order = ("styles", "weekdays", "time_1", "time_2", "time_3", "week_rule", "replace", "seed")


class MomentForm(forms.Form):
    """A day and an hour, Thai time."""

    date = _day(_("วันที่"))
    time = _hour(_("เวลา"))

    def at(self) -> datetime:
        told = self.cleaned_data
        hour: time = told["time"]
        return at_local(told["date"], hour.replace(second=0, microsecond=0))


class MoveForm(MomentForm):
    """Where an entry goes. `seen` says which cautions the person was shown."""

    reason = _reason()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class AnnounceForm(MomentForm):
    """When the groups are told once more."""


class SwapForm(forms.Form):
    """With which entry to exchange times."""

    other = forms.ChoiceField(label=_("สลับกับ"))
    reason = _reason()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, others: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("เลือกรายการ")), *others]


class AddForm(MomentForm):
    """An entry by hand: a topic of the bank, something already made, or a title alone."""

    kind = forms.ChoiceField(
        label=_("ชนิด"),
        choices=[(kind, KINDS[kind]) for kind in (ItemKind.POSTER, ItemKind.CLIP)],
        widget=forms.RadioSelect,
    )
    topic = forms.ChoiceField(label=_("หัวข้อจากคลังความรู้"), required=False, help_text=_("สำหรับภาพความรู้"))
    style = forms.ChoiceField(label=_("รูปแบบโปสเตอร์"), required=False)
    item = forms.ChoiceField(label=_("สื่อที่ทำไว้แล้ว"), required=False)
    title = forms.CharField(
        label=_("ชื่อเรื่อง"), max_length=300, required=False, help_text=_("เขียนเองเมื่อไม่ได้เลือกหัวข้อหรือสื่อ")
    )
    owner = forms.ChoiceField(label=_("ผู้รับผิดชอบ"), required=False)
    groups = forms.MultipleChoiceField(label=_("กลุ่มที่จะได้รับ"), widget=forms.CheckboxSelectMultiple)
    reason = _reason()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("kind", "topic", "style", "item", "title", "date", "time", "groups", "owner", "reason", "seen")

    def __init__(
        self,
        topics: Iterable[Topic],
        items: Iterable[Item],
        people: Iterable[Person],
        groups: Iterable[Group],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        themes = groupby(sorted(topics, key=lambda topic: (topic.topic, topic.code)), key=lambda topic: topic.topic)
        self._choose("topic", [(name, [(t.code, t.headline) for t in found]) for name, found in themes], _("ไม่ใช้"))
        self._choose("style", suiting_styles())
        self._choose("item", [(item.pk, f"{KINDS[ItemKind(item.kind)]}: {item.title}") for item in items], _("ไม่ใช้"))
        self._choose("owner", people_choices(people), _("ยังไม่ระบุ"))
        self._choose("groups", [(str(group.pk), group.name) for group in groups])

    def _choose(self, name: str, choices: list[Any], empty: Any = None) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *choices] if empty else choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("topic") and cleaned.get("kind") == ItemKind.CLIP:
            self.add_error("topic", _("หัวข้อจากคลังใช้กับภาพความรู้ คลิปให้เลือกจากสื่อที่ทำไว้หรือเขียนชื่อเรื่อง"))
        if cleaned.get("topic") and cleaned.get("item"):
            self.add_error("item", _("เลือกหัวข้อหรือสื่อที่ทำไว้ อย่างใดอย่างหนึ่ง"))
        return cleaned


class EditForm(forms.Form):
    """An entry's name, whose it is, and how late it may go."""

    title = forms.CharField(label=_("ชื่อเรื่องในแผน"), max_length=300)
    owner = forms.ChoiceField(label=_("ผู้รับผิดชอบ"), required=False)
    policy = forms.ChoiceField(label=_("ถ้าส่งไม่ทันเวลา"), choices=list(LATE_POLICIES.items()), widget=forms.RadioSelect)
    hours = forms.IntegerField(label=_("ส่งช้าได้กี่ชั่วโมง"), min_value=1, max_value=LONGEST_LATE_HOURS, required=False)
    date = _day(_("ส่งได้ถึงวันที่"), required=False)
    time = _hour(_("ส่งได้ถึงเวลา"), required=False)
    reason = _reason()

    def __init__(self, people: Iterable[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("ยังไม่ระบุ")), *people_choices(people)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        policy = cleaned.get("policy")
        if policy == LatePolicy.HOURS and not cleaned.get("hours"):
            self.add_error("hours", _("โปรดใส่จำนวนชั่วโมง"))
        if policy == LatePolicy.FIXED and not (cleaned.get("date") and cleaned.get("time")):
            self.add_error("date", _("โปรดใส่ทั้งวันที่และเวลา"))
        return cleaned

    def deadline(self) -> datetime | None:
        told = self.cleaned_data
        return at_local(told["date"], told["time"]) if told.get("date") and told.get("time") else None


class ReasonForm(forms.Form):
    """Why."""

    reason = _reason(_("เหตุผล"), required=True)


def people_choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    """Name and position; people who are known by their position alone are named once."""
    return [(p.pk, p.name if p.name == p.position else f"{p.name} ({p.position})") for p in people]
