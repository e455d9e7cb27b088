"""The studio's words."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saisaat.domain.topics import Audience
from saisaat.posters.days import DAYS
from saisaat.posters.styles import Style

AUDIENCES = {
    Audience.STAFF: _("เจ้าหน้าที่"),
    Audience.NETWORK: _("ภาคีเครือข่าย"),
}
FIELDS = {
    "headline": _("หัวข้อ"),
    "body": _("เนื้อหา"),
    "topic": _("ป้ายหมวด"),
    "citation": _("ที่มา"),
    "greeting": _("คำทักทาย"),
    "credit": _("ที่มาของภาพ"),
    "style": _("แบบ"),
    "icon": _("ไอคอน"),
    "day": _("สีประจำวัน"),
    "colours": _("สีของหน่วยงาน"),
    "picture": _("ภาพของหน่วยงาน"),
    "alt": _("คำบรรยายภาพ"),
    "text": _("ข้อความบนหน้าเว็บ"),
}
DAY_COLOURS = {
    "monday": _("วันจันทร์ · เหลือง"),
    "tuesday": _("วันอังคาร · ชมพู"),
    "wednesday": _("วันพุธ · เขียว"),
    "thursday": _("วันพฤหัสบดี · ส้ม"),
    "friday": _("วันศุกร์ · ฟ้า"),
    "saturday": _("วันเสาร์ · ม่วง"),
    "sunday": _("วันอาทิตย์ · แดง"),
}
assert DAY_COLOURS.keys() == DAYS.keys()
ICONS = {
    "alert-octagon": _("เตือนร้ายแรง"),
    "alert-triangle": _("ระวัง"),
    "arrows-exchange": _("แลกเปลี่ยน"),
    "award": _("รางวัล"),
    "ban": _("ห้าม"),
    "book-2": _("หนังสือ"),
    "briefcase": _("กระเป๋างาน"),
    "building-bank": _("สถาบัน"),
    "building-community": _("หน่วยงาน"),
    "bulb": _("ความคิด"),
    "cash": _("เงิน"),
    "chart-bar": _("แผนภูมิ"),
    "circle-check": _("ถูกต้อง"),
    "clipboard-check": _("ตรวจแล้ว"),
    "clipboard-list": _("รายการ"),
    "clock": _("เวลา"),
    "device-mobile": _("โทรศัพท์"),
    "eye-check": _("ตรวจดู"),
    "fingerprint": _("ข้อมูลส่วนบุคคล"),
    "flag": _("ธง"),
    "friends": _("เพื่อน"),
    "gavel": _("ค้อนศาล"),
    "gift": _("ของขวัญ"),
    "hand-stop": _("มือห้าม"),
    "heart": _("หัวใจ"),
    "heart-handshake": _("ช่วยเหลือ"),
    "lock": _("กุญแจ"),
    "message-circle": _("ข้อความ"),
    "news": _("ข่าว"),
    "plant-2": _("ต้นไม้"),
    "rosette-discount-check": _("ตรารับรอง"),
    "scale": _("ตาชั่ง"),
    "seedling": _("ต้นกล้า"),
    "shield-check": _("โล่ป้องกัน"),
    "shopping-cart": _("รถเข็นซื้อของ"),
    "signature": _("ลงนาม"),
    "speakerphone": _("ลำโพง"),
    "star": _("ดาว"),
    "user-shield": _("ผู้คุ้มครอง"),
    "users-group": _("กลุ่มคน"),
}
"""The icons offered; the QR code's own is not among them."""


def style_title(style: Style) -> str:
    return style.english if _in_english() else style.title


def style_about(style: Style) -> str:
    return style.about_english if _in_english() else style.about


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
