"""The package by itself: built as a wheel it holds everything, and asks for nothing but what it declares."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest

PACKAGE = Path(__file__).parent.parent

# PyJWT's extra `crypto` is this; the plugin is only ever imported by pytest.
BY_AN_EXTRA, BY_ITS_READER = {"cryptography"}, {"pytest_plugin.py": {"pytest"}}

# Runs from the unpacked wheel: it imports whole, finds its pages and knows its commands.
ALONE = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv.pop())
import practice_line
assert practice_line.__file__.startswith(sys.path[0]), practice_line.__file__
for module in pkgutil.walk_packages(practice_line.__path__, "practice_line."):
    if not module.name.endswith((".__main__", ".pytest_plugin")):
        importlib.import_module(module.name)
from practice_line.app import ROOM
assert (ROOM / "index.html").is_file()
assert not {"pytest", "saisaat", "linebot", "django"} & set(sys.modules)
from practice_line.cli import main
main(["--help"])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("tests", "__pycache__", "*.egg-info", "build"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*command, "-w", folder, source], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    [found] = folder.glob("*.whl")
    return found


def test_everything_is_inside(wheel: Path) -> None:
    inside = {name for name in ZipFile(wheel).namelist() if name.startswith("practice_line/")}
    source = PACKAGE / "src"
    wanted = {
        str(path.relative_to(source))
        for path in (source / "practice_line").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"practice_line/room/index.html", "practice_line/py.typed"} <= wanted
    assert inside == wanted


def test_the_commands_and_the_plugin_are_registered(wheel: Path) -> None:
    archive = ZipFile(wheel)
    [entry_points] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
    said = archive.read(entry_points).decode()
    assert "practice-line = practice_line.cli:main" in said
    assert "[pytest11]\npractice_line = practice_line.pytest_plugin" in said


def test_it_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    command = [sys.executable, "-I", "-W", "error", "-c", ALONE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "{serve,play,record}" in done.stdout


def test_it_imports_only_what_it_declares() -> None:
    declared = tomllib.loads((PACKAGE / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[^\w.-]", each)[0].lower() for each in declared} | BY_AN_EXTRA
    modules = {
        module
        for module, owners in metadata.packages_distributions().items()
        if names & {owner.lower().replace("_", "-") for owner in owners}
    }
    allowed = modules | set(sys.stdlib_module_names) | {"practice_line"}
    for path in (PACKAGE / "src").rglob("*.py"):
        strangers = imported(path) - allowed - BY_ITS_READER.get(path.name, set())
        assert not strangers, (path.name, strangers)


def imported(path: Path) -> set[str]:
    """Top-level names of everything a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found
