"""The phone pages' style sheet, written into the page: on a slow line a file of its own is a second round trip."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from saisaat.web.middleware import allow

register = template.Library()
_FILES = ("saisaat/saisaat.css", "saisaat/phone.css")


@register.simple_tag(takes_context=True)
def phone_style(context: Context) -> SafeString:
    """The style sheet as an element of the page; the page's policy names its hash and allows no other."""
    text, digest = _style()
    allow(context["request"], style_src=[f"'sha256-{digest}'"])
    return mark_safe(f"<style>{text}</style>")  # noqa: S308 - our own file


@cache
def _style() -> tuple[str, str]:
    files = [finders.find(name) for name in _FILES]
    text = "\n".join(Path(str(file)).read_text("utf-8") for file in files)
    return text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
