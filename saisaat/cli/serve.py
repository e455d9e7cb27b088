"""`saisaat serve`, `demo`, and the parts apart: `web`, `intake`, `worker`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

PORT, PRACTICE_PORT = 8800, 8801


def add_parsers(
    subparsers: Any,
    serve: Callable[..., int],
    demo: Callable[..., int],
    web: Callable[..., int],
    intake: Callable[..., int],
    worker: Callable[..., int],
) -> None:
    whole = subparsers.add_parser("serve", help="the whole product in one process, with practice-line beside it")
    _listening(whole)
    whole.add_argument("--practice-port", type=_port, default=PRACTICE_PORT, help="where practice-line listens")
    whole.set_defaults(
        run=lambda args: serve(host=args.host, port=args.port, practice_port=args.practice_port),
    )
    show = subparsers.add_parser("demo", help="the demonstration season in mid-course: made on first use, then served")
    _listening(show)
    show.add_argument("--practice-port", type=_port, default=PRACTICE_PORT, help="where practice-line listens")
    show.add_argument("--file", type=Path, help="another proposal than the demonstration's")
    show.set_defaults(
        run=lambda args: demo(host=args.host, port=args.port, practice_port=args.practice_port, file=args.file),
    )
    pages = subparsers.add_parser("web", help="the pages alone (any number, on PostgreSQL)")
    _listening(pages)
    pages.set_defaults(run=lambda args: web(host=args.host, port=args.port))
    hooks = subparsers.add_parser("intake", help="the webhook receiver alone (exactly one on SQLite)")
    _listening(hooks, port=8802)
    hooks.set_defaults(run=lambda args: intake(host=args.host, port=args.port))
    work = subparsers.add_parser("worker", help="the delivery engine alone")
    work.set_defaults(run=lambda _: worker())


def _listening(parser: argparse.ArgumentParser, port: int = PORT) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=port, help=f"the port to listen on (default {port})")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port between 1 and 65535")
    return int(text)
