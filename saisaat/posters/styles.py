"""The designed poster styles. A style is a Typst template and a row here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from saisaat.domain.phrases import Phrase

# What every style shows. The others are a style's own choice (`Style.takes`).
SHOWN_BY_ALL = ("headline", "body", "topic", "citation", "office", "campaign", "qr_url")
_TONED = ("day", "colours")


@dataclass(frozen=True, slots=True)
class Style:
    """What a gallery tells about a style, and what drawing it takes.

    kind: one word for the idea of its layout, unlike any other's. about: one line, in Thai and in English.
    width, height: pixels. takes: the fields of a spec it uses besides those all use. needs: those of them that must
    not be empty. suits_any_topic: may the planner choose it by itself? limits: the most characters a field may have
    before anything is tried. picture_size: pixels of the office's own picture on it.
    """

    name: str
    title: str
    english: str
    kind: str
    about: str
    about_english: str
    width: int
    height: int
    fonts: tuple[str, ...]
    takes: tuple[str, ...] = ("icon", *_TONED)
    needs: tuple[str, ...] = ()
    suits_any_topic: bool = True
    picture_size: tuple[int, int] | None = None
    limits: Mapping[str, int] = field(
        default_factory=lambda: {
            "headline": 120,
            "body": 300,
            "topic": 40,
            "citation": 200,
            "office": 80,
            "campaign": 80,
            "qr_url": 200,
            "greeting": 80,
            "credit": 80,
        }
    )

    @property
    def template(self) -> str:
        return f"posters/{self.name}.typ"

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of a spec that shows on it."""
        return (*SHOWN_BY_ALL, *self.takes)

    def as_json(self) -> dict[str, Any]:
        """For `saisaat posters styles --json`: stable names."""
        return {
            "name": self.name,
            "title": self.title,
            "title_en": self.english,
            "kind": self.kind,
            "about": self.about,
            "about_en": self.about_english,
            "width": self.width,
            "height": self.height,
            "fields": list(self.fields),
            "needs": ["headline", *self.needs],
            "limits": {name: limit for name, limit in self.limits.items() if name in self.fields},
            "suits_any_topic": self.suits_any_topic,
        }


_STYLES = (
    Style(
        "aurora",
        "แสงเหนือ",
        "Aurora",
        "glow",
        "ท้องฟ้าค่ำกับการ์ดแก้ว ประเด็นสั้นสองถึงสี่ข้อ อ่านจบในแวบเดียว",
        "A night sky with cards of glass: two to four short points, taken in at a glance",
        1040,
        1040,
        ("Kanit",),
    ),
    Style(
        "lai_thai",
        "ลายไทย",
        "Lai Thai",
        "ceremony",
        "ผืนไหม ลายทอง และดอกบัว สำหรับเรื่องที่ต้องการความสง่างาม",
        "Silk, gold and a lotus, for what asks for dignity",
        1080,
        1350,
        ("Chonburi", "Trirong"),
    ),
    Style(
        "sodsai",
        "สดใส",
        "Bright",
        "flat",
        "กระดาษสว่าง รูปทรงแบน ตัวอักษรใหญ่ สำหรับเรื่องใกล้ตัวทุกวัน",
        "Bright paper, flat shapes and large letters, for everyday matters",
        1040,
        1040,
        ("Prompt",),
    ),
    Style(
        "thoikham",
        "ถ้อยคำ",
        "In words",
        "quotation",
        "ถ้อยคำเดียวตัวใหญ่เต็มหน้า ที่เหลือคือความว่าง สำหรับประโยคที่อยากให้จำ",
        "One sentence, as large as the page allows, and quiet around it: for words to remember",
        1080,
        1350,
        ("Trirong",),
        takes=_TONED,
    ),
    Style(
        "thila_kho",
        "ทีละข้อ",
        "Step by step",
        "steps",
        "หน้าแบบวารสาร เลขไทยตัวใหญ่นำสายตาลงไปทีละข้อ สำหรับขั้นตอนและรายการ",
        "A magazine page whose large Thai numerals lead down step by step: for procedures and lists",
        1080,
        1350,
        ("Sarabun",),
    ),
    Style(
        "song_fang",
        "สองฝั่ง",
        "Two sides",
        "comparison",
        "ทำได้อยู่ซ้าย ทำไม่ได้อยู่ขวา เทียบกันข้อต่อข้อ หัวฝั่งลงท้ายด้วย : แล้วตามด้วยบรรทัดละข้อ",
        "Do on the left, don't on the right: each side is a heading that ends with a colon, then one point a line",
        1040,
        1040,
        ("Kanit",),
        suits_any_topic=False,
    ),
    Style(
        "rim_nam",
        "ริมน้ำ",
        "Riverside",
        "scene",
        "ภาพวาดศาลาริมน้ำในแสงแดด มีภูเขา เรือ และบัว เล่าเรื่องราชการให้อบอุ่น",
        "A drawn pavilion by a river in daylight, with hills, a boat and lotus: official matters told warmly",
        1080,
        1350,
        ("Prompt",),
    ),
    Style(
        "sawatdi",
        "สวัสดี",
        "Good morning",
        "greeting",
        "การ์ดสวัสดีประจำวันด้วยสีและดอกไม้ของวัน พร้อมข้อคิดหนึ่งข้อ",
        "A good-morning card in the colour and the flower of the day, with one thought",
        1040,
        1040,
        ("Chonburi", "Prompt"),
        takes=("greeting", *_TONED),
        suits_any_topic=False,
    ),
    Style(
        "phap_rao",
        "ภาพของเรา",
        "Our picture",
        "photo",
        "ภาพของหน่วยงานเองเต็มหน้า กับแผ่นข้อความที่อ่านชัด สำหรับกิจกรรมและคนของเรา",
        "The office's own picture across the page and a clear panel of text: for events and people",
        1080,
        1350,
        ("Kanit",),
        takes=("icon", "picture", "credit", *_TONED),
        needs=("picture",),
        suits_any_topic=False,
        picture_size=(1080, 900),
    ),
)
STYLES = {style.name: style for style in _STYLES}

FIELD_TITLES = {
    "headline": Phrase("หัวข้อ"),
    "body": Phrase("เนื้อหา"),
    "topic": Phrase("หมวด"),
    "citation": Phrase("ที่มา"),
    "office": Phrase("ชื่อหน่วยงาน"),
    "campaign": Phrase("ชื่อโครงการ"),
    "qr_url": Phrase("ที่อยู่หน้าเว็บ"),
    "icon": Phrase("ไอคอน"),
    "day": Phrase("สีประจำวัน"),
    "colours": Phrase("สีของหน่วยงาน"),
    "picture": Phrase("ภาพของหน่วยงาน"),
    "credit": Phrase("ที่มาของภาพ"),
    "greeting": Phrase("คำทักทาย"),
}


def for_any_topic() -> tuple[str, ...]:
    """The styles the planner may rotate: they need nothing but a topic's own text."""
    return tuple(style.name for style in _STYLES if style.suits_any_topic)
