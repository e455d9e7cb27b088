"""Clips by link: paste, look it up, say whose it is and why it may be shown, keep it."""

import asyncio

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saisaat.actions import compose
from saisaat.domain.clip_links import ClipLink, read_link
from saisaat.domain.errors import DomainError, Invalid
from saisaat.domain.roles import Deed
from saisaat.fetching import clips as platforms
from saisaat.fetching.clips import ClipFacts, FoundClip
from saisaat.fetching.safe import Fetcher, Unreachable
from saisaat.posters.covers import clip_cover
from saisaat.posters.pictures import clean_picture
from saisaat.queries import clip_list, pages
from saisaat.records import clock
from saisaat.records.models import Campaign, Item
from saisaat.web.access import Visit, needs
from saisaat.web.clips.forms import ClipForm, LinkForm
from saisaat.web.studio.drawing import sample_pool
from saisaat.web.words import LICENCES, said

PAGE_SIZE = 24
_SMALLEST_COVER = 270
"""Pixels of the shorter side: the smallest picture that YouTube keeps for every clip has 480×360."""


@require_safe
@needs(Deed.SEE)
def clips(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every clip of the office, this year's first asked for, earlier years' on demand."""
    campaign = pages.current_campaign(visit.province)
    every, words = request.GET.get("years") == "all", request.GET.get("q", "").strip()[:100]
    rows = clip_list.clips(visit.province, None if every else campaign, words)
    context = {
        "campaign": campaign,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "every": every,
        "words": words,
        "may_compose": visit.may(Deed.COMPOSE),
    }
    return render(request, "saisaat/clips/clips.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.COMPOSE)
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Two steps on one page: the link, then what is known of it and what only a person can say."""
    campaign = pages.current_campaign(visit.province)
    if campaign is None:
        return render(request, "saisaat/no_campaign.html")
    if request.method == "POST" and "title" in request.POST:
        return _save(request, visit, campaign)
    if not request.GET.get("url"):
        return _page(request, visit, campaign, LinkForm())
    link_form = LinkForm(request.GET)
    try:
        link = read_link(request.GET["url"])
    except DomainError as error:
        link_form.full_clean()
        link_form.add_error("url", said(error))
        return _page(request, visit, campaign, link_form, status=422)
    facts = _facts(link)
    told = facts or ClipFacts()
    form = ClipForm(
        initial={"url": link.url, "title": told.title[:120], "owner": told.owner[:120], "length": _length(told.seconds)}
    )
    return _page(request, visit, campaign, link_form, form=form, link=link, silent=facts is None)


def _save(request: HttpRequest, visit: Visit, campaign: Campaign) -> HttpResponse:
    form = ClipForm(request.POST, request.FILES)
    link: ClipLink | None = None
    try:
        link = read_link(request.POST.get("url", ""))
        if form.is_valid():
            item = _keep(visit, campaign, link, form)
            messages.success(request, _("เก็บคลิปแล้ว ดูข้อความใน LINE แล้วส่งตรวจได้"))
            return redirect("studio-item", item.pk)
    except DomainError as error:
        form.add_error(None, said(error))
    initial = {"url": request.POST.get("url", "")}
    return _page(request, visit, campaign, LinkForm(initial=initial), form=form, link=link, status=422)


def _keep(visit: Visit, campaign: Campaign, link: ClipLink, form: ClipForm) -> Item:
    told = form.cleaned_data
    known = clip_list.known_clip(visit.province, link.url, campaign)
    if known is not None and not known.same_campaign and not told["again"]:
        raise Invalid("คลิปนี้เคยเผยแพร่ในโครงการก่อน จึงยังไม่ได้เก็บ ข้อความที่พิมพ์ยังอยู่ หากตั้งใจใช้ซ้ำโปรดทำเครื่องหมายแล้วกดอีกครั้ง")
    rights = str(LICENCES[told["licence"]])
    clip = compose.Clip(
        title=told["title"],
        text=told["text"],
        url=link.url,
        owner=told["owner"],
        rights=rights,
        seconds=told["length"],
        proof=told["proof"],
    )
    cover = _cover(link, form)
    return compose.compose_clip(
        campaign=campaign, clip=clip, thumbnail=cover, author=visit.person, by=visit.actor, now=clock.now()
    )


def _cover(link: ClipLink, form: ClipForm) -> bytes:
    """The person's own picture, else the platform's, else one drawn from the title."""
    told = form.cleaned_data
    if isinstance(told["picture"], UploadedFile):
        return clean_picture(told["picture"].read(), smallest=_SMALLEST_COVER)
    facts = _facts(link)
    if facts is not None and facts.picture:
        try:
            return clean_picture(facts.picture, smallest=_SMALLEST_COVER)
        except DomainError:
            pass  # a picture that is none is no reason to lose the clip
    return clip_cover(told["title"], told["owner"], "คลิปประจำเดือน", sample_pool())


def _facts(link: ClipLink) -> ClipFacts | None:
    """What the platform says; None where it is out of reach or says nothing."""
    try:
        return asyncio.run(platforms.look_up(link, Fetcher(), settings.YOUTUBE_KEY))
    except Unreachable:
        return None


def _length(seconds: int | None) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds else ""


def _page(
    request: HttpRequest,
    visit: Visit,
    campaign: Campaign,
    link_form: LinkForm,
    *,
    form: ClipForm | None = None,
    link: ClipLink | None = None,
    silent: bool = False,
    status: int = 200,
) -> HttpResponse:
    known = clip_list.known_clip(visit.province, link.url, campaign) if link else None
    if form is not None and (known is None or known.same_campaign):
        del form.fields["again"]
    context = {"link_form": link_form, "form": form, "link": link, "known": known, "silent": silent}
    return render(request, "saisaat/clips/new.html", context, status=status)


@require_safe
@needs(Deed.COMPOSE)
def search(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Find a clip by words (with a key) or among a channel's latest; each result leads to the page of step two."""
    words, channel = request.GET.get("q", "").strip()[:100], request.GET.get("channel", "").strip()[:60]
    found: list[FoundClip] = []
    unreachable = False
    try:
        if words and settings.YOUTUBE_KEY:
            found = asyncio.run(platforms.search(words, Fetcher(), settings.YOUTUBE_KEY))
        elif channel:
            found = asyncio.run(platforms.latest(channel, Fetcher()))
    except Unreachable:
        unreachable = True
    context = {
        "words": words,
        "channel": channel,
        "found": found,
        "asked": bool((words and settings.YOUTUBE_KEY) or channel),
        "unreachable": unreachable,
        "has_key": bool(settings.YOUTUBE_KEY),
    }
    return render(request, "saisaat/clips/search.html", context)
