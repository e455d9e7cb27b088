"""Pictures by their digest, and nothing else of the data folder."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from saisaat.actions.compose import media_path, store_file
from tests.cast import Cast
from tests.factories import jpeg, make_media


def test_is_served_and_kept_for_ever(client: Client, cast: Cast) -> None:
    data = jpeg(80, 40)
    sha256 = make_media(cast.province, data).sha256
    answer = client.get(f"/media/{sha256}.jpg")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, data, "image/jpeg")
    assert "immutable" in answer["Cache-Control"] and answer["ETag"] == f'"{sha256}"'
    again = client.get(f"/media/{sha256}.jpg", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_without_a_row_is_not_shown(client: Client, cast: Cast) -> None:
    sha256 = store_file(b"a stray file")
    assert media_path(sha256).is_file()
    assert client.get(f"/media/{sha256}.jpg").status_code == 404


def test_a_row_without_a_file_is_not_found(client: Client, cast: Cast) -> None:
    sha256 = make_media(cast.province, jpeg(11, 11)).sha256
    media_path(sha256).unlink()
    assert client.get(f"/media/{sha256}.jpg").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/../keys/master.key",
        "/media/..%2fkeys%2fmaster.key",
        "/media/%2e%2e/keys/django.key",
        "/media/keys/master.key",
        f"/media/{'a' * 63}.jpg",
        f"/media/{'A' * 64}.jpg",
        f"/media/{'a' * 64}.jpg/..",
        f"/media/{'a' * 64}.jpg%0a",
        f"/media/{'a' * 64}.png",
        "/media/",
        "/fonts/../settings.py",
        "/fonts/Sarabun-Thin.ttf",
        "/fonts/..%2f..%2f__init__.py",
    ],
)
def test_nothing_else_is_reachable(client: Client, cast: Cast, path: str) -> None:
    assert Path(settings.MASTER_KEY_FILE).is_file()
    assert client.get(path).status_code == 404
