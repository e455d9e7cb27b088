"""The words of the campaign's pages for the domain's values."""

from django.utils.translation import gettext_lazy as _

from saisaat.domain.campaign import SignatureRole, Status
from saisaat.domain.content import How
from saisaat.queries.trail import Stage

STATUSES = {
    Status.DRAFT: _("ร่าง"),
    Status.PROPOSED: _("รอลงนาม"),
    Status.APPROVED: _("อนุมัติแล้ว"),
    Status.RUNNING: _("กำลังดำเนินการ"),
    Status.ENDED: _("ปิดโครงการแล้ว"),
}
STATUS_TONES = {
    Status.DRAFT: "quiet",
    Status.PROPOSED: "wait",
    Status.APPROVED: "good",
    Status.RUNNING: "good",
    Status.ENDED: "quiet",
}

SIGNING = {
    SignatureRole.PROPOSER: _("ลงนามในฐานะผู้เสนอโครงการ"),
    SignatureRole.ENDORSER: _("ลงนามในฐานะผู้ให้ความเห็นชอบ"),
    SignatureRole.APPROVER: _("ลงนามในฐานะผู้อนุมัติ"),
}

STAGES = {
    Stage.PROPOSE: _("เสนอ"),
    Stage.SIGN: _("ลงนาม"),
    Stage.APPOINT: _("แต่งตั้งคณะทำงาน"),
    Stage.PLAN: _("จัดแผน"),
    Stage.CREATE: _("สร้างสื่อ"),
    Stage.REVIEW: _("ตรวจทาน"),
    Stage.PUBLISH: _("เผยแพร่"),
    Stage.CLOSE: _("ปิดงาน"),
}

HOWS = {
    How.READ: _("อ่านจากเอกสาร"),
    How.CORRECTED: _("แก้ไขแล้ว"),
    How.FILLED: _("กรอกเพิ่ม"),
}

FIELDS = {
    "title": _("ชื่อโครงการ"),
    "code": _("เลขที่โครงการ"),
    "org": _("หน่วยงานรับผิดชอบ"),
    "owner": _("ผู้รับผิดชอบ"),
    "nature": _("ลักษณะโครงการ"),
    "alignment": _("ความสอดคล้องกับแผน"),
    "rationale": _("หลักการและเหตุผล"),
    "objectives": _("วัตถุประสงค์"),
    "target": _("เป้าหมาย"),
    "method": _("วิธีดำเนินการ"),
    "quotas": _("จำนวนที่ต้องเผยแพร่"),
    "period": _("วันเริ่มและวันสิ้นสุด"),
    "period_text": _("ระยะเวลาตามเอกสาร"),
    "place": _("สถานที่ดำเนินการ"),
    "budget_baht": _("งบประมาณ"),
    "expected": _("ผลที่คาดว่าจะได้รับ"),
    "kpis": _("ตัวชี้วัด"),
    "monitoring": _("การติดตามและประเมินผล"),
    "signatures": _("ผู้ลงนามตามเอกสาร"),
    "document": _("ทั้งเอกสาร"),
}

KINDS = {"poster": _("ภาพนิ่ง"), "clip": _("คลิป"), "other": _("อื่น ๆ")}
BOUNDS = {"at_least": _("อย่างน้อย"), "exactly": _("จำนวน")}
PERS = {
    "week": _("ต่อสัปดาห์"),
    "month": _("ต่อเดือน"),
    "day": _("ต่อวัน"),
    "quarter": _("ต่อไตรมาส"),
    "year": _("ต่อปี"),
    "time": _("ต่อครั้ง"),
    "term": _("ต่อภาคเรียน"),
    "region": _("ต่อภาค"),
    "place": _("ต่อแห่ง"),
    "team": _("ต่อทีม"),
    "group": _("ต่อกลุ่ม"),
    "batch": _("ต่อรุ่น"),
    "village": _("ต่อหมู่บ้าน"),
    "subdistrict": _("ต่อตำบล"),
    "district": _("ต่ออำเภอ"),
    "province": _("ต่อจังหวัด"),
    "school": _("ต่อโรงเรียน"),
    "classroom": _("ต่อห้องเรียน"),
    "office": _("ต่อหน่วยงาน"),
    "person": _("ต่อคน"),
}
MEASURES = {
    "percent": _("ร้อยละ"),
    "count": _("จำนวน"),
    "mean_score": _("ค่าเฉลี่ย"),
    "baht": _("บาท"),
}

_CONFIDENCES = (
    (0.9, "●●●", _("อ่านได้ชัดเจน"), "good"),
    (0.7, "●●○", _("อ่านได้ค่อนข้างชัด"), "quiet"),
    (0.0, "●○○", _("ไม่แน่ใจ โปรดเทียบกับต้นฉบับ"), "wait"),
)


def confidence(value: float) -> tuple[str, str, str]:
    """How sure the reader was: a mark, the words, the tone."""
    mark, words, tone = next(row[1:] for row in _CONFIDENCES if value >= row[0])
    return mark, str(words), tone
