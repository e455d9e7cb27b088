"""What is said of a clip before it is kept."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from saisaat.domain.clip_links import read_length
from saisaat.domain.errors import DomainError
from saisaat.web.words import LICENCES, said


class LinkForm(forms.Form):
    """The link alone, as it was pasted."""

    url = forms.CharField(
        label=_("ลิงก์ของคลิป"),
        help_text=_("YouTube, Facebook, TikTok หรือไฟล์ .mp4 ของหน่วยงาน"),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )


class ClipForm(forms.Form):
    """Everything about the clip. What the platform told stands in it already and may be corrected."""

    url = forms.CharField(widget=forms.HiddenInput, max_length=500)
    title = forms.CharField(label=_("ชื่อคลิป"), max_length=120)
    text = forms.CharField(
        label=_("ข้อความชวนดู"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("อยู่ใต้ชื่อคลิปในข้อความ LINE เว้นไว้ก็ได้"),
    )
    owner = forms.CharField(label=_("เจ้าของคลิป"), max_length=120)
    length = forms.CharField(
        label=_("ความยาว"),
        max_length=10,
        help_text=_("นาที:วินาที เช่น 1:30"),
        widget=forms.TextInput(attrs={"inputmode": "text"}),
    )
    licence = forms.ChoiceField(label=_("เผยแพร่ได้เพราะ"), choices=list(LICENCES.items()), widget=forms.RadioSelect)
    proof = forms.CharField(
        label=_("หลักฐานหรือที่มาของสิทธิ์"), max_length=300, help_text=_("เช่น หนังสืออนุญาตเลขที่ใด หรือหน้าเว็บที่ประกาศสัญญาอนุญาต")
    )
    picture = forms.FileField(label=_("ภาพปก"), required=False, help_text=_("เว้นไว้จะใช้ภาพของแพลตฟอร์ม ถ้าไม่มีระบบวาดปกให้"))
    again = forms.BooleanField(label=_("ตั้งใจใช้คลิปนี้ซ้ำ"), required=False)

    def clean_length(self) -> int:
        try:
            return read_length(self.cleaned_data["length"])
        except DomainError as error:
            raise ValidationError(said(error)) from error
