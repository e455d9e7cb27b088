"""Dates, figures and words for the templates. Thai pages date in B.E., English ones in C.E.; both in Arabic digits."""

import re
from calendar import day_name, month_name
from datetime import date, datetime

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saisaat.domain.approval import ItemStatus
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.content import Question
from saisaat.domain.delivery import State
from saisaat.domain.phrases import Told
from saisaat.domain.remarks import recognise
from saisaat.domain.thai import format_date, format_month, format_weekday
from saisaat.queries.calendar import english_names
from saisaat.web import words
from saisaat.web.dates import day, in_english, local
from saisaat.web.once import token
from saisaat.web.settings import words as settings_words

register = template.Library()
_THAI = re.compile(r"[\u0e00-\u0e7f]")


@register.simple_tag
def once() -> SafeString:
    """The token of a form that changes something: sent twice, it acts once."""
    return format_html('<input type="hidden" name="once" value="{}">', token())


register.filter(day)


@register.filter
def short_day(value: date | datetime | None) -> str:
    """ "1 พ.ค."; in English "1 May"."""
    if value is None:
        return ""
    on = local(value)
    if in_english():
        return f"{on.day} {month_name[on.month][:3]}"
    return format_date(on, style="short", thai_digits=False).rsplit(" ", 1)[0]


@register.filter
def month(value: date | datetime) -> str:
    on = local(value)
    return f"{month_name[on.month]} {on.year}" if in_english() else format_month(on, thai_digits=False)


@register.filter
def weekday(value: date | datetime) -> str:
    on = local(value)
    return day_name[on.weekday()] if in_english() else format_weekday(on)


@register.filter
def month_of(value: str) -> str:
    """The month written as 2020-05."""
    return month(date.fromisoformat(f"{value}-01"))


@register.filter
def local_day(value: datetime) -> date:
    return local(value)


@register.filter
def is_day(value: datetime, other: date) -> bool:
    return local(value) == other


@register.filter
def clock(value: datetime | None) -> str:
    """ "08:30 น."; in English "08:30"."""
    if value is None:
        return ""
    at = value.astimezone(BANGKOK)
    return f"{at:%H:%M}" if in_english() else f"{at:%H:%M} น."


@register.filter
def word(value: str | None, table: str) -> str:
    """The page's word for a domain value: `{{ delivery.way|word:"WAYS" }}`. Empty for no value."""
    return str(getattr(words, table)[value]) if value else ""


@register.filter
def setting(value: str, table: str) -> str:
    """The settings' word for a domain value."""
    return str(getattr(settings_words, table)[value])


@register.filter
def asked(question: Question) -> SafeString:
    """A question of the reader of proposals. An older one is kept in Thai alone."""
    return _in_parts(question.phrase) if question.phrase and in_english() else _as_it_is(question.message)


@register.filter
def kept(text: str) -> SafeString:
    """What a row keeps: the program's own remarks in the reader's language, what a person wrote as it is."""
    remark = recognise(text)
    return _in_parts(remark) if remark else _as_it_is(text)


@register.filter
def comment_record(text: str) -> SafeString:
    """How many comments of each kind, as a close-out keeps it: `closing.comment_record`."""
    counts = (re.sub(r"^\D+(?= \d+$)", lambda kind: _(kind[0]), part) for part in text.split(" · "))
    return kept(" · ".join(counts))


@register.filter
def holiday(names: str, on: date) -> SafeString:
    """A holiday's name; the built-in calendar has English ones."""
    if not in_english():
        return _as_it_is(names)
    english = english_names(on.year)
    return format_html_join("; ", "{}", ((_as_it_is(english.get(name, name)),) for name in names.split("; ")))


def _in_parts(told: Told) -> SafeString:
    """A sentence in the reader's language, in which what stays Thai (a quotation, a name) is marked as Thai."""
    said = escape(_(told.template))
    values = {name: _as_it_is(str(words.value_said(name, value))) for name, value in told.values.items()}
    return SafeString(said % values if values else said)


def _as_it_is(text: str) -> SafeString:
    """Words that are not translated, marked where they are Thai on a page that is not."""
    return format_html('<span lang="th">{}</span>', text) if in_english() and _THAI.search(text) else escape(text)


@register.filter
def tone(state: str) -> str:
    return words.TONES[State(state)]


@register.filter
def item_tone(status: str) -> str:
    return words.ITEM_TONES[ItemStatus(status)]


@register.filter
def figure(value: int | None) -> str:
    """A number with its thousands apart. Unknown is said, never written as 0."""
    return _("ไม่ทราบ") if value is None else f"{value:,}"


@register.filter
def phrases(text: str) -> SafeString:
    """A title whose lines break between its phrases, where Thai puts its spaces. A number stays with its word."""
    whole = re.sub(r" (?=[0-9๐-๙(])", "\u00a0", text)
    return format_html_join(" ", '<span class="whole">{}</span>', ((phrase,) for phrase in whole.split(" ")))


@register.filter
def percent(value: float) -> str:
    return f"{value:.0%}"


@register.filter
def minutes(seconds: int) -> str:
    """ "1:05"."""
    return f"{seconds // 60}:{seconds % 60:02d}"
