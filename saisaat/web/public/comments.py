"""Saying something about an item: by name, or on a page of its own on which nobody is known."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from saisaat.actions.comment import Author, comment_by_name
from saisaat.actions.waiting import take_in
from saisaat.domain.anonymity import LONGEST
from saisaat.domain.errors import DomainError, NotNow
from saisaat.queries import boxes
from saisaat.queries.desk import known_name
from saisaat.queries.publication import PublicItem, public_item
from saisaat.queries.receipts import Fate, look_up
from saisaat.records import clock
from saisaat.records.receipts import new_code
from saisaat.records.sealing import unseal
from saisaat.web.line_app import app_of, reader_of
from saisaat.web.public.item import INTENTS, item_response, open_item
from saisaat.web.unseen import gate
from saisaat.web.words import said


@require_POST
@cache_control(private=True, max_age=0)
def item_comment(request: HttpRequest, slug: str, code: str, channel_id: str = "") -> HttpResponse:
    """A comment by name, of somebody LINE vouches for. Colleagues are called as the office calls them, others as they
    say themselves.
    """
    seen = open_item(slug, code, channel_id)
    reader = reader_of(request, app_of(seen.channel))
    text, name = request.POST.get("text", ""), request.POST.get("name", "")
    known = known_name(str(seen.delivery.province_id), reader.who)
    try:
        author = Author(reader.who, known or name)
        comment_by_name(delivery=seen.delivery, text=text, author=author, now=clock.now())
    except DomainError as error:
        return item_response(request, seen, status=422, error=said(error), text=text, name=name)
    return redirect(f"{seen.place.to()}?thanks=1#comment")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def anonymous(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A comment without a name. No cookie, no token, no count of openings; the form acts for nobody, so that there is
    nothing to forge. `web.unseen` has forgotten who asks before this is reached.
    """
    shown = _shown(slug, code)
    assert shown.delivery is not None
    if request.method != "POST":
        return _anonymous_page(request, shown, code, receipt=new_code())
    _check_origin(request)
    receipt, now = request.POST.get("receipt", ""), clock.now()
    try:
        if not gate.admits(getattr(request, "place", b""), str(shown.delivery.group_id), now):
            raise NotNow("มีข้อความเข้ามามากผิดปกติ จึงยังไม่ได้รับข้อความนี้ ข้อความยังอยู่ในหน้านี้ โปรดลองใหม่ภายหลัง")
        take_in(
            delivery=shown.delivery,
            campaign=shown.item.campaign,
            text=request.POST.get("text", ""),
            code=receipt,
            tell=bool(request.POST.get("tell")),
            now=now,
        )
    except DomainError as error:
        return _anonymous_page(request, shown, code, receipt=receipt or new_code(), error=said(error), status=422)
    notice = boxes.notice(shown.item.campaign, shown.delivery.group, now)
    context = {"item": shown.item, "code": code, "receipt": receipt, "notice": notice}
    return render(request, "saisaat/public/anonymous_sent.html", context)


def _anonymous_page(
    request: HttpRequest, shown: PublicItem, code: str, *, receipt: str, error: str = "", status: int = 200
) -> HttpResponse:
    assert shown.delivery is not None
    intent = request.GET.get("intent", "")
    context = {
        "item": shown.item,
        "code": code,
        "receipt": receipt,
        "error": error,
        "text": request.POST.get("text", ""),
        "tell": bool(request.POST.get("tell")),
        "intent": intent if intent in INTENTS else "",
        "longest": LONGEST,
        "notice": boxes.notice(shown.item.campaign, shown.delivery.group, clock.now()),
    }
    return render(request, "saisaat/public/anonymous.html", context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """The answer, for whoever holds the code. It travels in the form, never in an address."""
    told = request.POST.get("receipt", "")
    if request.method != "POST":
        return render(request, "saisaat/public/receipt.html")
    _check_origin(request)
    found = look_up(told)
    comment = found.comment
    context = {
        "told": told[:100],
        "fate": found.fate,
        "comment": comment,
        "text": unseal(comment.key, comment.text_sealed) if comment is not None else "",
        "Fate": {fate.name: fate for fate in Fate},
    }
    return render(request, "saisaat/public/receipt.html", context)


def _check_origin(request: HttpRequest) -> None:
    """Another site's form is refused where the browser says so; with no-referrer it may call our own origin "null"."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "null")
    if site not in {"", "same-origin", "none"} or (origin != "null" and urlsplit(origin).netloc != request.get_host()):
        raise PermissionDenied(_("แบบฟอร์มนี้มาจากเว็บอื่น จึงไม่ได้รับข้อความ"))


def _shown(slug: str, code: str) -> PublicItem:
    shown = public_item(slug, code)
    if shown is None:
        raise Http404(_("ไม่พบสื่อตามลิงก์นี้ สื่ออาจยังไม่ได้เผยแพร่หรือถูกถอนแล้ว"))
    return shown
