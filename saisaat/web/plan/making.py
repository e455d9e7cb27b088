"""Making the plan: what the planner proposes before it is written, filling what is missing, telling the groups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions.announce import announce as write_announcement
from saisaat.actions.announce import announce_again
from saisaat.actions.plan import draft_filling, draft_plan, fill_rest, make_plan
from saisaat.actions.review import submit
from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import Per, SpanResult, judge, local_day
from saisaat.domain.delivery import State
from saisaat.domain.errors import DomainError, Invalid, NotNow
from saisaat.domain.plan import Plan, PlannedEntry, PlanRequest, planned_reach
from saisaat.domain.plan_dates import owed_spans
from saisaat.domain.plan_fill import Filling
from saisaat.domain.roles import Deed
from saisaat.queries import plan_pages
from saisaat.queries.office import channel_of
from saisaat.queries.plan import SeasonPlan, joined_groups, plan_request, season_plan
from saisaat.records import clock
from saisaat.records.models import Campaign, Group
from saisaat.web.access import Visit, needs
from saisaat.web.line_look import line_look
from saisaat.web.plan.common import campaign_of, fingerprint, no_campaign, to_day, wanted_campaign
from saisaat.web.plan.forms import AnnounceForm, MakeForm, WishesForm, suiting_styles
from saisaat.web.plan.views import tabs
from saisaat.web.words import said

changes = require_http_methods(["GET", "HEAD", "POST"])
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Preview:
    """What the planner proposes, in figures. `weeks` and `months` are its spans with what each group will get."""

    entries: Sequence[PlannedEntry]
    months: list[tuple[date, int, int]]
    weeks: list[tuple[SpanResult, tuple[PlannedEntry, ...]]]
    posters: int
    clips: int

    @property
    def seen(self) -> str:
        """Fixes what was shown: only that is written."""
        return fingerprint([(e.no, e.kind, e.at, e.deadline, sorted(e.per_group.items())) for e in self.entries])


def preview_of(request: PlanRequest, entries: Sequence[PlannedEntry]) -> Preview:
    kinds = Counter(entry.kind for entry in entries)
    by_month = Counter((entry.at.date().replace(day=1), entry.kind) for entry in entries)
    months = sorted({month for month, _kind in by_month})
    counted = [(m, by_month[m, ItemKind.POSTER], by_month[m, ItemKind.CLIP]) for m in months]
    weeks = []
    keys = [group.key for group in request.groups]
    owed = owed_spans(request.period_start, request.period_end, request.week_rule, request.quotas)
    for quota, found in owed:
        if quota.per is not Per.WEEK:
            continue
        for result in judge(found, planned_reach(entries, quota.kind), keys):
            held = (e for e in entries if result.span.start <= e.at.date() <= result.span.end)
            weeks.append((result, tuple(held)))
    return Preview(entries, counted, weeks, kinds[ItemKind.POSTER], kinds[ItemKind.CLIP])


@changes
@needs(Deed.PLAN)
def make(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose, see what the planner proposes, and write exactly that."""
    campaign = campaign_of(visit)
    if campaign is None:
        return no_campaign(request)
    asked = request.POST if request.method == "POST" else request.GET
    usual = MakeForm.usual([name for name, _title in suiting_styles()], campaign.week_rule)
    form = MakeForm(asked if "styles" in asked or "time_1" in asked or request.method == "POST" else usual)
    plan, preview, error = None, None, ""
    if form.is_valid():
        groups = joined_groups(campaign)
        try:
            plan = draft_plan(campaign, form.wishes(), groups)
            preview = preview_of(plan_request(campaign, form.wishes(), groups), plan.entries)
            if request.method == "POST":
                return _make(request, visit, campaign, form, preview)
        except DomainError as refusal:
            error = said(refusal)
    context = {
        **_planner(campaign, form, preview, error),
        "warnings": plan.warnings if plan else (),
        "reuses": _reuses(plan, joined_groups(campaign)) if plan else [],
        "present": campaign.entries.filter(withdrawn_at__isnull=True).count(),
        "changed": campaign.plan_changes.exclude(kind__in=["made", "announced"]).count(),
        "begun": _begun(campaign),
    }
    return render(request, "saisaat/plan/make.html", context, status=422 if request.method == "POST" else 200)


def _make(request: HttpRequest, visit: Visit, campaign: Campaign, form: MakeForm, preview: Preview) -> HttpResponse:
    if request.POST.get("seen") != preview.seen:
        raise NotNow("แผนที่จัดได้ตอนนี้ต่างจากที่ท่านเห็น จึงยังไม่ได้บันทึก โปรดดูแผนด้านล่างแล้วยืนยันอีกครั้ง")
    if campaign.entries.exists() and not form.cleaned_data["replace"]:
        raise Invalid("มีแผนอยู่แล้ว จึงยังไม่ได้แทนที่ โปรดทำเครื่องหมายว่าเข้าใจแล้วจึงยืนยัน")
    wishes = form.wishes()
    made = make_plan(campaign=campaign, styles=wishes.styles, wishes=wishes, by=visit.actor, now=clock.now())
    messages.success(request, _("จัดแผนแล้ว %(count)s รายการ") % {"count": len(made.entries)})
    return to_day(made.entries[0].at)


def _begun(campaign: Campaign) -> bool:
    return campaign.entries.exclude(deliveries__state=State.PLANNED).filter(deliveries__isnull=False).exists()


def _reuses(plan: Plan, groups: Sequence[Group]) -> dict[str, Any]:
    """The topics a group sees again, the first ones in full."""
    names = {str(group.pk): group.name for group in groups}
    entries = {entry.no: entry for entry in plan.entries}
    rows = [(entries[reuse.entry_no], names[reuse.group_key], reuse.note) for reuse in plan.reuses]
    return {"rows": rows[:MOST_SHOWN], "more": max(0, len(rows) - MOST_SHOWN), "count": len(rows)}


def _planner(campaign: Campaign, form: WishesForm, preview: Preview | None, error: str) -> dict[str, Any]:
    """What the pages of the planner share. `rhythm`: when the groups talk, where that is known."""
    return {
        "campaign": campaign,
        "form": form,
        "preview": preview,
        "error": error,
        "rhythm": plan_pages.busiest_hours(campaign, clock.now()),
        "another": _another(form) if form.is_valid() else "",
    }


def _another(form: WishesForm) -> str:
    """The same choices with another seed, as a query."""
    told = form.cleaned_data
    times = [(f"time_{n}", f"{at:%H:%M}") for n in (1, 2, 3) if (at := told[f"time_{n}"])]
    chosen = [("styles", style) for style in told["styles"]] + [("weekdays", str(day)) for day in told["weekdays"]]
    rule = [("week_rule", told["week_rule"])] if told.get("week_rule") else []
    return urlencode([*chosen, *times, *rule, ("seed", str((told["seed"] or 0) + 1))])


@changes
@needs(Deed.PLAN)
def fill(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let the planner add what the quotas lack, and nothing else."""
    campaign = campaign_of(visit)
    if campaign is None:
        return no_campaign(request)
    now = clock.now()
    asked = request.POST if request.method == "POST" else request.GET
    usual = WishesForm.usual([name for name, _title in suiting_styles()], campaign.week_rule)
    form = WishesForm(asked if "styles" in asked or "time_1" in asked or request.method == "POST" else usual)
    filling, preview, error = None, None, ""
    if form.is_valid():
        try:
            filling = draft_filling(campaign, form.wishes(), now)
            preview = preview_of(season_plan(campaign).request, filling.entries)
            if request.method == "POST":
                return _fill(request, visit, campaign, form, preview)
        except DomainError as refusal:
            error = said(refusal)
    context = {
        **_planner(campaign, form, preview, error),
        "short": filling.short if filling else (),
        "shown": filling.entries[:MOST_SHOWN] if filling else (),
        "more": max(0, len(filling.entries) - MOST_SHOWN) if filling else 0,
        "groups": {str(group.pk): group for group in joined_groups(campaign)},
    }
    return render(request, "saisaat/plan/fill.html", context, status=422 if request.method == "POST" else 200)


def _fill(request: HttpRequest, visit: Visit, campaign: Campaign, form: WishesForm, preview: Preview) -> HttpResponse:
    if request.POST.get("seen") != preview.seen:
        raise NotNow("สิ่งที่จะเติมตอนนี้ต่างจากที่ท่านเห็น จึงยังไม่ได้บันทึก โปรดดูรายการด้านล่างแล้วยืนยันอีกครั้ง")
    filled: Filling = fill_rest(campaign=campaign, wishes=form.wishes(), by=visit.actor, now=clock.now())
    messages.success(request, _("เติมแผนแล้ว %(count)s รายการ") % {"count": len(filled.entries)})
    return to_day(filled.entries[0].at)


@require_safe
@needs(Deed.SEE)
def announce(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where telling the groups of the plan stands, and the message as they will see it."""
    campaign = campaign_of(visit)
    if campaign is None:
        return no_campaign(request)
    return _announce_page(request, visit, campaign)


def _announce_page(
    request: HttpRequest, visit: Visit, campaign: Campaign, error: str = "", form: AnnounceForm | None = None
) -> HttpResponse:
    plan = season_plan(campaign)
    told = plan_pages.announcement(plan)
    channel = channel_of(visit.province)
    look = line_look(told.item.canonical, channel.name if channel else campaign.office_name) if told.item else None
    context = {
        **tabs(plan, visit, "announce"),
        "told": told,
        "look": look,
        "error": error,
        "may_compose": visit.may(Deed.COMPOSE),
        "form": form or AnnounceForm(initial={"date": next_working_day(plan), "time": "09:00"}),
    }
    failed = bool(error) or bool(form and form.errors)
    return render(request, "saisaat/plan/announce.html", context, status=422 if failed else 200)


def next_working_day(plan: SeasonPlan) -> date:
    """The next working day after today: a good day to be told something."""
    day = local_day(clock.now()) + timedelta(days=1)
    while day.weekday() > 4 or day in plan.holidays:
        day += timedelta(days=1)
    return day


@require_POST
@needs(Deed.COMPOSE)
def announce_write(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Write the announcement from the plan as it stands now."""
    campaign = wanted_campaign(visit)
    try:
        write_announcement(campaign=campaign, author=visit.person, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        return _announce_page(request, visit, campaign, said(refusal))
    messages.success(request, _("เขียนประกาศจากแผนปัจจุบันแล้ว โปรดดูแล้วส่งตรวจ"))
    return redirect("plan-announce")


@require_POST
@needs(Deed.COMPOSE)
def announce_submit(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send the announcement to be reviewed."""
    campaign = wanted_campaign(visit)
    told = plan_pages.announcement(season_plan(campaign))
    try:
        if told.item is None or told.item.sha256 != request.POST.get("sha256"):
            raise NotNow("ประกาศถูกเขียนใหม่หลังจากที่ท่านเปิดดู จึงยังไม่ได้ส่งตรวจ โปรดดูฉบับล่าสุดแล้วส่งอีกครั้ง")
        submit(item=told.item, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        return _announce_page(request, visit, campaign, said(refusal))
    messages.success(request, _("ส่งประกาศให้ผู้ตรวจแล้ว"))
    return redirect("plan-announce")


@require_POST
@needs(Deed.PLAN)
def announce_anew(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Put one more announcement into the plan and write it."""
    campaign = wanted_campaign(visit)
    form = AnnounceForm(request.POST)
    if not form.is_valid():
        return _announce_page(request, visit, campaign, form=form)
    try:
        announce_again(campaign=campaign, at=form.at(), author=visit.person, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        return _announce_page(request, visit, campaign, said(refusal), form)
    messages.success(request, _("เพิ่มประกาศครั้งใหม่ในแผนแล้ว โปรดดูแล้วส่งตรวจ"))
    return redirect("plan-announce")
