"""`saisaat demo-data`: makes the tables, fills them, and says what was written and how to sign in."""

import json
import secrets
import sys
import time

from django.conf import settings
from django.contrib.auth.hashers import make_password

from saisaat.demo_data.generate import SCALES, check_empty, generate
from saisaat.demo_data.place import PLAYERS
from saisaat.records import clock
from saisaat.records.folder import prepare

_EVERY = 2.0  # seconds between two lines of progress


def fill(*, scale: str, seed: int, seasons: int, as_json: bool = False) -> int:
    """Fill the data folder's database. Refuses one that holds anything of an office."""
    prepare()
    check_empty()
    password = secrets.token_urlsafe(9)
    progress = _Progress()
    _say(f"กำลังเขียนข้อมูลตัวอย่างใน {settings.DATA_DIR} ...")
    counts = generate(
        scale=SCALES[scale],
        seasons=seasons,
        seed=seed,
        password=make_password(password),
        now=clock.now(),
        tell=progress,
    )
    rows = dict(counts.most_common())
    if as_json:
        told = json.dumps({"scale": scale, "seed": seed, "seasons": seasons, "rows": rows, "total": counts.total()})
    else:
        told = "\n".join(f"{count:>12,}  {kind}" for kind, count in [*rows.items(), ("รวม", counts.total())])
    print(told)  # noqa: T201 - what the command answers
    _say(f"ใช้เวลา {time.monotonic() - progress.began:.0f} วินาที")
    names = ", ".join(PLAYERS) if scale == "office" else "owner-p01 ถึง owner-p76 (และ producer-p01 ...)"
    _say(f"ชื่อผู้ใช้ {names}   รหัสผ่าน {password}")
    return 0


class _Progress:
    """A line now and then while it goes on."""

    def __init__(self) -> None:
        self.began = self.said = time.monotonic()

    def __call__(self, words: str) -> None:
        now = time.monotonic()
        if now - self.said >= _EVERY:
            self.said = now
            _say(f"{words} · {now - self.began:.0f} วินาที")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - this is the command's voice
