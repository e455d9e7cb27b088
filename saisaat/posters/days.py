"""The days of the week as Thai custom colours and greets them."""

from dataclasses import dataclass
from datetime import date

from saisaat.posters.colours import Palette

HELLO = "สวัสดี"


@dataclass(frozen=True, slots=True)
class Day:
    """`title` and `english` name it; `flower` is the one drawn on its greeting card."""

    title: str
    english: str
    flower: str
    palette: Palette

    @property
    def greeting(self) -> str:
        return f"{HELLO}{self.title}"


# In the order of Python's weekday().
DAYS = {
    "monday": Day("วันจันทร์", "Monday", "marigold", Palette("#8A6100", "#573C00", "#FFC72E", "#FFF1C2", "#FFFDF2")),
    "tuesday": Day("วันอังคาร", "Tuesday", "lotus", Palette("#BE2569", "#870F48", "#FF9EC4", "#FFE1EE", "#FFF9FC")),
    "wednesday": Day("วันพุธ", "Wednesday", "jasmine", Palette("#14743A", "#0A5026", "#9AD75B", "#DDF3DF", "#F8FDF6")),
    "thursday": Day("วันพฤหัสบดี", "Thursday", "ixora", Palette("#AD4A08", "#7D3200", "#FFA94D", "#FFE6CF", "#FFFBF5")),
    "friday": Day("วันศุกร์", "Friday", "butterfly", Palette("#1163AD", "#09437B", "#6CC5FF", "#DCEFFC", "#F7FCFF")),
    "saturday": Day("วันเสาร์", "Saturday", "orchid", Palette("#6B3FB5", "#47247F", "#C6A2FF", "#EBE0FB", "#FBF9FF")),
    "sunday": Day("วันอาทิตย์", "Sunday", "rose", Palette("#BA1D2C", "#820F1B", "#FF8F85", "#FDDFDF", "#FFF9F8")),
}
WISHES = (
    "ขอให้เป็นวันที่ใจใส งานสะอาด",
    "สุขกาย สบายใจ ทำงานด้วยความสุจริต",
    "ทำดีวันละนิด ใจเป็นสุขทั้งวัน",
    "เริ่มวันใหม่ด้วยรอยยิ้มและความซื่อสัตย์",
    "ขอให้งานราบรื่น โปร่งใสทุกขั้นตอน",
)


def day_of(on: date) -> str:
    """The key in `DAYS` of a date's weekday."""
    return tuple(DAYS)[on.weekday()]
