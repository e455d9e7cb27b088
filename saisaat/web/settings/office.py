"""The office itself: its name and letter code, its colours and pictures, the language of its pages."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from saisaat.actions import configure
from saisaat.domain.errors import DomainError
from saisaat.domain.roles import Deed
from saisaat.posters.pictures import clean_picture
from saisaat.queries import office as office_queries
from saisaat.records import clock
from saisaat.records.models import Brand, Province
from saisaat.web.access import Visit, needs
from saisaat.web.words import said

PICTURES = ("logo", "emblem")
_SMALLEST_MARK = 200
OUR_COLOURS = {"primary": "#0e5a55", "secondary": "#c1932f"}
"""What the pickers show before the office chose."""


class OfficeForm(forms.Form):
    """Names, colours, pictures."""

    name = forms.CharField(label=gettext_lazy("ชื่อสำนักงาน"), max_length=200)
    letter_code = forms.CharField(
        label=gettext_lazy("รหัสตัวพยัญชนะและเลขประจำของเจ้าของเรื่อง"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("ที่อยู่หลังคำว่า “ที่” ในหนังสือราชการ เช่น นว ๐๐๑๙"),
    )
    address = forms.CharField(label=gettext_lazy("ที่ตั้ง"), required=False, max_length=300)
    telephone = forms.CharField(label=gettext_lazy("โทรศัพท์"), required=False, max_length=60)
    primary = forms.CharField(
        label=gettext_lazy("สีหลัก"), required=False, widget=forms.TextInput(attrs={"type": "color"})
    )
    secondary = forms.CharField(
        label=gettext_lazy("สีรอง"), required=False, widget=forms.TextInput(attrs={"type": "color"})
    )
    own_colours = forms.BooleanField(label=gettext_lazy("ใช้สีของสำนักงาน"), required=False)
    logo = forms.FileField(
        label=gettext_lazy("ตราของสำนักงาน"), required=False, help_text=gettext_lazy("JPEG หรือ PNG ด้านสั้นอย่างน้อย 200 จุด")
    )
    emblem = forms.FileField(
        label=gettext_lazy("ตราครุฑสำหรับหนังสือราชการ"),
        required=False,
        help_text=gettext_lazy("ไฟล์ที่หน่วยงานใช้อยู่ ระบบไม่วาดให้ ถ้าไม่มีจะเว้นที่ไว้"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("ภาษาเริ่มต้นของหน้าเว็บ"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Deed.CHANGE_SETTINGS)
def office(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One form for what the office shows of itself."""
    province, brand = visit.account.province, office_queries.brand_of(visit.province)
    form = OfficeForm(
        request.POST if request.method == "POST" else None, request.FILES or None, initial=_initial(province, brand)
    )
    if form.is_valid():
        try:
            _save(visit, province, form)
        except DomainError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("บันทึกข้อมูลสำนักงานแล้ว"))
            return redirect("settings-office")
    status = 422 if request.method == "POST" else 200
    return render(request, "saisaat/settings/office.html", {"form": form, "brand": brand}, status=status)


def _initial(province: Province, brand: Brand | None) -> dict[str, object]:
    told: dict[str, object] = {name: getattr(province, name) for name in ("name", "letter_code", "language")}
    told |= {name: getattr(brand, name, "") for name in ("address", "telephone")}
    told |= {name: getattr(brand, name, "") or colour for name, colour in OUR_COLOURS.items()}
    return told | {"own_colours": bool(brand and brand.primary)}


def _save(visit: Visit, province: Province, form: OfficeForm) -> None:
    told, by, now = form.cleaned_data, visit.actor, clock.now()
    files = {name: told[name] for name in PICTURES if isinstance(told[name], UploadedFile)}
    configure.set_brand(
        province=province,
        primary=told["primary"] if told["own_colours"] else "",
        secondary=told["secondary"] if told["own_colours"] else "",
        address=told["address"],
        telephone=told["telephone"],
        pictures={name: clean_picture(file.read(), smallest=_SMALLEST_MARK) for name, file in files.items()},
        by=by,
        now=now,
    )
    configure.set_office(
        province=province, name=told["name"], letter_code=told["letter_code"], language=told["language"], by=by, now=now
    )
