"""The designed poster styles. A style is a Typst template and a row here."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Style:
    """`width` and `height` are pixels; `limits` is the most characters a field may have before anything is tried."""

    name: str
    title: str
    width: int
    height: int
    template: str
    fonts: tuple[str, ...]
    limits: Mapping[str, int] = field(
        default_factory=lambda: {
            "headline": 120,
            "body": 300,
            "topic": 40,
            "citation": 200,
            "office": 80,
            "campaign": 80,
            "qr_url": 200,
        }
    )


STYLES = {
    style.name: style
    for style in (
        Style("aurora", "แสงเหนือ", 1040, 1040, "posters/aurora.typ", ("Kanit",)),
        Style("lai_thai", "ลายไทย", 1080, 1350, "posters/lai_thai.typ", ("Chonburi", "Trirong")),
        Style("sodsai", "สดใส", 1040, 1040, "posters/sodsai.typ", ("Prompt",)),
    )
}

FIELD_TITLES = {
    "headline": "หัวข้อ",
    "body": "เนื้อหา",
    "topic": "หมวด",
    "citation": "ที่มา",
    "office": "ชื่อหน่วยงาน",
    "campaign": "ชื่อโครงการ",
    "qr_url": "ที่อยู่หน้าเว็บ",
}
