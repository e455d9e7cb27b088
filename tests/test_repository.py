"""The repository checks itself: its budgets, its order, its documents, and what it says about personal data."""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from saisaat.actions.admit import add_person
from saisaat.actions.comment import Author, comment_by_name
from saisaat.cli import Wiring, parser
from saisaat.domain.roles import Actor
from saisaat.records.personal import _BY_CLASS, FIELDS, Kept
from saisaat.records.sealing import unseal
from tests.cast import Cast
from tests.factories import NOW
from tools import reference

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LONGEST_FILE, LONGEST_FUNCTION, HEAVIEST_PICTURE = 400, 50, 300_000
PYTHON_FOLDERS = ("saisaat", "practice_line", "tests", "benchmarks", "tools")
READMES = ("README.md", "README.th.md")


@cache
def files() -> tuple[str, ...]:
    """What is or may be committed: tracked files and new ones that are not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file()))


@cache
def text(name: str) -> str:
    """A file's text, "" where it is not text."""
    try:
        return (ROOT / name).read_bytes().decode()
    except UnicodeDecodeError:
        return ""


def python_files(*folders: str) -> list[str]:
    wanted = tuple(f"{folder}/" for folder in folders or PYTHON_FOLDERS)
    return [name for name in files() if name.endswith(".py") and name.startswith(wanted) and "/migrations/" not in name]


def documents() -> list[str]:
    return [name for name in files() if name.endswith(".md")]


def imports(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text(name))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative imports hide where a thing comes from"
            yield node.module or ""


# Budgets and order


def test_no_file_is_too_long() -> None:
    lengths = {name: text(name).count("\n") for name in python_files()}
    assert lengths, "git lists no Python file"
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    found = {}
    for name in python_files():
        for node in ast.walk(ast.parse(text(name))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found[f"{name}:{node.lineno} {node.name}"] = length
    assert found == {}


def test_imports_point_downwards() -> None:
    done = subprocess.run([BIN / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_domain_is_standard_library_only() -> None:
    found = {
        (name, module)
        for name in python_files("saisaat/domain")
        for module in imports(name)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("saisaat.domain")
    }
    assert found == set()


@pytest.mark.parametrize(("package", "stranger"), [("saisaat", "practice_line"), ("practice_line", "saisaat")])
def test_the_product_and_the_practice_line_do_not_know_each_other(package: str, stranger: str) -> None:
    assert [name for name in python_files(package) if stranger in {m.split(".")[0] for m in imports(name)}] == []


def test_every_module_says_what_it_is_for() -> None:
    """By its own docstring, or by that of the class it is named after (records: one class a file)."""
    found = []
    for name in python_files("saisaat", "practice_line/src"):
        tree = ast.parse(text(name))
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        named = Path(name).stem.replace("_", "")
        main = [node for node in classes if node.name.lower() == named]
        if tree.body and not ast.get_docstring(tree) and not any(ast.get_docstring(node) for node in main or classes):
            found.append(name)
    assert [name for name in found if not name.endswith("/apps.py")] == []


# Packages


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_dependency_says_why(name: str) -> None:
    lines = [line for line in text(name).splitlines() if line and not line.startswith(("#", "-c"))]
    assert lines
    assert [line for line in lines if not re.search(r"\S\s+# \w.{4,}", line)] == []


@pytest.mark.parametrize("name", [name for name in files() if name.endswith(".lock")])
def test_locks_name_hashes_and_no_address(name: str) -> None:
    assert [line for line in text(name).splitlines() if re.search(r"https?://|index-url|find-links", line)] == []
    pins = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text(name)))
    assert pins
    assert [pin for pin in pins if not re.match(r"[\w.\[\]-]+==\S+.*--hash=sha256:[0-9a-f]{64}", pin, re.DOTALL)] == []


def test_no_file_tells_of_a_machine() -> None:
    """No registry's host, no absolute path of a computer. The needles are put together here, so as not to be found."""
    hosts = [
        "py" + "pi.org",
        "python" + "hosted.org",
        "registry." + "npmjs",
        "art" + "ifactory",
        "nex" + "us/repository",
    ]
    folders = [f"/{name}/" for name in ("work", "root", "home", "Users")] + ["C:" + "\\Users"]
    if len(ROOT.parts) > 2:
        folders.append(str(ROOT))
    needles = re.compile("|".join([*map(re.escape, hosts), *(rf"(?<![\w./:-]){re.escape(each)}" for each in folders)]))
    assert {name: match.group() for name in files() if (match := needles.search(text(name)))} == {}


# Documents


def test_the_generated_reference_is_not_stale() -> None:
    assert reference.stale() == [], "run `make docs`"


def test_decisions_are_numbered_and_whole() -> None:
    names = [Path(name).name for name in files() if name.startswith("docs/adr/")]
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    for name in names:
        lines = text(f"docs/adr/{name}").splitlines()
        assert re.fullmatch(rf"# {name[:4]} \S.*", lines[0]), name
        assert re.fullmatch(r"(Accepted|Superseded by \d{4}), \d{4}-\d\d-\d\d", lines[2]), name
        assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"], (
            name
        )


def test_decisions_that_are_cited_exist() -> None:
    numbers = {Path(name).name[:4] for name in files() if name.startswith("docs/adr/")}
    cited = {(name, number) for name in files() for number in re.findall(r"\badr/(\d{4})", text(name))}
    assert {(name, number) for name, number in cited if number not in numbers} == set()


def test_links_lead_somewhere() -> None:
    found = []
    for name in documents():
        for target in re.findall(r"(?:\]\(|src=\")([^)\"\s#]+)", text(name)):
            if "://" not in target and not (ROOT / name).parent.joinpath(target).exists():
                found.append((name, target))
    assert found == []


def test_documents_named_in_the_code_exist() -> None:
    cited = {(name, path) for name in python_files() for path in re.findall(r"\bdocs/[\w/-]+\.md", text(name))}
    assert {(name, path) for name, path in cited if not (ROOT / path).exists()} == set()


def test_make_targets_that_are_told_of_exist() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", text("Makefile")))
    told = {(name, target) for name in documents() for target in re.findall(r"`?\bmake ([a-z]+)`", text(name))}
    blocks = {(name, line[5:]) for name in documents() for line in _commands(name) if line.startswith("make ")}
    assert told | blocks
    assert {(name, target) for name, target in told | blocks if target not in targets} == set()


def test_both_readmes_tell_the_same() -> None:
    english, thai = ({"commands": _commands(name), "links": _links(name), "heads": _heads(name)} for name in READMES)
    assert english == thai


def test_the_readme_tells_of_this_version() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert f"## {version}" in text("CHANGELOG.md")


def test_pictures_are_light_and_shown() -> None:
    names = [name for name in files() if name.startswith("docs/pictures/")]
    assert names
    assert {
        name: (ROOT / name).stat().st_size for name in names if (ROOT / name).stat().st_size > HEAVIEST_PICTURE
    } == {}
    assert [name for name in names if name not in text("README.md")] == []


def test_the_notice_names_what_is_carried_along() -> None:
    """Every folder with a font, or with a licence of its own."""
    marks = (".ttf", ".otf", ".woff", ".woff2", "/LICENSE", "/OFL.txt")
    folders = {str(Path(name).parent) for name in files() if name.endswith(marks) and "/" in name}
    assert folders
    assert [folder for folder in sorted(folders) if folder not in text("NOTICE")] == []


def _commands(name: str) -> list[str]:
    """The command lines in a document's sh blocks, without their remarks."""
    blocks = re.findall(r"```sh\n(.*?)```", text(name), re.DOTALL)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def _links(name: str) -> list[str]:
    found = re.findall(r"(?:\]\(|src=\")([^)\"\s]+)", text(name))
    return [link for link in found if not link.startswith("README")]


def _heads(name: str) -> int:
    return len(re.findall(r"(?m)^## ", text(name)))


# Commands


def _nothing() -> Wiring:
    return Wiring(**dict.fromkeys(Wiring.__dataclass_fields__, lambda *_, **__: 0))


@pytest.mark.parametrize("program", ["saisaat", "practice-line"])
def test_the_commands_are_installed(program: str) -> None:
    done = subprocess.run([BIN / program, "--help"], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert f"usage: {program}" in done.stdout


@pytest.mark.parametrize("command", [each.prog for each in reference._commands(parser(_nothing()))])
def test_every_command_helps(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser(_nothing()).parse_args([*command.split()[1:], "--help"])
    assert ended.value.code == 0
    assert f"usage: {command}" in capsys.readouterr().out


def test_commands_in_the_documents_are_understood() -> None:
    """Every `saisaat` line of a document's sh blocks parses; a word it does not know would end the program."""
    lines = [(name, line) for name in documents() for line in _commands(name) if re.search(r"(^|/|\s)saisaat\s", line)]
    assert lines
    for name, line in lines:
        words = shlex.split(line)
        start = next(n for n, word in enumerate(words) if word in {"saisaat", ".venv/bin/saisaat"})
        stop = next((n for n, word in enumerate(words) if word in {">", "|", "&&"}), len(words))
        try:
            parser(_nothing()).parse_args(words[start + 1 : stop])
        except SystemExit as ended:
            pytest.fail(f"{name}: {line} ends with {ended.code}")


# Personal data


_HOLD_TEXT_OR_BYTES = (
    models.CharField, models.TextField, models.BinaryField, models.JSONField, models.UUIDField,
    models.FileField, models.GenericIPAddressField, models.FilePathField,
)  # fmt: skip
_HOLD_NEITHER = (
    models.IntegerField, models.FloatField, models.DecimalField, models.BooleanField, models.DateField,
    models.TimeField, models.DurationField, models.ForeignKey,
)  # fmt: skip


def _stored() -> dict[str, Any]:
    """Every field of our own tables that could hold words, as "Model.field"."""
    found = {}
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, _HOLD_TEXT_OR_BYTES) or not isinstance(field, _HOLD_NEITHER):
                found[f"{model.__name__}.{field.name}"] = field
    return found


def test_every_stored_text_is_classified() -> None:
    assert set(_stored()) - set(FIELDS) == set(), "say in records/personal.py what these tell about people"
    assert set(FIELDS) - set(_stored()) == set(), "records/personal.py names fields that are no more"
    assert len(FIELDS) == sum(len(fields.split()) for table in _BY_CLASS.values() for fields in table.values())


def test_sealed_fields_can_hold_nothing_readable() -> None:
    fields = _stored()
    for name, kept in FIELDS.items():
        if kept is Kept.SEALED:
            assert isinstance(fields[name], models.BinaryField), name
        if kept is Kept.KEYED_HASH:
            assert fields[name].max_length == 64, name


def test_sealed_words_stand_nowhere_readable(cast: Cast) -> None:
    """A name and a comment are looked for in every column of every row of every table."""
    name, words = "ชื่อที่ไม่มีใครใช้", "ความเห็นที่ต้องหาไม่พบ"
    by = Actor.system("tests")
    person = add_person(office=cast.office, name=name, position="ลูกจ้างประจำ", staff_type="permanent", by=by, now=NOW)
    comment = comment_by_name(delivery=cast.delivery(), text=words, author=Author("a" * 64, name), now=NOW)
    assert person.name == name and unseal(comment.key, comment.text_sealed) == words
    for model in apps.get_app_config("records").get_models():
        for row in model.everywhere.values_list():  # type: ignore[attr-defined]
            for value in row:
                shown = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                assert name.encode() not in shown and words.encode() not in shown, model.__name__
