"""Signing in and out. Real time only: the campaign clock has no say here."""

import math
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from saisaat.web.throttle import sign_in as throttle


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; what is wrong with a try is never told apart: an unknown name reads like a wrong password."""
    if request.method != "POST":
        return redirect(_next(request)) if request.user.is_authenticated else _form(request)
    username = request.POST.get("username", "").strip()[:60]
    keys = (f"name {username.casefold()}", f"address {request.META.get('REMOTE_ADDR', '')}")
    if wait := throttle.wait(*keys):
        return _form(request, wait=math.ceil(wait), status=429)
    account = authenticate(request, username=username, password=request.POST.get("password", ""))
    if account is None:
        throttle.failed(*keys)
        return _form(request, wrong=True, status=422)
    throttle.succeeded(*keys)
    login(request, account)
    return redirect(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _form(request: HttpRequest, *, status: int = 200, wait: int = 0, wrong: bool = False) -> HttpResponse:
    context: dict[str, Any] = {"username": request.POST.get("username", ""), "next": _next(request)}
    if wrong:
        context["error"] = _("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ยังไม่ได้เข้าสู่ระบบ โปรดลองอีกครั้ง")
    if wait:
        context["error"] = _("ลองผิดหลายครั้ง เพื่อความปลอดภัยโปรดรอ %(seconds)d วินาทีแล้วลองใหม่") % {"seconds": wait}
    return render(request, "saisaat/sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
