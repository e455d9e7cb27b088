"""`saisaat demo-data`: an empty database filled with invented rows, to look at or to measure pages with."""

import argparse
from collections.abc import Callable
from typing import Any

SCALES = ("office", "department")


def add_parser(subparsers: Any, fill: Callable[..., int]) -> None:
    parser = subparsers.add_parser(
        "demo-data", help="fill an empty database with invented rows (an office, a department)"
    )
    parser.add_argument(
        "--scale",
        choices=SCALES,
        required=True,
        help="office: one province, 16 offices, 104 staff; department: 76 provinces",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same number, the same rows (default 1)")
    parser.add_argument(
        "--seasons", type=_seasons, default=5, metavar="N", help="how many years, the last of them running (default 5)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.set_defaults(
        run=lambda args: fill(scale=args.scale, seed=args.seed, seasons=args.seasons, as_json=args.json)
    )


def _seasons(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 20):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of years between 1 and 20")
    return int(text)
