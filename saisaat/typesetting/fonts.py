"""Where the fonts are and which characters they can draw.

Sarabun, Kanit and Prompt come from their packages; Chonburi and Trirong lie in `fonts/` (NOTICE-fonts-icons.md).
"""

import functools
import importlib.util
import re
from pathlib import Path

from fontTools.ttLib import TTFont

REPLACEMENT = "[?]"

_HERE = Path(__file__).parent / "fonts"
_PACKAGES = ("fontpkg_sarabun", "fontpkg_kanit", "fontpkg_prompt")
# The regular cut of each family stands for all of its cuts.
_FILES = {
    "Sarabun": "Sarabun-Regular.ttf",
    "Kanit": "Kanit-Regular.ttf",
    "Prompt": "Prompt-Regular.ttf",
    "Chonburi": "Chonburi-Regular.ttf",
    "Trirong": "Trirong-Regular.ttf",
}
# Set as space, as nothing or as a line end, so no picture is needed.
_NO_GLYPH_NEEDED = frozenset("\n\u00a0\u200b\u2060")


@functools.cache
def font_folders() -> tuple[Path, ...]:
    """Folders that hold the TrueType files. Raises RuntimeError naming the package to install when one is missing."""
    folders = [_HERE]
    for name in _PACKAGES:
        package = importlib.util.find_spec(name)
        if package is None or not package.submodule_search_locations:
            raise RuntimeError(f"fonts are missing: install {name.replace('_', '-')}")
        folders.append(Path(package.submodule_search_locations[0]) / "files")
    return tuple(folders)


@functools.cache
def characters(family: str) -> frozenset[str]:
    """Every character the family can draw. Raises ValueError for a family not known here."""
    if family not in _FILES:
        raise ValueError(f"unknown font family: {family!r}")
    path = next(folder / _FILES[family] for folder in font_folders() if (folder / _FILES[family]).is_file())
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap())) | _NO_GLYPH_NEEDED


def missing_characters(text: str, families: tuple[str, ...]) -> tuple[str, ...]:
    """The characters of `text` that at least one of `families` cannot draw, each once, in order of appearance.

    Typst leaves such characters out without a word when no fallback font is allowed.
    """
    return tuple(dict.fromkeys(c for c in text if any(c not in characters(family) for family in families)))


def replace_missing(text: str, families: tuple[str, ...]) -> str:
    """The text with [?] in place of every run of missing characters; one emoji can be several characters."""
    absent = missing_characters(text, families)
    return re.sub(f"[{re.escape(''.join(absent))}]+", REPLACEMENT, text) if absent else text
