"""The words of the settings for the domain's values."""

from django.utils.translation import gettext_lazy as _

from saisaat.domain.cadence import WeekRule
from saisaat.domain.denominators import Basis
from saisaat.domain.feedback_phrases import OUT
from saisaat.domain.topics import Audience
from saisaat.records.models import TrafficLogDecision

AUDIENCES = {
    Audience.STAFF: _("บุคลากรของสำนักงาน"),
    Audience.NETWORK: _("ภาคีเครือข่ายภายนอก"),
}

BASES = {
    Basis.MEMBERS: _("จำนวนสมาชิกที่ LINE แจ้ง (ไม่นับบัญชีทางการ)"),
    Basis.STAFF: _("จำนวนบุคลากรที่ยังอยู่ในรายชื่อ"),
    Basis.FIXED: _("จำนวนคงที่ตามเอกสาร"),
}

TRAFFIC_LOGS = {
    TrafficLogDecision.Choice.KEPT_BY_PROXY: _("ถือว่าต้องเก็บ และเก็บที่เครื่องหน้าเว็บ"),
    TrafficLogDecision.Choice.NOT_OURS: _("ถือว่าสำนักงานไม่ใช่ผู้ให้บริการตามกฎหมายนี้"),
}

WEEK_RULES = {
    WeekRule.FULL_STRICT_EDGE_PRORATED: _("สัปดาห์เต็มครบทุกสัปดาห์ สัปดาห์ต้นและท้ายคิดตามสัดส่วนวัน"),
    WeekRule.FULL_ONLY: _("นับเฉพาะสัปดาห์เต็ม"),
    WeekRule.EVERY_TOUCHED: _("ทุกสัปดาห์ที่แตะช่วงโครงการ ครบเท่ากัน"),
}

PHRASE_WEIGHTS = {
    OUT: _("เอาออก"),
    1: _("1 บอกใบ้"),
    2: _("2 ค่อนข้างชัด"),
    3: _("3 ชัดมาก"),
}
"""How much a phrase says of a comment's kind."""
