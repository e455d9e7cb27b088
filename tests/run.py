"""`make test`: everything on SQLite, then what needs a database again on PostgreSQL, then practice_line's own tests.

Ends with 0 when all passed, 1 when anything failed. Browser and Node tests that could not run are said loudly.
Under CI=true those of the browser count as failed, and the exhaustive tests run too: every combination of what a sample
stands for otherwise.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ON_POSTGRESQL = ("actions", "intake", "queries", "records", "web")
_PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-p", "no:cacheprovider"]


@dataclass(frozen=True, slots=True)
class Run:
    """One pytest run: its name, how it ended and how long it took."""

    name: str
    passed: bool
    seconds: float


def main() -> int:
    """Run all three; print each run's closing lines as pytest gives them, then one line a run."""
    whole = os.environ.get("CI") == "true"
    chosen = ["tests"] if whole else ["tests", "-m", "not exhaustive"]
    runs = [_pytest("all on SQLite", chosen, {"SAISAAT_DATABASE_URL": ""})]
    runs.append(_on_postgresql())
    runs.append(_pytest("practice_line", ["practice_line/tests"], {}))
    _say("")
    for run in runs:
        _say(f"{'passed' if run.passed else 'FAILED'}  {run.name}  {run.seconds:.0f} s")
    without_browser = shutil.which("chromium") is None
    if without_browser:
        _say("\n" + "=" * 78 + "\n  BROWSER TESTS NOT RUN: there is no chromium on this machine\n" + "=" * 78)
    without_node = not (ROOT / "practice_line/tests/node/node_modules/.installed").is_file()
    if without_node:
        _say("\n" + "=" * 78 + "\n  NODE TESTS NOT RUN: `make node` could not install LINE's packages\n" + "=" * 78)
    if whole and without_browser:
        return 1
    return 0 if all(run.passed for run in runs) else 1


def _on_postgresql() -> Run:
    from tests.postgres import postgresql_server

    name = "database tests on PostgreSQL"
    began = time.monotonic()
    try:
        with postgresql_server() as address:
            folders = [f"tests/{folder}" for folder in ON_POSTGRESQL]
            return _pytest(name, [*folders, "-m", "not slow"], {"SAISAAT_DATABASE_URL": address})
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        _say(f"\nPostgreSQL could not be run: {error}")
        return Run(name, False, time.monotonic() - began)


def _pytest(name: str, arguments: list[str], environment: dict[str, str]) -> Run:
    _say(f"\n== {name} ==")
    began = time.monotonic()
    # Settings of whoever runs the suite are not the suite's.
    own = {name: value for name, value in os.environ.items() if not name.startswith("SAISAAT_")}
    done = subprocess.run([*_PYTEST, *arguments], cwd=ROOT, env=own | environment, check=False)
    return Run(name, done.returncode == 0, time.monotonic() - began)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
