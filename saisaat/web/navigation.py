"""The areas of the workspace, in the order of the work."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saisaat.domain.roles import Deed
from saisaat.web.access import Visit


@dataclass(frozen=True, slots=True)
class Area:
    """`name` is the icon and the first page's address name; `packages` are the areas' folders under saisaat.web."""

    name: str
    label: str | Promise
    packages: tuple[str, ...]
    deed: Deed = Deed.SEE
    on_phone: bool = False


AREAS = (
    Area("home", _("วันนี้"), ("home",), on_phone=True),
    Area("campaign", _("โครงการ"), ("campaign", "season")),
    Area("plan", _("แผน"), ("plan",), on_phone=True),
    Area("studio", _("สร้างสื่อ"), ("studio", "clips"), on_phone=True),
    Area("reviews", _("ตรวจทาน"), ("review",)),
    Area("publications", _("เผยแพร่"), ("publications",)),
    Area("comments", _("ความเห็น"), ("comments",), on_phone=True),
    Area("people", _("บุคคล"), ("people",), Deed.SEE_PEOPLE),
    Area("settings", _("ตั้งค่า"), ("settings",), Deed.CHANGE_SETTINGS),
)


_OF_NO_AREA = ("more", "kept")


def areas_for(visit: Visit) -> list[Area]:
    """The areas whose first page opens to this visitor."""
    return [area for area in AREAS if visit.may_somewhere(area.deed)]


def area_of(request: HttpRequest) -> str:
    """The area the request's page belongs to; "" for pages of none."""
    match = request.resolver_match
    module = match.func.__module__.split(".") if match and match.url_name not in _OF_NO_AREA else []
    package = module[2] if len(module) > 3 else ""
    return next((area.name for area in AREAS if package in area.packages), "")
