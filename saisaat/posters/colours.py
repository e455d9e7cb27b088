"""Colours of a poster that are not the style's own: a day's, or an office's two, made readable where they are not.

A style takes its colours as five roles, so that any of these can stand in for its own (`Palette`).
"""

import colorsys
import re
from dataclasses import asdict, dataclass

INK, WHITE = "#14202B", "#FFFFFF"
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_TEXT, _STRONG, _SEEN = 4.6, 8.0, 1.25
_STEP = 0.01


@dataclass(frozen=True, slots=True)
class Palette:
    """main: large shapes and letters, readable on white and under white letters. deep: a darker step of it.
    pop: its companion, readable on deep, and on and under ink. soft, paper: pale grounds under ink and under main."""

    main: str
    deep: str
    pop: str
    soft: str
    paper: str

    def as_data(self) -> dict[str, str]:
        return asdict(self)


def is_colour(text: str) -> bool:
    """Is it written as #RRGGBB?"""
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def legible(colour: str, ground: str, ratio: float) -> str:
    """The same hue, just as much darker or lighter as it takes to reach `ratio` against `ground`."""
    darker = _luminance(ground) > 0.18
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(colour))
    found = colour.upper()
    while contrast(found, ground) < ratio and (light > 0 if darker else light < 1):
        light = max(0.0, light - _STEP) if darker else min(1.0, light + _STEP)
        found = _hex(colorsys.hls_to_rgb(hue, light, saturation))
    return found


def office_palette(colours: tuple[str, str]) -> Palette:
    """The office's first colour as `main`, its second as `pop`, each moved no further than reading asks for.

    A second colour that is all but white would be lost on paper: a light step of the first stands in for it.
    """
    first, second = colours
    soft, paper = _mixed(first, WHITE, 0.86), _mixed(first, WHITE, 0.97)
    main = legible(first, soft, _TEXT)
    deep = legible(main, soft, _STRONG)
    companion = second if contrast(second, WHITE) > _SEEN else _mixed(first, WHITE, 0.45)
    return Palette(main, deep, legible(legible(companion, deep, _TEXT), INK, _TEXT), soft, paper)


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * channel):02X}" for channel in channels)


def _mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` of `other` in it."""
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(_channels(colour), _channels(other), strict=True))
    return _hex((red, green, blue))
