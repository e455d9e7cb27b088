"""The forms of accounts: a name and a password to be chosen, an invitation, a role, the first run."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from saisaat.domain.errors import Invalid
from saisaat.domain.roles import Role
from saisaat.domain.usernames import check_username
from saisaat.records.models import Account, Office, Person
from saisaat.web import words
from saisaat.web.account.words import ROLES, STAFF_TYPES

WHOLE_PROVINCE = "all"


class PlainForm(forms.Form):
    """Labels without a colon, as on the other pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class NewPassword(PlainForm):
    """A password typed twice. Named so that nothing of it is kept when a session is lost."""

    secret = forms.CharField(
        label=_("รหัสผ่านใหม่"),
        strip=False,
        help_text=_("อย่างน้อย 10 ตัว จะใช้วลีไทยหรืออังกฤษที่จำง่ายก็ได้"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )
    secret_again = forms.CharField(
        label=_("พิมพ์รหัสผ่านเดิมอีกครั้ง"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )

    def __init__(self, *args: Any, username: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._username = username

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        secret, again = typed.get("secret"), typed.get("secret_again")
        if secret and again and secret != again:
            self.add_error("secret_again", gettext("รหัสผ่านสองช่องไม่ตรงกัน โปรดพิมพ์ใหม่ทั้งสองช่อง"))
        elif secret:
            try:
                validate_password(secret, Account(username=typed.get("username", self._username)))
            except ValidationError as weak:
                self.add_error("secret", weak)
        return typed


class NewAccount(NewPassword):
    """Somebody's own choice of a name and a password."""

    field_order = ["username", "secret", "secret_again"]

    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=60,
        help_text=_("ตั้งเองได้ เช่น ชื่อเล่นตามด้วยตัวเลข ไม่มีเว้นวรรค"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_username(self) -> str:
        try:
            name = check_username(self.cleaned_data["username"])
        except Invalid as refusal:
            raise ValidationError(words.said(refusal)) from refusal
        if Account.everywhere.filter(username=name).exists():
            raise ValidationError(gettext("ชื่อผู้ใช้นี้มีคนใช้แล้ว โปรดเลือกชื่ออื่น"))
        return name


class FirstRunForm(NewAccount):
    """The office and its first person, who owns it."""

    field_order = [
        "name",
        "code",
        "letter_code",
        "person_name",
        "position",
        "staff_type",
        "username",
        "secret",
        "secret_again",
    ]

    name = forms.CharField(label=_("ชื่อสำนักงาน"), max_length=200, help_text=_("เช่น สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง"))
    code = forms.SlugField(
        label=_("รหัสย่อจังหวัด"),
        max_length=20,
        help_text=_("ตัวอักษรอังกฤษสั้น ๆ ที่ใช้แทนจังหวัดนี้ เช่น nsn ตั้งแล้วไม่เปลี่ยน"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"invalid": _("ใช้ได้เฉพาะตัวอักษรอังกฤษ ตัวเลข ขีด และขีดล่าง")},
    )
    letter_code = forms.CharField(
        label=_("เลขประจำหนังสือของส่วนราชการ"), max_length=60, required=False, help_text=_("เช่น นว ๐๐๑๙ เว้นไว้ก่อนก็ได้")
    )
    person_name = forms.CharField(
        label=_("ชื่อและนามสกุลของคุณ"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    position = forms.CharField(
        label=_("ตำแหน่ง"),
        max_length=200,
        help_text=_("เช่น หัวหน้าฝ่ายอำนวยการ"),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    staff_type = forms.ChoiceField(label=_("ประเภทบุคลากร"), choices=list(STAFF_TYPES.items()))

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower()


class RolesForm(PlainForm):
    """Roles to be given, and where they hold. `offices` are those the giver may give for; `everywhere`: all of them."""

    roles = forms.MultipleChoiceField(
        label=_("บทบาท"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("โปรดเลือกอย่างน้อยหนึ่งบทบาท")}
    )
    where = forms.ChoiceField(
        label=_("ใช้ได้กับ"), help_text=_("บทบาทเฉพาะสำนักงานมีได้สี่อย่าง: เจ้าของโครงการ ผู้ดูแลระบบ ผู้ดู ผู้ตรวจสอบ")
    )

    def __init__(self, *args: Any, roles: list[Role], offices: list[Office], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, ROLES[role]) for role in roles]  # type: ignore[attr-defined]
        whole = [(WHOLE_PROVINCE, _("ทั้งจังหวัด"))] if everywhere else []
        self.fields["where"].choices = whole + [(office.pk, office.name) for office in offices]  # type: ignore[attr-defined]
        self._offices = {office.pk: office for office in offices}

    @property
    def chosen_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]

    @property
    def chosen_office(self) -> Office | None:
        return self._offices.get(self.cleaned_data["where"])


class InviteForm(RolesForm):
    """Whom to invite. `people` are those without an account, with their office's name."""

    field_order = ["person", "roles", "where"]

    person = forms.ChoiceField(label=_("เชิญใคร"))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for person in people:
            groups.setdefault(person.office.name, []).append((person.pk, f"{person.name} · {person.position}"))
        self.fields["person"].choices = [("", _("เลือกบุคคล")), *groups.items()]  # type: ignore[attr-defined]
        self._people = {person.pk: person for person in people}

    @property
    def chosen_person(self) -> Person:
        return self._people[self.cleaned_data["person"]]
