"""Bad input on the command line: a Thai sentence that says what to do, an exit code, and nothing left behind."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import pikepdf
import pytest
import typst

from saisaat.config.main import main

MB = 1024 * 1024
REFUSAL = re.compile(r"[\u0e01-\u0e5b].*โปรด", re.DOTALL)
COMMANDS = [["proposal", "read"], ["proposal", "read", "--json"], ["rehearse"], ["rehearse", "--out", "season"]]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


Saisaat = Callable[..., Ended]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands run in, empty but for what a test puts there. Its environment is the suite's again."""
    folder = tmp_path / "here"
    passing = tmp_path / "passing"
    folder.mkdir()
    passing.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    for name in ("SAISAAT_DATA", "SAISAAT_DATABASE_URL", "SAISAAT_SQLITE_SYNC", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    return folder


@pytest.fixture
def saisaat(here: Path, capsys: pytest.CaptureFixture[str]) -> Saisaat:
    """Runs a command in this process, which is enough for what ends before the season begins."""

    def run(*arguments: str | Path) -> Ended:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return run


def apart(here: Path, *arguments: str | Path) -> Ended:
    """Runs a command in a process of its own, as a person does."""
    command = [sys.executable, "-m", "saisaat.config.main", *map(str, arguments)]
    root = Path(__file__).parents[2]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SAISAAT_", "DJANGO_"))}
    environment |= {
        "PYTHONPATH": f"{root}{os.pathsep}{root / 'practice_line' / 'src'}",
        "TMPDIR": str(here.parent / "passing"),
    }
    done = subprocess.run(command, cwd=here, env=environment, capture_output=True, timeout=120, check=False)
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def zipped(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def word(document: bytes) -> bytes:
    """A Word file whose text part is `document`."""
    out = io.BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out) as made:
        parts = [(name, made.read(name)) for name in made.namelist()]
    return zipped(*((name, document if name == "word/document.xml" else content) for name, content in parts))


def bomb() -> bytes:
    """A hundred kilobytes that unpack to more than a hundred megabytes."""
    return zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", bytes(101 * MB)))


def lying_bomb() -> bytes:
    """A bomb whose directory says that it is small."""
    packed = bytearray(zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", bytes(8 * MB))))
    size = (8 * MB).to_bytes(4, "little")
    return bytes(packed.replace(size, (100).to_bytes(4, "little")))


def laughs() -> bytes:
    """A few entities that would grow to a billion."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    return word(f"<!DOCTYPE d [{entities}]>{body}<w:t>&e9;</w:t></w:r></w:p></w:body></w:document>".encode())


def deep() -> bytes:
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return word(body + b"<w:tbl><w:tr><w:tc>" * 20_000)


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(typst.compile(b"Project"))) as document:
        document.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    return out.getvalue()


BAD_FILES: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "blank.txt": lambda: "\ufeff \n\t\n".encode(),
    "binary.txt": lambda: bytes(range(256)) * 40,
    "zeros.bin": lambda: bytes(4096),
    "picture.txt": lambda: b"\x89PNG\r\n\x1a\n" + bytes(300),
    "fifty-megabytes.txt": lambda: "โครงการ ".encode() * (50 * MB // 22),
    "garbage.pdf": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "cut.pdf": lambda: typst.compile(b"Project")[:300],
    "locked.pdf": locked_pdf,
    "scan.pdf": lambda: typst.compile(b"#rect()"),
    "garbage.docx": lambda: b"PK\x03\x04" + bytes(range(256)) * 40,
    "other.docx": lambda: zipped(("a.txt", b"a")),
    "not-xml.docx": lambda: word(b"<broken"),
    "old.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "bomb.docx": bomb,
    "lying-bomb.docx": lying_bomb,
    "laughs.docx": laughs,
    "deep.docx": deep,
}


@pytest.fixture(scope="session", params=BAD_FILES)
def bad_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file: Path = tmp_path_factory.mktemp("bad") / request.param
    file.write_bytes(BAD_FILES[request.param]())
    return file


def assert_refused(ended: Ended, here: Path) -> None:
    assert ended.code == 1
    assert ended.out == ""
    assert REFUSAL.search(ended.err), ended.err
    assert "Traceback" not in ended.err
    assert left_behind(here) == []


def left_behind(here: Path) -> list[Path]:
    """What there is now in the folder of the command, and in the one for passing files."""
    return [*here.iterdir(), *(here.parent / "passing").iterdir()]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_that_cannot_be_read_is_refused(
    saisaat: Saisaat, here: Path, bad_file: Path, command: list[str]
) -> None:
    assert_refused(saisaat(*command, bad_file), here)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", ["none.txt", "", "folder", "no/such/folder.txt"])
def test_what_is_no_file_is_refused(
    saisaat: Saisaat, here: Path, tmp_path: Path, command: list[str], name: str
) -> None:
    (tmp_path / "folder").mkdir()
    assert_refused(saisaat(*command, tmp_path / name), here)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_refusal_in_a_process_of_its_own(here: Path, tmp_path: Path, command: list[str]) -> None:
    # A name in the old Thai code page, which no UTF-8 can say.
    file = tmp_path / os.fsdecode("โครงการ.txt".encode("cp874"))
    file.write_bytes(BAD_FILES["binary.txt"]())
    assert_refused(apart(here, *command, file), here)
    assert_refused(apart(here, *command, f"{file}.none"), here)


PROPOSAL = """ชื่อโครงการ โครงการส่งเสริมคุณธรรม
๑. หลักการและเหตุผล
ข้าราชการพึงซื่อสัตย์สุจริต
๒. วัตถุประสงค์
๒.๑ เพื่อเผยแพร่ความรู้
๓. เป้าหมาย
บุคลากร ๑๐๔ คน
๔. วิธีดำเนินการ
เผยแพร่ภาพนิ่ง อย่างน้อยสัปดาห์ละ ๓ เรื่อง
๕. ระยะเวลาดำเนินการ
{period}
๖. งบประมาณ
ไม่ใช้งบประมาณ
"""
WRONG_PERIODS = [
    "๓๑ กุมภาพันธ์ ๒๕๖๓ - ๓๐ กันยายน ๒๕๖๓",
    "๔๕ เมษายน ๒๕๖๓ ถึง ๙๙ กันยายน ๒๕๖๓",
    "๓๐ กันยายน ๒๕๖๓ ถึง ๒๙ เมษายน ๒๕๖๓",
    "๑๕/๑๓/๒๕๖๓ - ๑๕/๑๔/๒๕๖๓",
    "๒๙ เมษายน ๙๙๙๙๙ - ๓๐ กันยายน ๙๙๙๙๙",
    "๐ เมษายน ๐ - ๐ กันยายน ๐",
    "๒๙ เมฆายน ๒๕๖๓",
    "เดือนหน้า",
]


@pytest.mark.parametrize("period", WRONG_PERIODS)
def test_wrong_digits_in_dates_are_asked_about_and_not_guessed(saisaat: Saisaat, tmp_path: Path, period: str) -> None:
    file = tmp_path / "proposal.txt"
    file.write_text(PROPOSAL.format(period=period), encoding="utf-8")
    ended = saisaat("proposal", "read", "--json", file)
    assert (ended.code, ended.err) == (0, "")
    told = json.loads(ended.out)
    assert told["period"] is None
    asked = [warning["message"] for warning in told["warnings"] if warning["field"] == "period"]
    assert asked
    shown = saisaat("proposal", "read", file)
    assert (shown.code, shown.err) == (0, "")
    assert asked[0] in shown.out


@pytest.mark.parametrize("out", [[], ["--out", "season"]], ids=["passing", "kept"])
def test_a_season_without_dates_is_not_rehearsed(here: Path, tmp_path: Path, out: list[str]) -> None:
    file = tmp_path / "proposal.txt"
    file.write_text(PROPOSAL.format(period=WRONG_PERIODS[0]), encoding="utf-8")
    assert_refused(apart(here, "rehearse", *out, file), here)


@pytest.mark.parametrize("command", COMMANDS[:2], ids=" ".join)
def test_a_text_that_is_no_proposal_is_said_to_be_none(
    saisaat: Saisaat, here: Path, tmp_path: Path, command: list[str]
) -> None:
    file = tmp_path / "shopping.txt"
    file.write_text("ไข่ ๑๒ ฟอง\nน้ำปลา ๑ ขวด\n", encoding="utf-8")
    ended = saisaat(*command, file)
    assert ended.code == 1
    assert REFUSAL.search(ended.err)
    assert left_behind(here) == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--frobnicate"],
        ["frobnicate"],
        ["--data"],
        ["proposal"],
        ["proposal", "write", "x.txt"],
        ["proposal", "read"],
        ["proposal", "read", "x.txt", "y.txt"],
        ["proposal", "read", "x.txt", "--frobnicate"],
        ["rehearse"],
        ["rehearse", "x.txt", "--frobnicate"],
        ["rehearse", "x.txt", "--seed", "many"],
        ["rehearse", "x.txt", "--crowd", "angry"],
        ["rehearse", "x.txt", "--duty", "perhaps"],
        ["rehearse", "x.txt", "--until", "tomorrow"],
        ["rehearse", "x.txt", "--until", "2020-02-31"],
        ["rehearse", "x.txt", "--out"],
        ["serve", "--port", "0"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "๘๘๐๐"],
        ["serve", "--practice-port", "-1"],
        ["worker", "--port", "8800"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_why(saisaat: Saisaat, here: Path, arguments: list[str]) -> None:
    ended = saisaat(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert "saisaat" in ended.err and "error: " in ended.err
    assert left_behind(here) == []


def test_a_data_folder_that_is_a_file_is_refused_and_left_as_it_is(here: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    ended = apart(here, "--data", file, "worker")
    assert ended.code == 1
    assert REFUSAL.search(ended.err)
    assert "Traceback" not in ended.err
    assert file.read_text() == "mine"


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_rehearsal_overwrites_nothing(saisaat: Saisaat, here: Path, tmp_path: Path, kind: str) -> None:
    out, proposal = tmp_path / "season", tmp_path / "proposal.txt"
    proposal.write_text(PROPOSAL.format(period="๒๙ เมษายน ๒๕๖๓ ถึง ๓๐ กันยายน ๒๕๖๓"), encoding="utf-8")
    mine = out / "saisaat.sqlite3" if kind == "folder" else out
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    assert_refused(saisaat("rehearse", "--out", out, proposal), here)
    assert mine.read_text() == "mine"
