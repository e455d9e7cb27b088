"""Fetching from the open web: never a private address, never too much, never for ever."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio

from saisaat.fetching import safe
from saisaat.fetching.safe import Fetcher, Unreachable, is_public
from tests.fetching.hostile import NEAR, hostile_site


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("198.18.0.1", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
    ],
)
def test_what_is_the_open_internet(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest_asyncio.fixture
async def site() -> AsyncIterator[str]:
    async with hostile_site() as url:
        yield url


@pytest.mark.parametrize("path", ["/hello", "/home"])
async def test_comes_back_with_the_body(site: str, path: str) -> None:
    fetched = await NEAR.get(site + path)
    assert (fetched.body, fetched.url, fetched.content_type) == (b"hello", f"{site}/hello", "text/plain")


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/round", "/inside", "/file", "/missing", "/large", "/endless"])
async def test_what_is_not_fetched(site: str, path: str) -> None:
    with pytest.raises(Unreachable):
        await NEAR.get(site + path, most=4000)


@pytest.mark.asyncio
async def test_the_slow_are_left(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe, "_SECONDS", 0.2)
    with pytest.raises(Unreachable):
        await NEAR.get(f"{site}/slow")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0x7f000001/",
        "https://2130706433/",
        "http://example.org/",
        "https://example.org:22/",
        "https://user:word@example.org/",
        "ftp://example.org/",
        "https:///nowhere",
    ],
)
async def test_out_in_the_world_only_https_to_public_addresses(url: str) -> None:
    """The suite lets no socket leave this machine, so a fetch that got that far would fail otherwise."""
    with pytest.raises(Unreachable):
        await Fetcher().get(url)


Lookup = Callable[..., Awaitable[list[Any]]]


@pytest.mark.asyncio
@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], []], ids=["private", "mixed", "nothing"])
async def test_a_name_that_leads_inside(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    async def answer(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", answer)
    with pytest.raises(Unreachable, match="DNSError"):
        await Fetcher().get("https://rebinding.example/")
