"""The English catalogue of the pages: gathers the Thai strings, keeps their translations, compiles.

python -m tools.messages            update django.po, list what has no English yet, write django.mo
"""

import ast
import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from saisaat.domain.remarks import Remark

WEB = Path(__file__).parents[1] / "saisaat" / "web"
PO = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

LAYERS = ("domain", "records", "typesetting", "posters", "documents", "channels", "queries", "actions", "web")
TOLD_BY = {"Phrase", "NotAllowed", "NotNow", "Invalid", "RenderRefused", "RenderFailed"}
_KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None}
# What Django makes of a template: calls of gettext between blanked-out text.
_CALL = re.compile(
    r"""gettext\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")\)|_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)"""
)


def strings() -> set[str]:
    """Every string the pages ask to be translated."""
    found: set[str] = set()
    for path in WEB.rglob("*.py"):
        with path.open("rb") as source:
            for _line, _function, text, _comments in extract_python(source, _KEYWORDS, (), {"encoding": "utf-8"}):
                found.update([text] if isinstance(text, str) else [])
    for path in (WEB / "templates").rglob("*.html"):
        found |= _template_strings(path.read_text("utf-8"))
    for layer in LAYERS:
        for path in (WEB.parent / layer).rglob("*.py"):
            found |= _told(ast.parse(path.read_text("utf-8")))
    return found | set(map(str, Remark))


def _told(tree: ast.Module) -> set[str]:
    """The phrases and refusals that a page may have to show (`words.said`), written in the call or named above it."""
    named = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    said = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in TOLD_BY]
    written = {word.value for word in said if isinstance(word, ast.Constant) and isinstance(word.value, str)}
    return written | {named[word.id] for word in said if isinstance(word, ast.Name) and word.id in named}


def _template_strings(source: str) -> set[str]:
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
        django.setup()
    return {ast.literal_eval(match[1] or match[2]) for match in _CALL.finditer(templatize(source))}


def read() -> Catalog:
    with PO.open("rb") as source:
        return read_po(source, locale="en")


def compiled(catalogue: Catalog) -> bytes:
    """What django.mo should hold."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def update() -> list[str]:
    """Bring django.po and django.mo up to date. Returns the strings that have no English yet."""
    old = read()
    known = {str(message.id): str(message.string) for message in old if message.id}
    new = Catalog(
        locale="en",
        project="saisaat",
        version="1",
        charset="utf-8",
        fuzzy=False,
        header_comment="# The pages in English. Kept by tools/messages.py.",
        last_translator="the office",
        language_team="English",
    )
    # Without the day it was made, the file changes only when a string does.
    new.creation_date = new.revision_date = old.creation_date
    for text in sorted(strings()):
        new.add(text, known.get(text, ""))
    with PO.open("wb") as out:
        write_po(out, new, width=120, sort_output=True, ignore_obsolete=True)
    MO.write_bytes(compiled(read()))
    return [str(message.id) for message in new if message.id and not message.string]


if __name__ == "__main__":
    missing = update()
    for text in missing:
        print(f"no English: {text}")
    sys.exit(1 if missing else 0)
