"""LINE's own SDK against a served instance: its calls succeed, its models read every answer."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from linebot.v3 import WebhookParser
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    FlexContainer,
    FlexMessage,
    MessagingApi,
    MessagingApiBlob,
    PushMessageRequest,
    ReplyMessageRequest,
    SetWebhookEndpointRequest,
    TestWebhookEndpointRequest,
    TextMessage,
    ValidateMessageRequest,
)
from linebot.v3.webhooks import MessageEvent, TextMessageContent
from practice_client import RETRY_KEY, bubble, fetch, serving

TestWebhookEndpointRequest.__test__ = False  # a model, whatever pytest thinks of its name


class Bot(BaseHTTPRequestHandler):
    """The smallest bot on LINE's SDK: it echoes every text."""

    api: MessagingApi
    answered: threading.Event

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        events = WebhookParser("practice-secret").parse(body, self.headers["x-line-signature"])
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()
        for event in events:
            if isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
                echo = TextMessage(text=f"ได้ยินว่า {event.message.text}", quoteToken=event.message.quote_token)
                self.api.reply_message(ReplyMessageRequest(replyToken=event.reply_token, messages=[echo]))
                self.answered.set()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: the test's output is not the place."""


class Stage:
    def __init__(self, url: str, bot_url: str) -> None:
        self.url = url
        self.control("PUT", "bot", {"webhook": bot_url})
        self.user = self.control("POST", "people", {"name": "ก"})["userId"]
        self.group = self.control("POST", "groups", {"name": "กลุ่ม", "members": [self.user]})["groupId"]

    def control(self, method: str, path: str, body: Any = None) -> Any:
        status, answer = fetch(f"{self.url}/_practice/{path}", method, body)
        assert status == 200, answer
        return answer

    def transcript(self) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = self.control("GET", "transcript")["messages"]
        return lines


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with serving("--seed", "1") as process:
        yield process.url


@contextmanager
def sdk(configuration: Configuration) -> Iterator[ApiClient]:
    """A client that closes its sockets, which the SDK leaves to the garbage collector."""
    with ApiClient(configuration) as client:
        yield client
        client.rest_client.pool_manager.clear()


@pytest.fixture
def configuration(served: str) -> Configuration:
    return Configuration(host=served, access_token="practice-token")


@pytest.fixture
def api(configuration: Configuration) -> Iterator[MessagingApi]:
    with sdk(configuration) as client:
        yield MessagingApi(client)


@pytest.fixture
def bot(api: MessagingApi) -> Iterator[tuple[type[Bot], str]]:
    handler = type("EchoBot", (Bot,), {"api": api, "answered": threading.Event()})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield handler, f"http://127.0.0.1:{server.server_port}/callback"
        server.shutdown()
        thread.join()


@pytest.fixture
def stage(served: str, bot: Any) -> Stage:
    return Stage(served, bot[1])


def test_a_bot_on_the_sdk_hears_and_answers(stage: Stage, bot: Any) -> None:
    said = stage.control("POST", f"groups/{stage.group}/say", {"userId": stage.user, "text": "สวัสดี"})
    assert bot[0].answered.wait(10)
    lines = [line for line in stage.transcript() if line["groupId"] == stage.group]
    assert [(line["from"], line["way"], line["text"]) for line in lines] == [
        (stage.user, "member", "สวัสดี"),
        ("bot", "reply", "ได้ยินว่า สวัสดี"),
    ]
    assert lines[0]["id"] == said["messageId"]


def test_a_push_once(stage: Stage, api: MessagingApi) -> None:
    before = api.get_message_quota_consumption().total_usage
    message = FlexMessage(altText="โปสเตอร์", contents=FlexContainer.from_dict(bubble()["contents"]))
    request = PushMessageRequest(to=stage.group, messages=[message, TextMessage(text="อ่านต่อ")])
    first = api.push_message_with_http_info(request, x_line_retry_key=RETRY_KEY)
    assert (first.status_code, len(first.data.sent_messages)) == (200, 2)
    with pytest.raises(ApiException) as again:
        api.push_message(request, x_line_retry_key=RETRY_KEY)
    assert again.value.status == 409
    assert again.value.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert api.get_message_quota_consumption().total_usage == before + 1
    assert api.get_message_quota().value == 300


def test_questions_about_groups_and_people(stage: Stage, api: MessagingApi) -> None:
    assert api.get_group_summary(stage.group).group_name == "กลุ่ม"
    assert api.get_group_member_count(stage.group).count == 1
    assert api.get_group_member_profile(stage.group, stage.user).display_name == "ก"
    assert api.get_profile(stage.user).user_id == stage.user
    assert api.get_bot_info().basic_id.startswith("@")
    api.leave_group(stage.group)
    with pytest.raises(ApiException) as gone:
        api.get_group_summary(stage.group)
    assert gone.value.status == 404


def test_validation(api: MessagingApi) -> None:
    good, bad = (
        ValidateMessageRequest(messages=[TextMessage(text="ก")]),
        ValidateMessageRequest(messages=[TextMessage(text="")]),
    )
    for kind in ("reply", "push", "multicast", "narrowcast", "broadcast"):
        getattr(api, f"validate_{kind}")(good)
        with pytest.raises(ApiException) as refusal:
            getattr(api, f"validate_{kind}")(bad)
        assert "messages[0].text" in refusal.value.body


def test_the_webhook_address(stage: Stage, api: MessagingApi, bot: Any) -> None:
    api.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint=bot[1]))
    assert api.get_webhook_endpoint().endpoint == bot[1]
    tried = api.test_webhook_endpoint(TestWebhookEndpointRequest())
    assert (tried.success, tried.status_code, tried.reason) == (True, 200, "OK")
    nobody = api.test_webhook_endpoint(TestWebhookEndpointRequest(endpoint="http://127.0.0.1:1/callback"))
    assert (nobody.success, nobody.reason) == (False, "COULD_NOT_CONNECT")


def test_content(stage: Stage, configuration: Configuration) -> None:
    body = {"userId": stage.user, "data": base64.b64encode(b"picture").decode()}
    sent = stage.control("POST", f"groups/{stage.group}/image", body)
    with sdk(configuration) as client:
        blob = MessagingApiBlob(client)
        assert blob.get_message_content(sent["messageId"]) == b"picture"
        assert blob.get_message_content_preview(sent["messageId"]) == b"picture"


async def test_the_asynchronous_client(stage: Stage, configuration: Configuration) -> None:
    async with AsyncApiClient(configuration) as client:
        api = AsyncMessagingApi(client)
        sent = await api.push_message(PushMessageRequest(to=stage.group, messages=[TextMessage(text="ก")]))
        assert sent.sent_messages[0].quote_token
        with pytest.raises(ApiException) as refusal:
            await api.reply_message(ReplyMessageRequest(replyToken="made up", messages=[TextMessage(text="ก")]))
        assert refusal.value.status == 400
        assert "Invalid reply token" in refusal.value.body
