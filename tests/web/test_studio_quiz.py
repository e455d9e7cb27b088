"""The question under an item in the studio: part of what is approved."""

from collections.abc import Callable

import pytest
from django.test import Client

from saisaat.actions import edit, review
from saisaat.actions.compose import keep_version
from saisaat.actions.quiz import count_answer
from saisaat.domain.approval import ItemStatus, item_sha256
from saisaat.domain.delivery import State
from saisaat.domain.quiz import quiz_text
from saisaat.queries import studio
from saisaat.records.models import Delivery, Item
from tests.cast import Cast
from tests.factories import NOW, VOUCHED, make_delivery, make_entry

Enter = Callable[[str], Client]
TYPED = {"question": "รับได้ไหม", "choice_0": "ได้", "choice_2": "ไม่ได้", "answer": "2", "why": "เกินสามพันบาท", "seen": "1"}
QUIZ = {"question": "รับได้ไหม", "choices": ["ได้", "ไม่ได้"], "answer": 1, "why": "เกินสามพันบาท"}


@pytest.fixture
def item(cast: Cast) -> Item:
    item = cast.item()
    keep_version(item, NOW)
    return item


def test_a_question_ends_the_approval_and_what_was_armed_with_it(enter: Enter, cast: Cast, item: Item) -> None:
    armed = make_delivery(make_entry(cast.campaign), cast.staff, item, State.ARMED)
    answer = enter("producer").post(f"/studio/items/{item.pk}/quiz", TYPED)
    assert answer["Location"] == f"/studio/items/{item.pk}"
    row = Item.everywhere.get(pk=item.pk)
    assert row.quiz == QUIZ and row.status == ItemStatus.DRAFT and row.approved_sha256 == ""
    picture = row.picture.sha256  # type: ignore[union-attr]
    assert row.sha256 == item_sha256([picture], row.canonical, quiz_text(QUIZ)) != item.sha256
    assert [version.quiz for version in row.versions.all()] == [{}, QUIZ]
    assert Delivery.everywhere.get(pk=armed.pk).state == State.CANCELLED


def test_the_reviewer_sees_it_and_approves_it_with_the_item(enter: Enter, cast: Cast, item: Item) -> None:
    enter("producer").post(f"/studio/items/{item.pk}/quiz", TYPED)
    row = Item.everywhere.get(pk=item.pk)
    review.submit(item=row, by=cast.actor("producer"), now=NOW)
    assert "เกินสามพันบาท" in enter("reviewer").get(f"/reviews/{item.pk}").content.decode()
    row.refresh_from_db()
    review.approve(
        item=row,
        seen_sha256=row.sha256,
        checklist=VOUCHED,
        reviewer=cast.people["reviewer"],
        by=cast.actor("reviewer"),
        now=NOW,
    )
    assert Item.everywhere.get(pk=item.pk).approved_sha256 == row.sha256


@pytest.mark.parametrize(
    "wrong", [{"why": ""}, {"answer": "1"}, {"answer": ""}, {"seen": "0"}, {"choice_0": "{group}"}], ids=str
)
def test_what_cannot_be_kept_is_given_back(enter: Enter, item: Item, wrong: dict[str, str]) -> None:
    answer = enter("producer").post(f"/studio/items/{item.pk}/quiz", {**TYPED, **wrong})
    assert answer.status_code == 422 and "รับได้ไหม" in answer.content.decode()
    assert Item.everywhere.get(pk=item.pk).quiz == {}


def test_a_published_item_keeps_its_question(enter: Enter, cast: Cast, item: Item) -> None:
    make_delivery(make_entry(cast.campaign), cast.staff, item)
    enter("producer").post(f"/studio/items/{item.pk}/quiz", TYPED)
    assert Item.everywhere.get(pk=item.pk).quiz == {}


def test_clearing_everything_takes_it_away(enter: Enter, item: Item) -> None:
    enter("producer").post(f"/studio/items/{item.pk}/quiz", TYPED)
    enter("producer").post(f"/studio/items/{item.pk}/quiz", {"seen": "2"})
    row = Item.everywhere.get(pk=item.pk)
    assert row.quiz == {} and row.sha256 == item.sha256
    assert edit.is_published(row) is False


def test_what_readers_chose_is_told_as_figures(enter: Enter, cast: Cast) -> None:
    item = cast.item(quiz=QUIZ)
    delivery = make_delivery(make_entry(cast.campaign), cast.staff, item)
    for choice in (0, 1, 1):
        count_answer(delivery=delivery, choice=choice)
    assert studio.quiz_counts(item) == [("ได้", 1), ("ไม่ได้", 2)]
    page = enter("producer").get(f"/studio/items/{item.pk}").content.decode()
    assert "ผู้อ่านเลือก" in page and "2 ครั้ง" in page
