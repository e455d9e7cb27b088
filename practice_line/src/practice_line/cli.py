"""`practice-line serve`."""

import argparse
import signal
import socket
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from practice_line.app import create_app
from practice_line.platform import Platform


def main(argv: Sequence[str] | None = None) -> int:
    """0 when stopped cleanly, 1 when it could not start, 2 on wrong usage."""
    options = _parser().parse_args(argv)
    try:
        platform = Platform(options.state, token=options.token, secret=options.secret, seed=options.seed)
    except sqlite3.Error as error:
        return _give_up(f"cannot use the state file {options.state}: {error}")
    try:
        listener = socket.create_server((options.host, options.port))
    except OSError as error:
        platform.close()
        return _give_up(f"cannot listen on {options.host}:{options.port}: {error}")
    _arrange(platform, options)
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn stops gently on these and then raises them again; the second time there is nothing left to do.
        signal.signal(number, lambda *_: None)
    host, port = listener.getsockname()[:2]
    print(f"practice-line is at http://{host}:{port} (token {options.token}, secret {options.secret})", flush=True)  # noqa: T201
    with listener:
        Server(platform).run([listener])
    return 0


def _arrange(platform: Platform, options: argparse.Namespace) -> None:
    platform.rules.reply_token_seconds = options.reply_token_seconds
    platform.rules.rate_per_second = 2000  # LINE's limit for most endpoints
    if options.webhook:
        platform.set_bot(options.webhook)
    platform.keep_settings()
    platform.commit()


def _give_up(reason: str) -> int:
    print(f"practice-line {reason}", file=sys.stderr)  # noqa: T201
    return 1


class Server(uvicorn.Server):
    """uvicorn, which on stopping first lets go of the pages that listen to the stream."""

    def __init__(self, platform: Platform) -> None:
        config = uvicorn.Config(
            create_app(platform), log_level="warning", access_log=False, timeout_graceful_shutdown=5
        )
        super().__init__(config)
        self._platform = platform

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._platform.tell("end", {})
        await super().shutdown(sockets)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="practice-line", description="A LINE platform stand-in for offline work")
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="serve LINE's API, the control API and the room on one address")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8787, help="0 takes a free one")
    serve.add_argument("--state", type=Path, help="SQLite file to keep everything in; without it, memory")
    serve.add_argument("--seed", type=int, help="the same calls then give the same identifiers")
    serve.add_argument("--token", default="practice-token", help="channel access token")
    serve.add_argument("--secret", default="practice-secret", help="channel secret")
    serve.add_argument("--reply-token-seconds", type=_positive, default=60)
    serve.add_argument("--webhook", help="where the bot listens, as by PUT /_practice/bot")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number <= 0:
        raise ValueError
    return number
