"""Which icon stands for a topic or a point. Names are files in `typesetting/templates/icons` (Tabler, MIT)."""

from saisaat.typesetting.job import TEMPLATES

TOPIC_ICONS = {
    "รากฐาน": "building-bank",
    "มาตรฐานจริยธรรม 7 ข้อ": "scale",
    "ประมวลจริยธรรม 2552": "book-2",
    "ประมวลจริยธรรม 2564": "book-2",
    "จรรยาข้าราชการ": "award",
    "วินัย: ต้องทำ": "clipboard-check",
    "วินัย: ต้องไม่ทำ": "hand-stop",
    "วินัย: ร้ายแรง": "alert-octagon",
    "วินัย: ผลของการฝ่าฝืน": "gavel",
    "ผลประโยชน์ทับซ้อน": "arrows-exchange",
    "ของขวัญ": "gift",
    "ต้านทุจริต": "shield-check",
    "ความผิดต่อตำแหน่ง": "gavel",
    "จัดซื้อจัดจ้าง": "shopping-cart",
    "ข้อมูลข่าวสาร": "news",
    "ข้อมูลส่วนบุคคล": "fingerprint",
    "รักษาความลับ": "lock",
    "ใช้สื่อออนไลน์": "device-mobile",
    "เรี่ยไร": "heart-handshake",
    "องค์กรคุณธรรม": "plant-2",
    "ITA": "chart-bar",
}
DEFAULT_TOPIC_ICON = "bulb"

# The first line with a word that occurs in the point names its icon, so the telling words come before the common ones.
_POINT_ICONS = [
    ("จำคุก|ศาล|โทษ|ลหุโทษ|ภาคทัณฑ์", "gavel"),
    ("สินบน|ปรับ|บาท|เงิน|ทรัพย์|เบิกจ่าย", "cash"),
    ("ของขวัญ|ของกำนัล|การ์ด", "gift"),
    ("Line|โซเชียล|ข้อความ|สื่อออนไลน์|แชร์|ลิงก์", "message-circle"),
    ("รหัส|ความลับ|ลับ", "lock"),
    ("ข้อมูลส่วนบุคคล|ความยินยอม|เลขบัตร|คอมพิวเตอร์|เจ้าของข้อมูล", "fingerprint"),
    ("ลงนาม|หนังสือ|เซ็น", "signature"),
    ("เวลา|วันนับ|30 วัน|พฤษภาคม|ภายใน|ทันที|ชั่วโมง|สิบห้าวัน|มาตรงเวลา", "clock"),
    ("เบาะแส|ร้องเรียน|คัดค้าน|ทักท้วง|โต้แย้ง|กล้า", "speakerphone"),
    ("จัดซื้อ|ราคา|ผู้เสนอ", "shopping-cart"),
    ("สัญญา|ธุรกิจ|บริษัท|นิติบุคคล|กิจการ", "briefcase"),
    ("คุ้มครอง|ปลอดภัย|ป้องกัน", "shield-check"),
    ("ห้าม|อย่า|เว้นแต่|ไม่เรียก|ไม่รับ", "ban"),
    ("ร้ายแรง|เสี่ยง|ความผิด|ดูหมิ่น|กลั่นแกล้ง", "alert-triangle"),
    ("ตรวจสอบ|เปิดเผย|เห็น|โปร่งใส|เผยแพร่|ตรวจดู", "eye-check"),
    ("เป็นธรรม|เที่ยงธรรม|เป็นกลาง|เกณฑ์|มาตรฐาน", "scale"),
    ("รัฐธรรมนูญ|กฎหมาย|ระเบียบ|ประมวล|มาตรา|กฎ|ข้อบังคับ", "book-2"),
    ("คณะกรรมการ|ผู้บังคับบัญชา|หัวหน้า|ผู้บริหาร|ตำแหน่ง", "user-shield"),
    ("ครอบครัว|คู่สมรส|ญาติ|เพื่อน|สามัคคี|ช่วยเหลือ|น้ำใจ", "friends"),
    ("ประชาชน|ชุมชน|หมู่บ้าน|คนใน|ส่วนรวม|ทุกคน", "users-group"),
    ("คุณธรรม|กตัญญู|ซื่อสัตย์|ความดี|สุภาพ|จิตอาสา", "heart"),
    ("แผน|วางแผน|รายงาน|เอกสาร|หลักฐาน|ประกาศ|ตัวเลข", "clipboard-list"),
    ("พัฒนา|ความรู้|ปรับปรุง|ผลจริง|ผลดี", "seedling"),
    ("คะแนน|ตัวชี้วัด|น้ำหนัก|ประเมิน", "chart-bar"),
    ("ราชการ|หน่วยงาน|กรม", "building-community"),
]
_SPARE = ("circle-check", "star", "flag", "bulb")


def available() -> frozenset[str]:
    return frozenset(path.stem for path in (TEMPLATES / "icons").glob("*.svg"))


def topic_icon(topic: str) -> str:
    return TOPIC_ICONS.get(topic, DEFAULT_TOPIC_ICON)


def point_icons(points: tuple[str, ...], *, besides: str) -> list[str]:
    """One icon for each point, told by its words; none twice on a poster and none equal to `besides`."""
    chosen: list[str] = []
    for point in points:
        fitting = [icon for words, icon in _POINT_ICONS if any(word in point for word in words.split("|"))]
        free = [icon for icon in (*fitting, *_SPARE) if icon not in chosen and icon != besides]
        chosen.append(free[0])
    return chosen
