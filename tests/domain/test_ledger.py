from datetime import datetime, timedelta, timezone
from random import Random

import pytest

from saisaat.domain.errors import NotNow
from saisaat.domain.ledger import (
    CONSUMPTION_LAG,
    Ledger,
    Spend,
    can_push,
    check_push,
    forecast,
    left,
    month_keys,
    used,
)
from saisaat.domain.messages import QuotaReading

ICT = timezone(timedelta(hours=7))
JST = timezone(timedelta(hours=9))
NOON = datetime(2020, 6, 15, 12, 0, tzinfo=ICT)


def reading(limit: int | None, taken: int, *, at: datetime = NOON - timedelta(hours=2)) -> QuotaReading:
    return QuotaReading(limit=limit, used=taken, read_at=at)


def ago(**kwargs: float) -> datetime:
    return NOON - timedelta(**kwargs)


@pytest.mark.parametrize(
    ("ledger", "heads", "reason"),
    [
        (Ledger(None), 1, "ยังไม่เคยอ่าน"),
        (Ledger(reading(300, 0, at=ago(hours=25))), 1, "ไม่เป็นปัจจุบัน"),
        (Ledger(reading(300, 0, at=ago(minutes=-5))), 1, "ไม่เป็นปัจจุบัน"),
        (Ledger(reading(300, 0, at=ago(days=20))), 1, "คนละเดือน"),
        (Ledger(reading(None, 0)), 1, "มีค่าใช้จ่าย"),
        (Ledger(reading(300, 0)), None, "ไม่รู้จำนวนสมาชิก"),
        (Ledger(reading(300, 0)), 0, "ไม่รู้จำนวนสมาชิก"),
        (Ledger(reading(300, 197)), 104, "ต้องใช้ 104 ข้อความ แต่โควตาฟรีของเดือนนี้เหลือ 103"),
        (Ledger(reading(300, 0), reserved=200), 104, "เหลือ 100 (กันไว้ให้รายการอื่นแล้ว 200)"),
        (Ledger(reading(300, 0), [Spend(ago(hours=1), 208)]), 104, "เหลือ 92"),
    ],
)
def test_doubt_is_a_refusal_with_its_numbers(ledger, heads, reason):
    with pytest.raises(NotNow) as refused:
        check_push(ledger, heads, NOON)
    assert reason in refused.value.message
    assert not can_push(ledger, heads, NOON)


@pytest.mark.parametrize(
    "ledger",
    [
        Ledger(reading(300, 196)),
        Ledger(reading(300, 0), reserved=196),
        Ledger(reading(300, 104), [Spend(ago(hours=1), 92)]),
        Ledger(reading(None, 0), allow_paid=True),
    ],
)
def test_a_push_that_is_certainly_free_is_let_through(ledger):
    check_push(ledger, 104, NOON)


def test_a_push_shortly_before_a_reading_is_not_trusted_to_be_in_it():
    read_at = NOON - timedelta(hours=2)
    long_before = Spend(read_at - CONSUMPTION_LAG - timedelta(seconds=1), 50)
    just_before = Spend(read_at - CONSUMPTION_LAG, 50)
    assert used(Ledger(reading(300, 100), [long_before]), NOON) == 100
    assert used(Ledger(reading(300, 100), [just_before]), NOON) == 150


def test_own_pushes_count_even_where_the_channel_knows_nothing_of_them():
    spends = [Spend(ago(days=3), 104), Spend(ago(days=10), 104), Spend(ago(days=40), 104)]
    assert used(Ledger(reading(300, 0), spends), NOON) == 208
    assert used(Ledger(None, spends), NOON) == 208


@pytest.mark.parametrize(
    ("at", "keys"),
    [
        ("2020-06-30T21:59:59+07:00", {"2020-06"}),
        ("2020-06-30T22:00:00+07:00", {"2020-06", "2020-07"}),
        ("2020-06-30T23:59:59+07:00", {"2020-06", "2020-07"}),
        ("2020-07-01T00:00:00+07:00", {"2020-07"}),
        ("2020-12-31T15:30:00+00:00", {"2020-12", "2021-01"}),
    ],
)
def test_two_months_overlap_for_two_hours(at, keys):
    assert month_keys(datetime.fromisoformat(at)) == keys


@pytest.mark.parametrize(
    ("read_at", "now", "usable"),
    [
        ("2020-06-30T21:00:00+07:00", "2020-06-30T23:00:00+07:00", False),
        ("2020-06-30T22:30:00+07:00", "2020-06-30T23:00:00+07:00", True),
        ("2020-06-30T21:00:00+07:00", "2020-07-01T00:30:00+07:00", False),
        ("2020-06-30T23:00:00+07:00", "2020-07-01T00:30:00+07:00", False),
        ("2020-07-01T00:10:00+07:00", "2020-07-01T00:30:00+07:00", True),
    ],
)
def test_a_reading_must_be_of_the_month_the_push_may_count_to(read_at, now, usable):
    ledger = Ledger(reading(300, 0, at=datetime.fromisoformat(read_at)))
    assert can_push(ledger, 104, datetime.fromisoformat(now)) is usable


def test_the_forecast_says_how_much_is_missing_and_never_raises():
    found = forecast(Ledger(reading(300, 104), reserved=10), [104, 104], NOON)
    assert (found.limit, found.used, found.left, found.planned, found.short_by) == (300, 104, 186, 208, 22)
    blind = forecast(Ledger(None), [104], NOON)
    assert (blind.limit, blind.left, blind.short_by) == (None, None, None)


def test_left_is_none_without_a_limit():
    assert left(Ledger(reading(None, 5000), allow_paid=True), NOON) is None


class LineQuota:
    """LINE's side: a limit that may change from month to month, figures that lag, a month that turns in `zone`."""

    def __init__(self, zone: timezone, limits: list[int], lag: timedelta) -> None:
        self.zone, self.limits, self.lag = zone, limits, lag
        self.ours: list[Spend] = []
        self.by_hand: list[Spend] = []

    def month(self, at: datetime) -> int:
        return at.astimezone(self.zone).month

    def limit(self, now: datetime) -> int:
        return self.limits[self.month(now) % len(self.limits)]

    def spent(self, spends: list[Spend], now: datetime, until: datetime) -> int:
        return sum(s.heads for s in spends if self.month(s.at) == self.month(now) and s.at <= until)

    def left(self, now: datetime) -> int:
        return self.limit(now) - self.spent(self.ours, now, now) - self.spent(self.by_hand, now, now)

    def read(self, now: datetime) -> QuotaReading:
        shown = self.spent(self.ours, now, now - self.lag) + self.spent(self.by_hand, now, now)
        return QuotaReading(self.limit(now), shown, now)


@pytest.mark.parametrize("zone", [ICT, JST], ids=["ict", "jst"])
def test_no_month_is_overspent_whatever_happens(zone):
    """300 month ends at random, the same each run. A broadcast by hand is followed by a fresh reading."""
    pushed = refused = 0
    for seed in range(300):
        rng = Random(seed)
        line = LineQuota(zone, rng.choices([0, 150, 300, 500], k=2), timedelta(minutes=rng.choice([0, 20, 60])))
        now = datetime(2020, 6, 30, rng.randint(12, 20), tzinfo=ICT)
        last: QuotaReading | None = None
        for _ in range(20):
            now += timedelta(minutes=rng.choice([2, 10, 45, 120]))
            heads = rng.choice([2, 50, 104])
            what = rng.choice(["push", "push", "push", "read", "by hand"])
            if what == "push" and can_push(Ledger(last, line.ours), heads, now):
                assert heads <= line.left(now), f"overspent at {now} with seed {seed}"
                line.ours.append(Spend(now, heads))
                pushed += 1
            elif what == "push":
                refused += 1
            else:
                if what == "by hand" and heads <= line.left(now):
                    line.by_hand.append(Spend(now, heads))
                last = line.read(now)
    assert pushed > 200 and refused > 200, "both answers must occur, or nothing was tried"
