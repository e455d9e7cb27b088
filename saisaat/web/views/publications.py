"""A publication in all its groups, and the uncertain desk."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions.deliver import resolve
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.queries import pages
from saisaat.records import clock
from saisaat.records.models import Delivery
from saisaat.web.access import Visit, needs
from saisaat.web.live import answer_live
from saisaat.web.views.comments import shown


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
    }
    return answer_live(request, "saisaat/publication.html", "saisaat/_publication.html", context)


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
        return _desk(request, visit, delivery_id, evidence, error.message)
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
    return render(request, "saisaat/uncertain.html", context, status=422 if error else 200)
