"""LINE's SDK for Python: all its calls for the endpoints there are run, and its models read every answer.

A model that leaves a property unread, or an answer that lacks one, fails: each is written back and compared.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from line_tour import CHANNEL, MENU, SECRET
from linebot.v3 import WebhookParser
from linebot.v3 import insight as insight_models
from linebot.v3 import liff as liff_models
from linebot.v3 import messaging as models
from linebot.v3 import oauth as oauth_models
from linebot.v3.models.events import UnknownEvent
from practice_client import RETRY_KEY, Served, World, fetch, serving
from test_sdk_node import png
from test_tokens import assertion, public_jwk
from test_webhooks import eventful

TEXT = models.TextMessage(text="สวัสดี")


class Line:
    """The SDK's clients, each closed at the end, and a served world of two people and a group."""

    def __init__(self, served: Served) -> None:
        self.url = served.url
        self._clients: list[Any] = []
        self.user = self.control("POST", "people", {"name": "ก"})["userId"]
        self.group = self.control("POST", "groups", {"name": "กลุ่ม", "members": [self.user]})["groupId"]
        self.control("PUT", "rules", {"verified": True})
        self.control("PUT", "clock", {"now": "2026-01-15T09:00:00+07:00", "running": False})
        self.api = models.MessagingApi(self.client(models))
        self.blob = models.MessagingApiBlob(self.client(models))
        self.insight = insight_models.Insight(self.client(insight_models))

    def client(self, family: Any, token: str = "practice-token") -> Any:
        client = family.ApiClient(family.Configuration(host=self.url, access_token=token))
        self._clients.append(client)
        return client

    def control(self, method: str, path: str, body: Any = None) -> Any:
        status, answer = fetch(f"{self.url}/_practice/{path}", method, body)
        assert status == 200, answer
        return answer

    def close(self) -> None:
        for client in self._clients:
            client.rest_client.pool_manager.clear()


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with serving("--seed", "1") as served:
        line = Line(served)
        yield line
        line.close()


def whole(told: Any, raw: Any) -> None:
    """The model has read everything that was answered."""
    assert json.loads(told.json(by_alias=True, exclude_none=True)) == without_nulls(raw)


def without_nulls(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: without_nulls(value) for key, value in part.items() if value is not None}
    return [without_nulls(item) for item in part] if isinstance(part, list) else part


def read(line: Line, path: str) -> Any:
    return fetch(f"{line.url}{path}")[1]


def test_sending(line: Line) -> None:
    api = line.api
    api.multicast(models.MulticastRequest(to=[line.user], messages=[TEXT], customAggregationUnits=["news"]))
    api.broadcast(models.BroadcastRequest(messages=[TEXT]), x_line_retry_key=RETRY_KEY)
    sent = api.narrowcast_with_http_info(models.NarrowcastRequest(messages=[TEXT], limit=models.Limit(max=1)))
    request_id = sent.headers["x-line-request-id"]
    path = f"/v2/bot/message/progress/narrowcast?requestId={request_id}"
    told = api.get_narrowcast_progress(request_id)
    assert (sent.status_code, told.phase, told.success_count) == (202, "succeeded", read(line, path)["successCount"])
    whole(
        line.insight.get_message_event(request_id), read(line, f"/v2/bot/insight/message/event?requestId={request_id}")
    )
    loading = models.ShowLoadingAnimationRequest(chatId=line.user, loadingSeconds=5)
    assert api.show_loading_animation_with_http_info(loading).status_code == 202


@pytest.mark.parametrize(
    ("call", "path"),
    [
        ("get_message_quota", "message/quota"),
        ("get_message_quota_consumption", "message/quota/consumption"),
        ("get_aggregation_unit_usage", "message/aggregation/info"),
        ("get_aggregation_unit_name_list", "message/aggregation/list"),
        ("get_followers", "followers/ids"),
        ("get_bot_info", "info"),
    ],
)
def test_questions_without_a_parameter(line: Line, call: str, path: str) -> None:
    whole(getattr(line.api, call)(), read(line, f"/v2/bot/{path}"))


@pytest.mark.parametrize("way", ["reply", "push", "multicast", "broadcast"])
def test_counts_by_the_day(line: Line, way: str) -> None:
    told = getattr(line.api, f"get_number_of_sent_{way}_messages")("20200101")
    whole(told, read(line, f"/v2/bot/message/delivery/{way}?date=20200101"))


def test_people_and_groups(line: Line) -> None:
    group = f"/v2/bot/group/{line.group}"
    whole(line.api.get_profile(line.user), read(line, f"/v2/bot/profile/{line.user}"))
    whole(line.api.get_group_summary(line.group), read(line, f"{group}/summary"))
    whole(line.api.get_group_member_count(line.group), read(line, f"{group}/members/count"))
    whole(line.api.get_group_members_ids(line.group), read(line, f"{group}/members/ids"))
    whole(line.api.get_group_member_profile(line.group, line.user), read(line, f"{group}/member/{line.user}"))
    assert len(line.api.issue_link_token(line.user).link_token) == 32


def test_statistics(line: Line) -> None:
    delivery = "/v2/bot/insight/message/delivery?date=20200101"
    whole(line.insight.get_number_of_message_deliveries("20200101"), read(line, delivery))
    told = line.insight.get_statistics_per_unit(custom_aggregation_unit="news", var_from="20200101", to="20200131")
    assert (told.messages, told.clicks, told.overview.unique_impression) == ([], [], None)


def test_content(line: Line) -> None:
    body = {"userId": line.user, "type": "video", "data": "aGk="}
    sent = line.control("POST", f"groups/{line.group}/media", body)["messageId"]
    assert line.blob.get_message_content(sent) == line.blob.get_message_content_preview(sent) == b"hi"
    assert line.blob.get_message_content_transcoding_by_message_id(sent).status == "succeeded"


def test_rich_menus(line: Line) -> None:
    api, wish = line.api, models.RichMenuRequest.from_dict(MENU)
    api.validate_rich_menu_object(wish)
    made = api.create_rich_menu(wish).rich_menu_id
    headers = {"Content-Type": "image/png"}
    line.blob.set_rich_menu_image(made, body=bytearray(png(800, 300)), _headers=headers)
    assert line.blob.get_rich_menu_image(made) == png(800, 300)
    whole(api.get_rich_menu(made), read(line, f"/v2/bot/richmenu/{made}"))
    whole(api.get_rich_menu_list(), read(line, "/v2/bot/richmenu/list"))
    api.set_default_rich_menu(made)
    api.link_rich_menu_id_to_user(line.user, made)
    assert api.get_default_rich_menu_id().rich_menu_id == api.get_rich_menu_id_of_user(line.user).rich_menu_id == made
    api.unlink_rich_menu_id_from_user(line.user)
    api.cancel_default_rich_menu()
    api.delete_rich_menu(made)


def test_channel_access_tokens(line: Line) -> None:
    oauth = oauth_models.ChannelAccessToken(line.client(oauth_models))
    kid = line.control("POST", "channels/2000000000/assertion-keys", {"publicKey": public_jwk()})["kid"]
    kind, credentials = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_credentials"
    short = oauth.issue_channel_token(credentials, "2000000000", "practice-secret")
    assert oauth.verify_channel_token(short.access_token).expires_in == 2592000
    oauth.revoke_channel_token(short.access_token)
    long = oauth.issue_channel_token_by_jwt(credentials, kind, assertion(kid))
    assert oauth.verify_channel_token_by_jwt(long.access_token).client_id == "2000000000"
    assert oauth.gets_all_valid_channel_access_token_key_ids(kind, assertion(kid)).kids == [long.key_id]
    oauth.revoke_channel_token_by_jwt("2000000000", "practice-secret", long.access_token)
    stateless = oauth.issue_stateless_channel_token(
        credentials, client_id="2000000000", client_secret="practice-secret"
    )
    other = models.MessagingApi(line.client(models, stateless.access_token))
    assert (stateless.expires_in, other.get_bot_info().chat_mode) == (900, "bot")


def test_liff_apps(line: Line) -> None:
    line.control("PUT", f"login-channels/{CHANNEL}", {"redirectUris": [], "clientSecret": SECRET})
    oauth = oauth_models.ChannelAccessToken(line.client(oauth_models))
    token = oauth.issue_channel_token("client_credentials", CHANNEL, SECRET).access_token
    api = liff_models.Liff(line.client(liff_models, token))
    view = liff_models.LiffView(type="full", url="https://example.com/")
    added = api.add_liff_app(liff_models.AddLiffAppRequest(view=view)).liff_id
    api.update_liff_app(added, liff_models.UpdateLiffAppRequest(view=liff_models.UpdateLiffView(type="tall")))
    told = api.get_all_liff_apps()
    whole(told, fetch(f"{line.url}/liff/v1/apps", authorization=f"Bearer {token}")[1])
    api.delete_liff_app(added)


async def test_the_parser_reads_every_event_whole(world: World) -> None:
    await eventful(world)
    parser = WebhookParser("practice-secret")
    for body, headers in world.heard:
        [event] = parser.parse(body.decode(), headers["x-line-signature"])
        assert not isinstance(event, UnknownEvent)
        whole(event, json.loads(body)["events"][0])


async def test_reading_marks_by_the_tokens_of_events(line: Line, world: World) -> None:
    await world.say()
    parser = WebhookParser("practice-secret")
    body, headers = world.heard[-1]
    [event] = parser.parse(body.decode(), headers["x-line-signature"])
    request = models.MarkMessagesAsReadByTokenRequest(markAsReadToken=event.message.mark_as_read_token)
    assert await world.call("POST", "/v2/bot/chat/markAsRead", request.to_dict()) == {}
    with pytest.raises(models.ApiException) as refusal:
        line.api.mark_messages_as_read_by_token(request)
    assert refusal.value.status == 400
