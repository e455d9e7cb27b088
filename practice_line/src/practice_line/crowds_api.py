"""The control calls about crowds, and the one that moves the clock, through which crowds live."""

from datetime import datetime

from starlette.requests import Request

from practice_line.control_api import Body, ControlCall, need, optional
from practice_line.crowds import Crowds
from practice_line.errors import RefusedError
from practice_line.platform import Platform

MOST_SETTLE_MS = 10_000


def crowd_calls(platform: Platform, crowds: Crowds) -> list[ControlCall]:
    async def set_clock(_: Request, body: Body) -> Body:
        running = optional(body, "running", bool)
        settle = optional(body, "settleMs", int) or 0
        if not 0 <= settle <= MOST_SETTLE_MS:
            raise RefusedError(400, f"`settleMs` is 0 to {MOST_SETTLE_MS}.")
        now = _time(body)
        await crowds.live_until(now, settle)
        return platform.set_clock(now, running=running is not False)

    path = "/_practice/groups/{groupId}/crowd"
    return [
        ("PUT", "/_practice/clock", set_clock),
        ("POST", path, lambda r, body: crowds.set(r.path_params["groupId"], need(body, "character", str))),
        ("GET", path, lambda r, _: crowds.describe(r.path_params["groupId"])),
    ]


def _time(body: Body) -> datetime:
    try:
        now = datetime.fromisoformat(need(body, "now", str))
    except ValueError:
        raise RefusedError(400, "`now` is an ISO 8601 time such as 2026-01-31T09:00:00+07:00.") from None
    if now.tzinfo is None:
        raise RefusedError(400, "`now` needs an offset, such as 2026-01-31T09:00:00+07:00.")
    return now
