"""Periods, money, people, frequencies and measures, one line each."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.proposal import read
from saisaat.domain.proposal.amounts import baht_in_words, read_budget, read_measure, read_target
from saisaat.domain.proposal.periods import read_period
from saisaat.domain.proposal.quotas import find_quotas
from saisaat.domain.thai import format_date, to_thai_digits


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("ตั้งแต่เดือน พฤษภาคม - กันยายน ๒๕๖๓", "2020-05-01", "2020-09-30"),
        ("ระยะเวลา 6 เดือน (มิถุนายน 2569 ถึง พฤศจิกายน 2569)", "2026-06-01", "2026-11-30"),
        ("วันที่ ๑ ตุลาคม ๒๕๖๘ – ๓๐ กันยายน ๒๕๖๙", "2025-10-01", "2026-09-30"),
        ("ตั้งแต่วันที่ 1 ตุลาคม พ.ศ.2568 ถึง วันที่ 30 กันยายน พ.ศ. 2569", "2025-10-01", "2026-09-30"),
        ("1-30 ก.ค.2569", "2026-07-01", "2026-07-30"),
        ("15 และ 16 มกราคม 2569", "2026-01-15", "2026-01-16"),
        ("ต.ค. ๖๙ - มี.ค. ๗๐", "2026-10-01", "2027-03-31"),
        ("พฤศจิกายน - กุมภาพันธ์ 2570", "2026-11-01", "2027-02-28"),
        ("๑ พ.ค. - ๓๐ ก.ย. ๒๕๖๙", "2026-05-01", "2026-09-30"),
        ("01/11/2565 ถึง 29/09/2566", "2022-11-01", "2023-09-29"),
        ("2026-05-01 - 2026-09-30", "2026-05-01", "2026-09-30"),
        ("เริ่ม 1 ต.ค. 68 สิ้นสุด 30 ก.ย. 69", "2025-10-01", "2026-09-30"),
        ("16/08/2022", "2022-08-16", "2022-08-16"),
        ("วันที่ 14 กุมภาพันธ์ 2569 เวลา 08.30 - 16.30 น.", "2026-02-14", "2026-02-14"),
        ("เดือน เมษายน พ.ศ. 2569", "2026-04-01", "2026-04-30"),
        ("ปีงบประมาณ ๒๕๖๓", "2019-10-01", "2020-09-30"),
        ("ตลอดปีงบประมาณ พ.ศ. 2569 (ตุลาคม 2568 - กันยายน 2569)", "2025-10-01", "2026-09-30"),
        ("ไตรมาส 3-4 ปีงบประมาณ 2569", "2026-04-01", "2026-09-30"),
    ],
)
def test_periods(text: str, start: str, end: str) -> None:
    reading = read_period(text)
    assert reading.period is not None
    assert (reading.period.start.isoformat(), reading.period.end.isoformat()) == (start, end)
    assert reading.why is None


@pytest.mark.parametrize(
    "text",
    [
        "ปีการศึกษา 2569",
        "ปี 2569",
        "๕ เดือน",
        "มกราคม, มีนาคม และพฤษภาคม 2569",
        "5, 12 และ 19 มกราคม 2569",
        "15 และ 20 มกราคม 2569",
        "ม.ค. - มี.ค. และ มิ.ย. - ก.ค. 2569",
        "ภายในเดือนกันยายน 2569",
        "ตั้งแต่ 1 มกราคม 2569 เป็นต้นไป",
        "31 ก.พ. 2569 - 5 มี.ค. 2569",
        "กันยายน 2569 ถึง พฤษภาคม 2569",
        "08/16/2022",
        "ตั้งแต่บัดนี้เป็นต้นไป",
        "",
    ],
)
def test_unclear_periods_ask(text: str) -> None:
    reading = read_period(text)
    assert reading.period is None
    assert reading.why


DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS, st.sampled_from(["full", "short"]), st.sampled_from([" - ", " ถึง ", " – ", " ถึงวันที่ "]))
def test_a_written_period_reads_back(one: date, other: date, style, between: str) -> None:
    start, end = sorted((one, other))
    reading = read_period(f"{format_date(start, style=style)}{between}{format_date(end, style=style)}")
    assert reading.period is not None
    assert (reading.period.start, reading.period.end) == (start, end)


def test_a_wrong_weekday_is_noticed() -> None:
    assert read_period("วันศุกร์ที่ 1 พฤษภาคม 2563 ถึงวันที่ 30 กันยายน 2563").notes == []
    assert "วันเสาร์" in read_period("วันเสาร์ที่ 1 พฤษภาคม 2563 ถึงวันที่ 30 กันยายน 2563").notes[0].message


@pytest.mark.parametrize(
    ("text", "baht"),
    [
        ("ไม่ใช้งบประมาณของทางราชการ", 0),
        ("ไม่ขอใช้งบประมาณ", 0),
        ("ไม่มี", None),
        ("", None),
        ("10,000 บาท", 10000),
        ("๑๐๐,๐๐๐.๐๐ บาท", 100000),
        ("20,000.- บาท", 20000),
        ("1.5 ล้านบาท", 1500000),
        ("20,000", 20000),
        ("คนละ 3,000 บาท", None),
        ("อัตรา 600 บาท/ชั่วโมง", None),
        ("ค่าอาหาร 50 คน x 100 บาท เป็นเงิน 5,000 บาท", 5000),
        ("ค่าอาหาร 6,000 บาท\nค่าเอกสาร 2,000 บาท\nรวม\t\t8,000", 8000),
        ("ค่าอาหาร 6,000 บาท\nค่าเอกสาร 2,000 บาท", None),
        ("ไม่ใช้งบประมาณ แต่รับบริจาค 5,000 บาท", None),
        ("12,000 บาท (หนึ่งหมื่นสองพันบาทถ้วน)", 12000),
        ("12,000 บาท (หนึ่งหมื่นบาทถ้วน)", None),
        ("7,500.50 บาท (เจ็ดพันห้าร้อยบาทห้าสิบสตางค์)", 7500.5),
    ],
)
def test_budgets(text: str, baht: float | None) -> None:
    amount, doubt = read_budget(text)
    assert amount == baht
    assert bool(doubt) == (baht is None)


@pytest.mark.parametrize(
    ("words", "number"),
    [("สี่หมื่นห้าพัน", 45000), ("หนึ่งแสนสองหมื่นสามพันสี่ร้อยห้าสิบเอ็ด", 123451), ("ยี่สิบล้าน", 20000000), ("สิบ", 10), ("ก", None)],
)
def test_baht_in_words(words: str, number: int | None) -> None:
    assert baht_in_words(words) == number


@pytest.mark.parametrize(
    ("text", "people", "least", "most", "asks"),
    [
        ("จำนวน ๑๐๔ คนและองค์กรเครือข่าย", 104, None, None, False),
        ("๑,๒๐๐ คน", 1200, None, None, False),
        ("ไม่น้อยกว่า ๕๐๐ คน", None, 500, None, False),
        ("๓๐ คนขึ้นไป", None, 30, None, False),
        ("ไม่เกิน 40 คน", None, None, 40, False),
        ("จำนวน 50 – 100 คน ต่อภาค", None, 50, 100, True),
        ("รุ่นละ 50 คน", None, None, None, True),
        ("นักเรียน 120 คน ครู 10 คน", None, None, None, True),
        ("นักเรียน 120 คน ครู 10 คน รวม 130 คน", 130, None, None, False),
        ("จำนวน 130 คน ประกอบด้วย นักเรียน 120 คน ครู 10 คน", 130, None, None, False),
        ("ข้าราชการ 20 คน พนักงาน 15 คน รวม 40 คน", 40, None, None, True),
        ("ประชาชนทั่วไป", None, None, None, True),
    ],
)
def test_targets(text: str, people: int | None, least: int | None, most: int | None, asks: bool) -> None:
    target, doubt = read_target(text)
    if not asks or people:
        assert (target.people, target.min, target.max) == (people, least, most)
    else:
        assert target.people is None
    assert bool(doubt) == asks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("โปสเตอร์อย่างน้อยสัปดาห์ละ ๓ เรื่อง", [("poster", True, 3, "week")]),
        ("คลิปไม่น้อยกว่าเดือนละ ๑ เรื่อง", [("clip", True, 1, "month")]),
        ("อย่างน้อยเดือนละ ๑ คลิป", [("clip", True, 1, "month")]),
        ("ภาพนิ่ง 2 เรื่อง/สัปดาห์", [("poster", False, 2, "week")]),
        ("เผยแพร่อย่างน้อย ๓ เรื่องต่อสัปดาห์", [("other", True, 3, "week")]),
        ("ประชุมปีละ 4 ครั้ง", [("other", False, 4, "year")]),
        ("รายงานทุก 3 เดือน", [("other", False, 1, "quarter")]),
        ("ประชุมเดือนละสองครั้ง", [("other", False, 2, "month")]),
        ("โปสเตอร์สัปดาห์ละ ๓ เรื่อง และวิดีโอไตรมาสละ ๑ เรื่อง", [("poster", False, 3, "week"), ("clip", False, 1, "quarter")]),
        ("ติดตามทุกครั้งที่มีการเผยแพร่", []),
        ("เงินเดือนละ 15,000 บาท วันละ 240 บาท คนละ 3,000 บาท", []),
        ("อบรมวันละ 6 ชั่วโมง ร้อยละ 80", []),
        ("ไม่เกินสัปดาห์ละ 0 เรื่อง สัปดาห์ละไม่เกิน 2 ครั้ง", []),
    ],
)
def test_quotas(text: str, expected: list[tuple[str, bool, int, str]]) -> None:
    found = [item.quota for item in find_quotas(text)]
    assert [(quota.kind, quota.at_least, quota.number, quota.per) for quota in found] == expected


@given(st.integers(1, 999), st.sampled_from(["สัปดาห์", "เดือน", "ปี", "วัน", "ไตรมาส"]), st.booleans())
def test_a_written_frequency_reads_back(number: int, per: str, in_thai: bool) -> None:
    text = f"คลิปอย่างน้อย{per}ละ {number} เรื่อง"
    (found,) = find_quotas(to_thai_digits(text) if in_thai else text)
    assert (found.quota.number, found.quota.at_least, found.quota.kind) == (number, True, "clip")


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("ไม่น้อยกว่าร้อยละ ๘๐", "percent", 80),
        ("80 %", "percent", 80),
        ("ร้อยละ 99.5 ของผู้เข้าอบรม 40 คน", "percent", 99.5),
        ("ค่าเฉลี่ยไม่น้อยกว่า ๓.๕๑", "mean_score", 3.51),
        ("๕๘๖ หมู่บ้าน", "count", 586),
        ("ประหยัดได้ 10,000 บาท", "baht", 10000),
        ("ร้อยละ 80-90", None, None),
        ("ร้อยละ 80 หรือร้อยละ 90", None, None),
        ("พฤติกรรมดีขึ้น", None, None),
    ],
)
def test_measures(text: str, measure: str | None, value: float | None) -> None:
    assert read_measure(text)[:2] == (measure, value)


@pytest.mark.parametrize(
    ("lines", "name", "position"),
    [
        (["(นายชื่อ นามสกุล)", "หัวหน้าฝ่าย"], "นายชื่อ นามสกุล", "หัวหน้าฝ่าย"),
        (["(ตำแหน่งหัวหน้าฝ่าย)", "หัวหน้าฝ่ายอำนวยการ"], None, "หัวหน้าฝ่ายอำนวยการ"),
        (["(ตำแหน่งหัวหน้าฝ่าย)"], None, "หัวหน้าฝ่าย"),
        (["( ตำแหน่ง : ครู )"], None, "ครู"),
        (["(..................)", "ตำแหน่ง ครู"], None, "ครู"),
    ],
)
def test_a_post_in_the_brackets_is_no_name(lines: list[str], name: str | None, position: str) -> None:
    (signature,) = read("\n".join(["ผู้เสนอโครงการ", "(ลงชื่อ)", *lines])).signatures
    assert (signature.name, signature.position) == (name, position)


@pytest.mark.parametrize("text", ["เมษาธันวา 2563", "เมษา ธันวา 2563", "มกรามีนา 2563"])
def test_two_months_without_a_range_are_a_question(text: str) -> None:
    reading = read_period(text)
    assert reading.period is None and reading.why is not None and reading.why.message.endswith("วันใด")
