"""The groups the account is in, what each is for, and out of how many its figures are told."""

import asyncio

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions import configure, connect
from saisaat.channels.base import ChannelError
from saisaat.domain.denominators import LARGEST, Basis
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.domain.topics import Audience
from saisaat.queries import office
from saisaat.records import clock
from saisaat.records.models import Group
from saisaat.web.access import Visit, needs
from saisaat.web.settings.words import AUDIENCES, BASES
from saisaat.web.words import said


class GroupForm(forms.Form):
    """One group."""

    name = forms.CharField(label=gettext_lazy("ชื่อที่สำนักงานเรียก"), max_length=200)
    used = forms.BooleanField(label=gettext_lazy("ใช้เผยแพร่ของโครงการ"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("ผู้อ่านในกลุ่ม"), choices=list(AUDIENCES.items()))
    basis = forms.ChoiceField(
        label=gettext_lazy("ตัวหารของกลุ่มนี้"),
        choices=list(BASES.items()),
        help_text=gettext_lazy("ร้อยละของผู้อ่านและผู้รับทราบคิดจากจำนวนนี้"),
    )
    number = forms.IntegerField(label=gettext_lazy("จำนวนคงที่"), required=False, min_value=1, max_value=LARGEST)
    source = forms.CharField(label=gettext_lazy("จำนวนนี้มาจากเอกสารใด"), required=False, max_length=300)


@require_safe
@needs(Deed.CHANGE_SETTINGS)
def groups(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every group seen, those without a purpose first."""
    return _list(request, visit)


@require_POST
@needs(Deed.CHANGE_SETTINGS)
def read(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask LINE for the names and head counts of the groups."""
    found = [one.group for one in office.group_settings(visit.province) if one.group.left_at is None]
    try:
        counts = asyncio.run(_ask(found))
    except ChannelError as error:
        return _list(request, visit, _("LINE ไม่ตอบ: %(why)s ตัวเลขเดิมยังอยู่") % {"why": error.detail})
    for group, count, name in counts:
        connect.read_members(group=group, count=count, now=clock.now())
        if not group.used and name:
            configure.assign_group(
                group=group, name=name, audience=Audience(group.audience), used=False, by=visit.actor, now=clock.now()
            )
    messages.success(request, _("อ่านชื่อและจำนวนสมาชิกจาก LINE แล้ว"))
    return redirect("settings-groups")


async def _ask(found: list[Group]) -> list[tuple[Group, int, str]]:
    answers = []
    ports = {group.channel_id: connect.open_channel(group.channel) for group in found}
    try:
        for group in found:
            port = ports[group.channel_id]
            count, name = await port.member_count(group.channel_group), await port.group_name(group.channel_group)
            answers.append((group, count, name))
    finally:
        for port in ports.values():
            await port.close()
    return answers


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CHANGE_SETTINGS)
def group(request: HttpRequest, visit: Visit, group_id: str) -> HttpResponse:
    """What one group is for."""
    one = next((one for one in office.group_settings(visit.province) if one.group.pk == group_id), None)
    if one is None:
        raise Http404(_("ไม่พบกลุ่มนี้"))
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        initial={
            "name": one.group.name,
            "used": one.group.used,
            "audience": one.group.audience,
            "basis": one.out_of.basis,
            "number": one.out_of.number if one.out_of.basis is Basis.FIXED else None,
            "source": one.out_of.source,
        },
    )
    if form.is_valid():
        try:
            _save(visit, one.group, form)
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("บันทึกกลุ่ม “%(name)s” แล้ว") % {"name": form.cleaned_data["name"]})
            return redirect("settings-groups")
    context = {"one": one, "form": form}
    return render(request, "saisaat/settings/group.html", context, status=422 if request.method == "POST" else 200)


def _save(visit: Visit, group: Group, form: GroupForm) -> None:
    told, by, now = form.cleaned_data, visit.actor, clock.now()
    configure.set_denominator(
        group=group, basis=Basis(told["basis"]), number=told["number"], source=told["source"], by=by, now=now
    )
    configure.assign_group(
        group=group, name=told["name"], audience=Audience(told["audience"]), used=told["used"], by=by, now=now
    )


def _list(request: HttpRequest, visit: Visit, error: str = "") -> HttpResponse:
    found = sorted(office.group_settings(visit.province), key=lambda one: (one.group.used, one.group.position))
    context = {"groups": found, "channel": office.channel_of(visit.province), "error": error}
    return render(request, "saisaat/settings/groups.html", context, status=422 if error else 200)
