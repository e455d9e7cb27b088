"""What we hold about a reader, for the reader: tie the LINE account to the office's list, untie it, have it all erased.

Only inside LINE's app, and only by LINE's word: each POST brings an ID token and answers with a part of the page. There
is no session. Who does not register loses nothing: openings are counted as taps, or once a LINE account.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions import erase, link_codes, link_request
from saisaat.domain.errors import DomainError, Invalid
from saisaat.queries.line_links import waiting_request
from saisaat.queries.office import person_of_line
from saisaat.queries.people import offices
from saisaat.records import clock
from saisaat.records.models import Channel
from saisaat.web.line_app import TOKEN, Reader, reader_of
from saisaat.web.public.liff import liff_app, liff_page
from saisaat.web.words import said

Act = Callable[[HttpRequest, Channel, Reader], str]


@require_safe
@gzip_page
@cache_control(private=True, max_age=0)
def me(request: HttpRequest, channel_id: str) -> HttpResponse:
    """The notice, and a place for what we know of whoever LINE says has opened it."""
    channel, app = liff_app(channel_id)
    return liff_page(request, app, "saisaat/public/me.html", {"channel": channel, "province": channel.province})


def _deed(act: Act) -> Callable[[HttpRequest, str], HttpResponse]:
    """A POST of the page: do it for whoever LINE vouches for, then show how things stand."""

    @require_POST
    @cache_control(private=True, no_store=True)
    def view(request: HttpRequest, channel_id: str) -> HttpResponse:
        channel, app = liff_app(channel_id)
        reader = reader_of(request, app)
        if not reader.who:
            return _part(request, channel, reader, status=401)
        try:
            done = act(request, channel, reader)
        except DomainError as refusal:
            return _part(request, channel, reader, error=said(refusal), status=422)
        return _part(request, channel, reader, done=done)

    return view


def _look(request: HttpRequest, channel: Channel, reader: Reader) -> str:
    return ""


def _link(request: HttpRequest, channel: Channel, reader: Reader) -> str:
    _check_agreed(request)
    province = str(channel.province_id)
    # Real time, as in all that has to do with who somebody is.
    now = datetime.now(UTC)
    link_codes.use_code(province=province, code=request.POST.get("code", ""), line_user=reader.user, now=now)
    return _("ผูกบัญชีแล้ว ตั้งแต่นี้นับเป็นคน ไม่ใช่ครั้ง")


def _ask(request: HttpRequest, channel: Channel, reader: Reader) -> str:
    _check_agreed(request)
    chosen = [one for one in offices(str(channel.province_id)) if one.pk == request.POST.get("office")]
    if not chosen:
        raise Invalid("ยังไม่ได้เลือกสำนักงาน จึงยังไม่ได้ส่งคำขอ โปรดเลือกสำนักงานที่ปฏิบัติงาน")
    name = request.POST.get("name", "")
    link_request.ask(office=chosen[0], name=name, line_user=reader.user, now=clock.now())
    return _("ส่งคำขอแล้ว ผู้ดูแลรายชื่อของสำนักงานจะเป็นผู้ตัดสิน")


def _unlink(request: HttpRequest, channel: Channel, reader: Reader) -> str:
    erase.unlink_reader(province=str(channel.province_id), line_user=reader.user, now=clock.now())
    return _("เลิกผูกแล้ว บัญชี LINE นี้ไม่ใช่ของรายชื่อใดอีก")


def _erase(request: HttpRequest, channel: Channel, reader: Reader) -> str:
    erase.erase_reader(channel=channel, line_user=reader.user, now=clock.now())
    return _("ลบแล้ว สิ่งที่เคยเปิดและกดเหลือเพียงจำนวน ไม่มีอะไรในระบบที่โยงถึงบัญชี LINE นี้")


state, link, ask, unlink, forget = (_deed(act) for act in (_look, _link, _ask, _unlink, _erase))


def _check_agreed(request: HttpRequest) -> None:
    if not request.POST.get("agree"):
        raise Invalid("ยังไม่ได้ทำเครื่องหมายว่าอ่านคำชี้แจงแล้ว จึงยังไม่ได้บันทึก โปรดอ่านแล้วทำเครื่องหมาย")


def _part(
    request: HttpRequest, channel: Channel, reader: Reader, *, done: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    province = str(channel.province_id)
    person = person_of_line(province, reader.who)
    context = {
        "channel": channel,
        "reader": reader,
        "token": request.POST.get(TOKEN, ""),
        "person": person,
        "waits": waiting_request(province, reader.who) if reader.who and person is None else None,
        "offices": offices(province) if reader.who and person is None else [],
        "typed": {name: request.POST.get(name, "") for name in ("name", "office")} if error else {},
        "done": done,
        "error": error,
    }
    return render(request, "saisaat/public/_me.html", context, status=status)
