"""The document's fields: what is empty, what a change is, which questions stay open, where a field was read."""

from importlib.resources import files
from typing import Any

import pytest

from saisaat.domain.content import (
    FIELDS,
    How,
    Question,
    blank_content,
    changed,
    check_complete,
    check_content,
    is_empty,
    open_questions,
    signed_part,
)
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.proposal import read
from saisaat.domain.sources import excerpt, lines_of_fields, numbered

DEMO = files("saisaat.data").joinpath("demo-proposal.txt").read_text(encoding="utf-8")
MAY = {"start": "2027-05-01", "end": "2027-05-31"}


@pytest.mark.parametrize("value", [None, "", [], {}, {"people": None, "text": ""}])
def test_nothing_said(value: Any) -> None:
    assert is_empty(value)


@pytest.mark.parametrize("value", [0, 0.0, "-", [""], {"people": 0, "text": ""}, False])
def test_something_said(value: Any) -> None:
    assert not is_empty(value)


def test_the_reader_fills_the_fields_and_no_others() -> None:
    whole = read(DEMO).to_json()
    assert set(signed_part(whole)) == set(FIELDS) == set(blank_content())
    assert set(whole) - set(FIELDS) == {"sections", "empty_sections", "evidence", "warnings"}


def test_a_change_is_a_correction_or_fills_a_gap() -> None:
    before = {"title": "ก", "place": None, "target": None, "objectives": ["ข"]}
    after = {"title": "ค", "place": "กลุ่ม", "target": {"people": None, "text": ""}, "objectives": ["ข"]}
    assert changed(before, after) == {"title": How.CORRECTED, "place": How.FILLED}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "  "}, "ชื่อโครงการ"),
        ({"title": "ก" * 501}, "ยาวเกิน 500"),
        ({"period": {"start": "2027-05-02", "end": "2027-05-01"}}, "มาก่อนวันเริ่ม"),
        ({"period": {"start": "2027-05-02", "end": "2047-05-01"}}, "ยาวเกินสิบปี"),
    ],
)
def test_a_document_that_cannot_stand(changes: dict[str, Any], said: str) -> None:
    check_content({"title": "ก", "period": MAY})
    with pytest.raises(Invalid, match=said):
        check_content({"title": "ก", "period": MAY} | changes)


def test_nobody_is_asked_to_sign_without_a_period() -> None:
    check_complete({"period": MAY})
    with pytest.raises(NotNow, match="วันเริ่มและวันสิ้นสุด"):
        check_complete({"period": None})


def test_a_question_is_answered_by_settling_or_by_filling_the_gap() -> None:
    gap, doubt, other = Question("place", "ที่ใด"), Question("title", "ใช้แบบใด"), Question("title", "อีกข้อ")
    as_read, content = {"title": "ก", "place": None}, {"title": "ข", "place": None}
    assert open_questions([gap, doubt, other], {other.id}, as_read, content) == [gap, doubt]
    assert open_questions([gap, doubt, other], {other.id}, as_read, content | {"place": "กลุ่ม"}) == [doubt]


def test_every_field_is_beside_its_own_lines() -> None:
    proposal = read(DEMO).to_json()
    lines, found = numbered(DEMO), lines_of_fields(DEMO, proposal["evidence"], proposal)
    assert set(found) == set(proposal["evidence"])
    for name, numbers in found.items():
        assert proposal["evidence"][name]["line"] in numbers, name
        assert all(lines[number - 1].strip() for number in numbers), name
    told = {name: [lines[number - 1].strip() for number in numbers] for name, numbers in found.items()}
    assert [line[:4] for line in told["objectives"]] == ["๒.๑ ", "๒.๒ "]
    assert len(told["method"]) == 9, "six steps, three of them points of the second"
    assert len(told["signatures"]) >= 6


def test_an_excerpt_shows_the_neighbours_and_says_where_lines_are_left_out() -> None:
    lines = ["๑", "", "๒", "๓", "๔", "๕", "", "๖", "๗"]
    shown = excerpt(lines, [3, 8], around=1)
    assert [(line.number, line.marked, line.after_gap) for line in shown] == [
        (1, False, False),
        (3, True, False),
        (4, False, False),
        (6, False, True),
        (8, True, False),
        (9, False, False),
    ]
    assert excerpt(lines, [0, 99]) == []


def test_an_excerpt_shows_the_lines_a_question_is_about() -> None:
    shown = excerpt(["ก", "ข", "ค", "ง"], [1], [4, 9], around=0)
    assert [(line.number, line.marked, line.asked, line.after_gap) for line in shown] == [
        (1, True, False, False),
        (4, False, True, True),
    ]
