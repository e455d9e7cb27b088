"""The question under an item."""

import pytest

from saisaat.domain.approval import item_sha256
from saisaat.domain.errors import Invalid
from saisaat.domain.quiz import check_choice, make_quiz, quiz_text

QUIZ = make_quiz(" รับได้ไม่เกินเท่าใด ", ["500 บาท", "", "3,000  บาท", ""], 2, "ประกาศ\nกำหนดไว้")


def test_empty_choices_are_left_out_and_the_answer_moves_along() -> None:
    assert QUIZ == {
        "question": "รับได้ไม่เกินเท่าใด",
        "choices": ["500 บาท", "3,000 บาท"],
        "answer": 1,
        "why": "ประกาศ กำหนดไว้",
    }


def test_nothing_written_is_no_quiz() -> None:
    assert make_quiz("", ["", " "], None, "") == {} and quiz_text({}) == ""


@pytest.mark.parametrize(
    ("question", "choices", "answer", "why"),
    [
        ("", ["ก", "ข"], 0, "เพราะ"),
        ("ถาม", ["ก", "ข"], 0, ""),
        ("ถาม", ["ก"], 0, "เพราะ"),
        ("ถาม", list("กขคงจ"), 0, "เพราะ"),
        ("ถาม", ["ก", "ก"], 0, "เพราะ"),
        ("ถาม", ["ก", "ข"], None, "เพราะ"),
        ("ถาม", ["ก", "", "ข"], 1, "เพราะ"),
        ("ถ" * 201, ["ก", "ข"], 0, "เพราะ"),
        ("ถาม", ["ก" * 121, "ข"], 0, "เพราะ"),
        ("ถาม", ["ก", "ข"], 0, "พ" * 401),
    ],
)
def test_half_a_quiz_is_refused(question: str, choices: list[str], answer: int | None, why: str) -> None:
    with pytest.raises(Invalid):
        make_quiz(question, choices, answer, why)


@pytest.mark.parametrize("typed", ["", "-1", "2", "1.0", "๑", "x", "999"])
def test_a_choice_that_is_none(typed: str) -> None:
    with pytest.raises(Invalid):
        check_choice(QUIZ, typed)


def test_the_choices_there_are() -> None:
    assert [check_choice(QUIZ, typed) for typed in ("0", "1")] == [0, 1]


def test_the_approval_covers_the_question() -> None:
    plain = item_sha256(["ab" * 32], "[]")
    assert plain == item_sha256(["ab" * 32], "[]", "")
    others = [{**QUIZ, "answer": 0}, {**QUIZ, "why": "อื่น"}, QUIZ]
    assert len({plain, *(item_sha256(["ab" * 32], "[]", quiz_text(one)) for one in others)}) == 4
