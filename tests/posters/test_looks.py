"""Every style is legible on a small phone: its letters large enough and clear of what is behind them."""

import itertools
from dataclasses import replace

import pytest

from saisaat.posters.days import DAYS
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import STYLES
from saisaat.typesetting import RenderPool
from tests.posters.bank import bank_spec
from tests.posters.looks import Letters, letters_of, sizes_of
from tests.posters.test_make import longest

# Pixels of a poster some 1,040 wide; a phone shows it a third as large.
SMALLEST, SMALLEST_TO_READ, LARGE = 16, 26, 60
CONTRAST, CONTRAST_OF_LARGE = 4.5, 3.0

OFFICES = [
    ("#0055A4", "#FFD700"),
    ("#FFFFFF", "#000000"),
    ("#FFE000", "#FFFFFF"),
    ("#00FF88", "#880044"),
    ("#000000", "#111111"),
    ("#808080", "#808080"),
]
PALETTES: list[dict[str, object]] = [
    *({"day": "", "seed": seed} for seed in range(6)),
    *({"day": day} for day in DAYS),
    *({"day": "", "colours": colours} for colours in OFFICES),
]
# Each palette in some style and each style in a few palettes; all of them take minutes.
SAMPLE = [
    (style, PALETTES[(4 * number + turn) % len(PALETTES)]) for number, style in enumerate(STYLES) for turn in (0, 2)
]


def unclear(letters: list[Letters]) -> list[Letters]:
    return [
        each
        for each in letters
        if each.size < SMALLEST - 0.1 or each.contrast < (CONTRAST_OF_LARGE if each.size >= LARGE else CONTRAST)
    ]


def check(spec: PosterSpec, pool: RenderPool) -> None:
    letters = letters_of(spec, pool)
    assert len(letters) > 40, "the letters were not found"
    assert unclear(letters) == []


@pytest.mark.parametrize(("style", "palette"), SAMPLE, ids=lambda value: str(value))
def test_letters_are_clear_in_any_colours(pool: RenderPool, style: str, palette: dict[str, object]) -> None:
    check(replace(bank_spec("KB034", style), **palette), pool)  # type: ignore[arg-type]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("style", "palette"), list(itertools.product(STYLES, PALETTES)), ids=lambda value: str(value))
def test_letters_are_clear_in_all_colours(pool: RenderPool, style: str, palette: dict[str, object]) -> None:
    check(replace(bank_spec("KB070", style), **palette), pool)  # type: ignore[arg-type]


@pytest.mark.parametrize("style", STYLES)
def test_letters_are_large_enough_even_when_they_are_most(pool: RenderPool, style: str) -> None:
    spec = longest(style)
    assert min(sizes_of(spec, pool)) >= SMALLEST - 0.1
    to_read = replace(spec, topic="", citation="", office="", campaign="", credit="")
    assert min(sizes_of(to_read, pool, scan="", mark="")) >= SMALLEST_TO_READ - 0.1
