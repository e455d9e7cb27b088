"""What the fields of a proposal are in the words of an official form, where the document itself did not say them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from saisaat.domain.proposal.amounts import read_measure, read_target
from saisaat.domain.proposal.periods import read_period
from saisaat.domain.proposal.quotas import find_quotas, kind_of
from saisaat.domain.thai import format_date, thai_number

NO_BUDGET = "ไม่ใช้งบประมาณของทางราชการ"

_PER_TH = {
    "day": "วัน",
    "week": "สัปดาห์",
    "month": "เดือน",
    "quarter": "ไตรมาส",
    "year": "ปี",
    "term": "ภาคเรียน",
    "region": "ภาค",
    "time": "ครั้ง",
    "place": "แห่ง",
    "team": "ทีม",
    "group": "กลุ่ม",
    "batch": "รุ่น",
    "village": "หมู่บ้าน",
    "subdistrict": "ตำบล",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "school": "โรงเรียน",
    "classroom": "ห้องเรียน",
    "office": "หน่วยงาน",
    "person": "คน",
}
_MEDIUM_TH = {"poster": "สื่อภาพนิ่ง", "clip": "คลิป", "other": "สื่อ"}
_MEASURE_TH = {"percent": "ร้อยละ {}", "count": "{}", "mean_score": "ค่าเฉลี่ย {}", "baht": "{} บาท"}
_ONES = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def plain_number(number: float) -> str:
    """A number in Thai digits with as many decimals as it has: "๙๕", "๓.๕๑", "๑๒,๐๐๐"."""
    written = f"{number:,.10f}".rstrip("0").rstrip(".")
    whole, _, fraction = written.partition(".")
    return thai_number(float(number), decimals=len(fraction)) if fraction else thai_number(int(whole.replace(",", "")))


def period_words(period: Mapping[str, str] | None, written: str | None) -> str:
    """The period as the document put it, as long as that means these two days; else the days themselves."""
    if not period:
        return written or ""
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    days = f"ตั้งแต่วันที่ {format_date(start)} ถึงวันที่ {format_date(end)}"
    if not written:
        return days
    reading = read_period(written)
    if reading.period is None:
        return f"{written} ({days})"
    return written if (reading.period.start, reading.period.end) == (start, end) else days


def budget_words(baht: float | None) -> str:
    """The whole budget in figures and words; "" where nothing is known."""
    if baht is None:
        return ""
    if baht == 0:
        return NO_BUDGET
    decimals = 0 if float(baht).is_integer() else 2
    return f"จำนวน {thai_number(baht, decimals=decimals)} บาท ({baht_in_words(baht)})"


def baht_in_words(baht: float) -> str:
    """ "หนึ่งหมื่นสองพันบาทถ้วน", "หนึ่งบาทห้าสิบสตางค์"."""
    whole, satang = divmod(round(baht * 100), 100)
    parts = f"{number_in_words(whole)}บาท" if whole else ""
    return parts + (f"{number_in_words(satang)}สตางค์" if satang else "ถ้วน")


def number_in_words(number: int) -> str:
    """A whole number as it is read out: 21 is "ยี่สิบเอ็ด"."""
    if number == 0:
        return "ศูนย์"
    millions, rest = divmod(number, 1_000_000)
    said = f"{number_in_words(millions)}ล้าน" if millions else ""
    for place, digit in zip(range(5, -1, -1), map(int, f"{rest:06}"), strict=True):
        if place == 1 and digit in (1, 2):
            said += ("สิบ", "ยี่สิบ")[digit - 1]
        elif place == 0 and digit == 1 and said:
            said += "เอ็ด"
        elif digit:
            said += _ONES[digit] + _PLACES[place]
    return said


def target_words(target: Mapping[str, Any] | None) -> str:
    """Who is to be reached, with the number of people where the words leave it out."""
    if not target:
        return ""
    text = target.get("text") or ""
    stated = (target.get("people"), target.get("min"), target.get("max"))
    read, _ = read_target(text)
    if stated == (None, None, None) or stated == (read.people, read.min, read.max):
        return text
    return f"{text} {_people(*stated)}".strip()


def _people(people: int | None, least: int | None, most: int | None) -> str:
    if people is not None:
        return f"รวมทั้งสิ้น {thai_number(people)} คน"
    if least is not None and most is not None:
        return f"รวมทั้งสิ้น {thai_number(least)} - {thai_number(most)} คน"
    if least is not None:
        return f"ไม่น้อยกว่า {thai_number(least)} คน"
    return f"ไม่เกิน {thai_number(most or 0)} คน"


def kpi_words(kpi: Mapping[str, Any]) -> str:
    """An indicator, with its measure where the words leave it out."""
    text = kpi["text"]
    measure = next((name for name in _MEASURE_TH if kpi.get(name) is not None), None)
    if measure is None or read_measure(text)[:2] == (measure, kpi[measure]):
        return str(text)
    return f"{text} (ค่าเป้าหมาย {_MEASURE_TH[measure].format(plain_number(kpi[measure]))})"


def quota_words(quota: Mapping[str, Any]) -> str:
    """ "จัดทำสื่อภาพนิ่ง อย่างน้อยสัปดาห์ละ ๓ เรื่อง"."""
    what, per = str(quota.get("what") or "").strip(), str(quota["per"])
    if not what or kind_of(what) != quota["kind"]:
        what = f"{_MEDIUM_TH[quota['kind']]} {what}".strip()
    number = thai_number(_amount(quota))
    if several := re.fullmatch(r"(\d+) ([a-z]+)s", per):
        return f"{what} ทุก {thai_number(int(several[1]))} {_PER_TH.get(several[2], several[2])}"
    bound = "อย่างน้อย" if quota.get("at_least") else ""
    return f"{what} {bound}{_PER_TH.get(per, per)}ละ {number} เรื่อง"


def _amount(quota: Mapping[str, Any]) -> int:
    return int(quota.get("at_least") or quota.get("exactly") or 0)


def unstated(quotas: list[Mapping[str, Any]], texts: list[str]) -> list[Mapping[str, Any]]:
    """The quotas that none of the texts promises yet."""
    promised = {
        (found.quota.kind, found.quota.per, found.quota.number)
        for text in texts
        for line in text.splitlines()
        for found in find_quotas(line)
    }
    return [quota for quota in quotas if (quota["kind"], quota["per"], _amount(quota)) not in promised]
