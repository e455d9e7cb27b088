"""A week's stories, approved together by one reviewer who sees them all."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions import review
from saisaat.domain.cadence import local_day
from saisaat.domain.errors import DomainError, Invalid
from saisaat.domain.roles import Deed
from saisaat.queries import reviewing
from saisaat.records import clock
from saisaat.records.models import Item
from saisaat.web.access import Visit, needs
from saisaat.web.review.forms import Checklist
from saisaat.web.review.views import look_of, points, read_monday
from saisaat.web.words import said


@dataclass(frozen=True, slots=True)
class Story:
    """One of the week: its look, whether it is the visitor's own, whether it is in the lot."""

    item: Item
    look: Any
    own: bool
    taken: bool


@require_safe
@needs(Deed.SEE)
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every story of the week as it will look in LINE, and one checklist for the lot."""
    return _page(request, visit, _monday(request.GET.get("start", "")))


@require_POST
@needs(Deed.REVIEW)
def approve(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Approve those chosen, each by the hash that was on the page. What is left out is named, with why."""
    monday, form = _monday(request.POST.get("start", "")), Checklist(request.POST)
    chosen = request.POST.getlist("take")[: reviewing.MOST_OF_A_WEEK]
    try:
        lot = review.approve_lot(
            items=_items(visit, chosen),
            seen={item_id: request.POST.get(f"seen-{item_id}", "") for item_id in chosen},
            checklist=form.ticked(),
            reviewer=visit.person,
            by=visit.actor,
            now=clock.now(),
        )
    except DomainError as error:
        return _page(request, visit, monday, form, set(chosen), [said(error)])
    left = [_("“%(title)s” ไม่ได้อนุมัติ: %(why)s") % {"title": i.title, "why": said(why)} for i, why in lot.left]
    if not lot.approved:
        return _page(request, visit, monday, form, set(chosen), left)
    count = len(lot.approved)
    messages.success(request, _("อนุมัติแล้ว %(n)s ชิ้น") % {"n": count})
    for told in left:
        messages.warning(request, told)
    return redirect(f"{reverse('reviews-week')}?start={monday.isoformat()}" if left else reverse("reviews"))


def _items(visit: Visit, chosen: list[str]) -> list[Item]:
    """The stories chosen, whatever became of them since: the action says of each whether it may be approved."""
    found = list(Item.of(visit.province).filter(pk__in=chosen).order_by("created_at", "pk"))
    if not found:
        raise Invalid("ยังไม่ได้เลือกสื่อสักชิ้น จึงยังไม่ได้อนุมัติอะไร โปรดเลือกชิ้นที่จะอนุมัติ")
    return found


def _monday(start: str) -> date:
    """The week asked for; this one where none is."""
    return read_monday(start) or reviewing.monday(local_day(clock.now()))


def _page(
    request: HttpRequest,
    visit: Visit,
    monday: date,
    form: Checklist | None = None,
    taken: set[str] | None = None,
    errors: list[str] | None = None,
) -> HttpResponse:
    account = reviewing.account_name(visit.province)
    stories = []
    for item in reviewing.week(visit.province, monday):
        own = str(item.author_id) == visit.person.pk
        # A refused lot keeps its choice, but a story that changed meanwhile has to be looked at before it is chosen.
        unchanged = request.POST.get(f"seen-{item.pk}", item.sha256) == item.sha256
        stories.append(
            Story(item, look_of(item, account), own, not own and unchanged and (taken is None or item.pk in taken))
        )
    context = {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "stories": stories,
        "some_mine_to_review": any(not story.own for story in stories),
        "points": points(form.ticked() if form else None),
        "errors": errors or [],
        "may_review": visit.may(Deed.REVIEW),
    }
    return render(request, "saisaat/review/week.html", context, status=422 if errors else 200)
