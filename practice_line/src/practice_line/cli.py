"""`practice-line serve`, `play` and `record`."""

import argparse
import contextlib
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.error import URLError

from practice_line.client import PracticeClient
from practice_line.platform import Platform
from practice_line.player import Failed, Player
from practice_line.scenario import Scenario, ScenarioError, read
from practice_line.server import Server, ServerThread


def main(argv: Sequence[str] | None = None) -> int:
    """0 when done, 1 when it could not start or a scenario failed, 2 on wrong usage or a scenario that is none."""
    options = _parser().parse_args(argv)
    result: int = options.act(options)
    return result


def serve(options: argparse.Namespace) -> int:
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
    server = Server(platform)
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn minds these only while it runs: what comes earlier must stop it too, and what it raises again
        # afterwards must do nothing.
        signal.signal(number, lambda *_: server.stop())
    host, port = listener.getsockname()[:2]
    print(f"practice-line is at http://{host}:{port} (token {options.token}, secret {options.secret})", flush=True)  # noqa: T201
    with listener:
        server.run([listener])
    return 0


def play(options: argparse.Namespace) -> int:
    """Play a scenario: on a platform that runs already, or on a fresh one for the time of the scenario."""
    try:
        scenario = read(options.scenario)
    except (OSError, UnicodeDecodeError) as error:
        return _give_up(f"cannot read {options.scenario}: {error}", 2)
    except ScenarioError as error:
        return _give_up("\n".join(f"{options.scenario}: {line}" for line in str(error).splitlines()), 2)
    try:
        with _stage(options, scenario) as url:
            Player(PracticeClient(url)).play(scenario)
    except Failed as error:
        return _give_up(f"{options.scenario}: {error}")
    except OSError as error:
        return _give_up(f"cannot play {options.scenario}: {error}")
    print(f"{options.scenario}: all {len(scenario.steps)} steps went as told")  # noqa: T201
    return 0


def record(options: argparse.Namespace) -> int:
    """Write what was done on a running platform, in the room or by calls, as a scenario."""
    try:
        scenario = PracticeClient(options.url).text("/_practice/scenario")
        if options.out is None:
            sys.stdout.write(scenario)
        else:
            options.out.write_text(scenario, "utf-8")
    except (URLError, OSError) as error:
        return _give_up(f"cannot record from {options.url}: {error}")
    return 0


@contextlib.contextmanager
def _stage(options: argparse.Namespace, scenario: Scenario) -> Iterator[str]:
    if options.url:
        yield options.url
        return
    seed = options.seed if options.seed is not None else scenario.seed
    platform = Platform(token=options.token, secret=options.secret, seed=seed)
    if options.webhook:
        platform.set_bot(options.webhook)
    with ServerThread(platform, port=options.port, wait_for_webhook=True) as url:
        yield url


def _arrange(platform: Platform, options: argparse.Namespace) -> None:
    platform.rules.reply_token_seconds = options.reply_token_seconds
    platform.rules.rate_per_second = 2000  # LINE's limit for most endpoints
    if options.webhook:
        platform.set_bot(options.webhook)
    platform.keep_settings()
    platform.commit()


def _give_up(reason: str, code: int = 1) -> int:
    print("\n".join(f"practice-line {line}" for line in reason.splitlines()), file=sys.stderr)  # noqa: T201
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="practice-line", description="A LINE platform stand-in for offline work")
    commands = parser.add_subparsers(required=True)
    server = commands.add_parser("serve", help="serve LINE's API, the control API and the room on one address")
    server.set_defaults(act=serve)
    server.add_argument("--host", default="127.0.0.1")
    server.add_argument("--state", type=Path, help="SQLite file to keep everything in; without it, memory")
    server.add_argument("--reply-token-seconds", type=_positive, default=60)
    player = commands.add_parser("play", help="play a scenario against a bot and check what the bot says")
    player.set_defaults(act=play)
    player.add_argument("scenario", type=Path, help="YAML file")
    player.add_argument("--url", help="play on the practice-line that runs there, not on one of its own")
    for command in (server, player):
        command.add_argument("--port", type=int, default=8787, help="0 takes a free one")
        command.add_argument("--seed", type=int, help="the same calls then give the same identifiers")
        command.add_argument("--token", default="practice-token", help="channel access token")
        command.add_argument("--secret", default="practice-secret", help="channel secret")
        command.add_argument("--webhook", help="where the bot listens, as by PUT /_practice/bot")
    recorder = commands.add_parser("record", help="write what was done on a running practice-line as a scenario")
    recorder.set_defaults(act=record)
    recorder.add_argument("--url", default="http://127.0.0.1:8787", help="where it runs")
    recorder.add_argument("--out", type=Path, help="file to write; without it, standard output")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number <= 0:
        raise ValueError
    return number
