"""Who may be in a working group, and the duties that come with a post."""

import pytest

from saisaat.domain.errors import Invalid
from saisaat.domain.working_group import LONGEST_DUTIES, LONGEST_ROLE, MOST_MEMBERS, POSTS, check_members, duties_of


def test_every_post_has_its_duties() -> None:
    assert len({post.title for post in POSTS}) == len(POSTS)
    for post in POSTS:
        assert 0 < len(post.title) <= LONGEST_ROLE and 20 < len(post.duties) <= LONGEST_DUTIES
        assert duties_of(f" {post.title} ") == post.duties
    assert duties_of("ที่ปรึกษา") == ""


@pytest.mark.parametrize(
    ("people", "roles", "said"),
    [
        ([], [], "อย่างน้อยหนึ่งคน"),
        (["a", "b", "a"], ["ก", "ข", "ค"], "ซ้ำ"),
        (["a", "b"], ["ก", " "], "บทบาท"),
        ([str(n) for n in range(MOST_MEMBERS + 1)], ["ก"] * (MOST_MEMBERS + 1), "ไม่เกิน"),
    ],
)
def test_a_group_that_cannot_be(people: list[str], roles: list[str], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        check_members(people, roles)


def test_a_group_that_can_be() -> None:
    check_members(["a", "b"], ["ประธานคณะทำงาน", "คณะทำงาน"])
