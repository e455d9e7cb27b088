"""Words of the campaign's pages for the templates."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from saisaat.web.campaign import words

register = template.Library()


@register.filter
def told(value: Any, table: str) -> str:
    """The campaign pages' word for a value: `{{ campaign.status|told:"STATUSES" }}`; what no table knows as it is."""
    return str(getattr(words, table).get(value, value)) if value else ""


@register.filter
def sureness(value: float) -> SafeString:
    """How sure the reader was, in a mark and in words."""
    mark, said, tone = words.confidence(value)
    return format_html('<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>', tone, mark, said)


@register.filter
def measured(kpi: dict[str, Any]) -> tuple[str, Any] | None:
    """(measure, value) of an indicator; None where it states none."""
    return next(((name, kpi[name]) for name in words.MEASURES if kpi.get(name) is not None), None)


@register.filter
def at(mapping: Any, key: str) -> Any:
    """`mapping[key]` for a key that a variable holds; None where there is none."""
    return mapping.get(key) if mapping else None


@register.filter
def short_digest(sha256: str) -> str:
    """The first twelve characters of a digest, in threes: enough to compare by eye."""
    return " ".join(sha256[place : place + 4] for place in range(0, 12, 4))


@register.filter
def iso_day(value: str | None) -> Any:
    """A date of the content (ISO text) as a date."""
    return date.fromisoformat(value) if value else None
