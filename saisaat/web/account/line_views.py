"""What a round trip to LINE is for: coming in, proving oneself again, linking one's LINE, or taking up an invitation.

An unknown LINE account is told so and gets nothing: no account, no role, no row.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saisaat.actions import invite, link_line
from saisaat.domain.errors import DomainError
from saisaat.records.models import Invitation
from saisaat.web import words
from saisaat.web.access import Visit, visit_of
from saisaat.web.account import doors, line_login
from saisaat.web.account.confirm import LINE_IS_FRESH
from saisaat.web.id_tokens import Claims

MAY_LINK_UNTIL = "may_link_line_until"
INVITED = "invited"
_CLOCKS_APART = 60.0


@never_cache
@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """On the way to LINE. `again`: somebody signed in proves it; `link` and `invitation` follow on their own pages."""
    if not line_login.is_offered():
        raise Http404
    purpose = next((name for name in ("again", "link", "invitation") if name in request.GET), "enter")
    if purpose in {"again", "link"} and visit_of(request) is None:
        return redirect("sign-in")
    if purpose == "link" and not _may_link(request):
        return redirect("account-line")
    if purpose == "invitation" and INVITED not in request.session:
        return redirect("sign-in")
    try:
        return line_login.set_out(request, purpose=purpose, next_url=doors.safe_next(request), fresh=purpose == "again")
    except line_login.LineNotReached:
        return _failed(request, False)


@never_cache
@require_safe
def line_back(request: HttpRequest) -> HttpResponse:
    """Back from LINE, with whoever LINE says it is."""
    if not line_login.is_offered():
        raise Http404
    return line_login.come_back(request, _finish, _failed)


def _finish(request: HttpRequest, claims: Claims, state: line_login.State) -> HttpResponse:
    then = str(state.get("next") or "/")
    return _PURPOSES[state["purpose"]](request, claims, then)


def _enter(request: HttpRequest, claims: Claims, then: str) -> HttpResponse:
    account = link_line.account_of_line(claims["sub"])
    if account is None:
        return render(request, "saisaat/account/line_unknown.html", status=403)
    return doors.let_in(request, account, way="line", next_url=then)


def _again(request: HttpRequest, claims: Claims, then: str) -> HttpResponse:
    """The same person, asked by LINE just now: LINE says when."""
    visit = visit_of(request)
    if visit is None:
        return redirect("sign-in")
    asked = claims.get("auth_time")
    just_now = isinstance(asked, int | float) and time.time() - asked <= LINE_IS_FRESH + _CLOCKS_APART
    if not just_now or link_line.account_of_line(claims["sub"]) != visit.account:
        return render(request, "saisaat/account/line_failed.html", {"other": True}, status=403)
    doors.line_just_seen(request)
    messages.success(request, _("LINE ยืนยันตัวคุณแล้ว ทำรายการต่อได้ภายใน 5 นาที"))
    return redirect(then)


def _link(request: HttpRequest, claims: Claims, _then: str) -> HttpResponse:
    visit = visit_of(request)
    if visit is None:
        return redirect("sign-in")
    if not _may_link(request):
        return redirect("account-line")
    request.session.pop(MAY_LINK_UNTIL, None)
    return _linked(request, visit, claims["sub"])


def _linked(request: HttpRequest, visit: Visit, line_user: str) -> HttpResponse:
    try:
        link_line.link_person(person=visit.person, line_user=line_user, by=visit.actor, now=datetime.now(UTC))
    except DomainError as refusal:
        messages.error(request, words.said(refusal))
    else:
        messages.success(request, _("ผูกบัญชี LINE แล้ว ครั้งต่อไปเข้าสู่ระบบด้วย LINE ได้"))
    return redirect("account")


def _invited(request: HttpRequest, claims: Claims, _then: str) -> HttpResponse:
    invitation = (
        Invitation.everywhere.filter(pk=request.session.pop(INVITED, None)).select_related("person__key", "by").first()
    )
    if invitation is None:
        return redirect("sign-in")
    try:
        account = invite.accept(
            invitation=invitation, credentials=invite.Credentials(line_user=claims["sub"]), now=datetime.now(UTC)
        )
    except DomainError as refusal:
        return render(request, "saisaat/account/link_closed.html", {"told": words.said(refusal)}, status=422)
    return doors.come_in(request, account, way="line", next_url="/")


def _failed(request: HttpRequest, said_no: bool) -> HttpResponse:
    return render(request, "saisaat/account/line_failed.html", {"said_no": said_no}, status=403 if said_no else 502)


def _may_link(request: HttpRequest) -> bool:
    return time.time() <= float(request.session.get(MAY_LINK_UNTIL, 0))


_PURPOSES: dict[str, Callable[[HttpRequest, Claims, str], HttpResponse]] = {
    "enter": _enter,
    "again": _again,
    "link": _link,
    "invitation": _invited,
}
