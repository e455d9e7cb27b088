"""The practice room's clock, so that a whole season can be tried in an afternoon. Never offered where LINE is real."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from saisaat.channels import practice
from saisaat.channels.base import ChannelError
from saisaat.channels.transport import HttpTransport
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.roles import Deed
from saisaat.queries import office, pages
from saisaat.records import clock
from saisaat.web.access import Visit, needs

_MORNING = time(8, 30)


class ClockForm(forms.Form):
    """A moment in the practice room's time, in a year that calendars still reckon with."""

    day = forms.DateField(
        label=gettext_lazy("วันที่"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2099, 12, 31))],
    )
    hour = forms.TimeField(label=gettext_lazy("เวลา"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def moment(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], BANGKOK)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CHANGE_SETTINGS)
def set_clock(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Move the clock of the practice room and of the campaign together."""
    channel = office.channel_of(visit.province)
    if not settings.PRACTICE_URL or (channel is not None and not channel.api_base):
        raise Http404(_("นาฬิกาเลื่อนได้เฉพาะในห้องซ้อม"))
    campaign = pages.current_campaign(visit.province)
    now = clock.now().astimezone(BANGKOK)
    initial = {"day": now.date(), "hour": now.time()}
    form = ClockForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            asyncio.run(_tell(form.moment()))
        except ChannelError as error:
            form.add_error(None, _("ห้องซ้อมไม่ตอบ: %(why)s") % {"why": error.detail})
        else:
            clock.move_to(form.moment().astimezone(UTC))
            messages.success(request, _("เลื่อนนาฬิกาของโครงการและห้องซ้อมแล้ว"))
            return redirect("home")
    context = {"form": form, "suggestions": _suggestions(now, campaign.period_start if campaign else None)}
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/settings/clock.html", context, status=status)


def _suggestions(now: datetime, start: date | None) -> list[tuple[str, datetime]]:
    """Moments worth a visit, by name."""
    tomorrow = now.date() + timedelta(days=1)
    found = [
        (_("หนึ่งชั่วโมงข้างหน้า"), now + timedelta(hours=1)),
        (_("พรุ่งนี้เช้า"), datetime.combine(tomorrow, _MORNING, BANGKOK)),
        (_("เวลาจริง"), datetime.now(BANGKOK)),
    ]
    if start is not None:
        before = datetime.combine(start - timedelta(days=2), _MORNING, BANGKOK)
        found.insert(2, (_("สองวันก่อนเริ่มโครงการ"), before))
    return found


async def _tell(moment: datetime) -> None:
    transport = HttpTransport()
    try:
        await practice.set_clock(transport, settings.PRACTICE_URL, moment)
    finally:
        await transport.close()
