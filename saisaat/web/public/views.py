"""The pages anybody may open: an item, its picture, its comment form. No cookie but the form's own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from saisaat.actions.compose import media_path
from saisaat.actions.read import count_opening
from saisaat.queries.publication import media_type
from saisaat.records import clock
from saisaat.web.public.item import SAME_OPENING, item_response, open_item
from saisaat.web.visitors import is_person

_YEAR = 365 * 24 * 3600


@require_safe
@gzip_page
@cache_control(private=True, max_age=0)
def item_page(request: HttpRequest, slug: str, code: str | None = None, channel_id: str = "") -> HttpResponse:
    """An item's page. From a group's link its opening is counted; from the QR code it is not.

    The ordinary page knows nobody, so each opening is a tap. Inside LINE's app (`channel_id`) nothing is counted here:
    the page tells `liff.seen` once what became of LINE's SDK, so that one opening is never both a view and a tap.
    """
    seen = open_item(slug, code, channel_id)
    counts = seen.shown.delivery is not None and seen.channel is None and is_person(request)
    if counts and SAME_OPENING.isdisjoint(request.GET):
        count_opening(delivery=seen.delivery, who="", now=clock.now())
    return item_response(request, seen)


@require_http_methods(["GET", "HEAD"])
def media(request: HttpRequest, sha256: str) -> HttpResponse:
    """A picture by its digest. It can never change, so it is kept by browsers and by LINE for ever."""
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        kind, path = media_type(sha256), media_path(sha256)
        if kind is None or not path.is_file():
            raise Http404(_("ไม่พบไฟล์นี้"))
        response = HttpResponse(path.read_bytes(), content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response
