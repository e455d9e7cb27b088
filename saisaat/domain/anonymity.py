"""When a comment without a name may be read: in batches, by the calendar, never at the moment somebody wrote it.

Comments wait in a box. On Monday mornings it is opened for each group of which at least five wait; at the campaign's
end what is left of all groups is mixed and told without a group. docs/adr/0028 says why, and what this cannot hide.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, Protocol, TypeVar

from saisaat.domain.cadence import BANGKOK
from saisaat.domain.errors import Invalid

SMALLEST = 5
"""A batch is never smaller; of a group with fewer members nothing is told apart."""
LONGEST = 1000
OPENS_AT = time(5)
BETWEEN_MARKS = timedelta(hours=1)
"""What was written meanwhile goes into the box at the full hour: until then it is in memory only."""
_WEEK = timedelta(days=7)


def check_text(text: str) -> str:
    """The comment as it is kept: trimmed, without characters that show nothing. Raises `Invalid`."""
    text = "".join(c for c in text.replace("\r\n", "\n") if c == "\n" or c.isprintable()).strip()
    if not text:
        raise Invalid("ยังไม่มีข้อความ จึงไม่ได้บันทึก โปรดพิมพ์ความเห็นก่อนส่ง")
    if len(text) > LONGEST:
        raise Invalid(
            "ความเห็นยาว %(text)s ตัวอักษร เกิน %(longest)s จึงยังไม่ได้บันทึก โปรดย่อให้สั้นลง",
            text=format(len(text), ","),
            longest=format(LONGEST, ","),
        )
    return text


def mark(now: datetime) -> datetime:
    """The full hour that `now` belongs to."""
    return now.replace(minute=0, second=0, microsecond=0)


def last_opening(now: datetime) -> datetime:
    """The latest Monday, 05:00 in Thailand, that is not after `now`."""
    local = now.astimezone(BANGKOK)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), OPENS_AT, BANGKOK)
    return monday if monday <= now else monday - _WEEK


def next_opening(now: datetime) -> datetime:
    return last_opening(now) + _WEEK


def end_of_waiting(period_end: date, close_after_days: int) -> datetime:
    """When a campaign's box is emptied: the morning after its last publication could have been closed out."""
    return datetime.combine(period_end + timedelta(days=close_after_days + 1), OPENS_AT, BANGKOK)


class Waiting(Protocol):
    """A comment in the box, as far as this decision needs to know it."""

    @property
    def campaign(self) -> str: ...

    @property
    def group(self) -> str: ...


W = TypeVar("W", bound=Waiting)


@dataclass(frozen=True, slots=True)
class Opened(Generic[W]):
    """What becomes of the box: told with their group, told without it, wiped unread, left waiting."""

    told: list[W]
    merged: list[W]
    wiped: list[W]
    kept: list[W]


def open_box(
    waiting: Sequence[W], *, due: bool, over: Collection[str], groups: Mapping[str, int], small: Collection[str]
) -> Opened[W]:
    """Decide for every waiting comment.

    `due`: it is an opening day. `over`: campaigns that ended, whose box is emptied whatever the day. `groups`: how many
    groups each campaign speaks to. `small`: groups known to have fewer than five members, which never have a batch of
    their own.
    """
    opened: Opened[W] = Opened([], [], [], [])
    by_group: defaultdict[tuple[str, str], list[W]] = defaultdict(list)
    for one in waiting:
        by_group[one.campaign, one.group].append(one)
    left: defaultdict[str, list[W]] = defaultdict(list)
    for (campaign, group), batch in by_group.items():
        if (due or campaign in over) and len(batch) >= SMALLEST and group not in small:
            opened.told.extend(batch)
        elif campaign in over:
            left[campaign].extend(batch)
        else:
            opened.kept.extend(batch)
    for campaign, batch in left.items():
        # Without a group nothing narrows who wrote it, unless there is only one group to have come from.
        (opened.merged if groups.get(campaign, 0) > 1 else opened.wiped).extend(batch)
    return opened
