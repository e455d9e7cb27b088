from datetime import UTC, datetime

from saisaat.actions.import_staff import confirm, take_in
from saisaat.domain.roles import Deed
from saisaat.queries.staff_import import preview
from saisaat.records.models import Office
from tests.factories import NOW, make_office, make_person
from tests.scenes import Address, Scene, form

SEE, MANAGE = Deed.SEE_PEOPLE, Deed.MANAGE_PEOPLE
UPLOAD, RUNNING = ("staff_upload",), ("running_upload",)
TABS = ("ask", "wrong", "offices", "new", "changed", "absent", "same")
LIST = """บัญชีรายชื่อบุคลากร,,,,,
ลำดับ,ชื่อ-สกุล,ตำแหน่ง,ระดับ,ประเภท,สังกัด,วันบรรจุ
1,เจ้าหน้าที่ ก,นักวิชาการพัฒนาชุมชน,ชำนาญการ,ข้าราชการ,สำนักงานพัฒนาชุมชนอำเภอตาคลี,๑ ต.ค. ๒๕๖๐
2,เจ้าหน้าที่ ข,เจ้าพนักงานพัฒนาชุมชน,,ข้าราชการ,สำนักงานพัฒนาชุมชนอำเภอตาคลี,31/2/2560
3,เจ้าหน้าที่ ค,พนักงานขับรถยนต์,,ลูกจ้างประจำ,อำเภอหนองบัว,1 พ.ค. 50
4,เจ้าหน้าที่ ง,พนักงานธุรการ,,ไม่แน่ใจ,อำเภอหนองบัว,
5,เจ้าหน้าที่ จ,นักวิชาการพัฒนาชุมชน,,ข้าราชการ,สำนักงานพัฒนาชุมชนอำเภอตาคลี,
"""

ADDRESSES = [
    Address("people", SEE),
    Address("people", SEE, query="q=นักวิชาการ&type=official"),
    Address("people", SEE, query="q=ไม่มีใครชื่อนี้"),
    Address("people", SEE, query="left=1"),
    Address("people-export", SEE, query="kind=xlsx", look=False),
    Address("people-export", SEE, query="kind=csv&q=นักวิชาการ", look=False),
    Address("people-add", MANAGE),
    form("people-add", MANAGE, answers=(422,)),
    Address("people-offices", SEE),
    form("people-office-add", MANAGE, answers=(422,)),
    Address("people-office", SEE, ("district",)),
    form("people-office-rename", MANAGE, "district", answers=(422,)),
    form("people-office-merge", MANAGE, "district", answers=(422,)),
    Address("people-import", MANAGE),
    form("people-import", MANAGE, answers=(422,)),
    Address("people-example", MANAGE, query="kind=xlsx", look=False),
    Address("people-example", MANAGE, query="kind=csv", look=False),
    *(Address("people-preview", MANAGE, UPLOAD, query=f"show={tab}") for tab in TABS),
    form("people-columns", MANAGE, *UPLOAD, answers=(302,)),
    form("people-answers", MANAGE, *UPLOAD, answers=(302,)),
    form("people-confirm", MANAGE, *UPLOAD, answers=(422,)),
    Address("people-errors", MANAGE, UPLOAD, look=False),
    Address("people-run", MANAGE, RUNNING, look=False),
    form("people-run", MANAGE, *UPLOAD, answers=(302,)),
    Address("person", SEE, ("colleague",)),
    Address("person", SEE, ("person_who_left",)),
    form("person-correct", MANAGE, "colleague", answers=(422,)),
    form("person-post", MANAGE, "colleague", answers=(422,)),
    form("person-leave", MANAGE, "colleague", answers=(422,)),
    # Sent by each role in turn: the first who may finds it, the next ones find it gone.
    form("people-drop", MANAGE, "dropped_upload", answers=(302, 404)),
]


def furnish(scene: Scene) -> None:
    """Two districts, somebody who left, and a list at every stage of its import."""
    cast = scene.cast
    district = make_office(cast.province, "สำนักงานพัฒนาชุมชนอำเภอตาคลี", Office.Kind.DISTRICT)
    colleague = make_person(district, "นักวิชาการพัฒนาชุมชน", "เจ้าหน้าที่ จ")
    make_person(cast.office, "นักวิชาการพัฒนาชุมชน", "เจ้าหน้าที่ ก")
    make_person(district, "พัฒนาการอำเภอ", "เจ้าหน้าที่ ฉ")
    gone = make_person(district, "พนักงานพิมพ์", "เจ้าหน้าที่ ช")
    gone.left_on = NOW.date()
    gone.save(update_fields=["left_on"])
    uploads = {}
    person, by, at = cast.people["owner"], cast.actor("owner"), datetime.now(UTC)
    for name in ("staff_upload", "dropped_upload", "running_upload"):
        uploads[name] = take_in(data=LIST.encode(), person=person, by=by, now=NOW, at=at)
    running = uploads["running_upload"]
    confirm(upload=running, seen_sha256=preview(running, NOW).plan.sha256, by=by, now=NOW, at=at)
    scene.ids |= {name: str(upload.pk) for name, upload in uploads.items()}
    scene.ids |= {
        "district": str(district.pk),
        "colleague": str(colleague.pk),
        "person_who_left": str(gone.pk),
    }
