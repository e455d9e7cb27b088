"""An item's page as it is drawn, in an ordinary browser and inside LINE's app."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from saisaat.domain.errors import Invalid
from saisaat.domain.quiz import check_choice
from saisaat.queries.publication import PublicItem, announced_plan, earlier, phone_channel, public_item, source_of
from saisaat.records.base import random_id
from saisaat.records.models import Channel, Delivery, Item
from saisaat.web.line_app import app_of
from saisaat.web.public.comment_form import comment_form
from saisaat.web.public.liff import liff_page
from saisaat.web.public.places import Place

EARLIER = 6
INTENTS = ("ask", "suggest", "criticise")
"""What a reader may come to the comment form for."""
DONE = {"ack", "like"}
SAME_OPENING = frozenset({"choice", "done", "intent", "page", "thanks"})
"""Words of an address that comes from the page itself: who follows it has been counted already."""


@dataclass(frozen=True, slots=True)
class Open:
    """An item somebody has before them: what it is and where they see it. `channel` is set inside LINE's app."""

    shown: PublicItem
    place: Place
    channel: Channel | None = None

    @property
    def delivery(self) -> Delivery:
        assert self.shown.delivery is not None
        return self.shown.delivery


def open_item(slug: str, code: str | None, channel_id: str = "") -> Open:
    """The item at an address. 404 where nothing (or nothing yet) is to be seen."""
    shown = public_item(slug, code)
    channel = phone_channel(channel_id) if channel_id else None
    if shown is None or (channel_id and (channel is None or channel.province_id != shown.item.province_id)):
        raise Http404(_("ไม่พบสื่อตามลิงก์นี้ สื่ออาจยังไม่ได้เผยแพร่หรือถูกถอนแล้ว"))
    return Open(shown, Place(slug, code or "", channel_id), channel)


def item_response(request: HttpRequest, seen: Open, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page. `more` is what a form of it has to say: `error`, `text`, `answered`, ..."""
    item = seen.shown.item
    app = app_of(seen.channel)
    asked = request.GET.get("intent", "")
    context = {
        "item": item,
        "place": seen.place,
        "links": {name: seen.place.to(name) for name in _forms(seen)},
        "code": seen.place.code or None,
        "page_word": random_id(),
        "source": source_of(item),
        "plan": announced_plan(item),
        "own_clip": own_clip(item.clip.get("url", "")),
        "earlier": _earlier(request, seen),
        "comment": comment_form(seen.shown, seen.place),
        "thanked": "thanks" in request.GET,
        "done": request.GET.get("done", "") if request.GET.get("done") in DONE else "",
        "intent": asked if asked in INTENTS else "",
        "answered": _answered(item, request.GET.get("choice", "")),
    }
    if app is None:
        return render(request, "saisaat/public/item.html", context | more, status=status)
    return liff_page(request, app, "saisaat/public/item.html", context | more, status=status)


def _forms(seen: Open) -> tuple[str, ...]:
    if not seen.place.code:
        return ()
    return ("press", "quiz", "clip", "seen") if seen.channel else ("press", "quiz", "clip")


def _answered(item: Item, typed: str) -> int | None:
    """The choice that was taken, where the address tells of one."""
    try:
        return check_choice(item.quiz, typed) if typed and item.quiz else None
    except Invalid:
        return None


def _earlier(request: HttpRequest, seen: Open) -> Page[Any]:
    page: Page[Any] = Paginator(earlier(seen.shown), EARLIER).get_page(request.GET.get("page"))
    page.object_list = [(row, seen.place.beside(row).to()) for row in page.object_list]
    return page


def own_clip(url: str) -> str:
    """The path of a clip we serve ourselves (an .mp4 under our own address); empty for a clip elsewhere."""
    parts = urlsplit(url)
    ours = parts.netloc in {"", urlsplit(settings.BASE_URL).netloc} and parts.scheme in {"", "http", "https"}
    return parts.path if ours and parts.path.startswith("/") and parts.path.endswith(".mp4") else ""
