"""Rich menus for the bot: what is refused and how, pictures, whose menu is whose."""

import struct
from typing import Any

import pytest
from line_tour import MENU
from practice_client import Answer, World
from practice_line.pictures import picture_size
from practice_line.rich_menus import MOST_MENUS
from test_sdk_node import png

MENUS, NOBODY = "/v2/bot/richmenu", "U" + "0" * 32


def jpeg(width: int, height: int) -> bytes:
    """As much of a JPEG as tells its size: an APP0 segment, a padding byte, a start of frame."""
    return b"\xff\xd8\xff\xe0\x00\x04xx\xff\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" * 20


async def make(world: World, **changes: Any) -> str:
    menu_id: str = (await world.call("POST", MENUS, {**MENU, **changes}))["richMenuId"]
    return menu_id


async def give(world: World, menu_id: str, data: bytes, kind: str = "image/png") -> Answer:
    return await world.request("POST", f"{MENUS}/{menu_id}/content", data, content_type=kind)


async def test_a_menu_is_kept_as_it_was_made(world: World) -> None:
    menu_id = await make(world)
    assert await world.call("GET", f"{MENUS}/{menu_id}") == {"richMenuId": menu_id, **MENU}
    assert await world.call("GET", f"{MENUS}/list") == {"richmenus": [{"richMenuId": menu_id, **MENU}]}
    await world.call("DELETE", f"{MENUS}/{menu_id}")
    assert await world.call("GET", f"{MENUS}/list") == {"richmenus": []}
    for method, path in (("GET", menu_id), ("DELETE", menu_id), ("GET", f"{menu_id}/content")):
        answer = await world.request(method, f"{MENUS}/{path}")
        assert (answer.status, answer.json) == (404, {"message": "Not found"})


def area(**action: Any) -> dict[str, Any]:
    return {"areas": [{"bounds": {"x": 0, "y": 0, "width": 1, "height": 1}, "action": action}]}


@pytest.mark.parametrize(
    ("changes", "details"),
    [
        ({"name": None}, [("must be specified", "name")]),
        ({"selected": None}, [("must be specified", "selected")]),
        ({"selected": "yes"}, [("invalid property", "selected")]),
        ({"chatBarText": "ก" * 15}, [("must not be longer than 14 characters", "chatBarText")]),
        ({"name": "ก" * 301}, [("must not be longer than 300 characters", "name")]),
        ({"size": {"width": 799, "height": 300}}, [("invalid property", "size.width")]),
        ({"size": {"width": 800, "height": 249}}, [("invalid property", "size.height")]),
        ({"size": {"width": 800, "height": 552}}, [("invalid property", "size.height")]),
        ({"areas": [{}]}, [("must be specified", "areas[0].bounds"), ("must be specified", "areas[0].action")]),
        ({"areas": [MENU["areas"][0]] * 21}, [("size must be between 0 and 20", "areas")]),  # type: ignore[index]
        (area(type="uri", uri="https://"), [("invalid uri", "areas[0].action.uri")]),
        (area(type="uri", uri="ftp://example.org"), [("invalid uri scheme", "areas[0].action.uri")]),
        (area(type="postback", data="ก" * 301), [("must not be longer than 300 characters", "areas[0].action.data")]),
    ],
    ids=range(13),
)
async def test_wrong_menus(world: World, changes: dict[str, Any], details: list[tuple[str, str]]) -> None:
    told = [{"message": message, "property": where} for message, where in details]
    for path in (MENUS, f"{MENUS}/validate"):
        answer = await world.request("POST", path, {**MENU, **changes})
        expected = {"message": f"The request body has {len(told)} error(s)", "details": told}
        assert (answer.status, answer.json) == (400, expected)
    assert await world.call("GET", f"{MENUS}/list") == {"richmenus": []}


async def test_validation_makes_nothing(world: World) -> None:
    assert await world.call("POST", f"{MENUS}/validate", MENU) == {}
    assert await world.call("GET", f"{MENUS}/list") == {"richmenus": []}


async def test_a_thousand_menus_at_most(world: World) -> None:
    for _ in range(MOST_MENUS):
        world.platform.rich_menus.create(MENU)
    answer = await world.request("POST", MENUS, MENU)
    assert (answer.status, "1000" in answer.json["message"]) == (400, True)


@pytest.mark.parametrize(
    ("data", "kind", "status", "message"),
    [
        (png(800, 552), "image/png", 400, "The image size is not allowed for richmenu"),
        (png(799, 300), "image/png", 400, "The image size is not allowed for richmenu"),
        (png(2501, 300), "image/png", 400, "The image size is not allowed for richmenu"),
        (b"GIF89a" + b"\0" * 30, "image/png", 400, "The image size is not allowed for richmenu"),
        (png(800, 300) + b"\0" * 1024 * 1024, "image/png", 400, "The image size is not allowed for richmenu"),
        (png(800, 300), "image/webp", 415, "The content type, image/webp, is not supported"),
    ],
    ids=range(6),
)
async def test_wrong_pictures(world: World, data: bytes, kind: str, status: int, message: str) -> None:
    answer = await give(world, await make(world), data, kind)
    assert (answer.status, answer.json) == (status, {"message": message})


async def test_a_picture_is_given_once(world: World) -> None:
    menu_id = await make(world)
    assert (await world.request("GET", f"{MENUS}/{menu_id}/content")).status == 404
    assert (await give(world, menu_id, jpeg(1200, 405), "image/jpeg")).json == {}
    got = await world.request("GET", f"{MENUS}/{menu_id}/content")
    assert (got.content, got.headers["content-type"]) == (jpeg(1200, 405), "image/jpeg")
    again = await give(world, menu_id, png(800, 300))
    assert again.json == {"message": "An image has already been uploaded to the richmenu"}


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(3, 2), (3, 2)),
        (jpeg(1200, 405), (1200, 405)),
        (jpeg(1200, 405)[:12], None),
        (b"\xff\xd8\xff\xe0\x00\x00\xff\xd9", None),
        (b"\xff\xd8" + b"\xff" * 50, None),
        (png(3, 2)[:20], None),
        (b"", None),
    ],
    ids=range(7),
)
def test_the_size_of_a_picture(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size


async def test_without_a_picture_nobody_gets_it(world: World) -> None:
    menu_id = await make(world)
    told = {"message": "must upload richmenu image before applying it to user"}
    for path in (f"/v2/bot/user/all/richmenu/{menu_id}", f"/v2/bot/user/{world.users[0]}/richmenu/{menu_id}"):
        answer = await world.request("POST", path)
        assert (answer.status, answer.json) == (400, told)


async def test_everybody_s_menu(world: World) -> None:
    default = "/v2/bot/user/all/richmenu"
    assert (await world.request("GET", default)).json == {"message": "no default richmenu"}
    first, second = await make(world), await make(world)
    for menu_id in (first, second):
        await give(world, menu_id, png(800, 300))
        assert await world.call("POST", f"{default}/{menu_id}") == {}
        assert await world.call("GET", default) == {"richMenuId": menu_id}
    assert await world.call("DELETE", default) == {}
    assert (await world.request("GET", default)).status == 404
    assert (await world.request("POST", f"{default}/richmenu-none")).status == 404


async def test_one_s_own_menu(world: World) -> None:
    path = f"/v2/bot/user/{world.users[0]}/richmenu"
    assert (await world.request("GET", path)).json == {"message": "the user has no richmenu"}
    menu_id = await make(world)
    await give(world, menu_id, png(800, 300))
    assert await world.call("POST", f"{path}/{menu_id}") == {}
    assert await world.call("GET", path) == {"richMenuId": menu_id}
    assert await world.call("DELETE", path) == {}
    assert (await world.request("GET", path)).status == 404
    await world.call("POST", f"/v2/bot/user/{NOBODY}/richmenu/{menu_id}")
    assert (await world.request("GET", f"/v2/bot/user/{NOBODY}/richmenu")).status == 404
    for method, wrong in (("GET", ""), ("DELETE", ""), ("POST", f"/{menu_id}")):
        answer = await world.request(method, f"/v2/bot/user/me/richmenu{wrong}")
        assert answer.json == {"message": "The value for the 'userId' parameter is invalid"}
    assert (await world.request("POST", f"{path}/richmenu-none")).status == 404


async def test_deleting_a_menu_takes_it_from_everybody(world: World) -> None:
    menu_id = await make(world)
    await give(world, menu_id, png(800, 300))
    paths = ["/v2/bot/user/all/richmenu", f"/v2/bot/user/{world.users[0]}/richmenu"]
    for path in paths:
        await world.call("POST", f"{path}/{menu_id}")
    await world.call("DELETE", f"{MENUS}/{menu_id}")
    assert [(await world.request("GET", path)).status for path in paths] == [404, 404]


async def test_menus_are_kept_in_the_state_file(world: World, tmp_path: Any) -> None:
    from practice_line.platform import Platform

    menu_id = await make(world)
    await give(world, menu_id, png(800, 300))
    await world.call("POST", f"/v2/bot/user/{world.users[0]}/richmenu/{menu_id}")
    world.platform.save_to(tmp_path / "line.sqlite")
    platform = Platform(tmp_path / "line.sqlite")
    shown = platform.rich_menus.shown_to(world.users[0])
    assert shown is not None
    assert (shown.id, platform.rich_menus.image(menu_id)) == (menu_id, (png(800, 300), "image/png"))
    platform.close()
