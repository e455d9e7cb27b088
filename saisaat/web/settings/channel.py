"""The office's LINE account: its credentials, kept sealed and never shown again, and whether everything reaches us."""

import asyncio
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from saisaat.actions import connect
from saisaat.channels import practice as practice_room
from saisaat.channels.base import ChannelError
from saisaat.channels.transport import HttpTransport
from saisaat.domain.errors import DomainError
from saisaat.domain.messages import AccountCheck, QuotaReading
from saisaat.domain.roles import Deed
from saisaat.queries import office
from saisaat.records import clock
from saisaat.records.models import Channel
from saisaat.web.access import Visit, needs
from saisaat.web.words import OUTCOMES, said


class ChannelForm(forms.Form):
    """LINE's own names for the two lines to copy."""

    access_token = forms.CharField(
        label=gettext_lazy("Channel access token (ระยะยาว)"),
        help_text=gettext_lazy("จากแท็บ Messaging API ใน LINE Developers Console"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        max_length=400,
    )
    secret = forms.CharField(
        label=gettext_lazy("Channel secret"),
        help_text=gettext_lazy("จากแท็บ Basic settings"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        max_length=64,
    )


@sensitive_post_parameters("access_token", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CONNECT_CHANNEL)
def channel(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Connect LINE, or give the account new credentials. What is typed here is sealed at once and not shown again."""
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(visit, {name: form.cleaned_data[name].strip() for name in ("access_token", "secret")})
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("เก็บรหัสของช่องทางแล้ว (เข้ารหัสไว้ ไม่แสดงอีก) กดทดสอบเพื่อดูว่าใช้ได้จริง"))
            return redirect("settings-channel")
    return _page(request, visit, form, status=422 if request.method == "POST" else 200)


def _keep(visit: Visit, credentials: dict[str, str]) -> None:
    known = office.channel_of(visit.province)
    if known is None or known.kind != "line" or _is_practice(known):
        connect.connect_channel(
            province=visit.account.province,
            kind="line",
            name=_("บัญชี LINE ของสำนักงาน"),
            credentials=credentials,
            api_base="",
            by=visit.actor,
            now=clock.now(),
        )
    else:
        connect.replace_credentials(channel=known, credentials=credentials, by=visit.actor, now=clock.now())


@require_POST
@needs(Deed.CONNECT_CHANNEL)
def practice(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Join the practice room, where everything works and nobody real is reached."""
    address = settings.PRACTICE_URL
    if not address:
        raise Http404(_("ยังไม่มีห้องซ้อมเปิดอยู่"))
    known = office.channel_of(visit.province)
    if known is not None and not _is_practice(known):
        messages.error(request, _("สำนักงานเชื่อมบัญชี LINE จริงอยู่แล้ว จึงไม่ได้เปลี่ยนเป็นห้องซ้อม"))
        return redirect("settings-channel")
    try:
        asyncio.run(_knock(address))
        known = known or connect.connect_channel(
            province=visit.account.province,
            kind="line",
            name=visit.account.province.name[:100],
            credentials=practice_room.CREDENTIALS,
            api_base=address,
            by=visit.actor,
            now=clock.now(),
        )
        liff_id, app = practice_room.liff_app(known.pk, settings.BASE_URL)
        asyncio.run(_furnish(address, webhook_of(known), known.name, app))
        connect.set_liff(channel=known, liff_id=liff_id, by=visit.actor, now=clock.now())
    except ChannelError as error:
        messages.error(request, _("ห้องซ้อมไม่ตอบ: %(why)s") % {"why": error.detail})
        return redirect("settings-channel")
    messages.success(request, _("เชื่อมห้องซ้อมแล้ว มีกลุ่มตัวอย่างสองกลุ่ม โปรดบอกว่ากลุ่มใดใช้ทำอะไร"))
    return redirect("settings-groups")


async def _knock(address: str) -> None:
    """Nothing is kept for a room in which nobody is."""
    transport = HttpTransport()
    try:
        await practice_room.knock(transport, address)
    finally:
        await transport.close()


async def _furnish(address: str, webhook: str, name: str, more: dict[str, Any]) -> None:
    transport = HttpTransport()
    try:
        await practice_room.furnish(transport, address, webhook=webhook, name=name, more=more)
    finally:
        await transport.close()


@require_POST
@needs(Deed.CONNECT_CHANNEL)
def test(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask LINE who we are, tell it our webhook, have it try, read the quota. Nothing is sent to anybody."""
    known = office.channel_of(visit.province)
    if known is None:
        raise Http404(_("ยังไม่ได้เชื่อมช่องทาง"))
    try:
        check, reading = asyncio.run(_ask(known))
    except ChannelError as error:
        return _page(request, visit, ChannelForm(), failed=error, status=422)
    connect.keep_quota_reading(channel=known, reading=reading)
    if check.name:
        connect.name_channel(channel=known, name=check.name[:100], by=visit.actor, now=clock.now())
    return _page(request, visit, ChannelForm(), check=check)


async def _ask(row: Channel) -> tuple[AccountCheck, QuotaReading]:
    port = connect.open_channel(row)
    try:
        await port.set_webhook(webhook_of(row))
        return await port.check_account(), await port.quota(clock.now())
    finally:
        await port.close()


def webhook_of(row: Channel) -> str:
    """Where LINE posts the account's events. The practice room runs on this machine and listens to it."""
    return f"{settings.BASE_URL}/line/{row.pk}/webhook"


def _is_practice(row: Channel) -> bool:
    return bool(row.api_base)


def _page(
    request: HttpRequest,
    visit: Visit,
    form: ChannelForm,
    *,
    check: AccountCheck | None = None,
    failed: ChannelError | None = None,
    status: int = 200,
) -> HttpResponse:
    known = office.channel_of(visit.province)
    context = {
        "channel": known,
        "is_practice": known is not None and _is_practice(known),
        "webhook": webhook_of(known) if known else "",
        "quota": office.latest_quota(known) if known else None,
        "practice_url": settings.PRACTICE_URL,
        "reachable": settings.BASE_URL.startswith("https://"),
        "form": form,
        "check": check,
        # Our webhook answers 401 only to what is not signed with the secret kept here.
        "other_secret": check is not None and check.reached is False and check.reason.startswith("401"),
        "failed": failed,
        "failed_word": OUTCOMES[failed.outcome] if failed else "",
    }
    return render(request, "saisaat/settings/channel.html", context, status=status)
