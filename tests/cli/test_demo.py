"""A demonstration stopped while it was being made starts afresh; a finished one and an office's own are kept."""

import json
from pathlib import Path

import pytest

from saisaat.config.serving import forget_half_played

MADE = ("saisaat.sqlite3", "saisaat.sqlite3-wal", "practice-line.sqlite3", "media/aa/1.jpg", "reports/season.pdf")


def folder_with(folder: Path, note: str | None) -> set[str]:
    for name in (*MADE, "keys/master.key"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    if note is not None:
        (folder / "demo.json").write_text(note)
    return files(folder)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_half_a_demonstration_is_cleared_but_for_its_keys(tmp_path: Path) -> None:
    folder_with(tmp_path, json.dumps({"clock": None}))
    forget_half_played(tmp_path)
    assert files(tmp_path) == {"keys/master.key"}


@pytest.mark.parametrize("note", [None, json.dumps({"clock": "2027-07-16T02:31:00+00:00"})])
def test_everything_else_is_left_alone(tmp_path: Path, note: str | None) -> None:
    before = folder_with(tmp_path, note)
    forget_half_played(tmp_path)
    assert files(tmp_path) == before
