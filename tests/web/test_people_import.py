"""The road from a staff list to people: upload, look, put right, answer, confirm."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from saisaat.actions import import_staff
from saisaat.domain.staff import Ended
from saisaat.queries.staff_import import LASTS
from saisaat.records.models import Office, Person, StaffUpload
from saisaat.records.sealing import shred
from saisaat.web.people import imports
from tests.cast import Cast
from tests.factories import NOW, make_office, make_person

Enter = Callable[[str], Client]
DISTRICT = "สำนักงานพัฒนาชุมชนอำเภอตาคลี"
LIST = f"""บัญชีรายชื่อ,,,,
ลำดับ,ชื่อ-สกุล,ตำแหน่ง,ระดับ,ประเภท,สังกัด,วันบรรจุ
๑,เจ้าหน้าที่ หนึ่ง,นักวิชาการ,ชำนาญการ,ข้าราชการ,{DISTRICT},๑ ต.ค. ๒๕๖๐
๒,เจ้าหน้าที่ สอง,พนักงานขับรถยนต์,,ลูกจ้างประจำ,{DISTRICT},31/2/2560
๓,เจ้าหน้าที่ สาม,นักวิชาการ,ปฏิบัติการ,ข้าราชการ,อำเภอหนองบัว,
"""


@pytest.fixture
def district(cast: Cast) -> Office:
    return make_office(cast.province, DISTRICT, Office.Kind.DISTRICT)


def text(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def people(cast: Cast) -> list[str]:
    return [one.name for one in Person.of(cast.province).select_related("key") if "เจ้าหน้าที่ " in one.name]


def upload(browser: Client, data: bytes, name: str = "list.csv") -> str:
    answer = browser.post("/people/import", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return answer.headers["Location"]


def digest(page: str) -> str:
    found = re.search(r'name="plan" value="(\w{64})"', page)
    assert found
    return found[1]


def confirm(browser: Client, address: str) -> str:
    answer = browser.post(f"{address}/confirm", {"plan": digest(text(browser, address))})
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_from_a_file_to_people(cast: Cast, enter: Enter, district: Office, encoding: str) -> None:
    browser = enter("owner")
    address = upload(browser, LIST.encode(encoding))
    page = text(browser, address)
    assert "เพิ่มสำนักงาน 1 แห่ง · เพิ่ม 2 คน" in page and "1 แถวที่ต้องแก้ในไฟล์" in page
    assert "ไม่มีวันที่นี้" in text(browser, f"{address}?show=wrong")
    assert confirm(browser, address) == "/people"
    assert "นำเข้ารายชื่อแล้ว: เพิ่มสำนักงาน 1 แห่ง · เพิ่ม 2 คน" in text(browser, "/people")
    assert sorted(people(cast)) == ["เจ้าหน้าที่ สาม", "เจ้าหน้าที่ หนึ่ง"]
    again = text(browser, upload(browser, LIST.encode(encoding)))
    assert "ยังไม่มีอะไรให้นำเข้า" in again


def test_the_wrong_cells_as_a_file(cast: Cast, enter: Enter) -> None:
    browser = enter("owner")
    answer = browser.get(f"{upload(browser, LIST.encode())}/errors.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert [row[:4] for row in rows[1:]] == [(4, "G4", "วันบรรจุ", "31/2/2560")]
    assert "ไม่มีวันที่นี้" in str(rows[1][4])


def test_columns_are_put_right(cast: Cast, enter: Enter, district: Office) -> None:
    browser = enter("owner")
    address = upload(browser, f"ก,ข,ค,ง\nเจ้าหน้าที่ หนึ่ง,นักวิชาการ,,{DISTRICT}\nเจ้าหน้าที่ สอง,พนักงาน,,\n".encode())
    assert "ยังไม่รู้ว่าคอลัมน์ใดเป็นชื่อ" in text(browser, address)
    told = {"heading": "1", "column-0": "name", "column-1": "position", "column-3": "office", "type": "official"}
    browser.post(f"{address}/columns", told)
    page = text(browser, address)
    assert "เพิ่ม 1 คน" in page and "1 แถวที่ต้องแก้" in page
    browser.post(f"{address}/columns", told | {"fill_down": "on"})
    assert "เพิ่ม 2 คน" in text(browser, address)
    browser.post(f"{address}/columns", told | {"office": district.pk})
    assert "เพิ่ม 2 คน" in text(browser, address)


def test_another_heading_row_is_read_afresh(cast: Cast, enter: Enter) -> None:
    browser = enter("owner")
    address = upload(browser, LIST.encode())
    browser.post(f"{address}/columns", {"heading": "3", "column-1": "name"})
    assert "ยังไม่รู้ว่าคอลัมน์ใดเป็นชื่อ" in text(browser, address)
    browser.post(f"{address}/columns", {"heading": "2"})
    assert "เพิ่ม 2 คน" in text(browser, address)


def test_another_sheet(cast: Cast, enter: Enter, district: Office) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ชื่อ-สกุล", "ตำแหน่ง", "ประเภท", "สังกัด"])  # type: ignore[union-attr]
    second = book.create_sheet("ชุดสอง")
    second.append(["ชื่อ-สกุล", "ตำแหน่ง", "สังกัด"])
    second.append(["เจ้าหน้าที่ หนึ่ง", "นักวิชาการ", DISTRICT])
    out = io.BytesIO()
    book.save(out)
    browser = enter("owner")
    address = upload(browser, out.getvalue(), "list.xlsx")
    browser.post(f"{address}/columns", {"sheet": "1"})
    page = text(browser, address)
    assert "ชุดสอง (2)" in page and "1 แถวที่ต้องแก้" in page
    browser.post(f"{address}/columns", {"sheet": "9"})
    assert text(browser, address)


@pytest.mark.parametrize("on", ["ปีที่แล้ว", "1/1/2590", "1/1/60"])
def test_a_day_of_the_list_that_is_none(cast: Cast, enter: Enter, on: str) -> None:
    browser = enter("owner")
    answer = browser.post(f"{upload(browser, LIST.encode())}/columns", {"on": on})
    assert answer.status_code == 422 and "อ่านวันที่ของบัญชีรายชื่อไม่ได้" in answer.content.decode()


def test_questions_are_answered_and_taken_back(cast: Cast, enter: Enter, district: Office) -> None:
    person = make_person(cast.office, "พนักงานพิมพ์", "เจ้าหน้าที่ หนึ่ง")
    browser = enter("owner")
    address = upload(browser, LIST.encode())
    assert "1 แถวที่ยังไม่ตอบ" in text(browser, address)
    for answer, will in (
        ("new", "เพิ่ม 2 คน"),
        ("skip", "เพิ่ม 1 คน"),
        (person.pk, "แก้ไข 1 คน"),
        ("nobody", "1 แถวที่ยังไม่ตอบ"),
    ):
        assert (
            browser.post(f"{address}/answers", {"row-3": answer, "show": "ask"})
            .headers["Location"]
            .endswith("?show=ask")
        )
        assert will in text(browser, address)


def test_an_office_is_said_to_be_another_and_the_absent_leave(cast: Cast, enter: Enter, district: Office) -> None:
    absent = make_person(district, "พนักงานพิมพ์", "คน เก่า")
    browser = enter("owner")
    address = upload(browser, LIST.encode())
    browser.post(
        f"{address}/answers", {"office-1": district.pk, f"absent-{absent.pk}": Ended.RETIRED, "absent-x": "died"}
    )
    assert "ยืนยันแล้วจะ" in text(browser, address) and "เพิ่มสำนักงาน" not in digestless(text(browser, address))
    confirm(browser, address)
    absent.refresh_from_db()
    assert absent.left_on == NOW.date()
    assert Person.of(cast.province).filter(office=district, left_on__isnull=True).count() == 2


def digestless(page: str) -> str:
    return page.split('id="will-h"')[1].split("</section>")[0]


def test_people_changed_meanwhile_are_previewed_again(cast: Cast, enter: Enter, district: Office) -> None:
    browser = enter("owner")
    address = upload(browser, LIST.encode())
    seen = digest(text(browser, address))
    make_person(district, "นักวิชาการ", "เจ้าหน้าที่ หนึ่ง")
    answer = browser.post(f"{address}/confirm", {"plan": seen})
    page = answer.content.decode()
    assert answer.status_code == 422 and "เปลี่ยนไปหลังจากเปิดหน้านี้" in page and "แก้ไข 1 คน" in page
    assert not Person.of(cast.province).filter(level="ปฏิบัติการ").exists()


def test_a_long_import_shows_how_far_it_has_come(
    cast: Cast, enter: Enter, district: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "SECONDS_A_STEP", 0)
    monkeypatch.setattr(import_staff, "BATCH", 1)
    browser = enter("owner")
    where = confirm(browser, upload(browser, LIST.encode()))
    assert "บันทึกแล้ว 1 จาก 3 รายการ" in text(browser, where)
    assert browser.post(where).headers["Location"] == where
    answer = browser.post(where, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/people"
    assert len(people(cast)) == 2


def test_a_confirmed_list_leads_to_its_end(cast: Cast, enter: Enter, district: Office) -> None:
    browser = enter("owner")
    address = upload(browser, LIST.encode())
    seen = digest(text(browser, address))
    confirm(browser, address)
    for goal in ("confirm", "columns", "answers"):
        assert browser.post(f"{address}/{goal}", {"plan": seen}).headers["Location"] == f"{address}/run"
    assert browser.get(address).headers["Location"] == f"{address}/run"
    assert browser.get(f"{address}/errors.xlsx").headers["Location"] == f"{address}/run"


def test_a_list_is_forgotten_at_once_or_after_an_hour(cast: Cast, enter: Enter) -> None:
    browser = enter("owner")
    address = upload(browser, LIST.encode())
    assert browser.post(f"{address}/drop").headers["Location"] == "/people/import"
    text(browser, address, 404)
    address = upload(browser, LIST.encode())
    StaffUpload.everywhere.update(touched_at=datetime.now(UTC) - LASTS)
    assert "หนึ่งชั่วโมง" in text(browser, address, 404)
    text(browser, "/people/import")
    assert not StaffUpload.everywhere.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "ว่าง"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "Save As"),
        (b"a,b\n\x00\x00", "อ่านตัวอักษร"),
        (b"<html>", "หน้าเว็บ"),
        (b"x" * 2_000_001, "2 MB"),
    ],
    ids=["empty", "xls", "nul", "html", "huge"],
)
def test_a_file_that_cannot_be_read_is_told_beside_the_field(
    cast: Cast, enter: Enter, data: bytes, sentence: str
) -> None:
    answer = enter("owner").post("/people/import", {"file": SimpleUploadedFile("x.xlsx", data)})
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not StaffUpload.everywhere.exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_example_can_be_imported_as_it_is(cast: Cast, enter: Enter, kind: str) -> None:
    browser = enter("owner")
    data = browser.get(f"{reverse('people-example')}?kind={kind}").content
    page = text(browser, upload(browser, data, f"example.{kind}"))
    assert "เพิ่มสำนักงาน 15 แห่ง" in page and "ต้องแก้ในไฟล์" not in digestless(page)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_imports_as_nothing_new(cast: Cast, enter: Enter, kind: str) -> None:
    shred(make_person(cast.office, "ผู้ที่ลบชื่อ").key, NOW)
    browser = enter("owner")
    address = upload(browser, browser.get(f"/people/export?kind={kind}").content, f"people.{kind}")
    page = text(browser, address)
    assert "ยังไม่มีอะไรให้นำเข้า" in page and "ตำแหน่งว่างหรือชื่อที่ลบแล้ว 1" in page
