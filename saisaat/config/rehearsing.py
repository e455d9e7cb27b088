"""`saisaat rehearse`: the rehearsal with a practice LINE in this process and the render children it needs."""

import gc
import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import uvloop
from django.conf import settings

from saisaat.config.practice import in_process
from saisaat.records import clock
from saisaat.records.folder import prepare
from saisaat.rehearsal.crowd import Mood
from saisaat.rehearsal.outcome import outcome
from saisaat.rehearsal.report import write_report
from saisaat.rehearsal.season import Wish
from saisaat.rehearsal.season import rehearse as play
from saisaat.typesetting import RenderPool


def rehearse(
    *,
    proposal: dict[str, Any],
    seed: int,
    mood: str,
    duty: bool,
    until: datetime | None,
    progress: Callable[[str], None],
    to_next_poster: bool = False,
) -> dict[str, Any]:
    """Play the season in this data folder and write its report; the outcome as `saisaat rehearse --json` prints it."""
    began = time.monotonic()
    # A rehearsal is alone in its process: database work may run in the event loop's own thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    gc.freeze()
    gc.set_threshold(50_000)
    prepare()
    folder = Path(settings.DATA_DIR)
    pool = RenderPool(processes=2)
    try:
        season = uvloop.run(
            play(
                Wish(proposal, seed, Mood(mood), duty, until, to_next_poster),
                practice=in_process(seed),
                pool=pool,
                progress=progress,
                keep_practice=folder / "practice-line.sqlite3",
            )
        )
        result = outcome(season)
        result["report"] = write_report(season, result, pool, folder) if until is None else None
    finally:
        pool.close()
    clock.move_to(season.ended)
    result["wall_seconds"] = round(time.monotonic() - began, 2)
    if result["report"]:
        Path(result["report"]["json"]).write_text(json.dumps(result, ensure_ascii=False, indent=2), encoding="utf-8")
    return result
