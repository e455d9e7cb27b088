"""LIFF's ids and addresses."""

import pytest

from saisaat.domain.errors import Invalid
from saisaat.domain.liff import SDK_VERSION, check_liff_id, liff_url, login_channel, opened_path

ID = "1234567890-AbCd1234"


@pytest.mark.parametrize("typed", [ID, f" {ID}\n", f"https://liff.line.me/{ID}"])
def test_an_id_as_it_is_copied(typed: str) -> None:
    assert check_liff_id(typed) == ID
    assert login_channel(ID) == "1234567890" and liff_url(ID) == f"https://liff.line.me/{ID}"


@pytest.mark.parametrize("typed", ["", "  "])
def test_no_id_is_allowed(typed: str) -> None:
    assert check_liff_id(typed) == ""


@pytest.mark.parametrize(
    "typed", ["1234567890", "123456789-AbCd1234", f"{ID}5", f"{ID}/me", "๑๒๓๔๕๖๗๘๙๐-AbCd1234", 'x"><']
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        check_liff_id(typed)


def test_the_sdk_is_none_of_the_withdrawn() -> None:
    assert tuple(map(int, SDK_VERSION.split("."))) >= (2, 31, 1)


@pytest.mark.parametrize(
    ("state", "path"),
    [
        ("/i/abc/def", "/i/abc/def"),
        ("/i/abc/def?x=1#top", "/i/abc/def"),
        ("/me", "/me"),
        ("", ""),
        ("i/abc", ""),
        ("//elsewhere.example/i", ""),
        ("/i//elsewhere.example", ""),
        ("https://elsewhere.example", ""),
        ("/\\elsewhere.example", ""),
        ("/i/ก", ""),
        ("/" + "a" * 200, ""),
    ],
)
def test_where_line_was_asked_to_go(state: str, path: str) -> None:
    assert opened_path(state) == path
