"""The words of the people pages for the domain's values."""

from django.utils.translation import gettext_lazy as _

from saisaat.domain.staff import Began, Ended, OfficeKind, StaffType
from saisaat.domain.staff_list.plan import Status
from saisaat.domain.staff_list.tables import Column

TYPES = {
    StaffType.OFFICIAL: _("ข้าราชการ"),
    StaffType.PERMANENT: _("ลูกจ้างประจำ"),
    StaffType.EMPLOYEE: _("พนักงานราชการ"),
    StaffType.OTHER: _("อื่น ๆ"),
}

KINDS = {OfficeKind.PROVINCIAL: _("สำนักงานจังหวัด"), OfficeKind.DISTRICT: _("สำนักงานอำเภอ")}

BEGAN = {
    Began.RECORDED: _("บันทึกเข้าระบบ"),
    Began.JOINED: _("เริ่มงาน"),
    Began.MOVED: _("ย้ายมา"),
    Began.CHANGED: _("เปลี่ยนตำแหน่ง"),
    Began.RETURNED: _("กลับมาปฏิบัติงาน"),
}

ENDED = {
    Ended.MOVED: _("ย้ายสำนักงาน"),
    Ended.CHANGED: _("เปลี่ยนตำแหน่ง"),
    Ended.TRANSFERRED: _("ย้ายหรือโอนออกนอกจังหวัด"),
    Ended.RETIRED: _("เกษียณอายุ"),
    Ended.RESIGNED: _("ลาออก"),
    Ended.CONTRACT: _("สิ้นสุดสัญญาจ้าง"),
    Ended.DIED: _("ถึงแก่กรรม"),
    Ended.OTHER: _("เหตุอื่น"),
}

COLUMNS = {
    Column.NUMBER: _("ลำดับ (ไม่เก็บ)"),
    Column.TITLE: _("คำนำหน้า"),
    Column.FIRST: _("ชื่อตัว"),
    Column.LAST: _("นามสกุล"),
    Column.NAME: _("ชื่อ-สกุล"),
    Column.POSITION: _("ตำแหน่ง"),
    Column.LEVEL: _("ระดับ"),
    Column.TYPE: _("ประเภท"),
    Column.OFFICE: _("สังกัด"),
    Column.JOINED: _("วันบรรจุหรือเริ่มงาน"),
    Column.LEFT: _("วันที่ออก (ข้ามแถว)"),
    Column.NOTE: _("หมายเหตุ (ไม่เก็บ)"),
}

FIELDS = {
    "name": _("ชื่อ-สกุล"),
    "office": _("สังกัด"),
    "position": _("ตำแหน่ง"),
    "level": _("ระดับ"),
    "staff_type": _("ประเภท"),
    "joined_on": _("วันบรรจุ"),
    "at_work": _("สถานะ"),
}

STATUSES = {
    Status.NEW: _("คนใหม่"),
    Status.CHANGED: _("เปลี่ยนแปลง"),
    Status.SAME: _("เหมือนเดิม"),
    Status.ASK: _("ต้องตอบ"),
    Status.WRONG: _("ต้องแก้"),
    Status.SKIPPED: _("ข้าม"),
}

SKIPPED = {
    "heading": _("หัวตารางซ้ำ"),
    "section": _("ชื่อสำนักงานคั่นกลุ่ม"),
    "text": _("ข้อความคั่น"),
    "total": _("แถวรวม"),
    "vacant": _("ตำแหน่งว่างหรือชื่อที่ลบแล้ว"),
    "left": _("ออกไปแล้ว"),
    "empty": _("แถวว่าง"),
}
