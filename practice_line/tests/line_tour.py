"""One call of every endpoint of LINE's that practice-line has, in an order in which all of them succeed."""

from typing import Any

from practice_client import World, text
from test_sdk_node import png

CHANNEL, SECRET = "1234567890", "0123456789abcdef0123456789abcdef"
MENU = {
    "size": {"width": 800, "height": 300},
    "selected": True,
    "name": "เมนู",
    "chatBarText": "เมนู",
    "areas": [{"bounds": {"x": 0, "y": 0, "width": 800, "height": 300}, "action": {"type": "postback", "data": "m"}}],
}


async def tour(world: World) -> None:
    """Everything there is, once at least."""
    await world.call("PUT", "/_practice/rules", {"verified": True})
    await send(world)
    await ask(world)
    await look_at_media(world)
    await change_menus(world)
    await change_liff_apps(world)
    await world.call("POST", f"/v2/bot/group/{world.group}/leave")


async def send(world: World) -> None:
    message, user = "/v2/bot/message", world.users[0]
    assert (await world.reply(await world.token())).status == 200
    assert (await world.push()).status == 200
    unit = {"messages": [text()], "customAggregationUnits": ["news"]}
    await world.call("POST", f"{message}/multicast", {"to": [user], **unit})
    await world.call("POST", f"{message}/broadcast", {"messages": [text()]})
    narrow = await world.request("POST", f"{message}/narrowcast", {"messages": [text()]})
    assert narrow.status == 202
    request_id = narrow.headers["x-line-request-id"]
    await world.call("GET", f"{message}/progress/narrowcast?requestId={request_id}")
    await world.call("GET", f"/v2/bot/insight/message/event?requestId={request_id}")
    for way in ("reply", "push", "multicast", "narrowcast", "broadcast"):
        await world.call("POST", f"{message}/validate/{way}", {"messages": [text()]})
    for way in ("reply", "push", "multicast", "broadcast"):
        await world.call("GET", f"{message}/delivery/{way}?date=20260114")
    token = world.events[-1]["message"]["markAsReadToken"]
    await world.call("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": token})
    loading = await world.request("POST", "/v2/bot/chat/loading/start", {"chatId": user, "loadingSeconds": 10})
    assert loading.status == 202


async def ask(world: World) -> None:
    group, user = f"/v2/bot/group/{world.group}", world.users[0]
    for path in ("message/quota", "message/quota/consumption", "info", f"profile/{user}", "followers/ids?limit=2"):
        await world.call("GET", f"/v2/bot/{path}")
    for path in ("summary", "members/count", "members/ids", f"member/{user}"):
        await world.call("GET", f"{group}/{path}")
    for path in ("aggregation/info", "aggregation/list?limit=5"):
        await world.call("GET", f"/v2/bot/message/{path}")
    await world.call("GET", "/v2/bot/insight/message/delivery?date=20260114")
    days = "from=20260101&to=20260131"
    await world.call("GET", f"/v2/bot/insight/message/event/aggregation?customAggregationUnit=news&{days}")
    await world.call("POST", f"/v2/bot/user/{user}/linkToken")
    webhook = "/v2/bot/channel/webhook"
    await world.call("PUT", f"{webhook}/endpoint", {"endpoint": "http://127.0.0.1:9/callback"})
    await world.call("GET", f"{webhook}/endpoint")
    await world.call("POST", f"{webhook}/test", {})


async def look_at_media(world: World) -> None:
    body = {"userId": world.users[0], "type": "video", "data": "aGk="}
    sent = await world.call("POST", f"/_practice/groups/{world.group}/media", body)
    content = f"/v2/bot/message/{sent['messageId']}/content"
    for path in (content, f"{content}/preview", f"{content}/transcoding"):
        assert (await world.request("GET", path)).status == 200


async def change_menus(world: World) -> None:
    menus, user = "/v2/bot/richmenu", f"/v2/bot/user/{world.users[0]}/richmenu"
    default = "/v2/bot/user/all/richmenu"
    await world.call("POST", f"{menus}/validate", MENU)
    menu = (await world.call("POST", menus, MENU))["richMenuId"]
    content = f"{menus}/{menu}/content"
    assert (await world.request("POST", content, png(800, 300), content_type="image/png")).status == 200
    assert (await world.request("GET", content)).content == png(800, 300)
    for path in (f"{default}/{menu}", f"{user}/{menu}"):
        await world.call("POST", path)
    for path in (f"{menus}/list", f"{menus}/{menu}", default, user):
        await world.call("GET", path)
    for path in (default, user, f"{menus}/{menu}"):
        await world.call("DELETE", path)


async def login_token(world: World) -> str:
    """A short-lived channel access token of a login channel."""
    settings = {"redirectUris": ["http://127.0.0.1:9/back"], "clientSecret": SECRET}
    await world.call("PUT", f"/_practice/login-channels/{CHANNEL}", settings)
    form = f"grant_type=client_credentials&client_id={CHANNEL}&client_secret={SECRET}".encode()
    issued = await world.request("POST", "/v2/oauth/accessToken", form)
    assert issued.status == 200, issued
    token: str = issued.json["access_token"]
    return token


async def change_liff_apps(world: World) -> None:
    apps, authorization = "/liff/v1/apps", f"Bearer {await login_token(world)}"

    async def call(method: str, path: str, body: Any = None) -> Any:
        answer = await world.request(method, path, body, authorization=authorization)
        assert answer.status == 200, answer
        return answer.json

    view = {"type": "full", "url": "https://example.com/app"}
    liff_id = (await call("POST", apps, {"view": view, "description": "แอป"}))["liffId"]
    assert [app["liffId"] for app in (await call("GET", apps))["apps"]] == [liff_id]
    await call("PUT", f"{apps}/{liff_id}", {"view": {"type": "tall"}})
    await call("DELETE", f"{apps}/{liff_id}")
