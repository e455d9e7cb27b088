"""A staff list from upload to import: choose a file, see what it would change, answer, confirm."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from importlib.resources import files
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions import import_staff
from saisaat.documents.tables import MAX_BYTES, read_tables
from saisaat.domain.cadence import local_day
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.domain.staff import LEAVING, OfficeKind, StaffType
from saisaat.domain.staff_list.cells import read_day
from saisaat.domain.staff_list.plan import NEW_PERSON, SKIP
from saisaat.domain.staff_list.tables import Column
from saisaat.queries.staff_import import Preview, living_upload, preview
from saisaat.records import clock
from saisaat.records.models import StaffUpload
from saisaat.web.access import Visit, needs
from saisaat.web.people import preview as shown
from saisaat.web.people.forms import DayField, FileForm
from saisaat.web.people.views import file, kind_of_file, sheet
from saisaat.web.words import said

PAGE_SIZE = 40
SECONDS_A_STEP = 1.2
"""How long one request writes before it shows how far it has come."""


def _at() -> datetime:
    """Real time: how long an upload is kept does not follow the campaign clock."""
    return datetime.now(UTC)


Uploaded = Callable[[HttpRequest, Visit, StaffUpload], HttpResponse]


def of_upload(*, once_confirmed: bool = False) -> Callable[[Uploaded], Callable[..., HttpResponse]]:
    """The view is given the upload while it lasts. A confirmed one leads to its progress, unless the view is for it."""

    def decorate(view: Uploaded) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: HttpRequest, visit: Visit, upload_id: str) -> HttpResponse:
            upload = living_upload(visit.province, upload_id, _at())
            if upload is None:
                return render(request, "saisaat/people/gone.html", status=404)
            if upload.state != StaffUpload.State.OPEN and not once_confirmed:
                return redirect("people-run", upload.pk)
            return view(request, visit, upload)

        return found

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
def choose_file(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Upload a list. Nothing is written but the upload itself."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            uploaded = form.cleaned_data["file"]
            data = uploaded.read(MAX_BYTES + 1)
            upload = import_staff.take_in(data=data, person=visit.person, by=visit.actor, now=clock.now(), at=_at())
        except DomainError as error:
            form.add_error("file", said(error))
        else:
            return redirect("people-preview", upload.pk)
    else:
        import_staff.forget_old(at=_at())
    return render(request, "saisaat/people/import.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@needs(Deed.MANAGE_PEOPLE)
def example(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A list to start from: sixteen offices, 104 posts, no names of people."""
    kind = kind_of_file(request)
    data = (files("saisaat") / "data" / "demo-staff.csv").read_bytes()
    if kind == "xlsx":
        heading, *lines = read_tables(data)[0].lines
        data = sheet(kind, _("ตัวอย่างรายชื่อบุคลากร"), list(heading.cells), [list(line.cells) for line in lines])
    return file(data, f"example-staff.{kind}")


@require_safe
@needs(Deed.MANAGE_PEOPLE)
@of_upload()
def look(request: HttpRequest, visit: Visit, upload: StaffUpload) -> HttpResponse:
    """What importing would change."""
    return _look(request, upload)


def _look(request: HttpRequest, upload: StaffUpload, error: str = "") -> HttpResponse:
    found = preview(upload, clock.now())
    tabs = shown.tabs(found)
    tab = shown.chosen_tab(tabs, request.GET.get("show", ""))
    page = Paginator(shown.entries(found, tab), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "upload": upload,
        "found": found,
        "tabs": tabs,
        "tab": tab,
        "page": page,
        "columns": shown.columns(found),
        "offices": shown.office_names(found),
        "headings": shown.heading_lines(found),
        "heading_no": found.sheet.lines[found.reading.heading].no,
        "on_text": DayField().prepare_value(found.choices.on),
        "will": shown.will_do(found.plan.steps),
        "waiting": shown.waiting(found),
        "skipped": shown.skipped(found.read),
        "error": error,
        "leaving": LEAVING,
        "kinds": list(OfficeKind),
        "types": list(StaffType),
        "column_choices": list(Column),
    }
    return render(request, "saisaat/people/preview.html", context, status=422 if error else 200)


@require_POST
@needs(Deed.MANAGE_PEOPLE)
@of_upload()
def columns(request: HttpRequest, visit: Visit, upload: StaffUpload) -> HttpResponse:
    """How the file is to be understood."""
    found, told = preview(upload, clock.now()), request.POST
    on = read_day(told.get("on", "")) if told.get("on") else None
    if told.get("on") and (on is None or not on.sure or on.day > local_day(clock.now())):
        return _look(request, upload, _("อ่านวันที่ของบัญชีรายชื่อไม่ได้ หรือเป็นวันที่ยังมาไม่ถึง ไฟล์ยังอยู่ โปรดใส่ เช่น 1 ตุลาคม 2560"))
    chosen: dict[str, Any] = {
        "fill_down": "fill_down" in told,
        "office": told.get("office", "")[:16],
        "type": told["type"] if told.get("type") in set(StaffType) else "",
        "on": on.day.isoformat() if on else "",
    }
    chosen |= _understood(found, {name: str(value) for name, value in told.items()})
    return _chosen(upload, visit, chosen, "")


def _understood(found: Preview, told: dict[str, str]) -> dict[str, Any]:
    """Sheet, heading row and columns. Another sheet or heading is read afresh."""
    index = int(told["sheet"]) if told.get("sheet", "").isdecimal() else found.sheets.index(found.sheet)
    if index >= len(found.sheets) or found.sheets[index] is not found.sheet:
        return {"sheet": min(index, len(found.sheets) - 1), "heading": None, "columns": None, "rows": {}}
    heading = int(told["heading"]) if told.get("heading", "").isdecimal() else None
    if heading != found.sheet.lines[found.reading.heading].no:
        return {"sheet": index, "heading": heading, "columns": None, "rows": {}}
    picked = [told.get(f"column-{number}", "") for number in range(found.sheet.width)]
    known = [held if held in set(Column) else "" for held in picked]
    return {"sheet": index, "heading": heading, "columns": known}


@require_POST
@needs(Deed.MANAGE_PEOPLE)
@of_upload()
def answers(request: HttpRequest, visit: Visit, upload: StaffUpload) -> HttpResponse:
    """Who is who, which office is which, and who has left. Empty answers take back earlier ones."""
    found = preview(upload, clock.now())
    offices, rows, absent = (dict(upload.choices.get(name, {})) for name in ("offices", "rows", "absent"))
    known_offices = {office.id for office in shown.office_names(found)} | set(OfficeKind)
    people = {person.id for line in found.plan.lines for person in line.candidates} | {NEW_PERSON, SKIP}
    for name, value in request.POST.items():
        kind, _sign, key = name.partition("-")
        told = str(value)
        if kind == "row" and key.isdecimal():
            rows[str(int(key))] = told if told in people else ""
        elif kind == "office" and key.isdecimal() and int(key) < len(found.plan.offices):
            offices[found.plan.offices[int(key)].name] = told if told in known_offices else ""
        elif kind == "absent" and key in {person.id for person in found.plan.absent}:
            absent[key] = told if told in set(LEAVING) else ""
    chosen = {
        "offices": {name: told for name, told in offices.items() if told},
        "rows": {no: told for no, told in rows.items() if told},
        "absent": {person: told for person, told in absent.items() if told},
    }
    return _chosen(upload, visit, chosen, request.POST.get("show", ""))


def _chosen(upload: StaffUpload, visit: Visit, chosen: dict[str, Any], show: str) -> HttpResponse:
    try:
        import_staff.choose(upload=upload, chosen=chosen, by=visit.actor, at=_at())
    except DomainError:
        return redirect("people-run", upload.pk)
    tab = f"?show={show}" if show in shown.TABS else ""
    return redirect(reverse("people-preview", args=[upload.pk]) + tab)


@require_POST
@needs(Deed.MANAGE_PEOPLE)
@of_upload()
def confirm(request: HttpRequest, visit: Visit, upload: StaffUpload) -> HttpResponse:
    """Import what was previewed: the digest on the page must still be the plan's."""
    seen = request.POST.get("plan", "")
    try:
        import_staff.confirm(upload=upload, seen_sha256=seen, by=visit.actor, now=clock.now(), at=_at())
    except DomainError as error:
        return _look(request, upload, said(error))
    return _went_on(request, visit, upload)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_PEOPLE)
@of_upload(once_confirmed=True)
def run(request: HttpRequest, visit: Visit, upload: StaffUpload) -> HttpResponse:
    """How far the import has come; sending the form goes on with it."""
    if upload.state == StaffUpload.State.OPEN:
        return redirect("people-preview", upload.pk)
    if request.method == "POST" and upload.state == StaffUpload.State.RUNNING:
        return _went_on(request, visit, upload)
    return render(request, "saisaat/people/run.html", {"upload": upload, "did": shown.did(upload.counts)})


def _went_on(request: HttpRequest, visit: Visit, upload: StaffUpload) -> HttpResponse:
    upload = import_staff.go_on(upload=upload, by=visit.actor, now=clock.now(), at=_at(), seconds=SECONDS_A_STEP)
    if upload.state == StaffUpload.State.RUNNING:
        return redirect("people-run", upload.pk)
    messages.success(request, _("นำเข้ารายชื่อแล้ว: %(did)s") % {"did": " · ".join(shown.did(upload.counts))})
    for sentence, count in shown.refusals(upload.counts):
        messages.warning(request, f"{sentence} ({count})")
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": reverse("people")})
    return redirect("people")


@require_safe
@needs(Deed.MANAGE_PEOPLE)
@of_upload()
def errors(request: HttpRequest, visit: Visit, upload: StaffUpload) -> HttpResponse:
    """Every wrong cell as a list to work through in the file."""
    headings = [_("แถว"), _("เซลล์"), _("คอลัมน์"), _("ข้อความในไฟล์"), _("ต้องแก้อย่างไร")]
    rows: list[list[str | int]] = [
        [wrong.no, wrong.cell, wrong.heading, wrong.shown, wrong.said]
        for wrong in shown.wrongs(preview(upload, clock.now()))
    ]
    return file(sheet("xlsx", _("รายการที่ต้องแก้ในไฟล์"), headings, rows), "staff-errors.xlsx")


@require_POST
@needs(Deed.MANAGE_PEOPLE)
@of_upload(once_confirmed=True)
def drop(request: HttpRequest, visit: Visit, upload: StaffUpload) -> HttpResponse:
    """Forget the uploaded list now."""
    import_staff.drop(upload=upload, by=visit.actor)
    messages.success(request, _("ลบไฟล์ที่อัปโหลดแล้ว ข้อมูลบุคคลไม่เปลี่ยน"))
    return redirect("people-import")
