"""Looking for a topic: Thai words are found, what fits best comes first, every filter filters."""

import itertools
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.domain.delivery import State
from saisaat.domain.topics import Audience
from saisaat.queries.knowledge import knowledge_bank
from saisaat.queries.thai_search import POINT_WEIGHTS, Document, ThaiIndex, point_texts, tokens
from saisaat.queries.topics import Found, Wanted, find_topics, themes
from saisaat.records.models import Campaign, Topic
from tests.cast import Cast
from tests.factories import NOW, make_delivery, make_entry, make_topic

BANK = knowledge_bank()
INDEX = ThaiIndex(
    [
        Document(number, point_texts(one.headline, one.tags, one.topic, one.body, f"{one.law} {one.section}"))
        for number, one in enumerate(BANK)
    ],
    POINT_WEIGHTS,
)
ONE_WORD = Document(1, ("ข้าราชการไม่รับของขวัญ",))


def test_two_words_of_its_headline_find_every_point() -> None:
    missed = []
    for number, point in enumerate(BANK):
        said = [word for word in tokens(point.headline) if len(word) > 2]
        for pair in itertools.islice(itertools.pairwise(said), 3):
            if number not in INDEX.search(" ".join(pair)):
                missed.append((point.headline, pair))
    assert missed == []


def test_its_headline_brings_a_point_first() -> None:
    first = [INDEX.search(point.headline)[0] == number for number, point in enumerate(BANK)]
    assert sum(first) / len(first) > 0.98


@pytest.mark.parametrize("word", ["ของขวัญ", "สินบน", "ข้อมูลส่วนบุคคล", "จัดซื้อจัดจ้าง", "เรี่ยไร", "ITA", "พ.ร.บ.", "มาตรา 128"])
def test_all_that_hold_a_word_are_found(word: str) -> None:
    holding = {
        number
        for number, one in enumerate(BANK)
        if re.search(rf"{re.escape(word)}(?!\d)", f"{one.headline} {one.body} {one.law} {one.section}")
    }
    found = set(INDEX.search(word))
    assert holding and len(holding & found) / len(holding) > 0.95


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ของขวัญ", True),
        ("ของขวั", True),
        ("ข้าราชการ ของขวัญ", True),
        ("ของขวัญ ข้าราชการ", True),
        ("รับของขวัญ", True),
        ("ราชการไม่รับ", True),
        ("ของขวัญ ไม่มีคำนี้", True),
        ("รถยนต์", False),
        ("", False),
        ("  ", False),
        ('"*() AND NOT NEAR', False),
        ("\u200b", False),
    ],
)
def test_what_is_typed_is_found_or_not(query: str, found: bool) -> None:
    assert ThaiIndex([ONE_WORD], (1,)).search(query) == ([1] if found else [])


@settings(deadline=None)
@given(st.text(max_size=250))
def test_nothing_typed_breaks_the_search(query: str) -> None:
    INDEX.search(query)


@pytest.fixture
def points(cast: Cast) -> dict[str, Topic]:
    """A gift point for everyone, one for staff, one of another theme, one not in force any more, one not checked."""
    found = {
        name: make_topic(cast.province, headline)
        for name, headline in (
            ("everyone", "ของขวัญที่รับได้"),
            ("staff", "ของขวัญของลูกน้อง"),
            ("theme", "ข้อมูลส่วนบุคคล"),
            ("old", "ของขวัญตามระเบียบเดิม"),
            ("hidden", "ของขวัญที่ยังไม่ตรวจ"),
        )
    }
    changes: dict[str, dict[str, object]] = {
        "staff": {"applies_to": ["ข้าราชการ"]},
        "theme": {"topic": "ข้อมูลข่าวสาร", "body": "เก็บเท่าที่จำเป็น"},
        "old": {"valid_to": date(2020, 1, 1)},
        "hidden": {"publishable": False},
    }
    for name, change in changes.items():
        Topic.everywhere.filter(pk=found[name].pk).update(**change)
    return found


def named(points: dict[str, Topic], found: list[Found]) -> set[str]:
    by_pk = {point.pk: name for name, point in points.items()}
    return {by_pk[one.row.pk] for one in found}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), {"everyone", "staff", "theme", "old"}),
        (Wanted(words="ของขวัญ"), {"everyone", "staff", "old"}),
        (Wanted(words="ส่วนบุคคล"), {"theme"}),
        (Wanted(theme="ข้อมูลข่าวสาร"), {"theme"}),
        (Wanted(audience=Audience.NETWORK), {"everyone", "theme", "old"}),
        (Wanted(audience=Audience.STAFF), {"everyone", "staff", "theme", "old"}),
        (Wanted(day=date(2020, 5, 15)), {"everyone", "staff", "theme"}),
        (Wanted(hidden=True), {"everyone", "staff", "theme", "old", "hidden"}),
        (Wanted(unused=True), {"staff", "theme", "old"}),
        (Wanted(words="ของขวัญ", audience=Audience.NETWORK, day=date(2020, 5, 15)), {"everyone"}),
    ],
    ids=lambda value: str(value) if isinstance(value, Wanted) else "",
)
def test_filters(cast: Cast, points: dict[str, Topic], wanted: Wanted, names: set[str]) -> None:
    cast.item(topic=points["everyone"])
    assert named(points, find_topics(str(cast.province.pk), cast.campaign, wanted)) == names


def test_where_a_topic_was_used(cast: Cast, points: dict[str, Topic]) -> None:
    item = cast.item(topic=points["everyone"])
    make_delivery(make_entry(cast.campaign), cast.staff, item, State.SENT, topic=points["everyone"])
    make_delivery(make_entry(cast.campaign), cast.staff, None, State.PLANNED, topic=points["staff"])
    found = {one.row.pk: one.use for one in find_topics(str(cast.province.pk), cast.campaign, Wanted())}
    used, planned = found[points["everyone"].pk], found[points["staff"].pk]
    assert (used.items, used.sent, used.last_sent is not None) == (1, 1, True)
    assert (planned.items, planned.sent, planned.next_planned) == (0, 0, NOW)


def test_the_unused_come_first(cast: Cast, points: dict[str, Topic]) -> None:
    cast.item(topic=points["everyone"])
    found = find_topics(str(cast.province.pk), cast.campaign, Wanted())
    assert found[-1].row.pk == points["everyone"].pk


def test_a_changed_topic_is_found_by_its_new_words(cast: Cast, points: dict[str, Topic]) -> None:
    province = str(cast.province.pk)
    assert not find_topics(province, cast.campaign, Wanted(words="รถหลวง"))
    Topic.everywhere.filter(pk=points["theme"].pk).update(headline="ใช้รถหลวงไปธุระส่วนตัว")
    assert named(points, find_topics(province, cast.campaign, Wanted(words="รถหลวง"))) == {"theme"}


def test_another_province_finds_nothing(cast: Cast, points: dict[str, Topic]) -> None:
    other = Campaign.everywhere.none().first()
    from tests.factories import make_province

    assert find_topics(str(make_province().pk), other, Wanted(words="ของขวัญ")) == []


def test_themes_with_their_counts(cast: Cast, points: dict[str, Topic]) -> None:
    assert themes(str(cast.province.pk)) == [("การรับทรัพย์สิน", 3), ("ข้อมูลข่าวสาร", 1)]
