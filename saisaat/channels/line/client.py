"""LINE's Messaging API, the few calls this program makes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote

import orjson

from saisaat.channels.line.addresses import is_web_address
from saisaat.channels.line.answers import Call, read_object, read_receipt, unreadable
from saisaat.channels.transport import Answer, Transport
from saisaat.domain.errors import Invalid
from saisaat.domain.messages import AccountCheck, QuotaReading, Receipt

LINE_API = "https://api.line.me"


class LineClient:
    """One account. Every method raises `ChannelError`; a call is made once, repeating it is the caller's rule.

    `api_base` is https, or http to loopback for a stand-in. Bodies are written with sorted keys, so that the same
    messages are the same bytes on a retry, wherever they were stored in between.
    """

    def __init__(self, transport: Transport, *, access_token: str, api_base: str = LINE_API) -> None:
        _check_token(access_token)
        _check_base(api_base)
        self._transport = transport
        self._base = api_base.rstrip("/")
        self._headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}

    async def reply(self, token: str, messages: Sequence[dict[str, Any]]) -> Receipt:
        """Free. The token works once, for about a minute; LINE gives replies no retry key."""
        body = {"replyToken": token, "messages": messages}
        return read_receipt(Call.REPLY, await self._send("POST", "/v2/bot/message/reply", body))

    async def push(self, to: str, messages: Sequence[dict[str, Any]], *, retry_key: str) -> Receipt:
        """Costs one message a member. `retry_key` is a UUID, the same for each try of one push within 24 hours."""
        call = Call.PUSH_USER if to.startswith("U") else Call.PUSH_GROUP
        answer = await self._send(
            "POST", "/v2/bot/message/push", {"to": to, "messages": messages}, {"X-Line-Retry-Key": retry_key}
        )
        return read_receipt(call, answer)

    async def validate(self, messages: Sequence[dict[str, Any]], *, way: Literal["reply", "push"] = "reply") -> None:
        """Ask LINE whether it would take these messages. Sends nothing, costs nothing; `REJECTED` says why not."""
        answer = await self._send("POST", f"/v2/bot/message/validate/{way}", {"messages": messages})
        read_object(Call.ACCOUNT, answer)

    async def quota(self, now: datetime) -> QuotaReading:
        """This month's limit and use by LINE's own count; `now` is noted as the time of reading."""
        limit_answer = await self._send("GET", "/v2/bot/message/quota")
        limit = read_object(Call.ACCOUNT, limit_answer)
        used_answer = await self._send("GET", "/v2/bot/message/quota/consumption")
        used = _count(read_object(Call.ACCOUNT, used_answer), "totalUsage", used_answer)
        if limit.get("type") == "none":
            return QuotaReading(None, used, now)
        if limit.get("type") != "limited":
            raise unreadable(limit_answer)
        return QuotaReading(_count(limit, "value", limit_answer), used, now)

    async def member_count(self, group: str) -> int:
        """People in the group, this account not counted, friends or not."""
        answer = await self._send("GET", f"/v2/bot/group/{quote(group, safe='')}/members/count")
        return _count(read_object(Call.GROUP, answer), "count", answer)

    async def group_name(self, group: str) -> str:
        answer = await self._send("GET", f"/v2/bot/group/{quote(group, safe='')}/summary")
        name = read_object(Call.GROUP, answer).get("groupName")
        if not isinstance(name, str):
            raise unreadable(answer)
        return name

    async def set_webhook(self, url: str) -> None:
        """Tell LINE where to post this account's events."""
        read_object(Call.ACCOUNT, await self._send("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": url}))

    async def bot_info(self) -> dict[str, Any]:
        """LINE's own record of this account: userId, basicId, displayName, chatMode, markAsReadMode."""
        return read_object(Call.ACCOUNT, await self._send("GET", "/v2/bot/info"))

    async def check_account(self) -> AccountCheck:
        """Who LINE says we are, and whether its test event is answered at the webhook it knows."""
        info = await self.bot_info()
        known = await self._send("GET", "/v2/bot/channel/webhook/endpoint")
        # LINE answers 404 while no webhook was ever set.
        endpoint = {} if known.status == 404 else read_object(Call.ACCOUNT, known)
        url, active = str(endpoint.get("endpoint") or ""), endpoint.get("active") is True
        name, handle = str(info.get("displayName") or ""), str(info.get("basicId") or "")
        if not url:
            return AccountCheck(name, handle, "", active, None)
        test = read_object(Call.ACCOUNT, await self._send("POST", "/v2/bot/channel/webhook/test", {}))
        reason = " ".join(str(test.get(key)) for key in ("statusCode", "reason", "detail") if test.get(key))
        return AccountCheck(name, handle, url, active, test.get("success") is True, reason)

    async def close(self) -> None:
        await self._transport.close()

    async def _send(
        self, method: str, path: str, body: dict[str, Any] | None = None, extra: dict[str, str] | None = None
    ) -> Answer:
        headers = self._headers | (extra or {})
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        return await self._transport.request(method, self._base + path, headers, content)


def _count(content: dict[str, Any], key: str, answer: Answer) -> int:
    value = content.get(key)
    if type(value) is not int or value < 0:
        raise unreadable(answer)
    return value


def _check_token(access_token: str) -> None:
    if not access_token or not access_token.isascii() or any(c <= " " or c == "\x7f" for c in access_token):
        raise Invalid("โทเคนของช่องทาง LINE ว่างหรือมีอักขระที่ใช้ไม่ได้ ค่าเดิมยังอยู่ โปรดคัดลอก Channel access token มาใหม่ทั้งบรรทัด")


def _check_base(api_base: str) -> None:
    if not is_web_address(api_base) or "?" in api_base or "#" in api_base:
        raise Invalid(
            "ที่อยู่ API ของ LINE “%(api_base)s” ใช้ไม่ได้ โทเคนยังไม่ถูกส่งออกไป "
            "โปรดใช้ที่อยู่ที่ขึ้นต้นด้วย https:// หรือ http://127.0.0.1 สำหรับห้องซ้อม",
            api_base=api_base,
        )
