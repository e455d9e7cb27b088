import pytest

from saisaat.posters.spec import FIELD_NAMES
from saisaat.posters.styles import FIELD_TITLES, SHOWN_BY_ALL, STYLES, Style, for_any_topic
from saisaat.typesetting.fonts import characters
from saisaat.typesetting.job import TEMPLATES


def test_there_are_at_least_six_and_no_two_of_a_kind() -> None:
    assert len(STYLES) >= 6
    assert len({style.kind for style in STYLES.values()}) == len(STYLES)
    assert len({style.title for style in STYLES.values()}) == len(STYLES)


def test_every_style_has_its_template() -> None:
    assert all((TEMPLATES / style.template).is_file() for style in STYLES.values())


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_a_style_tells_what_it_is(style: Style) -> None:
    assert all((style.title, style.english, style.about, style.about_english))
    assert {style.width, style.height} <= {1040, 1080, 1350}
    assert set(style.fields) <= set(FIELD_NAMES) and set(SHOWN_BY_ALL) <= set(style.fields)
    assert set(style.needs) <= set(style.takes)
    assert ("picture" in style.takes) == (style.picture_size is not None)
    assert set(style.takes) | set(style.limits) <= set(FIELD_TITLES)
    assert all(characters(family) for family in style.fonts)


def test_the_planner_gets_styles_that_need_nothing_but_a_topic() -> None:
    chosen = for_any_topic()
    assert len(chosen) >= 6
    assert not any(STYLES[name].needs or STYLES[name].kind in {"comparison", "greeting"} for name in chosen)
