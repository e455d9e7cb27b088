"""`saisaat rehearse FILE`: play the whole season on the practice LINE, in virtual time."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from saisaat.documents.extract import extract_text
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.proposal import read

Rehearse = Callable[..., dict[str, Any]]


def add_parser(subparsers: Any, rehearse: Rehearse, table: Callable[[dict[str, Any]], str]) -> None:
    parser = subparsers.add_parser("rehearse", help="play the season of FILE in virtual time; write the report")
    parser.add_argument("file", metavar="FILE", type=Path, help="the project proposal: .txt, .docx or .pdf")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number, another season (default 1)")
    parser.add_argument(
        "--crowd", choices=["lively", "quiet", "dead"], default="quiet", help="how much the groups talk"
    )
    parser.add_argument("--duty", choices=["present", "absent"], default="present", help="whether somebody is on duty")
    parser.add_argument(
        "--until", metavar="DATE", type=_moment, help="stop at DATE (2020-07-01 or 2020-07-01T10:00, Thai time)"
    )
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="leave the season in DIR, for `saisaat --data DIR serve`"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")

    def run(args: argparse.Namespace) -> int:
        result = rehearse(
            proposal=read(extract_text(args.file)).to_json(),
            seed=args.seed,
            mood=args.crowd,
            duty=args.duty == "present",
            until=args.until,
            progress=_tell,
        )
        print(json.dumps(result, ensure_ascii=False, indent=2) if args.json else table(result))
        return 0

    parser.set_defaults(run=run)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2020-07-01 or 2020-07-01T10:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BANGKOK)


def _tell(words: str) -> None:
    if sys.stderr.isatty():
        print(words, file=sys.stderr, flush=True)
