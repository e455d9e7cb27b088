"""One LINE platform with one official account in it, without HTTP."""

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from practice_line.bot import BotSide
from practice_line.chats import ChatSide
from practice_line.clock import JAPAN, Clock, iso
from practice_line.core import Core
from practice_line.errors import RefusedError
from practice_line.friends import FriendSide
from practice_line.insight import InsightSide
from practice_line.liff import LiffSide
from practice_line.login import LoginSide
from practice_line.people import PeopleSide
from practice_line.practice_rows import Deed
from practice_line.rates import Rates
from practice_line.rich_menus import RichMenuSide
from practice_line.sending import SendingSide
from practice_line.state import Rules
from practice_line.tokens import TokenSide

# Longer texts in control calls are pictures; a scenario does without them.
MOST_KEPT = 20_000

RULE_NAMES = {
    "replyTokenSeconds": "reply_token_seconds",
    "ratePerSecond": "rate_per_second",
    "pushesPerPersonPerMinute": "pushes_per_person_per_minute",
    "postbackUserIds": "postback_user_ids",
    "editUserIds": "edit_user_ids",
    "groupChats": "group_chats",
    "chat": "chat",
    "verified": "verified",
    "mediaSeconds": "media_seconds",
    "redelivery": "redelivery",
    "webhookSuspended": "webhook_suspended",
    "suspendAfterSeconds": "suspend_after_seconds",
}


class Platform(Core):
    """`bot` and `sending` are the account's side, `people` everybody else's, `chats` what they see.

    `login` is the door to other apps, `liff` those that open inside LINE; the rest is named after what it does.

    State in `path` (an SQLite file, made when missing and taken up when there) or, with None, in memory.

    `token` and `secret` are the channel's long-lived access token and its secret, `channel_id` its id. With a `seed`
    identifiers repeat from run to run.
    `rules` replaces the stored switches; `clock` replaces the stored clock.
    """

    def __init__(
        self,
        path: Path | str | None = None,
        *,
        token: str = "practice-token",  # noqa: S107 - a published value, not a secret
        secret: str = "practice-secret",  # noqa: S107
        channel_id: str = "2000000000",
        seed: int | None = None,
        clock: Clock | None = None,
        rules: Rules | None = None,
        quota_zone: timezone = JAPAN,
    ) -> None:
        in_memory = path is None or str(path) == ":memory:"
        super().__init__(None if in_memory else Path(str(path)), seed=seed, clock=clock, rules=rules)
        self.token = token
        self.secret = secret
        self.channel_id = channel_id
        self.rates = Rates(self.clock, self.rules)
        self.channel_tokens = TokenSide(self, channel_id=channel_id, secret=secret, long_lived=token)
        self.sending = SendingSide(self, quota_zone=quota_zone)
        self.bot = BotSide(self, self.sending)
        self.friends = FriendSide(self)
        self.insight = InsightSide(self)
        self.rich_menus = RichMenuSide(self)
        self.people = PeopleSide(self)
        self.chats = ChatSide(self)
        self.login = LoginSide(self)
        self.liff = LiffSide(self, self.login, self.people, self.friends)

    def save_to(self, path: Path | str) -> None:
        """Write the whole state into a fresh file that a later platform can take up. Commit first is not needed."""
        self.keep_settings()
        self.state.save_to(Path(path))

    def close(self) -> None:
        self.commit()
        self.state.store.close()

    def remember(self, method: str, path: str, body: dict[str, Any], result: Any, after: int) -> None:
        """Keep a control call for the scenario that can be made of it; `after` is the last message before it."""
        if path.endswith("/read"):
            return  # pages report it all the time
        deeds = self.state.deeds
        kept = {name: value for name, value in body.items() if not (isinstance(value, str) and len(value) > MOST_KEPT)}
        deeds.put(str(len(deeds) + 1), Deed(method, path, kept, result, after))

    def describe_bot(self) -> dict[str, Any]:
        settings = self.state.settings
        return {
            "userId": settings.bot_user_id,
            "channelId": self.channel_id,
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
        return {"limit": self.state.settings.quota_limit, "used": self.sending.consumption()["totalUsage"]}

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
        if not self.rules.group_chats:
            self.people.turn_away_bot()
        self.keep_settings()
        return self.describe_rules()


def _fits_rule(field: str, value: object) -> bool:
    usual = getattr(Rules(), field)
    if isinstance(usual, bool):
        return isinstance(value, bool)
    if value is None:
        return usual is None
    return isinstance(value, int) and not isinstance(value, bool) and (value > 0 or value == usual)
