"""Form blocks as a Word file: A4, TH SarabunPSK 16, official margins, page numbers in Thai digits from the second page.

The font is only named, not carried along: offices have it, and Word puts another Thai font in its place elsewhere.
Complex-script attributes (w:cs, w:szCs, w:bCs) are written beside the plain ones, for Word sets Thai by those.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from saisaat.documents.blocks import Block
from saisaat.documents.xml_text import xml_text
from saisaat.typesetting.thai_text import clean

FONT = "TH SarabunPSK"
_BODY, _HEADING, _SMALL = 16, 16, 10
_TEXT_WIDTH = Cm(21 - 3 - 2)
_INDENT, _FURTHER = 2.5, 0.9  # centimetres
_SIGNED_FROM = Cm(6.5)
_LONGEST = 1_000_000  # characters in one text; what people type is bounded long before
_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

Paragraph = Any
"""python-docx's paragraph; the package types its own calls only."""


def word_document(blocks: Sequence[Block], *, title: str, author: str) -> bytes:
    """The blocks one after another. Equal arguments give equal bytes. Control characters are left out."""
    paper = _Paper(title, author)
    for block in blocks:
        paper.draw(block)
    return _dateless(paper.saved())


def safe(text: str | Sequence[str]) -> str:
    """Text that a Word file can hold."""
    whole = text if isinstance(text, str) else " ".join(text)
    return xml_text(clean(whole, limit=_LONGEST))


class _Paper:
    def __init__(self, title: str, author: str) -> None:
        self.document = docx.Document()
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = safe(title)[:250], safe(author)[:250], "th-TH"
        properties.comments, properties.created, properties.modified = "", _UNDATED, _UNDATED
        self._styles()
        self._page()
        self.drawers: dict[str, Callable[[Block], None]] = {
            "heading": self.heading,
            "paragraph": self.paragraph,
            "label": self.label,
            "item": self.item,
            "dots": self.dots,
            "centred": self.centred,
            "given": self.given,
            "rule": self.rule,
            "emblem": self.emblem,
            "members": self.members,
            "signing": self.signing,
        }

    def draw(self, block: Block) -> None:
        self.drawers[block["_is"]](block)

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _styles(self) -> None:
        for name, size, bold in (("Normal", _BODY, False), ("Heading 1", _HEADING, True), ("Header", _BODY, False)):
            style = self.document.styles[name]
            _set_font(style.element.get_or_add_rPr(), size, bold=bold)
            style.font.color.rgb = RGBColor(0, 0, 0)
            form = style.paragraph_format
            form.space_before, form.space_after, form.line_spacing = Pt(6 if bold else 0), Pt(0), 1.0
        self.document.styles["Heading 1"].paragraph_format.keep_with_next = True

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(2)
        section.top_margin, section.bottom_margin, section.header_distance = Cm(2.5), Cm(2), Cm(1.5)
        section.different_first_page_header_footer = True
        numbered = OxmlElement("w:pgNumType")
        numbered.set(qn("w:fmt"), "thaiNumbers")
        section._sectPr.insert_element_before(numbered, "w:cols", "w:titlePg", "w:docGrid")
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(header, "- ")
        _field(header, "PAGE")
        _run(header, " -")

    def _add(self, text: str = "", *, bold: bool = False, size: float = _BODY, before: float = 6) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(before)
        if text:
            _run(paragraph, text, bold=bold, size=size)
        return paragraph

    def heading(self, block: Block) -> None:
        _run(self.document.add_paragraph(style="Heading 1"), safe(block["text"]), bold=True)

    def paragraph(self, block: Block) -> None:
        paragraph = self._add(safe(block["text"]))
        paragraph.paragraph_format.first_line_indent = Cm(_INDENT)
        _spread(paragraph)

    def label(self, block: Block) -> None:
        paragraph = self._add(block["name"], bold=True)
        text = safe(block["text"])
        if text:
            _run(paragraph, f"  {text}")
            paragraph.paragraph_format.left_indent = Cm(1.25)
            paragraph.paragraph_format.first_line_indent = Cm(-1.25)
        else:
            _leader(paragraph)

    def item(self, block: Block) -> None:
        mark = f"{block['mark']} " if block["mark"] else ""
        paragraph = self._add(f"{mark}{safe(block['text'])}", before=4)
        paragraph.paragraph_format.first_line_indent = Cm(_INDENT + _FURTHER * (block["_level"] - 1))
        _spread(paragraph)

    def dots(self, block: Block) -> None:
        for _ in range(block["_lines"]):
            _leader(self._add())

    def centred(self, block: Block) -> None:
        paragraph = self._add(safe(block["text"]), bold=True, size=block["_size"], before=0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def given(self, block: Block) -> None:
        paragraph = self._add(block["text"], before=12)
        paragraph.paragraph_format.left_indent = Cm(2 * _INDENT)
        paragraph.paragraph_format.keep_with_next = True

    def rule(self, block: Block) -> None:
        paragraph = self._add("-" * 38, before=0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def emblem(self, block: Block) -> None:
        """The picture, or a cell of its size in which it goes."""
        if block["_picture"]:
            picture = self._add(before=0)
            picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
            picture.add_run().add_picture(io.BytesIO(bytes(block["_picture"])), height=Cm(3))
            return
        table = self.document.add_table(rows=1, cols=1)
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        row, cell = table.rows[0], table.cell(0, 0)
        row.height, row.height_rule = Cm(3), WD_ROW_HEIGHT_RULE.EXACTLY
        table.columns[0].width = cell.width = Cm(3)
        _border(cell)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = _run(paragraph, "ตราครุฑ", size=12)
        run.font.color.rgb = RGBColor(0x6E, 0x6E, 0x6E)

    def members(self, block: Block) -> None:
        widths = (Cm(1), Cm(5.4), Cm(5.6), Cm(4))
        table = self.document.add_table(rows=0, cols=len(widths))
        table.autofit = False
        for row in block["rows"]:
            cells = table.add_row().cells
            for place, (cell, width, text) in enumerate(zip(cells, widths, row, strict=True)):
                cell.width = width
                _run(cell.paragraphs[0], safe(text))
                if place == 0:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width

    def signing(self, block: Block) -> None:
        if block["heading"]:
            self.heading({"text": block["heading"]})
        small = block["_digest"]
        room = 6 if small else 30
        lines = [(block["sign"], _BODY, room)] if block["sign"] else [("", _BODY, room), ("", _BODY, 12)]
        lines += [(part, _SMALL, 0) for part in small]
        lines += [(safe(line), _BODY, 0) for line in block["lines"]]
        for place, (text, size, before) in enumerate(lines):
            paragraph = self._add(text, size=size, before=before)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            form = paragraph.paragraph_format
            form.left_indent = _SIGNED_FROM
            form.keep_together, form.keep_with_next = True, place + 1 < len(lines)


def _run(paragraph: Paragraph, text: str, *, bold: bool = False, size: float = _BODY) -> Any:
    run = paragraph.add_run(text)
    _set_font(run._r.get_or_add_rPr(), size, bold=bold)
    return run


def _set_font(properties: Any, size: float, *, bold: bool) -> None:
    """The children in the order the schema wants: rFonts, b, bCs, sz, szCs, lang."""
    for name in ("w:rFonts", "w:b", "w:bCs", "w:sz", "w:szCs", "w:lang"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.insert(0, fonts)
    after = fonts
    for name in ("w:b", "w:bCs"):
        after = _after(after, name, {"w:val": "1" if bold else "0"})
    for name in ("w:sz", "w:szCs"):
        properties.append(_element(name, {"w:val": str(round(size * 2))}))
    properties.append(_element("w:lang", {"w:val": "en-US", "w:bidi": "th-TH"}))


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _after(place: Any, name: str, attributes: dict[str, str]) -> Any:
    element = _element(name, attributes)
    place.addnext(element)
    return element


def _spread(paragraph: Paragraph) -> None:
    """Thai has no spaces to stretch: letters move apart a little instead."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY


def _leader(paragraph: Paragraph) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _run(paragraph, "\t")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", "", "end"):
        run = _run(paragraph, "")
        if kind:
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))
        else:
            instruction = _element("w:instrText", {})
            instruction.text = code
            run._r.append(instruction)


def _border(cell: Any) -> None:
    borders = _element("w:tcBorders", {})
    for side in ("top", "left", "bottom", "right"):
        borders.append(_element(f"w:{side}", {"w:val": "dashed", "w:sz": "4", "w:color": "8C8C8C"}))
    cell._tc.get_or_add_tcPr().append(borders)


def _dateless(package: bytes) -> bytes:
    """The same parts, without the moment they were packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
