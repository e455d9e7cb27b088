"""The words of the review: its points, the reasons for which stories come back, where a story stands."""

from django.utils.translation import gettext_lazy as _

from saisaat.domain.reviewing import Point
from saisaat.domain.topics import Verified
from saisaat.queries.reviewing import Show

POINTS = {
    Point.CITATION: _("ข้อกฎหมายและแหล่งที่มาถูกต้อง"),
    Point.RIGHTS: _("มีสิทธิ์ใช้ภาพ คลิป และข้อความ"),
    Point.TONE: _("ถ้อยคำสุภาพ อ่านเข้าใจ ไม่พาดพิงใคร"),
    Point.ALT: _("คำบรรยายภาพบอกได้ครบเท่าภาพ"),
}

HINTS = {
    Point.CITATION: _("เทียบชื่อกฎหมาย มาตรา และตัวเลขกับต้นฉบับ"),
    Point.RIGHTS: _("ดูเจ้าของ เหตุที่ใช้ได้ และความยินยอมของบุคคลในภาพ"),
    Point.TONE: _("อ่านทั้งบนภาพและในข้อความ"),
    Point.ALT: _("ผู้ที่มองไม่เห็นภาพต้องได้ใจความเดียวกัน"),
}

REASONS = {
    "citation": _("ชื่อกฎหมายหรือเลขมาตราไม่ตรงกับต้นฉบับ"),
    "rights": _("ยังไม่มีหลักฐานว่าใช้ภาพหรือคลิปนี้ได้"),
    "tone": _("ถ้อยคำแข็งไปหรือพาดพิงบุคคล โปรดปรับให้สุภาพ"),
    "alt": _("คำบรรยายภาพยังไม่ครบเท่าที่ภาพบอก"),
    "words": _("มีคำสะกดผิดหรือตัดคำไม่ถูก"),
    "picture": _("ตัวหนังสือเล็กหรืออ่านยากบนโทรศัพท์"),
}
"""Ready-made sentences of a comment, in the reviewer's language."""

SHOWS = {
    Show.WAITING: _("รอตรวจ"),
    Show.RETURNED: _("ส่งกลับแก้ไข"),
    Show.APPROVED: _("อนุมัติแล้ว"),
}

VERIFIED = {
    Verified.TEXT: _("อ่านตัวบทแล้ว"),
    Verified.PAGE: _("เห็นจากหน้าเว็บหรือคู่มือ ยังไม่ได้อ่านตัวบท"),
    Verified.MEMORY: _("ยังไม่ได้ตรวจกับต้นฉบับ"),
}
