"""Who is at the door: the password check, and what a page asks of its visitor before it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from saisaat.domain.errors import NotAllowed
from saisaat.domain.roles import Actor, Deed, can_do, check_may
from saisaat.records.models import Account, Person

P = ParamSpec("P")


class PasswordBackend(BaseBackend):
    """Username and password. An unknown name costs as much time as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        if not username or password is None:
            return None
        account = Account.everywhere.filter(username=username, is_active=True).select_related("person").first()
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

    def may(self, deed: Deed) -> bool:
        return can_do(self.actor, deed)


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit, or None where nobody is signed in."""
    account = request.user
    if not isinstance(account, Account):
        return None
    return Visit(account, account.person, Actor(str(account.person_id), account.roles()))


Guarded = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def needs(deed: Deed) -> Callable[[Guarded[P]], View[P]]:
    """The view opens only to somebody signed in who may do `deed`; it is given the visit after the request."""

    def decorate(view: Guarded[P]) -> View[P]:
        @wraps(view)
        @cache_control(private=True, no_cache=True)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            visit = visit_of(request)
            if visit is None:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            try:
                check_may(visit.actor, deed)
            except NotAllowed as refusal:
                raise PermissionDenied(refusal.message) from refusal
            request.visit = visit  # type: ignore[attr-defined]  # for the frame around the page
            return view(request, visit, *args, **kwargs)

        return guarded

    return decorate
