"""A publication in all its groups, and the uncertain desk."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions.deliver import resolve
from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import local_day
from saisaat.domain.delivery import State
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.queries import pages
from saisaat.queries.publication_list import ListFilter, published, reader_counts, with_figures
from saisaat.records import clock
from saisaat.records.models import Delivery
from saisaat.web.access import Visit, needs
from saisaat.web.asking import read
from saisaat.web.comments.views import shown
from saisaat.web.live import answer_live
from saisaat.web.words import KINDS, STATES, said

PAGE_SIZE = 25


@require_safe
@needs(Deed.SEE)
def publications(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every publication, the latest first, with both groups and its figures."""
    campaign = pages.current_campaign(visit.province)
    if campaign is None:
        return render(request, "saisaat/no_campaign.html")
    asked = request.GET
    wanted = ListFilter(
        first=read(date.fromisoformat, asked.get("from", "")),
        last=read(date.fromisoformat, asked.get("to", "")),
        kind=read(ItemKind, asked.get("kind", "")),
        state=read(State, asked.get("state", "")),
    )
    page = Paginator(published(campaign, wanted), PAGE_SIZE).get_page(asked.get("page"))
    context = {
        "campaign": campaign,
        "page": page,
        "lines": with_figures(list(page.object_list)),
        "wanted": wanted,
        "kinds": KINDS,
        "states": STATES,
        "today": local_day(clock.now()),
    }
    return render(request, "saisaat/publications/publications.html", context)


@require_safe
@needs(Deed.SEE)
def publication(request: HttpRequest, visit: Visit, delivery_id: str) -> HttpResponse:
    """Poster, groups side by side, attempts, figures, comments, close-out."""
    found = pages.publication(visit.province, delivery_id)
    if found is None:
        raise Http404(_("ไม่พบรายการนี้"))
    context = {
        "publication": found,
        "entry": found.entry,
        "chosen": delivery_id,
        "comments": shown(visit, pages.comments_of(found)),
        "may_answer": visit.may(Deed.ANSWER_COMMENT),
        "may_count": visit.may(Deed.COUNT_READERS),
        "may_close": visit.may(Deed.CLOSE_OUT),
        "counts": reader_counts(found),
    }
    return answer_live(
        request, "saisaat/publications/publication.html", "saisaat/publications/_publication.html", context
    )


@require_safe
@needs(Deed.SEE)
def uncertain(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What nobody can be sure of, with the evidence, and the question."""
    return _desk(request, visit)


@require_POST
@needs(Deed.RESOLVE)
def resolve_uncertain(request: HttpRequest, visit: Visit, delivery_id: str) -> HttpResponse:
    """Somebody looked in the group and says yes or no."""
    delivery = Delivery.of(visit.province).filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404(_("ไม่พบรายการนี้"))
    evidence, seen = request.POST.get("evidence", ""), request.POST.get("seen", "")
    if seen not in {"yes", "no"}:
        return _desk(request, visit, delivery_id, evidence, _("โปรดเลือกว่าเห็นหรือไม่เห็นในกลุ่ม ยังไม่ได้บันทึก"))
    try:
        resolve(delivery=delivery, seen=seen == "yes", evidence=evidence, by=visit.actor, now=clock.now())
    except DomainError as error:
        return _desk(request, visit, delivery_id, evidence, said(error))
    messages.success(request, _("บันทึกผลการตรวจในกลุ่มแล้ว"))
    return redirect("uncertain")


def _desk(request: HttpRequest, visit: Visit, wrong: str = "", evidence: str = "", error: str = "") -> HttpResponse:
    context = {
        "doubts": pages.doubts(visit.province),
        "may_resolve": visit.may(Deed.RESOLVE),
        "wrong": wrong,
        "evidence": evidence,
        "error": error,
    }
    return render(request, "saisaat/publications/uncertain.html", context, status=422 if error else 200)
