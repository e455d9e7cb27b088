"""The way in, step by step: who proved to be whom waits in the session until the last step is done.

Everything here is by real time. What has to be shown once (a link, recovery codes) waits in the session sealed.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from saisaat.actions import enter, protect
from saisaat.records.models import Account
from saisaat.records.sealing import seal_secret, unseal_secret
from saisaat.web.access import BEGAN, USED
from saisaat.web.account.confirm import LINE_SEEN_AT

_WAITING = "waiting_for_code"
_PATIENCE = 600.0
BACKEND = "saisaat.web.access.PasswordBackend"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who proved the first half. `way` is how: "password" or "line"."""

    account: Account
    way: str
    next_url: str


def let_in(request: HttpRequest, account: Account, *, way: str, next_url: str) -> HttpResponse:
    """The first half is proved: in, or on to the telephone's code."""
    if not protect.has_totp(account):
        return come_in(request, account, way=way, next_url=next_url)
    request.session.cycle_key()
    request.session[_WAITING] = {"account": account.pk, "way": way, "next": next_url, "at": time.time()}
    return redirect("sign-in-code")


def waiting(request: HttpRequest) -> Waiting | None:
    """Whoever stands between the two steps in this browser; None after ten minutes."""
    found = request.session.get(_WAITING)
    if not isinstance(found, dict) or not 0 <= time.time() - found["at"] <= _PATIENCE:
        return None
    account = (
        Account.everywhere.filter(pk=found["account"], is_active=True).select_related("person__key", "province").first()
    )
    return Waiting(account, found["way"], found["next"]) if account else None


def come_in(request: HttpRequest, account: Account, *, way: str, next_url: str) -> HttpResponse:
    """Both halves are proved. The session is a new one, so that nobody planted it."""
    request.session.pop(_WAITING, None)
    login(request, account, backend=BACKEND)
    request.session[BEGAN] = request.session[USED] = int(time.time())
    if way == "line":
        line_just_seen(request)
    enter.signed_in(account=account, way=way, now=datetime.now(UTC))
    return redirect(next_url)


def line_just_seen(request: HttpRequest) -> None:
    request.session[LINE_SEEN_AT] = time.time()


def stay_in(request: HttpRequest, account: Account) -> None:
    """This browser goes on although all sessions of the account were ended."""
    kept = {name: request.session.get(name) for name in (BEGAN, USED, LINE_SEEN_AT)}
    login(request, account, backend=BACKEND)
    request.session.update({name: value for name, value in kept.items() if value is not None})


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Where the visitor wanted to go, if that is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else default


def put_by(request: HttpRequest, name: str, text: str) -> None:
    """Keep `text` for this browser's next pages, sealed."""
    request.session[name] = seal_secret(text, name)


def look_up(request: HttpRequest, name: str) -> str | None:
    sealed = request.session.get(name)
    return unseal_secret(sealed, name) if isinstance(sealed, str) else None


def take_out(request: HttpRequest, name: str) -> str | None:
    """What was put by under `name`, for the last time."""
    text = look_up(request, name)
    request.session.pop(name, None)
    return text
