"""What makes a password good enough. Django's checks, in the words of the office."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 10


class LongEnough(MinimumLengthValidator):
    def __init__(self) -> None:
        super().__init__(SHORTEST)

    def get_error_message(self) -> str:
        return _("รหัสผ่านต้องมีอย่างน้อย 10 ตัว วลีสั้น ๆ ที่คุณจำได้ใช้ได้ดี")


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("รหัสผ่านนี้มีผู้ใช้กันมาก จึงเดาง่าย โปรดคิดรหัสอื่น")


class NotOnlyDigits(NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("รหัสผ่านเป็นตัวเลขล้วนไม่ได้ โปรดใส่ตัวอักษรด้วย")


class NotTheName:
    """Not the username, and not built around it."""

    def validate(self, password: str, user: Any = None) -> None:
        name = getattr(user, "username", "").lower()
        if len(name) >= 3 and name in password.lower():
            raise ValidationError(_("รหัสผ่านมีชื่อผู้ใช้อยู่ข้างใน จึงเดาง่าย โปรดคิดรหัสอื่น"), code="password_too_similar")

    def get_help_text(self) -> str:
        return ""
