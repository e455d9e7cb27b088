"""The console channel: messages appear on a stream. For development without any account."""

import secrets
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TextIO

from saisaat.channels.base import BadSignature
from saisaat.domain.messages import (
    AccountCheck,
    Button,
    Card,
    InboundEvent,
    OutgoingMessage,
    Picture,
    QuotaReading,
    Receipt,
    SentMessage,
    Text,
)


class ConsoleChannel:
    """Accepts everything, counts nothing, hears nothing: a group here is whoever reads the stream (default stdout)."""

    def __init__(self, *, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._pushed: dict[str, Receipt] = {}

    def render(self, messages: Sequence[OutgoingMessage]) -> list[dict[str, Any]]:
        return [{"lines": _lines(message)} for message in messages]

    def parse_webhook(self, body: bytes, signature: str | None) -> list[InboundEvent]:
        """Nobody can sign for a console, so every body is a stranger's."""
        raise BadSignature("the console channel receives nothing")

    async def reply(self, token: str, messages: list[dict[str, Any]]) -> Receipt:
        return self._show(f"ตอบกลับ {token}", messages)

    async def push(self, to: str, messages: list[dict[str, Any]], *, retry_key: str) -> Receipt:
        """Shown once for one `retry_key`, as the contract asks."""
        earlier = self._pushed.get(retry_key)
        if earlier is not None:
            return Receipt(earlier.request_id, earlier.sent, repeated=True)
        receipt = self._pushed[retry_key] = self._show(f"ส่งถึง {to}", messages)
        return receipt

    async def quota(self, now: datetime) -> QuotaReading:
        return QuotaReading(limit=None, used=0, read_at=now)

    async def member_count(self, group: str) -> int:
        return 1

    async def group_name(self, group: str) -> str:
        return f"จอภาพ {group}"

    async def set_webhook(self, url: str) -> None:
        self._stream.write(f"── ที่อยู่รับเหตุการณ์: {url} (จอภาพไม่ส่งเหตุการณ์)\n")

    async def check_account(self) -> AccountCheck:
        return AccountCheck(name="จอภาพ", handle="", webhook="", active=False, reached=None)

    async def close(self) -> None:
        self._stream.flush()

    def _show(self, heading: str, messages: list[dict[str, Any]]) -> Receipt:
        self._stream.write(f"── {heading}\n")
        for message in messages:
            self._stream.writelines(f"│ {line}\n" for line in message["lines"])
        self._stream.flush()
        sent = tuple(SentMessage(f"console-{secrets.token_hex(8)}") for _ in messages)
        return Receipt(f"console-{secrets.token_hex(8)}", sent)


def _lines(message: OutgoingMessage) -> list[str]:
    match message:
        case Text(text):
            return text.splitlines()
        case Picture(url, _):
            return [f"[ภาพ] {url}"]
        case Card():
            parts = [
                f"[ภาพ] {message.picture_url}" if message.picture_url else "",
                message.kicker,
                message.title,
                message.text,
                message.note,
                "  ".join(map(_button, message.buttons)),
            ]
            return [line for part in parts for line in part.splitlines()]


def _button(button: Button) -> str:
    return f"[{button.label} → {button.uri or button.data}]"
