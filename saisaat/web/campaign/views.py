"""The campaigns of the office: where each stands and what comes next; letting one run, ending it, dropping a draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions import propose, run
from saisaat.domain.campaign import Status
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.queries import pages
from saisaat.queries.proposal import campaigns, find_campaign, sheet, signing
from saisaat.queries.working_group import working_group
from saisaat.records import clock
from saisaat.records.models import Campaign
from saisaat.web.access import Visit, needs
from saisaat.web.campaign.trail import shown_trail
from saisaat.web.words import said

PAGE_SIZE = 10


@require_safe
@needs(Deed.SEE)
def index(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The campaign of the day with its trail, and all the others."""
    current = pages.current_campaign(visit.province)
    campaign = find_campaign(visit.province, current.pk) if current else None
    return _overview(request, visit, campaign)


@require_safe
@needs(Deed.SEE)
def show(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """Any campaign of the office, as the first page shows the current one."""
    return _overview(request, visit, found(visit, campaign_id))


@require_POST
@needs(Deed.RUN_CAMPAIGN)
def start(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """An approved campaign with a plan runs; an ended one is opened again."""
    campaign = found(visit, campaign_id)

    def act() -> None:
        run.start(campaign=campaign, by=visit.actor, now=clock.now())

    return _acted(request, visit, campaign, act, _("โครงการกำลังดำเนินการ"))


@require_POST
@needs(Deed.RUN_CAMPAIGN)
def end(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """Nothing of the plan is open: the campaign is closed."""
    campaign = found(visit, campaign_id)

    def act() -> None:
        run.end(campaign=campaign, by=visit.actor, now=clock.now())

    return _acted(request, visit, campaign, act, _("ปิดโครงการแล้ว เอกสารและหลักฐานทั้งหมดยังอยู่ครบ"))


@require_POST
@needs(Deed.IMPORT_PROPOSAL)
def discard(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """A draft nobody signed is thrown away."""
    campaign = found(visit, campaign_id)
    try:
        propose.discard(campaign=campaign, by=visit.actor, now=clock.now())
    except DomainError as error:
        return _overview(request, visit, campaign, error=said(error))
    messages.success(request, _("ลบฉบับร่างแล้ว"))
    return redirect("campaign")


def found(visit: Visit, campaign_id: str) -> Campaign:
    """The visitor's own province's campaign of that id; another's is not found."""
    campaign = find_campaign(visit.province, campaign_id)
    if campaign is None:
        raise Http404(_("ไม่พบโครงการนี้"))
    return campaign


def _acted(request: HttpRequest, visit: Visit, campaign: Campaign, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        return _overview(request, visit, campaign, error=said(error))
    messages.success(request, done)
    return redirect(reverse("campaign-show", args=[campaign.pk]))


def _overview(request: HttpRequest, visit: Visit, campaign: Campaign | None, error: str = "") -> HttpResponse:
    now = clock.now()
    others = campaigns(visit.province)
    if campaign is not None:
        others = others.exclude(pk=campaign.pk)
    context: dict[str, Any] = {
        "campaign": campaign,
        "trail": shown_trail(campaign, visit, now),
        "page": Paginator(others, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_begin": visit.may(Deed.IMPORT_PROPOSAL),
        "may_run": visit.may(Deed.RUN_CAMPAIGN),
        "error": error,
    }
    if campaign is not None:
        stands = signing(campaign)
        context |= {
            "sheet": sheet(campaign),
            "signing": stands,
            "group": working_group(campaign),
            "discardable": campaign.status == Status.DRAFT and not stands.history,
            "to_start": campaign.status == Status.APPROVED and campaign.entries.exists(),
        }
    return render(request, "saisaat/campaign/campaign.html", context, status=422 if error else 200)
