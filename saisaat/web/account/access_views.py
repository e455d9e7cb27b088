"""Who gets in (สิทธิ์เข้าใช้): accounts, their roles, and invitations to those who have none yet."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saisaat.actions import grant, invite
from saisaat.domain.errors import DomainError
from saisaat.domain.granting import OFFICE_ROLES, can_grant, can_touch
from saisaat.domain.roles import Deed, Role
from saisaat.queries import accounts
from saisaat.records.models import Account, Invitation, Office, Person, RoleGrant
from saisaat.web import words
from saisaat.web.access import Visit, needs
from saisaat.web.account import doors
from saisaat.web.account.forms import InviteForm, RolesForm
from saisaat.web.account.words import ROLE_MEANINGS, ROLES

PAGE = 25
_LINK = "fresh_invitation"


@require_safe
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every account with its roles, last sign-in and second factor; above them who was invited and has not come."""
    offices = visit.offices(Deed.MANAGE_ACCESS)
    page = Paginator(accounts.accounts(visit.province, offices), PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": [(row, _roles(row)) for row in page.object_list],
        "invited": [_shown(row) for row in accounts.open_invitations(visit.province, offices)[:PAGE]],
    }
    return render(request, "saisaat/account/access.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_invite(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Invite somebody of the office who has no account."""
    offices = visit.offices(Deed.MANAGE_ACCESS)
    people = list(accounts.people_without_account(visit.province, offices))
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        people=people,
        initial={"person": request.GET.get("person", "")},
        **_grantable(visit),
    )
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _invite(request, visit, form.chosen_person, form.chosen_roles, form.chosen_office)
        except DomainError as refusal:
            error = words.said(refusal)
    status = 422 if request.method == "POST" else 200
    told = {"form": form, "error": error, "nobody": not people, "meanings": _meanings(form)}
    return render(request, "saisaat/account/invite.html", told, status=status)


@require_safe
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The link of the invitation just made, once: it is kept nowhere."""
    word = doors.take_out(request, _LINK)
    invitation = _invitations(visit).filter(token_sha256=invite.hash_of(word)).first() if word else None
    if word is None or invitation is None:
        messages.error(request, _("ลิงก์แสดงได้ครั้งเดียว ถ้ายังไม่ได้ส่งให้ผู้รับ โปรดกด “ทำลิงก์ใหม่”"))
        return redirect("access")
    link = settings.BASE_URL + reverse("invitation", args=[word])
    text = _("เชิญเข้าใช้ระบบ “ใสสะอาด” ของสำนักงาน ลิงก์นี้ใช้ได้ครั้งเดียวภายใน 7 วัน") + f"\n{link}"
    share = "https://line.me/R/share?" + urlencode({"text": text})
    return render(request, "saisaat/account/link.html", {"link": link, "share": share, "row": invitation})


@require_safe
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_account(request: HttpRequest, visit: Visit, account: str) -> HttpResponse:
    """One account: its roles, and what can be done about it."""
    return _account_page(request, visit, _account(visit, account))


@require_POST
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_grant(request: HttpRequest, visit: Visit, account: str) -> HttpResponse:
    """Give a role or several."""
    row = _account(visit, account)
    form = RolesForm(request.POST, **_grantable(visit))
    if not form.is_valid():
        return _account_page(request, visit, row, form=form)
    try:
        for role in form.chosen_roles:
            grant.grant_role(account=row, role=role, office=form.chosen_office, by=visit.actor, now=datetime.now(UTC))
    except DomainError as refusal:
        return _account_page(request, visit, row, form=form, error=words.said(refusal))
    messages.success(request, _("ให้บทบาทแล้ว"))
    return redirect("access-account", row.pk)


@require_POST
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_revoke(request: HttpRequest, visit: Visit, account: str) -> HttpResponse:
    """Take one role back."""
    row = _account(visit, account)
    wanted = request.POST.get("grant", "")
    given = RoleGrant.of(visit.province).filter(account=row, pk=int(wanted) if wanted.isdecimal() else 0)
    held = given.select_related("account").first()
    if held is None:
        return _account_page(request, visit, row, error=_("บทบาทนี้ถูกถอนไปแล้ว จึงไม่มีอะไรเปลี่ยนแปลง"))
    try:
        grant.revoke_role(grant=held, by=visit.actor, now=datetime.now(UTC))
    except DomainError as refusal:
        return _account_page(request, visit, row, error=words.said(refusal))
    messages.success(request, _("ถอนบทบาทแล้ว"))
    return redirect("access-account", row.pk)


@require_POST
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_close(request: HttpRequest, visit: Visit, account: str) -> HttpResponse:
    """Nobody gets in by this account any more."""
    row = _account(visit, account)
    try:
        grant.close_account(account=row, by=visit.actor, now=datetime.now(UTC))
    except DomainError as refusal:
        return _account_page(request, visit, row, error=words.said(refusal))
    messages.success(request, _("ปิดบัญชีแล้ว ประวัติงานของบุคคลนี้ยังอยู่ครบ"))
    return redirect("access")


@require_POST
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_again(request: HttpRequest, visit: Visit, account: str) -> HttpResponse:
    """A new way in for somebody who lost theirs, or whose account was closed."""
    row = _account(visit, account)
    try:
        return _invite(request, visit, row.person, [], None)
    except DomainError as refusal:
        return _account_page(request, visit, row, error=words.said(refusal))


@require_POST
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_resend(request: HttpRequest, visit: Visit, invitation: str) -> HttpResponse:
    """A fresh link in place of the one that was lost or ran out."""
    row = get_object_or_404(_invitations(visit), pk=invitation)
    try:
        return _invite(request, visit, row.person, [Role(role) for role in row.roles], row.office)
    except DomainError as refusal:
        messages.error(request, words.said(refusal))
        return redirect("access")


@require_POST
@needs(Deed.MANAGE_ACCESS, somewhere=True)
def access_withdraw(request: HttpRequest, visit: Visit, invitation: str) -> HttpResponse:
    row = get_object_or_404(_invitations(visit), pk=invitation)
    try:
        invite.withdraw(invitation=row, by=visit.actor, now=datetime.now(UTC))
    except DomainError as refusal:
        messages.error(request, words.said(refusal))
    else:
        messages.success(request, _("ยกเลิกคำเชิญแล้ว ลิงก์เดิมใช้ไม่ได้อีก"))
    return redirect("access")


def _invite(
    request: HttpRequest, visit: Visit, person: Person, roles: list[Role], office: Office | None
) -> HttpResponse:
    _row, word = invite.invite(person=person, roles=roles, office=office, by=visit.actor, now=datetime.now(UTC))
    doors.put_by(request, _LINK, word)
    return redirect("access-link")


def _account(visit: Visit, pk: str) -> Account:
    found: Account = get_object_or_404(accounts.accounts(visit.province, visit.offices(Deed.MANAGE_ACCESS)), pk=pk)
    return found


def _invitations(visit: Visit) -> QuerySet[Invitation]:
    return accounts.open_invitations(visit.province, visit.offices(Deed.MANAGE_ACCESS))


def _account_page(
    request: HttpRequest, visit: Visit, row: Account, *, form: RolesForm | None = None, error: str = ""
) -> HttpResponse:
    form = form or RolesForm(**_grantable(visit))
    told = {
        "row": row,
        "grants": [
            (held, ROLES[Role(held.role)], can_grant(visit.actor, Role(held.role), held.office_id))
            for held in row.grants.all()
        ],
        "form": form,
        "meanings": _meanings(form),
        "error": error,
        "may_touch": can_touch(visit.actor, row.actor(), row.person.office_id),
        "own": row.pk == visit.account.pk,
        "may_give": row.is_active and (row.pk != visit.account.pk or Role.OWNER in visit.actor.roles),
    }
    return render(request, "saisaat/account/access_account.html", told, status=422 if request.method == "POST" else 200)


def _grantable(visit: Visit) -> dict[str, Any]:
    """What the visitor may give: which roles, and for which offices."""
    offices = visit.offices(Deed.MANAGE_ACCESS)
    rows = accounts.offices_of(visit.province, offices)
    where: list[str | None] = [None] if offices is None else list(offices)
    return {
        "roles": [role for role in ROLES if any(can_grant(visit.actor, role, office) for office in where)],
        "offices": rows,
        "everywhere": offices is None,
    }


def _roles(row: Account) -> list[tuple[Any, Office | None]]:
    return [(ROLES[Role(held.role)], held.office) for held in row.grants.all()]


def _shown(row: Invitation) -> tuple[Invitation, list[Any], bool]:
    return row, [ROLES[Role(role)] for role in row.roles], accounts.is_expired(row, datetime.now(UTC))


def _meanings(form: RolesForm) -> list[tuple[Any, Any, bool]]:
    """The roles on offer, what each is for, and whether it can be held for one office alone."""
    offered = [Role(value) for value, _label in form.fields["roles"].choices]  # type: ignore[attr-defined]
    return [(ROLES[role], ROLE_MEANINGS[role], role in OFFICE_ROLES) for role in offered]
