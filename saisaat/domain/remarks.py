"""What the program itself writes beside a row: why something was not sent, why a topic comes again, how it is known.

A row keeps the whole sentence in Thai, as the record of that day. `recognise` takes it apart again, so that a page can
say it in the reader's language; every sentence that is kept so stands here and nowhere else.
"""

import re
from enum import StrEnum

from saisaat.domain.phrases import Phrase, in_thai
from saisaat.domain.thai import find_dates


class Remark(StrEnum):
    """A sentence that is kept, written as the template of a `Phrase`."""

    # Beside a delivery and the attempts to send it.
    WITHDRAWN_BEFORE = "ถอนรายการออกจากแผนก่อนส่ง"
    UNAPPROVED_BEFORE = "การอนุมัติสื่อถูกยกเลิกก่อนส่ง"
    LATE_BEFORE = "เลยกำหนดส่งก่อนเริ่มส่ง"
    LATE_WITHOUT_CHANCE = "เลยกำหนดส่งโดยไม่มีโอกาสส่งฟรี"
    LATE_WITHOUT_ITEM = "เลยกำหนดส่งก่อนที่รายการจะพร้อม"
    NOT_IN_GROUP = "บัญชีทางการไม่ได้อยู่ในกลุ่ม"
    QUIET_HOURS = "อยู่ในช่วงเวลางดส่ง"
    STOPPED_BEFORE = "หยุดก่อนเริ่มส่ง"
    STOPPED_AMID = "โปรแกรมหยุดระหว่างส่ง"
    WITHDRAWN = "ถอนรายการ: %(reason)s"
    EDITED = "ยกเลิกการอนุมัติ: สื่อถูกแก้ไข"
    UNAPPROVED = "ยกเลิกการอนุมัติ: %(reason)s"
    PRESSED = "มีผู้กดปุ่มใต้สื่อในกลุ่ม"
    QUOTED = "มีผู้ตอบโดยอ้างถึงสื่อในกลุ่ม"
    SEEN = "ยืนยันโดยบุคคล: %(evidence)s"
    NOT_SEEN = "ยืนยันโดยบุคคลว่าไม่พบ: %(evidence)s"
    REUSED_ALIKE = "ใช้หัวข้อซ้ำจากวันที่ %(day)s ในรูปแบบเดิม %(style)s เพราะใช้ครบทุกรูปแบบแล้ว"
    REUSED = "ใช้หัวข้อซ้ำจากวันที่ %(day)s เปลี่ยนรูปแบบจาก %(old_style)s เป็น %(style)s"

    # Beside an account whose messages are no longer taken, and a signature.
    REFUSED = "ถูกปฏิเสธ"
    SIGNED_ANOTHER = "เนื้อหาโครงการถูกแก้ไขหลังลงนาม"

    # Beside an answer to a comment.
    ANSWERED_ANEW = "แทนที่ด้วยคำตอบใหม่"
    NO_FREE_WAY = "ไม่มีโอกาสส่งฟรีภายในกำหนด คำตอบอยู่ในบันทึก"
    ANSWER_CUT_OFF = "ระบบหยุดระหว่างส่ง อาจถึงกลุ่มแล้วจึงไม่ส่งซ้ำ"

    # In a close-out.
    NO_FIGURE = "ไม่มีผู้เปิดลิงก์ของสื่อชิ้นนี้ และ LINE ไม่แจ้งจำนวนผู้อ่านให้บัญชีทางการทราบ จึงไม่มีตัวเลขผู้เข้าชม"
    NO_COMMENTS = "ไม่มีความเห็นหรือข้อวิจารณ์"

    # Why the ledger did not allow a push; also said at once. The shorter form would fit the longer: it stands last.
    NO_READING = "ยังไม่เคยอ่านโควตาข้อความจาก LINE จึงไม่ส่งแบบ push รายการยังรออยู่ โปรดกดอ่านโควตาแล้วลองใหม่"
    READING_OF_ANOTHER_MONTH = "ตัวเลขโควตาที่มีเป็นของคนละเดือน จึงไม่ส่งแบบ push รายการยังรออยู่ โปรดอ่านโควตาใหม่"
    READING_TOO_OLD = "ตัวเลขโควตาที่มีไม่เป็นปัจจุบัน (เกิน 24 ชั่วโมง) จึงไม่ส่งแบบ push รายการยังรออยู่ โปรดอ่านโควตาใหม่"
    HEADS_UNKNOWN = "ไม่รู้จำนวนสมาชิกของกลุ่ม จึงคิดโควตาไม่ได้และไม่ส่งแบบ push รายการยังรออยู่ โปรดตรวจว่าบัญชียังอยู่ในกลุ่ม"
    MAY_COST = (
        "บัญชี LINE นี้ใช้แพ็กเกจที่ไม่จำกัดข้อความและอาจมีค่าใช้จ่าย จึงไม่ส่งแบบ push รายการยังรออยู่ "
        "ใช้วิธีส่งที่ไม่เสียเงิน หรือให้สำนักงานอนุญาตค่าใช้จ่ายก่อน"
    )
    TOO_FEW_UNRESERVED = (
        "การส่งแบบ push ครั้งนี้ต้องใช้ %(heads)s ข้อความ แต่โควตาฟรีของเดือนนี้เหลือ %(free)s "
        "(กันไว้ให้รายการอื่นแล้ว %(reserved)s) จึงไม่ส่ง รายการยังรออยู่ "
        "โปรดใช้การตอบกลับหรือเวรเผยแพร่ซึ่งไม่เสียโควตา"
    )
    TOO_FEW_FREE = (
        "การส่งแบบ push ครั้งนี้ต้องใช้ %(heads)s ข้อความ แต่โควตาฟรีของเดือนนี้เหลือ %(free)s จึงไม่ส่ง รายการยังรออยู่ "
        "โปรดใช้การตอบกลับหรือเวรเผยแพร่ซึ่งไม่เสียโควตา"
    )

    def of(self, **values: object) -> str:
        """The sentence to keep."""
        return in_thai(self, values)


def _form(template: str) -> re.Pattern[str]:
    """What a sentence of this template looks like, its values named."""
    return re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+?)", re.escape(template)), re.DOTALL)


_FORMS = [(remark, _form(remark)) for remark in Remark if "%(" in remark]
_WHOLE = frozenset(Remark)


def recognise(kept: str) -> Phrase | None:
    """The phrase that was kept as this sentence; None where somebody else wrote it. A day is a date again."""
    if kept in _WHOLE:
        return Phrase(kept)
    for remark, form in _FORMS:
        if found := form.fullmatch(kept):
            values: dict[str, object] = {**found.groupdict()}
            if "day" in values and (days := find_dates(found["day"])):
                values["day"] = days[0].value
            return Phrase(remark, **values)
    return None
