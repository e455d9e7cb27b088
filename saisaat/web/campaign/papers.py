"""The campaign's papers to download, in Word and PDF; one that takes long is made while a page says so."""

import atexit
import functools
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saisaat.actions.compose import media_path
from saisaat.documents.order import Order, order_docx, order_pdf
from saisaat.documents.proposal_form import SignatureLine, proposal_docx, proposal_pdf
from saisaat.domain.cadence import local_day
from saisaat.domain.campaign import canonical
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.queries.office import brand_of
from saisaat.queries.papers import drafted_order, issued_order, signature_lines
from saisaat.queries.proposal import signing
from saisaat.queries.working_group import working_group
from saisaat.records import clock
from saisaat.records.models import Campaign
from saisaat.typesetting import RenderPool
from saisaat.web.access import Visit, needs
from saisaat.web.campaign.signing import version_of
from saisaat.web.campaign.views import found
from saisaat.web.words import said

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}
PATIENCE = 1.5
"""Seconds a visitor waits for a paper before a page says that it is being made."""
_KEPT = 24

Make = Callable[[], bytes]
_making: "OrderedDict[str, Future[bytes]]" = OrderedDict()
_lock = threading.Lock()


@require_safe
@needs(Deed.SEE)
def proposal(request: HttpRequest, visit: Visit, campaign_id: str, kind: str) -> HttpResponse:
    """The project in the official form with the signatures on it, as it stands or (`?version=`) as it was signed.

    "json" is the very bytes whose SHA-256 was signed.
    """
    campaign = found(visit, campaign_id)
    asked = request.GET.get("version", "")
    content, sha256 = campaign.content, campaign.content_sha256
    if asked and asked != sha256:
        content, sha256 = version_of(campaign, asked).content, asked
    name = f"{campaign.title} {sha256[:8]}"
    if kind == "json":
        return _file(canonical(content), name, kind)
    lines = signature_lines(row for row in signing(campaign).history if row.content_sha256 == sha256)
    return _paper(request, campaign, name, kind, (sha256, lines), _proposal_maker(kind, content, lines))


def _proposal_maker(kind: str, content: dict[str, Any], lines: list[SignatureLine]) -> Make:
    if kind == "docx":
        return lambda: proposal_docx(content, lines)
    return lambda: proposal_pdf(content, lines, paper_pool())


@require_safe
@needs(Deed.SEE)
def order(request: HttpRequest, visit: Visit, campaign_id: str, order_id: str, kind: str) -> HttpResponse:
    """An issued order, or ("draft") the order of the group as it stands with blanks for number and date."""
    campaign = found(visit, campaign_id)
    group = working_group(campaign)
    if order_id == "draft" and group.members:
        told = drafted_order(campaign, group, _today().year)
    else:
        issued = next((each for each in group.orders if each.pk == order_id), None)
        if issued is None:
            raise Http404(_("ไม่มีคำสั่งนี้"))
        told = issued_order(campaign, issued, group)
    name = f"คำสั่งแต่งตั้งคณะทำงาน {told.number or 'ฉบับร่าง'}"
    brand = brand_of(visit.province)
    emblem = brand.emblem.sha256 if brand is not None and brand.emblem is not None else None
    return _paper(request, campaign, name, kind, (told, emblem), _order_maker(kind, told, emblem))


def _order_maker(kind: str, told: Order, emblem: str | None) -> Make:
    picture = media_path(emblem).read_bytes() if emblem is not None else None
    if kind == "docx":
        return lambda: order_docx(told, emblem=picture)
    return lambda: order_pdf(told, paper_pool(), emblem=picture)


def _today() -> date:
    return local_day(clock.now())


def _paper(request: HttpRequest, campaign: Campaign, name: str, kind: str, told: Any, make: Make) -> HttpResponse:
    """The finished paper; a page that comes again by itself while it is being made; the reason why it cannot be."""
    if kind not in {"docx", "pdf"}:
        raise Http404(_("ไม่มีเอกสารชนิดนี้"))
    context = {"campaign": campaign, "name": name, "kind": kind, "again": request.get_full_path()}
    try:
        data = _made(f"{kind} {told!r}", make).result(timeout=PATIENCE)
    except TimeoutError:
        waiting = render(request, "saisaat/campaign/making.html", context, status=202)
        waiting["Refresh"] = "2"
        return waiting
    except DomainError as error:
        return render(request, "saisaat/campaign/making.html", context | {"error": said(error)}, status=422)
    return _file(data, name, kind)


def _made(told: str, make: Make) -> "Future[bytes]":
    """The one making of a paper: begun now, under way, or done a short while ago. One that failed is begun anew."""
    key = hashlib.sha256(told.encode()).hexdigest()
    with _lock:
        making = _making.get(key)
        if making is None or (making.done() and making.exception() is not None):
            making = _makers().submit(make)
            _making[key] = making
        _making.move_to_end(key)
        while len(_making) > _KEPT:
            _making.popitem(last=False)
    return making


@functools.cache
def _makers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="papers")


@functools.cache
def paper_pool() -> RenderPool:
    """The typesetter of papers, apart from that of posters: a long paper keeps no preview waiting."""
    pool = RenderPool(processes=1)
    atexit.register(pool.close)
    return pool


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name).strip()[:120]
    disposition = content_disposition_header(as_attachment=True, filename=f"{plain}.{kind}")
    return HttpResponse(data, content_type=TYPES[kind], headers={"Content-Disposition": disposition or ""})
