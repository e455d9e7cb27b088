"""`saisaat posters styles`: what a person and a program are told about the styles."""

import json

import pytest

from saisaat.config.main import main
from saisaat.posters.styles import STYLES


def test_the_table_names_every_style(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["posters", "styles"]) == 0
    told = capsys.readouterr().out
    for style in STYLES.values():
        for words in (style.name, style.title, f"{style.width}×{style.height}", style.kind, style.about):
            assert words in told
    assert "หัวข้อ 120" in told


def test_json_has_the_same_under_stable_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["posters", "styles", "--json"]) == 0
    told = {style["name"]: style for style in json.loads(capsys.readouterr().out)}
    assert list(told) == list(STYLES)
    assert told["phap_rao"]["needs"] == ["headline", "picture"]
    assert not told["phap_rao"]["suits_any_topic"]
    assert told["sawatdi"]["limits"]["greeting"] == 80
    assert set(told["aurora"]) == {
        "name", "title", "title_en", "kind", "about", "about_en",
        "width", "height", "fields", "needs", "limits", "suits_any_topic",
    }  # fmt: skip


def test_only_a_verb_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["posters"])
    assert ended.value.code == 2
    assert "styles" in capsys.readouterr().err
