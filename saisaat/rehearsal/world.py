"""The world of a rehearsal: the practice LINE through its control API, and a browser on our own pages."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

from django.core.handlers.wsgi import WSGIHandler

from saisaat.channels.transport import AsgiApp, AsgiTransport

PRACTICE_BASE = "http://127.0.0.1"


class PracticeLine(Protocol):
    """A practice LINE in this process: its ASGI application, and a way to keep its state."""

    @property
    def app(self) -> AsgiApp: ...

    def save_to(self, path: Any) -> None: ...


class World:
    """Everything people can do in the groups. Each call is an HTTP request to the control API, in this process."""

    def __init__(self, practice: PracticeLine) -> None:
        self._transport = AsgiTransport(practice.app)
        self._last_seen = ""

    async def person(self, name: str) -> str:
        return str((await self._ask("POST", "people", {"name": name}))["userId"])

    async def group(self, name: str, members: list[str]) -> str:
        return str((await self._ask("POST", "groups", {"name": name, "members": members}))["groupId"])

    async def say(self, group: str, user: str, text: str, quoted: str | None = None) -> str:
        body = {"userId": user, "text": text} | ({"quotedMessageId": quoted} if quoted else {})
        return str((await self._ask("POST", f"groups/{group}/say", body))["messageId"])

    async def sticker(self, group: str, user: str) -> None:
        await self._ask("POST", f"groups/{group}/sticker", {"userId": user})

    async def press(self, group: str, user: str, message: str, data: str) -> str | None:
        """Press a button; the address it opens, or None when it answers to the bot."""
        answer = await self._ask("POST", f"groups/{group}/press", {"userId": user, "messageId": message, "data": data})
        opened = answer.get("opened")
        return str(opened) if opened else None

    async def set_clock(self, now: datetime) -> None:
        await self._ask("PUT", "clock", {"now": now.isoformat(), "running": False})

    async def let_clock_run(self, now: datetime) -> None:
        await self._ask("PUT", "clock", {"now": now.isoformat(), "running": True})

    async def set_quota(self, limit: int) -> None:
        await self._ask("PUT", "quota", {"limit": limit})

    async def set_webhook(self, url: str) -> None:
        await self._ask("PUT", "bot", {"webhook": url})

    async def transcript(self) -> list[dict[str, Any]]:
        """Every message of every chat, in order."""
        return list((await self._ask("GET", "transcript"))["messages"])

    async def new_messages(self) -> list[dict[str, Any]]:
        """The messages since the last look."""
        query = f"?after={self._last_seen}" if self._last_seen else ""
        found = list((await self._ask("GET", f"transcript{query}"))["messages"])
        if found:
            self._last_seen = found[-1]["id"]
        return found

    async def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        raw = json.dumps(body).encode() if body is not None else None
        headers = {"content-type": "application/json", "content-length": str(len(raw or b""))}
        answer = await self._transport.request(method, f"{PRACTICE_BASE}/_practice/{path}", headers, raw)
        found = json.loads(answer.body or b"{}")
        if answer.status >= 400:
            raise RuntimeError(f"the practice LINE refused {method} {path}: {found.get('message', answer.status)}")
        return dict(found)


class Browser:
    """One member's browser on our own pages: real requests through the whole of Django, without a socket."""

    def __init__(self) -> None:
        self._pages = WSGIHandler()

    def open(self, url: str) -> str:
        """GET the page; its HTML. Raises RuntimeError unless it answers 200."""
        status, body, _ = self._request("GET", url, b"", "")
        if status != 200:
            raise RuntimeError(f"{url} answered {status}")
        return body

    def comment(self, url: str, text: str, *, tell: bool) -> None:
        """Open the page, follow its link to the one without names, write there. `tell`: about which publication."""
        way = re.search(r'href="(/a/[^"?]+)', self.open(url))
        if way is None:
            raise RuntimeError(f"{url} leads to no page for comments without a name")
        address = urljoin(url, way.group(1))
        receipt = re.search(r'name="receipt" value="([^"]+)"', self.open(address))
        if receipt is None:
            raise RuntimeError(f"{address} has no form")
        form = urlencode({"receipt": receipt.group(1), "text": text} | ({"tell": "1"} if tell else {})).encode()
        status, _, _ = self._request("POST", address, form, "")
        if status != 200:
            raise RuntimeError(f"the comment on {url} answered {status}")

    def _request(self, method: str, url: str, body: bytes, cookies: str) -> tuple[int, str, str]:
        parts = urlsplit(url)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": parts.hostname or "",
            "SERVER_PORT": str(parts.port or 80),
            "HTTP_HOST": parts.netloc,
            "HTTP_COOKIE": cookies,
            "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Mobile",
            "HTTP_REFERER": url,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        answered: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            answered["status"] = int(status.split()[0])
            answered["cookies"] = [value for name, value in headers if name.lower() == "set-cookie"]
            return lambda _: None

        response = self._pages(environ, start_response)
        try:
            html = b"".join(response).decode()
        finally:
            if hasattr(response, "close"):
                response.close()
        jar: SimpleCookie = SimpleCookie()
        for value in answered["cookies"]:
            jar.load(value)
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
        return int(answered["status"]), html, sent or cookies
