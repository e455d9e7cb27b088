"""My account: what opens it, what I may do, and how this browser shows it. Every change asks for the person anew."""

import time
from datetime import UTC, datetime

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions import enter, link_line, protect
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed, Role
from saisaat.queries import accounts
from saisaat.web import words
from saisaat.web.access import Visit, needs
from saisaat.web.account import doors, line_login
from saisaat.web.account.confirm import LINE_IS_FRESH, confirm_identity, just_came_in
from saisaat.web.account.forms import NewPassword
from saisaat.web.account.line_views import MAY_LINK_UNTIL
from saisaat.web.account.words import ROLES

_SECRET, _CODES = "totp_secret", "recovery_codes"


@require_safe
@needs(Deed.SEE)
def account(request: HttpRequest, visit: Visit) -> HttpResponse:
    """All of it on one page, each change a page of its own."""
    grants = visit.account.grants.select_related("office").order_by("office__name", "role")
    told = {
        "roles": [(ROLES[Role(grant.role)], grant.office) for grant in grants],
        "safety": accounts.safety_of(visit.account),
        "line_offered": line_login.is_offered(),
        "manages": visit.offices(Deed.MANAGE_ACCESS) != frozenset(),
        "since": datetime.fromtimestamp(request.session.get("began", time.time()), UTC),
    }
    return render(request, "saisaat/account/account.html", told)


@require_safe
@needs(Deed.SEE)
def welcome(request: HttpRequest, visit: Visit) -> HttpResponse:
    """After the first run: what is worth doing next, the second factor before all."""
    return render(request, "saisaat/account/welcome.html", {"safety": accounts.safety_of(visit.account)})


@sensitive_post_parameters("secret", "secret_again", "password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.SEE)
def password(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A new password; other browsers fall out, this one stays."""
    form = NewPassword(request.POST if request.method == "POST" else None, username=visit.account.username)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            confirm_identity(request, visit)
            enter.change_password(
                account=visit.account, password=form.cleaned_data["secret"], by=visit.actor, now=datetime.now(UTC)
            )
        except DomainError as refusal:
            error = words.said(refusal)
        else:
            doors.stay_in(request, visit.account)
            messages.success(request, _("เปลี่ยนรหัสผ่านแล้ว เครื่องอื่นที่เปิดค้างไว้ถูกออกจากระบบทั้งหมด"))
            return redirect("account")
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/account/password.html", {"form": form, "error": error}, status=status)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.SEE)
def totp(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Set up the telephone's code; or, where it is on, make new recovery codes or turn it off."""
    if protect.has_totp(visit.account):
        return _change_totp(request, visit)
    error, known = "", just_came_in(request)
    if request.method == "POST":
        secret = doors.look_up(request, _SECRET)
        try:
            if not known:
                confirm_identity(request, visit)
            fresh = protect.turn_on_totp(
                account=visit.account,
                secret=secret or "",
                code=request.POST.get("setup_code", ""),
                by=visit.actor,
                now=datetime.now(UTC),
            )
        except DomainError as refusal:
            error = words.said(refusal)
        else:
            doors.take_out(request, _SECRET)
            return _show_codes(request, fresh, _("เปิดใช้รหัสจากโทรศัพท์แล้ว"))
    told = {"error": error, "secret": _spaced(_setup_secret(request)), "known": known}
    return render(request, "saisaat/account/totp.html", told, status=422 if error else 200)


@require_safe
@needs(Deed.SEE)
def totp_qr(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The secret being set up as a QR code, for this session alone."""
    secret = doors.look_up(request, _SECRET)
    if secret is None:
        raise Http404
    code = segno.make(get_adapter().build_totp_url(visit.account, secret), error="m", micro=False)
    svg = code.svg_inline(scale=6, border=4, dark="#000", light="#fff", omitsize=True)
    picture = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(picture, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@require_safe
@needs(Deed.SEE)
def codes(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The recovery codes, once."""
    told = doors.take_out(request, _CODES)
    return render(request, "saisaat/account/codes.html", {"codes": told.split()}) if told else redirect("account-totp")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.SEE)
def line_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Link one's LINE, or unlink it."""
    if not line_login.is_offered():
        raise Http404
    linked = accounts.safety_of(visit.account).line
    error = ""
    if request.method == "POST":
        try:
            confirm_identity(request, visit)
            if linked:
                link_line.unlink_own(account=visit.account, by=visit.actor, now=datetime.now(UTC))
                messages.success(request, _("เลิกผูกบัญชี LINE แล้ว"))
                return redirect("account")
        except DomainError as refusal:
            error = words.said(refusal)
        else:
            request.session[MAY_LINK_UNTIL] = time.time() + LINE_IS_FRESH
            return redirect("account-line")
    told = {
        "linked": linked,
        "ready": time.time() <= float(request.session.get(MAY_LINK_UNTIL, 0)),
        "possible": accounts.can_link_line(visit.province),
        "error": error,
    }
    return render(request, "saisaat/account/line.html", told, status=422 if error else 200)


@require_POST
@needs(Deed.SEE)
def sign_out_everywhere(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every browser of this account falls out, this one too."""
    enter.sign_out_everywhere(account=visit.account, by=visit.actor, now=datetime.now(UTC))
    logout(request)
    return redirect("sign-in")


def _change_totp(request: HttpRequest, visit: Visit) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            confirm_identity(request, visit)
            if request.POST.get("do") == "off":
                protect.turn_off_totp(account=visit.account, by=visit.actor, now=datetime.now(UTC))
                messages.success(request, _("ปิดใช้รหัสจากโทรศัพท์แล้ว บัญชีนี้เปิดได้ด้วยรหัสผ่านอย่างเดียว"))
                return redirect("account")
            fresh = protect.renew_recovery_codes(account=visit.account, by=visit.actor, now=datetime.now(UTC))
            return _show_codes(request, fresh, _("ทำรหัสสำรองชุดใหม่แล้ว ชุดเก่าใช้ไม่ได้อีก"))
        except DomainError as refusal:
            error = words.said(refusal)
    told = {"error": error, "safety": accounts.safety_of(visit.account)}
    return render(request, "saisaat/account/totp_on.html", told, status=422 if error else 200)


def _show_codes(request: HttpRequest, fresh: list[str], told: str) -> HttpResponse:
    doors.put_by(request, _CODES, " ".join(fresh))
    messages.success(request, told)
    return redirect("account-codes")


def _setup_secret(request: HttpRequest) -> str:
    """The secret being set up: the same until it is used, so that a wrong code does not call for a new scan."""
    secret = doors.look_up(request, _SECRET)
    if secret is None:
        secret = str(generate_totp_secret())
        doors.put_by(request, _SECRET, secret)
    return secret


def _spaced(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
