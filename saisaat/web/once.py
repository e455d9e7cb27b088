"""Forms that lose nothing and double nothing: one token a form, and typing kept when the session was lost.

Every form that changes something carries `{% once %}`. `access.needs` asks here before its view runs.
"""

import secrets
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from saisaat.actions import submit_once
from saisaat.records.models import Account

FIELD = "once"
KEPT = "kept"
LARGEST_KEPT = 64_000
_NEVER_KEPT = {"csrfmiddlewaretoken", FIELD, "password", "code", "secret", "secret_again"}
_PATIENCE = 5.0


def token() -> str:
    return secrets.token_hex(16)


def act_once(request: HttpRequest, account: Account, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Run `act` unless this very form was sent before; then go where that sending led."""
    sent = request.POST.get(FIELD, "")
    if not sent or len(sent) > 32:
        return act()
    first = submit_once.claim(account=account, token=sent)
    if first is not None:
        return redirect(first or _where_it_leads(account, sent))
    done = False
    try:
        response = act()
        done = response.status_code in {301, 302, 303} or bool(response.headers.get("HX-Redirect"))
    finally:
        if not done:
            submit_once.release(account=account, token=sent)
    if done:
        where = response.headers.get("HX-Redirect") or response.headers["Location"]
        submit_once.settle(account=account, token=sent, location=where)
    return response


def _where_it_leads(account: Account, sent: str) -> str:
    """The first sending is still at work in another thread; a slow one is not waited for beyond a few seconds."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        time.sleep(0.1)
        where = submit_once.led_to(account=account, token=sent)
        if where:
            return where
    return "/"


def keep_typing(request: HttpRequest) -> None:
    """What was typed waits in the session for whoever signs in next in this browser. Files and secrets are not kept."""
    fields = [(name, value) for name, values in request.POST.lists() if name not in _NEVER_KEPT for value in values]
    size = sum(len(name) + len(value) for name, value in fields)
    if fields and size <= LARGEST_KEPT and _leads_somewhere(request.path):
        request.session[KEPT] = {"path": request.path, "fields": fields, "files": sorted(request.FILES)}


def kept_typing(request: HttpRequest) -> dict[str, Any] | None:
    found = request.session.get(KEPT)
    return found if isinstance(found, dict) else None


def drop_typing(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def _leads_somewhere(path: str) -> bool:
    try:
        return hasattr(resolve(path).func, "deed")
    except Resolver404:
        return False
