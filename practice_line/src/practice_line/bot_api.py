"""LINE's Messaging API over HTTP: sending, asking, statistics. Paths, shapes and errors are LINE's."""

import base64
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from practice_line.clock import iso
from practice_line.errors import LineError
from practice_line.line_api import LineApi, LineCall
from practice_line.narrowcasts import describe
from practice_line.platform import Platform
from practice_line.state import Media
from practice_line.validation.node import is_media_url
from practice_line.web import answer
from practice_line.webhooks import Courier

SENT = ("reply", "push", "multicast", "broadcast")
VALIDATED = (*SENT, "narrowcast")
MOST_URL_CHARACTERS = 500


class BotApi(LineApi):
    """The bot's endpoints."""

    def __init__(self, platform: Platform, courier: Courier) -> None:
        super().__init__(platform, courier)
        self._bot = platform.bot
        self._sending = platform.sending

    def routes(self) -> list[Route]:
        return [*self._send_routes(), *self._group_routes(), *self._account_routes(), *self._insight_routes()]

    def _send_routes(self) -> list[Route]:
        message, sending = "/v2/bot/message", self._sending
        ways = {"reply": sending.reply, "push": sending.push, "multicast": sending.multicast}
        ways |= {"broadcast": sending.broadcast, "narrowcast": sending.narrowcast}

        def sender(way: str) -> Any:
            async def send(call: LineCall) -> Any:
                return ways[way](await call.json(), retry_key=call.header("x-line-retry-key"), call_id=call.id)

            return send

        return [
            *(self.route("POST", f"{message}/{way}", sender(way)) for way in SENT),
            self.route("POST", f"{message}/narrowcast", sender("narrowcast"), status=202),
            *(self.route("POST", f"{message}/validate/{way}", self._validate) for way in VALIDATED),
            self.route("GET", f"{message}/progress/narrowcast", self._progress),
            self.route("GET", f"{message}/quota", lambda _: sending.quota()),
            self.route("GET", f"{message}/quota/consumption", lambda _: sending.consumption()),
            self.route("GET", f"{message}/{{messageId}}/content", self._content),
            self.route("GET", f"{message}/{{messageId}}/content/preview", self._preview),
            self.route("GET", f"{message}/{{messageId}}/content/transcoding", self._transcoding),
        ]

    def _group_routes(self) -> list[Route]:
        group, bot = "/v2/bot/group/{groupId}", self._bot
        return [
            self.route("GET", f"{group}/members/count", lambda call: bot.member_count(call.path("groupId"))),
            self.route("GET", f"{group}/summary", lambda call: bot.group_summary(call.path("groupId"))),
            self.route("GET", f"{group}/members/ids", self._member_ids),
            self.route("GET", f"{group}/member/{{userId}}", self._member),
            self.route("POST", f"{group}/leave", lambda call: bot.leave(call.path("groupId"))),
        ]

    def _account_routes(self) -> list[Route]:
        webhook, chat, bot = "/v2/bot/channel/webhook", "/v2/bot/chat", self._bot
        friends = self._platform.friends
        return [
            self.route("GET", "/v2/bot/info", lambda _: bot.info()),
            self.route("GET", "/v2/bot/profile/{userId}", lambda call: bot.profile(call.path("userId"))),
            self.route("GET", "/v2/bot/followers/ids", self._followers),
            self.route("POST", "/v2/bot/user/{userId}/linkToken", lambda call: friends.link_token(call.path("userId"))),
            self.route("GET", f"{webhook}/endpoint", lambda _: bot.webhook_endpoint()),
            self.route("PUT", f"{webhook}/endpoint", self._set_webhook_endpoint),
            self.route("POST", f"{webhook}/test", self._test_webhook),
            self.route("POST", f"{chat}/markAsRead", self._mark_as_read),
            self.route("POST", f"{chat}/loading/start", self._show_loading, status=202),
        ]

    def _insight_routes(self) -> list[Route]:
        message, insight = "/v2/bot/message", self._platform.insight

        def counter(way: str) -> Any:
            return lambda call: insight.sent(way, call.query("date"))

        def of_unit(call: LineCall) -> Any:
            return insight.of_unit(call.query("customAggregationUnit"), call.query("from"), call.query("to"))

        return [
            *(self.route("GET", f"{message}/delivery/{way}", counter(way)) for way in SENT),
            self.route("GET", f"{message}/aggregation/info", lambda _: insight.unit_count()),
            self.route(
                "GET",
                f"{message}/aggregation/list",
                lambda call: insight.unit_names(call.query("limit"), call.query("start")),
            ),
            self.route("GET", "/v2/bot/insight/message/delivery", lambda c: insight.deliveries(c.query("date"))),
            self.route("GET", "/v2/bot/insight/message/event", lambda c: insight.of_request(c.query("requestId"))),
            self.route("GET", "/v2/bot/insight/message/event/aggregation", of_unit),
        ]

    async def _validate(self, call: LineCall) -> Any:
        return self._sending.validate(await call.json())

    def _progress(self, call: LineCall) -> Any:
        request_id = call.query("requestId")
        if not request_id:
            raise LineError(400, "The value for the 'requestId' parameter is invalid")
        return describe(self._sending.narrowcast_row(request_id))

    def _content(self, call: LineCall) -> Response:
        return _media(self._bot.content(call.path("messageId")))

    def _preview(self, call: LineCall) -> Response:
        return _media(self._bot.preview(call.path("messageId")))

    def _transcoding(self, call: LineCall) -> Any:
        return self._bot.transcoding(call.path("messageId"))

    def _member_ids(self, call: LineCall) -> Any:
        return self._bot.member_ids(call.path("groupId"), call.query("start"))

    def _member(self, call: LineCall) -> Any:
        return self._bot.member(call.path("groupId"), call.path("userId"))

    def _followers(self, call: LineCall) -> Any:
        return self._bot.followers(call.query("limit"), call.query("start"))

    async def _mark_as_read(self, call: LineCall) -> Any:
        return self._bot.mark_as_read(await call.json())

    async def _show_loading(self, call: LineCall) -> Any:
        return self._bot.show_loading(await call.json())

    async def _set_webhook_endpoint(self, call: LineCall) -> Any:
        return self._bot.set_webhook_endpoint(_endpoint(await call.json()))

    async def _test_webhook(self, call: LineCall) -> Any:
        body = await call.json() if await call.bytes() else {}
        url = _endpoint(body) if body.get("endpoint") else self._bot.webhook_endpoint()["endpoint"]
        return {"timestamp": iso(self._platform.now_ms()), **await self._courier.try_webhook(url)}


def _media(media: Media | None) -> Response:
    """What a person sent; 202 while LINE still prepares it."""
    if media is None:
        return answer({}, 202)
    return Response(base64.b64decode(media.data), media_type=media.content_type)


def _endpoint(body: dict[str, Any]) -> str:
    url = body.get("endpoint")
    if not isinstance(url, str) or len(url) > MOST_URL_CHARACTERS or not is_media_url(url):
        raise LineError(400, "Invalid webhook endpoint URL")
    return url
