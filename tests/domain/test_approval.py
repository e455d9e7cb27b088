"""What is sent is what was approved, to the letter."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from saisaat.domain.approval import (
    ITEM_TRANSITIONS,
    ItemStatus,
    canonical_message,
    check_edit,
    check_item_transition,
    check_review,
    check_sent_form,
    fill,
    item_sha256,
)
from saisaat.domain.errors import Invalid, NotNow

VALUES = {"base": "https://office.example", "group": "g" * 28, "delivery": "d" * 16}
PLAIN = st.text(alphabet="abcXYZ019._~:/-", min_size=1, max_size=30)
PIECES = st.lists(st.sampled_from(["{base}", "{group}", "{delivery}", "ก", "{", "}", "{base", 'x"y', " "]), max_size=12)


@given(PIECES.map("".join), PLAIN, PLAIN, PLAIN)
def test_a_filled_message_passes_its_own_check(text: str, base: str, group: str, delivery: str) -> None:
    canonical = canonical_message([{"text": text}])
    values = {"base": base, "group": group, "delivery": delivery}
    check_sent_form(fill(canonical, values), canonical, values)


@given(PIECES.map("".join), st.integers(0, 400), st.characters(codec="utf-8"))
def test_one_changed_character_is_noticed(text: str, at: int, other: str) -> None:
    canonical = canonical_message([{"text": text, "url": "{base}/i/x/{group}"}])
    body = fill(canonical, VALUES)
    place = at % len(body)
    assume(body[place] != other)
    with pytest.raises(NotNow, match="ไม่ตรงกับฉบับที่อนุมัติ"):
        check_sent_form(body[:place] + other + body[place + 1 :], canonical, VALUES)


@pytest.mark.parametrize("more", ["x", '"', "[]"])
def test_nothing_may_follow_or_be_missing(more: str) -> None:
    canonical = canonical_message([{"text": "{base}"}])
    body = fill(canonical, VALUES)
    for wrong in (body + more, body[:-1]):
        with pytest.raises(NotNow):
            check_sent_form(wrong, canonical, VALUES)


@pytest.mark.parametrize("value", ['"', "a b", "", "x" * 201, "a\\n", "ก", '","text":"'])
def test_a_value_that_could_change_the_message_is_refused(value: str) -> None:
    with pytest.raises(Invalid, match="ยังไม่ส่ง"):
        fill("{base}", {**VALUES, "base": value})


def test_the_hash_covers_the_media_their_order_and_the_message() -> None:
    one, two = "11" * 32, "22" * 32
    hashes = {
        item_sha256(media, text)
        for media, text in [([one, two], "a"), ([two, one], "a"), ([one], "a"), ([one, two], "b")]
    }
    assert len(hashes) == 4


@pytest.mark.parametrize(("old", "new"), list(itertools.product(ItemStatus, ItemStatus)))
def test_an_item_moves_only_as_its_table_says(old: ItemStatus, new: ItemStatus) -> None:
    if new in ITEM_TRANSITIONS[old]:
        check_item_transition(old, new)
    else:
        with pytest.raises(NotNow):
            check_item_transition(old, new)


def test_nobody_reviews_their_own_or_an_older_version() -> None:
    check_review("author", "reviewer", "a", "a")
    with pytest.raises(NotNow, match="ของตนเอง"):
        check_review("author", "author", "a", "a")
    with pytest.raises(NotNow, match="ฉบับล่าสุด"):
        check_review("author", "reviewer", "a", "b")


@pytest.mark.parametrize("status", [one for one in ItemStatus if one is not ItemStatus.DISCARDED])
def test_the_latest_version_may_be_edited_until_it_stands_in_a_group(status: ItemStatus) -> None:
    check_edit(status, seen=3, latest=3, published=False)
    for seen, published, said in ((2, False, "ผู้อื่นบันทึก"), (3, True, "เผยแพร่ในกลุ่มแล้ว")):
        with pytest.raises(NotNow, match=said):
            check_edit(status, seen=seen, latest=3, published=published)


def test_what_is_thrown_away_is_not_edited() -> None:
    with pytest.raises(NotNow, match="กู้คืนก่อน"):
        check_edit(ItemStatus.DISCARDED, seen=1, latest=1, published=False)
