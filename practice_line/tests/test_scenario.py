"""Recorded scenarios: read with every fault named by its line, played against a bot, recorded and played again."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from practice_client import World, action, buttons, fetch, serving
from practice_line.cli import main
from practice_line.client import PracticeClient
from practice_line.player import Failed, Player
from practice_line.scenario import ScenarioError, parse

GREETED = """
seed: 7
steps:
  - person: ก
  - person: {name: ก, as: อีกคน}
  - group: {name: กลุ่ม, members: [ก, อีกคน]}
  - clock: 2026-01-15T09:00:00+07:00
  - quota: 10
  - say: {group: กลุ่ม, person: ก, text: สวัสดี, as: คำทัก}
  - expect: {group: กลุ่ม, way: reply, type: text, contains: สวัสดี, cost: 0, as: คำตอบ}
  - say: {group: กลุ่ม, person: อีกคน, text: ปุ่ม, quoting: คำตอบ}
  - expect: {group: กลุ่ม, type: template, alt: เลือก, button: seen}
  - press: {group: กลุ่ม, person: อีกคน, button: seen}
  - expect: {text: กดแล้ว}
  - edit: {message: คำทัก, text: สวัสดีอีกครั้ง}
  - unsend: {message: คำทัก}
  - sticker: {group: กลุ่ม, person: ก}
  - image: {group: กลุ่ม, person: ก}
  - wait: 2h
  - rules: {redelivery: true}
  - fault: {kind: serverError, endpoint: POST /v2/bot/message/reply, group: กลุ่ม, next: 1}
  - say: {group: กลุ่ม, person: ก, text: สวัสดี}
  - expect-fault: {kind: serverError, accepted: false}
  - expect-none: {within: 0.1}
  - clear-faults
  - leave: {group: กลุ่ม, person: อีกคน}
  - join: {group: กลุ่ม, person: อีกคน}
  - remove-bot: {group: กลุ่ม}
  - invite-bot: {group: กลุ่ม}
  - say: {person: ก, text: สวัสดี}
  - expect: {to: ก, matches: ^สวัสดี}
  - crowd: {group: กลุ่ม, character: quiet}
  - call: {method: DELETE, path: "/_practice/groups/${กลุ่ม}/members/${อีกคน}"}
"""


@pytest.fixture
def bot() -> Iterator[Any]:
    """A bot that greets, shows a button and says when it is pressed; it listens at `url` and calls `line`."""

    class Bot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            for event in json.loads(self.rfile.read(int(self.headers["content-length"])))["events"]:
                answer = self.answer(event)
                if answer is not None:
                    body = {"replyToken": event["replyToken"], "messages": [answer]}
                    fetch(f"{server.line}/v2/bot/message/reply", "POST", body)  # type: ignore[attr-defined]
            self.send_response(200)
            self.end_headers()

        def answer(self, event: dict[str, Any]) -> dict[str, Any] | None:
            if event["type"] == "postback":
                return {"type": "text", "text": "กดแล้ว"}
            if event["type"] != "message" or event["message"]["type"] != "text":
                return None
            if event["message"]["text"] == "ปุ่ม":
                return buttons(action(data="seen"))
            return {"type": "text", "text": f"{event['message']['text']} ค่ะ"}

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bot)
    server.url = f"http://127.0.0.1:{server.server_port}/callback"  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def free_port() -> int:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    return server.server_port


def test_a_scenario_on_a_platform_of_its_own(bot: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "greeted.yaml"
    path.write_text(GREETED, "utf-8")
    port = free_port()
    bot.line = f"http://127.0.0.1:{port}"
    assert main(["play", str(path), "--webhook", bot.url, "--port", str(port)]) == 0, capsys.readouterr().err
    assert capsys.readouterr().out == f"{path}: all 30 steps went as told\n"


def test_a_scenario_is_recorded_and_plays_again(bot: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "recorded.yaml"
    with serving("--webhook", bot.url) as served:
        bot.line = served.url
        scenario = parse(GREETED.replace("redelivery: true", "postbackUserIds: false"))
        Player(PracticeClient(served.url)).play(scenario)
        assert main(["record", "--url", served.url, "--out", str(path)]) == 0
        recorded = path.read_text("utf-8")
        assert main(["record", "--url", served.url]) == 0
        assert capsys.readouterr().out == recorded
        assert main(["play", str(path), "--url", served.url]) == 0, capsys.readouterr().err
    again = parse(recorded)
    wanted = {step.name for step in scenario.steps} - {"wait", "expect-fault", "expect-none"}
    assert {step.name for step in again.steps} == wanted - {"call"} | {"clock"}
    assert sum(step.name == "expect" for step in again.steps) == 4
    assert "ก 2" in recorded


async def test_the_room_s_own_calls_are_recorded_too(world: World) -> None:
    poster = (await world.push(buttons(action(data="seen")))).json["sentMessages"][0]["id"]
    await world.press(poster, "seen")
    await world.call("POST", f"/_practice/chats/{world.group}/read", {"userId": world.users[0], "messageId": poster})
    await world.call("PUT", "/_practice/login-channels/1234567890", {"redirectUris": ["http://127.0.0.1:9/back"]})
    answer = await world.request("GET", "/_practice/scenario")
    assert answer.headers["content-type"].startswith("application/yaml")
    steps = parse(answer.content.decode()).steps
    assert [step.name for step in steps] == ["person"] * 3 + ["group", "expect", "press", "call"]
    assert steps[-2].body["message"] == steps[-3].body["as"]
    assert steps[-1].body["path"] == "/_practice/login-channels/1234567890"


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("- say: {person: ก}", "line 2: say needs `text`"),
        ("- say: {person: ก, text: ข, loud: true}", "line 2: say has no `loud`"),
        ("- say: {person: ก, text: ข}", "line 2: nobody and nothing is called ก by now"),
        ("- person: ก\n- shout: {person: ก}", "line 3: there is no step shout; steps are"),
        ("- person: ก\n- group: {name: ข,\n    members: [ค]}", "line 3: nobody and nothing is called ค by now"),
        ("- person: {name: ก,\n    name: ข}", "line 3: name stands here twice"),
        ("- person: ก\n  group: ข", "line 2: a step is one of"),
        ("- [person]", "line 1: a step is one of"),
        ("- clock: yesterday", "line 2: clock: Invalid isoformat string"),
        ("- clock: 2026-01-15T09:00:00", "line 2: clock: a time needs an offset"),
        ("- wait: long", "line 2: wait: 'long' is no time such as"),
        ("- person: ", "line 2: person needs `name`"),
        ("- expect: {matches: '('}", "line 2: expect: missing )"),
        ("- expect: {within: soon}", "line 2: expect: 'soon' is no time"),
        ("- rules: loud", "line 2: rules takes properties"),
        ("- say: {text: [}", "line 2: "),
        ("- unsend: {message: m1}\n- edit: {message: m1}", "line 2: nobody and nothing is called m1 by now"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    steps: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(f"steps:\n{steps}\n", "utf-8")
    assert main(["play", str(path), "--port", "0"]) == 2
    assert f"practice-line {path}: {said}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "steps: 1", "[]", "steps: []\nstep: []", "seed: x\nsteps: []", "\x00", "a: &a [*a"]
)
def test_what_is_no_scenario(text: str) -> None:
    with pytest.raises(ScenarioError):
        parse(text)


def test_every_fault_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text("steps:\n- say: {}\n- wait: x\n- unsend: {message: m1}\n", "utf-8")
    assert main(["play", str(path)]) == 2
    assert [line.split(": ")[1] for line in capsys.readouterr().err.splitlines()] == ["line 2", "line 3", "line 4"]
    assert main(["play", str(tmp_path / "none.yaml")]) == 2
    path.write_bytes(b"\xff\xfe")
    assert main(["play", str(path)]) == 2


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("- expect: {text: ไม่มีวันพูด, within: 0.1}", "line 5: expect: no such message came. The bot said since then: "),
        ("- expect-none: {within: 5}", "line 5: expect-none: but this came: "),
        ("- expect-fault: {kind: timeout, within: 0.1}", "line 5: expect-fault: no such fault struck"),
        ("- leave: {group: ข, person: ค}", "line 5: leave: ค is not in the group."),
        ("- rules: {loud: true}", "line 5: rules: There is no rule loud."),
        ("- call: {method: GET, path: '/${ง}'}", "line 5: call: nobody and nothing is called 'ง'"),
    ],
)
def test_a_scenario_that_fails_says_where(bot: Any, step: str, said: str) -> None:
    text = (
        f"steps:\n- person: ก\n- group: {{name: ข, members: [ก]}}\n- say: {{group: ข, person: ก, text: ทัก}}\n{step}\n"
    )
    text = text.replace("- person: ก\n", "- person: ก\n- person: ค\n") if "ค" in step else text
    said = said.replace("line 5", "line 6") if "ค" in step else said
    with serving("--webhook", bot.url) as served:
        bot.line = served.url
        with pytest.raises(Failed) as failed:
            Player(PracticeClient(served.url)).play(parse(text))
    assert str(failed.value).startswith(said)


def test_exit_codes(bot: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("steps:\n- expect: {within: 0}\n", "utf-8")
    assert main(["play", str(path), "--port", "0"]) == 1
    assert "line 2: expect: no such message came" in capsys.readouterr().err
    nowhere = f"http://127.0.0.1:{free_port()}"
    assert main(["play", str(path), "--url", nowhere]) == 1
    assert main(["record", "--url", nowhere]) == 1
    assert capsys.readouterr().err.count("practice-line cannot") == 2
    with urlopen(Request(bot.url, b'{"events": []}', method="POST"), timeout=5) as answer:
        assert answer.status == 200
