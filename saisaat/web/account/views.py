"""Signing in and out. Real time only: the campaign clock has no say here."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from saisaat.actions import found, hold_back, protect
from saisaat.domain.guessing import Guessed
from saisaat.domain.usernames import normal_username
from saisaat.records.models import Account
from saisaat.web.account import doors, line_login


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; what is wrong with a try is never told apart: an unknown name reads like a wrong password."""
    if request.method != "POST":
        return redirect(doors.safe_next(request)) if request.user.is_authenticated else _form(request)
    username = request.POST.get("username", "").strip()[:60]
    keys = (
        hold_back.Key(Guessed.NAME, normal_username(username)),
        hold_back.Key(Guessed.ADDRESS, request.META.get("REMOTE_ADDR", "")),
    )
    if wait := hold_back.begin_try(*keys, now=datetime.now(UTC)):
        return _form(request, _please_wait(wait), status=429)
    account = authenticate(request, username=username, password=request.POST.get("password", ""))
    if not isinstance(account, Account):
        return _form(request, _("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ยังไม่ได้เข้าสู่ระบบ โปรดลองอีกครั้ง"), status=422)
    hold_back.succeeded(*keys)
    return doors.let_in(request, account, way="password", next_url=doors.safe_next(request))


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: the telephone's code, or a recovery code."""
    who = doors.waiting(request)
    if who is None:
        return redirect("sign-in")
    if request.method != "POST":
        return render(request, "saisaat/account/code.html")
    key = hold_back.Key(Guessed.ACCOUNT, who.account.pk)
    if wait := hold_back.begin_try(key, now=datetime.now(UTC)):
        return render(request, "saisaat/account/code.html", {"error": _please_wait(wait)}, status=429)
    if not protect.check_code(account=who.account, code=request.POST.get("code", "")):
        told = {"error": _("รหัสไม่ถูกต้องหรือใช้ไปแล้ว ยังไม่ได้เข้าสู่ระบบ โปรดดูรหัสล่าสุดในแอปแล้วลองอีกครั้ง")}
        return render(request, "saisaat/account/code.html", told, status=422)
    hold_back.succeeded(key)
    return doors.come_in(request, who.account, way=who.way, next_url=who.next_url)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _please_wait(wait: timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    return _("ลองผิดหลายครั้ง เพื่อความปลอดภัยโปรดรอ %(seconds)d วินาทีแล้วลองใหม่") % {"seconds": seconds}


def _form(request: HttpRequest, error: str = "", *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "username": request.POST.get("username", ""),
        "next": doors.safe_next(request),
        "line": line_login.is_offered(),
        "ownerless": not found.has_owner(),
        "error": error,
    }
    return render(request, "saisaat/account/sign_in.html", context, status=status)
