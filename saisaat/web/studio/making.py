"""The making page: a new poster, a further version of one, and the picture that follows the typing."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saisaat.actions import edit, review
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import STYLES
from saisaat.queries import studio
from saisaat.queries.pages import current_campaign
from saisaat.records import clock
from saisaat.records.models import Campaign, Delivery, Item
from saisaat.typesetting import RenderRefused
from saisaat.web.access import Visit, needs
from saisaat.web.studio import bench, drawing
from saisaat.web.studio.forms import SHADES, MakingForm
from saisaat.web.studio.icons import icons
from saisaat.web.studio.pictures import SHELF


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.COMPOSE)
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A new poster."""
    campaign = current_campaign(visit.province)
    if campaign is None:
        return render(request, "saisaat/no_campaign.html")
    start = bench.new_start(visit.province, campaign, request.GET)
    if request.method != "POST":
        return _page(request, visit, campaign, MakingForm(initial=start.values), start)
    form = MakingForm(request.POST)
    wanted = [value for value in request.POST.getlist("wanted") if value][:40]
    start = replace(start, wanted=wanted)

    def save() -> Item:
        draft = bench.draft(visit.province, campaign, form)
        return edit.make(
            campaign=campaign, draft=draft, wanted=wanted, author=visit.person, by=visit.actor, now=clock.now()
        )

    return _answer(request, visit, campaign, form, start, save)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.COMPOSE)
def again(request: HttpRequest, visit: Visit, item_id: str) -> HttpResponse:
    """A further version of a poster."""
    found = studio.making(visit.province, item_id)
    if found is None or found.item.kind != ItemKind.POSTER:
        raise Http404(_("ไม่พบสื่อนี้"))
    item = found.item
    if found.published or item.status == ItemStatus.DISCARDED:
        messages.error(request, _("สื่อชิ้นนี้แก้ไม่ได้แล้ว หากต้องการแบบใหม่ โปรดทำสำเนา"))
        return redirect("studio-item", item.pk)
    start = bench.edit_start(visit.province, item)
    if request.method != "POST":
        return _page(request, visit, item.campaign, MakingForm(initial=start.values), start, found)
    form = MakingForm(request.POST)

    def save() -> Item:
        draft = bench.draft(visit.province, item.campaign, form)
        seen = form.cleaned_data["seen"] or 0
        return edit.edit(item=item, draft=draft, seen=seen, author=visit.person, by=visit.actor, now=clock.now())

    return _answer(request, visit, item.campaign, form, start, save, found)


@require_POST
@needs(Deed.COMPOSE)
def preview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The poster as typed, with what does not fit: parts of the making page."""
    campaign = current_campaign(visit.province)
    if campaign is None:
        raise Http404(_("ไม่พบรายการนี้"))
    shown = bench.show(visit.province, campaign, MakingForm(request.POST))
    response = render(request, "saisaat/studio/_drawn.html", {"shown": shown})
    if not shown.fits:
        response["HX-Reswap"] = "none"  # the last picture that could be drawn stays; the notes say what is wrong
    return response


@require_POST
@needs(Deed.COMPOSE)
def samples(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every style with what is typed, once the typing rests; and the picture itself in full."""
    campaign, form = current_campaign(visit.province), MakingForm(request.POST)
    if campaign is None or not form.is_valid():
        return HttpResponse(status=204)
    spec = _spec(visit, campaign, form)
    try:
        drawing.draw(spec, drawing.FULL)
        full = drawing.picture_path(visit.province, spec, drawing.FULL)
    except DomainError:
        full = ""
    context = {
        "samples": bench.samples(visit.province, spec, drawn=True),
        "full": full,
        "live": drawing.picture_path(visit.province, spec, drawing.LIVE),
        "apart": True,
    }
    return render(request, "saisaat/studio/_samples.html", context)


def _spec(visit: Visit, campaign: Campaign, form: MakingForm) -> PosterSpec:
    picture = bench.own_picture(visit.province, form.cleaned_data["picture"])
    return form.spec(campaign, picture.media.sha256 if picture else "")


def _answer(
    request: HttpRequest,
    visit: Visit,
    campaign: Campaign,
    form: MakingForm,
    start: bench.Start,
    save: Any,
    found: studio.Making | None = None,
) -> HttpResponse:
    """Save, save and send for review, or only look."""
    doing = request.POST.get("do", "save")
    if doing == "look" or not form.is_valid():
        shown = bench.show(visit.province, campaign, form)
        return _page(request, visit, campaign, form, start, found, shown=shown, status=200 if shown.fits else 422)
    try:
        item = save()
        if doing == "submit":
            review.submit(item=item, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        form.refuse(refusal, refusal.field if isinstance(refusal, RenderRefused) else "")
        return _page(request, visit, campaign, form, start, found, status=422)
    messages.success(request, _("ส่งให้ผู้ตรวจแล้ว") if doing == "submit" else _("บันทึกแล้ว"))
    return redirect("studio-item", item.pk)


def _page(
    request: HttpRequest,
    visit: Visit,
    campaign: Campaign,
    form: MakingForm,
    start: bench.Start,
    found: studio.Making | None = None,
    *,
    shown: bench.Shown | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = shown or _first_look(visit, campaign, form)
    sample_spec = _sample_spec(visit, campaign, form)
    context = {
        "form": form,
        "start": start,
        "topic": start.topic,
        "found": found,
        "item": found.item if found else None,
        "shown": shown,
        "notes": {note.name: note for note in bench.notes(form)},
        "samples": bench.samples(visit.province, sample_spec),
        "style": str(form["style"].value()),
        "icons": icons(),
        "chosen": str(form["picture"].value() or ""),
        "pictures": studio.own_pictures(visit.province)[:SHELF],
        "takers": bench.takers(),
        "shades": SHADES - 1,
        "wanted": set(start.wanted),
        "candidates": _by_entry(start.candidates),
    }
    return render(request, "saisaat/studio/making.html", context, status=status)


def _first_look(visit: Visit, campaign: Campaign, form: MakingForm) -> bench.Shown:
    """What a form not sent yet would look like; its picture is drawn when the browser asks for it."""
    trial = form if form.is_bound else MakingForm(form.initial)
    if not trial.is_valid():
        return bench.Shown(notes=bench.notes(form))
    return bench.show(visit.province, campaign, trial, drawn=False)


def _sample_spec(visit: Visit, campaign: Campaign, form: MakingForm) -> PosterSpec:
    """The gallery's text: what is typed, or an example while nothing is."""
    trial = form if form.is_bound else MakingForm(form.initial)
    if trial.is_valid():
        return _spec(visit, campaign, trial)
    style = str(form["style"].value())
    return bench.example(campaign, style if style in STYLES else next(iter(STYLES)))


def _by_entry(rows: Any) -> list[tuple[Any, list[Delivery]]]:
    """The deliveries by their entry, in the order given."""
    told: dict[Any, list[Delivery]] = {}
    for row in rows:
        told.setdefault(row.entry, []).append(row)
    return list(told.items())
