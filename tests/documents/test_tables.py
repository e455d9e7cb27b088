"""Tables out of uploaded files: every usual .xlsx and .csv is read, every hostile one refused with a sentence."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.documents import tables
from saisaat.documents.tables import read_tables
from saisaat.domain.errors import Invalid
from saisaat.domain.staff_list.tables import UNCALCULATED

ROWS = [["ลำดับ", "ชื่อ-สกุล"], ["๑", "น้ำ อำนวย"]]
TEXT = "ลำดับ,ชื่อ-สกุล\n๑,น้ำ อำนวย\n"


def cells(data: bytes, sheet: int = 0) -> list[list[str]]:
    return [list(line.cells) for line in read_tables(data)[sheet].lines]


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(*rows: list[Any]) -> bytes:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    return workbook(fill)


def rewritten(data: bytes, **parts: bytes | None) -> bytes:
    """The package with parts replaced, added, or (None) left out; "__" in a name stands for "/", "_xml" for ".xml"."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, content in named.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        read_tables(data)
    return caught.value.message


# .csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_in_every_usual_form(encoding: str, delimiter: str, end: str) -> None:
    text = TEXT.replace(",", delimiter).replace("\n", end)
    assert cells(text.encode(encoding)) == ROWS


def test_excels_own_line_that_tells_the_delimiter() -> None:
    assert cells(f"sep=;\n{TEXT}".replace(",", ";").encode()) == ROWS


def test_quotes_hold_commas_quotes_and_line_ends() -> None:
    assert cells('a,b\n"หนึ่ง, สอง","เขา ""พูด""\nสองบรรทัด"\n'.encode())[1] == ["หนึ่ง, สอง", 'เขา "พูด"\nสองบรรทัด']


def test_lines_keep_the_numbers_a_spreadsheet_would_show() -> None:
    [sheet] = read_tables(b"a,b\n\n,\nc,d\n")
    assert [line.no for line in sheet.lines] == [1, 4]


def test_lines_are_of_one_length() -> None:
    assert cells(b"a,b,c,\nd\n") == [["a", "b", "c"], ["d", "", ""]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "ว่างเปล่า"),
        (b" \n\n", "ว่างเปล่า"),
        (b",,,\n,,\n", "ไม่มีข้อความ"),
        (b"a,b\x00\n", "อ่านตัวอักษร"),
        (TEXT.encode() + b"\xff", "อ่านตัวอักษร"),
        ("prénom;nom\nJosé;Núñez\n".encode("latin-1"), "อ่านตัวอักษร"),
        ("名前,姓\n".encode("shift-jis") * 9, "อ่านตัวอักษร"),
        (bytes(range(256)) * 40, "อ่านตัวอักษร"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "อ่านตัวอักษร"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "หน้าเว็บ"),
        (b'<?xml version="1.0"?><Workbook/>', "หน้าเว็บ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ".xlsx"),
        (b'a,b\n"' + b"x\n" * 50, "ไม่มีตัวปิด"),
        (b'a,b\n"' + b"x" * 200_000, "CSV"),
        (b"a,b\n" * (tables.MAX_LINES + 1), "3,000"),
        (b"a" * (tables.MAX_BYTES + 1), "2 MB"),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value[:12]),
)
def test_text_that_is_refused(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data)


# .xlsx


def test_values_as_a_person_would_type_them() -> None:
    data = sheet_of(["ก", 1, 2.0, 2.5, True, date(2020, 5, 1), datetime(2020, 5, 1, 8, 30), time(8, 30), None, "ฮ"])
    told = ["ก", "1", "2", "2.5", "TRUE", "2020-05-01", "2020-05-01 08:30", "08:30:00", "", "ฮ"]
    assert cells(data) == [told]


def test_merged_cells_are_filled() -> None:
    def fill(book: Any) -> None:
        book.active["A1"], book.active["A3"], book.active["B3"] = "ชื่อเรื่อง", "ตาคลี", "หนึ่ง"
        book.active["B4"] = "สอง"
        book.active.merge_cells("A1:C1")
        book.active.merge_cells("A3:A4")

    assert cells(workbook(fill)) == [["ชื่อเรื่อง"] * 3, ["ตาคลี", "หนึ่ง", ""], ["ตาคลี", "สอง", ""]]


def test_several_sheets_without_the_hidden_and_the_empty() -> None:
    def fill(book: Any) -> None:
        book.active.title = "หนึ่ง"
        book.active["A1"] = "ก"
        book.create_sheet("ว่าง")
        book.create_sheet("ซ่อน")["A1"] = "ข"
        book["ซ่อน"].sheet_state = "hidden"
        book.create_sheet("สอง")["B2"] = "ค"

    assert [sheet.name for sheet in read_tables(workbook(fill))] == ["หนึ่ง", "สอง"]


def test_a_formula_without_a_stored_result_is_marked() -> None:
    assert cells(sheet_of(["ก", '="a"&"b"'])) == [["ก", UNCALCULATED]]


def test_a_stored_result_is_read_and_the_formula_is_not() -> None:
    data = sheet_of(["ก", "=1+1", '=""'])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    xml = xml.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>").replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    xml = xml.replace('r="C1"', 'r="C1" t="str"')
    assert cells(rewritten(data, xl__worksheets__sheet1_xml=xml.encode())) == [["ก", "2"]]


def test_a_macro_is_not_run_nor_kept() -> None:
    data = rewritten(sheet_of(["ก", "ข"]), **{"xl__vbaProject.bin": b"\xd0\xcf\x11\xe0macro"})
    assert cells(data) == [["ก", "ข"]]


def test_a_cell_in_the_last_row_and_column_of_a_sheet() -> None:
    def fill(book: Any) -> None:
        book.active["A1"] = "ก"
        book.active.cell(tables.LAST_ROW, 1, "ท้าย")
        book.active.cell(1, 16_384, "ไกล")

    [sheet] = read_tables(workbook(fill))
    assert [(line.no, line.cells) for line in sheet.lines] == [(1, ("ก",)), (tables.LAST_ROW, ("ท้าย",))]


def test_a_stated_size_that_is_a_lie() -> None:
    data = sheet_of(["ก", "ข"], ["ค", "ง"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert len(cells(rewritten(data, xl__worksheets__sheet1_xml=xml.replace(b'ref="A1:B2"', b'ref="A1"')))) == 2


WELL = sheet_of(["ก", "ข"])
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_sheet(rows: str) -> bytes:
    xml = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return rewritten(WELL, xl__worksheets__sheet1_xml=xml.encode())


def many_rows(count: int) -> str:
    return "".join(f'<row r="{no}"><c r="A{no}"><v>{no}</v></c></row>' for no in range(1, count + 1))


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
    + b"a" * 1000
    + b'">]><worksheet>'
    + b"&a;" * 1000
    + b"</worksheet>"
)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (WELL[:-40], "เสียหาย"),
        (b"PK\x03\x04" + b"x" * 100, "เสียหาย"),
        (rewritten(WELL, xl__workbook_xml=b"<x"), "เสียหาย"),
        (rewritten(WELL, xl__workbook_xml=None), "ไม่ใช่ตาราง"),
        (rewritten(WELL, xl__worksheets__sheet1_xml=b"<x"), "เสียหาย"),
        (rewritten(WELL, xl__worksheets__sheet1_xml=BOMB), "เสียหาย"),
        (rewritten(WELL, mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (rewritten(WELL, xl__media__big=b"0" * (tables.MAX_UNPACKED + 1)), "ใหญ่เกิน"),
        (rewritten(WELL, **{f"x{number}": b"" for number in range(tables.MAX_PARTS)}), "ใหญ่เกิน"),
        (with_sheet(many_rows(tables.MAX_LINES + 1)), "3,000"),
        (
            with_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>ก</t></is></c></row>' + " " * tables.MAX_SHEET_BYTES),
            "3,000",
        ),
        (with_sheet('<row r="x"><c r="A1"><v>1</v></c></row>'), "เสียหาย"),
        (with_sheet('<row r="1"><c r="1A"><f>1</f></c></row>'), "เสียหาย"),
        (with_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "เสียหาย"),
        (with_sheet("<row>" * 20_000 + "</row>" * 20_000), "ไม่มีข้อความ"),
    ],
    ids=range(15),
)
def test_a_package_that_is_refused(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data)


def test_a_row_number_beyond_every_spreadsheet_does_not_hang() -> None:
    assert cells(with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c><v>2</v></c></row>')) == [
        ["1"]
    ]


def test_much_text_from_little_is_refused() -> None:
    data = sheet_of(*[["a" * tables.MAX_CELL] * 6] * 400)
    assert len(data) < tables.MAX_BYTES
    assert "มากเกิน" in refusal(data)


# Anything


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: WELL[: len(WELL) - 2 * len(tail)] + tail))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        sheets = read_tables(data)
    except Invalid:
        return
    assert all(len(line.cells) == sheet.width for sheet in sheets for line in sheet.lines)


TYPED = st.text(st.characters(exclude_categories=["C"]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TYPED, min_size=2, max_size=4), min_size=1, max_size=4))
def test_a_spreadsheet_gives_back_what_was_put_in(rows: list[list[str]]) -> None:
    data = workbook(
        lambda book: [
            book.active.cell(r, c, text).__setattr__("data_type", "s")
            for r, row in enumerate(rows, 1)
            for c, text in enumerate(row, 1)
        ]
    )
    wanted = [row for row in rows if any(cell.strip() for cell in row)]
    if not wanted:
        assert "ไม่มีข้อความ" in refusal(data)
        return
    for line, row in zip(cells(data), wanted, strict=True):
        assert [cell for cell in line if cell.strip()] == [cell for cell in row if cell.strip()]
