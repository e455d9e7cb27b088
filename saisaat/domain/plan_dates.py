"""On which days and at what times: the calendar half of planning. No topics here."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from saisaat.domain.cadence import BANGKOK, Kind, Per, Quota, Span, WeekRule, spans
from saisaat.domain.errors import Invalid

Tier = Callable[[date], tuple[int, ...]]
"""How unwelcome a day is: smaller is better, equal days are spread evenly."""

OwedSpans = Sequence[tuple[Quota, tuple[Span, ...]]]
"""Each quota with its spans, shortest spans first."""

GREETING_HOURS = (time(7, 0), time(8, 0))
"""Office groups fill with good-morning pictures between these; what is posted then is buried."""

_BREATHER = timedelta(minutes=15)
_SHORTEST_FIRST = (Per.DAY, Per.WEEK, Per.MONTH, Per.QUARTER, Per.YEAR)
_WORKING, _SATURDAY, _SUNDAY, _HOLIDAY = range(4)


def day_rank(day: date, holidays: Collection[date]) -> int:
    """0 working day, 1 Saturday, 2 Sunday, 3 holiday."""
    if day in holidays:
        return _HOLIDAY
    return {5: _SATURDAY, 6: _SUNDAY}.get(day.weekday(), _WORKING)


def day_tier(day: date, holidays: Collection[date], weekdays: Collection[int]) -> tuple[int, ...]:
    """How unwelcome a day is where `weekdays` (Monday 0) are the wished ones: those, then other days, then holidays."""
    rank = day_rank(day, holidays)
    wished = rank == _HOLIDAY or day.weekday() in weekdays
    return rank == _HOLIDAY, not wished, rank


def owed_spans(start: date, end: date, rule: WeekRule, quotas: Iterable[Quota]) -> OwedSpans:
    """Each quota with its spans, shortest spans first."""
    ordered = sorted(quotas, key=lambda quota: _SHORTEST_FIRST.index(quota.per))
    return [(quota, spans(start, end, quota.per, rule, quota.at_least)) for quota in ordered]


WORKDAYS = (0, 1, 2, 3, 4)


def poster_days(owed: OwedSpans, holidays: Collection[date], weekdays: Collection[int] = WORKDAYS) -> Counter[date]:
    """How many posters go out on which day: two on one day only when no day of the span is free."""
    chosen: Counter[date] = Counter()
    _fill(chosen, _only(owed, Kind.POSTER), lambda day: (chosen[day], *day_tier(day, holidays, weekdays)))
    return chosen


def clip_days(
    owed: OwedSpans, holidays: Collection[date], posters: Mapping[date, int], weekdays: Collection[int] = WORKDAYS
) -> Counter[date]:
    """Days for clips: working days, apart from posters where possible, in the middle of the span."""
    chosen: Counter[date] = Counter()
    _fill(
        chosen,
        _only(owed, Kind.CLIP),
        lambda day: (chosen[day], *day_tier(day, holidays, weekdays), posters.get(day, 0)),
    )
    return chosen


def _only(owed: OwedSpans, kind: Kind) -> Iterable[Span]:
    return (span for quota, found in owed if quota.kind is kind for span in found)


def _fill(chosen: Counter[date], found: Iterable[Span], tier: Tier) -> None:
    """Top every span up to its quota. What a shorter span already asked for counts in the longer one too."""
    for span in found:
        days = [span.start + timedelta(days=ahead) for ahead in range(span.days)]
        missing = span.quota - sum(chosen[day] for day in days)
        while missing > 0:
            best = min(map(tier, days))
            picked = spread([day for day in days if tier(day) == best], missing)
            chosen.update(picked)
            missing -= len(picked)


def spread(days: Sequence[date], wanted: int) -> list[date]:
    """At most `wanted` of `days`, as evenly apart as they allow: three of Mon-Fri are Mon, Wed, Fri."""
    if wanted >= len(days):
        return list(days)
    return [days[(2 * place + 1) * len(days) // (2 * wanted)] for place in range(wanted)]


def announcement_day(start: date, first_publication: date, holidays: Collection[date]) -> date:
    """The best day not after the first publication, the earliest of equals."""
    days = [start + timedelta(days=ahead) for ahead in range((first_publication - start).days + 1)]
    return min(days, key=lambda day: (day_rank(day, holidays), day))


def is_quiet(at: time, quiet: tuple[time, time]) -> bool:
    """Whether local time `at` lies in [from, to), over midnight when from > to."""
    start, stop = quiet
    return start <= at < stop if start <= stop else at >= start or at < stop


def check_times(times: Sequence[time], announce_at: time, quiet: tuple[time, time]) -> None:
    """Raise `Invalid` unless publishing times are there, differ, are loud, and the announcement is before them all."""
    if not times or len(set(times)) != len(times):
        raise Invalid("เวลาเผยแพร่ว่างหรือซ้ำกัน จึงจัดแผนไม่ได้ โปรดใส่อย่างน้อยหนึ่งเวลา")
    for at in (*times, announce_at):
        if is_quiet(at, quiet):
            raise Invalid(
                "เวลา %(at)s น. อยู่ในช่วงงดส่ง %(quiet)s-%(quiet2)s น. โปรดเลือกเวลาอื่น",
                at=format(at, "%H:%M"),
                quiet=format(quiet[0], "%H:%M"),
                quiet2=format(quiet[1], "%H:%M"),
            )
        if GREETING_HOURS[0] <= at < GREETING_HOURS[1]:
            raise Invalid(
                "เวลา %(at)s น. เป็นช่วงทักทายตอนเช้า เรื่องที่ส่งจะถูกกลบ โปรดเลือกเวลาหลัง 08:00 น.", at=format(at, "%H:%M")
            )
    if announce_at >= min(times):
        raise Invalid(
            "เวลาแจ้งแผน %(announce_at)s น. ต้องอยู่ก่อนเวลาเผยแพร่เวลาแรก %(times)s น.",
            announce_at=format(announce_at, "%H:%M"),
            times=format(min(times), "%H:%M"),
        )


def day_times(times: Sequence[time], count: int, turn: int, quiet: tuple[time, time]) -> list[time]:
    """`count` different times of one day, ascending; `turn` says with which of `times` a day of one begins.

    Raises `Invalid` where the loud hours cannot hold so many a quarter of an hour apart.
    """
    ordered = sorted(times)
    rotated = [ordered[(turn + step) % len(ordered)] for step in range(len(ordered))]
    picked = rotated[:count]
    extra = datetime.combine(date.min, ordered[0])
    while len(picked) < count:
        extra += _BREATHER
        if extra.date() != date.min or is_quiet(extra.time(), quiet):
            raise Invalid("โควตาต้องส่งวันละ %(count)s เรื่อง เกินเวลาที่ส่งได้ในหนึ่งวัน โปรดลดโควตาหรือขยายช่วงเวลา", count=count)
        if extra.time() not in picked:
            picked.append(extra.time())
    return sorted(picked)


def at_local(day: date, at: time) -> datetime:
    """`day` at `at`, Thai time, aware."""
    return datetime.combine(day, at, BANGKOK)


def last_loud_moment(day: date, quiet: tuple[time, time]) -> datetime:
    """The end of the hours of `day` in which sending is allowed."""
    start, stop = quiet
    return at_local(day, start) if start > stop else at_local(day, time(23, 59))


def latest_loud(moment: datetime, quiet: tuple[time, time]) -> datetime:
    """`moment` itself, or the last allowed moment before it when it lies in the quiet hours."""
    if not is_quiet(moment.time(), quiet):
        return moment
    start = at_local(moment.date(), quiet[0])
    return start if start <= moment else start - timedelta(days=1)
