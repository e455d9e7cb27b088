"""The words of the people pages in their templates."""

from typing import Protocol

from django import template

from saisaat.web.people import words

register = template.Library()


@register.filter
def staff_word(value: str | None, table: str) -> str:
    """The page's word for a value: `{{ person.staff_type|staff_word:"TYPES" }}`. Empty for no value."""
    return str(getattr(words, table)[value]) if value else ""


class HasPost(Protocol):
    position: str
    level: str


@register.filter
def full_post(one: HasPost) -> str:
    """Position and level as one title: "นักวิชาการพัฒนาชุมชนชำนาญการ"; a level that is no Thai word stands apart."""
    apart = "" if one.level[:1] >= "ก" and one.position[-1:] >= "ก" else " "
    return f"{one.position}{apart}{one.level}".strip()
