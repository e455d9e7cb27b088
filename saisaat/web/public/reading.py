"""What readers do on an item's page: press รับทราบ or ชอบ, answer its question, play its clip.

Each works by a plain form in any browser. Inside LINE's app the page's script adds LINE's ID token (`line_app.TOKEN`)
and asks for JSON; a token that proves nothing is refused with 401, so that nobody is counted under a wrong heading.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from saisaat.actions import read
from saisaat.actions.quiz import count_answer
from saisaat.domain.errors import DomainError
from saisaat.domain.intake import PressKind
from saisaat.domain.quiz import check_choice
from saisaat.queries.publication import pressed
from saisaat.records import clock
from saisaat.records.clip_watch import MARKS
from saisaat.web.line_app import app_of, reader_of
from saisaat.web.public.item import Open, item_response, open_item
from saisaat.web.visitors import is_person
from saisaat.web.words import said


@require_POST
@cache_control(private=True, max_age=0)
def press(request: HttpRequest, slug: str, code: str, channel_id: str = "") -> HttpResponse:
    """รับทราบ or ชอบ. Once given it stays given: pressing again changes nothing."""
    seen = open_item(slug, code, channel_id)
    reader = reader_of(request, app_of(seen.channel))
    kind = request.POST.get("kind", "")
    if reader.refused:
        return _refused(request, seen)
    if kind not in set(PressKind):
        return _told(request, seen, _("ไม่รู้จักปุ่มนี้ ยังไม่ได้บันทึก โปรดเปิดหน้านี้ใหม่"), status=422)
    word = request.POST.get("page", "")
    read.press(delivery=seen.delivery, kind=PressKind(kind), who=reader.who, page=word, now=clock.now())
    done = _("บันทึกว่ารับทราบแล้ว ขอบคุณ") if kind == PressKind.ACK else _("บันทึกว่าชอบแล้ว ขอบคุณ")
    if _wants_json(request):
        return JsonResponse({"said": done})
    return redirect(f"{seen.place.to()}?done={kind}#do")


@require_POST
@cache_control(private=True, max_age=0)
def quiz(request: HttpRequest, slug: str, code: str, channel_id: str = "") -> HttpResponse:
    """An answer to the item's question: counted without a name, explained at once."""
    seen = open_item(slug, code, channel_id)
    asked = seen.shown.item.quiz
    try:
        choice = check_choice(asked, request.POST.get("choice", ""))
    except DomainError as error:
        return _told(request, seen, said(error), status=422)
    count_answer(delivery=seen.delivery, choice=choice)
    if _wants_json(request):
        return JsonResponse({"choice": choice, "answer": asked["answer"], "why": asked["why"]})
    return redirect(f"{seen.place.to()}?choice={choice}#quiz")


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, max_age=0)
def clip(request: HttpRequest, slug: str, code: str, channel_id: str = "") -> HttpResponse:
    """A clip was opened or played to a mark (POST); or, without JavaScript, on to where it plays (GET)."""
    seen = open_item(slug, code, channel_id)
    url = seen.shown.item.clip.get("url", "")
    if not url:
        return _told(request, seen, _("สื่อชิ้นนี้ไม่มีคลิป"), status=422)
    if request.method != "POST":
        if is_person(request):
            read.mark_clip(delivery=seen.delivery, who="", mark=0)
        return redirect(url)
    reader = reader_of(request, app_of(seen.channel))
    mark = request.POST.get("mark", "")
    if reader.refused:
        return _refused(request, seen)
    if mark not in {str(one) for one in MARKS}:
        return _told(request, seen, _("ไม่รู้จักช่วงของคลิปนี้ จึงไม่ได้บันทึก"), status=422)
    read.mark_clip(delivery=seen.delivery, who=reader.who, mark=int(mark))
    return HttpResponse(status=204)


@require_POST
@cache_control(private=True, no_store=True)
def seen(request: HttpRequest, slug: str, code: str, channel_id: str) -> HttpResponse:
    """The page was opened inside LINE's app: a view where LINE vouches for the reader, a tap where not.

    The page sends this once an opening, with an ID token or without. A token that is refused makes it a tap here and
    now, so the page has nothing to send a second time.
    """
    opened = open_item(slug, code, channel_id)
    reader = reader_of(request, app_of(opened.channel))
    read.count_opening(delivery=opened.delivery, who=reader.who, now=clock.now())
    return JsonResponse({"known": bool(reader.who), "pressed": pressed(opened.delivery, reader.who)})


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _refused(request: HttpRequest, seen: Open) -> HttpResponse:
    words = _("LINE ยืนยันตัวไม่ได้ เพราะเปิดหน้านี้ไว้นานเกินไป ยังไม่ได้บันทึก โปรดปิดแล้วเปิดใหม่จากกลุ่ม")
    return _told(request, seen, words, status=401)


def _told(request: HttpRequest, seen: Open, words: str, *, status: int) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"said": words}, status=status)
    return item_response(request, seen, status=status, press_error=words)
