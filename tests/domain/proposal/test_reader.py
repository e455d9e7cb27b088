"""Each fixture is a proposal in another office's style; the .json beside it holds what must be read from it.

"name#" gives a list's length, "a.b" a part of a field, a list of objects gives the parts that matter; "asks" are fields
that need a question, "quiet" fields that must not have one.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.proposal import read
from saisaat.domain.thai import to_arabic_digits, to_thai_digits

ROOT = Path(__file__).parents[3]
FIXTURES = sorted((ROOT / "tests" / "fixtures" / "proposals").glob("*.json"))
DEMO = (ROOT / "saisaat" / "data" / "demo-proposal.txt").read_text(encoding="utf-8")


def dig(value: Any, path: str) -> Any:
    for key in path.split("."):
        value = None if value is None else value.get(key)
    return value


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_other_offices_proposals(fixture: Path) -> None:
    expected = json.loads(fixture.read_text(encoding="utf-8"))
    got = read(fixture.with_suffix(".txt").read_text(encoding="utf-8")).to_json()
    asked = {warning["field"] for warning in got["warnings"]}
    assert set(expected.pop("asks", [])) <= asked
    assert not set(expected.pop("quiet", [])) & asked
    for name, value in expected.items():
        if name.endswith("#"):
            assert len(got[name[:-1]]) == value, name
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            kept = [{key: item.get(key) for key in part} for part, item in zip(value, got[name], strict=True)]
            assert kept == value, name
        else:
            assert dig(got, name) == value, name


def test_there_are_enough_styles() -> None:
    assert len(FIXTURES) >= 12


def test_the_demonstration_proposal_reads_whole() -> None:
    got = read(DEMO).to_json()
    assert [warning["field"] for warning in got["warnings"]] == ["signatures"] * 3, "posts stand where names will"
    assert got["empty_sections"] == []
    assert [quota["kind"] for quota in got["quotas"]] == ["poster", "clip"]
    assert got["period"] == {"start": "2027-05-01", "end": "2027-09-30"}
    assert got["target"]["people"] == 104
    assert got["budget_baht"] == 0
    assert [kpi["percent"] for kpi in got["kpis"]] == [95, 95]
    assert [signature["acting_for"] for signature in got["signatures"]] == [None, None, "ผู้ว่าราชการจังหวัดตัวอย่าง"]
    assert len(got["method"]) == 6
    assert "ทุกครั้ง" in got["monitoring"]


def test_evidence_quotes_the_line_it_names() -> None:
    lines = DEMO.split("\n")
    for seen in read(DEMO).evidence.values():
        assert lines[seen.line - 1].strip() == seen.text
        assert 0 < seen.confidence <= 1


def test_digits_do_not_matter() -> None:
    arabic, thai = read(to_arabic_digits(DEMO)).to_json(), read(to_thai_digits(DEMO)).to_json()
    for name in ("sections", "period", "budget_baht"):
        assert arabic[name] == thai[name]
    assert [kpi["no"] for kpi in arabic["kpis"]] == [kpi["no"] for kpi in thai["kpis"]] == ["9.1", "9.2"]
    assert arabic["target"]["people"] == thai["target"]["people"]
    assert [signature["date"] for signature in arabic["signatures"]] == [item["date"] for item in thai["signatures"]]


@pytest.mark.parametrize("style", ["{}. ", "{}.", "{}) ", "({}) "])
def test_numbering_styles_do_not_matter(style: str) -> None:
    renumbered = re.sub(r"(?m)^([๐-๙]{1,2})\. ", lambda match: style.format(match[1]), DEMO)
    assert read(renumbered).sections == read(DEMO).sections


def test_without_any_numbers_the_headings_are_still_found() -> None:
    bare = re.sub(r"(?m)^[๐-๙]{1,2}(\.[๐-๙])?\.? ", "", DEMO)
    assert read(bare).sections == read(DEMO).sections


WORDS = """
    ร้อยละ สัปดาห์ละ เป้าหมาย ตัวชี้วัด ๑. 2. - บาท คน ลงชื่อ ผู้อนุมัติ มกราคม 2563 ๖๓ ( ) ถึง ระยะเวลา วิธีดำเนินการ งบประมาณ ปีงบประมาณ
    ทุก เดือน หลกั ปฏิบัติราชการแทน ชื่อโครงการ 31/2/2563 ที่ 99999999999 ๙.๑ ส่วนที่ ☑ ☐ ํา : ล้าน (สิบบาท) เพื่อ ผลที่คาดว่าจะได้รับ
    """.split()  # noqa: SIM905
FRAGMENTS = st.sampled_from([*WORDS, "\n", "\n\n", "\t", " ", "   ", "\f", "\uf70a", "\u200b"])


@given(st.lists(FRAGMENTS, max_size=80).map("".join))
def test_any_mixture_of_its_own_words_is_read_without_an_exception(text: str) -> None:
    got = read(text).to_json()
    json.dumps(got)
    assert set(got["empty_sections"]) <= set(got["sections"])
    lines = text.count("\n") + text.count("\f") + 1
    assert all(1 <= number <= lines for warning in got["warnings"] for number in warning["lines"])


@given(st.text(max_size=2000))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    json.dumps(read(text).to_json())


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "ละ ",
        "(",
        "\n",
        "1.\n",
        "ระยะเวลา\t",
        "1 ม.ค. 2563 ",
        "่",
        "มกราคม - ",
        "หลกั การ ",
        "ลงชื่อ\n",
        "- สัปดาห์ละ 3 เรื่อง\n",
        "5 คน ",
    ],
)
def test_long_stretches_of_one_thing_are_read(unit: str) -> None:
    """Would not end within patience if a pattern were worse than linear; benchmarks/proposal_reader.py has figures."""
    heading = "๑. วิธีดำเนินการ\n"
    assert read(heading + unit * (15_000 // len(unit))).sections[:1] == ["method"]


def test_text_beyond_the_limit_is_said_to_be_unread() -> None:
    long = DEMO + "\n" + "ก" * 1_000_000
    assert "document" in {doubt.field for doubt in read(long).doubts}
    assert read(long).title == read(DEMO).title
