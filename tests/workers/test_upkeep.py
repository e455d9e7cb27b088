"""What the engine forgets by the real clock, while the campaign clock may stand in another year."""

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from saisaat.actions import import_staff
from saisaat.queries.staff_import import LASTS
from saisaat.records.models import SealingKey, StaffUpload
from saisaat.workers import upkeep
from saisaat.workers.engine import Engine
from tests.cast import Cast
from tests.factories import NOW
from tests.workers.fake_line import FakeLine, Inline, OnePort, drive

LIST = "ชื่อ-สกุล,ตำแหน่ง,ประเภทบุคลากร,สังกัด\nบุคคลที่ หนึ่ง,นักวิชาการ,ข้าราชการ,สำนักงานจังหวัด\n".encode()
MINUTE = timedelta(minutes=1)


def upload(cast: Cast, ago: timedelta) -> StaffUpload:
    at = datetime.now(UTC) - ago
    return import_staff.take_in(data=LIST, person=cast.people["owner"], by=cast.actor("owner"), now=NOW, at=at)


def kept() -> set[str]:
    return set(StaffUpload.everywhere.values_list("pk", flat=True))


def test_lists_nobody_went_on_with_are_forgotten_whatever_the_campaign_clock_says(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = OnePort(cast.channel, FakeLine(lambda: NOW))
    engine = Engine(pool=port, database=Inline(), now=lambda: NOW, name="e", alone=True)  # type: ignore[arg-type]
    old, young = upload(cast, LASTS + MINUTE), upload(cast, LASTS - 5 * MINUTE)
    assert kept() == {old.pk, young.pk}
    drive(engine.tick())
    assert kept() == {young.pk}
    assert SealingKey.everywhere.filter(purpose="staff list").count() == 1, "and its key is gone with it"

    StaffUpload.everywhere.update(touched_at=datetime.now(UTC) - LASTS)
    drive(engine.tick())
    assert kept() == {young.pk}, "not at every tick"
    later = time.monotonic() + upkeep.SECONDS_BETWEEN
    monkeypatch.setattr(upkeep, "time", SimpleNamespace(monotonic=lambda: later))
    drive(engine.tick())
    assert kept() == set()
