import pytest

from saisaat.typesetting.fonts import characters, font_folders, missing_characters, replace_missing

FAMILIES = ["Sarabun", "Kanit", "Prompt", "Chonburi", "Trirong"]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_draws_thai_latin_and_office_punctuation(family: str) -> None:
    thai = "".join(map(chr, [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]))
    latin = "".join(map(chr, range(0x20, 0x7F)))
    assert missing_characters(thai + latin + "–—“”‘’…·•×©", (family,)) == ()


def test_what_is_missing_is_told_once_in_order() -> None:
    assert missing_characters("ดี😀 มาก中😀", ("Kanit",)) == ("😀", "中")
    assert missing_characters("ดี\u200b\u2060\u00a0\n", ("Kanit", "Chonburi")) == ()


def test_runs_of_missing_characters_become_one_mark() -> None:
    assert replace_missing("ดี👨‍👩‍👧มาก", ("Sarabun",)).startswith("ดี[?]")
    assert replace_missing("ดีมาก", ("Sarabun",)) == "ดีมาก"
    assert replace_missing("a]^😀-b", ("Sarabun",)) == "a]^[?]-b"


def test_unknown_family_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown font family"):
        characters("Comic")


def test_fonts_are_installed() -> None:
    assert all(folder.is_dir() for folder in font_folders())
