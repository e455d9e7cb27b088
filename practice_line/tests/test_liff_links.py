"""Addresses of LIFF: where a LIFF URL leads, and which pages belong to an app."""

import pytest
from practice_line.liff_links import channel_of, is_under, primary_url


@pytest.mark.parametrize(
    ("endpoint", "extra", "leads_to"),
    [
        ("https://a.test/", "", "https://a.test/"),
        ("https://a.test/p", "/", "https://a.test/p"),
        ("https://a.test/p", "/x/?k=v#f", "https://a.test/p?liff.state=%2Fx%2F%3Fk%3Dv%23f"),
        ("https://a.test/p?q=1", "?k=v", "https://a.test/p?q=1&liff.state=%3Fk%3Dv"),
    ],
    ids=["bare", "slash", "path", "query"],
)
def test_the_primary_redirect_carries_the_rest_as_state(endpoint: str, extra: str, leads_to: str) -> None:
    assert primary_url(endpoint, extra) == leads_to


@pytest.mark.parametrize(
    ("page", "under"),
    [
        ("https://example.com/path1/path2?query1=value1", True),
        ("https://example.com/path1/path2?query2=value2", True),
        ("https://example.com/path1/path2#URL-fragment", True),
        ("https://example.com/path1/path2/path3", True),
        ("https://example.com/path1", False),
        ("https://example.com/path1/path2x", False),
        ("https://example.com/path2/path1", False),
        ("http://example.com/path1/path2", False),
        ("https://example.com.evil.test/path1/path2", False),
        ("https://[", False),
    ],
    ids=["same", "query", "fragment", "below", "above", "beside", "elsewhere", "scheme", "host", "no address"],
)
def test_pages_at_or_below_the_endpoint(page: str, under: bool) -> None:
    assert is_under(page, "https://example.com/path1/path2?query1=value1") is under


@pytest.mark.parametrize(
    ("liff_id", "channel"),
    [
        ("1234567890-AbcdEfgh", "1234567890"),
        ("1234567890-short", None),
        ("12-AbcdEfgh", None),
        ("1234567890-AbcdEfgh/", None),
    ],
    ids=["whole", "short", "channel", "more"],
)
def test_a_liff_id_names_its_channel(liff_id: str, channel: str | None) -> None:
    assert channel_of(liff_id) == channel
