"""The fresh check before something weighty: it is still the same person at the screen, not just the same browser."""

import math
import time
from datetime import UTC, datetime
from enum import StrEnum

from django.http import HttpRequest

from saisaat.actions import hold_back, protect
from saisaat.domain.errors import NotAllowed
from saisaat.domain.guessing import Guessed
from saisaat.web.access import BEGAN, Visit

LINE_SEEN_AT = "line_seen_at"
"""In the session: when LINE last said who this is, in seconds of real time."""
LINE_IS_FRESH = 300.0
_JUST_NOW = 600.0


class Way(StrEnum):
    """How an account proves itself anew. The value is the form's field name, where it has one."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - a field's name
    LINE = "line"


def way_of(visit: Visit) -> Way:
    """The telephone's code where there is one, else the password, else LINE for an account without a password."""
    if protect.has_totp(visit.account):
        return Way.CODE
    return Way.PASSWORD if visit.account.has_usable_password() else Way.LINE


def line_is_fresh(request: HttpRequest) -> bool:
    """Whether LINE said within the last five minutes who is in this session."""
    seen = request.session.get(LINE_SEEN_AT)
    return isinstance(seen, float) and 0 <= time.time() - seen <= LINE_IS_FRESH


def just_came_in(request: HttpRequest) -> bool:
    """Whether this session began within the last ten minutes: nobody need be asked twice in a row."""
    return 0 <= time.time() - int(request.session.get(BEGAN, 0)) <= _JUST_NOW


def confirm_identity(request: HttpRequest, visit: Visit) -> None:
    """Raise `NotAllowed` unless the POST fields `code` or `password`, or a fresh return from LINE, prove the person.

    Put `{% include "saisaat/account/_confirm.html" %}` into the form. Wrong tries are counted and held back. A right
    code is used up, so call this once a request, after everything else about the form has been checked.
    """
    way = way_of(visit)
    if way is Way.LINE:
        if not line_is_fresh(request):
            raise NotAllowed("ยังไม่ได้ยืนยันตัวตนกับ LINE ใน 5 นาทีที่ผ่านมา ยังไม่มีการบันทึก โปรดกดยืนยันด้วย LINE แล้วทำรายการอีกครั้ง")
        return
    typed = request.POST.get(way.value, "")
    if not typed:
        raise NotAllowed("ยังไม่ได้กรอกรหัสเพื่อยืนยันตัวตน ยังไม่มีการบันทึก โปรดกรอกแล้วกดอีกครั้ง")
    key = hold_back.Key(Guessed.ACCOUNT, visit.account.pk)
    if wait := hold_back.begin_try(key, now=datetime.now(UTC)):
        raise NotAllowed(
            "ลองผิดหลายครั้ง ยังไม่มีการบันทึก เพื่อความปลอดภัยโปรดรอ %(seconds)s วินาทีแล้วลองใหม่",
            seconds=math.ceil(wait.total_seconds()),
        )
    if way is Way.CODE and not protect.check_code(account=visit.account, code=typed):
        raise NotAllowed("รหัสจากโทรศัพท์ไม่ถูกต้องหรือใช้ไปแล้ว ยังไม่มีการบันทึก โปรดรอรหัสชุดใหม่แล้วลองอีกครั้ง")
    if way is Way.PASSWORD and not visit.account.check_password(typed):
        raise NotAllowed("รหัสผ่านไม่ถูกต้อง ยังไม่มีการบันทึก โปรดลองอีกครั้ง")
    hold_back.succeeded(key)
