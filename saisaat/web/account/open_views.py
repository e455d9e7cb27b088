"""Links that open once, to somebody who is not in yet: an invitation, and the first run."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from saisaat.actions import found, invite
from saisaat.domain.errors import DomainError, NotNow
from saisaat.domain.roles import Role
from saisaat.queries import accounts
from saisaat.records.models import Account, Invitation
from saisaat.web import words
from saisaat.web.account import doors, line_login
from saisaat.web.account.forms import FirstRunForm, NewAccount, NewPassword
from saisaat.web.account.line_views import INVITED
from saisaat.web.account.words import ROLES


@sensitive_post_parameters("secret", "secret_again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, word: str) -> HttpResponse:
    """Take up an invitation by a name and a password of one's own, or by LINE."""
    now = datetime.now(UTC)
    try:
        row = invite.open_invitation(word, now)
    except NotNow as closed:
        return _closed(request, closed)
    known = Account.of(row.province_id).filter(person=row.person).first()
    form = _form(request, known)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            account = invite.accept(invitation=row, credentials=_credentials(form), now=now)
        except DomainError as refusal:
            error = words.said(refusal)
        else:
            messages.success(request, _("ยินดีต้อนรับ บัญชีของคุณพร้อมใช้แล้ว"))
            return doors.come_in(request, account, way="password", next_url="/")
    line = line_login.is_offered() and accounts.can_link_line(row.province_id)
    if line:
        request.session[INVITED] = row.pk
    told = {"row": row, "form": form, "error": error, "known": known, "line": line, "roles": _roles(row)}
    return render(request, "saisaat/account/invitation.html", told, status=422 if request.method == "POST" else 200)


@sensitive_post_parameters("secret", "secret_again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest, word: str) -> HttpResponse:
    """Found the province with its office, its first person and their account; then on to the second factor."""
    try:
        found.check_first_link(word)
    except NotNow as closed:
        return _closed(request, closed)
    form = FirstRunForm(request.POST if request.method == "POST" else None)
    error = ""
    if request.method == "POST" and form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if not name.startswith("secret")}
        founding = found.Founding(**typed, password=form.cleaned_data["secret"])
        try:
            account = found.found(word=word, founding=founding, now=datetime.now(UTC))
        except DomainError as refusal:
            error = words.said(refusal)
        else:
            return doors.come_in(request, account, way="password", next_url=reverse("welcome"))
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/account/first_run.html", {"form": form, "error": error}, status=status)


def _form(request: HttpRequest, known: Account | None) -> NewPassword:
    data = request.POST if request.method == "POST" else None
    return NewPassword(data, username=known.username) if known else NewAccount(data)


def _credentials(form: NewPassword) -> invite.Credentials:
    return invite.Credentials(username=form.cleaned_data.get("username", ""), password=form.cleaned_data["secret"])


def _roles(row: Invitation) -> list[object]:
    return [ROLES[Role(role)] for role in row.roles]


def _closed(request: HttpRequest, refusal: NotNow) -> HttpResponse:
    return render(request, "saisaat/account/link_closed.html", {"told": words.said(refusal)}, status=410)
