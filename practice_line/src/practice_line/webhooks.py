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
from practice_line.practice_rows import Strike
from practice_line.state import PendingWebhook

log = logging.getLogger(__name__)

Parcel = list[PendingWebhook]

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
        self.queue: deque[Parcel] = deque()


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
        for chat in self._take_fresh():
            await self._drain(chat)

    def wake(self) -> None:
        """Look again for what is due; the clock was moved."""
        self._wake.set()

    def start(self) -> None:
        """Send what is fresh in the background."""
        for chat in self._take_fresh():
            task = asyncio.get_running_loop().create_task(self._drain(chat))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Let what is on its way arrive; what takes longer stays in the outbox for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=TIMEOUT_SECONDS)

    async def redeliver_due(self) -> None:
        """Send what waited for its time, failed before or held back by a fault, and is due by the platform's clock."""
        platform, now = self._platform, self._platform.now_ms()
        due = [pending for pending in platform.state.outbox if pending.waits and pending.due_ms <= now]
        for pending in due:
            pending.waits = False
            platform.faults.fall_due(pending)
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

    def _take_fresh(self) -> list[str]:
        if self._platform.faults.holding:
            self._wake.set()  # something may be due earlier than whatever the watch waits for
        return self._sort(self._platform.take_fresh())

    def _sort(self, events: Iterable[PendingWebhook]) -> list[str]:
        """Queue events in the lane of their chat; those of one parcel that follow each other go together."""
        chats: dict[str, Parcel] = {}
        last: Parcel = []
        for pending in events:
            if last and pending.parcel and pending.parcel == last[0].parcel:
                last.append(pending)
                continue
            last = [pending]
            lane = self._lanes.get(pending.chat)
            if lane is None:
                lane = self._lanes[pending.chat] = Lane()
            lane.queue.append(last)
            chats[pending.chat] = last
        return list(chats)

    async def _drain(self, chat: str) -> None:
        lane = self._lanes[chat]
        async with lane.lock:
            while lane.queue:
                await self._send(lane.queue.popleft())

    async def _send(self, parcel: Parcel) -> None:
        platform = self._platform
        if not platform.listening():
            for pending in parcel:
                platform.state.outbox.drop(pending.id)
            platform.commit()
            return
        faults = {fault for pending in parcel for fault in pending.faults}
        for pending in parcel:
            self._begin(pending)
        # Before anything leaves, the file knows of it: an event that was on its way when we were killed comes again as
        # a redelivery.
        platform.commit()
        if "emptyEvents" in faults:
            await self._post([])
        events = [pending.event for pending in parcel]
        if "unknownEvent" in faults:
            events = [self._unknown_event(parcel[0]), *events]
        delivered = await self._post(events, forged="wrongSignature" in faults)
        if delivered and "duplicate" in faults:
            for pending in parcel:
                self._begin(pending)
            await self._post([pending.event for pending in parcel])
        self._settle(parcel, delivered=delivered)

    def _begin(self, pending: PendingWebhook) -> None:
        """From here on the bot may have the event. What it got before, or gets late, has its token for a new minute."""
        if pending.begun:
            pending.event["deliveryContext"]["isRedelivery"] = True
        if pending.begun or pending.held:
            self._platform.prolong_token(pending.event.get("replyToken"))
        pending.begun, pending.faults = True, []
        self._platform.state.outbox.put(pending.id, pending)

    async def _post(self, events: list[dict[str, Any]], *, forged: bool = False) -> bool:
        """Whether the bot took it. A forged POST is signed with another channel's secret."""
        settings = self._platform.state.settings
        body = json.dumps({"destination": settings.bot_user_id, "events": events}, ensure_ascii=False).encode()
        try:
            status = await self._sender(settings.webhook, body, self._headers(body, forged=forged))
        except (TimeoutError, OSError, aiohttp.ClientError) as error:
            log.info("webhook with %d events failed: %s", len(events), error or type(error).__name__)
            return False
        except Exception:
            # A sender that hands events to a bot in this process meets the bot's own faults; a server would answer 500.
            log.exception("webhook with %d events: the bot failed", len(events))
            return False
        return 200 <= status < 300

    def _unknown_event(self, pending: PendingWebhook) -> dict[str, Any]:
        """An event of a type that LINE may invent tomorrow, from where `pending` comes."""
        known = pending.event
        return {
            "type": "practiceUnknown",
            "webhookEventId": self._platform.ids.event(self._platform.now_ms()),
            "deliveryContext": {"isRedelivery": False},
            "practiceUnknown": {"since": "tomorrow"},
            **{name: known[name] for name in ("timestamp", "source", "mode")},
        }

    def _settle(self, parcel: Parcel, *, delivered: bool) -> None:
        outbox, rules = self._platform.state.outbox, self._platform.rules
        for pending in parcel:
            if delivered or not rules.redelivery or pending.attempt >= len(REDELIVERY_DELAYS_MS):
                outbox.drop(pending.id)
                continue
            pending.due_ms = self._platform.now_ms() + REDELIVERY_DELAYS_MS[pending.attempt]
            pending.attempt += 1
            pending.waits, pending.parcel = True, ""
            outbox.put(pending.id, pending)
            self._wake.set()
        self._suspend_if_failing(delivered=delivered)
        self._platform.commit()

    def _suspend_if_failing(self, *, delivered: bool) -> None:
        """LINE stops sending to a bot that has failed for long; how long it does not publish, so a rule says it."""
        platform = self._platform
        settings, rules, now = platform.state.settings, platform.rules, platform.now_ms()
        before = settings.failing_since_ms
        settings.failing_since_ms = None if delivered else now if before is None else before
        since, longest = settings.failing_since_ms, rules.suspend_after_seconds
        if since is not None and longest is not None and now >= since + longest * 1000:
            rules.webhook_suspended, settings.failing_since_ms = True, None
            platform.faults.note(Strike(now, None, "webhookSuspended"))
        if settings.failing_since_ms != before:
            platform.keep_settings()

    def _headers(self, body: bytes, *, forged: bool = False) -> dict[str, str]:
        secret = f"not {self._platform.secret}" if forged else self._platform.secret
        digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
        return {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "LineBotWebhook/2.0",
            "x-line-signature": base64.b64encode(digest).decode(),
        }

    def _seconds_to_next(self) -> float | None:
        if not self._platform.clock.running:
            return None
        due = [pending.due_ms for pending in self._platform.state.outbox if pending.waits]
        return max(0.05, (min(due) - self._platform.now_ms()) / 1000) if due else None
