"""The words of the settings for the domain's values."""

from django.utils.translation import gettext_lazy as _

from saisaat.domain.cadence import WeekRule
from saisaat.domain.denominators import Basis
from saisaat.domain.topics import Audience

AUDIENCES = {
    Audience.STAFF: _("บุคลากรของสำนักงาน"),
    Audience.NETWORK: _("ภาคีเครือข่ายภายนอก"),
}

BASES = {
    Basis.MEMBERS: _("จำนวนสมาชิกที่ LINE แจ้ง (ไม่นับบัญชีทางการ)"),
    Basis.STAFF: _("จำนวนบุคลากรที่ยังอยู่ในรายชื่อ"),
    Basis.FIXED: _("จำนวนคงที่ตามเอกสาร"),
}

WEEK_RULES = {
    WeekRule.FULL_STRICT_EDGE_PRORATED: _("สัปดาห์เต็มครบทุกสัปดาห์ สัปดาห์ต้นและท้ายคิดตามสัดส่วนวัน"),
    WeekRule.FULL_ONLY: _("นับเฉพาะสัปดาห์เต็ม"),
    WeekRule.EVERY_TOUCHED: _("ทุกสัปดาห์ที่แตะช่วงโครงการ ครบเท่ากัน"),
}
