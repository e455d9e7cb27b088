"""People, baht and percentages as proposals write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from saisaat.domain.phrases import Phrase
from saisaat.domain.proposal.model import Measure, Target
from saisaat.domain.thai import to_arabic_digits

_N = r"(?<![\d.,/])(\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(\.\d{1,4})?"
_FLOOR = r"(?:อย่างน้อย|ไม่น้อยกว่า|ไม่ต่ำกว่า|มากกว่า)"
_CEILING = r"(?:ไม่เกิน|ไม่มากกว่า)"
_HEADS = r"(?:คน|ราย|รูป|ท่าน)(?!ละ|การ|แบบ|ได้)"
_PEOPLE = re.compile(
    rf"(?P<bound>{_FLOOR}|{_CEILING})? {{0,2}}(?:จำนวน {{0,2}})?(?P<first>{_N})"
    rf"(?: {{0,2}}(?:-|–|—|ถึง) {{0,2}}(?P<last>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}))? {{0,3}}{_HEADS}"
    rf"(?P<over> {{0,2}}ขึ้นไป)?(?P<each> {{0,2}}(?:/|ต่อ) {{0,2}}[ก-ฮเ-ไ][ก-๎]{{1,15}})?"
)
_TOTAL = re.compile(r"(?:รวม|ทั้งสิ้น|ทั้งหมด|ยอดรวม)[^\d\n]{0,30}$")
_TOTAL_AFTER = re.compile(r" {0,2}(?:ทั้งสิ้น|ทั้งหมด)")
_EACH_BEFORE = re.compile(r"[ก-๎]{2,12}ละ {0,2}(?:จำนวน)? {0,2}$")


@dataclass(frozen=True, slots=True)
class _Heads:
    number: int
    upper: int | None
    bound: str
    total: bool
    each: bool


def read_target(text: str) -> tuple[Target, Phrase | None]:
    """The people a target section states, and the question to ask where it is not one plain number."""
    arabic = to_arabic_digits(text)
    counts = [_heads(arabic, match) for match in _PEOPLE.finditer(arabic)]
    totals = {(item.number, item.upper, item.bound) for item in counts if item.total}
    if len(totals) > 1:
        return Target(text), Phrase("พบจำนวนรวมมากกว่าหนึ่งค่า กลุ่มเป้าหมายรวมกี่คน")
    if totals:
        chosen = next(item for item in counts if item.total)
        parts = sum(item.number for item in counts if not item.total and not item.each)
        doubt = None
        if parts and parts != chosen.number and len(counts) > 2:
            doubt = Phrase(
                "จำนวนย่อยรวมกันได้ %(parts)s คน แต่เขียนรวมไว้ %(total)s คน จำนวนใดถูกต้อง",
                parts=f"{parts:,}",
                total=f"{chosen.number:,}",
            )
        return _target(text, chosen), doubt
    different = {(item.number, item.upper, item.bound, item.each) for item in counts}
    if not counts:
        return Target(text), Phrase("ไม่พบจำนวนคนของกลุ่มเป้าหมาย กลุ่มเป้าหมายมีกี่คน")
    rest = [item.number for item in counts[1:]]
    if len(rest) > 1 and counts[0].number == sum(rest):
        return _target(text, counts[0]), None
    if len(different) > 1:
        return Target(text), Phrase("พบจำนวนคนหลายค่าและไม่มียอดรวม กลุ่มเป้าหมายรวมทั้งสิ้นกี่คน")
    if counts[0].each:
        kept = _target(text, counts[0])
        doubt = Phrase("จำนวนคนเป็นจำนวนต่อหน่วย ไม่ใช่ยอดรวม กลุ่มเป้าหมายรวมทั้งสิ้นกี่คน")
        return Target(text, None, kept.min, kept.max), doubt
    return _target(text, counts[0]), None


def _heads(text: str, match: re.Match[str]) -> _Heads:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 12]
    bound = match["bound"] or ""
    if match["over"]:
        bound = "อย่างน้อย"
    return _Heads(
        number=int(match["first"].split(".")[0].replace(",", "")),
        upper=int(match["last"].replace(",", "")) if match["last"] else None,
        bound="max" if re.match(_CEILING, bound) else "min" if bound else "",
        total=bool(_TOTAL.search(before) or _TOTAL_AFTER.match(after)),
        each=bool(match["each"] or _EACH_BEFORE.search(before)),
    )


def _target(text: str, heads: _Heads) -> Target:
    if heads.upper is not None:
        return Target(text, None, heads.number, heads.upper)
    if heads.bound == "min":
        return Target(text, min=heads.number)
    if heads.bound == "max":
        return Target(text, max=heads.number)
    return Target(text, people=heads.number)


_BAHT = re.compile(rf"{_N} {{0,2}}(?:\.?-)? {{0,2}}(ล้าน|แสน|หมื่น|พัน)? {{0,2}}บาท")
_SCALE = {"": 1, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000, "ล้าน": 1_000_000}
_BARE_MONEY = re.compile(rf"{_N}(?: {{0,2}}\.?-)?(?= {{0,3}}(?:$|\n))", re.MULTILINE)
_NO_MONEY = re.compile(
    r"ไม่(?:ได้|ต้อง|มีการ)?(?:ขอ)?(?:ใช้|เบิก(?:จ่าย)?|รับ(?:การสนับสนุน)?)(?:จ่าย)? {0,2}(?:เงิน)?งบ(?:ประมาณ)?"
    r"|ไม่(?:มี|เสีย)ค่าใช้จ่าย|ไม่(?:ขอ)?ใช้เงิน|^ {0,3}ไม่(?:ขอ)?ใช้ {0,3}$",
    re.MULTILINE,
)
_UNIT_PRICE = re.compile(r"(?:ละ|[x×X*@]|อัตรา) {0,3}$")
_UNIT_PRICE_AFTER = re.compile(r" {0,3}(?:/|[x×X*]|ต่อ(?!ปี|โครงการ))")
_WORDS = re.compile(r"\(([ก-๎ ]{2,120})บาท(?:ถ้วน)?[^)]{0,40}\)")
_UNITS = ("สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_ONES = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_SPELLED = re.compile("|".join((*_ONES, *_UNITS, "ล้าน", "เอ็ด", "ยี่", ".")))


def read_budget(text: str) -> tuple[int | float | None, Phrase | None]:
    """The whole budget in baht, 0 only where the text says none is used; else None and the question to ask."""
    arabic = to_arabic_digits(text)
    amounts = _amounts(arabic)
    if _NO_MONEY.search(arabic):
        if any(amount for amount, _ in amounts):
            return None, Phrase("เขียนว่าไม่ใช้งบประมาณ แต่มีจำนวนเงินด้วย โครงการใช้เงินเท่าใด")
        return 0, None
    if not amounts:
        return None, Phrase("ไม่พบจำนวนเงิน โครงการใช้งบประมาณเท่าใด หรือไม่ใช้งบประมาณ")
    amount, doubt = _whole(amounts)
    spelled = {value for match in _WORDS.finditer(arabic) if (value := baht_in_words(match[1])) is not None}
    if amount is not None and len(spelled) == 1 and int(amount) not in spelled:
        return None, Phrase(
            "จำนวนเงินเป็นตัวเลข %(figures)s บาท ไม่ตรงกับตัวอักษร %(words)s บาท จำนวนใดถูกต้อง",
            figures=f"{amount:,}",
            words=f"{spelled.pop():,}",
        )
    return amount, doubt


def _amounts(text: str) -> list[tuple[int | float, bool]]:
    """(baht, stated as the total) for each amount that is not a price per unit."""
    found = []
    for match in _BAHT.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if not _UNIT_PRICE.search(before) and not _UNIT_PRICE_AFTER.match(text, match.end()):
            found.append((_value(match) * _SCALE[match[3] or ""], _is_total(before, text[match.end() :][:12])))
    for line in text.split("\n"):
        if re.match(r"[^\d\n]{0,20}รวม", line) and "บาท" not in line and (last := _BARE_MONEY.search(line)):
            found.append((_value(last), True))
    if not found and (alone := re.fullmatch(rf"{_N}(?: {{0,2}}\.?-)?", text.strip())):
        found.append((_value(alone), True))
    return found


def _is_total(before: str, after: str) -> bool:
    return bool(re.search(r"(?:รวม|ทั้งสิ้น|ทั้งหมด|วงเงิน)[^\d\n]{0,30}$", before) or _TOTAL_AFTER.match(after))


def _value(match: re.Match[str]) -> int | float:
    value = float(match[1].replace(",", "") + (match[2] or ""))
    return int(value) if value.is_integer() else value


def _whole(amounts: Sequence[tuple[int | float, bool]]) -> tuple[int | float | None, Phrase | None]:
    totals = {amount for amount, total in amounts if total}
    different = {amount for amount, _ in amounts}
    if len(totals) == 1:
        total = totals.pop()
        parts = [amount for amount, stated in amounts if not stated]
        if len(parts) > 1 and sum(parts) != total and parts[0] != total:
            return total, Phrase(
                "รายการย่อยรวมกันได้ %(parts)s บาท แต่เขียนรวมไว้ %(total)s บาท จำนวนใดถูกต้อง",
                parts=f"{sum(parts):,}",
                total=f"{total:,}",
            )
        return total, None
    if not totals and len(different) == 1:
        return different.pop(), None
    first, rest = amounts[0][0], [amount for amount, _ in amounts[1:]]
    if not totals and len(rest) > 1 and sum(rest) == first:
        return first, None
    return None, Phrase("พบจำนวนเงินหลายค่า งบประมาณรวมทั้งสิ้นเท่าใด")


def baht_in_words(words: str) -> int | None:
    """ "หนึ่งหมื่นสองพัน" is 12000; None for anything that is not a number in words."""
    total = group = digit = 0
    for word in _SPELLED.findall(words.replace(" ", "")):
        if word in _ONES:
            digit = _ONES.index(word)
        elif word in ("เอ็ด", "ยี่"):
            digit = 1 if word == "เอ็ด" else 2
        elif word in _UNITS:
            group += (digit or 1) * 10 ** (_UNITS.index(word) + 1)
            digit = 0
        elif word == "ล้าน":
            total, group, digit = (total + group + digit) * 1_000_000, 0, 0
        else:
            return None
    return total + group + digit if words.strip() else None


_PERCENT = re.compile(rf"ร้อยละ {{0,2}}(?:{_FLOOR}|{_CEILING})? {{0,2}}{_N}|{_N} {{0,2}}(?:%|เปอร์เซ็นต์|เปอร์เซนต์)")
_PERCENT_RANGE = re.compile(r"ร้อยละ {0,2}[\d.]{1,6} {0,2}(?:-|–|ถึง) {0,2}\d|\d {0,2}[-–] {0,2}[\d.]{1,6} {0,2}%")
_MEAN = re.compile(r"(?:ค่าเฉลี่ย|คะแนนเฉลี่ย|เฉลี่ย)[^\d\n]{0,60}?(\d{1,3}\.\d{1,2}|\d{1,3})(?![\d,])")
_COUNTED = """
    คน ราย รูป ท่าน ชิ้น ครั้ง เรื่อง แห่ง หมู่บ้าน ตำบล อำเภอ จังหวัด ฉบับ เล่ม ชุด ทีม กลุ่ม โครงการ กิจกรรม คลิป รายการ
    หน่วยงาน ครัวเรือน ครอบครัว โรงเรียน ระบบ หลักสูตร แผ่น ภาพ
    """.split()  # noqa: SIM905
_COUNT = re.compile(rf"{_N} {{0,2}}(?:{'|'.join(_COUNTED)})")


def read_measure(text: str) -> tuple[Measure | None, int | float | None, Phrase | None]:
    """What an indicator counts: percent before mean score before baht before count. Two values ask instead."""
    arabic = to_arabic_digits(text)
    readers: tuple[tuple[Measure, re.Pattern[str]], ...] = (
        ("percent", _PERCENT),
        ("mean_score", _MEAN),
        ("baht", _BAHT),
        ("count", _COUNT),
    )
    if _PERCENT_RANGE.search(arabic):
        return None, None, Phrase("ค่าร้อยละเขียนเป็นช่วง ใช้ค่าใดเป็นเกณฑ์")
    for measure, pattern in readers:
        values = [_first_number(match, measure) for match in pattern.finditer(arabic)]
        if len(set(values)) == 1:
            return measure, values[0], None
        if values:
            return None, None, Phrase("พบค่าเป้าหมายหลายค่าในตัวชี้วัดเดียว ใช้ค่าใด")
    return None, None, None


def _first_number(match: re.Match[str], measure: Measure) -> int | float:
    if measure == "baht":
        return _value(match) * _SCALE[match[3] or ""]
    whole = next(group for group in match.groups() if group)
    fraction = next((group for group in match.groups() if group and group.startswith(".")), "")
    value = float(whole.replace(",", "") + fraction)
    return int(value) if value.is_integer() else value
