"""The forms of people and offices."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saisaat.domain.staff import LEAVING, LONGEST, Ended, OfficeKind, Post, StaffType
from saisaat.domain.staff_list.cells import LONGEST_NAME, read_day, tidy, written_day
from saisaat.records.models import Office, Person
from saisaat.web.people.words import ENDED, KINDS, TYPES


class DayField(forms.CharField):
    """A day as Thai people write it: "1 ตุลาคม 2560", "1 ต.ค. 2560", "1/10/2560"; a C.E. year is understood too."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("เช่น 1 ตุลาคม 2560 หรือ 1/10/2560"))
        super().__init__(max_length=60, **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, date):
            english = (get_language() or "").startswith("en")
            return f"{value.day}/{value.month}/{value.year}" if english else written_day(value)
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = read_day(text)
        if found is None:
            raise ValidationError(_("อ่านเป็นวันที่ไม่ได้ โปรดใส่ เช่น 1 ตุลาคม 2560, 1 ต.ค. 2560 หรือ 1/10/2560"))
        if not found.sure:
            raise ValidationError(_("โปรดใส่ปีสี่หลัก เช่น 2560"))
        return found.day


def _choices(offices: Iterable[Office]) -> list[tuple[str, str]]:
    return [("", "—"), *((str(office.pk), office.name) for office in offices)]


class PostForm(forms.Form):
    """A post in one of the offices that the person filling in may change."""

    office = forms.ChoiceField(label=_("สำนักงาน"))
    position = forms.CharField(label=_("ตำแหน่ง"), max_length=LONGEST)
    level = forms.CharField(label=_("ระดับ"), max_length=LONGEST, required=False, help_text=_("เช่น ชำนาญการ เว้นว่างได้"))
    staff_type = forms.ChoiceField(label=_("ประเภท"), choices=list(TYPES.items()))
    on = DayField(label=_("ตั้งแต่วันที่"))

    def __init__(self, *args: Any, offices: list[Office], **options: Any) -> None:
        super().__init__(*args, **options)
        self._offices = {str(office.pk): office for office in offices}
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _choices(offices)

    @property
    def chosen_office(self) -> Office:
        return self._offices[self.cleaned_data["office"]]

    @property
    def post(self) -> Post:
        told = self.cleaned_data
        return Post(tidy(told["position"]), tidy(told["level"]), StaffType(told["staff_type"]))


class PersonForm(PostForm):
    """Somebody new."""

    name = forms.CharField(label=_("ชื่อ-สกุล"), max_length=LONGEST_NAME, help_text=_("รวมคำนำหน้า เก็บแบบเข้ารหัส"))
    joined_on = DayField(label=_("วันบรรจุหรือเริ่มงาน"), required=False)
    on = DayField(label=_("เริ่มตำแหน่งนี้เมื่อ"), required=False)
    another = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ["name", "office", "position", "level", "staff_type", "joined_on", "on"]


class CorrectForm(forms.Form):
    """What was written down wrongly."""

    name = forms.CharField(label=_("ชื่อ-สกุล"), max_length=LONGEST_NAME)
    joined_on = DayField(label=_("วันบรรจุหรือเริ่มงาน"), required=False)

    def __init__(self, data: Any = None, *, person: Person, prefix: str) -> None:
        told = {"name": person.known_name, "joined_on": person.joined_on}
        super().__init__(data, initial=told, prefix=prefix)
        if person.key.wrapped is None:
            del self.fields["name"]


class LeaveForm(forms.Form):
    how = forms.ChoiceField(label=_("ออกเพราะ"), choices=[("", "—"), *((how, ENDED[how]) for how in LEAVING)])
    on = DayField(label=_("ตั้งแต่วันที่"))
    reason = forms.CharField(label=_("รายละเอียด"), max_length=300, required=False, help_text=_("เว้นว่างได้"))

    def clean_how(self) -> Ended:
        return Ended(self.cleaned_data["how"])


class OfficeForm(forms.Form):
    name = forms.CharField(label=_("ชื่อสำนักงาน"), max_length=LONGEST)
    kind = forms.ChoiceField(label=_("ชนิด"), choices=list(KINDS.items()), initial=OfficeKind.DISTRICT)

    def clean_kind(self) -> OfficeKind:
        return OfficeKind(self.cleaned_data["kind"])


class MergeForm(forms.Form):
    into = forms.ChoiceField(label=_("รวมเข้ากับ"))

    def __init__(self, *args: Any, offices: list[Office], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["into"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _choices(offices)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("ไฟล์รายชื่อ"),
        help_text=_("Excel (.xlsx) หรือ CSV ไม่เกิน 2 MB และ 3,000 แถว"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt,.tsv"}),
    )
