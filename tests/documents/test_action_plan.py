import dataclasses
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar

from saisaat.documents.action_plan import PlanRow, PlanSheet, plan_ics, plan_pdf, plan_xlsx
from saisaat.typesetting import RenderPool
from tests.documents.reading import pages, text_extent

UPDATED = datetime(2020, 4, 29, 4, tzinfo=UTC)
GROUPS = ("บุคลากร", "เครือข่าย")


def row(no: int, **changes: Any) -> PlanRow:
    plain = PlanRow(
        no=no,
        at=datetime(2020, 5, 1, 3, tzinfo=UTC) + timedelta(days=2 * no),
        kind="ภาพความรู้",
        title=f"เปิดเผยข้อมูลให้ตรวจสอบได้ ตอนที่ {no}",
        groups=GROUPS,
        owner="นักวิชาการพัฒนาชุมชน",
        state="อยู่ในแผน",
        uid=f"entry-{no}",
        withdrawn=False,
    )
    return dataclasses.replace(plain, **changes)


PLAN = PlanSheet(
    title="LINE ใสสะอาด",
    office="สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
    period=(date(2020, 5, 1), date(2020, 9, 30)),
    rows=(*(row(no) for no in range(1, 72)), row(72, withdrawn=True)),
    made_on=date(2020, 4, 29),
)
EMPTY = dataclasses.replace(PLAN, rows=())


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool() as opened:
        yield opened


def sheet_of(plan: PlanSheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(plan_xlsx(plan))).active


def test_the_sheet_holds_real_dates_beside_thai_ones() -> None:
    sheet = sheet_of(PLAN)
    no, weekday, thai, at, *_ = (cell.value for cell in sheet[6])
    assert (no, weekday, thai) == (1, "วันอาทิตย์", "๓ พฤษภาคม ๒๕๖๓")
    assert at == datetime(2020, 5, 3, 10)
    assert sheet["D6"].is_date
    assert sheet.max_row == 5 + len(PLAN.rows)
    assert sheet.cell(sheet.max_row, 9).value == "ถอนออกจากแผน"
    assert sheet.cell(sheet.max_row, 6).font.strike


def test_the_reason_of_a_withdrawal_is_kept() -> None:
    told = row(1, withdrawn=True, state="ถอนออกจากแผน: เนื้อหาซ้ำ")
    assert sheet_of(dataclasses.replace(PLAN, rows=(told,))).cell(6, 9).value == "ถอนออกจากแผน: เนื้อหาซ้ำ"


def test_the_sheet_is_ready_to_be_read_and_printed() -> None:
    sheet = sheet_of(PLAN)
    assert sheet.freeze_panes == "A6"
    assert sheet.auto_filter.ref == f"A5:I{sheet.max_row}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$5:$5"
    assert all(sheet.column_dimensions[name].width >= 6 for name in "ABCDEFGHI")
    assert sheet_of(EMPTY).max_row == 5


def events(plan: PlanSheet, updated: datetime = UPDATED) -> list[Any]:
    return list(Calendar.from_ical(plan_ics(plan, updated=updated)).walk("VEVENT"))


def test_the_calendar_holds_every_entry_at_its_thai_time() -> None:
    found = events(PLAN)
    assert [str(event["uid"]) for event in found] == [f"entry-{no}@saisaat" for no in range(1, 73)]
    start = found[0].decoded("dtstart")
    assert (start.isoformat(), start.utcoffset()) == ("2020-05-03T10:00:00+07:00", timedelta(hours=7))
    assert str(found[0]["summary"]) == "ภาพความรู้: เปิดเผยข้อมูลให้ตรวจสอบได้ ตอนที่ 1"
    assert "เครือข่าย" in str(found[0]["description"])
    assert [str(event["status"]) for event in (found[0], found[-1])] == ["CONFIRMED", "CANCELLED"]


def test_a_moved_entry_is_the_same_entry_with_a_later_version() -> None:
    moved = dataclasses.replace(PLAN, rows=(row(1, at=datetime(2020, 6, 1, 3, tzinfo=UTC)),))
    old, new = events(PLAN)[0], events(moved, UPDATED + timedelta(hours=1))[0]
    assert old["uid"] == new["uid"]
    assert old["sequence"] < new["sequence"]
    assert old.decoded("dtstamp") < new.decoded("dtstamp")


def test_long_thai_lines_are_folded_between_letters_and_unfold_whole() -> None:
    title = "ประพฤติปฏิบัติตนตามมาตรฐานทางประมวลจริยธรรมข้าราชการ; ก,ข\\ค\nสองบรรทัด " * 6
    data = plan_ics(dataclasses.replace(PLAN, rows=(row(1, title=title),)), updated=UPDATED)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode("utf-8")
    event = Calendar.from_ical(data).walk("VEVENT")[0]
    assert str(event["summary"]) == f"ภาพความรู้: {title.strip()}".replace(" \n", "\n")


def test_the_calendar_injects_nothing() -> None:
    hostile = row(1, title="ก\r\nBEGIN:VALARM\r\nข\x00", owner="x\nSTATUS:CANCELLED")
    found = events(dataclasses.replace(PLAN, rows=(hostile,)))
    assert len(found) == 1
    assert str(found[0]["status"]) == "CONFIRMED"
    assert not found[0].subcomponents


def test_the_table_runs_over_pages_with_its_head_on_each(pool: RenderPool) -> None:
    pdf = plan_pdf(PLAN, pool)
    text = pages(pdf)
    assert len(text) >= 3
    assert all("ที่วันเวลาชนิดเรื่องผู้รับผิดชอบสถานะ" in page for page in text)
    assert all(page.startswith(f"-{digit}-") for page, digit in zip(text[1:], "๒๓๔๕๖", strict=False))
    assert "เผยแพร่ทุกรายการในกลุ่มบุคลากร,เครือข่าย" in text[0]
    assert "ถอนออกจากแผน" in text[-1]
    assert "จำนวน๗๒รายการ" in text[-1]
    for left, bottom, right, _top in text_extent(pdf):
        assert left >= 1.97
        assert right <= 29.7 - 1.97
        assert bottom <= 21 - 1.47


def test_groups_that_differ_get_a_column(pool: RenderPool) -> None:
    plan = dataclasses.replace(PLAN, rows=(row(1), row(2, groups=("บุคลากร",))))
    text = pages(plan_pdf(plan, pool))[0]
    assert "เรื่องกลุ่มผู้รับผิดชอบ" in text
    assert "เผยแพร่ทุกรายการ" not in text


def test_an_empty_plan_says_so(pool: RenderPool) -> None:
    assert "ยังไม่มีรายการในแผน" in pages(plan_pdf(EMPTY, pool))[0]
    assert events(EMPTY) == []


def test_long_titles_and_endless_words_stay_in_their_cells(pool: RenderPool) -> None:
    rows = (row(1, title="https://example.org/" + "a" * 300), row(2, title="ก" * 280), row(3, owner="ผู้รับผิดชอบ" * 20))
    for left, _bottom, right, _top in text_extent(plan_pdf(dataclasses.replace(PLAN, rows=rows), pool)):
        assert left >= 1.97
        assert right <= 29.7 - 1.97


def test_equal_plans_give_equal_pdfs(pool: RenderPool) -> None:
    assert plan_pdf(PLAN, pool) == plan_pdf(PLAN, pool)
