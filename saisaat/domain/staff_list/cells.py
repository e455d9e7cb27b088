"""Single cells of a staff list: text, names, offices, types and dates, in the spellings offices use."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from saisaat.domain.staff import OfficeKind, StaffType
from saisaat.domain.thai import find_dates, format_date, normalise, to_arabic_digits

LONGEST_NAME = 150
LONGEST_TEXT = 200

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_SPACES = re.compile(r"\s+")
_MANY_MARKS = re.compile("[ัิ-ฺ็-๎]{3}")
"""More marks on one letter than a word has: putting them in order may take more than one pass."""


def tidy(text: str) -> str:
    """A cell on one line: Thai spelled one way, nothing invisible, single spaces."""
    plain = normalise(_CONTROL.sub(" ", text))
    while _MANY_MARKS.search(plain) and (again := normalise(plain)) != plain:
        plain = again
    if not plain.isprintable():
        plain = "".join(char for char in plain if char.isprintable() or char.isspace())
    return _SPACES.sub(" ", plain).strip()


_RANKS = (
    "พลตำรวจ|พันตำรวจ|ร้อยตำรวจ|ดาบตำรวจ|จ่าสิบตำรวจ|สิบตำรวจ|พลเรือ|พลอากาศ|พลโท|พลตรี|พลเอก|พันเอก|พันโท|พันตรี|"
    "นาวาเอก|นาวาโท|นาวาตรี|นาวาอากาศเอก|นาวาอากาศโท|นาวาอากาศตรี|ร้อยเอก|ร้อยโท|ร้อยตรี|เรือเอก|เรือโท|เรือตรี|"
    "เรืออากาศเอก|เรืออากาศโท|เรืออากาศตรี|จ่าสิบเอก|จ่าสิบโท|จ่าสิบตรี|สิบเอก|สิบโท|สิบตรี|จ่าเอก|จ่าโท|จ่าตรี"
)
_TITLE = re.compile(
    rf"(?:ว่าที่ ?)?(?:(?:{_RANKS})(?:หญิง)?|(?:[ก-ฮ]{{1,2}}\. ?){{1,3}}(?:หญิง)?)(?=[ก-ฮเแโใไ ])"
    r"|(?:นางสาว|นาง|นาย|เด็กชาย|เด็กหญิง|คุณหญิง|หม่อมหลวง|หม่อมราชวงศ์)(?=[ก-ฮเแโใไ ])"
    r"|(?:mr|mrs|ms|miss|dr)(?:\. ?| )(?=\S)",
    re.IGNORECASE,
)


def without_title(name: str) -> str:
    """The name after นาย, น.ส., ว่าที่ ร.ต., ดร. and their like."""
    rest = name.strip()
    while match := _TITLE.match(rest):
        rest = rest[match.end() :].strip()
    return rest or name.strip()


def name_key(name: str) -> str:
    """What makes two spellings of a name the same name: title, spaces, stops and kind of digits do not count."""
    rest = without_title(to_arabic_digits(tidy(name)).casefold())
    return re.sub(r"[\s.\-–—]+", "", rest)


def is_title(text: str) -> bool:
    """True for a title that stands alone."""
    return without_title(f"{text} ก") == "ก"


def full_name(title: str, first: str, last: str) -> str:
    """One line: a Thai title stands against the name, a Latin one apart from it."""
    apart = " " if title and title.isascii() else ""
    return f"{title}{apart}{first} {last}".strip()


_BLANK = re.compile(r"[\s\-–—.*_]*$")
_VACANT = re.compile(r"[\s(\[*]*(?:ตำแหน่ง|อัตรา)?ว่าง(?!\w)")
ERASED = "(ลบชื่อแล้ว)"
"""Stands in an export where a person's name was erased. Read back, it is nobody."""


def is_blank(text: str) -> bool:
    """True for nothing, and for the dash that stands for nothing."""
    return bool(_BLANK.match(text))


def is_vacant(name: str) -> bool:
    """True for what stands in the name column of a post that nobody holds, or of a name that was erased."""
    return name == ERASED or bool(_VACANT.match(name))


def is_name(text: str) -> bool:
    """A name begins with a letter, has two of them at least, and no sign that names never have."""
    letters = sum(unicodedata.category(char).startswith("L") for char in text)
    return (
        letters >= 2 and text[0].isalpha() and len(text) <= LONGEST_NAME and not re.search(r"[<>{}=|\\@#$%^&*]", text)
    )


# Offices

_OFFICE_WORDS = re.compile(r"^(?:ที่ทำการ|สำนักงาน|สนง\.?)?(?:พัฒนาชุมชน|พช\.?)?")
_PLACES = (
    (re.compile(r"^(?:อำเภอ|อ\.|สพอ\.?)"), OfficeKind.DISTRICT),
    (re.compile(r"^(?:จังหวัด|จ\.|จว\.|สพจ\.?)"), OfficeKind.PROVINCIAL),
)


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """What an office's name says: the kind where it says one, and the place."""

    kind: OfficeKind | None
    place: str

    def fits(self, other: "OfficeKey") -> bool:
        """The same place, and no word against it."""
        same_kind = self.kind is None or other.kind is None or self.kind is other.kind
        return bool(self.place) and self.place == other.place and same_kind


@lru_cache(maxsize=1024)
def office_key(name: str) -> OfficeKey:
    """ "สพอ. ตาคลี", "อ.ตาคลี" and "สำนักงานพัฒนาชุมชนอำเภอตาคลี" have one key; "ตาคลี" fits it."""
    rest = re.sub(r"\s+", "", to_arabic_digits(tidy(name)))
    for look in (rest, _OFFICE_WORDS.sub("", rest)):
        for start, kind in _PLACES:
            if match := start.match(look):
                return OfficeKey(kind, look[match.end() :])
    return OfficeKey(None, _OFFICE_WORDS.sub("", rest))


def looks_like_office(text: str) -> bool:
    """True for a line that heads a group of people: it names an office and nothing else."""
    plain = tidy(text)
    return bool(re.match(r"(?:สำนักงาน|สนง\.|ที่ทำการ|สพอ|สพจ|อำเภอ)", plain)) and len(plain) <= LONGEST_TEXT


# Types

_TYPES = (
    (StaffType.EMPLOYEE, ("พนักงานราชการ", "พนง.ราชการ", "พนร.", "employee")),
    (StaffType.OFFICIAL, ("ข้าราชการ", "ขรก.", "official")),
    (StaffType.PERMANENT, ("ลูกจ้างประจำ", "ลจป.", "permanent")),
    (
        StaffType.OTHER,
        ("ลูกจ้างชั่วคราว", "ลูกจ้างรายเดือน", "จ้างเหมา", "พนักงานจ้าง", "อาสา", "นักศึกษาฝึกงาน", "อื่น", "other"),
    ),
)


def read_type(text: str) -> StaffType | None:
    """The kind of staff the words begin with, or None."""
    plain = tidy(text).casefold().replace(" ", "")
    return next((kind for kind, words in _TYPES if plain.startswith(words)), None)


# Dates

_AROUND_DATE = re.compile(r"^(?:เมื่อ)?(?:วันที่|วัน)?\s*|(?:\s+|T)0?0:00(?::00)?(?:\.0+)?(?:\s*น\.)?$")
_ERA = re.compile(r"\s*(?:พ\.? ?ศ\.?|ค\.? ?ศ\.?)\s*(?=\d)")
_DASHED = re.compile(r"(?<=\d)\s*[-/]\s*(?=[ก-ฮ])|(?<=[ก-ฮ.])\s*[-/]\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day, and whether its year was written out in full."""

    day: date
    sure: bool


def read_day(text: str) -> ReadDay | None:
    """The day a cell consists of: "๑ ต.ค. ๒๕๖๐", "1/10/2560", "1-ต.ค.-60", "วันที่ 1 ตุลาคม พ.ศ. 2560", "2017-10-01"."""
    plain = _AROUND_DATE.sub("", to_arabic_digits(tidy(text)))
    plain = _ERA.sub(" ", _DASHED.sub(" ", plain)).strip()
    plain = re.sub(r"\s*([/.-])\s*(?=\d)", r"\1", plain)
    plain = re.sub(r"(?<=[ก-ฮ]\.)(?=\d)|(?<=\d)(?=[ก-ฮ])", " ", plain)
    found = find_dates(plain)
    if len(found) != 1 or found[0].end - found[0].start != len(plain):
        return None
    return ReadDay(found[0].value, found[0].sure)


def written_day(day: date | None) -> str:
    """A day as the exports write it; `read_day` reads it back."""
    return format_date(day, thai_digits=False) if day else ""
