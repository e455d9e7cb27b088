"""The working group: who is in it, in which post, with which duties, and the orders that say so."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions.appoint import Appointment, OrderHead, appoint, issue_order
from saisaat.domain.cadence import local_day
from saisaat.domain.campaign import SignatureRole, Status
from saisaat.domain.errors import DomainError, Invalid
from saisaat.domain.roles import Deed
from saisaat.domain.working_group import LONGEST_DUTIES, LONGEST_ROLE, POSTS, duties_of
from saisaat.queries.working_group import WorkingGroup, staff, working_group
from saisaat.records import clock
from saisaat.records.models import Campaign, Person
from saisaat.web.access import Visit, needs
from saisaat.web.campaign.fields import ThaiDateField, WordsField
from saisaat.web.campaign.views import found
from saisaat.web.words import said

_BEFORE = {Status.DRAFT, Status.PROPOSED}


@dataclass(slots=True)
class Place:
    """A row of the form: who, and what was typed of their post and duties."""

    person: Person
    role: str
    duties: str


class OrderForm(forms.Form):
    """What an order says besides its members."""

    number = WordsField(
        label=gettext_lazy("เลขที่คำสั่ง"),
        max_length=40,
        required=True,
        help_text=gettext_lazy("จากทะเบียนคำสั่งของสำนักงาน เช่น 15/2563"),
    )
    dated_on = ThaiDateField(label=gettext_lazy("สั่ง ณ วันที่"), help_text=gettext_lazy("เช่น 1 พฤษภาคม 2563"))
    signer = WordsField(label=gettext_lazy("ชื่อผู้ลงนามในคำสั่ง"), max_length=200)
    signer_position = WordsField(label=gettext_lazy("ตำแหน่ง"), max_length=300)
    acting_for = WordsField(label=gettext_lazy("ปฏิบัติราชการแทน (ถ้ามี)"), max_length=200)


@require_safe
@needs(Deed.SEE)
def page(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """The group as it stands; whoever appoints may change it here."""
    return _page(request, visit, found(visit, campaign_id))


@require_POST
@needs(Deed.APPOINT)
def save(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """Put the group down as typed; or add, take away or move a row of the form, keeping the rest."""
    campaign = found(visit, campaign_id)
    people = _people(visit)
    places = _typed(request, people)
    wish = request.POST.get("do", "save")
    if wish != "save":
        error = _rearranged(request, wish, places, people)
        return _page(request, visit, campaign, places, error)
    try:
        appointments = [Appointment(place.person, place.role, place.duties) for place in places]
        appoint(campaign=campaign, appointments=appointments, by=visit.actor, now=clock.now())
    except DomainError as error:
        return _page(request, visit, campaign, places, said(error))
    messages.success(request, _("บันทึกคณะทำงานแล้ว"))
    return redirect("campaign-group", campaign.pk)


@require_POST
@needs(Deed.APPOINT)
def order(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """Issue the order of the group as it stands."""
    campaign = found(visit, campaign_id)
    form = OrderForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid("ยังไม่ได้ออกคำสั่ง คณะทำงานยังอยู่ครบ โปรดแก้ช่องที่มีข้อความเตือน")
        head = OrderHead(**form.cleaned_data)
        issue_order(campaign=campaign, head=head, person=visit.person, by=visit.actor, now=clock.now())
    except DomainError as error:
        return _page(request, visit, campaign, order_form=form, error=said(error))
    messages.success(request, _("ออกคำสั่งแล้ว ดาวน์โหลดได้ด้านล่าง"))
    return redirect("campaign-group", campaign.pk)


def _people(visit: Visit) -> list[Person]:
    return staff(visit.province, local_day(clock.now()))


def _typed(request: HttpRequest, people: list[Person]) -> list[Place]:
    """The rows as sent, in their order. People of another province are not seen."""
    by_id = {person.pk: person for person in people}
    numbers = sorted({int(hit[1]) for key in request.POST if (hit := re.fullmatch(r"place-(\d{1,3})-person", key))})
    places = []
    for number in numbers:
        person = by_id.get(request.POST.get(f"place-{number}-person", ""))
        if person is not None:
            role = request.POST.get(f"place-{number}-role", "")[:LONGEST_ROLE]
            duties = request.POST.get(f"place-{number}-duties", "").replace("\r\n", "\n")[:LONGEST_DUTIES]
            places.append(Place(person, role, duties))
    return places


def _rearranged(request: HttpRequest, wish: str, places: list[Place], people: list[Person]) -> str:
    """Do to the rows what a button asks ("add", "remove:2", "up:2"); what hinders it, in words."""
    verb, _colon, number = wish.partition(":")
    at = int(number) if number.isdecimal() and int(number) < len(places) else -1
    if verb == "remove" and at >= 0:
        del places[at]
    elif verb == "up" and at > 0:
        places[at - 1], places[at] = places[at], places[at - 1]
    elif verb == "add":
        person = next((each for each in people if each.pk == request.POST.get("new_person")), None)
        if person is None:
            return _("ยังไม่ได้เลือกคนที่จะเพิ่ม รายชื่อยังอยู่ครบ")
        if any(place.person.pk == person.pk for place in places):
            return _("คนนี้อยู่ในรายชื่อแล้ว")
        role = request.POST.get("new_role", "").strip()[:LONGEST_ROLE] or POSTS[0].title
        places.append(Place(person, role, duties_of(role)))
    return ""


def _page(
    request: HttpRequest,
    visit: Visit,
    campaign: Campaign,
    places: list[Place] | None = None,
    error: str = "",
    order_form: OrderForm | None = None,
) -> HttpResponse:
    group = working_group(campaign)
    shown = places if places is not None else [Place(row.person, row.role, row.duties) for row in group.members]
    may_edit = visit.may(Deed.APPOINT) and campaign.status not in {*_BEFORE, Status.ENDED}
    taken = {place.person.pk for place in shown}
    context = {
        "campaign": campaign,
        "group": group,
        "places": shown,
        "unsaved": places is not None,
        "too_early": campaign.status in _BEFORE,
        "may_edit": may_edit,
        "people": [person for person in _people(visit) if person.pk not in taken] if may_edit else [],
        "posts": POSTS,
        "next_post": _next_post(shown),
        "order_form": order_form or OrderForm(initial=_signer_of(campaign, group)),
        "error": error,
    }
    return render(request, "saisaat/campaign/group.html", context, status=422 if error else 200)


def _next_post(places: list[Place]) -> str:
    """A likely post for the next person: the first that nobody holds, of those an order usually has."""
    held = {place.role for place in places}
    return next((post.title for post in POSTS if post.title not in held), POSTS[5].title)


def _signer_of(campaign: Campaign, group: WorkingGroup) -> dict[str, Any]:
    """Who is likely to sign the order: who signed the last one, else the endorser whom the document names."""
    today = local_day(clock.now())
    if group.last is not None:
        told = group.last.told
        return {"dated_on": today} | {name: told.get(name) for name in ("signer", "signer_position", "acting_for")}
    for row in campaign.content.get("signatures") or []:
        if row["role"] == SignatureRole.ENDORSER:
            return {"dated_on": today, "signer": row.get("name"), "signer_position": row.get("position")}
    return {"dated_on": today}
