"""The account's LIFF app: by it LINE opens our phone pages inside itself and says who reads them."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from saisaat.actions import connect
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.queries import office
from saisaat.records import clock
from saisaat.web.access import Visit, needs
from saisaat.web.words import said


class LiffForm(forms.Form):
    """LINE's own name for the line to copy."""

    liff_id = forms.CharField(
        label=gettext_lazy("LIFF ID"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("เช่น 1234567890-AbCd1234 เว้นว่างแล้วบันทึกเพื่อเลิกใช้ ลิงก์จะเปิดในเบราว์เซอร์ธรรมดา"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CONNECT_CHANNEL)
def liff(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The app's id, and the lines to copy into LINE's console for it."""
    known = office.channel_of(visit.province)
    if known is None:
        raise Http404(_("ยังไม่ได้เชื่อมช่องทาง"))
    form = LiffForm(request.POST or None, initial={"liff_id": known.liff_id})
    if request.method == "POST" and form.is_valid():
        try:
            connect.set_liff(channel=known, liff_id=form.cleaned_data["liff_id"], by=visit.actor, now=clock.now())
        except DomainError as error:
            form.add_error("liff_id", said(error))
        else:
            messages.success(request, _("บันทึกแล้ว สื่อที่ส่งจากนี้จะเปิดตามค่านี้ ลิงก์ที่ส่งไปแล้วยังใช้ได้"))
            return redirect("settings-channel")
    context = {
        "form": form,
        "channel": known,
        "endpoint": f"{settings.BASE_URL}{reverse('liff', args=[known.pk])}",
        "reachable": settings.BASE_URL.startswith("https://"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/settings/liff.html", context, status=status)
