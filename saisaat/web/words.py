"""The words of the pages for the domain's values. Thai is the source; the catalogue gives the English."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from saisaat.domain.answers import AnswerState, AnswerWay
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.cadence import Per
from saisaat.domain.campaign import SignatureRole
from saisaat.domain.delivery import Outcome, State, Way
from saisaat.domain.errors import DomainError
from saisaat.domain.feedback import CommentKind
from saisaat.domain.phrases import Phrase, Told
from saisaat.domain.pictures import Licence
from saisaat.domain.thai import THAI_WEEKDAYS
from saisaat.posters.styles import STYLES
from saisaat.queries.pages import CommentShow, Standing
from saisaat.web.dates import day, in_english

STATES = {
    State.PLANNED: _("อยู่ในแผน"),
    State.DUE: _("ถึงกำหนด"),
    State.ARMED: _("รอโอกาสส่งฟรี"),
    State.SENDING: _("กำลังส่ง"),
    State.UNCERTAIN: _("ไม่แน่ใจว่าถึง"),
    State.SENT: _("ส่งแล้ว"),
    State.CLOSED: _("ปิดงานแล้ว"),
    State.MISSED: _("พลาดกำหนด"),
    State.CANCELLED: _("ยกเลิก"),
    State.FAILED: _("ส่งไม่ได้"),
}

TONES = {
    State.PLANNED: "quiet",
    State.DUE: "wait",
    State.ARMED: "wait",
    State.SENDING: "wait",
    State.UNCERTAIN: "alarm",
    State.SENT: "good",
    State.CLOSED: "good",
    State.MISSED: "alarm",
    State.CANCELLED: "quiet",
    State.FAILED: "alarm",
}
"""How a state is coloured. The word always stands beside the colour."""

WAYS = {
    Way.PIGGYBACK: _("ตอบกลับฟรี"),
    Way.DUTY: _("เวรเผยแพร่สั่ง"),
    Way.RELAY: _("เจ้าหน้าที่ส่งต่อ"),
    Way.PUSH: _("ส่งแบบนับโควตา"),
}

OUTCOMES = {
    Outcome.ACCEPTED: _("LINE รับแล้ว"),
    Outcome.INVALID_TOKEN: _("โทเคนตอบกลับใช้ไม่ได้"),
    Outcome.RATE_LIMITED: _("ส่งถี่เกินกำหนด"),
    Outcome.MONTHLY_LIMIT: _("โควตาเดือนนี้หมด"),
    Outcome.UNAUTHORIZED: _("สิทธิ์ของบัญชีทางการใช้ไม่ได้"),
    Outcome.GROUP_GONE: _("ไม่ได้อยู่ในกลุ่มแล้ว"),
    Outcome.REJECTED: _("LINE ไม่รับข้อความนี้"),
    Outcome.NOT_CONNECTED: _("ต่อเครือข่ายไม่ได้"),
    Outcome.NO_ANSWER: _("ไม่ได้รับคำตอบ"),
    Outcome.SERVER_ERROR: _("LINE ขัดข้อง"),
}

KINDS = {
    ItemKind.POSTER: _("ภาพความรู้"),
    ItemKind.CLIP: _("คลิป"),
    ItemKind.ANNOUNCEMENT: _("ประกาศแผน"),
}


ITEM_STATES = {
    ItemStatus.DRAFT: _("ร่าง"),
    ItemStatus.IN_REVIEW: _("รอตรวจ"),
    ItemStatus.APPROVED: _("อนุมัติแล้ว"),
    ItemStatus.REJECTED: _("ส่งกลับแก้ไข"),
    ItemStatus.DISCARDED: _("ทิ้งแล้ว"),
}

ITEM_TONES = {
    ItemStatus.DRAFT: "",
    ItemStatus.IN_REVIEW: "wait",
    ItemStatus.APPROVED: "good",
    ItemStatus.REJECTED: "alarm",
    ItemStatus.DISCARDED: "",
}

LICENCES = {
    Licence.OWN: _("สำนักงานถ่ายหรือจัดทำเอง"),
    Licence.PERMITTED: _("เจ้าของอนุญาตแล้ว"),
    Licence.OPEN: _("สัญญาอนุญาตแบบเปิด เช่น Creative Commons"),
    Licence.STATE: _("สื่อของหน่วยงานรัฐอื่นที่ให้เผยแพร่ต่อได้"),
}
"""Why the office may show a picture or a clip."""

PERS = {
    Per.DAY: _("รายวัน"),
    Per.WEEK: _("รายสัปดาห์"),
    Per.MONTH: _("รายเดือน"),
    Per.QUARTER: _("รายไตรมาส"),
    Per.YEAR: _("รายปี"),
}

THIS = {
    Per.DAY: _("วันนี้"),
    Per.WEEK: _("สัปดาห์นี้"),
    Per.MONTH: _("เดือนนี้"),
    Per.QUARTER: _("ไตรมาสนี้"),
    Per.YEAR: _("ปีนี้"),
}

SIGNATURE_ROLES = {
    SignatureRole.PROPOSER: _("ผู้เสนอโครงการ"),
    SignatureRole.ENDORSER: _("ผู้ให้ความเห็นชอบ"),
    SignatureRole.APPROVER: _("ผู้อนุมัติ"),
}

COMMENT_KINDS = {
    CommentKind.ACK: _("รับทราบ"),
    CommentKind.GREETING: _("ทักทาย"),
    CommentKind.PRAISE: _("ชื่นชม"),
    CommentKind.QUESTION: _("คำถาม"),
    CommentKind.SUGGESTION: _("ข้อเสนอแนะ"),
    CommentKind.CRITICISM: _("วิจารณ์"),
    CommentKind.COMPLAINT: _("ร้องเรียน"),
    CommentKind.OFF_TOPIC: _("เรื่องอื่น"),
    CommentKind.STICKER: _("สติกเกอร์"),
}


STANDINGS = {
    Standing.MET: _("ครบ"),
    Standing.RUNNING: _("ตอนนี้"),
    Standing.UNMET: _("ไม่ครบ"),
    Standing.EXCUSED: _("ยกเว้น"),
    Standing.FUTURE: _("ยังไม่ถึง"),
}

ANSWER_WAYS = {
    AnswerWay.GROUP: _("ตอบในกลุ่มเมื่อส่งฟรีได้"),
    AnswerWay.DIRECT: _("ฉันตอบเจ้าตัวโดยตรงแล้ว (1:1)"),
    AnswerWay.RECORD: _("บันทึกไว้เท่านั้น"),
}

ANSWER_STATES = {
    AnswerState.KEPT: _("บันทึกแล้ว"),
    AnswerState.WAITING: _("รอโอกาสส่งฟรี"),
    AnswerState.SENDING: _("กำลังส่ง"),
    AnswerState.SENT: _("ส่งในกลุ่มแล้ว"),
    AnswerState.UNCERTAIN: _("ไม่แน่ใจว่าถึง"),
    AnswerState.EXPIRED: _("ไม่ได้ส่ง"),
}

COMMENT_SHOWS = {
    CommentShow.TODO: _("ที่ยังไม่ปิด"),
    CommentShow.ALL: _("ทั้งหมด"),
    CommentShow.OPEN: _("วิจารณ์ที่ยังไม่ตอบ"),
    CommentShow.UNCONFIRMED: _("รอยืนยันประเภท"),
    CommentShow.ANSWERED: _("ตอบแล้ว"),
}


def style_title(name: str) -> str:
    """A poster style's name in the page's language."""
    found = STYLES.get(name)
    if found is None:
        return name
    return found.english if in_english() else found.title


def said(told: Told) -> str:
    """What a refusal or a phrase says, in the reader's language."""
    template = gettext(told.template)
    return (
        template % {name: value_said(name, value) for name, value in told.values.items()} if told.values else template
    )


def value_said(name: str, value: object) -> object:
    """A value of a phrase in the reader's language; what is no word of the program stays as it is."""
    if isinstance(value, Phrase | DomainError):
        return said(value)
    if isinstance(value, date):
        return day(value)
    if value in THAI_WEEKDAYS:
        return gettext(str(value))
    return style_title(value) if name.endswith("style") and isinstance(value, str) else value
