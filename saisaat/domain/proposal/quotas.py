"""Promised frequencies: "อย่างน้อยสัปดาห์ละ ๓ เรื่อง", "๒ เรื่อง/สัปดาห์", "ทุก ๓ เดือน"."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from saisaat.domain.phrases import Phrase
from saisaat.domain.proposal.model import Quota, QuotaKind
from saisaat.domain.thai import to_arabic_digits

_EVERY = {
    "วัน": "day",
    "สัปดาห์": "week",
    "อาทิตย์": "week",
    "เดือน": "month",
    "ไตรมาส": "quarter",
    "ปี": "year",
    "ภาคเรียน": "term",
    "ภาคการศึกษา": "term",
    "ภาค": "region",
    "ครั้ง": "time",
    "แห่ง": "place",
    "ทีม": "team",
    "กลุ่ม": "group",
    "รุ่น": "batch",
    "หมู่บ้าน": "village",
    "ตำบล": "subdistrict",
    "อำเภอ": "district",
    "จังหวัด": "province",
    "โรงเรียน": "school",
    "ห้องเรียน": "classroom",
    "หน่วยงาน": "office",
    "คน": "person",
}
_EVERY_N = {("วัน", 7): "week", ("เดือน", 3): "quarter", ("เดือน", 12): "year", ("เดือน", 1): "month"}
_NUMBER_WORDS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ")
_NOT_COUNTED = ("บาท", "ชั่วโมง", "ชม", "นาที", "%", "เปอร์เซ็นต์", "กิโลกรัม", "กก", "เท่า", "วัน", "เดือน", "ปี", "สัปดาห์")
_HEADS = ("คน", "ราย", "รูป", "ท่าน")
_FLOOR = "(?:อย่างน้อย|ไม่น้อยกว่า|ไม่ต่ำกว่า|อย่างต่ำ|ขั้นต่ำ)"
_CEILING = "(?:ไม่เกิน|ไม่มากกว่า|อย่างมาก)"
_N = rf"(\d{{1,4}}|{'|'.join(_NUMBER_WORDS)})(?![\d,.]\d)"
_EVERIES = "|".join(sorted(_EVERY, key=len, reverse=True))
_UNIT = r"([ก-ฮเ-ไ%][ก-๎]{0,15})?"
_AMOUNT = " {0,2}(?:จำนวน {0,2})?"
_EACH = re.compile(
    rf"({_FLOOR} {{0,2}})?(?<!เงิน)({_EVERIES})ละ{_AMOUNT}({_FLOOR}|{_CEILING})?{_AMOUNT}"
    rf"{_N}(?: {{0,2}}(?:-|–|ถึง) {{0,2}}(\d{{1,4}}))? {{0,2}}{_UNIT}"
)
_IN_EACH = " {0,2}(?:/|ต่อ|ทุก|ใน(?:แต่ละ|ทุก)?) {0,2}(?:1 {0,2})?"
_PER = re.compile(
    rf"({_FLOOR}|{_CEILING})?{_AMOUNT}(?<![\d.,/]){_N} {{0,2}}([ก-ฮเ-ไ][ก-๎]{{1,15}}?){_IN_EACH}({_EVERIES})(?![ก-๎])"
)
_EVERY_SO_MANY = re.compile(r"ทุก ?ๆ? {0,2}(\d{1,2}) {0,2}(วัน|สัปดาห์|เดือน|ปี|ไตรมาส)(?!ที่)")

_CLIP = re.compile("คลิป|วิดีโอ|วีดีโอ|วิดิโอ|วีดิทัศน์|วิดีทัศน์|วีดีทัศน์|ภาพเคลื่อนไหว|หนังสั้น|(?i:clip|video|vdo)")
_POSTER = re.compile(
    "ภาพนิ่ง|โปสเตอร์|อินโฟกราฟิก|อินโฟกราฟฟิก|แบนเนอร์|แผ่นภาพ|สื่อภาพ(?!เคลื่อน)|ภาพประชาสัมพันธ์|(?i:poster|infographic|banner)"
)


@dataclass(frozen=True, slots=True)
class FoundQuota:
    """A quota and what is unclear about it, if anything."""

    quota: Quota
    doubt: Phrase | None = None


class _Found(NamedTuple):
    start: int
    end: int
    number: int
    floor: bool
    per: str
    doubt: Phrase | None = None


def find_quotas(text: str) -> list[FoundQuota]:
    """Every promised frequency in one point of a proposal. Money, hours and percentages are not promises."""
    arabic = to_arabic_digits(text)
    found: list[_Found] = []
    for match in _EACH.finditer(arabic):
        if _counted(match[6]) and not _is_ceiling(match[3]):
            floor = bool(match[1] or match[3] or match[5])
            doubt = _range(match[4], match[5]) if match[5] else None
            found.append(_Found(match.start(), _end(match, 6), _number(match[4]), floor, _EVERY[match[2]], doubt))
    for match in _PER.finditer(arabic):
        if _counted(match[3]) and not match[3].startswith(_HEADS) and not _is_ceiling(match[1]):
            found.append(_Found(match.start(), match.end(), _number(match[2]), bool(match[1]), _EVERY[match[4]]))
    for match in _EVERY_SO_MANY.finditer(arabic):
        per = _EVERY_N.get((match[2], int(match[1])), f"{match[1]} {_EVERY[match[2]]}s")
        found.append(_Found(match.start(), match.end(), 1, False, per))
    return _with_what(text, sorted(found, key=lambda one: one[:5]))


def _range(first: str, last: str) -> Phrase:
    return Phrase("พิมพ์เป็นช่วง %(first)s-%(last)s ใช้จำนวนใดเป็นเป้าขั้นต่ำ", first=first, last=last)


def _with_what(text: str, found: list[_Found]) -> list[FoundQuota]:
    quotas: list[FoundQuota] = []
    behind = 0
    for start, end, number, floor, per, doubt in found:
        if start < behind or number == 0:
            continue
        what = text[behind:start].strip(" ,;|-–\n") or text[end : end + 200].strip(" ,;|-–\n")
        what = re.sub(r"^(?:และ|หรือ)", "", what).strip()[-300:]
        quotas.append(FoundQuota(Quota(what, kind_of(what + text[start:end]), number, floor, per), doubt))
        behind = end
    return quotas


def _end(match: re.Match[str], unit: int) -> int:
    """A unit's letters may run on into the next words; only short ones are surely the unit."""
    return match.end() if len(match[unit] or "") <= 8 else match.start(unit)


def _counted(unit: str | None) -> bool:
    return not (unit or "").startswith(_NOT_COUNTED)


def _is_ceiling(words: str | None) -> bool:
    return bool(words and re.match(_CEILING, words))


def _number(written: str) -> int:
    return _NUMBER_WORDS.index(written) + 1 if written in _NUMBER_WORDS else int(written)


def kind_of(what: str) -> QuotaKind:
    """ "clip" or "poster" by the medium named last; "other" where none is."""
    clips, posters = list(_CLIP.finditer(what)), list(_POSTER.finditer(what))
    if not clips and not posters:
        return "other"
    return "clip" if (clips[-1].start() if clips else -1) > (posters[-1].start() if posters else -1) else "poster"
