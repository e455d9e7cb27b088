import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.posters.colours import INK, WHITE, Palette, contrast, is_colour, legible, office_palette
from saisaat.posters.days import DAYS

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


def check(palette: Palette) -> None:
    assert all(map(is_colour, palette.as_data().values()))
    for ground in (WHITE, palette.paper, palette.soft):
        assert contrast(palette.main, ground) >= 4.5
        assert contrast(palette.deep, ground) >= 7
        assert contrast(INK, ground) >= 7
    for ground in (palette.deep, INK):
        assert contrast(palette.pop, ground) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("day", DAYS)
def test_a_day_s_colours_are_readable(day: str) -> None:
    check(DAYS[day].palette)


@given(COLOURS, COLOURS)
def test_any_two_colours_of_an_office_become_readable(first: str, second: str) -> None:
    check(office_palette((first, second)))


@given(COLOURS, COLOURS)
def test_a_colour_that_reads_well_stays(colour: str, ground: str) -> None:
    changed = legible(colour, ground, 4.5)
    assert contrast(changed, ground) >= 4.5
    assert changed == colour or contrast(colour, ground) < 4.5


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "#GGGGGG", "123456", "#123456\n"])
def test_only_six_hex_digits_are_a_colour(text: str) -> None:
    assert not is_colour(text)
