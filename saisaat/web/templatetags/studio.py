"""The studio's words for the templates."""

from django import template

from saisaat.web.studio import words

register = template.Library()


@register.filter
def studio_word(value: str, table: str) -> str:
    """The studio's word for a domain value: `{{ change.name|studio_word:"FIELDS" }}`."""
    return str(getattr(words, table).get(value, value))


@register.filter
def of(table: dict[str, object], key: str) -> object:
    """One entry of a table, None where it has none."""
    return table.get(key)
