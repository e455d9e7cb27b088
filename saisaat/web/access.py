"""Who is at the door: the password check, and what a page asks of its visitor before it opens."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from saisaat.domain.errors import NotAllowed
from saisaat.domain.roles import Actor, Deed, can_do, check_may, offices_open_to
from saisaat.domain.usernames import normal_username
from saisaat.records.models import Account, Person
from saisaat.web.once import act_once, keep_typing, kept_typing

P = ParamSpec("P")

BEGAN, USED = "began", "used"
"""In the session, in seconds of real time: when its owner signed in, and when it was last seen to be used."""
_WRITE_USE_AFTER = 15 * 60


class PasswordBackend(BaseBackend):
    """Username and password. An unknown name costs as much time as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        if not username or password is None:
            return None
        name = normal_username(username)
        account = Account.everywhere.filter(username=name, is_active=True).select_related("person").first()
        if account is None:
            make_password(password)
            return None
        return account if account.check_password(password) else None

    def get_user(self, user_id: str) -> Account | None:
        return Account.everywhere.filter(pk=user_id, is_active=True).select_related("person__key", "province").first()


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in request: whose it is, what they may do, and of which province they see anything."""

    account: Account
    person: Person
    actor: Actor

    @property
    def province(self) -> str:
        return str(self.account.province_id)

    def may(self, deed: Deed, office: str | None = None) -> bool:
        """Whether the visitor may do `deed`: everywhere in the province, or to things of `office`."""
        return can_do(self.actor, deed, office)

    def offices(self, deed: Deed) -> frozenset[str] | None:
        """The offices to whose things the visitor may do `deed`. None: all of them."""
        return offices_open_to(self.actor, deed)

    def may_somewhere(self, deed: Deed) -> bool:
        """Whether the visitor may do `deed` in the whole province or to things of at least one office."""
        return self.may(deed) or bool(self.offices(deed))


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit, or None where nobody is signed in. A session past its longest time ends here."""
    account = request.user
    if not isinstance(account, Account):
        return None
    if _is_too_old(request):
        logout(request)
        return None
    return Visit(account, account.person, account.actor())


def _is_too_old(request: HttpRequest) -> bool:
    """Django forgets a session that nobody used for SESSION_COOKIE_AGE; being used is written down now and then."""
    now = int(time.time())
    began = request.session.setdefault(BEGAN, now)
    if now - request.session.get(USED, 0) > _WRITE_USE_AFTER:
        request.session[USED] = now
    return bool(now - began > settings.SESSION_LONGEST)


Guarded = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def needs(deed: Deed, *, somewhere: bool = False) -> Callable[[Guarded[P]], View[P]]:
    """The view opens only to somebody signed in who may do `deed`; it is given the visit after the request.

    `somewhere`: being allowed to in one office opens it; the view then keeps to `visit.offices(deed)`.
    """

    def decorate(view: Guarded[P]) -> View[P]:
        @wraps(view)
        @cache_control(private=True, no_cache=True)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            visit = visit_of(request)
            if visit is None:
                return _to_the_door(request)
            try:
                if not (somewhere and visit.may_somewhere(deed)):
                    check_may(visit.actor, deed)
            except NotAllowed as refusal:
                raise PermissionDenied(refusal.message) from refusal
            request.visit = visit  # type: ignore[attr-defined]  # for the frame around the page
            if request.method != "POST":
                return view(request, visit, *args, **kwargs)
            return act_once(request, visit.account, lambda: view(request, visit, *args, **kwargs))

        guarded.deed = deed  # type: ignore[attr-defined]  # which pages ask for what: read by tests and by `once`
        return guarded

    return decorate


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """Sign in and come back. What was typed into a form is kept and offered again."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    keep_typing(request)
    return redirect_to_login(reverse("kept") if kept_typing(request) else "/")
