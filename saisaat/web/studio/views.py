"""The studio's lists and an item's own page: what is being made, what the plan needs, topics to choose from."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions import edit, review
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.cadence import local_day
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Actor, Deed
from saisaat.domain.topics import Audience
from saisaat.posters.styles import STYLES
from saisaat.queries import studio
from saisaat.queries.office import channel_of
from saisaat.queries.pages import current_campaign
from saisaat.queries.topics import Wanted, find_topics, themes
from saisaat.records import clock
from saisaat.records.models import Item, ItemVersion
from saisaat.web.access import Visit, needs
from saisaat.web.line_look import line_look
from saisaat.web.studio.words import AUDIENCES, style_title
from saisaat.web.words import ITEM_STATES, KINDS, said

PAGE_SIZE = 24
_BUSY = (ItemStatus.DRAFT, ItemStatus.IN_REVIEW)


@require_safe
@needs(Deed.SEE)
def index(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was sent back, what the plan needs next, what is being made."""
    campaign = current_campaign(visit.province)
    context = {
        "campaign": campaign,
        "returned": studio.returned(visit.province),
        "needs": studio.needs(campaign),
        "clips": studio.needs(campaign, ItemKind.CLIP, most=1),
        "busy": list(studio.items(visit.province).filter(status__in=_BUSY)[:12]),
        "counts": studio.counts(visit.province),
        "may_make": visit.may(Deed.COMPOSE),
        "today": local_day(clock.now()),
    }
    return render(request, "saisaat/studio/studio.html", context)


@require_safe
@needs(Deed.SEE)
def topics(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The knowledge bank, searched and sifted, to choose a poster's topic from."""
    campaign = current_campaign(visit.province)
    asked = request.GET
    wanted = Wanted(
        words=asked.get("q", "")[:200],
        theme=asked.get("theme", ""),
        audience=Audience(asked["audience"]) if asked.get("audience") in set(Audience) else None,
        day=_day(asked.get("day", "")),
        unused="unused" in asked,
        hidden="hidden" in asked,
    )
    found = find_topics(visit.province, campaign, wanted)
    context = {
        "wanted": wanted,
        "day": asked.get("day", ""),
        "page": Paginator(found, PAGE_SIZE).get_page(asked.get("page")),
        "themes": themes(visit.province),
        "audiences": AUDIENCES,
        "sifted": any((wanted.theme, wanted.audience, wanted.day, wanted.unused, wanted.hidden)),
        "may_make": visit.may(Deed.COMPOSE),
        "today": local_day(clock.now()),
        "entry": asked.get("entry", ""),
    }
    page = "_topics.html" if request.headers.get("HX-Target") == "found" else "topics.html"
    return render(request, f"saisaat/studio/{page}", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_safe
@needs(Deed.SEE)
def items(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything that was made, sifted and paged."""
    asked = request.GET
    authors = studio.authors(visit.province)
    sought = studio.Sought(
        status=asked.get("status", "") if asked.get("status") in set(ItemStatus) else "",
        kind=asked.get("kind", "") if asked.get("kind") in set(ItemKind) else "",
        author=asked.get("author", "") if asked.get("author") in {one.pk for one in authors} else "",
        title=asked.get("q", "")[:100],
        topic=asked.get("topic", "")[:20],
    )
    page = Paginator(studio.find_items(visit.province, sought), PAGE_SIZE).get_page(asked.get("page"))
    context = {
        "sought": sought,
        "page": page,
        "authors": authors,
        "statuses": ITEM_STATES,
        "kinds": KINDS,
        "counts": studio.counts(visit.province),
        "may_make": visit.may(Deed.COMPOSE),
    }
    return render(request, "saisaat/studio/items.html", context)


@require_safe
@needs(Deed.SEE)
def item(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """One item: how it looks, where it stands, how it came about."""
    return _item(request, visit, _making(visit, item_id))


@require_safe
@needs(Deed.SEE)
def compare(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """Two versions side by side, over each other, and word by word."""
    found = _making(visit, item_id)
    by_no = {version.no: version for version in found.versions}
    if len(by_no) < 2:
        return redirect("studio-item", item_id)
    latest = found.versions[0].no
    after = _version(by_no, request.GET.get("after", ""), latest)
    before = _version(by_no, request.GET.get("before", ""), max(after.no - 1, min(by_no)))
    context = {
        "item": found.item,
        "versions": found.versions,
        "before": before,
        "after": after,
        "changes": studio.changes(before, after),
        "same_shape": _shape(before) == _shape(after),
    }
    return render(request, "saisaat/studio/compare.html", context)


def _version(by_no: dict[int, ItemVersion], asked: str, otherwise: int) -> ItemVersion:
    return by_no.get(int(asked) if asked.isdecimal() else otherwise, by_no[otherwise])


def _shape(version: ItemVersion) -> tuple[int | None, int | None] | None:
    return (version.picture.width, version.picture.height) if version.picture else None


@require_POST
@needs(Deed.COMPOSE)
def submit(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """Send a draft to the reviewers."""
    return _act(request, visit, item_id, review.submit, _("ส่งให้ผู้ตรวจแล้ว"))


@require_POST
@needs(Deed.COMPOSE)
def discard(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """Throw a draft away."""
    return _act(request, visit, item_id, edit.discard, _("ทิ้งแล้ว กู้คืนได้จากรายการสื่อที่ทิ้ง"))


@require_POST
@needs(Deed.COMPOSE)
def take_back(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """Take a discarded item back."""
    return _act(request, visit, item_id, edit.take_back, _("กู้คืนเป็นร่างแล้ว"))


def _act(request: HttpRequest, visit: Visit, item_id: str, action: Callable[..., Item], done: str) -> HttpResponse:
    found = _making(visit, item_id)
    try:
        action(item=found.item, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        return _item(request, visit, _making(visit, item_id), error=said(refusal))
    messages.success(request, done)
    return redirect("studio-item", item_id)


def _making(visit: Visit, item_id: str) -> studio.Making:
    found = studio.making(visit.province, item_id)
    if found is None:
        raise Http404(_("ไม่พบสื่อนี้"))
    return found


def _item(request: HttpRequest, visit: Visit, found: studio.Making, error: str = "") -> HttpResponse:
    item = found.item
    channel = channel_of(visit.province)
    style = STYLES.get(item.style)
    context = {
        "found": found,
        "item": item,
        "look": line_look(item.canonical, channel.name if channel else "", alt=item.alt),
        "style": style_title(style) if style else "",
        "styles": [(one.name, style_title(one)) for one in STYLES.values() if one.name != item.style],
        "may_make": visit.may(Deed.COMPOSE),
        "mine": _mine(visit.actor, item),
        "error": error,
        "quiz_counts": studio.quiz_counts(item) if item.quiz and found.published else [],
    }
    return render(request, "saisaat/studio/item.html", context, status=422 if error else 200)


def _mine(actor: Actor, item: Item) -> bool:
    return actor.id == item.author_id
