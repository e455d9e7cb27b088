"""Makes the Thai text of a Typst PDF come out right when it is copied, searched or read aloud.

Typst records text by cluster: every glyph of ที่ is said to mean the whole of ที่, with ActualText notes to mend it
that are wrong where it splits a cluster, and the invisible break marks of `typesetting.thai_text.breakable` come
along. Here each glyph of an embedded font is recognised by its outline in the font it was cut from and given its own
characters; only notes that spell their glyphs rightly stay. Nothing visible changes.

What stays imperfect:
- ำ is drawn from two glyphs. Readers that ignore notes see its compatibility decomposition, U+0E4D U+0E32.
- Typst lifts some tone marks (สิ้น, ครั้ง) in a run of their own; poppler then takes the mark for a word, and PDFium
  now and then puts it after the next letter.
- PDFium leaves out a space that follows a mark above or below (ญาติ สำคัญ), as it does in every Thai PDF tried.
"""

import functools
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from saisaat.typesetting.fonts import font_folders

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Texts = dict[tuple[int, int], dict[int, str]]
"""What every glyph of a font means, by the font's object number."""

Outline = tuple[object, int]
"""A glyph's drawing commands and its advance width."""

SARA_AM = "\u0e33"
_SARA_AM_DRAWN = "\u0e4d\u0e32"
# Control, no-break, private and ligature characters and the figure dash share their outlines with plain ones.
_NEVER_MEANT = frozenset([*range(0x20), 0xA0, 0xAD, 0x2012, *range(0xE000, 0xF900), *range(0xFB00, 0xFB07)])
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff"))
_MAPPING = re.compile(r"<([0-9A-Fa-f]{4})> <((?:[0-9A-Fa-f]{4})+)>")
_OPEN = frozenset({"BDC", "BMC"})
_SHOW = frozenset({"Tj", "TJ"})
_MOST_IN_A_BLOCK = 100  # a CMap may hold no more entries between beginbfchar and endbfchar
_SINGLE, _LIGATURE, _EXTENSION = 1, 4, 7  # GSUB lookup types

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def repaired(pdf: bytes) -> bytes:
    """The same pages with a text layer of plain Thai. Equal input gives equal bytes; tags and metadata stay."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        texts: Texts = {}
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary):
                _clean_strings(each)
                if each.get("/Subtype") == "/Type0":
                    texts[each.objgen] = _repair_font(document, each)
        for page in document.pages:
            page.Contents = document.make_stream(_rightly_noted(page, texts))
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _clean_strings(each: pikepdf.Dictionary) -> None:
    """Frees bookmarks and tags of invisible marks."""
    for name in ("/Title", "/Alt", "/ActualText"):
        if isinstance(text := each.get(name), pikepdf.String):
            each[name] = pikepdf.String(str(text).translate(_INVISIBLE))


def _repair_font(document: pikepdf.Pdf, font: pikepdf.Dictionary) -> dict[int, str]:
    """Gives every glyph its own meaning, and returns them; a glyph not recognised keeps what Typst told."""
    told = {int(cid, 16): _from_hex(text) for cid, text in _MAPPING.findall(font.ToUnicode.read_bytes().decode())}
    descriptor = font.DescendantFonts[0].FontDescriptor
    meanings = _meanings(str(descriptor.FontName).lstrip("/").rpartition("+")[2])
    with TTFont(io.BytesIO(descriptor.FontFile2.read_bytes())) as subset:
        drawn = subset.getGlyphSet()
        outlines = {number: _outline(drawn, glyph) for number, glyph in enumerate(subset.getGlyphOrder())}
    texts = {cid: meanings.get(outlines.get(cid), told[cid].translate(_INVISIBLE)) for cid in sorted(told)}
    font.ToUnicode = document.make_stream(_cmap(texts).encode())
    return texts


def _from_hex(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")


def _cmap(texts: dict[int, str]) -> str:
    lines = [f"<{cid:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for cid, text in texts.items() if text]
    blocks = ""
    for start in range(0, len(lines), _MOST_IN_A_BLOCK):
        block = lines[start : start + _MOST_IN_A_BLOCK]
        blocks += f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n"
    return _CMAP.format(blocks=blocks)


@functools.cache
def _meanings(postscript_name: str) -> dict[Outline | None, str]:
    """What each outline of an installed font stands for; empty for a font that is not among ours."""
    files = [Path(folder, f"{postscript_name}.ttf") for folder in font_folders()]
    installed = [path for path in files if path.is_file()]
    if not installed:
        return {}
    with TTFont(installed[0]) as font:
        texts = _glyph_texts(font)
        drawn = font.getGlyphSet()
        found: dict[Outline | None, str] = {}
        for glyph, text in texts.items():
            found.setdefault(_outline(drawn, glyph), text)
    return found


def _glyph_texts(font: TTFont) -> dict[str, str]:
    """The text of every glyph that a character, a substitution or a ligature leads to; plain characters come first."""
    texts: dict[str, str] = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        if code not in _NEVER_MEANT:
            texts.setdefault(glyph, chr(code))
    grown = -1
    while grown != len(texts):  # a variant may come from a variant
        grown = len(texts)
        for parts, glyph in _substitutions(font):
            if glyph not in texts and all(part in texts for part in parts):
                texts[glyph] = "".join(texts[part] for part in parts)
    return texts


def _substitutions(font: TTFont) -> Iterator[tuple[tuple[str, ...], str]]:
    for lookup in font["GSUB"].table.LookupList.Lookup if "GSUB" in font else ():
        for table in lookup.SubTable:
            table = table.ExtSubTable if table.LookupType == _EXTENSION else table
            if table.LookupType == _SINGLE:
                yield from (((source,), target) for source, target in table.mapping.items())
            elif table.LookupType == _LIGATURE:
                for first, ligatures in table.ligatures.items():
                    yield from (((first, *each.Component), each.LigGlyph) for each in ligatures)


def _outline(glyphs: Any, name: str) -> Outline:
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return tuple((command, tuple(points)) for command, points in pen.value), glyphs[name].width


def _rightly_noted(page: pikepdf.Page, texts: Texts) -> bytes:
    """The page's drawing, with ActualText only where it spells a cluster of several glyphs in full.

    Typst splits a cluster whose mark it raises and notes the whole of it at both parts, which would double it.
    """
    fonts = {str(name): texts.get(font.objgen, {}) for name, font in page.resources.get("/Font", {}).items()}
    kept: list[Instruction] = []
    starts: list[int | None] = []  # where each open span begins in `kept`, None for one that is no note
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            font = fonts.get(str(instruction.operands[0]), {})
        if operator in _OPEN:
            starts.append(len(kept) if _note(instruction) is not None else None)
        kept.append(instruction)
        if operator == "EMC" and (start := starts.pop()) is not None:
            kept[start:] = _mended(kept[start:], font)
    return pikepdf.unparse_content_stream(kept)


def _mended(span: list[Instruction], font: dict[int, str]) -> list[Instruction]:
    """A noted span with its note freed of invisible marks, or its inside alone when the note is wrong or idle."""
    note = (_note(span[0]) or "").translate(_INVISIBLE)
    spelt = "".join(font.get(glyph, "") for instruction in span for glyph in _glyphs(instruction))
    # Marks may be drawn in another order than they are written, and ำ in two pieces.
    if len(spelt) < 2 or sorted(note.replace(SARA_AM, _SARA_AM_DRAWN)) != sorted(spelt):
        return span[1:-1]
    properties = pikepdf.Dictionary(ActualText=pikepdf.String(note))
    return [pikepdf.ContentStreamInstruction([span[0].operands[0], properties], span[0].operator), *span[1:]]


def _glyphs(instruction: Instruction) -> Iterator[int]:
    """The two-byte codes an instruction shows; none unless it is Tj or TJ."""
    if str(instruction.operator) not in _SHOW:
        return
    shown = instruction.operands[0]
    for part in [shown] if isinstance(shown, pikepdf.String) else shown:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            yield from (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))


def _note(instruction: Instruction) -> str | None:
    """The ActualText a span opens with; None for spans without one, and for those that carry a tag's identity."""
    operands = instruction.operands
    if len(operands) < 2 or not isinstance(properties := operands[1], pikepdf.Dictionary):
        return None
    if "/MCID" in properties or "/ActualText" not in properties:
        return None
    return str(properties["/ActualText"])
