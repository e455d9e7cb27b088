"""Settings from the environment: declared once, documented from here, refused with a cure."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


class SettingError(Exception):
    """A setting cannot be used. The message names it and says what would be right."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, default as text, and what it does."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("SAISAAT_DATA", "var", "The data folder: database, media, keys. `--data DIR` sets it for one command."),
    Setting(
        "SAISAAT_DATABASE_URL",
        "",
        "postgresql://user:password@host:port/name. Empty: SQLite in the data folder.",
    ),
    Setting(
        "SAISAAT_BASE_URL",
        "http://127.0.0.1:8800",
        "The public address of the pages, as it stands in links and QR codes.",
    ),
    Setting(
        "SAISAAT_YOUTUBE_KEY",
        "",
        "A YouTube Data API key: clips are then found by words, with their length. Empty: links and channel feeds.",
    ),
    Setting("SAISAAT_HOSTS", "127.0.0.1,localhost", "Host names the pages answer to, separated by commas."),
    Setting("SAISAAT_CACHE", "", "Where finished posters are kept between runs. Empty: the user's cache folder."),
    Setting(
        "SAISAAT_PRACTICE_API",
        "http://127.0.0.1:8801",
        "Where the practice LINE answers in a folder without a channel.",
    ),
    Setting(
        "SAISAAT_LINE_LOGIN_ID",
        "",
        "The channel id of the LINE Login channel that people sign in by. Empty: passwords only. Create it under"
        " the same provider as the official account, with BASE_URL/sign-in/line/back as its callback.",
    ),
    Setting(
        "SAISAAT_LINE_LOGIN_SECRET", "", "That channel's secret; better in a file (SAISAAT_LINE_LOGIN_SECRET_FILE)."
    ),
    Setting(
        "SAISAAT_LINE_LOGIN_SERVER",
        "https://access.line.me",
        "Where LINE Login describes itself (/.well-known/openid-configuration). Another only for practice.",
    ),
    Setting("SAISAAT_DEBUG", "no", "yes shows tracebacks in the browser. Never in real use."),
    Setting(
        "SAISAAT_SQLITE_SYNC",
        "FULL",
        "FULL: a commit is on disk. OFF only for rehearsals and tests, which may be run again.",
    ),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def text(name: str) -> str:
    """The value of a declared setting; NAME_FILE may name a file that holds it instead."""
    setting = _BY_NAME[name]
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(
                f"{name}_FILE={file} cannot be read ({error.strerror}); point it at a readable file"
            ) from error
    return os.environ.get(name, setting.default)


def choice(name: str, allowed: tuple[str, ...]) -> str:
    value = text(name)
    if value not in allowed:
        raise SettingError(f"{name}={value!r} is not one of {', '.join(allowed)}")
    return value


def yes_no(name: str) -> bool:
    return choice(name, ("yes", "no")) == "yes"


def secret_file(path: Path) -> str:
    """The secret in `path`, made on first use and readable by the owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
