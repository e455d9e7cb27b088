"""What an officer adds to a publication: the readers seen under the message, and its close-out."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from saisaat.actions.close_out import close_now
from saisaat.actions.count_readers import count_readers
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.posters.pictures import clean_picture
from saisaat.records import clock
from saisaat.records.models import Delivery
from saisaat.web.access import Visit, needs
from saisaat.web.words import said

_SMALLEST_EVIDENCE = 200


class ReadersForm(forms.Form):
    """ "อ่านแล้ว N" under the message, as seen on a telephone in the group."""

    readers = forms.IntegerField(label=gettext_lazy("อ่านแล้ว (คน)"), min_value=0, max_value=1_000_000)
    day = forms.DateField(
        label=gettext_lazy("วันที่เห็น"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(
        label=gettext_lazy("เวลาที่เห็น"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    picture = forms.FileField(
        label=gettext_lazy("ภาพหน้าจอ"), required=False, help_text=gettext_lazy("ตำแหน่งและข้อมูลของกล้องถูกลบออกก่อนเก็บ")
    )
    note = forms.CharField(label=gettext_lazy("ถ้าไม่มีภาพ เพราะเหตุใด"), required=False, max_length=300)

    def seen_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], BANGKOK)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.COUNT_READERS)
def readers(request: HttpRequest, visit: Visit, delivery_id: str) -> HttpResponse:
    """Enter what is seen under the message."""
    delivery = _find(visit, delivery_id)
    now = clock.now().astimezone(BANGKOK)
    posted = request.method == "POST"
    form = ReadersForm(
        request.POST if posted else None, request.FILES or None, initial={"day": now.date(), "hour": now.time()}
    )
    if form.is_valid():
        try:
            _keep(visit, delivery, form)
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("บันทึกจำนวนผู้อ่านแล้ว"))
            return redirect("publication", delivery.pk)
    context = {"delivery": delivery, "form": form}
    return render(request, "saisaat/publications/readers.html", context, status=422 if posted else 200)


def _keep(visit: Visit, delivery: Delivery, form: ReadersForm) -> None:
    told = form.cleaned_data
    picture = clean_picture(told["picture"].read(), smallest=_SMALLEST_EVIDENCE) if told["picture"] else b""
    count_readers(
        delivery=delivery,
        readers=told["readers"],
        seen_at=form.seen_at(),
        picture=picture,
        note=told["note"],
        person=visit.person,
        by=visit.actor,
        now=clock.now(),
    )


class CloseForm(forms.Form):
    """Why nothing is known of the readers, where nothing is."""

    reason = forms.CharField(label=gettext_lazy("ถ้าไม่มีตัวเลขผู้เข้าชม เพราะเหตุใด"), required=False, max_length=300)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CLOSE_OUT)
def close(request: HttpRequest, visit: Visit, delivery_id: str) -> HttpResponse:
    """Close the publication out now."""
    delivery = _find(visit, delivery_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            close_now(delivery=delivery, reason=form.cleaned_data["reason"], by=visit.actor, now=clock.now())
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("ปิดงานแล้ว ตัวเลขถูกตรึงไว้ตามที่เป็นอยู่"))
            return redirect("publication", delivery.pk)
    context = {"delivery": delivery, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/publications/close.html", context, status=status)


def _find(visit: Visit, delivery_id: str) -> Delivery:
    delivery = Delivery.of(visit.province).filter(pk=delivery_id).select_related("entry", "group").first()
    if delivery is None:
        raise Http404(_("ไม่พบรายการนี้"))
    return delivery
