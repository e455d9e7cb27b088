"""The text of an uploaded proposal: .txt, .docx, or .pdf with a text layer.

Whatever comes in is untrusted: sizes are bounded before anything is unpacked, and every refusal is an `Invalid` whose
Thai sentence says what to do. Repairs of the text itself (old fonts, moved marks) belong to `saisaat.domain.thai`.
"""

import zipfile
import zlib
from pathlib import Path
from typing import Any

from saisaat.domain.errors import Invalid

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 5_000
MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def extract_text(path: Path) -> str:
    """The text of a proposal file, lines parted by "\\n", table cells by tabs.

    The kind is told from the content, not the name. Raises `Invalid` for a file that is missing, empty, over
    `MAX_BYTES`, of another kind, encrypted, damaged, or a scan without text.
    """
    data = _load(path)
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        text = _pdf_text(data)
    elif data.startswith(b"PK\x03\x04"):
        text = _docx_text(path)
    elif data.startswith(_OLD_WORD):
        raise Invalid(
            "ไฟล์นี้เป็น Word รุ่นเก่า (.doc) หรือมีรหัสผ่าน ยังไม่ได้บันทึกอะไร โปรดเปิดใน Word แล้วบันทึกเป็น .docx แบบไม่มีรหัสผ่าน"
        )
    else:
        text = decode(data)
    if not text.strip():
        raise Invalid("ไม่พบข้อความในไฟล์ ยังไม่ได้บันทึกอะไร โปรดเลือกไฟล์ที่มีเนื้อหาของโครงการ")
    return text[:MAX_CHARACTERS]


def _load(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Invalid("ไม่พบไฟล์ %(name)s ยังไม่ได้บันทึกอะไร โปรดตรวจชื่อและที่อยู่ของไฟล์", name=path.name)
        if path.stat().st_size > MAX_BYTES:
            raise Invalid(
                "ไฟล์ใหญ่เกิน %(value)s MB ยังไม่ได้บันทึกอะไร โปรดลดขนาดภาพในไฟล์หรือบันทึกเป็นข้อความ",
                value=MAX_BYTES // 1024 // 1024,
            )
        data = path.read_bytes()
    except OSError as error:
        raise Invalid("เปิดไฟล์ %(name)s ไม่ได้ ยังไม่ได้บันทึกอะไร โปรดตรวจสิทธิ์การอ่านไฟล์", name=path.name) from error
    if not data.strip():
        raise Invalid("ไฟล์ว่างเปล่า ยังไม่ได้บันทึกอะไร โปรดเลือกไฟล์ที่มีเนื้อหาของโครงการ")
    return data


def decode(data: bytes) -> str:
    """Plain text in UTF-8, UTF-16 with or without its mark, or the Thai code page (TIS-620, Windows-874)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _decoded(data, "utf-8-sig")
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return _decoded(data, unmarked)
    if b"\x00" in data:
        raise _not_text()
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decoded(data, "cp874")


def _unmarked_utf16(data: bytes) -> str | None:
    """Thai UTF-16 has 0x0E or 0x00 in every high byte."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(byte in (0x00, 0x0E, 0x20) for byte in high) > 0.95 * len(high) and 0x0E in high:
            return name
    return None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return _checked(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise _not_text() from error


def _checked(text: str) -> str:
    """Control characters tell a picture or a program from a text."""
    sample = text[:20_000]
    strange = sum(char < " " and char not in "\t\n\r\f\v\x1a" for char in sample)
    if strange > len(sample) // 100:
        raise _not_text()
    return text


def _not_text() -> Invalid:
    return Invalid("ไฟล์นี้ไม่ใช่ข้อความ Word หรือ PDF ยังไม่ได้บันทึกอะไร โปรดใช้ไฟล์ .txt .docx หรือ .pdf")


def _docx_text(path: Path) -> str:
    _refuse_bomb(path)
    import docx  # heavy; only a Word file pays for it
    from docx.opc.exceptions import OpcError

    from saisaat.documents.word_text import docx_lines

    try:
        return "\n".join(docx_lines(docx.Document(str(path))))
    # A damaged package fails wherever the damage is met; SyntaxError is lxml's word for broken XML.
    except (
        OpcError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        zipfile.BadZipFile,
        zlib.error,
        SyntaxError,
    ) as error:
        raise Invalid("อ่านไฟล์ Word นี้ไม่ได้ ไฟล์อาจเสียหายหรือไม่ใช่ .docx ยังไม่ได้บันทึกอะไร โปรดเปิดใน Word แล้วบันทึกใหม่") from error


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Invalid("ไฟล์เสียหาย เปิดไม่ได้ ยังไม่ได้บันทึกอะไร โปรดเปิดใน Word แล้วบันทึกใหม่") from error
    if len(parts) > MAX_PARTS or size > MAX_UNPACKED:
        raise Invalid("ไฟล์คลายออกแล้วใหญ่เกินกำหนด ยังไม่ได้บันทึกอะไร โปรดลดภาพในไฟล์แล้วบันทึกใหม่")
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise Invalid("ไฟล์นี้เป็นไฟล์บีบอัดชนิดอื่น ไม่ใช่ Word ยังไม่ได้บันทึกอะไร โปรดใช้ไฟล์ .txt .docx หรือ .pdf")


def _pdf_text(data: bytes) -> str:
    import pypdfium2  # heavy; only a PDF pays for it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Invalid("PDF นี้มีรหัสผ่าน ยังไม่ได้บันทึกอะไร โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน") from error
        raise Invalid("อ่าน PDF นี้ไม่ได้ ไฟล์อาจเสียหาย ยังไม่ได้บันทึกอะไร โปรดสร้าง PDF ใหม่จากต้นฉบับ") from error
    try:
        if len(document) > MAX_PAGES:
            raise Invalid(
                "PDF นี้ยาวเกิน %(max_pages)s หน้า ยังไม่ได้บันทึกอะไร โปรดเลือกเฉพาะหน้าของโครงการ", max_pages=MAX_PAGES
            )
        text = _pages_text(document)
    except pypdfium2.PdfiumError as error:
        raise Invalid("อ่านบางหน้าของ PDF นี้ไม่ได้ ยังไม่ได้บันทึกอะไร โปรดสร้าง PDF ใหม่จากต้นฉบับ") from error
    finally:
        document.close()
    if not text.strip():
        raise Invalid("PDF นี้เป็นภาพสแกน ไม่มีข้อความให้อ่าน ยังไม่ได้บันทึกอะไร โปรดใช้ไฟล์ต้นฉบับ .docx หรือแปลงเป็นข้อความ (OCR) ก่อน")
    return text


def _pages_text(document: Any) -> str:
    pages: list[str] = []
    size = 0
    for page in document:
        shown = page.get_textpage()
        pages.append(shown.get_text_range().replace("\r\n", "\n").replace("\x00", ""))
        shown.close()
        page.close()
        size += len(pages[-1])
        if size > MAX_CHARACTERS:
            break
    return "\n".join(pages)
