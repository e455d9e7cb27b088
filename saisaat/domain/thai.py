"""Thai digits, Buddhist-era dates, name order, and the repair of Thai text that came out of old PDFs.

A Buddhist-era (B.E.) year is the Gregorian (C.E.) year plus 543. Every `date` here is Gregorian; only text is B.E.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

BUDDHIST_ERA = 543

THAI_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
"""January first: `THAI_MONTHS[d.month - 1]`."""

THAI_MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)

THAI_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
"""Monday first: `THAI_WEEKDAYS[d.weekday()]`."""

_ARABIC, _THAI = "0123456789", "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)


def to_thai_digits(text: str) -> str:
    """Every 0-9 becomes ๐-๙; nothing else changes."""
    return text.translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """Every ๐-๙ becomes 0-9; nothing else changes, and no character moves."""
    return text.translate(_TO_ARABIC)


def thai_number(number: int | float, *, decimals: int = 0) -> str:
    """A number as an official letter writes it: thousands apart, Thai digits. `1234` is "๑,๒๓๔"."""
    return to_thai_digits(f"{number:,.{decimals}f}")


def format_date(d: date, *, style: Literal["full", "short"] = "full", thai_digits: bool = True) -> str:
    """ "๒๙ เมษายน ๒๕๖๓", or "๒๙ เม.ย. ๒๕๖๓" when short. The year is B.E."""
    months = THAI_MONTHS if style == "full" else THAI_MONTHS_SHORT
    text = f"{d.day} {months[d.month - 1]} {d.year + BUDDHIST_ERA}"
    return to_thai_digits(text) if thai_digits else text


def format_month(d: date, *, style: Literal["full", "short"] = "full", thai_digits: bool = True) -> str:
    """ "พฤษภาคม ๒๕๖๓": the month a day lies in."""
    return format_date(d, style=style, thai_digits=thai_digits).split(" ", 1)[1]


def format_weekday(d: date) -> str:
    """ "วันศุกร์"."""
    return f"วัน{THAI_WEEKDAYS[d.weekday()]}"


@dataclass(frozen=True, slots=True)
class Year:
    """A Gregorian year, and whether the text left its era or its century to be guessed."""

    ce: int
    sure: bool = True


def read_year(digits: str) -> Year | None:
    """The year a written number means, or None when it cannot be a year.

    From 2400 to 2699 it is B.E., from 1900 to 2199 C.E.; two digits are B.E. 25xx and not sure.
    """
    number = int(to_arabic_digits(digits))
    if len(digits) == 4 and 2400 <= number <= 2699:
        return Year(number - BUDDHIST_ERA)
    if len(digits) == 4 and 1900 <= number <= 2199:
        return Year(number)
    if len(digits) == 2:
        return Year(2500 + number - BUDDHIST_ERA, sure=False)
    return None


_CLIPPED_MONTHS = [name.removesuffix("คม").removesuffix("ยน") for name in THAI_MONTHS if name.endswith(("คม", "ยน"))]
_STOPPED_MONTHS = [r"\.? ?".join(map(re.escape, name.split(".")[:2])) + r"\.?" for name in THAI_MONTHS_SHORT]
# A clipped name ends where its word ends, or where another month begins ("เมษาธันวา" names two).
_WORD_ENDS = rf"(?:(?={'|'.join(_CLIPPED_MONTHS)})|(?![ก-ฮะ-ฺเ-๎]))"

MONTH = rf"(?:{'|'.join(THAI_MONTHS)}|(?<!\.)(?:{'|'.join(_CLIPPED_MONTHS + _STOPPED_MONTHS)}){_WORD_ENDS})"
"""A month's name as a regex: in full, clipped ("มกรา"), or abbreviated with its stops typed, spaced or left out."""


def read_month(text: str) -> int | None:
    """1-12 for a month's name in full, clipped ("มกรา") or abbreviated ("ม.ค.", "มค")."""
    bare = text.replace(".", "").replace(" ", "")
    for number, (name, short) in enumerate(zip(THAI_MONTHS, THAI_MONTHS_SHORT, strict=True), start=1):
        if bare == short.replace(".", "") or (len(bare) > 3 and name.startswith(bare)):
            return number
    return None


_WORDED_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}}) {{0,3}}(?:เดือน)? {{0,3}}({MONTH}),? {{0,3}}"
    r"(?:พ\.? ?ศ\. ?|ค\.? ?ศ\. ?)?(\d{4}|\d{2})(?!\d)"
)
_SLASHED_DATE = re.compile(r"(?<![\d/.])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_ISO_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date met in text, where it stands there, and whether its year was written out in full."""

    value: date
    start: int
    end: int
    sure: bool = True


def find_dates(text: str) -> list[FoundDate]:
    """Every possible whole date in `text`, in order: "๒๙ เม.ย. ๒๕๖๓", "1/11/2565", "2026-05-01"."""
    arabic = to_arabic_digits(text)
    found: list[FoundDate] = []
    for match in _WORDED_DATE.finditer(arabic):
        _keep(found, match, match[3], read_month(match[2]), int(match[1]))
    for match in _SLASHED_DATE.finditer(arabic):
        _keep(found, match, match[4], int(match[3]), int(match[1]))
    for match in _ISO_DATE.finditer(arabic):
        _keep(found, match, match[1], int(match[2]), int(match[3]))
    return sorted(found, key=lambda item: item.start)


def has_impossible_date(text: str) -> bool:
    """True when something written as a date is none: "31 ก.พ. 2569", "08/16/2022"."""
    arabic = to_arabic_digits(text)
    written = sum(len(pattern.findall(arabic)) for pattern in (_WORDED_DATE, _SLASHED_DATE, _ISO_DATE))
    return written != len(find_dates(arabic))


def _keep(found: list[FoundDate], match: re.Match[str], digits: str, month: int | None, day: int) -> None:
    year = read_year(digits)
    if year is None or month is None:
        return
    try:
        value = date(year.ce, month, day)
    except ValueError:
        return
    found.append(FoundDate(value, match.start(), match.end(), year.sure))


def parse_date(text: str) -> date | None:
    """The date `text` consists of, or None. `parse_date(format_date(d)) == d` for years B.E. 2443 to 2699."""
    found = find_dates(text.strip())
    return found[0].value if len(found) == 1 and found[0].end - found[0].start == len(text.strip()) else None


_LEADING_VOWEL = re.compile(r"([เแโใไ])([ก-ฮ])")
_TONES = re.compile("[็-๎]")


def thai_sort_key(text: str) -> tuple[str, str]:
    """Dictionary order: a leading vowel sorts after its consonant, and tone marks only decide ties."""
    swapped = _LEADING_VOWEL.sub(r"\2\1", text)
    return _TONES.sub("", swapped), swapped


# Old Thai fonts drew raised, lowered and shifted marks from private code points, and PDFs made with them carry those
# codes as text. The table is the one Windows used for Thai (U+F700 to U+F71A), in order.
_TONE_MARKS = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_PRIVATE = (
    "\u0e10\u0e34\u0e35\u0e36\u0e37"
    + _TONE_MARKS
    + _TONE_MARKS
    + "\u0e0d\u0e31\u0e4d\u0e47"
    + _TONE_MARKS
    + "\u0e38\u0e39\u0e3a"
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PLAIN = str.maketrans(
    {chr(0xF700 + offset): mark for offset, mark in enumerate(_PRIVATE)}
    | dict.fromkeys(_INVISIBLE)
    | dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " ")
    | {"\v": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\x00": None}
)
_DECOMPOSED_AM = re.compile("([่-๋]?)\u0e4d([่-๋]?) ?า")
_MARK_BEFORE_VOWEL = re.compile("([่-๋]{1,3})([\u0e31\u0e34-\u0e3a]{1,3})")
# A glyph drawn for a whole cluster comes out of some PDFs twice ("สั้สั้น"). With these vowels no Thai word does that;
# with ี one does ("สถานที่ที่"), so it is left alone.
_DOUBLED_CLUSTER = re.compile("([ก-ฮ][\u0e31\u0e34\u0e36\u0e37][่-๋])\\1")
_DOUBLED_E = "เเ"
_PAGE_BREAK_AFTER_LINE = re.compile(r"(^|\n)\f+")


def normalise(text: str) -> str:
    """The same text with its Thai spelled one way: no private glyphs, no invisible characters, ordinary spaces and
    line ends, ำ in one piece, marks in typing order (vowel, then tone), no cluster printed twice, แ never typed as
    two เ. Lines keep their numbers; a Unicode line separator, or a form feed inside a line, begins a new one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN)
    text = _PAGE_BREAK_AFTER_LINE.sub(r"\1", text).replace("\f", "\n")
    text = _DECOMPOSED_AM.sub(r"\1\2ำ", text)
    text = _MARK_BEFORE_VOWEL.sub(r"\2\1", text)
    text = _DOUBLED_CLUSTER.sub(r"\1", text)
    return text.replace(_DOUBLED_E, "แ")


_SKELETON_DROPPED = re.compile(r"[\sัิ-ฺ็-๎*_#]+")


def skeleton(text: str) -> str:
    """What is left of a word when marks above and below, and spaces, cannot be trusted; ำ counts as า.

    "หลกั การและเหตผุ ล" and "หลักการและเหตุผล" have one skeleton, and so have "ดาเนินการ" and "ดำเนินการ".
    """
    return _SKELETON_DROPPED.sub("", text.replace("ำ", "า"))


# Inside a word these two vowels are always followed by a letter, so one that stands before a space was moved.
_MOVED_MARK = re.compile("[ก-ฮ][ัื][่-๋]?(?= )")
_MOVED_AM = re.compile("[ก-ฮ] ำ|กำร(?![ก-ฮะ-ฺ])|โครงกำร")


def looks_damaged(text: str) -> bool:
    """True when the text shows spellings Thai cannot have: the sign of a PDF whose marks came out of order."""
    return len(_MOVED_MARK.findall(text)) + len(_MOVED_AM.findall(text)) >= 2
