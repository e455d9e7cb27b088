"""One LINE platform with one official account in it, without HTTP."""

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from practice_line.bot import JAPAN, BotSide
from practice_line.clock import Clock, iso
from practice_line.core import Core
from practice_line.errors import RefusedError
from practice_line.login import LoginSide
from practice_line.people import PeopleSide
from practice_line.state import Rules

RULE_NAMES = {
    "replyTokenSeconds": "reply_token_seconds",
    "ratePerSecond": "rate_per_second",
    "pushesPerPersonPerMinute": "pushes_per_person_per_minute",
    "postbackUserIds": "postback_user_ids",
    "redelivery": "redelivery",
}


class Platform(Core):
    """`bot` is the account's side, `people` everybody else's, `login` the door to other apps.

    State in `path` (an SQLite file, made when missing and taken up when there) or, with None, in memory.

    `token` and `secret` are the channel's access token and secret. With a `seed` identifiers repeat from run to run.
    `rules` replaces the stored switches; `clock` replaces the stored clock.
    """

    def __init__(
        self,
        path: Path | str | None = None,
        *,
        token: str = "practice-token",  # noqa: S107 - a published value, not a secret
        secret: str = "practice-secret",  # noqa: S107
        seed: int | None = None,
        clock: Clock | None = None,
        rules: Rules | None = None,
        quota_zone: timezone = JAPAN,
    ) -> None:
        in_memory = path is None or str(path) == ":memory:"
        super().__init__(None if in_memory else Path(str(path)), seed=seed, clock=clock, rules=rules)
        self.token = token
        self.secret = secret
        self.bot = BotSide(self, quota_zone=quota_zone)
        self.people = PeopleSide(self)
        self.login = LoginSide(self)

    def save_to(self, path: Path | str) -> None:
        """Write the whole state into a fresh file that a later platform can take up. Commit first is not needed."""
        self.keep_settings()
        self.state.save_to(Path(path))

    def close(self) -> None:
        self.commit()
        self.state.store.close()

    def describe_bot(self) -> dict[str, Any]:
        settings = self.state.settings
        return {
            "userId": settings.bot_user_id,
            "name": settings.bot_name,
            "webhook": settings.webhook or None,
            "active": settings.webhook_active,
        }

    def set_bot(self, webhook: str | None, *, name: str | None = None, active: bool = True) -> dict[str, Any]:
        """Tell the platform where the bot listens; None takes the webhook away."""
        settings = self.state.settings
        settings.webhook = webhook or ""
        settings.webhook_active = active
        if name is not None:
            settings.bot_name = name
        self.keep_settings()
        return self.describe_bot()

    def describe_clock(self) -> dict[str, Any]:
        return {"now": iso(self.now_ms()), "running": self.clock.running}

    def set_clock(self, now: datetime, *, running: bool = True) -> dict[str, Any]:
        """Move the platform to an aware `now`. Redeliveries that fall due by it are sent by the courier afterwards."""
        if now.tzinfo is None:
            raise RefusedError(400, "`now` needs an offset, such as 2026-01-31T09:00:00+07:00.")
        self.clock.set(now, running=running)
        self.keep_settings()
        self.tell("clock", self.describe_clock())
        return self.describe_clock()

    def describe_quota(self) -> dict[str, Any]:
        return {"limit": self.state.settings.quota_limit, "used": self.bot.consumption()["totalUsage"]}

    def set_quota(self, limit: int | None) -> dict[str, Any]:
        """The month's heads that may be reached by push; None for a plan without a limit."""
        self.state.settings.quota_limit = limit
        self.keep_settings()
        return self.describe_quota()

    def describe_rules(self) -> dict[str, Any]:
        return {name: getattr(self.rules, field) for name, field in RULE_NAMES.items()}

    def set_rules(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Change some switches; see `state.Rules`."""
        for name, value in changes.items():
            field = RULE_NAMES.get(name)
            if field is None:
                raise RefusedError(400, f"There is no rule {name}. Rules: {', '.join(RULE_NAMES)}.")
            if not _fits_rule(field, value):
                raise RefusedError(400, f"The rule {name} cannot be {value!r}.")
            setattr(self.rules, field, value)
        self.keep_settings()
        return self.describe_rules()


def _fits_rule(field: str, value: object) -> bool:
    usual = getattr(Rules(), field)
    if isinstance(usual, bool):
        return isinstance(value, bool)
    if value is None:
        return usual is None
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
