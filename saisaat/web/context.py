"""What every page is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from saisaat.records import clock
from saisaat.web.navigation import area_of, areas_for
from saisaat.web.service import THEMES

_SAME_TIME = timedelta(minutes=1)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """The reader's theme and language, and where to come back to; on a signed-in page the visit and a moved clock."""
    theme = request.COOKIES.get("theme", "auto")
    told: dict[str, Any] = {
        "theme": theme if theme in THEMES else "auto",
        "LANGUAGE_CODE": get_language(),
        "languages": settings.LANGUAGES,
        "here": request.get_full_path() if request.method == "GET" else "/",
    }
    visit = getattr(request, "visit", None)
    if visit is not None:
        now = clock.now()
        told |= {
            "visit": visit,
            "moved_clock": now if abs(now - datetime.now(UTC)) > _SAME_TIME else None,
            "areas": areas_for(visit),
            "area": area_of(request),
        }
    return told
