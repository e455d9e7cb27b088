"""Reads a finished PDF the way a reader's program does."""

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2


def pages(pdf: bytes) -> list[str]:
    """The text of each page as PDFium finds it, in one line, without the spaces Thai readers and programs disagree on.

    PDFium leaves out some spaces after marks and lines may end anywhere, so compare with `squeezed` text.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pictures(pdf: bytes) -> list[bytes]:
    """Every page drawn small, as raw pixels."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [bytes(page.render(scale=1).buffer) for page in document]


def text_extent(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of all text on each page, in centimetres from the page's left and top edges."""
    extents = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [
                text.get_charbox(index) for index in range(text.count_chars()) if text.get_text_range(index, 1).strip()
            ]
            left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
            right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
            height = page.get_height()
            extents.append(tuple(round(x / 72 * 2.54, 2) for x in (left, height - bottom, right, height - top)))
    return extents


def glyph_texts(pdf: bytes) -> list[str]:
    """The text of each page as the simplest readers take it: what each glyph means, in the order drawn."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [squeezed("".join(_glyph_texts(page))) for page in document.pages]


def _glyph_texts(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: meanings(font) for name, font in page.resources.Font.items()}
    font: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = [operands[0]] if isinstance(operands[0], pikepdf.String) else operands[0]
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            yield from (font[codes[at : at + 2]] for at in range(0, len(codes), 2))


def meanings(font: pikepdf.Object) -> dict[bytes, str]:
    """A font's ToUnicode map."""
    pairs = re.findall("<([0-9A-F]{4})> <([0-9A-F]+)>", font.ToUnicode.read_bytes().decode())
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
