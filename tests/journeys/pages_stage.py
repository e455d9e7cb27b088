"""A small season behind real pages, in a process of its own: `python -m tests.journeys.pages_stage`.

Prints one JSON line: the address it listens on, and the paths worth a look. Serves until its standard input ends.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the pages are. `paths` by name; `parts` says who of the cast opens a path, "" for anybody's."""

    address: str
    paths: dict[str, str]
    parts: dict[str, str]


@contextmanager
def raised_stage() -> Iterator[Stage]:
    """The stage in a child process. The test settings give it a data folder of its own, gone when it ends."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.pages_stage"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    try:
        assert child.stdout is not None
        told = json.loads(child.stdout.readline())
        yield Stage(told["address"], told["paths"], told["parts"])
    finally:
        child.communicate(timeout=20)


def furnished() -> tuple[dict[str, str], dict[str, str]]:
    """One of everything a page can show: the paths worth a look by name, and who opens each."""
    from django.core.management import call_command

    from saisaat.records import clock
    from tests.cast import ROLES, make_cast
    from tests.factories import NOW
    from tests.scenes import addresses, furnish

    call_command("migrate", verbosity=0)
    clock.move_to(NOW)
    scene = furnish(make_cast())
    paths: dict[str, str] = {}
    parts: dict[str, str] = {}
    for address in addresses():
        if address.look and 200 in address.answers:
            name = address.name if address.name not in paths else f"{address} {' '.join(address.args)}".strip()
            paths[name] = address.path(scene)
            parts[name] = next(part for part in ROLES if address.allows(part)) if address.deed else ""
    return paths, parts


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    paths, parts = furnished()
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Silent)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    told = {"address": f"http://127.0.0.1:{server.server_port}", "paths": paths, "parts": parts}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
