"""One person: what they are, what they were, and what changed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions import enrol
from saisaat.domain.cadence import local_day
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.queries import accounts, line_links, people
from saisaat.records import clock
from saisaat.records.models import Person
from saisaat.web.access import Visit, needs
from saisaat.web.people.doors import offices_to_fill, the_person
from saisaat.web.people.forms import CorrectForm, LeaveForm, PostForm
from saisaat.web.words import said


@require_safe
@needs(Deed.SEE_PEOPLE, somewhere=True)
def person(request: HttpRequest, visit: Visit, person_id: str) -> HttpResponse:
    return _page(request, visit, the_person(visit, person_id))


@require_POST
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def correct(request: HttpRequest, visit: Visit, person_id: str) -> HttpResponse:
    """The name or the day of joining was wrong."""
    one = the_person(visit, person_id)
    form = CorrectForm(request.POST, person=one, prefix="correct")

    def act() -> None:
        told = form.cleaned_data
        enrol.correct(
            person=one, name=told.get("name", ""), joined_on=told["joined_on"], by=visit.actor, now=clock.now()
        )

    return _acted(request, visit, one, {"correct": form}, act, _("แก้ข้อมูลแล้ว"))


@require_POST
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def post(request: HttpRequest, visit: Visit, person_id: str) -> HttpResponse:
    """Another post, another office, or back at work."""
    one = the_person(visit, person_id)
    form = PostForm(request.POST, offices=offices_to_fill(visit), prefix="post")
    verb = enrol.repost if one.left_on is None else enrol.come_back

    def act() -> None:
        verb(
            person=one,
            office=form.chosen_office,
            post=form.post,
            on=form.cleaned_data["on"],
            by=visit.actor,
            now=clock.now(),
        )

    return _acted(request, visit, one, {"post": form}, act, _("บันทึกตำแหน่งใหม่แล้ว ตำแหน่งเดิมอยู่ในประวัติ"))


@require_POST
@needs(Deed.MANAGE_PEOPLE, somewhere=True)
def leave(request: HttpRequest, visit: Visit, person_id: str) -> HttpResponse:
    one = the_person(visit, person_id)
    form = LeaveForm(request.POST, prefix="leave")

    def act() -> None:
        told = form.cleaned_data
        enrol.leave(person=one, how=told["how"], on=told["on"], reason=told["reason"], by=visit.actor, now=clock.now())

    return _acted(request, visit, one, {"leave": form}, act, _("บันทึกการออกแล้ว ประวัติยังอยู่ครบ"))


def _acted(
    request: HttpRequest, visit: Visit, one: Person, form: dict[str, forms.Form], act: Callable[[], None], done: str
) -> HttpResponse:
    """Do it and come back to the person; what was refused is shown with what was typed."""
    typed = next(iter(form.values()))
    if typed.is_valid():
        try:
            act()
        except DomainError as error:
            typed.add_error(None, said(error))
        else:
            messages.success(request, done)
            return redirect("person", one.pk)
    return _page(request, visit, the_person(visit, str(one.pk)), form)


def _page(request: HttpRequest, visit: Visit, one: Person, typed: dict[str, forms.Form] | None = None) -> HttpResponse:
    may_manage = visit.may(Deed.MANAGE_PEOPLE, str(one.office_id))
    context: dict[str, Any] = {
        "person": one,
        "erased": not one.known_name,
        "history": people.history(one),
        "may_manage": may_manage,
        "may_grant": visit.may(Deed.MANAGE_ACCESS, str(one.office_id)),
        "account": accounts.account_of(one),
        "line": line_links.identity_of(one) if may_manage else None,
    }
    if may_manage:
        context |= _forms(visit, one) | (typed or {})
    return render(request, "saisaat/people/person.html", context, status=422 if typed else 200)


def _forms(visit: Visit, one: Person) -> dict[str, forms.Form]:
    today = local_day(clock.now())
    held = {
        "office": one.office_id,
        "position": one.position,
        "level": one.level,
        "staff_type": one.staff_type,
        "on": today,
    }
    return {
        "correct": CorrectForm(person=one, prefix="correct"),
        "post": PostForm(offices=offices_to_fill(visit), prefix="post", initial=held),
        "leave": LeaveForm(prefix="leave", initial={"on": today}),
    }
