from pathlib import Path

import pytest

from saisaat.posters.cache import cached_poster, poster_key
from saisaat.typesetting import RenderPool, RenderRefused
from tests.posters.bank import bank_spec


def test_second_time_nothing_is_rendered(pool: RenderPool, tmp_path: Path) -> None:
    spec = bank_spec("KB057")
    made = cached_poster(spec, pool, tmp_path / "new")
    with RenderPool() as untouched:
        assert cached_poster(spec, untouched, tmp_path / "new") == made
        assert untouched.pids == []
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        f"{poster_key(spec)}.jpg",
        f"{poster_key(spec)}.preview.jpg",
    ]


@pytest.mark.parametrize("damage", [b"", b"\xff\xd8 cut short", b"not a picture"])
def test_a_damaged_file_is_made_anew(pool: RenderPool, tmp_path: Path, damage: bytes) -> None:
    spec = bank_spec("KB056")
    made = cached_poster(spec, pool, tmp_path)
    (tmp_path / f"{poster_key(spec)}.jpg").write_bytes(damage)
    assert cached_poster(spec, pool, tmp_path) == made
    assert (tmp_path / f"{poster_key(spec)}.jpg").read_bytes() == made.jpeg


def test_the_longest_unused_goes_first(pool: RenderPool, tmp_path: Path) -> None:
    old, new = bank_spec("KB056"), bank_spec("KB075")
    made = cached_poster(old, pool, tmp_path)
    cached_poster(new, pool, tmp_path, limit=len(made.jpeg) + 60_000)
    assert {path.name[:64] for path in tmp_path.glob("*[0-9a-f].jpg")} == {poster_key(new)}


def test_an_unwritable_folder_costs_only_time(pool: RenderPool, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert cached_poster(bank_spec("KB056"), pool, tmp_path / "file").jpeg


def test_a_refused_poster_is_not_kept(pool: RenderPool, tmp_path: Path) -> None:
    with pytest.raises(RenderRefused):
        cached_poster(bank_spec("KB056", body="ก" * 400), pool, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_key_changes_with_the_spec() -> None:
    assert poster_key(bank_spec("KB056")) != poster_key(bank_spec("KB056", seed=1))
