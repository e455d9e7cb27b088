"""The pytest plugin, used as a stranger would use it: in a pytest of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from practice_line.pytest_plugin import PracticeLine, PracticeLineProcess

SOURCES = Path(__file__).parent.parent / "src"
README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


@pytest.fixture(params=["practice_line", "practice_line_in_process"])
def practice(request: pytest.FixtureRequest) -> PracticeLine:
    found: PracticeLine = request.getfixturevalue(request.param)
    return found


def test_both_ways_are_the_same_platform(practice: PracticeLine) -> None:
    client = practice.client
    user = client.person("ก")
    group = client.group("ข", [user])
    message = client.say(group, user, "สวัสดี")
    [line] = client.transcript(group=group)
    assert (line["id"], line["from"], line["way"]) == (message, user, "member")
    assert (practice.token, practice.secret) == ("practice-token", "practice-secret")
    assert practice.url.startswith("http://127.0.0.1:")


@pytest.mark.practice_line(seed=7, webhook="http://127.0.0.1:9/callback", reply_token_seconds=30)
def test_options(practice: PracticeLine) -> None:
    assert practice.client.call("GET", "/_practice/bot")["webhook"] == "http://127.0.0.1:9/callback"
    assert practice.client.call("GET", "/_practice/rules")["replyTokenSeconds"] == 30
    assert (
        practice.client.person("ก") == "U" + practice.client.call("GET", "/_practice/people")["people"][0]["userId"][1:]
    )


def test_a_seed_gives_the_same_identifiers(tmp_path: Path) -> None:
    def first_person(number: int) -> str:
        practice = PracticeLineProcess(["--seed", "7"], tmp_path / f"{number}.log")
        try:
            return practice.client.person("ก")
        finally:
            practice.stop()

    assert first_person(1) == first_person(2)


def test_it_can_be_killed_and_started_again(tmp_path: Path) -> None:
    practice = PracticeLineProcess(["--state", str(tmp_path / "line.sqlite")], tmp_path / "log")
    try:
        user = practice.client.person("ก")
        practice.kill()
        with pytest.raises(OSError):
            practice.client.clock()
        practice.start()
        assert practice.client.call("GET", "/_practice/people")["people"][0]["userId"] == user
    finally:
        practice.stop()


def test_why_it_did_not_start_is_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="cannot use the state file"):
        PracticeLineProcess(["--state", str(tmp_path / "no" / "line.sqlite")], tmp_path / "log")


def run_pytest(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(source, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p practice_line.pytest_plugin --strict-markers -W error\n")
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=100
    )


def test_the_test_in_the_readme(tmp_path: Path) -> None:
    blocks = [block.partition("```")[0] for block in README.split("```python\n")[1:]]
    [source] = [block for block in blocks if "def test_" in block]
    done = run_pytest(tmp_path, source)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{source.count('def test_')} passed" in done.stdout


@pytest.mark.parametrize(
    ("marks", "fixture", "said"),
    [
        (
            "sed=7",
            "practice_line",
            "practice_line has no option sed; it has seed, webhook, state, reply_token_seconds.",
        ),
        ("state='x'", "practice_line_in_process", "practice_line_in_process lives in memory"),
    ],
)
def test_a_wrong_option_is_said(tmp_path: Path, marks: str, fixture: str, said: str) -> None:
    source = f"import pytest\n\n\n@pytest.mark.practice_line({marks})\ndef test_it({fixture}):\n    pass\n"
    done = run_pytest(tmp_path, source)
    assert done.returncode == 1
    assert said in done.stdout


def test_it_stops_when_asked_before_it_has_quite_begun(tmp_path: Path) -> None:
    practice = PracticeLineProcess([], tmp_path / "log")
    practice.stop()  # at once: the server has only just said where it will be
    assert practice.exit_code == 0
