"""One GET to a public address. A private one is never connected to, whatever name, redirect or DNS answer leads there.

The name is resolved once and the connection is made to exactly the addresses that were checked, so a second DNS answer
cannot change them (rebinding). Redirects are followed by hand and checked anew.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

LARGEST_TEXT = 1_000_000
LARGEST_PICTURE = 5_000_000
_REDIRECTS = 3
_SECONDS = 6.0


class Unreachable(Exception):
    """Nothing usable came. The text is for a log or a developer; pages say it in their own words."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`url` is where the redirects ended."""

    url: str
    content_type: str
    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet: not loopback, private, link-local, multicast or reserved."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


class _CheckedResolver(AbstractResolver):
    """Gives only addresses that `allowed` lets through."""

    def __init__(self, allowed: Callable[[str], bool]) -> None:
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        addresses = [(kind, str(where[0])) for kind, _, _, _, where in found]
        if not addresses or not all(self._allowed(address) for _, address in addresses):
            raise OSError(f"{host} does not lead to the open internet")
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
            for kind, address in addresses
        ]

    async def close(self) -> None:
        pass


class Fetcher:
    """Fetches over https. `allowed` and `schemes` are there for tests, which stay on their own machine."""

    def __init__(self, allowed: Callable[[str], bool] = is_public, schemes: tuple[str, ...] = ("https",)) -> None:
        self._allowed = allowed
        self._schemes = schemes

    async def get(self, url: str, *, most: int = LARGEST_TEXT, accept: str = "*/*") -> Fetched:
        """The body, at most `most` bytes, within 6 seconds, over at most 3 redirects. Raises `Unreachable`."""
        timeout = aiohttp.ClientTimeout(total=_SECONDS, connect=3.0)
        connector = aiohttp.TCPConnector(resolver=_CheckedResolver(self._allowed), use_dns_cache=False, limit=4)
        headers = {"Accept": accept, "User-Agent": "Saisaat", "Accept-Encoding": "identity"}
        try:
            async with (
                asyncio.timeout(_SECONDS),
                aiohttp.ClientSession(
                    connector=connector,
                    timeout=timeout,
                    trust_env=False,
                    cookie_jar=aiohttp.DummyCookieJar(),
                    headers=headers,
                    auto_decompress=False,
                ) as session,
            ):
                return await self._follow(session, url, most)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error

    async def _follow(self, session: aiohttp.ClientSession, url: str, most: int) -> Fetched:
        for _ in range(_REDIRECTS + 1):
            self._check(url)
            async with session.get(url, allow_redirects=False) as answer:
                if answer.status in {301, 302, 303, 307, 308} and "Location" in answer.headers:
                    url = urljoin(url, answer.headers["Location"])
                    continue
                if answer.status != 200:
                    raise Unreachable(f"answered {answer.status}")
                return Fetched(url, answer.content_type, await _read(answer, most))
        raise Unreachable("too many redirects")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in self._schemes or parts.username is not None or not parts.hostname:
            raise Unreachable("not an address to fetch")
        if self._schemes == ("https",) and parts.port not in {None, 443}:
            raise Unreachable("an unusual port")
        try:
            literal = ipaddress.ip_address(parts.hostname.strip("[]"))
        except ValueError:
            return
        # A literal address is connected to without asking the resolver.
        if not self._allowed(str(literal)):
            raise Unreachable("not on the open internet")


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    if (answer.content_length or 0) > most:
        raise Unreachable("too large")
    body = b""
    async for chunk in answer.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > most:
            raise Unreachable("too large")
    return body
