"""The pages anybody may open: an item, its picture, its comment form. No cookie but the form's own."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions.compose import media_path
from saisaat.actions.track import LONGEST_COMMENT, comment_anonymously, count_tap
from saisaat.domain.errors import DomainError
from saisaat.queries.publication import PublicItem, announced_plan, media_type, public_item
from saisaat.records import clock
from saisaat.web.visitors import is_person
from saisaat.web.words import said

_YEAR = 365 * 24 * 3600


@require_safe
@cache_control(private=True, max_age=0)
def item_page(request: HttpRequest, slug: str, code: str | None = None) -> HttpResponse:
    """An item's page. From a group's link it counts a tap and takes a comment; from the QR code neither."""
    shown = _shown(slug, code)
    thanked = "thanks" in request.GET
    if shown.delivery is not None and is_person(request) and not thanked:
        count_tap(delivery=shown.delivery, now=clock.now())
    return _page(request, shown, code, thanked=thanked)


@require_POST
@cache_control(private=True, max_age=0)
def item_comment(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A comment without a name."""
    shown = _shown(slug, code)
    assert shown.delivery is not None
    text = request.POST.get("text", "")
    try:
        comment_anonymously(delivery=shown.delivery, text=text, now=clock.now())
    except DomainError as error:
        return _page(request, shown, code, error=said(error), text=text, status=422)
    return redirect(f"{reverse('item', args=[slug, code])}?thanks=1#comment")


def _shown(slug: str, code: str | None) -> PublicItem:
    shown = public_item(slug, code)
    if shown is None:
        raise Http404(_("ไม่พบสื่อตามลิงก์นี้ สื่ออาจยังไม่ได้เผยแพร่หรือถูกถอนแล้ว"))
    return shown


def _page(
    request: HttpRequest,
    shown: PublicItem,
    code: str | None,
    *,
    thanked: bool = False,
    error: str = "",
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "item": shown.item,
        "code": code if shown.delivery is not None else None,
        "plan": announced_plan(shown.item),
        "own_clip": own_clip(shown.item.clip.get("url", "")),
        "thanked": thanked,
        "error": error,
        "text": text,
        "longest": LONGEST_COMMENT,
    }
    return render(request, "saisaat/public/item.html", context, status=status)


def own_clip(url: str) -> str:
    """The path of a clip we serve ourselves (an .mp4 under our own address); empty for a clip elsewhere."""
    parts = urlsplit(url)
    ours = parts.netloc in {"", urlsplit(settings.BASE_URL).netloc} and parts.scheme in {"", "http", "https"}
    return parts.path if ours and parts.path.startswith("/") and parts.path.endswith(".mp4") else ""


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
