"""The way of events to the bot: signed, in order within a chat, sent again when asked to."""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import aiohttp

from practice_line.platform import Platform
from practice_line.state import PendingWebhook

log = logging.getLogger(__name__)

# url, body, headers -> the status the bot answered with. Raises when it cannot be reached or takes too long.
WebhookSender = Callable[[str, bytes, dict[str, str]], Awaitable[int]]

# LINE gives a bot two seconds ("request_timeout" in its webhook error statistics).
TIMEOUT_SECONDS = 2.0

# LINE publishes neither number nor spacing of redeliveries; these end about when a reply token can live no longer.
REDELIVERY_DELAYS_MS = (10_000, 30_000, 90_000, 270_000, 700_000)


class AiohttpSender:
    """Sends webhooks over the network with LINE's time limit."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))
        async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
            await answer.read()
            return answer.status

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


class Lane:
    """Events of one chat that wait for each other."""

    __slots__ = ("lock", "queue")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.queue: deque[PendingWebhook] = deque()


class Courier:
    """Carries a platform's events to the bot through `sender`, one at a time in each chat."""

    def __init__(self, platform: Platform, sender: WebhookSender) -> None:
        self._platform = platform
        self._sender = sender
        self._lanes: dict[str, Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()

    async def flush(self) -> None:
        """Send what is fresh and return when the bot has answered."""
        for chat in self._sort(self._platform.take_fresh()):
            await self._drain(chat)

    def wake(self) -> None:
        """Look again for what is due; the clock was moved."""
        self._wake.set()

    def start(self) -> None:
        """Send what is fresh in the background."""
        for chat in self._sort(self._platform.take_fresh()):
            task = asyncio.get_running_loop().create_task(self._drain(chat))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Let what is on its way arrive; what takes longer stays in the outbox for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=TIMEOUT_SECONDS)

    async def redeliver_due(self) -> None:
        """Send again what failed before and is due by the platform's clock."""
        now = self._platform.now_ms()
        waiting = {pending.id for lane in self._lanes.values() for pending in lane.queue}
        due = [p for p in self._platform.state.outbox if p.attempt > 0 and p.due_ms <= now and p.id not in waiting]
        for chat in self._sort(due):
            await self._drain(chat)

    async def watch(self) -> None:
        """Redeliver as the clock runs, for ever; the server runs this beside itself."""
        while True:
            self._wake.clear()
            await self.redeliver_due()
            try:
                await asyncio.wait_for(self._wake.wait(), self._seconds_to_next())
            except TimeoutError:
                continue

    async def try_webhook(self, url: str) -> dict[str, Any]:
        """LINE's test of an address: an empty list of events, and what came of it."""
        body = json.dumps({"destination": self._platform.state.settings.bot_user_id, "events": []}).encode()
        try:
            status = await self._sender(url, body, self._headers(body))
        except TimeoutError:
            return {"success": False, "statusCode": 0, "reason": "REQUEST_TIMEOUT", "detail": "Request timeout"}
        except (OSError, aiohttp.ClientError) as error:
            return {"success": False, "statusCode": 0, "reason": "COULD_NOT_CONNECT", "detail": str(error)}
        good = 200 <= status < 300
        reason = "OK" if good else "ERROR_STATUS_CODE"
        return {"success": good, "statusCode": status, "reason": reason, "detail": str(status)}

    def _sort(self, events: Iterable[PendingWebhook]) -> list[str]:
        chats = {}
        for pending in events:
            lane = self._lanes.get(pending.chat)
            if lane is None:
                lane = self._lanes[pending.chat] = Lane()
            lane.queue.append(pending)
            chats[pending.chat] = True
        return list(chats)

    async def _drain(self, chat: str) -> None:
        lane = self._lanes[chat]
        async with lane.lock:
            while lane.queue:
                await self._send(lane.queue.popleft())

    async def _send(self, pending: PendingWebhook) -> None:
        platform = self._platform
        event = pending.event
        if pending.attempt:
            event["deliveryContext"]["isRedelivery"] = True
            platform.prolong_token(event.get("replyToken"), event["timestamp"])
        destination = platform.state.settings.bot_user_id
        body = json.dumps({"destination": destination, "events": [event]}, ensure_ascii=False).encode()
        try:
            status = await self._sender(platform.state.settings.webhook, body, self._headers(body))
        except (TimeoutError, OSError, aiohttp.ClientError) as error:
            log.info("webhook %s failed: %s", pending.id, error or type(error).__name__)
            status = 0
        except Exception:
            # A sender that hands events to a bot in this process meets the bot's own faults; a server would answer 500.
            log.exception("webhook %s: the bot failed", pending.id)
            status = 500
        self._settle(pending, delivered=200 <= status < 300)

    def _settle(self, pending: PendingWebhook, *, delivered: bool) -> None:
        outbox = self._platform.state.outbox
        if delivered or not self._platform.rules.redelivery or pending.attempt >= len(REDELIVERY_DELAYS_MS):
            outbox.drop(pending.id)
        else:
            pending.due_ms = self._platform.now_ms() + REDELIVERY_DELAYS_MS[pending.attempt]
            pending.attempt += 1
            outbox.put(pending.id, pending)
            self._wake.set()
        self._platform.commit()

    def _headers(self, body: bytes) -> dict[str, str]:
        digest = hmac.new(self._platform.secret.encode(), body, hashlib.sha256).digest()
        return {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "LineBotWebhook/2.0",
            "x-line-signature": base64.b64encode(digest).decode(),
        }

    def _seconds_to_next(self) -> float | None:
        if not self._platform.clock.running:
            return None
        due = [pending.due_ms for pending in self._platform.state.outbox if pending.attempt > 0]
        return max(0.05, (min(due) - self._platform.now_ms()) / 1000) if due else None
