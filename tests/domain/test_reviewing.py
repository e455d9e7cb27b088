"""The checklist of a review: what an approval needs, and what a comment is made of."""

import pytest

from saisaat.domain.errors import Invalid
from saisaat.domain.reviewing import CHECKLIST, LONGEST_NOTE, Point, check_approval, comment_of, ticked

WHOLE = ticked(CHECKLIST)


def test_a_checklist_holds_every_point_and_no_other() -> None:
    assert ticked(["tone", "citation", "something else"]) == {
        "citation": True,
        "rights": False,
        "tone": True,
        "alt": False,
    }


def test_an_approval_has_every_point() -> None:
    check_approval(WHOLE)


@pytest.mark.parametrize("point", CHECKLIST)
@pytest.mark.parametrize("how", ["false", "absent", "not a bool"])
def test_no_point_may_be_left_out(point: Point, how: str) -> None:
    checklist = dict(WHOLE)
    if how == "absent":
        del checklist[point]
    else:
        checklist[point] = False if how == "false" else "yes"  # type: ignore[assignment]
    with pytest.raises(Invalid, match="เหลืออีก 1 ข้อ"):
        check_approval(checklist)


def test_a_refusal_counts_what_is_left() -> None:
    with pytest.raises(Invalid, match="เหลืออีก 4 ข้อ"):
        check_approval({})


def test_a_comment_is_the_reasons_then_what_was_typed() -> None:
    assert comment_of(["ตัวเล็ก", "คำผิด"], "  บรรทัดที่สอง ") == "ตัวเล็ก\nคำผิด\nบรรทัดที่สอง"
    assert comment_of([], "แก้ตัวเลข") == "แก้ตัวเลข"
    assert comment_of(["ตัวเล็ก"], "") == "ตัวเล็ก"


@pytest.mark.parametrize("typed", ["", "  \n "])
def test_a_comment_says_something(typed: str) -> None:
    with pytest.raises(Invalid, match="ต้องแก้อะไร"):
        comment_of([], typed)


def test_a_comment_fits_its_place() -> None:
    assert len(comment_of([], "ก" * LONGEST_NOTE)) == LONGEST_NOTE
    with pytest.raises(Invalid, match="501 ตัวอักษร"):
        comment_of(["ก"], "ข" * (LONGEST_NOTE - 1))
