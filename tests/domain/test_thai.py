from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain import thai

DATES = st.dates(date(1900, 1, 1), date(2156, 12, 31))


@given(st.text())
def test_digits_survive_a_round_trip(text: str) -> None:
    arabic = thai.to_arabic_digits(text)
    assert len(arabic) == len(text)
    assert thai.to_arabic_digits(thai.to_thai_digits(arabic)) == arabic


def test_digits() -> None:
    assert thai.to_thai_digits("ร้อยละ 95.5") == "ร้อยละ ๙๕.๕"
    assert thai.to_arabic_digits("๐๑๒๓๔๕๖๗๘๙") == "0123456789"
    assert thai.thai_number(1234567) == "๑,๒๓๔,๕๖๗"
    assert thai.thai_number(12.5, decimals=2) == "๑๒.๕๐"


@given(DATES, st.sampled_from(["full", "short"]), st.booleans())
def test_dates_survive_a_round_trip(day: date, style, thai_digits: bool) -> None:
    assert thai.parse_date(thai.format_date(day, style=style, thai_digits=thai_digits)) == day


def test_formats() -> None:
    day = date(2020, 4, 29)
    assert thai.format_date(day) == "๒๙ เมษายน ๒๕๖๓"
    assert thai.format_date(day, style="short") == "๒๙ เม.ย. ๒๕๖๓"
    assert thai.format_date(day, thai_digits=False) == "29 เมษายน 2563"
    assert thai.format_month(day) == "เมษายน ๒๕๖๓"
    assert thai.format_weekday(day) == "วันพุธ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("๒๙ เม.ย. ๒๕๖๓", date(2020, 4, 29)),
        ("1 พฤษภาคม พ.ศ. 2563", date(2020, 5, 1)),
        ("1 พ.ค.63", date(2020, 5, 1)),
        ("1 มกรา 2569", date(2026, 1, 1)),
        ("5 มิย 2569", date(2026, 6, 5)),
        ("16/08/2022", date(2022, 8, 16)),
        ("01/11/2565", date(2022, 11, 1)),
        ("2026-05-01", date(2026, 5, 1)),
        ("31 ก.พ. 2563", None),
        ("08/16/2022", None),
        ("29 เมษายน 1234", None),
        ("พ.ร.บ. ก.พ. 2551", None),
        ("1.2.3", None),
        ("", None),
    ],
)
def test_parse_date(text: str, expected: date | None) -> None:
    assert thai.parse_date(text) == expected


def test_two_digit_years_are_unsure() -> None:
    assert not thai.find_dates("1 พ.ค. ๖๓")[0].sure
    assert thai.find_dates("1 พ.ค. ๒๕๖๓")[0].sure


@pytest.mark.parametrize(
    ("text", "expected"), [("31 ก.พ. 2569", True), ("08/16/2022", True), ("1 ม.ค. 2569", False), ("ก", False)]
)
def test_impossible_dates(text: str, expected: bool) -> None:
    assert thai.has_impossible_date(text) is expected


@pytest.mark.parametrize(
    ("number", "name", "short"), [(n, thai.THAI_MONTHS[n - 1], thai.THAI_MONTHS_SHORT[n - 1]) for n in range(1, 13)]
)
def test_months(number: int, name: str, short: str) -> None:
    assert {thai.read_month(word) for word in (name, short, short.replace(".", ""), short.replace(".", ". "))} == {
        number
    }


def test_names_sort_as_in_a_dictionary() -> None:
    assert sorted(["แก้ว", "ขาว", "กบ", "เก่ง", "เกง", "งาม"], key=thai.thai_sort_key) == [
        "กบ",
        "เกง",
        "เก่ง",
        "แก้ว",
        "ขาว",
        "งาม",
    ]


@pytest.mark.parametrize(
    ("damaged", "plain"),
    [
        ("กํา นํ้า น้ํา สํ านัก", "กำ น้ำ น้ำ สำนัก"),
        ("เเผน", "แผน"),
        ("ที\uf70a ป\uf701\uf70e", "ที่ ปิ์"),
        ("ก\u200bข\ufeff\u00a0ค", "กข ค"),
        ("ก่ี", "กี่"),
        ("หนึ่นึ่งครั้รั้ง สถานที่ที่ดี", "หนึ่งครั้ง สถานที่ที่ดี"),
        ("a\r\nb\rc\fd\n\fe", "a\nb\nc\nd\ne"),
    ],
)
def test_normalise(damaged: str, plain: str) -> None:
    assert thai.normalise(damaged) == plain


SYLLABLES = ["กํา", "ก่ี", "ที\uf70a", "นํ้า", "เเม่", "\u200b", "\u00a0", "\r\n", "\n", "\f", "๑", "ป\uf701", "ผู้"]


@given(st.lists(st.sampled_from(SYLLABLES)).map("".join))
def test_normalising_again_changes_nothing_more(text: str) -> None:
    once = thai.normalise(text)
    assert thai.normalise(once) == once


def test_skeletons_of_damaged_words_agree() -> None:
    assert thai.skeleton("หลกั การและเหตผุ ล") == thai.skeleton("หลักการและเหตุผล")
    assert thai.skeleton("วิธีดาเนินการ") == thai.skeleton("วิธีดำเนินการ")
    assert thai.skeleton("โครงกำร") == thai.skeleton("โครงการ")


def test_damage_is_noticed() -> None:
    assert thai.looks_damaged("หลกั การ ตวั ชวี้ ัด")
    assert not thai.looks_damaged("หลักการและเหตุผล ที่ตั้งของสำนักงาน จังหวัดหนึ่ง")
