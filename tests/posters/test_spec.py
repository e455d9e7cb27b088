import json
from dataclasses import replace
from datetime import date

import pytest

from saisaat.posters.days import DAYS, WISHES, day_of
from saisaat.posters.icons import TOPIC_ICONS, available, point_icons, topic_icon
from saisaat.posters.spec import FIELD_NAMES, PosterSpec, citation
from saisaat.posters.wording import split_body
from tests.posters.bank import ITEMS, bank_spec


def test_canonical_json_is_the_same_everywhere() -> None:
    spec = bank_spec("KB057")
    assert spec.sha256() == bank_spec("KB057").sha256()
    assert PosterSpec.from_json(spec.canonical_json()) == spec
    assert spec.canonical_json().startswith('{"body":"ภาคทัณฑ์')


@pytest.mark.parametrize("name", FIELD_NAMES)
def test_every_field_changes_the_hash_and_comes_back(name: str) -> None:
    spec = bank_spec("KB057")
    others: dict[str, object] = {"seed": 7, "colours": ("#123456", "#ABCDEF")}
    changed = replace(spec, **{name: others.get(name) or getattr(spec, name) + "ก"})  # type: ignore[arg-type]
    assert changed.sha256() != spec.sha256()
    assert PosterSpec.from_json(changed.canonical_json()) == changed


def test_a_spec_without_the_later_fields_reads_as_it_always_did() -> None:
    first = {"body", "campaign", "citation", "headline", "icon", "office", "qr_url", "seed", "style", "topic"}
    assert set(json.loads(bank_spec("KB057").canonical_json())) == first
    assert set(json.loads(bank_spec("KB057", day="monday").canonical_json())) == {*first, "day"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": "monday"}, ("สวัสดีวันจันทร์", WISHES[0])),
        ({"day": "", "seed": 1}, ("สวัสดีตอนเช้า", WISHES[1])),
        ({"greeting": "สุขสันต์วันสงกรานต์"}, ("สุขสันต์วันสงกรานต์", "")),
        ({"greeting": " สวัสดี ปีใหม่ \n มีความสุข\nทุกวัน"}, ("สวัสดี ปีใหม่", "มีความสุข ทุกวัน")),
        ({"style": "aurora", "greeting": "สวัสดี", "day": "monday"}, ("", "")),
        ({"style": "gone", "greeting": "สวัสดี"}, ("", "")),
    ],
)
def test_a_greeting_card_says_hello(changes: dict[str, object], said: tuple[str, str]) -> None:
    spec = replace(bank_spec("KB057", "sawatdi"), **changes)  # type: ignore[arg-type]
    assert spec.hello() == said
    for words in filter(None, said):
        assert words in spec.alt_text() and words in spec.text_version()
    assert spec.alt_text().startswith(said[0] or "โปสเตอร์")


def test_whose_the_picture_is_stands_in_the_text_where_it_stands_on_the_poster() -> None:
    assert "ภาพ: คลังภาพ" in bank_spec("KB057", "phap_rao", credit="คลังภาพ").text_version()
    assert "คลังภาพ" not in bank_spec("KB057", "sodsai", credit="คลังภาพ").text_version()


def test_a_date_s_day() -> None:
    assert [day_of(date(2026, 11, day)) for day in range(16, 23)] == list(DAYS)
    assert DAYS[day_of(date(2026, 11, 22))].title == "วันอาทิตย์"


@pytest.mark.parametrize(
    ("section", "cite_check", "line"),
    [
        ("มาตรา 88", False, "ที่มา: พ.ร.บ.ระเบียบข้าราชการพลเรือน พ.ศ. 2551 มาตรา 88"),
        ("มาตรา 88", True, "ที่มา: พ.ร.บ.ระเบียบข้าราชการพลเรือน พ.ศ. 2551"),
        ("", False, "ที่มา: พ.ร.บ.ระเบียบข้าราชการพลเรือน พ.ศ. 2551"),
    ],
)
def test_an_unchecked_section_is_not_printed(section: str, cite_check: bool, line: str) -> None:
    assert citation("พ.ร.บ.ระเบียบข้าราชการพลเรือน พ.ศ. 2551", section, cite_check=cite_check) == line


def test_alt_and_text_hold_everything() -> None:
    spec = bank_spec("KB068")
    for words in (spec.headline, spec.body, spec.citation):
        assert words in spec.alt_text()
        assert words in spec.text_version()
    assert spec.qr_url in spec.text_version()
    assert "\n" not in spec.alt_text()
    assert len(bank_spec("KB068", body="ก" * 1000).alt_text()) == 400


def test_every_topic_of_the_bank_has_an_icon_that_is_there() -> None:
    assert {item["topic"] for item in ITEMS.values()} <= set(TOPIC_ICONS)
    assert set(TOPIC_ICONS.values()) | {topic_icon("อื่น ๆ")} <= available()


@pytest.mark.parametrize("item_id", ITEMS)
def test_point_icons_are_there_and_differ(item_id: str) -> None:
    item = ITEMS[item_id]
    points = split_body(item["body"]).points
    icons = point_icons(points, besides=topic_icon(item["topic"]))
    assert len(icons) == len(points) == len(set(icons))
    assert set(icons) <= available() - {topic_icon(item["topic"])}
