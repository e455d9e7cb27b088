from datetime import date, timedelta

import pytest

from saisaat.domain.errors import Invalid
from saisaat.queries.calendar import civil_holidays

YEAR_2020 = (date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 5, 4), "ฉัตรมงคล"),
        (date(2020, 5, 6), "วิสาขบูชา"),
        (date(2020, 5, 11), "พืชมงคล"),
        (date(2020, 7, 6), "เข้าพรรษา"),
        (date(2020, 7, 7), "ชดเชยวันอาสาฬหบูชา"),
        (date(2020, 7, 27), "ชดเชยวันสงกรานต์"),
        (date(2020, 9, 4), "ชดเชยวันสงกรานต์"),
        (date(2020, 9, 7), "ชดเชยวันสงกรานต์"),
        (date(2020, 11, 19), "พิเศษ"),
        (date(2020, 11, 20), "พิเศษ"),
        (date(2020, 12, 11), "พิเศษ"),
    ],
)
def test_the_holidays_of_2563(day, name):
    assert name in civil_holidays(*YEAR_2020)[day]


@pytest.mark.parametrize("day", [date(2020, 4, 13), date(2020, 5, 1), date(2027, 5, 1), date(2027, 5, 3)])
def test_songkran_of_2563_was_moved_and_labour_day_is_none_for_the_civil_service(day):
    assert day not in civil_holidays(day, day)


def test_a_late_special_day_is_there():
    assert date(2026, 1, 2) in civil_holidays(date(2026, 1, 1), date(2026, 1, 3))


def test_may_to_september_2563_has_98_working_days():
    start, end = date(2020, 5, 1), date(2020, 9, 30)
    off = civil_holidays(start, end)
    days = [start + timedelta(days=ahead) for ahead in range((end - start).days + 1)]
    assert sum(day.weekday() < 5 and day not in off for day in days) == 98
    assert list(off) == sorted(off) and start <= min(off) and max(off) <= end


def test_an_override_adds_removes_and_renames(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        """
schema: 1
remove:
- {date: '2020-05-11', source: ประกาศ}
- {date: '2020-05-06', source: ประกาศ, note: เปลี่ยนชื่อ}
add:
- {date: 2020-05-06, name: ชื่อใหม่, source: ประกาศ}
- {date: '2020-05-20', name: วันพิเศษของจังหวัด, source: คำสั่งจังหวัด, note: เฉพาะจังหวัด}
""",
        "utf-8",
    )
    found = civil_holidays(date(2020, 5, 5), date(2020, 5, 31), path)
    assert dict(found) == {date(2020, 5, 6): "ชื่อใหม่", date(2020, 5, 20): "วันพิเศษของจังหวัด"}
    assert date(2020, 5, 11) in civil_holidays(date(2020, 5, 5), date(2020, 5, 31)), "the file is not remembered"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("schema: 1\nadd:\n- {date: '2020-05-20', source: ก}\n", "บรรทัด 3: ช่อง name"),
        ("schema: 1\nadd:\n- {date: '2020-05-20', name: ก}\n", "บรรทัด 3: ช่อง source"),
        ("schema: 1\nadd:\n- {name: ก, source: ข}\n", "บรรทัด 3: ช่อง date"),
        ("schema: 1\nremove:\n- {date: 20/5/2563, source: ก}\n", "บรรทัด 3: ช่อง date"),
        ("schema: 1\nadds: []\n", "adds"),
        ("add: []\n", "schema"),
    ],
)
def test_a_bad_override_is_refused_with_its_line(tmp_path, content, reason):
    path = tmp_path / "own.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(Invalid) as refused:
        civil_holidays(date(2020, 5, 1), date(2020, 5, 31), path)
    assert reason in refused.value.message and "own.yaml" in refused.value.message


def test_a_missing_override_is_said_not_ignored(tmp_path):
    with pytest.raises(Invalid, match="missing"):
        civil_holidays(date(2020, 5, 1), date(2020, 5, 31), tmp_path / "missing.yaml")
