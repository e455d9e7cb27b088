"""Drawing posters while somebody makes them: two warm children, signed addresses for what nobody saved, bounded files.

A picture's address holds everything it is drawn from, signed for one province. So a preview leaves no row behind, and
any web process can draw it; the files are a cache that trims itself.
"""

import atexit
import functools
import json
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.urls import reverse

from saisaat.actions.compose import own_picture_bytes, render_poster
from saisaat.posters.cache import cached_preview
from saisaat.posters.make import Poster
from saisaat.posters.spec import PosterSpec
from saisaat.typesetting import RenderPool

LIVE, SMALL, FULL = "live", "small", "full"
WIDTHS = {LIVE: 560, SMALL: 240}
_IDLE = 600.0


@functools.cache
def live_pool() -> RenderPool:
    """For the picture somebody waits for. Its child starts with the first picture and stays while people type."""
    return _pool()


@functools.cache
def sample_pool() -> RenderPool:
    """For the gallery, so that it never stands in the way of the picture somebody waits for."""
    return _pool()


def _pool() -> RenderPool:
    pool = RenderPool(processes=1, idle_seconds=_IDLE)
    atexit.register(pool.close)
    return pool


def draw(spec: PosterSpec, size: str) -> bytes:
    """The picture at one of the sizes. Raises `RenderRefused` naming the field that does not fit."""
    if size == FULL:
        return render_poster(spec, sample_pool()).jpeg
    pool = live_pool() if size == LIVE else sample_pool()
    return cached_preview(spec, pool, preview_folder(), width=WIDTHS[size], picture=own_picture_bytes(spec))


def finished(spec: PosterSpec) -> Poster:
    """The poster as it is saved."""
    return render_poster(spec, live_pool())


def preview_folder() -> Path:
    return Path(settings.CACHE_DIR) / "previews"


def picture_path(province: str, spec: PosterSpec, size: str) -> str:
    """The address of a picture nobody saved."""
    token = _signer(province).sign_object(json.loads(spec.canonical_json()), compress=True)
    return reverse("studio-picture", args=[token, size])


def spec_of(province: str, token: str) -> PosterSpec | None:
    """What a picture's address says to draw; None where it was not signed here for this province."""
    try:
        return PosterSpec.from_json(json.dumps(_signer(province).unsign_object(token)))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def _signer(province: str) -> signing.Signer:
    # A point stands nowhere in base64 and needs no escape in an address.
    return signing.Signer(sep=".", salt=f"saisaat studio {province}")
