"""Beginning a campaign: pasted, uploaded or blank; what cannot be read is refused with its cure and nothing is lost."""

import io
import zipfile
from collections.abc import Callable

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from saisaat.domain.content import How
from saisaat.queries.proposal import reading_of, sheet
from saisaat.records.models import Campaign
from saisaat.records.sealing import unseal
from tests.cast import Cast
from tests.web.campaign_stage import DEMO, fresh, text_of

Enter = Callable[[str], Client]
TITLE = "รู้ทัน รู้งาม งานสุจริต ผ่านกลุ่ม LINE"


def newest(cast: Cast) -> Campaign:
    return Campaign.of(cast.province).latest("created_at")


def word_file(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def scanned_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def broken_docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<")
        archive.writestr("word/document.xml", "<")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("โครงการ.txt", DEMO.encode()),
        ("โครงการ.txt", DEMO.encode("cp874", errors="replace")),
        ("โครงการ.docx", word_file(DEMO)),
        ("ชื่อผิด.pdf", word_file(DEMO)),
    ],
    ids=["utf-8", "thai code page", "word", "word called pdf"],
)
def test_a_file_becomes_a_draft_with_its_text_sealed(cast: Cast, enter: Enter, name: str, data: bytes) -> None:
    answer = enter("owner").post("/campaign/new", {"way": "file", "file": SimpleUploadedFile(name, data)}, follow=True)
    campaign = fresh(newest(cast))
    assert campaign.title == TITLE
    assert answer.request["PATH_INFO"] == f"/campaign/{campaign.pk}/read"
    reading = reading_of(campaign)
    assert reading is not None and reading.source_name == name
    assert "รู้ทัน รู้งาม" in (unseal(campaign.key, reading.source_sealed) or "")
    assert "3 คำถาม" in text_of(answer.content)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "ว่างเปล่า"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "ไม่ใช่ข้อความ Word หรือ PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "บันทึกเป็น .docx"),
        (locked_pdf(), "รหัสผ่าน"),
        (scanned_pdf(), "OCR"),
        (b"%PDF-1.7 rubbish", "เสียหาย"),
        (broken_docx(), "เปิดใน Word แล้วบันทึกใหม่"),
        ("บันทึกประชุมประจำเดือน".encode(), "ไม่พบหัวข้อของโครงการ"),
    ],
    ids=["empty", "picture", "old word", "locked", "scan", "damaged pdf", "damaged word", "no proposal"],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_cure(cast: Cast, enter: Enter, data: bytes, said: str) -> None:
    before = Campaign.of(cast.province).count()
    answer = enter("owner").post("/campaign/new", {"way": "file", "file": SimpleUploadedFile("a.pdf", data)})
    assert answer.status_code == 422
    assert said in text_of(answer.content) and "ยังไม่ได้บันทึก" in text_of(answer.content)
    assert Campaign.of(cast.province).count() == before


def test_a_file_too_large_is_refused(cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saisaat.web.campaign.begin.MAX_BYTES", 10)
    answer = enter("owner").post("/campaign/new", {"way": "file", "file": SimpleUploadedFile("a.txt", b"x" * 11)})
    assert answer.status_code == 422 and "ไฟล์ใหญ่เกิน" in text_of(answer.content)


def test_pasted_text_becomes_a_draft_and_twice_makes_one(cast: Cast, enter: Enter) -> None:
    browser, before = enter("owner"), Campaign.of(cast.province).count()
    form = {"way": "text", "text": DEMO.replace("\n", "\r\n"), "once": "a" * 32}
    first, second = browser.post("/campaign/new", form), browser.post("/campaign/new", form)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Campaign.of(cast.province).count() == before + 1


def test_a_refused_text_is_still_there(enter: Enter) -> None:
    answer = enter("owner").post("/campaign/new", {"way": "text", "text": "เรื่องอื่นทั้งหมด"})
    assert answer.status_code == 422 and "เรื่องอื่นทั้งหมด" in answer.content.decode()


def test_a_document_without_a_title_asks_for_one_and_keeps_the_text(cast: Cast, enter: Enter) -> None:
    text = "\n".join(line for line in DEMO.split("\n") if TITLE not in line)
    browser = enter("owner")
    upload = {"way": "file", "file": SimpleUploadedFile("ไม่มีชื่อ.txt", text.encode())}
    answer = browser.post("/campaign/new", upload)
    assert answer.status_code == 422
    assert "โปรดเติมชื่อโครงการ" in text_of(answer.content) and "ตระหนัก" not in DEMO
    assert "กระจายอยู่ในหลายอำเภอ" in answer.content.decode()
    given = {"way": "text", "text": text, "name": "ไม่มีชื่อ.txt", "title": " ชื่อที่เติมเอง "}
    assert browser.post("/campaign/new", given).status_code == 302
    field = sheet(fresh(newest(cast))).fields["title"]
    assert (field.value, field.how, field.empty, field.questions) == ("ชื่อที่เติมเอง", How.FILLED, False, ())


def test_a_blank_form_asks_for_everything_and_invents_nothing(cast: Cast, enter: Enter) -> None:
    form = {"way": "blank", "title": "โครงการใหม่", "org": "สำนักงานตัวอย่าง"}
    assert enter("proposer").post("/campaign/new", form).status_code == 302
    document = sheet(fresh(newest(cast)))
    assert {name for name, field in document.fields.items() if not field.empty} == {"title", "org"}
    assert {question.field for question in document.questions} >= {"rationale", "period", "kpis", "budget_baht"}
    assert not {question.field for question in document.questions} & {"title", "org", "document"}
    assert document.fields["title"].last is not None
    assert document.fields["title"].last.person == cast.people["proposer"]


@pytest.mark.parametrize("way", ["", "blank", "text", "file"])
def test_nothing_given_makes_nothing(cast: Cast, enter: Enter, way: str) -> None:
    before = Campaign.of(cast.province).count()
    assert enter("owner").post("/campaign/new", {"way": way}).status_code == 422
    assert Campaign.of(cast.province).count() == before
