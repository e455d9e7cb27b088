"""The command line. Exit codes: 0 ok, 1 refused or found wanting, 2 bad usage."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from saisaat.cli import demo_data, posters, proposal, rehearse, serve
from saisaat.domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class Wiring:
    """What commands start but may not import: handed over by `config.main`."""

    rehearse: Callable[..., dict[str, Any]]
    rehearsal_table: Callable[[dict[str, Any]], str]
    serve: Callable[..., int]
    demo: Callable[..., int]
    demo_data: Callable[..., int]
    web: Callable[..., int]
    intake: Callable[..., int]
    worker: Callable[..., int]


def parser(wiring: Wiring) -> argparse.ArgumentParser:
    """The whole command line; `args.run(args)` does the command."""
    found = argparse.ArgumentParser(
        prog="saisaat",
        description="Runs an ethics-and-transparency campaign in the LINE groups of a Thai public office.",
    )
    found.add_argument("--data", metavar="DIR", help="the data folder (default: SAISAAT_DATA, or ./var)")
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")
    proposal.add_parser(commands)
    posters.add_parser(commands)
    rehearse.add_parser(commands, wiring.rehearse, wiring.rehearsal_table)
    serve.add_parsers(commands, wiring.serve, wiring.demo, wiring.web, wiring.intake, wiring.worker)
    demo_data.add_parser(commands, wiring.demo_data)
    return found


def main(argv: Sequence[str], wiring: Wiring) -> int:
    """Run one command. A refusal prints its sentence and ends with 1."""
    args = parser(wiring).parse_args(argv)
    try:
        return int(args.run(args))
    except DomainError as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        print(f"ไม่พบไฟล์ {error.filename} ไม่มีข้อมูลใดเปลี่ยนแปลง โปรดตรวจชื่อไฟล์", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except (NotADirectoryError, FileExistsError, IsADirectoryError, PermissionError) as error:
        print(f"เปิดหรือเขียน {error.filename} ไม่ได้ ข้อมูลเดิมยังอยู่ครบ โปรดตรวจชื่อโฟลเดอร์และสิทธิ์ แล้วลองใหม่", file=sys.stderr)
        return 1
