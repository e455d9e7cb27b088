"""The plan's own filters: sentences of notices, how a guard stands, what a change says."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django import template

from saisaat.domain.cadence import BANGKOK, Outlook
from saisaat.domain.plan import PlannedEntry
from saisaat.domain.plan_changes import Change
from saisaat.domain.plan_notices import Notice
from saisaat.queries.plan import Slot
from saisaat.records.models import Delivery, Group, Person, PlanChange
from saisaat.web.plan import words
from saisaat.web.templatetags.saisaat import short_day, weekday
from saisaat.web.words import style_title

register = template.Library()


@register.filter
def notice(value: Notice) -> str:
    return words.told(value)


@register.filter
def outlook(value: Outlook) -> str:
    return str(words.OUTLOOKS[value])


@register.filter
def outlook_tone(value: Outlook) -> str:
    return words.OUTLOOK_TONES[value]


@register.filter
def outlook_mark(value: Outlook) -> str:
    return words.OUTLOOK_MARKS[value]


@register.filter
def plan_word(value: str, table: str) -> str:
    """The plan's word for a domain value: `{{ quota.kind|plan_word:"QUOTA_KINDS" }}`."""
    return str(getattr(words, table)[value])


@register.filter
def change(value: str) -> str:
    return str(words.CHANGES[Change(value)])


@register.filter
def style(value: str) -> str:
    return style_title(value)


@register.filter
def of(mapping: Mapping[str, Group], key: str) -> Group | None:
    """What a mapping holds for a key."""
    return mapping.get(key)


@register.filter
def full_day(value: date) -> str:
    """ "วันศุกร์ 15 พ.ค."."""
    return f"{weekday(value)} {short_day(value)}"


@register.filter
def edits(row: PlanChange, people: Mapping[str, Person]) -> list[tuple[str, str, str]]:
    """What an edit changed: the field's name, what it was, what it is."""

    def said(name: str, value: str) -> str:
        if not value:
            return "–"
        if name == "owner":
            return people[value].name if value in people else "–"
        if name == "late_policy":
            return words.late_word(value)
        return words.moment(value) if name == "deadline" else value

    return [
        (str(words.FIELDS[name]), said(name, old), said(name, new)) for name, (old, new) in sorted(row.fields.items())
    ]


@register.filter
def clock_value(value: datetime) -> str:
    """ "09:30", for a field."""
    return f"{value.astimezone(BANGKOK):%H:%M}"


@register.filter
def slot(by_no: Mapping[int, Slot], no: int) -> Slot | None:
    return by_no.get(no)


@register.filter
def other_no(value: Notice, no: int) -> int:
    """The other of two entries that a notice is about."""
    return next((one for one in value.nos if one != no), no)


@register.filter
def topics(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """One delivery for each topic and style among them."""
    return list({(d.topic_id, d.style): d for d in deliveries if d.topic_id}.values())


@register.filter
def on_weekdays(entries: Iterable[PlannedEntry]) -> str:
    """ "จันทร์ พุธ ศุกร์": the days on which entries go out."""
    days = sorted({entry.at.weekday() for entry in entries})
    return " ".join(str(words.WEEKDAYS[day][1]) for day in days)
