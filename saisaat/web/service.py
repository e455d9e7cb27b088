"""What is no page: health, the typeface, the reader's choice of light or dark."""

import gzip
import importlib.util
import io
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from saisaat.records.models import Province

THEMES = ("auto", "light", "dark")
FONT_FILES = frozenset({"Sarabun-Regular.ttf", "Sarabun-SemiBold.ttf", "Sarabun-Bold.ttf"})
_YEAR = 365 * 24 * 3600


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers."""
    Province.everywhere.exists()
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


# What Thai office text is written with. The packages' letters for Vietnamese and the rest of Europe are half of a file.
_LETTERS = [
    *range(0x20, 0x7F),
    *range(0xE01, 0xE5C),
    *(0xA0, 0xB7, 0xD7, 0x200B, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x25CC),
]


@cache
def _font(name: str) -> bytes:
    from fontTools import subset  # heavy; only the first reader after a start pays for it
    from fontTools.ttLib import TTFont

    package = importlib.util.find_spec("fontpkg_sarabun")
    assert package is not None and package.submodule_search_locations, "fonts are missing: install fontpkg-sarabun"
    folder = Path(package.submodule_search_locations[0]) / "files"
    cutter = subset.Subsetter(subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True))
    cutter.populate(unicodes=_LETTERS)
    out = io.BytesIO()
    with TTFont(folder / name, recalcTimestamp=False) as made:
        cutter.subset(made)
        made.save(out)
    return gzip.compress(out.getvalue(), mtime=0)


@require_safe
def font(request: HttpRequest, name: str) -> HttpResponse:
    """One cut of Sarabun from its package, with the letters that our pages use, made once."""
    if name not in FONT_FILES:
        raise Http404
    data = _font(name)
    headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(data, content_type="font/ttf", headers={**headers, "Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(data), content_type="font/ttf", headers=headers)


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device says: kept in a cookie, so that it works without JavaScript."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if safe else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=_YEAR, samesite="Lax", httponly=True)
    return response
