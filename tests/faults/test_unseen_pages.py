"""The real servers, on an empty folder: what they write down of the pages without names."""

import subprocess
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.faults.serve_stage import PATIENCE, ROOT, ask, command, environment, free_port, until

PATH = "/a/0000000000000000/0000000000000000000000000000"


@pytest.mark.parametrize("server", ["serve", "web"])
def test_no_server_writes_a_line_about_them(tmp_path: Path, server: str) -> None:
    port, log = free_port(), tmp_path / "log"
    ports = ["--port", str(port)] + (["--practice-port", str(free_port())] if server == "serve" else [])
    with log.open("wb") as out:
        process = subprocess.Popen(
            command(server, "--data", tmp_path / "data", *ports), cwd=ROOT, env=environment(), stdout=out, stderr=out
        )
    base = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert process.poll() is None, log.read_text()
        with suppress(OSError, HTTPException):
            return ask("GET", f"{base}/health")[0] == 200
        return False

    try:
        until(answers, "the pages answer", 120)
        said = {(method, path): ask(method, base + path, body)[0] for method, path, body in REQUESTS}
        assert said[("POST", "/i/x/y/press")] in {403, 404}, "an ordinary page, whose refusal is logged"
        until(lambda: "/i/x/y/press" in log.read_text(), "the log is written")
        told = log.read_text()
        assert "/a/" not in told
        assert [said[("GET", path)] for path in (PATH, "/a/receipt")] == [404, 200]
    finally:
        process.terminate()
        process.wait(PATIENCE)


REQUESTS = [
    ("GET", PATH, None),
    ("POST", PATH, b"text=x"),
    ("GET", "/a/receipt", None),
    ("POST", "/a/receipt", b"receipt=x"),
    ("DELETE", PATH, None),
    ("GET", "/a/no/such/page", None),
    ("POST", "/i/x/y/press", b""),
]
