"""The season at a glance, its cost, and the way to the practice room."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from saisaat.domain.roles import Deed
from saisaat.queries import pages
from saisaat.records import clock
from saisaat.web.access import Visit, needs
from saisaat.web.live import answer_live


@require_safe
@needs(Deed.SEE)
def season(request: HttpRequest, visit: Visit) -> HttpResponse:
    """ภาพรวม: every figure links to its rows."""
    campaign = pages.current_campaign(visit.province)
    if campaign is None:
        return render(request, "saisaat/no_campaign.html")
    context = {"season": pages.season(campaign, clock.now()), "campaign": campaign}
    return answer_live(request, "saisaat/season/season.html", "saisaat/season/_season.html", context)


@require_safe
@needs(Deed.SEE)
def costs(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The ledger behind the cost figure."""
    campaign = pages.current_campaign(visit.province)
    if campaign is None:
        return render(request, "saisaat/no_campaign.html")
    return render(request, "saisaat/season/costs.html", {"campaign": campaign, "costs": pages.costs(campaign)})


@require_safe
@needs(Deed.SEE)
def practice(request: HttpRequest, visit: Visit) -> HttpResponse:
    """To the practice room where one runs; else what it is and how to start it."""
    address = getattr(settings, "PRACTICE_URL", "")
    return redirect(address) if address else render(request, "saisaat/season/practice.html")
