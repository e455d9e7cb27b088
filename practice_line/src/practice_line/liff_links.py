"""Addresses of LIFF: what a LIFF URL is, and where it leads. By LINE's guide "Opening a LIFF app"."""

import re
from urllib.parse import quote, urlsplit

# A LIFF ID is the login channel's id and eight letters or digits.
LIFF_ID = re.compile(r"([0-9]{10})-[0-9A-Za-z]{8}")


def channel_of(liff_id: str) -> str | None:
    """The login channel a LIFF ID names; None where it is no LIFF ID."""
    found = LIFF_ID.fullmatch(liff_id)
    return found[1] if found else None


def primary_url(endpoint: str, extra: str, referrer: str = "") -> str:
    """The primary redirect URL: the endpoint, and all that followed the LIFF ID as `liff.state`.

    `extra` is that rest as it stood in the LIFF URL ("/path?key=value#fragment", or ""). `referrer` is the page that a
    LIFF-to-LIFF transition came from.
    """
    added = {"liff.state": "" if extra == "/" else extra, "liff.referrer": referrer}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in added.items() if value)
    if not query:
        return endpoint
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{query}"


def is_under(url: str, endpoint: str) -> bool:
    """Whether a page lies at the endpoint URL or below it; query and fragment do not matter ("liff.login()")."""
    try:
        page, base = urlsplit(url), urlsplit(endpoint)
    except ValueError:
        return False
    root = base.path.rstrip("/")
    return (page.scheme, page.netloc) == (base.scheme, base.netloc) and f"{page.path}/".startswith(f"{root}/")


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
