"""LINE's rate limits: how often each endpoint may be called by one channel, in real time."""

from practice_line.clock import Clock
from practice_line.errors import rate_limit
from practice_line.state import Rules

SECOND, MINUTE, HOUR = 1, 60, 3600

# The endpoints that LINE's reference ("Rate limits") names; every other one has the rule `ratePerSecond`.
LOWER: dict[str, tuple[int, int]] = {
    "POST /v2/bot/message/narrowcast": (60, HOUR),
    "POST /v2/bot/message/broadcast": (60, HOUR),
    "GET /v2/bot/insight/message/delivery": (60, HOUR),
    "GET /v2/bot/insight/message/event": (60, HOUR),
    "GET /v2/bot/insight/message/event/aggregation": (60, HOUR),
    "POST /v2/bot/channel/webhook/test": (60, HOUR),
    "PUT /v2/bot/channel/webhook/endpoint": (1000, MINUTE),
    "GET /v2/bot/channel/webhook/endpoint": (1000, MINUTE),
    "POST /v2/bot/richmenu": (100, HOUR),
    "DELETE /v2/bot/richmenu/{richMenuId}": (100, HOUR),
    "POST /v2/bot/message/multicast": (200, SECOND),
    "POST /v2/bot/chat/loading/start": (100, SECOND),
    "POST /v2/oauth/accessToken": (370, SECOND),
}


class Rates:
    """Counts calls in windows of real time that follow each other without a gap."""

    def __init__(self, clock: Clock, rules: Rules) -> None:
        self._clock = clock
        self._rules = rules
        self._made: dict[tuple[str, str], tuple[int, int]] = {}

    def count(self, endpoint: str, channel_id: str) -> None:
        """Count one call. Raises LineError 429 above the limit; without `ratePerSecond` there is none at all."""
        usual = self._rules.rate_per_second
        if usual is None:
            return
        limit, length = LOWER.get(endpoint, (usual, SECOND))
        window = int(self._clock.real_seconds()) // length
        begun, made = self._made.get((endpoint, channel_id), (window, 0))
        made = made + 1 if begun == window else 1
        self._made[endpoint, channel_id] = (window, made)
        if made > limit:
            raise rate_limit()
