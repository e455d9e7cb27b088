"""Changing the plan by hand: add, move, swap, edit, withdraw an entry; excuse a week and take that back."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saisaat.actions.plan import excuse_week, next_no, unexcuse_week
from saisaat.actions.replan import (
    Edit,
    NewEntry,
    add_entry,
    check_movable_to,
    check_new,
    check_swappable,
    edit_entry,
    move_entry,
    swap_entries,
)
from saisaat.actions.schedule import withdraw as withdraw_entry
from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK, local_day
from saisaat.domain.errors import DomainError
from saisaat.domain.plan_changes import LatePolicy
from saisaat.domain.plan_moves import withdraw_cautions
from saisaat.domain.plan_notices import Notice
from saisaat.domain.roles import Deed
from saisaat.queries import plan_pages
from saisaat.queries.plan import SeasonPlan, Slot, first_day, joined_groups, season_plan
from saisaat.records import clock
from saisaat.records.models import Topic
from saisaat.web.access import Visit, needs
from saisaat.web.asking import read
from saisaat.web.plan.common import (
    Verdict,
    find_slot,
    part_or_page,
    to_day,
    wanted_campaign,
    weigh,
)
from saisaat.web.plan.forms import AddForm, EditForm, MoveForm, ReasonForm, SwapForm
from saisaat.web.plan.views import week_page
from saisaat.web.templatetags.saisaat import clock as hour
from saisaat.web.templatetags.saisaat import short_day
from saisaat.web.words import KINDS, said

changes = require_http_methods(["GET", "HEAD", "POST"])
_MOVE = {"form": "saisaat/plan/_move.html", "verdict": "saisaat/plan/_verdict.html"}
_SWAP = {"verdict": "saisaat/plan/_verdict.html"}
_ADD = {"verdict": "saisaat/plan/_verdict.html"}


@changes
@needs(Deed.PLAN)
def move(request: HttpRequest, visit: Visit, entry_id: str) -> HttpResponse:
    """Give an entry another day or hour; what speaks against it is shown before it is done."""
    plan, slot = find_slot(visit, entry_id)
    now = clock.now()
    form, verdict = MoveForm(initial={"date": slot.local.date(), "time": slot.local.time()}), Verdict()
    asked = request.POST if request.method == "POST" else request.GET
    if "date" in asked:
        form = MoveForm(asked)
        if form.is_valid():
            at = form.at()
            verdict = weigh(lambda: check_movable_to(plan, slot, at, now), plan, [(slot.planned, at)])
    if request.method == "POST" and form.is_valid() and verdict.agreed(form.cleaned_data["seen"]):
        try:
            reason = form.cleaned_data["reason"]
            move_entry(entry=slot.entry, at=form.at(), reason=reason, by=visit.actor, now=now)
        except DomainError as error:
            verdict = Verdict(form.at(), said(error))
        else:
            messages.success(request, _("ย้ายรายการที่ %(no)s แล้ว") % {"no": slot.entry.no})
            return to_day(form.at())
    return _asked(request, "saisaat/plan/move.html", _MOVE, slot, form, verdict)


@changes
@needs(Deed.PLAN)
def swap(request: HttpRequest, visit: Visit, entry_id: str) -> HttpResponse:
    """Let two entries exchange their times."""
    plan, slot = find_slot(visit, entry_id)
    now = clock.now()
    others = plan_pages.swappable(plan, slot, now)
    choices = [(other.entry.pk, _named(other)) for other in others]
    form, verdict, other = SwapForm(choices), Verdict(), slot
    asked = request.POST if request.method == "POST" else request.GET
    if "other" in asked:
        form = SwapForm(choices, asked)
        if form.is_valid():
            other = next(one for one in others if one.entry.pk == form.cleaned_data["other"])
            pairs = [(slot.planned, other.local), (other.planned, slot.local)]
            verdict = weigh(lambda: check_swappable(plan, slot, other, now), plan, pairs)
    if request.method == "POST" and form.is_valid() and verdict.agreed(form.cleaned_data["seen"]):
        try:
            reason = form.cleaned_data["reason"]
            swap_entries(entry=slot.entry, other=other.entry, reason=reason, by=visit.actor, now=now)
        except DomainError as error:
            verdict = Verdict(other.local, said(error))
        else:
            both = {"no": slot.entry.no, "other": other.entry.no}
            messages.success(request, _("สลับเวลารายการที่ %(no)s กับ %(other)s แล้ว") % both)
            return to_day(other.local)
    return _asked(request, "saisaat/plan/swap.html", _SWAP, slot, form, verdict)


def _named(slot: Slot) -> str:
    at = f"{short_day(slot.local)} {hour(slot.local)}"
    return f"{slot.entry.no} · {at} · {KINDS[ItemKind(slot.entry.kind)]} · {slot.title[:80]}"


def _asked(
    request: HttpRequest, page: str, parts: dict[str, str], slot: Slot, form: Any, verdict: Verdict
) -> HttpResponse:
    """The form again, or a part of it, with the verdict."""
    context = {"slot": slot, "entry": slot.entry, "form": form, "verdict": verdict, "told": bool(verdict.at)}
    response = part_or_page(request, page, parts, context)
    if request.method == "POST":
        response.status_code = 422
    return response


@changes
@needs(Deed.PLAN)
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Put one more entry into the plan."""
    campaign = wanted_campaign(visit)
    plan = season_plan(campaign)
    now = clock.now()
    asked = request.POST if request.method == "POST" else request.GET
    form, verdict = _add_form(plan, visit, asked if "kind" in asked else None, request, now), Verdict()
    if "kind" in asked and form.is_valid():
        new = _new_entry(plan, form)
        planned = new.planned(next_no(campaign))
        verdict = weigh(lambda: check_new(new, plan, now), plan, [(planned, new.at)])
        if request.method == "POST" and verdict.agreed(form.cleaned_data["seen"]):
            try:
                reason = form.cleaned_data["reason"]
                made = add_entry(campaign=campaign, new=new, reason=reason, by=visit.actor, now=now)
            except DomainError as error:
                verdict = Verdict(new.at, said(error))
            else:
                messages.success(request, _("เพิ่มรายการที่ %(no)s แล้ว") % {"no": made.no})
                return to_day(new.at)
    context = {"plan": plan, "form": form, "verdict": verdict, "told": bool(verdict.at)}
    response = part_or_page(request, "saisaat/plan/add.html", _ADD, context)
    if request.method == "POST":
        response.status_code = 422
    return response


def _add_form(plan: SeasonPlan, visit: Visit, asked: Any, request: HttpRequest, now: Any) -> AddForm:
    groups = joined_groups(plan.campaign)
    start = read(date.fromisoformat, request.GET.get("day", "")) or first_day(plan, now)
    return AddForm(
        Topic.of(visit.province).filter(publishable=True).only("code", "topic", "headline"),
        plan_pages.usable_items(plan.campaign),
        plan_pages.owners(plan.campaign),
        groups,
        asked,
        initial={
            "kind": ItemKind.POSTER,
            "date": start,
            "time": "09:30",
            "groups": [str(group.pk) for group in groups],
            "style": "aurora",
        },
    )


def _new_entry(plan: SeasonPlan, form: AddForm) -> NewEntry:
    told, campaign = form.cleaned_data, plan.campaign
    topic = Topic.of(campaign.province_id).filter(code=told["topic"]).first() if told["topic"] else None
    items = {item.pk: item for item in plan_pages.usable_items(campaign)} if told["item"] else {}
    people = {person.pk: person for person in plan_pages.owners(campaign)} if told["owner"] else {}
    groups = [group for group in joined_groups(campaign) if str(group.pk) in told["groups"]]
    return NewEntry(
        kind=ItemKind(told["kind"]),
        at=form.at(),
        groups=tuple(groups),
        title=told["title"],
        topic=topic,
        style=told["style"] if topic else "",
        item=items.get(told["item"]),
        owner=people.get(told["owner"]),
    )


@changes
@needs(Deed.PLAN)
def edit(request: HttpRequest, visit: Visit, entry_id: str) -> HttpResponse:
    """An entry's name, whose it is, how late it may go."""
    plan, slot = find_slot(visit, entry_id)
    row, people = slot.entry, plan_pages.owners(plan.campaign)
    if row.owner and row.owner not in people:
        people = [*people, row.owner]
    deadline = row.deadline.astimezone(BANGKOK)
    initial = {
        "title": row.title,
        "owner": row.owner_id,
        "policy": row.late_policy,
        "hours": row.late_hours,
        "date": deadline.date(),
        "time": deadline.time(),
    }
    form, error = EditForm(people, request.POST or None, initial=initial), ""
    if request.method == "POST" and form.is_valid():
        try:
            told = form.cleaned_data
            owner = next((person for person in people if person.pk == told["owner"]), None)
            wanted = Edit(told["title"], owner, LatePolicy(told["policy"]), told["hours"], form.deadline())
            edit_entry(entry=row, edit=wanted, reason=told["reason"], by=visit.actor, now=clock.now())
        except DomainError as refusal:
            error = said(refusal)
        else:
            messages.success(request, _("บันทึกรายการที่ %(no)s แล้ว") % {"no": row.no})
            return redirect("plan-entry", row.pk)
    return _form_page(request, "saisaat/plan/edit.html", slot, form, error)


@changes
@needs(Deed.PLAN)
def withdraw(request: HttpRequest, visit: Visit, entry_id: str) -> HttpResponse:
    """Take an entry out of the plan, with the reason."""
    plan, slot = find_slot(visit, entry_id)
    losses = withdraw_cautions(slot.planned, plan.others(slot.entry.no), plan.request, list(plan.excused))
    form, error = ReasonForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_entry(entry=slot.entry, reason=form.cleaned_data["reason"], by=visit.actor, now=clock.now())
        except DomainError as refusal:
            error = said(refusal)
        else:
            messages.success(request, _("ถอนรายการที่ %(no)s ออกจากแผนแล้ว") % {"no": slot.entry.no})
            return to_day(slot.local)
    return _form_page(request, "saisaat/plan/withdraw.html", slot, form, error, losses)


def _form_page(
    request: HttpRequest, page: str, slot: Slot, form: Any, error: str, notices: Sequence[Notice] = ()
) -> HttpResponse:
    context = {"slot": slot, "entry": slot.entry, "form": form, "error": error, "notices": notices}
    return render(request, page, context, status=422 if request.method == "POST" else 200)


@require_POST
@needs(Deed.EXCUSE_WEEK)
def excuse(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say why a week's quota is not asked for."""
    campaign, monday = wanted_campaign(visit), _monday(request)
    form, error = ReasonForm(request.POST), ""
    if form.is_valid():
        try:
            excuse_week(
                campaign=campaign,
                day=monday,
                reason=form.cleaned_data["reason"],
                person=visit.person,
                by=visit.actor,
                now=clock.now(),
            )
        except DomainError as refusal:
            error = said(refusal)
        else:
            messages.success(request, _("บันทึกเหตุยกเว้นสัปดาห์นี้แล้ว"))
            return redirect(f"{reverse('plan-week')}?monday={monday:%Y-%m-%d}")
    return week_page(request, visit, campaign, monday, form, error)


@require_POST
@needs(Deed.EXCUSE_WEEK)
def unexcuse(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for the week's quota again."""
    campaign, monday = wanted_campaign(visit), _monday(request)
    try:
        unexcuse_week(campaign=campaign, monday=monday, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        return week_page(request, visit, campaign, monday, ReasonForm(), said(refusal))
    messages.success(request, _("เลิกยกเว้นสัปดาห์นี้แล้ว โควตากลับมานับตามเดิม"))
    return redirect(f"{reverse('plan-week')}?monday={monday:%Y-%m-%d}")


def _monday(request: HttpRequest) -> date:
    """The week a form is about; this week where it does not say."""
    told = request.POST.get("monday", "")
    day = read(date.fromisoformat, told) if told else local_day(clock.now())
    if day is None:
        raise Http404(_("ไม่พบสัปดาห์นี้"))
    return day - timedelta(days=day.weekday())
