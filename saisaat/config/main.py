"""The entry point of `saisaat`: finds the data folder, sets Django up, and wires the commands to what they start."""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from saisaat.cli import main as command_line
from saisaat.config.env import SettingError
from saisaat.config.wiring import WIRING


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the console script `saisaat`."""
    arguments, data = _data_folder(list(sys.argv[1:] if argv is None else argv))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saisaat.config.settings")
    if _command(arguments) == "rehearse":
        return _rehearsal(arguments)
    if data is not None:
        os.environ["SAISAAT_DATA"] = data
    return _run(arguments)


def _run(arguments: list[str]) -> int:
    try:
        return command_line(arguments, WIRING)
    except SettingError as error:
        print(f"saisaat: {error}", file=sys.stderr)
        return 1


def _rehearsal(arguments: list[str]) -> int:
    """A rehearsal has a folder of its own: --out, or one that is gone afterwards. It never touches the office's."""
    out = _value(arguments, "--out")
    if out is not None:
        folder = Path(out)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            print(f"{folder} มีข้อมูลอยู่แล้ว จึงไม่ได้ซ้อมทับ โปรดเลือกโฟลเดอร์ใหม่ใน --out", file=sys.stderr)
            return 1
        return _rehearse_into(folder, arguments)
    with tempfile.TemporaryDirectory(prefix="saisaat-rehearsal-") as passing:
        return _rehearse_in(passing, arguments)


def _rehearse_into(folder: Path, arguments: list[str]) -> int:
    """A season that did not come about leaves nothing, so that the same command may be tried again."""
    code = 1
    try:
        code = _rehearse_in(str(folder), arguments)
    finally:
        if code != 0:
            shutil.rmtree(folder, ignore_errors=True)
    return code


def _rehearse_in(folder: str, arguments: list[str]) -> int:
    os.environ["SAISAAT_DATA"] = folder
    os.environ["SAISAAT_DATABASE_URL"] = ""
    # A rehearsal can be run again, so it need not survive a power cut.
    os.environ.setdefault("SAISAAT_SQLITE_SYNC", "OFF")
    return _run(arguments)


def _data_folder(arguments: list[str]) -> tuple[list[str], str | None]:
    """Take `--data DIR` out of the arguments, wherever it stands: it must be known before the settings are read."""
    rest, data, taking = [], None, False
    for argument in arguments:
        if taking:
            data, taking = argument, False
        elif argument == "--data":
            taking = True
        elif argument.startswith("--data="):
            data = argument.removeprefix("--data=")
        else:
            rest.append(argument)
    return ([*rest, "--data"] if taking else rest), data


def _command(arguments: list[str]) -> str:
    return next((argument for argument in arguments if not argument.startswith("-")), "")


def _value(arguments: list[str], option: str) -> str | None:
    for position, argument in enumerate(arguments):
        if argument == option and position + 1 < len(arguments):
            return arguments[position + 1]
        if argument.startswith(f"{option}="):
            return argument.removeprefix(f"{option}=")
    return None


if __name__ == "__main__":
    sys.exit(main())
