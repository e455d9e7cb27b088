"""The list of people, one person more, and the list taken along as a file."""

import hashlib
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saisaat.actions import enrol
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.domain.staff import StaffType
from saisaat.domain.staff_list.rows import HEADINGS, written_row
from saisaat.queries import people
from saisaat.records import clock
from saisaat.records.models import Person
from saisaat.web.access import Visit, needs
from saisaat.web.people.doors import offices_to_fill
from saisaat.web.people.forms import PersonForm
from saisaat.web.people.words import TYPES
from saisaat.web.words import said

PAGE_SIZE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


def asked_for(request: HttpRequest, visit: Visit) -> people.Filter:
    """What the address narrows the list to."""
    kind = request.GET.get("type", "")
    return people.Filter(
        text=request.GET.get("q", "")[:100],
        office=request.GET.get("office", "")[:16],
        staff_type=kind if kind in set(StaffType) else "",
        left=request.GET.get("left") == "1",
        offices=visit.offices(Deed.SEE_PEOPLE),
    )


@require_safe
@needs(Deed.SEE_PEOPLE, somewhere=True)
def index(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everybody, or those looked for."""
    wish = asked_for(request, visit)
    found = people.found(visit.province, wish)
    page = Paginator(found.ids, PAGE_SIZE).get_page(request.GET.get("page"))
    offices = people.offices(visit.province, wish.offices)
    narrowed = {"q": wish.text, "office": wish.office, "type": wish.staff_type, "left": "1" if wish.left else ""}
    context = {
        "wish": wish,
        "found": found,
        "page": page,
        "shown": people.shown(visit.province, list(page.object_list)),
        "offices": offices,
        "types": TYPES,
        "narrowed": urlencode({name: value for name, value in narrowed.items() if value}),
        "may_manage": bool(offices_to_fill(visit)),
        "may_import": visit.may(Deed.MANAGE_PEOPLE),
        "may_grant": visit.may_somewhere(Deed.MANAGE_ACCESS),
    }
    return render(request, "saisaat/people/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One person by hand. Somebody of the same name is shown before a second one is made."""
    typed = request.POST if request.method == "POST" else None
    form = PersonForm(typed, offices=offices_to_fill(visit), initial={"office": request.GET.get("office", "")})
    namesakes: list[Person] = []
    error = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if not told["another"]:
            namesakes = people.namesakes(visit.province, told["name"])
        if not namesakes:
            try:
                person = enrol.enrol(
                    office=form.chosen_office,
                    name=told["name"],
                    post=form.post,
                    joined_on=told["joined_on"],
                    since=told["on"],
                    by=visit.actor,
                    now=clock.now(),
                )
            except DomainError as refusal:
                error = said(refusal)
            else:
                messages.success(request, _("เพิ่มบุคคลแล้ว"))
                return redirect("person", person.pk)
    context = {"form": form, "namesakes": namesakes, "error": error}
    return render(request, "saisaat/people/add.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@needs(Deed.SEE_PEOPLE, somewhere=True)
def export(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The list as it is narrowed now, as a file. Taking it along is written into the audit."""
    kind = kind_of_file(request)
    found = people.found(visit.province, asked_for(request, visit))
    rows = [
        written_row(no, row, left_on)
        for no, (row, left_on) in enumerate(people.export_rows(visit.province, found.ids), start=1)
    ]
    data = sheet(kind, _("รายชื่อบุคลากร"), list(HEADINGS), rows)
    enrol.note_export(
        person=visit.person, file_sha256=hashlib.sha256(data).hexdigest(), by=visit.actor, now=clock.now()
    )
    return file(data, f"people.{kind}")


def kind_of_file(request: HttpRequest) -> str:
    """The kind of file the address asks for."""
    kind = request.GET.get("kind", "xlsx")
    if kind not in WRITERS:
        raise Http404(_("มีเฉพาะ .xlsx และ .csv"))
    return kind


def sheet(kind: str, title: str, headings: list[str], rows: list[list[str | int]]) -> bytes:
    """A table as the bytes of a file of this kind."""
    from saisaat.documents.sheets import table_csv, table_xlsx  # heavy; only a file pays for it

    return table_xlsx(title, headings, rows) if kind == "xlsx" else table_csv(headings, rows)


def file(data: bytes, name: str) -> HttpResponse:
    """A file to keep, not to show."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(data, content_type=WRITERS[name.rsplit(".", 1)[-1]], headers=headers)
