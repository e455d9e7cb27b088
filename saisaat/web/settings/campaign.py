"""The rules of the running campaign that the office may choose."""

from datetime import time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from saisaat.actions import propose
from saisaat.domain.cadence import WeekRule
from saisaat.domain.campaign import CampaignSettings
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.queries import pages
from saisaat.records import clock
from saisaat.web.access import Visit, needs
from saisaat.web.settings.words import WEEK_RULES
from saisaat.web.words import said

_TIME = {"type": "time"}


class RulesForm(forms.Form):
    """Quiet hours, lateness, close-out, the week rule, and whether free quota may be spent."""

    quiet_from = forms.TimeField(label=gettext_lazy("งดส่งตั้งแต่"), widget=forms.TimeInput(attrs=_TIME, format="%H:%M"))
    quiet_to = forms.TimeField(label=gettext_lazy("ถึง"), widget=forms.TimeInput(attrs=_TIME, format="%H:%M"))
    late_hours = forms.IntegerField(
        label=gettext_lazy("ส่งช้าได้ไม่เกิน (ชั่วโมง)"),
        min_value=1,
        max_value=168,
        help_text=gettext_lazy("เลยจากนี้ถือว่าพลาดกำหนด มีผลกับรายการที่จัดแผนใหม่"),
    )
    close_after_days = forms.IntegerField(label=gettext_lazy("ปิดงานหลังส่งกี่วัน"), min_value=1, max_value=60)
    week_rule = forms.ChoiceField(
        label=gettext_lazy("กติกานับสัปดาห์"), choices=list(WEEK_RULES.items()), widget=forms.RadioSelect
    )
    push_allowed = forms.BooleanField(
        label=gettext_lazy("ยอมให้ใช้โควตาฟรีเมื่อไม่มีโอกาสส่งฟรี"),
        required=False,
        help_text=gettext_lazy("ไม่เกินโควตาฟรีของเดือน ระบบไม่ส่งเมื่อไม่แน่ใจว่าฟรี"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CHANGE_SETTINGS)
def campaign(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One form for the campaign's rules."""
    found = pages.current_campaign(visit.province)
    if found is None:
        return render(request, "saisaat/no_campaign.html")
    rules = CampaignSettings.from_json(found.settings)
    form = RulesForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(rules, name) for name in rules.__slots__} | {"week_rule": found.week_rule},
    )
    if form.is_valid():
        told = dict(form.cleaned_data)
        rule = WeekRule(told.pop("week_rule"))
        changes = {name: f"{value:%H:%M}" if isinstance(value, time) else value for name, value in told.items()}
        try:
            propose.change_settings(campaign=found, changes=changes, week_rule=rule, by=visit.actor, now=clock.now())
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("บันทึกกติกาของโครงการแล้ว"))
            return redirect("settings-campaign")
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/settings/campaign.html", {"campaign": found, "form": form}, status=status)
