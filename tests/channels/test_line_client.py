"""The client over a real socket: what it asks, and what it makes of every fault a network has."""

import socket
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from saisaat.channels.base import ChannelError
from saisaat.channels.line import LineChannel
from saisaat.channels.line.client import LineClient
from saisaat.channels.transport import HttpTransport
from saisaat.domain.delivery import Outcome
from saisaat.domain.errors import Invalid
from tests.channels.scripted_line import Fault, Scripted, scripted_server

GROUP = "C" + "0" * 32
USER = "U" + "0" * 32
KEY = str(uuid.UUID(int=7))
NOW = datetime(2020, 2, 3, 2, 0, tzinfo=UTC)
TEXT = [{"type": "text", "text": "สวัสดี"}]
SENT = {"sentMessages": [{"id": "1", "quoteToken": "q"}]}


@pytest.fixture
async def line() -> AsyncIterator[Scripted]:
    async with scripted_server() as script:
        yield script


@pytest.fixture
async def channel(line: Scripted) -> AsyncIterator[LineChannel]:
    channel = LineChannel(access_token="token-1", secret="s", api_base=line.url)
    yield channel
    await channel.close()


async def test_reply_asks_as_line_documents(line: Scripted, channel: LineChannel) -> None:
    line.answers(200, SENT, X_Line_Request_Id="r-1")
    receipt = await channel.reply("rt", TEXT)
    method, path, headers, body = line.asked[0]
    assert (method, path, body) == ("POST", "/v2/bot/message/reply", {"replyToken": "rt", "messages": TEXT})
    assert headers["authorization"] == "Bearer token-1"
    assert headers["content-type"] == "application/json"
    assert "x-line-retry-key" not in headers
    assert (receipt.request_id, receipt.sent[0].id, receipt.sent[0].quote_token) == ("r-1", "1", "q")


async def test_push_always_carries_its_retry_key(line: Scripted, channel: LineChannel) -> None:
    line.answers(200, SENT)
    await channel.push(GROUP, TEXT, retry_key=KEY)
    method, path, headers, body = line.asked[0]
    assert (method, path, body) == ("POST", "/v2/bot/message/push", {"to": GROUP, "messages": TEXT})
    assert headers["x-line-retry-key"] == KEY


async def test_a_repeated_push_is_a_success(line: Scripted, channel: LineChannel) -> None:
    line.answers(409, {"message": "The retry key is already accepted", **SENT}, X_Line_Accepted_Request_Id="first")
    receipt = await channel.push(GROUP, TEXT, retry_key=KEY)
    assert receipt.repeated
    assert receipt.request_id == "first"


@pytest.mark.parametrize(
    ("to", "outcome"), [(GROUP, Outcome.GROUP_GONE), (USER, Outcome.REJECTED), ("R" + "0" * 32, Outcome.GROUP_GONE)]
)
async def test_a_push_that_found_nobody(line: Scripted, channel: LineChannel, to: str, outcome: Outcome) -> None:
    line.answers(400, {"message": "Failed to send messages"})
    with pytest.raises(ChannelError) as caught:
        await channel.push(to, TEXT, retry_key=KEY)
    assert caught.value.outcome is outcome


async def test_same_messages_are_the_same_bytes(line: Scripted) -> None:
    bodies: list[bytes | None] = []

    class Recording(HttpTransport):
        async def request(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Any:
            bodies.append(body)
            return await super().request(method, url, headers, body)

    line.answers(200, SENT)
    client = LineClient(Recording(), access_token="t", api_base=line.url)
    await client.push(GROUP, [{"type": "text", "text": "ก"}], retry_key=KEY)
    await client.push(GROUP, [{"text": "ก", "type": "text"}], retry_key=KEY)
    await client.close()
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize(("limit", "expected"), [({"type": "limited", "value": 300}, 300), ({"type": "none"}, None)])
async def test_quota(limit: dict[str, Any], expected: int | None) -> None:
    async with two_answers(limit, {"totalUsage": 104}) as (channel, line):
        reading = await channel.quota(NOW)
    assert (reading.limit, reading.used, reading.read_at) == (expected, 104, NOW)
    assert [path for _, path, _, _ in line.asked] == ["/v2/bot/message/quota", "/v2/bot/message/quota/consumption"]


@pytest.mark.parametrize(
    ("limit", "used"),
    [
        ({"type": "limited"}, {"totalUsage": 1}),
        ({"type": "limited", "value": "300"}, {"totalUsage": 1}),
        ({"type": "limited", "value": True}, {"totalUsage": 1}),
        ({"type": "boundless", "value": 300}, {"totalUsage": 1}),
        ({}, {"totalUsage": 1}),
        ({"type": "none"}, {}),
        ({"type": "none"}, {"totalUsage": -1}),
    ],
)
async def test_a_quota_that_cannot_be_read_is_never_a_number(limit: dict[str, Any], used: dict[str, Any]) -> None:
    async with two_answers(limit, used) as (channel, _):
        with pytest.raises(ChannelError) as caught:
            await channel.quota(NOW)
    assert caught.value.outcome is Outcome.NO_ANSWER


class two_answers:  # noqa: N801 - reads as a context
    """A channel on a server that gives `first`, then `second`."""

    def __init__(self, first: Any, second: Any) -> None:
        self.contents = [first, second]

    async def __aenter__(self) -> tuple[LineChannel, Scripted]:
        self.server = scripted_server()
        line = await self.server.__aenter__()
        contents = iter(self.contents)

        class InTurn(HttpTransport):
            async def request(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Any:
                line.answers(200, next(contents))
                return await super().request(method, url, headers, body)

        self.channel = LineChannel(access_token="t", secret="s", api_base=line.url, transport=InTurn())
        return self.channel, line

    async def __aexit__(self, *error: object) -> None:
        await self.channel.close()
        await self.server.__aexit__(None, None, None)


async def test_group_questions(line: Scripted, channel: LineChannel) -> None:
    line.answers(200, {"count": 104})
    assert await channel.member_count(GROUP) == 104
    line.answers(200, {"groupId": GROUP, "groupName": "กลุ่มเจ้าหน้าที่"})
    assert await channel.group_name(GROUP) == "กลุ่มเจ้าหน้าที่"
    assert [path for _, path, _, _ in line.asked] == [
        f"/v2/bot/group/{GROUP}/members/count",
        f"/v2/bot/group/{GROUP}/summary",
    ]


async def test_a_group_id_cannot_leave_its_place_in_the_path(line: Scripted, channel: LineChannel) -> None:
    line.answers(404, {"message": "Not found"})
    with pytest.raises(ChannelError) as caught:
        await channel.member_count("../../info?x=1#")
    assert caught.value.outcome is Outcome.GROUP_GONE
    assert line.asked[0][1].startswith("/v2/bot/group/..%2F..%2Finfo%3Fx")


@pytest.mark.parametrize("content", [{}, {"count": "3"}, {"count": None}, {"groupName": 3}])
async def test_a_group_answer_without_its_content(line: Scripted, channel: LineChannel, content: Any) -> None:
    line.answers(200, content)
    for question in (channel.member_count, channel.group_name):
        with pytest.raises(ChannelError) as caught:
            await question(GROUP)
        assert caught.value.outcome is Outcome.NO_ANSWER


async def test_account_calls(line: Scripted, channel: LineChannel) -> None:
    await channel.set_webhook("https://example.go.th/line/nkw/webhook")
    await channel.validate(TEXT, way="push")
    line.answers(200, {"userId": USER, "chatMode": "bot"})
    assert (await channel.bot_info())["chatMode"] == "bot"
    assert [(method, path, body) for method, path, _, body in line.asked] == [
        ("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": "https://example.go.th/line/nkw/webhook"}),
        ("POST", "/v2/bot/message/validate/push", {"messages": TEXT}),
        ("GET", "/v2/bot/info", None),
    ]


@pytest.mark.parametrize("fault", list(Fault))
async def test_once_the_request_may_have_left_nothing_is_known(line: Scripted, fault: Fault) -> None:
    line.fault = fault
    channel = LineChannel(access_token="t", secret="s", api_base=line.url, transport=HttpTransport(total_timeout=0.2))
    with pytest.raises(ChannelError) as caught:
        await channel.reply("rt", TEXT)
    await channel.close()
    assert caught.value.outcome is Outcome.NO_ANSWER
    assert len(line.asked) == 1, "a POST must never be repeated on its own"


async def test_a_stale_connection_does_not_repeat_a_post(line: Scripted, channel: LineChannel) -> None:
    line.answers(200, SENT)
    await channel.reply("rt", TEXT)
    line.fault = Fault.CLOSE
    with pytest.raises(ChannelError) as caught:
        await channel.push(GROUP, TEXT, retry_key=KEY)
    assert caught.value.outcome is Outcome.NO_ANSWER
    assert len(line.asked) == 2


async def test_refused_means_it_never_left() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        channel = LineChannel(access_token="t", secret="s", api_base=f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(ChannelError) as caught:
            await channel.reply("rt", TEXT)
        await channel.close()
    assert caught.value.outcome is Outcome.NOT_CONNECTED


async def test_a_failed_tls_handshake_means_it_never_left(line: Scripted) -> None:
    line.fault = Fault.CLOSE
    api_base = line.url.replace("http:", "https:")
    transport = HttpTransport(connect_timeout=0.2, total_timeout=0.4)
    channel = LineChannel(access_token="t", secret="s", api_base=api_base, transport=transport)
    with pytest.raises(ChannelError) as caught:
        await channel.reply("rt", TEXT)
    await channel.close()
    assert caught.value.outcome is Outcome.NOT_CONNECTED
    assert line.asked == []


async def test_a_redirect_is_not_followed(line: Scripted, channel: LineChannel) -> None:
    line.answers(302, {}, Location=f"{line.url}/elsewhere")
    with pytest.raises(ChannelError) as caught:
        await channel.reply("rt", TEXT)
    assert caught.value.outcome is Outcome.NO_ANSWER
    assert len(line.asked) == 1


async def test_the_environments_proxy_is_not_used(
    line: Scripted, channel: LineChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    line.answers(200, SENT)
    assert (await channel.reply("rt", TEXT)).sent


async def test_a_closed_channel_opens_again(line: Scripted, channel: LineChannel) -> None:
    line.answers(200, SENT)
    await channel.reply("rt", TEXT)
    await channel.close()
    assert (await channel.reply("rt2", TEXT)).sent


async def test_no_secret_shows_in_an_error(line: Scripted) -> None:
    channel = LineChannel(access_token="very-private", secret="also-private", api_base=line.url)
    line.answers(401, {"message": "Authentication failed"})
    with pytest.raises(ChannelError) as caught:
        await channel.reply("rt", TEXT)
    await channel.close()
    assert "private" not in f"{caught.value!r} {channel!r}"
    assert caught.value.outcome is Outcome.UNAUTHORIZED


@pytest.mark.parametrize(
    "settings",
    [
        {"access_token": ""},
        {"access_token": "two\nlines"},
        {"access_token": "มีอักษรไทย"},
        {"secret": ""},
        {"api_base": "http://api.line.me"},
        {"api_base": "api.line.me"},
        {"api_base": "https://"},
        {"api_base": "https://name:word@api.line.me"},
        {"api_base": "https://api.line.me/?x=1"},
        {"api_base": "http://127.0.0.1.example.com"},
        {"api_base": "https://[::1"},
        {"api_base": "https://api.line.me:99999"},
    ],
)
def test_settings_that_cannot_work_are_refused_with_a_cure(settings: dict[str, Any]) -> None:
    good: dict[str, Any] = {"access_token": "t", "secret": "s", "api_base": "https://api.line.me/"}
    LineChannel(**good)
    with pytest.raises(Invalid, match="โปรด"):
        LineChannel(**(good | settings))
