"""The intake in this process, posted to as LINE posts, and what it stored as others see it."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from saisaat.actions.channel_pool import ChannelPool, DatabaseThread
from saisaat.actions.receive import TakenIn
from saisaat.channels.line.webhook import sign
from saisaat.channels.transport import Answer, AsgiTransport
from saisaat.intake.app import Intake
from saisaat.intake.writer import Writer
from tests.actions.stage import CREDENTIALS, Stage
from tests.factories import NOW

SECRET = CREDENTIALS["secret"]
USER = "U" + secrets.token_hex(16)
NOW_MS = int(NOW.timestamp() * 1000)


@dataclass
class Posts:
    """The intake in this process, as LINE sees it."""

    path: str
    writer: Writer
    transport: AsgiTransport
    taken: list[TakenIn] = field(default_factory=list)

    async def post(self, body: bytes, signature: str | None = "right", **change: str) -> Answer:
        headers = {"content-type": "application/json"}
        if signature is not None:
            headers["X-Line-Signature"] = sign(body, SECRET) if signature == "right" else signature
        method, path = change.get("method", "POST"), change.get("path", self.path)
        return await self.transport.request(method, f"http://127.0.0.1{path}", headers, body)

    async def events(self, *events: dict[str, Any]) -> int:
        return (await self.post(envelope(*events))).status


def envelope(*events: dict[str, Any]) -> bytes:
    return json.dumps({"destination": "U0", "events": list(events)}, ensure_ascii=False).encode()


def event(name: str, kind: str = "leave", group: str = "C0", **fields: Any) -> dict[str, Any]:
    told = {"type": kind, "webhookEventId": name, "timestamp": NOW_MS, "mode": "active"}
    return told | {"source": {"type": "group", "groupId": group}, "deliveryContext": {"isRedelivery": False}} | fields


@asynccontextmanager
async def posts(stage: Stage, *, begun: bool = True) -> AsyncIterator[Posts]:
    """The intake of the stage's channel. `begun=False` leaves starting the writer to the test."""
    taken: list[TakenIn] = []
    writer = Writer(now=lambda: NOW, on_stored=taken.append)
    if begun:
        writer.start()
    with ThreadPoolExecutor(1) as executor:
        database = DatabaseThread(executor)
        transport = AsgiTransport(Intake(pool=ChannelPool(database), writer=writer))
        try:
            yield Posts(f"/line/{stage.channel.pk}/webhook", writer, transport, taken)
        finally:
            writer.stop()
            await database(lambda: connection.close())  # the connection of that thread


def stored_elsewhere() -> list[str]:
    """What another connection, which sees only what is committed, finds."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT event_id FROM records_inboundevent ORDER BY event_id")
            return [row[0] for row in cursor.fetchall()]
    finally:
        other.close()


def message(stage: Stage, name: str, kind: str, **fields: Any) -> dict[str, Any]:
    return spoken(stage, name, "message", message={"type": kind} | fields)


def spoken(stage: Stage, name: str, kind: str, **fields: Any) -> dict[str, Any]:
    source = {"type": "group", "groupId": stage.staff.channel_group, "userId": USER}
    return event(name, kind, source=source, replyToken=f"token-of-{name}", **fields)


def hear(stage: Stage, *events: dict[str, Any]) -> list[TakenIn]:
    async def run() -> list[TakenIn]:
        async with posts(stage) as line:
            for each in events:
                assert await line.events(each) == 200
            return line.taken

    return asyncio.run(run())
