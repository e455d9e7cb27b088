"""What a person should know about a plan: worries that forbid nothing. A page makes the sentences."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from saisaat.domain.cadence import Quota


class Worry(StrEnum):
    """What speaks against an entry, or against a plan."""

    HOLIDAY = "holiday"
    """On `days`, holidays; `name` is the holiday's where it is one."""
    WEEKEND = "weekend"
    DOUBLED = "doubled"
    """The quota needs two stories of one kind on each of `days`."""
    GREETING = "greeting"
    """In the hour of good-morning pictures."""
    CROWDED = "crowded"
    """Less than `count` minutes from entry `nos`, for a group they share."""
    SAME_TOPIC = "same_topic"
    """The topic `name` comes again for a group within `count` weeks, in the entries `nos`."""
    TOPICS_RUN_OUT = "topics_run_out"
    """The group `name` sees topics again, `count` times in all."""
    CLIPS_MISSING = "clips_missing"
    """`count` clips of the group `name` are yet to be found."""
    SHORT = "short"
    """The span of `quota` from `days[0]` to `days[1]` lacks `count` stories for a group."""
    LITTLE_TIME = "little_time"
    """Only `count` minutes lie between the time and the deadline."""
    COUNTS_LATER = "counts_later"
    """The deadline lies after `days[0]`, the span's last: sent late, it counts for the next."""
    OUTSIDE = "outside"
    QUIET = "quiet"
    EXPIRED = "expired"
    """The topic `name` is not in force that day."""
    UNREADY = "unready"
    """Without an approved item, `count` days before its time."""
    OWNER_LEFT = "owner_left"
    UNANNOUNCED = "unannounced"
    """Before the plan is announced."""


SERIOUS = frozenset({Worry.SHORT, Worry.OUTSIDE, Worry.QUIET, Worry.EXPIRED, Worry.UNREADY, Worry.OWNER_LEFT})
"""What keeps an entry from being published, or a quota from being met, if nothing is done."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One worry and what it is about. `nos` are entries' numbers; the first is the one to look at."""

    worry: Worry
    nos: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    name: str = ""
    count: int = 0
    quota: Quota | None = None

    @property
    def serious(self) -> bool:
        return self.worry in SERIOUS
