"""What the studio asks the tables: what the plan needs, what changed between two versions, what is on the list."""

from datetime import timedelta

import pytest

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import State
from saisaat.queries import studio
from saisaat.records.models import ItemVersion, PlanEntry
from tests.cast import Cast
from tests.factories import NOW, make_delivery, make_entry, make_topic


def version(headline: str, body: str = "", **fields: object) -> ItemVersion:
    spec = {"poster": {"headline": headline, "body": body, "style": "aurora"} | fields}
    return ItemVersion(no=1, title=headline, text=body, alt=headline, spec=spec)


def test_the_plan_needs_one_story_for_both_groups(cast: Cast) -> None:
    topic, other = make_topic(cast.province), make_topic(cast.province)
    later, soon = make_entry(cast.campaign, NOW + timedelta(days=3)), make_entry(cast.campaign)
    for group in (cast.network, cast.staff):
        make_delivery(later, group, None, State.PLANNED, topic=topic, style="aurora")
    make_delivery(soon, cast.staff, None, State.DUE, topic=topic, style="aurora")
    make_delivery(soon, cast.network, None, State.DUE, topic=other, style="aurora")
    found = studio.needs(cast.campaign)
    assert [(need.entry, need.topic, [group.name for group in need.groups]) for need in found] == [
        (soon, topic, [cast.staff.name]),
        (soon, other, [cast.network.name]),
        (later, topic, [cast.staff.name, cast.network.name]),
    ]


def test_what_is_made_sent_or_withdrawn_is_needed_no_more(cast: Cast) -> None:
    make_delivery(make_entry(cast.campaign), cast.staff, cast.item(), State.PLANNED)
    make_delivery(make_entry(cast.campaign), cast.staff, None, State.MISSED)
    make_delivery(make_entry(cast.campaign, kind=ItemKind.CLIP), cast.staff, None, State.PLANNED)
    gone = make_entry(cast.campaign)
    make_delivery(gone, cast.staff, None, State.PLANNED)
    PlanEntry.everywhere.filter(pk=gone.pk).update(withdrawn_at=NOW, withdrawn_reason="x")
    assert studio.needs(cast.campaign) == [] and studio.needs(None) == []


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("ประกาศเรื่องของขวัญ", "ประกาศเรื่องรางวัล", ["ของขวัญ"], ["รางวัล"]),
        ("รับได้ 3,000 บาท", "รับได้ 5,000 บาท", ["3,000\u00a0บาท"], ["5,000\u00a0บาท"]),
        ("ของขวัญ", "ของขวัญปีใหม่", [], ["ปีใหม่"]),
        ("", "ใหม่", [], ["ใหม่"]),
    ],
)
def test_words_are_marked_and_not_letters(before: str, after: str, gone: list[str], come: list[str]) -> None:
    change = studio.changes(version(before), version(after))[0]
    assert change.name == "headline"
    assert [text for text, marked in change.before if marked] == gone
    assert [text for text, marked in change.after if marked] == come
    assert "".join(text for text, _ in change.after).replace("\u00a0", " ") == after


def test_only_what_differs_is_told() -> None:
    assert studio.changes(version("ก", "ข"), version("ก", "ข")) == []
    assert [one.name for one in studio.changes(version("ก", "ข"), version("ก", "ค"))] == ["body", "text"]
    assert [one.name for one in studio.changes(version("ก"), version("ก", day="monday"))] == ["day"]


def test_a_version_without_a_spec_is_compared_by_its_title() -> None:
    bare = ItemVersion(no=1, title="คลิป", text="ก", alt="ข", spec={})
    other = ItemVersion(no=2, title="คลิปใหม่", text="ก", alt="ข", spec={})
    assert [one.name for one in studio.changes(bare, other)] == ["headline"]


def test_the_list_is_sifted(cast: Cast) -> None:
    province = str(cast.province.pk)
    draft = cast.item(title="ของขวัญปีใหม่", status=ItemStatus.DRAFT)
    clip = cast.item(ItemKind.CLIP, title="คลิปรถหลวง")
    gone = cast.item(title="ของเก่า", status=ItemStatus.DISCARDED)

    def found(**asked: str) -> set[str]:
        return {item.pk for item in studio.find_items(province, studio.Sought(**asked))}

    assert found() == {draft.pk, clip.pk}
    assert found(status="discarded") == {gone.pk}
    assert found(kind="clip") == {clip.pk}
    assert found(title="ปีใหม่") == {draft.pk}
    assert found(author=str(cast.people["reviewer"].pk)) == set()
    assert [one.pk for one in studio.authors(province)] == [cast.people["producer"].pk]
    assert studio.counts(province) == {"draft": 1, "approved": 1, "discarded": 1}
