"""Importing a list: what was previewed is what is written, once, in small steps, and the upload is gone afterwards."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saisaat.actions import enrol, import_staff
from saisaat.domain.errors import Invalid, NotAllowed, NotNow
from saisaat.domain.staff import Ended, Post, StaffType
from saisaat.domain.staff_list.plan import Status
from saisaat.queries.staff_import import LASTS, Preview, living_upload, preview
from saisaat.records import audit
from saisaat.records.models import Office, Person, Posting, SealingKey, StaffUpload
from tests.cast import Cast, make_cast
from tests.factories import NOW, make_office, make_person
from tests.stored import everything_stored

AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
DEMO = (files("saisaat") / "data" / "demo-staff.csv").read_bytes()
HEAD = "ลำดับ,ชื่อ-สกุล,ตำแหน่ง,ระดับ,ประเภท,สังกัด\n"
DISTRICT = "สำนักงานพัฒนาชุมชนอำเภอตาคลี"


def listed(*rows: str) -> bytes:
    return (HEAD + "\n".join(f"{no},{row}" for no, row in enumerate(rows, start=1))).encode()


ONE = f"เจ้าหน้าที่ หนึ่ง,นักวิชาการ,ชำนาญการ,ข้าราชการ,{DISTRICT}"
TWO = f"เจ้าหน้าที่ สอง,พนักงานขับรถยนต์,,ลูกจ้างประจำ,{DISTRICT}"


def take_in(cast: Cast, data: bytes, **chosen: object) -> StaffUpload:
    by = cast.actor("admin")
    upload = import_staff.take_in(data=data, person=cast.people["admin"], by=by, now=NOW, at=AT)
    if chosen:
        import_staff.choose(upload=upload, chosen=chosen, by=by, at=AT)
        upload.refresh_from_db()
    return upload


def seen(upload: StaffUpload) -> Preview:
    return preview(upload, NOW)


def confirm(cast: Cast, upload: StaffUpload, sha256: str = "", at: datetime = AT) -> None:
    digest = sha256 or seen(upload).plan.sha256
    import_staff.confirm(upload=upload, seen_sha256=digest, by=cast.actor("admin"), now=NOW, at=at)


def go_on(cast: Cast, upload: StaffUpload, seconds: float = 60) -> StaffUpload:
    return import_staff.go_on(upload=upload, by=cast.actor("admin"), now=NOW, at=AT, seconds=seconds)


def bring_in(cast: Cast, data: bytes, **chosen: object) -> StaffUpload:
    upload = take_in(cast, data, **chosen)
    confirm(cast, upload)
    return go_on(cast, upload)


def people(cast: Cast) -> dict[str, tuple[str, str, str]]:
    rows = Person.of(cast.province).filter(left_on__isnull=True).select_related("office", "key")
    return {one.name: (one.office.name, one.position, one.level) for one in rows}


def test_the_example_brings_sixteen_offices_and_104_people_once() -> None:
    """Counted in the file, since the offices of the stage would be counted too."""
    from saisaat.documents.tables import read_tables
    from saisaat.domain.staff_list.rows import read_rows
    from saisaat.domain.staff_list.tables import understand

    [sheet] = read_tables(DEMO)
    read = read_rows(sheet, understand(sheet), today=NOW.date())
    assert (len(read.people), read.wrong, read.skipped) == (104, (), {})
    assert len({row.office for row in read.people}) == 16
    assert len({row.key for row in read.people}) == 104
    shares = {kind: sum(row.staff_type is kind for row in read.people) for kind in StaffType}
    assert shares[StaffType.OFFICIAL] > 70 and all(shares.values())


def test_importing_twice_changes_nothing_the_second_time(cast: Cast) -> None:
    done = bring_in(cast, DEMO)
    before = people(cast)
    assert done.state == StaffUpload.State.DONE and Office.of(cast.province).count() == 16
    plan = seen(take_in(cast, DEMO)).plan
    assert plan.steps == () and plan.count(Status.NEW) == 0
    with pytest.raises(NotNow, match="ไม่มีอะไรต้องเปลี่ยน"):
        confirm(cast, take_in(cast, DEMO))
    assert people(cast) == before
    audit.verify(cast.province.pk)


def test_a_preview_writes_nothing_about_people(cast: Cast) -> None:
    before = (Person.everywhere.count(), Office.everywhere.count(), Posting.everywhere.count())
    seen(take_in(cast, DEMO))
    assert (Person.everywhere.count(), Office.everywhere.count(), Posting.everywhere.count()) == before


def test_a_change_keeps_the_history(cast: Cast) -> None:
    bring_in(cast, listed(ONE))
    done = bring_in(cast, listed(ONE.replace("ชำนาญการ", "ชำนาญการพิเศษ")))
    assert done.counts == {"change": 1}
    assert people(cast)["เจ้าหน้าที่ หนึ่ง"][2] == "ชำนาญการพิเศษ"
    levels = Posting.of(cast.province).filter(person__left_on__isnull=True, level__startswith="ชำ").order_by("pk")
    assert list(levels.values_list("level", "ended")) == [("ชำนาญการ", "changed"), ("ชำนาญการพิเศษ", "")]


def test_the_absent_leave_only_when_told(cast: Cast) -> None:
    bring_in(cast, listed(ONE, TWO))
    upload = take_in(cast, listed(ONE))
    [absent] = seen(upload).plan.absent
    assert seen(upload).plan.steps == ()
    done = bring_in(cast, listed(ONE), absent={absent.id: Ended.RETIRED})
    assert done.counts == {"leave": 1} and "เจ้าหน้าที่ สอง" not in people(cast)


def test_somebody_back_is_the_same_person(cast: Cast) -> None:
    bring_in(cast, listed(ONE))
    [person] = Person.of(cast.province).filter(position="นักวิชาการ")
    enrol.leave(person=person, how=Ended.RESIGNED, on=NOW.date(), reason="", by=cast.actor("admin"), now=NOW)
    upload = take_in(cast, listed(ONE))
    [line] = seen(upload).plan.lines
    assert line.status is Status.ASK
    done = bring_in(cast, listed(ONE), rows={"2": person.pk})
    person.refresh_from_db()
    assert (done.counts, person.left_on) == ({"return": 1}, None)


def test_a_namesake_elsewhere_is_a_new_person_when_told(cast: Cast) -> None:
    make_person(cast.office, name="เจ้าหน้าที่ หนึ่ง")
    done = bring_in(cast, listed(ONE), rows={"2": "new"})
    assert done.counts == {"office": 1, "add": 1}
    rows = Person.of(cast.province).select_related("key")
    assert sum(one.name == "เจ้าหน้าที่ หนึ่ง" for one in rows) == 2


# What moves meanwhile


def test_a_plan_that_moved_is_previewed_again(cast: Cast) -> None:
    upload = take_in(cast, listed(ONE))
    before = seen(upload).plan.sha256
    bring_in(cast, listed(ONE))
    with pytest.raises(NotNow, match="เปลี่ยนไปหลังจากเปิดหน้านี้"):
        confirm(cast, upload, before)
    upload.refresh_from_db()
    assert upload.state == StaffUpload.State.OPEN


def test_somebody_changed_during_the_import_is_left_alone(cast: Cast) -> None:
    bring_in(cast, listed(ONE, TWO))
    upload = take_in(cast, listed(ONE.replace("ชำนาญการ", "เชี่ยวชาญ"), TWO.replace("ขับรถยนต์", "พิมพ์")))
    confirm(cast, upload)
    [person] = Person.of(cast.province).filter(position="นักวิชาการ")
    by, told = cast.actor("admin"), Post("ผู้อำนวยการ", "", StaffType.OFFICIAL)
    enrol.repost(person=person, office=person.office, post=told, on=NOW.date(), by=by, now=NOW)
    done = go_on(cast, upload)
    assert done.counts["change"] == 1 and sum(done.counts["refused"].values()) == 1
    assert people(cast)["เจ้าหน้าที่ หนึ่ง"][1] == "ผู้อำนวยการ"
    assert people(cast)["เจ้าหน้าที่ สอง"][1] == "พนักงานพิมพ์"


def test_only_one_list_is_written_at_a_time_and_a_stalled_one_gives_way(cast: Cast) -> None:
    first, second = take_in(cast, listed(ONE)), take_in(cast, listed(TWO))
    confirm(cast, first)
    with pytest.raises(NotNow, match="อีกชุด"):
        confirm(cast, second)
    confirm(cast, second, at=AT + import_staff.STALLED_AFTER + timedelta(seconds=1))
    go_on(cast, second)
    assert go_on(cast, first).done == 0
    assert "เจ้าหน้าที่ หนึ่ง" not in people(cast) and "เจ้าหน้าที่ สอง" in people(cast)


def test_an_import_cut_off_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = take_in(cast, DEMO)
    confirm(cast, upload)
    before = upload.done
    for _ in range(200):
        upload = go_on(cast, upload, seconds=0)
        assert before < upload.done <= before + import_staff.BATCH
        before = upload.done
        if upload.state == StaffUpload.State.DONE:
            break
    assert upload.done == upload.total == sum(upload.counts.values())
    assert go_on(cast, upload).done == upload.total
    assert seen(take_in(cast, DEMO)).plan.steps == ()


def test_a_step_takes_few_statements(cast: Cast) -> None:
    upload = take_in(cast, listed(ONE))
    confirm(cast, upload)
    with CaptureQueriesContext(connection) as asked:
        go_on(cast, upload)
    assert len(asked) < 45


def test_a_list_is_confirmed_once(cast: Cast) -> None:
    upload = take_in(cast, listed(ONE))
    digest = seen(upload).plan.sha256
    confirm(cast, upload, digest)
    with pytest.raises(NotNow):
        confirm(cast, upload, digest)
    with pytest.raises(NotNow):
        import_staff.choose(upload=upload, chosen={"on": ""}, by=cast.actor("admin"), at=AT)


# Keeping and forgetting


def test_an_upload_is_gone_after_an_hour_with_its_key(cast: Cast) -> None:
    upload = take_in(cast, listed(ONE))
    assert living_upload(cast.province.pk, upload.pk, AT + LASTS - timedelta(seconds=1))
    assert living_upload(cast.province.pk, upload.pk, AT + LASTS) is None
    assert import_staff.forget_old(at=AT + LASTS) == 1
    assert not StaffUpload.everywhere.exists() and not SealingKey.everywhere.filter(purpose="staff list").exists()


def test_another_upload_takes_the_old_ones_away(cast: Cast) -> None:
    take_in(cast, listed(ONE))
    StaffUpload.everywhere.update(touched_at=AT - LASTS)
    kept = take_in(cast, listed(TWO))
    assert [upload.pk for upload in StaffUpload.everywhere.all()] == [kept.pk]


def test_after_the_import_nothing_of_the_file_can_be_read(cast: Cast) -> None:
    done = bring_in(cast, listed(ONE))
    done.refresh_from_db()
    assert (done.tables_sealed, done.steps_sealed, done.key.wrapped) == (None, None, None)


def test_no_cell_of_the_file_is_stored_readable(transactional_db: None) -> None:
    cast = make_cast()
    upload = take_in(cast, listed(ONE.replace("หนึ่ง", "ต้องไม่เห็น")))
    confirm(cast, upload)
    assert "ต้องไม่เห็น".encode() not in everything_stored()
    go_on(cast, upload)
    assert "ต้องไม่เห็น".encode() not in everything_stored()


@pytest.mark.parametrize("part", ["viewer", "auditor", "duty", "reviewer"])
def test_others_import_nothing(cast: Cast, part: str) -> None:
    with pytest.raises(NotAllowed):
        import_staff.take_in(data=DEMO, person=cast.people[part], by=cast.actor(part), now=NOW, at=AT)
    upload = take_in(cast, listed(ONE))
    by = cast.actor(part)
    with pytest.raises(NotAllowed):
        import_staff.confirm(upload=upload, seen_sha256=seen(upload).plan.sha256, by=by, now=NOW, at=AT)


def test_a_file_that_cannot_be_read_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid):
        take_in(cast, b"")
    assert not StaffUpload.everywhere.exists()


def test_a_file_of_another_province_knows_nobody_here(cast: Cast) -> None:
    bring_in(cast, listed(ONE))
    other = make_cast("other-")
    make_office(other.province, DISTRICT, Office.Kind.DISTRICT)
    plan = seen(take_in(other, listed(ONE))).plan
    assert [line.status for line in plan.lines] == ["new"]
