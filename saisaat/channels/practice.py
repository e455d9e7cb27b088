"""The practice room's control calls: what an office without a LINE account of its own needs to try everything."""

from datetime import datetime
from typing import Any

import orjson

from saisaat.channels.base import ChannelError
from saisaat.channels.transport import Transport
from saisaat.domain.delivery import Outcome

CREDENTIALS = {"access_token": "practice-token", "secret": "practice-secret"}
"""What every practice LINE starts with. Worth nothing anywhere else."""

_GROUPS = (("กลุ่มบุคลากร (ซ้อม)", "เจ้าหน้าที่", 12), ("กลุ่มภาคีเครือข่าย (ซ้อม)", "ผู้นำเครือข่าย", 20))


_LIFF_CHANNEL = "1600000002"


def liff_app(channel: str, base: str) -> tuple[str, dict[str, dict[str, Any]]]:
    """The LIFF app of `channel` in the room, with our pages at `base`: its id, and what to PUT there, by path."""
    liff_id = f"{_LIFF_CHANNEL}-{channel[:8]}"
    app = {
        "view": {"type": "full", "url": f"{base}/liff/{channel}"},
        "description": "ใสสะอาด",
        "scope": ["openid", "chat_message.write"],
    }
    login = {"name": "ใสสะอาด", "redirectUris": []}
    return liff_id, {f"login-channels/{_LIFF_CHANNEL}": login, f"liff-apps/{liff_id}": app}


async def knock(transport: Transport, address: str) -> None:
    """Whether somebody is in. Raises `ChannelError` where the room does not answer."""
    await _Room(transport, address).ask("GET", "bot")


async def furnish(
    transport: Transport, address: str, *, webhook: str, name: str, more: dict[str, dict[str, Any]] | None = None
) -> None:
    """Name the account, tell it where we listen, and invite it into two groups of people unless some are there.

    `more` is put there too, as `liff_app` gives it. Raises `ChannelError` where the room does not answer.
    """
    room = _Room(transport, address)
    await room.ask("PUT", "bot", {"webhook": webhook, "name": name})
    for path, body in (more or {}).items():
        await room.ask("PUT", path, body)
    groups = (await room.ask("GET", "groups"))["groups"]
    for group in groups:
        if not group["botIn"]:
            await room.ask("POST", f"groups/{group['groupId']}/invite-bot", {})
    if groups:
        return
    for title, who, number in _GROUPS:
        people = [await room.ask("POST", "people", {"name": f"{who} คนที่ {n}"}) for n in range(1, number + 1)]
        await room.ask("POST", "groups", {"name": title, "members": [person["userId"] for person in people]})


async def set_clock(transport: Transport, address: str, now: datetime) -> None:
    """Move the room's time, which the campaign clock follows. It flows on from there. Raises `ChannelError`."""
    await _Room(transport, address).ask("PUT", "clock", {"now": now.isoformat(), "running": True})


class _Room:
    def __init__(self, transport: Transport, address: str) -> None:
        self._transport = transport
        self._address = address.rstrip("/")

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        content = orjson.dumps(body) if body is not None else None
        answer = await self._transport.request(method, f"{self._address}/_practice/{path}", headers, content)
        if answer.status != 200:
            raise ChannelError(Outcome.REJECTED, answer.body[:200].decode("utf-8", "replace"), status=answer.status)
        try:
            found = orjson.loads(answer.body)
        except orjson.JSONDecodeError:
            found = None
        if not isinstance(found, dict):
            raise ChannelError(Outcome.NO_ANSWER, "unreadable answer", status=answer.status)
        return found
