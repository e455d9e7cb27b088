"""Reading the plan: the month, the list, one entry, one week, what to check, and its history."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import Per, local_day
from saisaat.domain.delivery import State, Way
from saisaat.domain.plan_changes import MANY_CHANGES, can_move_now
from saisaat.domain.plan_notices import Notice
from saisaat.domain.roles import Deed
from saisaat.queries import pages, plan_pages
from saisaat.queries.plan import (
    COMING,
    SeasonPlan,
    Slot,
    covering,
    first_day,
    forecasts,
    named_groups,
    season_plan,
    worries,
)
from saisaat.queries.season import months_of
from saisaat.records import clock
from saisaat.records.models import Campaign
from saisaat.web.access import Visit, needs
from saisaat.web.asking import read
from saisaat.web.plan.common import campaign_of, find_slot, no_campaign, with_headlines
from saisaat.web.plan.forms import ReasonForm

Value = TypeVar("Value")
PAGE_SIZE = 30


@require_safe
@needs(Deed.SEE)
def month(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The calendar of a month, with the guard of every week."""
    campaign = campaign_of(visit)
    if campaign is None:
        return no_campaign(request)
    now = clock.now()
    today = local_day(now)
    plan = season_plan(campaign)
    found = forecasts(plan, now)
    months = _months(campaign)
    first = _asked_month(request, campaign, months) or _nearest_month(campaign, today)
    context = {
        **tabs(plan, visit, "month"),
        "month": plan_pages.month(plan, found, first),
        "months": months,
        "today": today,
        "now": now,
        "first_day": first_day(plan, now),
        "groups": named_groups(plan),
        "quiet": plan.settings,
        "notices": [n for n in with_headlines(worries(plan, found, now), plan.request.topics) if n.serious],
        "movable": {slot.entry.pk for slot in plan.standing if can_move_now(slot.states)},
        "many_changes": sum(plan_pages.changes_since_told(campaign).values()) >= MANY_CHANGES,
    }
    return render(request, "saisaat/plan/month.html", context)


def tabs(plan: SeasonPlan, visit: Visit, view: str) -> dict[str, object]:
    """What stands over every page of the plan."""
    return {
        "campaign": plan.campaign,
        "plan": plan,
        "view": view,
        "may_plan": visit.may(Deed.PLAN),
        "may_excuse": visit.may(Deed.EXCUSE_WEEK),
    }


def _months(campaign: Campaign) -> list[date]:
    return [date.fromisoformat(f"{month}-01") for month in months_of(campaign)]


def _asked_month(request: HttpRequest, campaign: Campaign, months: list[date]) -> date | None:
    asked = read(lambda text: date.fromisoformat(f"{text}-01"), request.GET.get("month", ""))
    return asked if asked in months else None


def _nearest_month(campaign: Campaign, today: date) -> date:
    assert campaign.period_start is not None and campaign.period_end is not None
    return min(max(today, campaign.period_start), campaign.period_end).replace(day=1)


@require_safe
@needs(Deed.SEE)
def entries(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The plan as a list: all of it, a month, or what a figure's link asks for."""
    campaign = campaign_of(visit)
    if campaign is None:
        return no_campaign(request)
    months = _months(campaign)
    month_asked = _asked_month(request, campaign, months)
    wanted = _wanted(request)
    if month_asked:
        last = plan_pages.next_month(month_asked) - timedelta(days=1)
        wanted = pages.EntryFilter(month_asked, last, wanted.states, wanted.way, wanted.kinds)
    page = Paginator(plan_pages.entries(campaign, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "view": "list",
        "may_plan": visit.may(Deed.PLAN),
        "page": page,
        "slots": plan_pages.slots_of(campaign, list(page.object_list), wanted),
        "deliveries": plan_pages.deliveries(campaign, wanted),
        "months": months,
        "month": month_asked,
        "wanted": wanted,
        "narrowed": wanted != pages.EntryFilter(),
        "today": local_day(clock.now()),
        "states": list(State),
        "ways": list(Way),
        "kinds": list(ItemKind),
    }
    return render(request, "saisaat/plan/entries.html", context)


def _wanted(request: HttpRequest) -> pages.EntryFilter:
    asked = request.GET
    return pages.EntryFilter(
        first=read(date.fromisoformat, asked.get("from", "")),
        last=read(date.fromisoformat, asked.get("to", "")),
        states=_each(State, asked.getlist("state")),
        way=read(Way, asked.get("way", "")),
        kinds=_each(ItemKind, asked.getlist("kind")),
    )


def _each(reader: Callable[[str], Value], texts: list[str]) -> tuple[Value, ...]:
    return tuple(value for text in texts if (value := read(reader, text)) is not None)


@require_safe
@needs(Deed.SEE)
def entry(request: HttpRequest, visit: Visit, entry_id: str) -> HttpResponse:
    """One entry: where it stands in each group, what to know, what may be done, and who changed it."""
    plan, slot = find_slot(visit, entry_id)
    now = clock.now()
    found = with_headlines(worries(plan, forecasts(plan, now), now), plan.request.topics)
    rows = Paginator(plan_pages.history(plan.campaign, slot.entry), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **tabs(plan, visit, ""),
        "slot": slot,
        "entry": slot.entry,
        "notices": [notice for notice in found if slot.entry.no in notice.nos],
        "by_no": _by_no(plan),
        "may_move": can_move_now(slot.states) and slot.entry.withdrawn_at is None,
        "may_edit": bool(slot.states & COMING) and slot.entry.withdrawn_at is None,
        "page": rows,
        "people": plan_pages.named_people(list(rows), visit.province),
    }
    return render(request, "saisaat/plan/entry.html", context)


def _by_no(plan: SeasonPlan) -> dict[int, Slot]:
    return {slot.entry.no: slot for slot in plan.slots}


@require_safe
@needs(Deed.SEE)
def week(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One week: how far each group is, what can still be done, and whether it is excused."""
    campaign = campaign_of(visit)
    asked = read(date.fromisoformat, request.GET.get("monday", ""))
    if campaign is None:
        return no_campaign(request)
    if asked is None:
        raise Http404(_("ไม่พบสัปดาห์นี้"))
    return week_page(request, visit, campaign, asked - timedelta(days=asked.weekday()), ReasonForm())


def week_page(
    request: HttpRequest,
    visit: Visit,
    campaign: Campaign,
    monday: date,
    form: ReasonForm,
    error: str = "",
) -> HttpResponse:
    plan = season_plan(campaign)
    now = clock.now()
    found = forecasts(plan, now)
    sunday = monday + timedelta(days=6)
    guards = {
        one.span.start: one for day in (monday, sunday) for one in covering(found, day) if one.quota.per is Per.WEEK
    }
    context = {
        **tabs(plan, visit, ""),
        "monday": monday,
        "sunday": sunday,
        "guards": list(guards.values()),
        "slots": [slot for slot in plan.standing if monday <= slot.local.date() <= sunday],
        "excused": plan.excused.get(monday),
        "groups": named_groups(plan),
        "form": form,
        "error": error,
        "today": local_day(now),
    }
    failed = bool(error or form.errors)
    return render(request, "saisaat/plan/week.html", context, status=422 if failed else 200)


@require_safe
@needs(Deed.SEE)
def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything in the plan that is worth a look, the serious first."""
    campaign = campaign_of(visit)
    if campaign is None:
        return no_campaign(request)
    now = clock.now()
    plan = season_plan(campaign)
    found: list[Notice] = with_headlines(worries(plan, forecasts(plan, now), now), plan.request.topics)
    context = {
        **tabs(plan, visit, "check"),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "serious": sum(notice.serious for notice in found),
        "by_no": _by_no(plan),
    }
    return render(request, "saisaat/plan/check.html", context)


@require_safe
@needs(Deed.SEE)
def history(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who changed what in the plan, and why."""
    campaign = campaign_of(visit)
    if campaign is None:
        return no_campaign(request)
    page = Paginator(plan_pages.history(campaign), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "view": "history",
        "may_plan": visit.may(Deed.PLAN),
        "page": page,
        "people": plan_pages.named_people(list(page), visit.province),
    }
    return render(request, "saisaat/plan/history.html", context)
