import zipfile
from pathlib import Path

import docx
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from saisaat.documents import extract
from saisaat.documents.extract import decode, extract_text
from saisaat.domain.errors import Invalid
from saisaat.domain.proposal import read
from saisaat.domain.thai import normalise

DEMO = Path(__file__).parents[2] / "saisaat" / "data" / "demo-proposal.txt"
TEXT = "โครงการ ก\n๑. หลักการและเหตุผล"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "tis-620"])
def test_text_in_any_encoding_an_office_uses(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "โครงการ.txt"
    file.write_bytes(TEXT.encode(encoding))
    assert extract_text(file) == TEXT


def refused(path: Path) -> str:
    with pytest.raises(Invalid) as caught:
        extract_text(path)
    return caught.value.message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "ไฟล์ว่างเปล่า"),
        (b" \n\t ", "ไฟล์ว่างเปล่า"),
        (b"\xef\xbb\xbf\n", "ไม่พบข้อความ"),
        (bytes(range(256)) * 20, "ไม่ใช่ข้อความ"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "ไม่ใช่ข้อความ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50, "Word รุ่นเก่า"),
        (b"%PDF-1.7\nbroken", "ไฟล์อาจเสียหาย"),
        (b"PK\x03\x04broken", "ไฟล์เสียหาย"),
        (b"\x01\x02\x03\x04" * 200, "ไม่ใช่ข้อความ"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_cure(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "proposal.txt"
    file.write_bytes(content)
    message = refused(file)
    assert says in message
    assert "ยังไม่ได้บันทึกอะไร" in message
    assert "โปรด" in message


def test_missing_files_folders_and_large_files_are_refused(tmp_path: Path) -> None:
    assert "ไม่พบไฟล์" in refused(tmp_path / "none.txt")
    assert "ไม่พบไฟล์" in refused(tmp_path)
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(extract.MAX_BYTES + 1)
    assert "20 MB" in refused(large)


def test_undecodable_text_is_refused() -> None:
    with pytest.raises(Invalid):
        decode(b"\xff\xfe\x00")
    with pytest.raises(Invalid):
        decode(b"\xdb\xdc\xfd" * 10)


def word_file(tmp_path: Path, document: docx.document.Document) -> Path:
    file = tmp_path / "proposal.docx"
    document.save(str(file))
    return file


def test_word_paragraphs_and_tables_come_in_document_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("โครงการ ก")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ["หน่วยงาน", "ข", "ลงชื่อ\n(ค)", "ลงชื่อ\n(ง)\nจ"], strict=True
    ):
        cell.text = text
    document.add_paragraph("สุดท้าย").add_run("\tแท็บ")
    assert extract_text(word_file(tmp_path, document)) == "โครงการ ก\nหน่วยงาน\tข\nลงชื่อ\tลงชื่อ\n(ค)\t(ง)\n\tจ\nสุดท้าย\tแท็บ"


def test_words_automatic_numbers_are_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    for style in ("List Number", "List Number", "List Bullet"):
        document.add_paragraph("ก", style=style)
    assert extract_text(word_file(tmp_path, document)) == "1. ก\n2. ก\n• ก"


LEVELS = """<w:abstractNum {ns} w:abstractNumId="77">
  <w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="thaiNumbers"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="thaiNumbers"/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="thaiLetters"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>"""


def test_thai_numbering_of_several_levels(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LEVELS.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for level in (0, 1, 2, 2, 1, 0, 1):
        properties = document.add_paragraph("ก")._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="88"/></w:numPr>')
        )
    assert extract_text(word_file(tmp_path, document)).split("\n") == [
        "๔. ก", "๔.๑ ก", "ก) ก", "ข) ก", "๔.๒ ก", "๕. ก", "๕.๑ ก",
    ]  # fmt: skip


def test_deleted_text_stays_out_and_inserted_text_and_ticks_stay_in(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("ก")
    for inner in (
        "<w:del {ns}><w:r><w:delText>ลบ</w:delText></w:r></w:del>",
        "<w:ins {ns}><w:r><w:t>เพิ่ม</w:t></w:r></w:ins>",
        '<w:r {ns}><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
    ):
        paragraph._p.append(parse_xml(inner.format(ns=nsdecls("w"))))
    assert extract_text(word_file(tmp_path, document)) == "กเพิ่ม☑"


def test_the_demonstration_reads_the_same_from_word(tmp_path: Path) -> None:
    document = docx.Document()
    for line in DEMO.read_text(encoding="utf-8").split("\n"):
        document.add_paragraph(line)
    got, plain = read(extract_text(word_file(tmp_path, document))), read(DEMO.read_text(encoding="utf-8"))
    assert got.to_json() == plain.to_json()


def zip_file(tmp_path: Path, parts: dict[str, bytes]) -> Path:
    file = tmp_path / "proposal.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def test_zip_bombs_and_other_zips_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ไม่ใช่ Word" in refused(zip_file(tmp_path, {"a.txt": b"a"}))
    broken = {"[Content_Types].xml": b"<x", "word/document.xml": b"<x"}
    assert "อ่านไฟล์ Word นี้ไม่ได้" in refused(zip_file(tmp_path, broken))
    monkeypatch.setattr(extract, "MAX_UNPACKED", 1_000_000)
    assert "คลายออก" in refused(zip_file(tmp_path, {**broken, "word/big.xml": b"0" * 1_000_001}))
    monkeypatch.setattr(extract, "MAX_PARTS", 3)
    assert "คลายออก" in refused(zip_file(tmp_path, broken | {f"word/{n}.xml": b"" for n in range(3)}))


def pdf(tmp_path: Path, markup: str) -> Path:
    file = tmp_path / "proposal.pdf"
    file.write_bytes(typst.compile(markup.encode()))
    return file


def test_pdf_text_comes_page_by_page(tmp_path: Path) -> None:
    file = pdf(tmp_path, "Project 2569\n#pagebreak()\nPage two")
    assert extract_text(file).split("\n") == ["Project 2569", "Page two"]


def test_the_demonstration_reads_alike_from_a_pdf(tmp_path: Path) -> None:
    """Typst prints some Thai clusters twice into the text layer, as other programs do; the reader mends that."""
    import fontpkg_sarabun

    text = DEMO.read_text(encoding="utf-8")
    markup = '#set text(font: "Sarabun", size: 14pt)\n' + "\n\n".join(f'#"{line}"' for line in text.split("\n") if line)
    file = tmp_path / "demo.pdf"
    fonts = sorted({str(font.parent) for font in Path(next(iter(fontpkg_sarabun.__path__))).rglob("*.ttf")})
    file.write_bytes(typst.compile(markup.encode(), font_paths=fonts))
    got, plain = read(extract_text(file)), read(text)
    for name in ("title", "sections", "period", "budget_baht", "signatures"):
        assert getattr(got, name) == getattr(plain, name), name
    asked = [[(doubt.field, doubt.message) for doubt in proposal.doubts] for proposal in (got, plain)]
    assert asked[0] == asked[1]  # on other lines
    assert [(item.kind, item.number, item.per) for item in got.quotas] == [("poster", 3, "week"), ("clip", 1, "month")]
    assert (len(got.method), len(got.kpis), got.target and got.target.people) == (6, 2, 104)


def test_a_pdf_without_text_and_a_locked_pdf_are_refused(tmp_path: Path) -> None:
    import pikepdf

    assert "ภาพสแกน" in refused(pdf(tmp_path, "#rect()"))
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(pdf(tmp_path, "ก")) as document:
        document.save(locked, encryption=pikepdf.Encryption(user="a", owner="b"))
    assert "มีรหัสผ่าน" in refused(locked)


def test_long_pdfs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MAX_PAGES", 1)
    assert "ยาวเกิน" in refused(pdf(tmp_path, "a\n#pagebreak()\nb"))


def test_old_font_glyphs_are_left_for_the_domain(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_text("ที\uf70a", encoding="utf-8")
    assert normalise(extract_text(file)) == "ที่"
