"""The posters' icons as the pages show them: inline, in the colour of the text around."""

import functools

from django.utils.safestring import SafeString, mark_safe

from saisaat.posters.icons import available
from saisaat.typesetting.job import TEMPLATES
from saisaat.web.studio.words import ICONS


@functools.cache
def drawing_of(name: str) -> SafeString:
    """The icon's SVG. The files are ours; a name not among them is not looked for."""
    assert name in available()
    source = (TEMPLATES / "icons" / f"{name}.svg").read_text("utf-8")
    body = source[source.index(">") + 1 : source.rindex("</svg>")]
    head = '<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"'
    return mark_safe(f'{head} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{body}</svg>')  # noqa: S308


def icons() -> list[tuple[str, object, SafeString]]:
    """Name, word and drawing of every icon offered."""
    return [(name, word, drawing_of(name)) for name, word in ICONS.items() if name in available()]
