"""The office's own pictures: whose they are, by what right, with whose consent; and nothing else in the bytes."""

from datetime import date
from typing import Any

import pytest

from saisaat.actions.compose import media_path
from saisaat.actions.picture import keep_picture
from saisaat.domain.errors import Invalid, NotAllowed
from saisaat.domain.pictures import Licence, Rights
from saisaat.records.models import AuditEvent, Media, OwnPicture
from tests.actions.stage import Stage
from tests.factories import NOW, jpeg

RIGHTS: dict[str, Any] = {
    "owner": "สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
    "licence": Licence.OWN,
    "proof": "ถ่ายในการประชุม",
    "taken_on": date(2020, 5, 12),
    "people": False,
}


def keep(stage: Stage, part: str = "producer", data: bytes | None = None, **changes: object) -> OwnPicture:
    rights = Rights(**(RIGHTS | changes))
    data = jpeg(800, 600) if data is None else data
    return keep_picture(data=data, rights=rights, person=stage.people[part], by=stage.actor(part), now=NOW)


def test_a_picture_is_kept_with_its_rights(stage: Stage) -> None:
    kept = keep(stage, people=True, consent=" แจ้งในที่ประชุม ")
    assert (kept.owner, kept.licence, kept.consent) == (RIGHTS["owner"], "own", "แจ้งในที่ประชุม")
    stored = media_path(kept.media.sha256).read_bytes()
    assert stored.startswith(b"\xff\xd8") and kept.media.size == len(stored)
    assert AuditEvent.of(stage.province).get(action="item.compose.picture").digest == kept.media.sha256


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"owner": " "}, "ของใคร"),
        ({"proof": ""}, "ใช้ได้เพราะอะไร"),
        ({"taken_on": date(2020, 5, 14)}, "อนาคต"),
        ({"people": True}, "ยินยอม"),
        ({"data": b"<svg/>"}, "ไม่ใช่ภาพ"),
    ],
)
def test_without_them_it_is_not(stage: Stage, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        keep(stage, **changes)
    assert not OwnPicture.of(stage.province).exists() and not Media.of(stage.province).exists()


def test_the_same_picture_twice_is_one_file_with_two_rights(stage: Stage) -> None:
    first, second = keep(stage), keep(stage, owner="ผู้อื่น", licence=Licence.PERMITTED)
    assert first.media == second.media and Media.of(stage.province).count() == 1


def test_consent_to_nothing_is_not_written(stage: Stage) -> None:
    assert keep(stage, consent="ไม่มีใคร").consent == ""


def test_only_those_who_make_media_bring_pictures(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        keep(stage, "reviewer")
