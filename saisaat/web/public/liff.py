"""The endpoint of a LIFF app: where LINE opens it first, before its SDK leads on to the page that was asked for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from saisaat.domain.liff import opened_path
from saisaat.queries.publication import phone_channel
from saisaat.records.models import Channel
from saisaat.web.line_app import LineApp, app_of


@require_safe
@cache_control(private=True, max_age=0)
def entry(request: HttpRequest, channel_id: str) -> HttpResponse:
    """A page of one line. Where LINE's SDK does not come, its link leads to the same page in the ordinary way.

    LINE's fragment and query hold what the SDK needs, so the address is not changed here.
    """
    channel, app = liff_app(channel_id)
    path = opened_path(request.GET.get("liff.state", ""))
    plain = path if path.startswith("/i/") else f"{reverse('liff', args=[channel.pk])}{path or '/me'}"
    return liff_page(request, app, "saisaat/public/entry.html", {"channel": channel, "plain": plain})


def liff_app(channel_id: str) -> tuple[Channel, LineApp]:
    """The channel and the app at an address. 404 where the office has none."""
    channel = phone_channel(channel_id)
    app = app_of(channel)
    if channel is None or app is None:
        raise Http404(_("ไม่พบหน้านี้ สำนักงานอาจเปลี่ยนบัญชี LINE แล้ว"))
    return channel, app


def liff_page(
    request: HttpRequest, app: LineApp, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """A page that holds LINE's SDK."""
    app.admit(request)
    response = render(request, template, {"app": app, **context}, status=status)
    if app.room:
        response.xframe_options_exempt = True  # the policy names who may frame it
    return response
