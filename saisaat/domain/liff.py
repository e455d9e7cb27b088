"""LIFF: which app of LINE's opens our phone pages, and the addresses that follow from its id.

By LINE's LIFF reference ("Initialize the LIFF app"), its guide "Opening a LIFF app", and its news of 30 September 2026:
the SDK's versions 2.20.0 to 2.31.0 are withdrawn for a security issue.
"""

import re

from saisaat.domain.errors import Invalid

SDK_VERSION = "2.31.2"
SDK_PATH = f"/liff/edge/versions/{SDK_VERSION}/sdk.js"
LINE_CDN = "https://static.line-scdn.net"
LINE_API = "https://api.line.me"
ISSUER = "https://access.line.me"
SDK_CALLS = (LINE_API, ISSUER, "https://liff.line.me", "https://liffsdk.line-scdn.net")
"""Hosts that the SDK itself talks to."""

_LIFF_ID = re.compile(r"([0-9]{10})-[0-9A-Za-z]{8}")
_OPENED = re.compile(r"/[A-Za-z0-9/_-]{0,120}")


def check_liff_id(typed: str) -> str:
    """The id as LINE writes it; empty stays empty. Raises `Invalid`."""
    liff_id = typed.strip().removeprefix("https://liff.line.me/")
    if liff_id and not _LIFF_ID.fullmatch(liff_id):
        raise Invalid(
            "LIFF ID ต้องเป็นตัวเลข 10 หลัก ขีด และตัวอักษร 8 ตัว เช่น 1234567890-AbCd1234 ค่าเดิมยังอยู่ "
            "โปรดคัดลอกจากแท็บ LIFF ของช่องทาง LINE Login"
        )
    return liff_id


def login_channel(liff_id: str) -> str:
    """The LINE Login channel an app belongs to: what its ID tokens are meant for."""
    return liff_id.partition("-")[0]


def liff_url(liff_id: str) -> str:
    """What a link to a phone page begins with, so that LINE opens it in the app."""
    return f"https://liff.line.me/{liff_id}"


def opened_path(state: str) -> str:
    """The path below the endpoint that LINE was asked to open (`liff.state`), without query; "" where it is none."""
    path = re.split(r"[?#]", state, maxsplit=1)[0]
    return path if _OPENED.fullmatch(path) and "//" not in path else ""
