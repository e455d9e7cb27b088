"""What people of an office type into a form: dates of the Buddhist era, Thai digits, amounts with commas."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saisaat.domain.thai import format_date, parse_date, to_arabic_digits

LONGEST_TEXT = 20_000


class ThaiDateField(forms.Field):
    """ "1 พฤษภาคม 2563", "๑/๕/๒๕๖๓" or "2020-05-01"; a year from 2400 on is B.E. The value is a date or None."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("อ่านวันที่นี้ไม่ได้ โปรดพิมพ์เช่น 1 พฤษภาคม 2563 หรือ 1/5/2563"),
    }

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = (value or "").strip()
        if not text:
            return None
        found = parse_date(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        """A date as this reader would type it."""
        if not isinstance(value, date):
            return value
        english = (get_language() or "").startswith("en")
        return value.isoformat() if english else format_date(value, thai_digits=False)


class NumberField(forms.Field):
    """A number in Thai or Arabic digits, thousands apart or not; a whole one comes out as an int. None where empty."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("โปรดใส่เป็นตัวเลข"),
        "bounds": _("โปรดใส่ตัวเลขตั้งแต่ %(least)s ถึง %(most)s"),
    }

    def __init__(self, *, least: int = 0, most: int = 10**12, whole: bool = True, **kwargs: Any) -> None:
        self.least, self.most, self.whole = least, most, whole
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | float | None:
        text = to_arabic_digits(str(value if value is not None else "")).replace(",", "").strip()
        if not text:
            return None
        try:
            number = int(text) if self.whole else float(text)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not self.least <= number <= self.most:
            bounds = {"least": f"{self.least:,}", "most": f"{self.most:,}"}
            raise forms.ValidationError(self.error_messages["bounds"], code="bounds", params=bounds)
        return int(number) if number == int(number) else number

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "numeric" if self.whole else "decimal", "autocomplete": "off"}


class WordsField(forms.CharField):
    """Text of one or more lines, "" where empty; line ends are "\\n"."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        if rows:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=kwargs.pop("required", False), **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean((value or "").replace("\r\n", "\n").replace("\r", "\n")) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The limit is said when it is passed; a browser would cut a pasted text short without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


def typed(form: forms.BaseForm) -> dict[str, str]:
    """What a browser would send if nothing in `form` were touched."""
    return {field.html_name: "" if (value := field.value()) is None else str(value) for field in form}


Typed = Mapping[str, Any]
"""The fields of a sent form."""
