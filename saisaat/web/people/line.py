"""Who may register on the phone page: codes for the office's people, and what those without one ask for."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions import erase, link_codes, link_request
from saisaat.domain.errors import DomainError
from saisaat.domain.link_codes import LASTS, printed
from saisaat.domain.roles import Deed
from saisaat.queries import line_links
from saisaat.queries.office import channel_of
from saisaat.records import clock
from saisaat.records.models import LinkRequest, Person
from saisaat.web.access import Visit, needs
from saisaat.web.people.doors import the_office, the_person
from saisaat.web.words import said

PAGE_SIZE = 12


@require_safe
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def index(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Requests that wait, and how far each office is."""
    return _page(request, visit)


@require_POST
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def codes(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Codes for everybody of an office who is not linked, or for one person. Shown on this page and never again."""
    try:
        people = _chosen(request, visit)
        made = link_codes.make_codes(people=people, by=visit.actor, now=datetime.now(UTC))
    except DomainError as refusal:
        return _page(request, visit, error=said(refusal))
    if not made:
        return _page(request, visit, error=_("ทุกคนในสำนักงานนี้ผูกบัญชี LINE แล้ว จึงไม่มีรหัสให้ทำ"))
    slips = [(person, printed(code)) for person, code in made]
    channel = channel_of(visit.province)
    context = {"slips": slips, "channel": channel, "until": datetime.now(UTC) + LASTS}
    return render(request, "saisaat/people/codes.html", context)


def _chosen(request: HttpRequest, visit: Visit) -> list[Person]:
    if request.POST.get("person"):
        return [the_person(visit, request.POST["person"])]
    office = str(the_office(visit, request.POST.get("office", "")).pk)
    return line_links.without_line(visit.province, [office])[office]


@require_POST
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def grant(request: HttpRequest, visit: Visit, request_id: str) -> HttpResponse:
    """The one who asked is the person chosen."""
    asked = _asked(visit, request_id)
    if not request.POST.get("person"):
        return _page(request, visit, error=_("ยังไม่ได้เลือกว่าเป็นใคร คำขอยังรออยู่ โปรดเลือกชื่อ"))
    try:
        one = the_person(visit, request.POST["person"])
        link_request.grant(request=asked, person=one, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        return _page(request, visit, error=said(refusal))
    messages.success(request, _("ผูกบัญชี LINE ให้แล้ว เจ้าตัวจะเห็นเมื่อเปิดหน้าข้อมูลของฉัน"))
    return redirect("people-line")


@require_POST
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def refuse(request: HttpRequest, visit: Visit, request_id: str) -> HttpResponse:
    """Nobody the office knows."""
    try:
        link_request.refuse(request=_asked(visit, request_id), by=visit.actor, now=clock.now())
    except DomainError as refusal:
        return _page(request, visit, error=said(refusal))
    messages.success(request, _("ไม่รับคำขอแล้ว ชื่อและบัญชีในคำขอถูกลบ"))
    return redirect("people-line")


@require_POST
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def unlink(request: HttpRequest, visit: Visit, person_id: str) -> HttpResponse:
    """The office unties somebody's LINE account."""
    one = the_person(visit, person_id)
    try:
        erase.unlink_by_office(person=one, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        messages.error(request, said(refusal))
    else:
        messages.success(request, _("เลิกผูกบัญชี LINE แล้ว"))
    return redirect("person", one.pk)


def _asked(visit: Visit, request_id: str) -> LinkRequest:
    found = LinkRequest.of(visit.province).filter(pk=request_id).select_related("office", "key").first()
    if found is None or not visit.may(Deed.MANAGE_PEOPLE, str(found.office_id)):
        raise Http404(_("ไม่พบคำขอนี้"))
    return found


def _page(request: HttpRequest, visit: Visit, error: str = "") -> HttpResponse:
    offices = visit.offices(Deed.MANAGE_PEOPLE)
    page = Paginator(line_links.requests(visit.province, offices), PAGE_SIZE).get_page(request.GET.get("page"))
    lists = line_links.without_line(visit.province, [str(one.office_id) for one in page.object_list])
    channel = channel_of(visit.province)
    context = {
        "page": page,
        "asked": [(one, lists[str(one.office_id)]) for one in page.object_list],
        "links": line_links.office_links(visit.province, offices, datetime.now(UTC)),
        "channel": channel,
        "error": error,
    }
    return render(request, "saisaat/people/line.html", context, status=422 if error else 200)
