"""A new campaign: a document's text pasted or uploaded and read, or an empty form."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saisaat.actions.propose import Source, begin_blank, import_proposal
from saisaat.documents.extract import MAX_BYTES, extract_text
from saisaat.domain.content import LONGEST_TITLE
from saisaat.domain.errors import DomainError, Invalid
from saisaat.domain.proposal import read
from saisaat.domain.roles import Deed
from saisaat.queries.proposal import sheet
from saisaat.records import clock
from saisaat.records.models import Campaign
from saisaat.web.access import Visit, needs
from saisaat.web.words import said

FILE_TYPES = ".txt,.docx,.pdf"


@dataclass(slots=True)
class Typed:
    """What was sent: by which way, and what must not be lost when it is refused."""

    way: str = ""
    text: str = ""
    title: str = ""
    org: str = ""
    name: str = ""
    untitled: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.IMPORT_PROPOSAL)
def begin(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Three ways to begin; each leads to the reading page."""
    if request.method != "POST":
        return _page(request, visit, Typed(org=visit.person.province.name))
    typed = Typed(
        way=request.POST.get("way", ""),
        text=request.POST.get("text", "").replace("\r\n", "\n"),
        title=" ".join(request.POST.get("title", "").split()),
        org=request.POST.get("org", "").strip(),
        name=request.POST.get("name", "")[:200],
    )
    try:
        campaign = _begun(request, visit, typed)
    except DomainError as error:
        return _page(request, visit, typed, error=said(error))
    if campaign is None:
        return _page(request, visit, typed, error=_("เอกสารนี้ไม่มีชื่อโครงการที่ใช้ได้ เนื้อหายังอยู่ครบ โปรดเติมชื่อโครงการ"))
    _tell(request, campaign, typed)
    return redirect("campaign-read", campaign.pk)


def _begun(request: HttpRequest, visit: Visit, typed: Typed) -> Campaign | None:
    """The campaign; None where the document needs a title from a person first."""
    told: dict[str, Any] = {"province": visit.person.province, "by": visit.actor, "now": clock.now()}
    if typed.way == "blank":
        return begin_blank(title=typed.title, org=typed.org, **told)
    if typed.way == "file":
        typed.text, typed.name = _text_of(request.FILES.get("file"))
    if not typed.text.strip():
        raise Invalid("ยังไม่มีข้อความของโครงการ ยังไม่ได้บันทึกอะไร โปรดวางข้อความ เลือกไฟล์ หรือเริ่มจากแบบเปล่า")
    proposal = read(typed.text).to_json()
    if not proposal["sections"]:
        raise Invalid("ไม่พบหัวข้อของโครงการในเอกสารนี้ ยังไม่ได้บันทึกอะไร โปรดตรวจว่าเป็นเอกสารโครงการ หรือเริ่มจากแบบเปล่า")
    title = proposal["title"] or ""
    typed.untitled = not 0 < len(title) <= LONGEST_TITLE
    if typed.untitled and not typed.title:
        return None
    filled = {"title": typed.title} if typed.untitled else {}
    return import_proposal(proposal=proposal, source=Source(typed.text, typed.name), filled=filled, **told)


def _text_of(file: "File[Any] | None") -> tuple[str, str]:
    """The text and the name of an uploaded document. Its kind is told by what is in it; raises `Invalid`."""
    if file is None:
        raise Invalid("ยังไม่ได้เลือกไฟล์ ยังไม่ได้บันทึกอะไร โปรดเลือกไฟล์ .txt .docx หรือ .pdf")
    if (file.size or 0) > MAX_BYTES:
        raise Invalid(
            "ไฟล์ใหญ่เกิน %(value)s MB ยังไม่ได้บันทึกอะไร โปรดลดขนาดภาพในไฟล์หรือบันทึกเป็นข้อความ",
            value=MAX_BYTES // 1024 // 1024,
        )
    with tempfile.NamedTemporaryFile() as out:
        for chunk in file.chunks():
            out.write(chunk)
        out.flush()
        return extract_text(Path(out.name)), Path(file.name or "").name


def _tell(request: HttpRequest, campaign: Campaign, typed: Typed) -> None:
    asked = len(sheet(campaign).questions)
    if typed.way == "blank":
        messages.success(request, _("เปิดแบบเปล่าแล้ว กรอกทีละส่วน ระบบบันทึกทุกครั้งที่กดบันทึก"))
    elif asked:
        messages.success(request, _("อ่านเอกสารแล้ว มี %(n)s คำถามให้ตอบ") % {"n": asked})
    else:
        messages.success(request, _("อ่านเอกสารแล้วครบทุกช่อง โปรดเทียบกับต้นฉบับก่อนส่งลงนาม"))


def _page(request: HttpRequest, visit: Visit, typed: Typed, error: str = "") -> HttpResponse:
    context = {"typed": typed, "error": error, "file_types": FILE_TYPES, "most_mb": MAX_BYTES // 1024 // 1024}
    return render(request, "saisaat/campaign/new.html", context, status=422 if error else 200)
