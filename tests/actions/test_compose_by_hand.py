"""Posters made by hand: every version kept, an approval ended by an edit, the plan given what it asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from saisaat.actions import compose, edit, review
from saisaat.domain.approval import ItemStatus, item_sha256
from saisaat.domain.delivery import State
from saisaat.domain.errors import DomainError, Invalid, NotAllowed, NotNow
from saisaat.domain.roles import Role
from saisaat.records.models import AuditEvent, Delivery, Item, ItemVersion, Topic
from tests.actions.stage import PARTS, Stage
from tests.factories import NOW, VOUCHED, make_delivery, make_entry
from tests.scenes.studio import draft_of, drawn

SLUG = "a" * 16


def topic(stage: Stage, **changes: object) -> Topic:
    found = Topic.of(stage.province).get(code="KB001")
    if changes:
        Topic.everywhere.filter(pk=found.pk).update(**changes)
        found.refresh_from_db()
    return found


def make(stage: Stage, slug: str = SLUG, wanted: tuple[str, ...] = (), **changes: object) -> Item:
    draft = draft_of(topic(stage), slug, **changes)
    return edit.make(
        campaign=stage.campaign,
        draft=draft,
        wanted=wanted,
        author=stage.people["producer"],
        by=stage.actor("producer"),
        now=NOW,
    )


def again(stage: Stage, item: Item, seen: int = 1, part: str = "producer", **changes: object) -> Item:
    draft = draft_of(topic(stage), SLUG, **{"headline": "หัวข้อใหม่", **changes})
    return edit.edit(item=item, draft=draft, seen=seen, author=stage.people[part], by=stage.actor(part), now=NOW)


def needed(stage: Stage, at: datetime = NOW, **fields: object) -> list[Delivery]:
    entry = make_entry(stage.campaign, at)
    return [
        make_delivery(entry, group, None, State.PLANNED, **fields)  # type: ignore[arg-type]
        for group in (stage.staff, stage.network)
    ]


def approved(stage: Stage, item: Item) -> Item:
    return stage.approve(review.submit(item=item, by=stage.actor("producer"), now=NOW))


def test_a_first_draft_is_version_one(stage: Stage) -> None:
    item = make(stage)
    version = item.versions.get()
    assert (version.no, version.author, version.sha256, version.title) == (1, item.author, item.sha256, item.title)
    assert version.spec == item.spec and version.picture == item.picture
    assert item.spec["poster"]["headline"] == topic(stage).headline
    assert item.sha256 == item_sha256([item.picture.sha256, item.preview.sha256], item.canonical)  # type: ignore[union-attr]
    assert AuditEvent.of(stage.province).get(action="item.compose.poster").digest == item.sha256


def test_the_same_draft_is_not_saved_twice(stage: Stage) -> None:
    make(stage)
    with pytest.raises(NotNow, match="บันทึกไว้แล้ว"):
        make(stage)
    assert Item.of(stage.province).count() == ItemVersion.of(stage.province).count() == 1


def test_it_goes_to_just_the_deliveries_wanted(stage: Stage) -> None:
    mine, other = needed(stage), needed(stage, topic=topic(stage), style="aurora")
    item = make(stage, wanted=tuple(row.pk for row in mine))
    for row in mine:
        row.refresh_from_db()
        assert (row.item, row.topic, row.style) == (item, topic(stage), "aurora")
    assert all(stage.fresh(row).item is None for row in other)


@pytest.mark.parametrize("state", [State.ARMED, State.CANCELLED, State.MISSED])
def test_a_delivery_that_waits_no_more_refuses(stage: Stage, state: State) -> None:
    rows = needed(stage)
    kept = stage.approved()
    Delivery.everywhere.filter(pk=rows[0].pk).update(state=state, item=kept, approved_sha256=kept.approved_sha256)
    with pytest.raises(NotNow, match="เปลี่ยนไปแล้ว"):
        make(stage, wanted=(rows[0].pk, rows[1].pk))
    assert not Item.of(stage.province).filter(slug=SLUG).exists()


def test_a_delivery_of_another_office_is_not_found(stage: Stage) -> None:
    from tests.cast import make_cast

    other = make_cast("other-")
    row = make_delivery(make_entry(other.campaign), other.staff, None, State.PLANNED)
    with pytest.raises(NotNow, match="เปลี่ยนไปแล้ว"):
        make(stage, wanted=(row.pk,))


def test_partners_outside_are_not_told_what_is_for_staff(stage: Stage) -> None:
    topic(stage, applies_to=["ข้าราชการ"])
    rows = needed(stage)
    with pytest.raises(NotNow, match="ภาคีเครือข่าย"):
        make(stage, wanted=(rows[1].pk,))
    assert make(stage, wanted=(rows[0].pk,)).pk


def test_a_law_that_is_not_in_force_that_day_is_not_told(stage: Stage) -> None:
    topic(stage, valid_from=date(2020, 6, 1))
    early, later = needed(stage), needed(stage, datetime(2020, 6, 3, 2, 0, tzinfo=UTC))
    with pytest.raises(NotNow, match="ไม่มีผลใช้บังคับ"):
        make(stage, wanted=(early[0].pk,))
    assert make(stage, wanted=(later[0].pk,)).pk


def test_what_nobody_checked_is_not_made(stage: Stage) -> None:
    topic(stage, publishable=False)
    with pytest.raises(NotNow, match="ยังไม่ได้ตรวจ"):
        make(stage)


def test_a_story_of_ones_own_needs_no_topic(stage: Stage) -> None:
    draft = replace(draft_of(topic(stage), SLUG), topic=None)
    by = {"author": stage.people["producer"], "by": stage.actor("producer"), "now": NOW}
    item = edit.make(campaign=stage.campaign, draft=draft, wanted=(), **by)  # type: ignore[arg-type]
    assert item.topic is None


@pytest.mark.parametrize("field", ["headline", "body", "citation", "topic"])
def test_what_sending_fills_in_is_not_written_by_hand(stage: Stage, field: str) -> None:
    with pytest.raises(Invalid, match="วงเล็บปีกกา"):
        make(stage, **{field: "ดูที่ {base}/i"})


@pytest.mark.parametrize("field", ["alt", "text"])
def test_those_who_do_not_see_it_are_not_left_out(stage: Stage, field: str) -> None:
    draft = replace(draft_of(topic(stage), SLUG), **{field: "  "})
    by = {"author": stage.people["producer"], "by": stage.actor("producer"), "now": NOW}
    with pytest.raises(Invalid, match="ไม่เห็นภาพ"):
        edit.make(campaign=stage.campaign, draft=draft, wanted=(), **by)  # type: ignore[arg-type]


def test_every_version_is_kept(stage: Stage) -> None:
    item = make(stage)
    for number in range(1, 4):
        again(stage, item, seen=number, headline=f"หัวข้อ {number}")
    told = list(ItemVersion.of(stage.province).values_list("no", "title"))
    assert told == [(1, item.title), (2, "หัวข้อ 1"), (3, "หัวข้อ 2"), (4, "หัวข้อ 3")]
    item.refresh_from_db()
    assert (item.slug, item.title, item.versions.last().sha256) == (SLUG, "หัวข้อ 3", item.sha256)  # type: ignore[union-attr]


def test_an_older_version_is_not_built_upon(stage: Stage) -> None:
    item = make(stage)
    again(stage, item, headline="ของผู้อื่น")
    with pytest.raises(NotNow, match="ผู้อื่นบันทึก"):
        again(stage, item, seen=1)
    item.refresh_from_db()
    assert item.title == "ของผู้อื่น"


def test_saving_nothing_new_changes_nothing(stage: Stage) -> None:
    item = approved(stage, make(stage))
    same = again(stage, item, headline=item.title)
    assert (same.status, same.approved_sha256, same.versions.count()) == (ItemStatus.APPROVED, item.sha256, 1)


def test_an_edit_ends_the_approval_and_cancels_what_was_armed(stage: Stage) -> None:
    armed, waiting = needed(stage)
    item = approved(stage, make(stage, wanted=(armed.pk, waiting.pk)))
    Delivery.everywhere.filter(pk=armed.pk).update(state=State.ARMED, approved_sha256=item.sha256)
    edited = again(stage, item, style="sodsai")
    assert (edited.status, edited.approved_sha256) == (ItemStatus.DRAFT, "")
    assert stage.state(armed) == State.CANCELLED and "แก้ไข" in stage.fresh(armed).reason
    assert (stage.state(waiting), stage.fresh(waiting).item, stage.fresh(waiting).style) == (
        State.PLANNED,
        edited,
        "sodsai",
    )


@pytest.mark.parametrize("state", [State.SENDING, State.UNCERTAIN, State.SENT, State.CLOSED])
def test_what_stands_in_a_group_is_not_edited(stage: Stage, state: State) -> None:
    item = approved(stage, make(stage))
    make_delivery(make_entry(stage.campaign), stage.staff, item, state)
    with pytest.raises(NotNow, match="เผยแพร่ในกลุ่มแล้ว"):
        again(stage, item)
    item.refresh_from_db()
    assert item.status == ItemStatus.APPROVED


def test_an_edit_takes_it_back_from_review(stage: Stage) -> None:
    item = review.submit(item=make(stage), by=stage.actor("producer"), now=NOW)
    assert again(stage, item).status == ItemStatus.DRAFT


@pytest.mark.parametrize("headline", ["หัวข้อใหม่", None])
def test_what_was_sent_back_is_a_draft_again(stage: Stage, headline: str | None) -> None:
    item = review.submit(item=make(stage), by=stage.actor("producer"), now=NOW)
    reviewer, by = stage.people["reviewer"], stage.actor("reviewer")
    review.reject(
        item=item, seen_sha256=item.sha256, checklist=VOUCHED, note="แก้ตัวเลข", reviewer=reviewer, by=by, now=NOW
    )
    saved = again(stage, item, headline=headline or item.title)
    assert (saved.status, saved.versions.count()) == (ItemStatus.DRAFT, 2 if headline else 1)
    assert review.submit(item=saved, by=stage.actor("producer"), now=NOW).status == ItemStatus.IN_REVIEW


@pytest.mark.parametrize("first", [True, False])
def test_nobody_reviews_words_of_their_own(stage: Stage, first: bool) -> None:
    both = "second_reviewer"
    parts = (both, "producer") if first else ("producer", both)
    item = edit.make(
        campaign=stage.campaign,
        draft=draft_of(topic(stage), SLUG),
        wanted=(),
        author=stage.people[parts[0]],
        by=stage.actor(parts[0]),
        now=NOW,
    )
    item = review.submit(item=again(stage, item, part=parts[1]), by=stage.actor("producer"), now=NOW)
    with pytest.raises(NotNow, match="ของตนเอง"):
        review.approve(
            item=item,
            seen_sha256=item.sha256,
            checklist=VOUCHED,
            reviewer=stage.people[both],
            by=stage.actor(both),
            now=NOW,
        )


def test_what_is_thrown_away_can_be_taken_back(stage: Stage) -> None:
    row = needed(stage)[0]
    item = make(stage, wanted=(row.pk,))
    gone = edit.discard(item=item, by=stage.actor("producer"), now=NOW)
    assert gone.status == ItemStatus.DISCARDED and stage.fresh(row).item is None
    with pytest.raises(NotNow, match="ถูกทิ้งแล้ว"):
        again(stage, item)
    assert edit.take_back(item=gone, by=stage.actor("producer"), now=NOW).status == ItemStatus.DRAFT
    with pytest.raises(NotNow, match="ไม่ได้ถูกทิ้ง"):
        edit.take_back(item=Item.everywhere.get(pk=item.pk), by=stage.actor("producer"), now=NOW)


@pytest.mark.parametrize("status", [ItemStatus.IN_REVIEW, ItemStatus.APPROVED])
def test_what_others_work_with_is_not_thrown_away(stage: Stage, status: ItemStatus) -> None:
    item = review.submit(item=make(stage), by=stage.actor("producer"), now=NOW)
    if status is ItemStatus.APPROVED:
        item = stage.approve(item)
    with pytest.raises(NotNow):
        edit.discard(item=item, by=stage.actor("producer"), now=NOW)


@pytest.mark.parametrize("part", [part for part, roles in PARTS.items() if not roles & {Role.PRODUCER, Role.OWNER}])
def test_only_those_who_make_media_do(stage: Stage, part: str) -> None:
    item = make(stage)
    by, person = stage.actor(part), stage.people[part]
    draft = draft_of(topic(stage), "b" * 16)
    acts = (
        lambda: edit.make(campaign=stage.campaign, draft=draft, wanted=(), author=person, by=by, now=NOW),
        lambda: edit.edit(item=item, draft=draft, seen=1, author=person, by=by, now=NOW),
        lambda: edit.discard(item=item, by=by, now=NOW),
        lambda: edit.take_back(item=item, by=by, now=NOW),
    )
    before = AuditEvent.of(stage.province).count()
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert AuditEvent.of(stage.province).count() == before


def test_a_failed_save_keeps_nothing(stage: Stage) -> None:
    rows = needed(stage)
    with pytest.raises(DomainError):
        make(stage, wanted=(rows[0].pk, "nothing"))
    assert not ItemVersion.of(stage.province).exists()


def test_the_rehearsals_posters_have_a_first_version_too(stage: Stage) -> None:
    spec = compose.poster_spec(stage.campaign, topic(stage), "aurora")
    item = compose.compose_poster(
        campaign=stage.campaign,
        topic=topic(stage),
        spec=spec,
        poster=drawn(spec, "#123456"),
        author=stage.people["producer"],
        by=stage.actor("producer"),
        now=NOW,
    )
    assert item.versions.get().spec["poster"]["seed"] == spec.seed
