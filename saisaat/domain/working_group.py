"""The posts of a working group (คณะทำงาน) and the duties that come with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from saisaat.domain.errors import Invalid

MOST_MEMBERS = 60
LONGEST_ROLE = 100
LONGEST_DUTIES = 1000


@dataclass(frozen=True, slots=True)
class Post:
    """A place in the group, as the order names it, and what whoever holds it does. The words are a first draft."""

    title: str
    duties: str


POSTS = (
    Post("ประธานคณะทำงาน", "กำกับดูแลการดำเนินงานให้เป็นไปตามแผนและวัตถุประสงค์ของโครงการ และรายงานผู้บังคับบัญชา"),
    Post("รองประธานคณะทำงาน", "ปฏิบัติหน้าที่แทนประธานเมื่อประธานไม่อยู่ และตรวจสื่อก่อนเผยแพร่ให้ถูกต้องตามกฎหมายและประมวลจริยธรรม"),
    Post("คณะทำงาน (ผลิตสื่อ)", "จัดทำสื่อภาพนิ่ง คัดเลือกคลิป และบันทึกแหล่งที่มาและสิทธิของสื่อทุกชิ้น"),
    Post("คณะทำงาน (ตรวจสื่อ)", "ตรวจความถูกต้องของเนื้อหา แหล่งอ้างอิง สิทธิ และถ้อยคำ ก่อนเผยแพร่ทุกครั้ง"),
    Post("คณะทำงาน (เวรเผยแพร่)", "เผยแพร่สื่อในกลุ่ม LINE ตามแผน และติดตามการรับชมและความเห็นทุกครั้งที่เผยแพร่"),
    Post("คณะทำงาน", "ร่วมดำเนินงานและประชาสัมพันธ์โครงการในหน่วยงานของตน"),
    Post("คณะทำงานและเลขานุการ", "จัดทำแผนปฏิบัติการ บันทึกและสรุปผลการดำเนินงาน และจัดทำรายงานเสนอผู้บังคับบัญชา"),
    Post("คณะทำงานและผู้ช่วยเลขานุการ", "ช่วยเลขานุการรวบรวมข้อมูล หลักฐาน และความเห็นที่ได้รับ"),
)


def duties_of(title: str) -> str:
    """The duties that usually come with a post; "" for a post of the office's own naming."""
    return next((post.duties for post in POSTS if post.title == title.strip()), "")


def check_members(people: Sequence[str], roles: Sequence[str]) -> None:
    """At least one member, each person once, each with a role. `people` are ids. Raises `Invalid`."""
    if not people:
        raise Invalid("คณะทำงานต้องมีอย่างน้อยหนึ่งคน คณะทำงานเดิมยังอยู่ครบ")
    if len(people) > MOST_MEMBERS:
        raise Invalid("คณะทำงานมีได้ไม่เกิน %(most)s คน คณะทำงานเดิมยังอยู่ครบ", most=MOST_MEMBERS)
    if len(set(people)) < len(people):
        raise Invalid("มีชื่อซ้ำในคณะทำงาน คณะทำงานเดิมยังอยู่ครบ โปรดให้แต่ละคนมีหนึ่งบทบาท")
    if not all(role.strip() for role in roles):
        raise Invalid("สมาชิกทุกคนต้องมีบทบาท คณะทำงานเดิมยังอยู่ครบ โปรดเติมบทบาทให้ครบ")
