"""The offices: list, add, rename, merge."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions import arrange_offices
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.queries import people
from saisaat.records import clock
from saisaat.records.models import Office
from saisaat.web.access import Visit, needs
from saisaat.web.people.doors import the_office
from saisaat.web.people.forms import MergeForm, OfficeForm
from saisaat.web.words import said

PAGE_SIZE = 40


@require_safe
@needs(Deed.SEE_PEOPLE, somewhere=True)
def offices(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _list(request, visit, OfficeForm())


@require_POST
@needs(Deed.MANAGE_PEOPLE)
def add(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = OfficeForm(request.POST)

    def act() -> None:
        told = form.cleaned_data
        arrange_offices.add(
            province=visit.province, kind=told["kind"], name=told["name"], by=visit.actor, now=clock.now()
        )

    if _done(form, act):
        messages.success(request, _("เพิ่มสำนักงานแล้ว"))
        return redirect("people-offices")
    return _list(request, visit, form)


@require_safe
@needs(Deed.SEE_PEOPLE, somewhere=True)
def office(request: HttpRequest, visit: Visit, office_id: str) -> HttpResponse:
    return _one(request, visit, the_office(visit, office_id))


@require_POST
@needs(Deed.MANAGE_PEOPLE)
def rename(request: HttpRequest, visit: Visit, office_id: str) -> HttpResponse:
    found = the_office(visit, office_id)
    form = OfficeForm(request.POST, prefix="rename")

    def act() -> None:
        told = form.cleaned_data
        arrange_offices.rename(office=found, kind=told["kind"], name=told["name"], by=visit.actor, now=clock.now())

    if _done(form, act):
        messages.success(request, _("แก้ชื่อสำนักงานแล้ว"))
        return redirect("people-office", found.pk)
    return _one(request, visit, found, renaming=form)


@require_POST
@needs(Deed.MANAGE_PEOPLE)
def merge(request: HttpRequest, visit: Visit, office_id: str) -> HttpResponse:
    found = the_office(visit, office_id)
    others = _others(visit, found)
    form = MergeForm(request.POST, offices=others, prefix="merge")
    moved = 0

    def act() -> None:
        nonlocal moved
        into = next(each for each in others if str(each.pk) == form.cleaned_data["into"])
        moved = arrange_offices.merge(office=found, into=into, by=visit.actor, now=clock.now())

    if _done(form, act):
        messages.success(request, _("รวมสำนักงานแล้ว ย้ายบุคคล %(count)s คน") % {"count": moved})
        return redirect("people-office", form.cleaned_data["into"])
    return _one(request, visit, found, merging=form)


def _done(form: forms.Form, act: Callable[[], None]) -> bool:
    """Do what a valid form asks; a refusal is told in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except DomainError as error:
        form.add_error(None, said(error))
        return False
    return True


def _others(visit: Visit, besides: Office) -> list[Office]:
    return [each for each in people.offices(visit.province) if each.pk != besides.pk]


def _list(request: HttpRequest, visit: Visit, form: OfficeForm) -> HttpResponse:
    lines = people.office_lines(visit.province, visit.offices(Deed.SEE_PEOPLE))
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "may_manage": visit.may(Deed.MANAGE_PEOPLE)}
    return render(request, "saisaat/people/offices.html", context, status=422 if form.is_bound else 200)


def _one(
    request: HttpRequest,
    visit: Visit,
    found: Office,
    renaming: OfficeForm | None = None,
    merging: MergeForm | None = None,
) -> HttpResponse:
    context = {
        "office": found,
        "counts": people.counts_of(found),
        "may_manage": visit.may(Deed.MANAGE_PEOPLE),
        "renaming": renaming or OfficeForm(prefix="rename", initial={"name": found.name, "kind": found.kind}),
        "merging": merging or MergeForm(prefix="merge", offices=_others(visit, found)),
    }
    return render(request, "saisaat/people/office.html", context, status=422 if renaming or merging else 200)
