"""The words for roles and kinds of staff, and what each role is for."""

from django.utils.translation import gettext_lazy as _

from saisaat.domain.roles import Role
from saisaat.records.models import Person

ROLES = {
    Role.OWNER: _("เจ้าของโครงการ"),
    Role.ADMIN: _("ผู้ดูแลระบบ"),
    Role.PROPOSER: _("ผู้เสนอโครงการ"),
    Role.ENDORSER: _("ผู้ให้ความเห็นชอบ"),
    Role.APPROVER: _("ผู้อนุมัติ"),
    Role.PRODUCER: _("ผู้จัดทำสื่อ"),
    Role.REVIEWER: _("ผู้ตรวจสื่อ"),
    Role.DUTY: _("เวรเผยแพร่"),
    Role.AUDITOR: _("ผู้ตรวจสอบ"),
    Role.VIEWER: _("ผู้ดู"),
}
"""In the order in which they are offered."""

ROLE_MEANINGS = {
    Role.OWNER: _("ดูแลทั้งโครงการ: แผน รายงาน บุคคล และการตั้งค่า"),
    Role.ADMIN: _("ดูแลบัญชีผู้ใช้ บุคคล และการตั้งค่า"),
    Role.PROPOSER: _("นำเข้าและลงนามเสนอโครงการ"),
    Role.ENDORSER: _("ลงนามให้ความเห็นชอบ"),
    Role.APPROVER: _("ลงนามอนุมัติ"),
    Role.PRODUCER: _("ทำภาพและคลิป วางแผน"),
    Role.REVIEWER: _("ตรวจสื่อก่อนเผยแพร่"),
    Role.DUTY: _("ส่งเข้ากลุ่มและตอบความเห็น"),
    Role.AUDITOR: _("ดูได้รวมทั้งรายชื่อบุคคล แต่แก้ไม่ได้"),
    Role.VIEWER: _("ดูอย่างเดียว"),
}

STAFF_TYPES = {
    Person.StaffType.OFFICIAL.value: _("ข้าราชการ"),
    Person.StaffType.EMPLOYEE.value: _("พนักงานราชการ"),
    Person.StaffType.PERMANENT.value: _("ลูกจ้างประจำ"),
    Person.StaffType.OTHER.value: _("อื่น ๆ"),
}
