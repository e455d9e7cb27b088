"""The LINE channel: one official account, ready to be called."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from saisaat.channels.line import webhook
from saisaat.channels.line.client import LINE_API, LineClient
from saisaat.channels.line.render import render
from saisaat.channels.transport import HttpTransport, Transport
from saisaat.domain.errors import Invalid
from saisaat.domain.messages import AccountCheck, InboundEvent, OutgoingMessage, QuotaReading, Receipt


class LineChannel:
    """Answers `channels.base.Channel` for LINE.

    One instance belongs to one event loop from its first call to `close`. Raises `Invalid` for a token, secret or
    address that cannot work. The secret and the token never appear in its text or in an error.
    """

    def __init__(
        self, *, access_token: str, secret: str, api_base: str = LINE_API, transport: Transport | None = None
    ) -> None:
        if not secret:
            raise Invalid("ยังไม่มี Channel secret ของ LINE จึงยังไม่รับข้อความเข้า โปรดคัดลอกจากหน้าตั้งค่าช่องทางของ LINE มาใส่")
        self._secret = secret
        self._client = LineClient(transport or HttpTransport(), access_token=access_token, api_base=api_base)

    def render(self, messages: Sequence[OutgoingMessage]) -> list[dict[str, Any]]:
        return render(messages)

    def parse_webhook(self, body: bytes, signature: str | None) -> list[InboundEvent]:
        webhook.check_signature(body, signature, self._secret)
        return webhook.parse(body)

    async def reply(self, token: str, messages: list[dict[str, Any]]) -> Receipt:
        return await self._client.reply(token, messages)

    async def push(self, to: str, messages: list[dict[str, Any]], *, retry_key: str) -> Receipt:
        return await self._client.push(to, messages, retry_key=retry_key)

    async def validate(self, messages: list[dict[str, Any]], *, way: Literal["reply", "push"] = "reply") -> None:
        """Ask LINE whether it would take these messages; nothing is sent. `REJECTED` says why not."""
        await self._client.validate(messages, way=way)

    async def quota(self, now: datetime) -> QuotaReading:
        return await self._client.quota(now)

    async def member_count(self, group: str) -> int:
        return await self._client.member_count(group)

    async def group_name(self, group: str) -> str:
        return await self._client.group_name(group)

    async def set_webhook(self, url: str) -> None:
        await self._client.set_webhook(url)

    async def check_account(self) -> AccountCheck:
        return await self._client.check_account()

    async def bot_info(self) -> dict[str, Any]:
        """LINE's own record of this account: userId, basicId, displayName, chatMode, markAsReadMode."""
        return await self._client.bot_info()

    async def close(self) -> None:
        await self._client.close()
