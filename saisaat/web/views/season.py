"""The season: at a glance, its plan, its cost, and the way to the practice room."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import local_day
from saisaat.domain.delivery import State, Way
from saisaat.domain.roles import Deed
from saisaat.queries import pages
from saisaat.queries.season import months_of
from saisaat.records import clock
from saisaat.web.access import Visit, needs
from saisaat.web.live import answer_live

Value = TypeVar("Value")


@require_safe
@needs(Deed.SEE)
def season(request: HttpRequest, visit: Visit) -> HttpResponse:
    """ภาพรวม: every figure links to its rows."""
    campaign = pages.current_campaign(visit.province)
    if campaign is None:
        return render(request, "saisaat/nothing.html")
    context = {"season": pages.season(campaign, clock.now()), "campaign": campaign}
    return answer_live(request, "saisaat/season.html", "saisaat/_season.html", context)


@require_safe
@needs(Deed.SEE)
def entries(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The plan: a month, or what a figure's link asks for."""
    campaign = pages.current_campaign(visit.province)
    if campaign is None or campaign.period_start is None or campaign.period_end is None:
        return render(request, "saisaat/nothing.html")
    today = local_day(clock.now())
    months = [date.fromisoformat(f"{month}-01") for month in months_of(campaign)]
    wanted = _wanted(request)
    month = None
    if wanted == pages.EntryFilter():
        asked = _read(lambda text: date.fromisoformat(f"{text}-01"), request.GET.get("month", ""))
        shown = asked if asked in months else min(max(today, campaign.period_start), campaign.period_end)
        month = shown.replace(day=1)
        wanted = pages.EntryFilter(first=month, last=_last_day(month))
    rows = pages.entries(campaign, wanted)
    context = {
        "campaign": campaign,
        "rows": rows,
        "deliveries": sum(len(row.deliveries) for row in rows),
        "months": months,
        "month": month,
        "wanted": wanted,
        "today": today,
    }
    return render(request, "saisaat/entries.html", context)


def _wanted(request: HttpRequest) -> pages.EntryFilter:
    asked = request.GET
    return pages.EntryFilter(
        first=_read(date.fromisoformat, asked.get("from", "")),
        last=_read(date.fromisoformat, asked.get("to", "")),
        states=_each(State, asked.getlist("state")),
        way=_read(Way, asked.get("way", "")),
        kinds=_each(ItemKind, asked.getlist("kind")),
    )


def _read(reader: Callable[[str], Value], text: str) -> Value | None:
    """What an address asks for; None for nothing, and for what cannot be read."""
    try:
        return reader(text) if text else None
    except ValueError:
        return None


def _each(reader: Callable[[str], Value], texts: list[str]) -> tuple[Value, ...]:
    return tuple(value for text in texts if (value := _read(reader, text)) is not None)


def _last_day(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


@require_safe
@needs(Deed.SEE)
def costs(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The ledger behind the cost figure."""
    campaign = pages.current_campaign(visit.province)
    if campaign is None:
        return render(request, "saisaat/nothing.html")
    return render(request, "saisaat/costs.html", {"campaign": campaign, "costs": pages.costs(campaign)})


@require_safe
@needs(Deed.SEE)
def practice(request: HttpRequest, visit: Visit) -> HttpResponse:
    """To the practice room where one runs; else what it is and how to start it."""
    address = getattr(settings, "PRACTICE_URL", "")
    return redirect(address) if address else render(request, "saisaat/practice.html")
