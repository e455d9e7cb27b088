"""The people pages: finding, adding, changing, taking along; the offices; the road from a file to people."""

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saisaat.domain.roles import Role
from saisaat.queries import people as queries
from saisaat.records.models import Account, AuditEvent, Office, Person, RoleGrant
from saisaat.records.sealing import shred
from tests.cast import Cast
from tests.factories import NOW, make_office, make_person

Enter = Callable[[str], Client]
DISTRICT = "สำนักงานพัฒนาชุมชนอำเภอตาคลี"


@pytest.fixture
def district(cast: Cast) -> Office:
    return make_office(cast.province, DISTRICT, Office.Kind.DISTRICT)


def text(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


# The list


def names(browser: Client, query: str = "") -> list[str]:
    page = text(browser, f"/people?{query}")
    found = re.findall(r'class="who-is"><a [^>]*>(.*?)</a>', page)
    return [re.sub(r"<[^>]+>", "", name).replace("\u00a0", " ") for name in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ใจดี", ["สมหมาย ใจดี"]),
        ("q=ใจ ดี", ["สมหมาย ใจดี"]),
        ("q=พนักงานขับ", ["คนที่ ๑๒"]),
        ("q=คนที่ 12", ["คนที่ ๑๒"]),
        ("q=ตาคลี", ["สมหมาย ใจดี", "คนที่ ๑๒"]),
        ("q=ตาคลี ใจดี", ["สมหมาย ใจดี"]),
        ("q=ไม่มี", []),
        ("q=%00%20", None),
        ("type=permanent", ["คนที่ ๑๒"]),
        ("type=nonsense&q=ใจดี", ["สมหมาย ใจดี"]),
        ("left=1", ["อดีต คนหนึ่ง"]),
        ("office=unknown", []),
    ],
)
def test_finding(cast: Cast, enter: Enter, district: Office, query: str, expected: list[str] | None) -> None:
    make_person(district, "นักวิชาการ", "สมหมาย ใจดี")
    driver = make_person(district, "พนักงานขับรถยนต์", "คนที่ ๑๒")
    driver.staff_type = Person.StaffType.PERMANENT
    driver.save()
    gone = make_person(district, "นักวิชาการ", "อดีต คนหนึ่ง")
    gone.left_on = NOW.date()
    gone.save()
    found = names(enter("owner"), query)
    assert found == expected if expected is not None else len(found) == len(cast.people) + 2


def test_the_list_is_paged_and_ordered(cast: Cast, enter: Enter, district: Office) -> None:
    for number in range(40, 0, -1):
        make_person(district, "นักวิชาการ", f"คนที่ {number}")
    browser = enter("owner")
    first, second = names(browser, f"office={district.pk}"), names(browser, f"office={district.pk}&page=2")
    assert [*first, *second] == [f"คนที่ {number}" for number in range(1, 41)]
    assert len(first) == 30


def test_too_many_names_are_not_opened(cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_UNSEALED", 3)
    make_person(cast.office, "นักวิชาการ", "สมหมาย ใจดี")
    page = text(enter("owner"), "/people?q=ใจดี")
    assert "เลือกสำนักงานก่อน" in page and "สมหมาย" not in page
    assert "สมหมาย ใจดี" in [name for name in names(enter("owner"), "q=นักวิชาการ")]


def test_an_erased_name_shows_the_post(cast: Cast, enter: Enter) -> None:
    person = make_person(cast.office, "นักวิชาการพิเศษ", "สมหมาย ใจดี")
    shred(person.key, NOW)
    page = text(enter("owner"), "/people?q=พิเศษ")
    assert "ลบชื่อแล้ว" in page and "สมหมาย" not in page
    assert "ลบชื่อแล้ว" in text(enter("owner"), f"/people/{person.pk}")


def test_more_people_take_no_more_queries(cast: Cast, enter: Enter, district: Office) -> None:
    def count(browser: Client) -> int:
        with CaptureQueriesContext(connection) as asked:
            text(browser, "/people?q=คน")
        return len(asked)

    browser = enter("owner")
    make_person(district, name="คน ก")
    count(browser)
    before = count(browser)
    for number in range(25):
        make_person(district, name=f"คน {number}")
    assert count(browser) == before


# Taking it along


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_is_what_is_shown_and_is_audited(cast: Cast, enter: Enter, district: Office, kind: str) -> None:
    make_person(district, "=1+1", "สมหมาย ใจดี")
    make_person(district, "นักวิชาการ", "คน อื่น")
    answer = enter("auditor").get(f"/people/export?kind={kind}&q=ใจดี")
    assert f"people.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        rows = [list(row) for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.values]  # type: ignore[union-attr]
    assert [row[1] for row in rows] == ["ชื่อ-สกุล", "สมหมาย ใจดี"]
    assert str(rows[1][2]).lstrip("'") == "=1+1"
    event = AuditEvent.of(cast.province).last()
    assert event is not None
    assert (event.action, event.actor, len(event.digest)) == ("people.export", cast.people["auditor"].pk, 64)


def test_unknown_kinds_are_not_found(cast: Cast, enter: Enter) -> None:
    text(enter("owner"), "/people/export?kind=pdf", 404)
    text(enter("owner"), "/people/import/example?kind=pdf", 404)


# One person


def filled(office: Office, **more: str) -> dict[str, str]:
    told = {"name": "สมหมาย ใจดี", "office": office.pk, "position": "นักวิชาการ", "level": "", "staff_type": "official"}
    return told | more


def test_adding(cast: Cast, enter: Enter, district: Office) -> None:
    answer = enter("admin").post("/people/add", filled(district, joined_on="๑ ต.ค. ๒๕๕๓", on="1/10/2560"))
    person = Person.of(cast.province).get(office=district)
    assert answer.headers["Location"] == f"/people/{person.pk}"
    assert str(person.joined_on) == "2010-10-01"
    page = text(enter("admin"), f"/people/{person.pk}")
    assert "เริ่มงาน 1 ตุลาคม 2560" in page and "1 ตุลาคม 2553" in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "จำเป็น"),
        ({"name": "12"}, "อ่านเป็นชื่อคนไม่ได้"),
        ({"office": "elsewhere"}, "ตัวเลือก"),
        ({"joined_on": "ปีที่แล้ว"}, "อ่านเป็นวันที่ไม่ได้"),
        ({"joined_on": "1/10/53"}, "ปีสี่หลัก"),
        ({"joined_on": "1/10/2590"}, "เป็นไปไม่ได้"),
    ],
)
def test_what_was_typed_stays(cast: Cast, enter: Enter, district: Office, more: dict[str, str], sentence: str) -> None:
    answer = enter("admin").post("/people/add", filled(district, position="ตำแหน่งที่พิมพ์ไว้") | more)
    page = answer.content.decode()
    assert answer.status_code == 422 and "ตำแหน่งที่พิมพ์ไว้" in page and sentence in page
    assert not Person.of(cast.province).filter(office=district).exists()


def test_a_namesake_is_shown_before_a_second_is_added(cast: Cast, enter: Enter, district: Office) -> None:
    make_person(cast.office, "พนักงานพิมพ์", "นายสมหมาย  ใจดี")
    browser = enter("admin")
    answer = browser.post("/people/add", filled(district))
    assert answer.status_code == 422 and "พนักงานพิมพ์" in answer.content.decode()
    assert browser.post("/people/add", filled(district, another="on")).status_code == 302
    assert Person.of(cast.province).filter(office=district).count() == 1


def test_moving_leaving_and_coming_back(cast: Cast, enter: Enter, district: Office) -> None:
    person, browser = make_person(cast.office, name="สมหมาย ใจดี"), enter("owner")
    post = {
        "post-office": district.pk,
        "post-position": "นักวิชาการ",
        "post-staff_type": "official",
        "post-on": "1/5/2563",
    }
    assert browser.post(f"/people/{person.pk}/post", post).status_code == 302
    left = {"leave-how": "retired", "leave-on": "10/5/2563", "leave-reason": "ครบวาระ"}
    assert browser.post(f"/people/{person.pk}/leave", left).status_code == 302
    page = text(browser, f"/people/{person.pk}")
    assert "เกษียณอายุ 10 พฤษภาคม 2563" in page and "ครบวาระ" in page and "บันทึกการกลับมา" in page
    assert "leave-how" not in page
    assert browser.post(f"/people/{person.pk}/post", post | {"post-on": "12/5/2563"}).status_code == 302
    person.refresh_from_db()
    assert (person.left_on, person.office) == (None, district)


def test_a_refusal_is_told_in_its_own_form(cast: Cast, enter: Enter) -> None:
    person = make_person(cast.office, name="สมหมาย ใจดี")
    answer = enter("owner").post(f"/people/{person.pk}/leave", {"leave-how": "retired", "leave-on": "1/5/2570"})
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count("<details open>") == 1 and "ยังมาไม่ถึง" in page


def test_an_auditor_sees_and_changes_nothing(cast: Cast, enter: Enter) -> None:
    person = make_person(cast.office, name="สมหมาย ใจดี")
    page = text(enter("auditor"), f"/people/{person.pk}")
    assert "สมหมาย ใจดี" in page and "<details" not in page
    assert "/people/add" not in text(enter("auditor"), "/people")


def test_a_role_for_one_office_opens_that_office_only(cast: Cast, enter: Enter, district: Office) -> None:
    account = Account.everywhere.get(username="viewer")
    RoleGrant.everywhere.create(province=cast.province, account=account, office=district, role=Role.ADMIN)
    mine, other = make_person(district, name="คน หนึ่ง"), make_person(cast.office, name="คน สอง")
    browser = enter("viewer")
    assert names(browser) == ["คน หนึ่ง"]
    assert "คน สอง" not in browser.get("/people/export?kind=csv").content.decode()
    assert "person-post" not in text(browser, f"/people/{mine.pk}") and text(browser, f"/people/{other.pk}", 404)
    assert browser.post("/people/add", filled(district)).status_code == 302
    assert browser.post("/people/add", filled(cast.office)).status_code == 422
    assert browser.get("/people/import").status_code == 403


# Offices


def test_offices_are_added_renamed_and_merged(cast: Cast, enter: Enter, district: Office) -> None:
    browser = enter("owner")
    make_person(district)
    assert browser.post("/people/offices/add", {"name": "อำเภอหนองบัว", "kind": "district"}).status_code == 302
    twice = browser.post("/people/offices/add", {"name": "สพอ.หนองบัว", "kind": "district"})
    assert twice.status_code == 422 and "รวมสำนักงาน" in twice.content.decode()
    other = Office.of(cast.province).get(name="อำเภอหนองบัว")
    renamed = {"rename-name": "อำเภอตากฟ้า", "rename-kind": "district"}
    assert browser.post(f"/people/offices/{other.pk}/rename", renamed).status_code == 302
    answer = browser.post(f"/people/offices/{district.pk}/merge", {"merge-into": other.pk}, follow=True)
    assert "ย้ายบุคคล 1 คน" in answer.content.decode()
    assert text(browser, f"/people/offices/{district.pk}", 404)
    assert DISTRICT not in text(browser, "/people/offices")
