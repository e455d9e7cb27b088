"""Reviewing with its checklist: what is stored, what the database refuses, and a lot approved piece by piece."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from saisaat.actions import compose, review
from saisaat.domain.approval import ItemStatus
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotAllowed
from saisaat.domain.reviewing import CHECKLIST, Point, ticked
from saisaat.records.models import Delivery, Item, Review
from tests.actions.stage import Stage
from tests.factories import NOW, VOUCHED


def waiting(stage: Stage) -> Item:
    return review.submit(item=stage.draft(), by=stage.actor("producer"), now=NOW)


def approve_lot(stage: Stage, items: list[Item], part: str = "reviewer", **changes: Any) -> review.Lot:
    wanted = {
        "items": items,
        "seen": {item.pk: item.sha256 for item in items},
        "checklist": VOUCHED,
        "reviewer": stage.people[part],
        "by": stage.actor(part),
        "now": NOW,
    }
    return review.approve_lot(**{**wanted, **changes})


def status(item: Item) -> str:
    return str(Item.everywhere.get(pk=item.pk).status)


@pytest.mark.parametrize("point", CHECKLIST)
def test_an_approval_without_a_point_is_refused(stage: Stage, point: Point) -> None:
    item = waiting(stage)
    with pytest.raises(Invalid, match="เหลืออีก 1 ข้อ"):
        review.approve(
            item=item,
            seen_sha256=item.sha256,
            checklist={**VOUCHED, point: False},
            reviewer=stage.people["reviewer"],
            by=stage.actor("reviewer"),
            now=NOW,
        )
    assert status(item) == ItemStatus.IN_REVIEW
    assert not Review.of(stage.province).exists()


def test_the_checklist_and_the_remark_are_kept(stage: Stage) -> None:
    item = waiting(stage)
    found = review.approve(
        item=item,
        seen_sha256=item.sha256,
        checklist=VOUCHED,
        note=" อ่านง่ายดี ",
        reviewer=stage.people["reviewer"],
        by=stage.actor("reviewer"),
        now=NOW,
    )
    found.refresh_from_db()
    assert (found.checklist, found.note, found.sha256) == (VOUCHED, "อ่านง่ายดี", item.sha256)


def test_a_returned_story_keeps_what_was_ticked(stage: Stage) -> None:
    item = waiting(stage)
    found = review.reject(
        item=item,
        seen_sha256=item.sha256,
        checklist=ticked([Point.TONE]),
        reviewer=stage.people["reviewer"],
        note="เลขมาตราผิด",
        by=stage.actor("reviewer"),
        now=NOW,
    )
    found.refresh_from_db()
    assert found.checklist == {"citation": False, "rights": False, "tone": True, "alt": False}


CHECKLISTS: list[tuple[str, Mapping[str, Any]]] = [
    ("nothing", {}),
    *((f"no {point}", {key: True for key in VOUCHED if key != point}) for point in CHECKLIST),
    *((f"{point} not ticked", {**VOUCHED, point: False}) for point in CHECKLIST),
    *((f"{point} null", {**VOUCHED, point: None}) for point in CHECKLIST),
    ("a word for true", {**VOUCHED, "alt": "yes"}),
]


@pytest.mark.parametrize("checklist", [c for _, c in CHECKLISTS], ids=[name for name, _ in CHECKLISTS])
def test_the_database_refuses_an_approval_without_its_points(stage: Stage, checklist: Mapping[str, Any]) -> None:
    item = waiting(stage)
    row = Review(
        province_id=item.province_id,
        item=item,
        sha256=item.sha256,
        author=stage.people["producer"],
        reviewer=stage.people["reviewer"],
        approved=True,
        checklist=dict(checklist),
        decided_at=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    row.approved, row.note = False, "ผิด"
    row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.everywhere.filter(pk=row.pk).update(approved=True)


def test_the_database_refuses_to_send_what_was_not_approved(stage: Stage) -> None:
    item = waiting(stage)
    delivery = stage.planned(item)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.everywhere.filter(pk=delivery.pk).update(state=State.SENDING, approved_sha256=item.sha256)


def test_a_lot_is_approved_piece_by_piece(stage: Stage) -> None:
    items = [waiting(stage), waiting(stage), waiting(stage)]
    lot = approve_lot(stage, items)
    assert (lot.approved, lot.left) == (items, [])
    assert {status(item) for item in items} == {ItemStatus.APPROVED}
    assert sorted(Review.of(stage.province).values_list("sha256", flat=True)) == sorted(item.sha256 for item in items)


def test_what_may_not_be_approved_is_left_out_and_named(stage: Stage) -> None:
    good, changed, own, unseen, decided = (waiting(stage) for _ in range(5))
    Item.everywhere.filter(pk=own.pk).update(author=stage.people["reviewer"])
    stage.approve(decided)
    seen = {item.pk: item.sha256 for item in (good, own, decided)} | {changed.pk: "0" * 64}
    lot = approve_lot(stage, [good, changed, own, unseen, decided], seen=seen)
    assert lot.approved == [good]
    reasons = {item.pk: refusal.message for item, refusal in lot.left}
    assert "ถูกแก้ไขหลังจากที่ท่านเปิดดู" in reasons[changed.pk]
    assert "ของตนเอง" in reasons[own.pk]
    assert "ถูกแก้ไขหลังจากที่ท่านเปิดดู" in reasons[unseen.pk]
    assert "อนุมัติแล้ว" in reasons[decided.pk]
    assert [status(item) for item in (changed, own, unseen)] == [ItemStatus.IN_REVIEW] * 3


def test_a_lot_needs_its_checklist_and_a_reviewer(stage: Stage) -> None:
    items = [waiting(stage)]
    with pytest.raises(Invalid, match="เหลืออีก 1 ข้อ"):
        approve_lot(stage, items, checklist={**VOUCHED, "alt": False})
    with pytest.raises(NotAllowed):
        approve_lot(stage, items, "producer")
    assert status(items[0]) == ItemStatus.IN_REVIEW


def test_a_file_that_is_gone_is_not_approved(stage: Stage) -> None:
    item = waiting(stage)
    assert item.picture is not None
    path = compose.media_path(item.picture.sha256)
    whole = path.read_bytes()
    path.unlink()
    try:
        lot = approve_lot(stage, [item])
    finally:
        path.write_bytes(whole)
    assert [refusal.message[:20] for _, refusal in lot.left] == ["ไฟล์สื่อไม่ตรงกับที่"]
    assert status(item) == ItemStatus.IN_REVIEW


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_approval_is_not_taken_back_without_a_reason(stage: Stage, reason: str) -> None:
    item = stage.approved()
    with pytest.raises(Invalid, match="เหตุผล"):
        review.void(item=item, reason=reason, by=stage.actor("reviewer"), now=NOW)
    assert status(item) == ItemStatus.APPROVED
