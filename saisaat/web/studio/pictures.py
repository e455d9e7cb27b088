"""Pictures: those drawn for somebody who is still typing, and the office's own."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saisaat.actions.picture import keep_picture
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.posters.pictures import LARGEST_FILE
from saisaat.posters.styles import STYLES
from saisaat.queries import studio
from saisaat.records import clock
from saisaat.typesetting import RenderRefused
from saisaat.web.access import Visit, needs
from saisaat.web.studio import drawing
from saisaat.web.studio.forms import PictureForm
from saisaat.web.words import said

PAGE_SIZE = 24
SHELF = 8
_SIZES = {drawing.LIVE, drawing.SMALL, drawing.FULL}
# Shown in the place of a poster whose text is too long for it; the page says the same in words.
_TOO_LONG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><rect width="100%" height="100%" fill="#8a8375"/>'
    '<text x="50%" y="50%" font-family="Sarabun, sans-serif" font-size="72" fill="#fff" text-anchor="middle">{}</text>'
    "</svg>"
)


@require_safe
@needs(Deed.COMPOSE)
def picture(request: HttpRequest, visit: Visit, token: str, size: str) -> HttpResponse:
    """A poster nobody saved, drawn from its address."""
    spec = drawing.spec_of(visit.province, token)
    if spec is None or size not in _SIZES:
        raise Http404(_("ไม่พบไฟล์นี้"))
    etag = f'"{token[-20:]}-{size}"'  # the signature: the address says all there is to draw
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304)
    try:
        return HttpResponse(drawing.draw(spec, size), content_type="image/jpeg", headers={"ETag": etag})
    except (RenderRefused, FileNotFoundError):
        style = STYLES.get(spec.style)
        width, height = (style.width, style.height) if style else (1, 1)
        return HttpResponse(format_html(_TOO_LONG, width, height, _("ข้อความยาวเกินแบบนี้")), content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.COMPOSE)
def own(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The office's own pictures, and a form for another."""
    if request.method != "POST":
        return _own(request, visit, PictureForm())
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _own(request, visit, form, status=422)
    file = form.cleaned_data["file"]
    try:
        # One byte more than is allowed tells that there is more, without holding all of it.
        data = file.read(LARGEST_FILE + 1)
        kept = keep_picture(data=data, rights=form.rights(), person=visit.person, by=visit.actor, now=clock.now())
    except DomainError as refusal:
        form.add_error("file", said(refusal))
        return _own(request, visit, form, status=422)
    messages.success(request, _("เก็บภาพแล้ว ใช้ทำโปสเตอร์ได้เลย"))
    return redirect(f"{reverse('studio-pictures')}#p-{kept.pk}")


def _own(request: HttpRequest, visit: Visit, form: PictureForm, status: int = 200) -> HttpResponse:
    rows = studio.own_pictures(visit.province)
    if request.headers.get("HX-Target") == "own-pictures":
        chosen = request.GET.get("picture", "")
        return render(request, "saisaat/studio/_own_pictures.html", {"pictures": rows[:SHELF], "chosen": chosen})
    context = {"form": form, "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
    return render(request, "saisaat/studio/pictures.html", context, status=status)
