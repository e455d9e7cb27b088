"""Dates in the reader's language: Thai pages date in B.E., English ones in C.E.; both in Arabic digits."""

from calendar import month_name
from datetime import date, datetime

from django.utils.translation import get_language

from saisaat.domain.cadence import BANGKOK
from saisaat.domain.thai import format_date


def in_english() -> bool:
    """The page is read in English."""
    return (get_language() or "").startswith("en")


def local(value: date | datetime) -> date:
    """The Thai calendar day."""
    return value.astimezone(BANGKOK).date() if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """ "1 พฤษภาคม 2563"; in English "1 May 2020". Empty for None."""
    if value is None:
        return ""
    on = local(value)
    if in_english():
        return f"{on.day} {month_name[on.month]} {on.year}"
    return format_date(on, thai_digits=False)
