"""LINE's LIFF server API: the apps of one login channel, added, listed, changed in part and deleted."""

from typing import Any

import pytest
from line_tour import login_token
from practice_client import Answer, World

APPS = "/liff/v1/apps"
VIEW = {"type": "full", "url": "https://example.com/app"}


class Channel:
    """Calls with a login channel's token."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token

    async def request(self, method: str, path: str = "", body: Any = None) -> Answer:
        return await self.world.request(method, f"{APPS}{path}", body, authorization=f"Bearer {self.token}")

    async def add(self, **settings: Any) -> str:
        answer = await self.request("POST", "", {"view": VIEW, **settings})
        assert answer.status == 200, answer
        liff_id: str = answer.json["liffId"]
        return liff_id

    async def apps(self) -> list[dict[str, Any]]:
        return list((await self.request("GET")).json["apps"])


@pytest.fixture
async def channel(world: World) -> Channel:
    return Channel(world, await login_token(world))


async def test_an_app_has_line_s_usual_settings(channel: Channel) -> None:
    liff_id = await channel.add()
    assert liff_id.startswith("1234567890-")
    assert len(liff_id) == 19
    assert await channel.apps() == [
        {
            "liffId": liff_id,
            "view": VIEW,
            "features": {"ble": False, "qrCode": False},
            "permanentLinkPattern": "concat",
            "scope": ["profile", "chat_message.write"],
            "botPrompt": "none",
        }
    ]


async def test_only_what_is_named_is_changed(channel: Channel) -> None:
    liff_id = await channel.add(description="แอป", scope=["openid"], features={"qrCode": True})
    changes = {"view": {"type": "tall", "moduleMode": True}, "botPrompt": "normal"}
    answer = await channel.request("PUT", f"/{liff_id}", changes)
    assert (answer.status, answer.content) == (200, b"")
    [app] = await channel.apps()
    assert app["view"] == {"type": "tall", "url": "https://example.com/app", "moduleMode": True}
    assert (app["description"], app["scope"], app["botPrompt"]) == ("แอป", ["openid"], "normal")
    assert app["features"]["qrCode"] is True


async def test_the_app_opens_in_the_room(channel: Channel) -> None:
    liff_id, user = await channel.add(scope=["openid"]), channel.world.users[0]
    opened = await channel.world.call("POST", f"/_practice/liff-apps/{liff_id}/open", {"userId": user})
    assert opened["app"]["liffId"] == liff_id


async def test_deleting_an_app(channel: Channel) -> None:
    first, second = await channel.add(), await channel.add()
    answer = await channel.request("DELETE", f"/{first}")
    assert (answer.status, answer.content) == (200, b"")
    assert [app["liffId"] for app in await channel.apps()] == [second]
    for method in ("DELETE", "PUT"):
        assert (await channel.request(method, f"/{first}", {})).status == 404


async def test_thirty_apps_at_most(channel: Channel) -> None:
    for _ in range(30):
        await channel.add()
    assert (await channel.request("POST", "", {"view": VIEW})).status == 400


async def test_another_channel_sees_none_of_it(channel: Channel) -> None:
    liff_id = await channel.add()
    settings = {"redirectUris": [], "clientSecret": "f" * 32}
    await channel.world.call("PUT", "/_practice/login-channels/1111111111", settings)
    form = f"grant_type=client_credentials&client_id=1111111111&client_secret={'f' * 32}".encode()
    issued = await channel.world.request("POST", "/v2/oauth/accessToken", form)
    other = Channel(channel.world, issued.json["access_token"])
    assert (await other.request("GET")).status == 404
    assert (await other.request("PUT", f"/{liff_id}", {})).status == 404
    assert (await other.request("DELETE", f"/{liff_id}")).status == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"view": None},
        {"view": "full"},
        {"view": {"type": "full"}},
        {"view": {"url": "https://example.com/"}},
        {"view": {"type": "huge", "url": "https://example.com/"}},
        {"view": {"type": "full", "url": "http://example.com/"}},
        {"view": {"type": "full", "url": "https://example.com/#top"}},
        {"view": {**VIEW, "moduleMode": "yes"}},
        {"description": "LINE แอป"},
        {"description": 5},
        {"features": {"qrCode": 1}},
        {"features": []},
        {"permanentLinkPattern": "replace"},
        {"scope": ["profile", "everything"]},
        {"scope": "profile"},
        {"botPrompt": "loud"},
    ],
    ids=range(16),
)
async def test_wrong_settings(channel: Channel, wrong: dict[str, Any]) -> None:
    answer = await channel.request("POST", "", {"view": VIEW, **wrong})
    assert (answer.status, set(answer.json)) == (400, {"message"})
    assert (await channel.request("GET")).status == 404


async def test_words_that_only_contain_the_name_are_fine(channel: Channel) -> None:
    await channel.add(description="Online deadline")


@pytest.mark.parametrize("authorization", ["", "Bearer practice-token", "Bearer unknown", "Basic x"])
async def test_who_may_not(world: World, authorization: str) -> None:
    assert (await world.request("GET", APPS, authorization=authorization)).status == 401
