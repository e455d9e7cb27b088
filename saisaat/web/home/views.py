"""What is due today, the way to everything else, and what was typed before a session was lost."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from saisaat.domain.roles import Deed
from saisaat.queries import pages
from saisaat.queries.today import today
from saisaat.queries.trail import is_planned
from saisaat.records import clock
from saisaat.web.access import Visit, needs
from saisaat.web.campaign.trail import shown_trail
from saisaat.web.live import answer_live
from saisaat.web.once import drop_typing, keep_typing, kept_typing


@require_safe
@needs(Deed.SEE)
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """วันนี้: what waits for this person, each line a link to the thing; before there is a plan, the way to one."""
    campaign, now = pages.current_campaign(visit.province), clock.now()
    context = {
        "campaign": campaign,
        "today": today(visit.province, campaign, visit.actor, now),
        "trail": None if campaign is not None and is_planned(campaign) else shown_trail(campaign, visit, now),
    }
    return answer_live(request, "saisaat/home/home.html", "saisaat/home/_home.html", context)


@require_safe
@needs(Deed.SEE)
def more(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every area in words, for a phone's last tab and for whoever looks for something."""
    return render(request, "saisaat/home/more.html")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.SEE)
def kept(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was typed when the session was gone: look at it, send it now, or let it go."""
    typed = kept_typing(request)
    if request.method == "POST":
        drop_typing(request)
        return redirect("home")
    return render(request, "saisaat/home/kept.html", {"typed": typed}) if typed else redirect("home")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form older than the sign-in keeps what was typed, where the browser says that the form was one of ours."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin" and request.method == "POST":
        keep_typing(request)
        if kept_typing(request):
            return redirect("kept")
    return HttpResponseForbidden(render_to_string("403_csrf.html", {}, request))
