"""The words of the plan's pages: how a span stands, what speaks against an entry, what somebody changed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from saisaat.domain.cadence import Kind, Outlook, WeekRule
from saisaat.domain.plan_changes import Change, LatePolicy
from saisaat.domain.plan_notices import Notice, Worry
from saisaat.web.templatetags.saisaat import clock, short_day

OUTLOOKS = {
    Outlook.MET: _("ครบแล้ว"),
    Outlook.ON_COURSE: _("ครบตามแผน"),
    Outlook.SHORT: _("แผนยังขาด"),
    Outlook.MISSED: _("ไม่ครบ"),
    Outlook.EXCUSED: _("ยกเว้น"),
}

OUTLOOK_TONES = {
    Outlook.MET: "good",
    Outlook.ON_COURSE: "",
    Outlook.SHORT: "alarm",
    Outlook.MISSED: "alarm",
    Outlook.EXCUSED: "wait",
}

OUTLOOK_MARKS = {
    Outlook.MET: "✓",
    Outlook.ON_COURSE: "→",
    Outlook.SHORT: "!",
    Outlook.MISSED: "✕",
    Outlook.EXCUSED: "–",
}

QUOTA_KINDS = {Kind.POSTER: _("ภาพความรู้"), Kind.CLIP: _("คลิป")}

WEEKDAYS = (
    (0, _("จันทร์")),
    (1, _("อังคาร")),
    (2, _("พุธ")),
    (3, _("พฤหัสบดี")),
    (4, _("ศุกร์")),
    (5, _("เสาร์")),
    (6, _("อาทิตย์")),
)

WEEK_RULES = {
    WeekRule.FULL_STRICT_EDGE_PRORATED: _("สัปดาห์เต็มครบโควตา สัปดาห์หัวท้ายตามสัดส่วนวัน"),
    WeekRule.FULL_ONLY: _("นับเฉพาะสัปดาห์ที่เต็มเจ็ดวัน"),
    WeekRule.EVERY_TOUCHED: _("ทุกสัปดาห์ที่โครงการแตะถึง ครบโควตาเต็ม"),
}

LATE_POLICIES = {
    LatePolicy.CAMPAIGN: _("ตามการตั้งค่าของโครงการ"),
    LatePolicy.HOURS: _("ส่งช้าได้ตามจำนวนชั่วโมงที่กำหนดเอง"),
    LatePolicy.FIXED: _("ส่งได้ถึงวันและเวลาที่กำหนดเอง"),
}

CHANGES = {
    Change.MADE: _("จัดแผนทั้งโครงการ"),
    Change.FILLED: _("เติมโดยระบบจัดแผน"),
    Change.ADDED: _("เพิ่มรายการ"),
    Change.MOVED: _("ย้ายเวลา"),
    Change.SWAPPED: _("สลับเวลา"),
    Change.EDITED: _("แก้ไขรายละเอียด"),
    Change.WITHDRAWN: _("ถอนออกจากแผน"),
    Change.EXCUSED: _("ยกเว้นสัปดาห์"),
    Change.UNEXCUSED: _("เลิกยกเว้นสัปดาห์"),
    Change.ANNOUNCED: _("เขียนประกาศแผน"),
}

FIELDS = {
    "title": _("ชื่อเรื่อง"),
    "owner": _("ผู้รับผิดชอบ"),
    "late_policy": _("ถ้าส่งช้า"),
    "deadline": _("ส่งได้ถึง"),
}

_WORRIES = {
    Worry.HOLIDAY: _("ตรงกับวันหยุด%(name)s (%(days)s) กลุ่มมักเงียบ"),
    Worry.WEEKEND: _("ตรงกับวันเสาร์หรืออาทิตย์ (%(days)s) กลุ่มมักเงียบ"),
    Worry.DOUBLED: _("วันเดียวกันมีเรื่องชนิดเดียวกันมากกว่าหนึ่ง (%(days)s)"),
    Worry.GREETING: _("อยู่ในช่วง 07:00-08:00 น. ที่กลุ่มมักส่งภาพทักทาย เรื่องที่ส่งจะถูกกลบ"),
    Worry.CROWDED: _("ห่างจากรายการที่ %(other)s ไม่ถึง %(count)s นาที"),
    Worry.SAME_TOPIC: _("หัวข้อเดียวกับรายการที่ %(other)s (%(days)s) ห่างกันไม่เกิน %(count)s สัปดาห์"),
    Worry.TOPICS_RUN_OUT: _("%(name)s จะเห็นหัวข้อซ้ำ %(count)s ครั้ง เพราะหัวข้อที่ใช้ได้ไม่พอทั้งโครงการ"),
    Worry.CLIPS_MISSING: _("%(name)s ยังไม่มีคลิปสำหรับ %(count)s รายการ โปรดหาคลิปและส่งตรวจก่อนถึงวัน"),
    Worry.LITTLE_TIME: _("หลังเวลานี้เหลือเวลาให้ส่งเพียง %(count)s นาที"),
    Worry.COUNTS_LATER: _("เวลาสุดท้ายอยู่หลังวันที่ %(days)s ถ้าส่งช้าจะไปนับในช่วงถัดไป"),
    Worry.OUTSIDE: _("อยู่นอกช่วงโครงการ (%(days)s)"),
    Worry.QUIET: _("อยู่ในช่วงงดส่ง จึงจะยังไม่ถูกส่งตามเวลา (%(days)s)"),
    Worry.EXPIRED: _("หัวข้อ %(name)s ไม่มีผลใช้บังคับในวันนั้น (%(days)s)"),
    Worry.UNREADY: _("อีก %(count)s วันถึงกำหนด แต่สื่อยังไม่ได้รับอนุมัติ (%(days)s)"),
    Worry.OWNER_LEFT: _("ผู้รับผิดชอบไม่อยู่ในสำนักงานแล้วในวันนั้น (%(days)s)"),
    Worry.UNANNOUNCED: _("มี %(count)s รายการที่จะออกก่อนแจ้งแผนให้กลุ่มทราบ"),
}
_SHORT = _("%(kind)s ช่วง %(days)s แผนยังขาด %(count)s เรื่อง")
_STAYS_SHORT = _("%(kind)s ช่วง %(days)s จะยังไม่ครบ")


def told(notice: Notice) -> str:
    """The notice as a sentence."""
    values = {
        "name": notice.name,
        "count": notice.count,
        "other": notice.nos[1] if len(notice.nos) > 1 else "",
        "days": listed(notice.days),
    }
    if notice.worry is not Worry.SHORT:
        return str(_WORRIES[notice.worry]) % values
    assert notice.quota is not None
    template = _SHORT if notice.count else _STAYS_SHORT
    kind = QUOTA_KINDS[notice.quota.kind]
    return str(template) % {**values, "kind": kind, "days": " – ".join(map(short_day, notice.days))}


def listed(days: Sequence[date]) -> str:
    """ "4 พ.ค., 6 พ.ค., 7 พ.ค." and how many more."""
    shown = ", ".join(map(short_day, days[:5]))
    return shown if len(days) <= 5 else gettext("%(shown)s และอีก %(more)s วัน") % {"shown": shown, "more": len(days) - 5}


def late_word(value: str) -> str:
    """A late policy as the history keeps it: its name, and the hours where it has any."""
    policy, _space, hours = value.partition(" ")
    said = str(LATE_POLICIES[LatePolicy(policy)])
    return gettext("%(said)s (%(hours)s ชั่วโมง)") % {"said": said, "hours": hours} if hours else said


def moment(value: str) -> str:
    """A time kept as ISO text."""
    at = datetime.fromisoformat(value)
    return f"{short_day(at)} {clock(at)}"
