"""The duty roster (เวรเผยแพร่)."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from saisaat.actions import configure
from saisaat.domain.cadence import local_day
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed, Role
from saisaat.queries import office
from saisaat.records import clock
from saisaat.records.models import DutyTurn, Person
from saisaat.web.access import Visit, needs
from saisaat.web.words import said

PAGE_SIZE = 30
_DATE = {"type": "date"}


class TurnForm(forms.Form):
    """Who, from when to when."""

    person = forms.ChoiceField(label=gettext_lazy("เจ้าหน้าที่เวร"))
    first = forms.DateField(label=gettext_lazy("วันแรก"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    last = forms.DateField(label=gettext_lazy("วันสุดท้าย"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))

    def choose_from(self, people: dict[str, Person]) -> None:
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, person.name) for pk, person in people.items()]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CHANGE_SETTINGS)
def roster(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The turns to come, and a form for the next one."""
    today = local_day(clock.now())
    turns = office.roster(visit.province, today)
    following = turns[-1].last + timedelta(days=1) if turns else today
    people = _duty_people(visit)
    form = TurnForm(
        request.POST if request.method == "POST" else None,
        initial={"first": following, "last": following + timedelta(days=6)},
    )
    form.choose_from(people)
    if form.is_valid():
        told = form.cleaned_data
        try:
            configure.add_turn(
                person=people[told["person"]], first=told["first"], last=told["last"], by=visit.actor, now=clock.now()
            )
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("เพิ่มเวรแล้ว"))
            return redirect("settings-duty")
    context = {
        "page": Paginator(turns, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": form,
        "people": people,
        "today": today,
    }
    return render(request, "saisaat/settings/duty.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@needs(Deed.CHANGE_SETTINGS)
def remove(request: HttpRequest, visit: Visit, turn_id: int) -> HttpResponse:
    turn = DutyTurn.of(visit.province).filter(pk=turn_id).first()
    if turn is None:
        raise Http404(_("ไม่พบเวรนี้"))
    configure.remove_turn(turn=turn, by=visit.actor, now=clock.now())
    messages.success(request, _("ลบเวรแล้ว"))
    return redirect("settings-duty")


def _duty_people(visit: Visit) -> dict[str, Person]:
    """Those who hold the duty role."""
    rows = Person.of(visit.province).filter(account__grants__role=Role.DUTY, account__is_active=True)
    return {person.pk: person for person in rows.select_related("key").order_by("position", "id").distinct()}
