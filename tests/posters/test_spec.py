import pytest

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
def test_every_field_changes_the_hash(name: str) -> None:
    spec = bank_spec("KB057")
    changed = 7 if name == "seed" else getattr(spec, name) + "ก"
    assert bank_spec("KB057", **{name: changed}).sha256() != spec.sha256()


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
