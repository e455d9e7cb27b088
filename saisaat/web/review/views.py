"""The queue, and one story before its reviewer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions import review
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.errors import DomainError
from saisaat.domain.reviewing import CHECKLIST, LONGEST_NOTE
from saisaat.domain.roles import Deed
from saisaat.queries import reviewing
from saisaat.queries.reviewing import Case, Show, Wanted
from saisaat.records import clock
from saisaat.records.models import Item
from saisaat.web.access import Visit, needs
from saisaat.web.line_look import line_look
from saisaat.web.review import words
from saisaat.web.review.forms import Decision
from saisaat.web.words import ITEM_STATES, ITEM_TONES, KINDS, said

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick: its code, its words, whether it is ticked."""

    code: str
    label: str
    hint: str
    on: bool


def points(ticked: dict[str, bool] | None = None) -> list[Choice]:
    """The checklist as boxes."""
    given = ticked or {}
    return [
        Choice(str(point), str(words.POINTS[point]), str(words.HINTS[point]), given.get(str(point), False))
        for point in CHECKLIST
    ]


@require_safe
@needs(Deed.SEE)
def index(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What waits, what came back, what was approved; filtered by kind, week and author."""
    wanted = _wanted(request.GET)
    page = Paginator(reviewing.queue(visit.province, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "shows": [(show, words.SHOWS[show]) for show in Show],
        "kinds": KINDS.items(),
        "weeks": reviewing.waiting_weeks(visit.province),
        "authors": reviewing.authors(visit.province, wanted.show),
        "me": visit.person.pk,
        "may_review": visit.may(Deed.REVIEW),
    }
    return render(request, "saisaat/review/queue.html", context)


def _wanted(asked: QueryDict) -> Wanted:
    show, kind = asked.get("show", ""), asked.get("kind", "")
    return Wanted(
        show=Show(show) if show in set(Show) else Show.WAITING,
        kind=ItemKind(kind) if kind in set(ItemKind) else None,
        week=read_monday(asked.get("week", "")),
        author=asked.get("author", "")[:16],
    )


def read_monday(text: str) -> date | None:
    """The Monday of the week of the day written as 2020-05-11; None for anything else."""
    try:
        return reviewing.monday(date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


@require_safe
@needs(Deed.SEE)
def item(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """The LINE look beside the picture, all that has to be checked, and the verdict."""
    return _page(request, visit, _case(visit, item_id))


@require_POST
@needs(Deed.REVIEW)
def decide(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """Approve the version seen, or send it back with a comment; then on to the next that waits."""
    case, form = _case(visit, item_id), Decision(request.POST)
    approving = request.POST.get("decision") == "approve"
    verdict: dict[str, Any] = {
        "item": case.item,
        "seen_sha256": form.seen_sha256,
        "checklist": form.ticked(),
        "reviewer": visit.person,
        "by": visit.actor,
        "now": clock.now(),
    }
    try:
        note = form.comment() if form.chosen() or form.typed.strip() or not approving else ""
        (review.approve if approving else review.reject)(note=note, **verdict)
    except DomainError as error:
        return _page(request, visit, _case(visit, item_id), form, said(error))
    done = _("อนุมัติ “%(title)s” แล้ว") if approving else _("ส่ง “%(title)s” กลับให้ผู้จัดทำแก้แล้ว")
    messages.success(request, done % {"title": case.item.title})
    following = reviewing.next_for(visit.province, visit.person.pk)
    return redirect("reviews-item", following.pk) if following else redirect("reviews")


@require_POST
@needs(Deed.REVIEW)
def void(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """Take an approval back, with the reason."""
    case, reason = _case(visit, item_id), request.POST.get("reason", "")
    try:
        review.void(item=case.item, reason=reason, by=visit.actor, now=clock.now())
    except DomainError as error:
        return _page(request, visit, _case(visit, item_id), error=said(error), reason=reason)
    messages.success(request, _("ถอนการอนุมัติแล้ว สื่อกลับเป็นร่าง รายการที่รอส่งด้วยฉบับนี้ถูกยกเลิก"))
    return redirect("reviews-item", item_id)


@require_POST
@needs(Deed.COMPOSE)
def submit(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """Send a draft to be reviewed."""
    case = _case(visit, item_id)
    try:
        review.submit(item=case.item, by=visit.actor, now=clock.now())
    except DomainError as error:
        return _page(request, visit, _case(visit, item_id), error=said(error))
    messages.success(request, _("ส่งตรวจแล้ว ผู้ตรวจจะเห็นสื่อชิ้นนี้ในรายการรอตรวจ"))
    return redirect("reviews-item", item_id)


def _case(visit: Visit, item_id: str) -> Case:
    found = reviewing.case(visit.province, item_id)
    if found is None:
        raise Http404(_("ไม่พบสื่อชิ้นนี้"))
    return found


def _page(
    request: HttpRequest, visit: Visit, case: Case, form: Decision | None = None, error: str = "", reason: str = ""
) -> HttpResponse:
    """A refused verdict keeps its words; its ticks fall away when the story has changed, for they were of another."""
    shown = case.item
    same = form is not None and form.seen_sha256 == shown.sha256
    chosen = set(form.chosen()) if form else set()
    context = {
        "case": case,
        "item": shown,
        "look": look_of(shown, reviewing.account_name(visit.province)),
        "status": ITEM_STATES[ItemStatus(shown.status)],
        "tone": ITEM_TONES[ItemStatus(shown.status)],
        "verified": words.VERIFIED[shown.topic.verified] if shown.topic else "",  # type: ignore[index]
        "points": points(form.ticked() if form and same else None),
        "reasons": [Choice(code, str(told), "", code in chosen) for code, told in words.REASONS.items()],
        "typed": form.typed if form else "",
        "longest": LONGEST_NOTE,
        "reason": reason,
        "error": error,
        "waiting": shown.status == ItemStatus.IN_REVIEW,
        "own": str(shown.author_id) == visit.person.pk,
        "may_review": visit.may(Deed.REVIEW),
        "may_compose": visit.may(Deed.COMPOSE),
    }
    return render(request, "saisaat/review/item.html", context, status=422 if error else 200)


def look_of(item: Item, account: str) -> Any:
    """The item as it will stand in a group."""
    return line_look(item.canonical, account, alt=item.alt)
