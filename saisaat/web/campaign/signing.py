"""Signing: the whole document on one page, the word of whose turn it is, and every word ever given."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions.sign import DEEDS, check_turn, decline, sign
from saisaat.domain.campaign import SIGNING_ORDER, SignatureRole
from saisaat.domain.content import check_complete
from saisaat.domain.errors import DomainError, Invalid, NotNow
from saisaat.domain.roles import Deed
from saisaat.queries.proposal import signing
from saisaat.records import clock
from saisaat.records.models import Campaign, ContentVersion
from saisaat.web.access import Visit, needs
from saisaat.web.account.confirm import confirm_identity
from saisaat.web.campaign.fields import WordsField
from saisaat.web.campaign.views import found
from saisaat.web.campaign.words import FIELDS
from saisaat.web.words import said


class SignForm(forms.Form):
    """A word on the content that was read. `seen` is the digest of that content."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    acting_for = WordsField(
        label=gettext_lazy("ปฏิบัติราชการแทน (ถ้ามี)"),
        max_length=200,
        help_text=gettext_lazy("ตำแหน่งที่ปฏิบัติราชการแทน เช่น ผู้ว่าราชการจังหวัด"),
    )
    reason = WordsField(label=gettext_lazy("เหตุผลที่ไม่เห็นชอบ"), max_length=500, rows=3)


@require_safe
@needs(Deed.SEE)
def page(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
    """The document to read, and a form for whoever's turn it is."""
    return _page(request, visit, found(visit, campaign_id))


def _goal(role: SignatureRole) -> Callable[..., HttpResponse]:
    """The goal of the form in which that role signs or declines."""

    @require_POST
    @needs(DEEDS[role])
    def given(request: HttpRequest, visit: Visit, campaign_id: str) -> HttpResponse:
        campaign = found(visit, campaign_id)
        form = SignForm(request.POST)
        try:
            _give(request, visit, campaign, role, form)
        except DomainError as error:
            return _page(request, visit, campaign, form, said(error))
        messages.success(request, _("บันทึกแล้ว ผลของท่านผูกกับเนื้อหาฉบับนี้"))
        return redirect("campaign-sign", campaign.pk)

    return given


sign_as_proposer, sign_as_endorser, sign_as_approver = (_goal(role) for role in SIGNING_ORDER)


def _give(request: HttpRequest, visit: Visit, campaign: Campaign, role: SignatureRole, form: SignForm) -> None:
    """Everything is checked before the fresh code is asked for, since a right code is used up."""
    if not form.is_valid():
        raise Invalid("ข้อมูลที่ส่งมาไม่ครบหรือยาวเกินไป ยังไม่ได้บันทึก โปรดตรวจแล้วลองอีกครั้ง")
    seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
    declines = request.POST.get("decision") == "decline"
    if declines and not reason:
        raise Invalid("โปรดเขียนเหตุผลที่ไม่เห็นชอบ ยังไม่ได้บันทึก")
    who = {"campaign": campaign, "role": role, "person": visit.person, "seen_sha256": seen, "by": visit.actor}
    check_turn(**who)
    confirm_identity(request, visit)
    if declines:
        decline(reason=reason, now=clock.now(), **who)
    else:
        sign(acting_for=form.cleaned_data["acting_for"], now=clock.now(), **who)


@require_safe
@needs(Deed.SEE)
def version(request: HttpRequest, visit: Visit, campaign_id: str, sha256: str) -> HttpResponse:
    """A content as it was when somebody gave their word on it, and whether its digest still agrees."""
    campaign = found(visit, campaign_id)
    kept = version_of(campaign, sha256)
    words = [row for row in signing(campaign).history if row.content_sha256 == sha256]
    context = {"campaign": campaign, "version": kept, "content": kept.content, "words": words, "labels": FIELDS}
    return render(request, "saisaat/campaign/version.html", context)


def version_of(campaign: Campaign, sha256: str) -> ContentVersion:
    kept = ContentVersion.of(campaign.province_id).filter(campaign=campaign, sha256=sha256).first()
    if kept is None:
        raise Http404(_("ไม่มีฉบับนี้"))
    kept.campaign = campaign
    return kept


def _page(
    request: HttpRequest, visit: Visit, campaign: Campaign, form: SignForm | None = None, error: str = ""
) -> HttpResponse:
    stands, content = signing(campaign), campaign.content
    try:
        check_complete(content)
        missing = ""
    except NotNow as refusal:
        missing = said(refusal)
    turn = stands.turn
    mine = turn is not None and visit.may(DEEDS[turn]) and not missing
    named = {row["role"]: row.get("acting_for") or "" for row in content.get("signatures") or []}
    first = {"seen": campaign.content_sha256, "acting_for": named.get(turn, "") if turn else ""}
    context = {
        "campaign": campaign,
        "content": content,
        "labels": FIELDS,
        "signing": stands,
        "turn": turn,
        "mine": mine,
        "goal": f"campaign-sign-{turn}" if turn else "",
        "missing": missing,
        "form": form or SignForm(initial=first),
        "may_edit": visit.may(Deed.IMPORT_PROPOSAL),
        "declining": request.POST.get("decision") == "decline",
        "error": error,
    }
    return render(request, "saisaat/campaign/sign.html", context, status=422 if error else 200)
