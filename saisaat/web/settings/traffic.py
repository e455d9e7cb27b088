"""The office's own decision about traffic logs, which stand against the promise of the pages without names."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from saisaat.actions import configure
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.records import clock
from saisaat.records.models import TrafficLogDecision
from saisaat.web.access import Visit, needs
from saisaat.web.settings.words import TRAFFIC_LOGS
from saisaat.web.words import said


class TrafficForm(forms.Form):
    """What was decided, and by whose word."""

    choice = forms.ChoiceField(
        label=gettext_lazy("สำนักงานตัดสินใจว่า"), choices=list(TRAFFIC_LOGS.items()), widget=forms.RadioSelect
    )
    grounds = forms.CharField(
        label=gettext_lazy("ตามคำสั่งหรือคำปรึกษาของใคร"),
        max_length=300,
        help_text=gettext_lazy("เช่น เลขหนังสือ หรือนิติกรที่ให้ความเห็น"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CHANGE_SETTINGS)
def traffic(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The question, what it means, and the answer so far."""
    known = TrafficLogDecision.of(visit.province).select_related("by").first()
    initial = {"choice": known.choice, "grounds": known.grounds} if known else None
    form = TrafficForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            configure.decide_traffic_logs(
                province=visit.account.province,
                **form.cleaned_data,
                person=visit.person,
                by=visit.actor,
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("บันทึกการตัดสินใจเรื่องข้อมูลจราจรแล้ว"))
            return redirect("settings-traffic")
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/settings/traffic.html", {"form": form, "known": known}, status=status)
