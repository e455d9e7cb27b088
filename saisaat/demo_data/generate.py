"""Everything for a number of provinces and seasons, province by province, season by season."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from saisaat.demo_data.outcomes import Outcomes
from saisaat.demo_data.place import settle
from saisaat.demo_data.plan import make_plan
from saisaat.demo_data.rows import Dice, Rows
from saisaat.demo_data.season import begin, begin_next
from saisaat.demo_data.stories import Stories, make_stories
from saisaat.demo_data.trail import Trail
from saisaat.domain.cadence import local_day
from saisaat.domain.errors import Invalid
from saisaat.records import models as records

_INTO_THE_SEASON = timedelta(weeks=11)
_A_YEAR = timedelta(weeks=52)
_SMALLEST, _LARGEST = 0.4, 1.6  # of the demonstration's fifteen districts


@dataclass(frozen=True, slots=True)
class Scale:
    """How much. `drawn`: how many posters are really drawn; the other items show the picture of one of these."""

    provinces: int
    drawn: int


SCALES = {"office": Scale(provinces=1, drawn=66), "department": Scale(provinces=76, drawn=12)}


def check_empty() -> None:
    """Raise `Invalid` unless nothing of an office is in the database."""
    for name in records.__all__:
        model = getattr(records, name)
        if name not in {"CampaignClock", "FirstRun"} and model.everywhere.exists():
            raise Invalid("ฐานข้อมูลนี้มีข้อมูลอยู่แล้ว จึงไม่ได้เขียนข้อมูลตัวอย่าง ข้อมูลเดิมยังอยู่ครบ โปรดระบุ --data โฟลเดอร์ใหม่")


def generate(
    *,
    scale: Scale,
    seasons: int,
    seed: int,
    password: str,
    now: datetime,
    tell: Callable[[str], None],
) -> Counter[str]:
    """Fill the empty database; how many rows of each kind were written.

    The last season began eleven weeks before `now` and runs, the others began a year apart before it and ended; of the
    next there is a draft.
    `password` is the hash every account gets. The same seed gives the same rows, but for keys and what they seal.
    `tell` hears now and then, in Thai, how far it is. No more than one season is held in memory.
    """
    check_empty()
    dice, rows = Dice(seed), Rows()
    stories: Stories | None = None
    monday = local_day(now - _INTO_THE_SEASON)
    monday -= timedelta(days=monday.weekday())
    for number in range(1, scale.provinces + 1):
        alone = scale.provinces == 1
        size = 1.0 if alone else dice.uniform(_SMALLEST, _LARGEST)
        with transaction.atomic():
            place = settle(number=0 if alone else number, size=size, password=password, dice=dice, rows=rows, now=now)
        trail = Trail(place.province)
        for year in range(seasons - 1, -1, -1):
            with transaction.atomic():
                season = begin(place=place, start=monday - year * _A_YEAR, rows=rows, now=now, dice=dice)
            stories = stories or make_stories(place, season.campaign, drawn=scale.drawn, now=now, tell=tell)
            with transaction.atomic():
                publications = make_plan(season=season, stories=stories, rows=rows, now=now, dice=dice)
                deliveries = Outcomes(season, rows, now, dice).tell(publications)
                trail.add(season, publications, deliveries, rows)
                rows.write()
                trail.close()
        with transaction.atomic():
            begin_next(place=place, start=monday + _A_YEAR, rows=rows, now=now, dice=dice)
        tell(f"จังหวัด {number}/{scale.provinces} · {rows.counts.total():,} แถว")
    return rows.counts
