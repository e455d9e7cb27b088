import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.documents.sheets import sheet_name, shown_width, table_csv, table_xlsx

HEADINGS = ("ชื่อ", "ตำแหน่ง", "วันที่", "จำนวน")
ROWS: list[tuple[Any, ...]] = [
    ("ผู้แทน", "นักวิชาการพัฒนาชุมชน", date(2020, 5, 1), 3),
    ("=1+1", "+66", datetime(2020, 5, 1, 18, 30, tzinfo=UTC), -2.5),
    (None, "ก\nข", None, 0),
]


def read_xlsx(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_sheet_keeps_its_headings_in_sight_and_its_values_what_they_are() -> None:
    sheet = read_xlsx(table_xlsx("บุคลากร", HEADINGS, ROWS))
    assert sheet.title == "บุคลากร"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D4"
    assert [cell.value for cell in sheet[1]] == list(HEADINGS)
    assert (sheet["C2"].value, sheet["C2"].is_date, sheet["D2"].value) == (datetime(2020, 5, 1), True, 3)
    assert sheet["C3"].value == datetime(2020, 5, 2, 1, 30)  # the time of day in Thailand
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert sheet["A4"].value is None


def test_a_csv_is_for_excel_and_harmless() -> None:
    data = table_csv(HEADINGS, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [
        list(HEADINGS),
        ["ผู้แทน", "นักวิชาการพัฒนาชุมชน", "2020-05-01", "3"],
        ["'=1+1", "'+66", "2020-05-02 01:30", "-2.5"],
        ["", "ก\nข", "", "0"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝"])
def test_nothing_typed_by_a_stranger_is_reckoned(start: str) -> None:
    text = f'{start}HYPERLINK("x")'
    assert read_csv(table_csv(["ก"], [[text]]))[1][0].startswith("'")
    cell = read_xlsx(table_xlsx("ก", ["ก"], [[text]]))["A2"]
    assert cell.data_type == "s"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(max_size=40), min_size=2, max_size=2), max_size=5), st.text(max_size=60))
def test_no_text_breaks_a_table(rows: list[list[str]], title: str) -> None:
    sheet = read_xlsx(table_xlsx(title, ["ก", "ข"], rows))
    assert sheet["A1"].value == "ก"
    assert len(read_csv(table_csv(["ก", "ข"], rows))) == len(rows) + 1


NAMES = [
    ("[ก]/ข:*?\\", "ก ข"),
    ("ก\x00\nข", "ก ข"),
    ("", "Sheet"),
    ("'ก'", "ก"),
    ("ก" * 40, "ก" * 31),
    ("History", "History_"),
]


@pytest.mark.parametrize(("title", "name"), NAMES)
def test_sheets_have_names_that_excel_takes(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_marks_above_and_below_take_no_room() -> None:
    assert shown_width("ที่ปรึกษา") == 6
    assert shown_width("ยาว\nสั้น") == 3
