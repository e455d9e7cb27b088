"""The README lists the control API as it is, and its first steps work."""

import re
from pathlib import Path

import pytest
from practice_client import fetch, serving
from practice_line.account_openapi import PICTURES
from practice_line.cli import main
from practice_line.control_openapi import CALLS

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def test_every_control_call_is_listed_with_what_it_does() -> None:
    rows = re.findall(r"^\| `([A-Z]+) (\S+?)` \| (.+?) \|", README, re.MULTILINE)
    listed = {(method.lower(), path): what for method, path, what in rows}
    documented = {(method, path): what for method, path, what, _, _ in CALLS}
    assert listed == documented | {("get", path): what for path, what in PICTURES.items()} | {
        ("get", "/_practice/stream"): listed["get", "/_practice/stream"],
        ("get", "/_practice/openapi.json"): listed["get", "/_practice/openapi.json"],
        ("get", "/_practice/scenario"): listed["get", "/_practice/scenario"],
    }


@pytest.mark.parametrize("command", ["serve", "play", "record"])
def test_every_option_is_named(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert options
    assert options <= set(re.findall(r"--[a-z-]+", README))


def test_the_first_steps_use_the_defaults() -> None:
    with serving("--webhook", "http://127.0.0.1:9/callback") as served:
        assert fetch(f"{served.url}/v2/bot/info")[0] == 200
        assert fetch(f"{served.url}/_practice/bot")[1]["webhook"] == "http://127.0.0.1:9/callback"
        assert fetch(f"{served.url}/v2/bot/info", authorization="Bearer other")[0] == 401
