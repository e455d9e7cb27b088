"""The reading page: every field beside the lines it came from, questions, and corrections section by section."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions.propose import correct
from saisaat.domain.content import Question
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.domain.sources import SourceLine, numbered
from saisaat.queries.proposal import FIXED, Field, Sheet, reading_of, sheet
from saisaat.records import clock
from saisaat.records.models import Campaign, Signature
from saisaat.records.sealing import unseal
from saisaat.web.access import Visit, needs
from saisaat.web.campaign.sections import SECTIONS, Editor, Section
from saisaat.web.campaign.views import found
from saisaat.web.words import said

LINES_A_PAGE = 300
_AROUND = 1


@dataclass(frozen=True, slots=True)
class Card:
    """A section as the page shows it: its fields, and the lines they were read from among their neighbours."""

    section: Section
    fields: tuple[Field, ...]
    lines: tuple[SourceLine, ...]

    @property
    def gaps(self) -> list[Field]:
        """Fields that say nothing and that nobody asks about or has touched, where the section has others."""
        if len(self.fields) == 1:
            return []
        return [field for field in self.fields if field.empty and not field.questions and not field.last]

    @property
    def questions(self) -> list[Question]:
        return [question for field in self.fields for question in field.questions]


def card_of(document: Sheet, section: Section) -> Card:
    fields = tuple(document.fields[name] for name in section.fields)
    return Card(section, fields, tuple(document.excerpt(section.fields, _AROUND)))


@require_safe
@needs(Deed.SEE)
def read(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """The whole document, section by section, each beside its source."""
    campaign = found(visit, campaign_id)
    document = sheet(campaign)
    context = _told(visit, campaign, document) | {
        "cards": [card_of(document, section) for section in SECTIONS.values()],
        "standing": _standing(campaign),
    }
    return render(request, "saisaat/campaign/read.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.IMPORT_PROPOSAL)
def section(request: HttpRequest, visit: Visit, campaign_id: str, name: str) -> HttpResponse:
    """One section open for correcting, in the page where htmx asks for it, else as a page of its own."""
    campaign = found(visit, campaign_id)
    part = SECTIONS.get(name)
    if part is None:
        raise Http404(_("ไม่พบส่วนนี้ของเอกสาร"))
    if campaign.status in FIXED:
        messages.error(request, _("โครงการเริ่มดำเนินการแล้ว จึงแก้เนื้อหาที่อนุมัติไม่ได้ ฉบับที่อนุมัติยังอยู่ครบ"))
        return _away(request, campaign, part)
    if request.method != "POST":
        if "show" in request.GET:
            return _shown(request, visit, campaign, part)
        return _open(request, visit, campaign, Editor(part, campaign.content))
    editor = Editor(part, campaign.content, request.POST)
    if editor.rearrange(request.POST.get("do", "save")):
        return _open(request, visit, campaign, editor)
    return _saved(request, visit, campaign, editor)


def _saved(request: HttpRequest, visit: Visit, campaign: Campaign, editor: Editor) -> HttpResponse:
    if not editor.is_valid():
        return _open(request, visit, campaign, editor, error=_("ยังไม่ได้บันทึก โปรดแก้ช่องที่มีข้อความเตือน"))
    if editor.overtaken:
        told = _("มีคนอื่นแก้ส่วนนี้หลังจากที่ท่านเปิด จึงยังไม่ได้บันทึก ที่ท่านพิมพ์ยังอยู่ครบ โปรดเทียบกับฉบับปัจจุบันแล้วกดบันทึกอีกครั้ง")
        return _open(request, visit, campaign, editor, error=told, seen=editor.seen)
    changes = editor.changes()
    standing = _standing(campaign) if changes else 0
    if standing and "void_known" not in request.POST:
        return _open(request, visit, campaign, editor, error=_("ยังไม่ได้บันทึก โปรดทำเครื่องหมายว่าทราบเรื่องลายเซ็นก่อน"))
    settled = request.POST.getlist("settled")
    try:
        correct(campaign=campaign, changes=changes, settled=settled, by=visit.actor, now=clock.now())
    except DomainError as error:
        return _open(request, visit, campaign, editor, error=said(error))
    if standing:
        told = _("บันทึกแล้ว ลายเซ็น %(n)s รายการบนฉบับเดิมเป็นโมฆะ ต้องลงนามใหม่") % {"n": standing}
        messages.success(request, told)
        return _away(request, campaign, editor.section)
    if "HX-Request" in request.headers:
        return _shown(request, visit, found(visit, campaign.pk), editor.section)
    messages.success(request, _("บันทึกแล้ว") if changes or settled else _("ไม่มีช่องใดเปลี่ยน"))
    return _away(request, campaign, editor.section)


@require_POST
@needs(Deed.IMPORT_PROPOSAL)
def settle(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """A question needs no change: the field is right as it stands."""
    campaign = found(visit, campaign_id)
    question = request.POST.get("question", "")
    try:
        correct(campaign=campaign, changes={}, settled=[question], by=visit.actor, now=clock.now())
    except DomainError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("บันทึกคำตอบแล้ว"))
    return redirect(f"{reverse('campaign-read', args=[campaign.pk])}#questions")


@require_safe
@needs(Deed.SEE)
def source(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """The document as it came, line by line."""
    campaign = found(visit, campaign_id)
    reading = reading_of(campaign)
    text = unseal(campaign.key, reading.source_sealed) if reading else None
    lines = [SourceLine(number, line) for number, line in enumerate(numbered(text or ""), start=1)]
    page = Paginator(lines if text else [], LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {"campaign": campaign, "reading": reading, "page": page}
    return render(request, "saisaat/campaign/source.html", context)


def _standing(campaign: Campaign) -> int:
    """How many signatures an edit would void."""
    return Signature.of(campaign.province_id).filter(campaign=campaign, voided_at__isnull=True).count()


def _told(visit: Visit, campaign: Campaign, document: Sheet) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "sheet": document,
        "fixed": campaign.status in FIXED,
        "may_edit": visit.may(Deed.IMPORT_PROPOSAL) and campaign.status not in FIXED,
        "sections": SECTIONS,
    }


def _shown(request: HttpRequest, visit: Visit, campaign: Campaign, part: Section) -> HttpResponse:
    """The section closed again, with the count of questions at the top of the page brought up to date."""
    document = sheet(campaign)
    context = _told(visit, campaign, document) | {"card": card_of(document, part), "swap": True}
    return render(request, "saisaat/campaign/_section_saved.html", context)


def _open(
    request: HttpRequest, visit: Visit, campaign: Campaign, editor: Editor, error: str = "", seen: str = ""
) -> HttpResponse:
    document = sheet(campaign)
    context = _told(visit, campaign, document) | {
        "editor": editor,
        "card": card_of(document, editor.section),
        "standing": _standing(campaign),
        "error": error,
        "seen": seen or request.POST.get("seen", editor.seen),
        "void_known": "void_known" in request.POST,
        "settled": request.POST.getlist("settled") if request.method == "POST" else None,
    }
    in_page = "HX-Request" in request.headers
    page = "_edit.html" if in_page else "edit.html"
    return render(request, f"saisaat/campaign/{page}", context | {"swap": in_page}, status=422 if error else 200)


def _away(request: HttpRequest, campaign: Campaign, part: Section) -> HttpResponse:
    where = f"{reverse('campaign-read', args=[campaign.pk])}#s-{part.name}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)
