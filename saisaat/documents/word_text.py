"""The text of a .docx in document order: automatic numbers written out, tables as tab-separated lines.

python-docx reads the package; its own `Paragraph.text` leaves out numbering, content controls and tracked insertions,
so the elements are walked here.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHECKED = {"F0FE": "☑", "F0FD": "☒", "F052": "☑", "F0A8": "☐", "F06F": "☐", "F0A3": "☐", "F0FC": "✓"}
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_DEEPEST = 20
_SET_IN = 283  # twentieths of a point: half a centimetre

Element = Any
"""An lxml element; python-docx types its own classes only."""


def docx_lines(document: Any) -> Iterator[str]:
    """The lines of an opened python-docx `Document`, in order."""
    numbering = _Numbering(document)
    yield from _block_lines(document.element.body, numbering, 0)


def _block_lines(parent: Element, numbering: "_Numbering", depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for child in parent:
        if child.tag == f"{_W}p":
            text = _paragraph_text(child)
            if _begins_a_paragraph(child):
                yield ""
            yield from (numbering.mark(child) + text if text.strip() else text).split("\n")
        elif child.tag == f"{_W}tbl":
            yield from _table_lines(child, numbering, depth + 1)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _block_lines(child, numbering, depth + 1)


def _begins_a_paragraph(paragraph: Element) -> bool:
    """A first line set in begins a paragraph of running text; without it, every Word paragraph may be a broken line."""
    indent = paragraph.find(f"{_W}pPr/{_W}ind")
    first = indent.get(f"{_W}firstLine") if indent is not None else None
    return bool(first and first.isdigit() and int(first) >= _SET_IN)


def _table_lines(table: Element, numbering: "_Numbering", depth: int) -> Iterator[str]:
    """A row with cells of several lines becomes several rows, so that signatures side by side stay in their columns."""
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells = [_cell_lines(cell, numbering, depth) for cell in row.iter(f"{_W}tc") if _row_of(cell) is row]
        for line in zip_longest(*cells, fillvalue=""):
            yield "\t".join(line)


def _row_of(cell: Element) -> Element:
    return next(cell.iterancestors(f"{_W}tr"))


def _cell_lines(cell: Element, numbering: "_Numbering", depth: int) -> list[str]:
    lines = [line.strip() for line in _block_lines(cell, numbering, depth)]
    filled = [line for line in lines if line]
    return filled or [""]


def _paragraph_text(paragraph: Element) -> str:
    parts: list[str] = []
    for element in _walk(paragraph, 0):
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append("\t")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif element.tag == f"{_W}sym":
            parts.append(_CHECKED.get((element.get(f"{_W}char") or "").upper(), ""))
    return "".join(parts)


def _walk(parent: Element, depth: int) -> Iterator[Element]:
    """Everything printed in a paragraph: not its tab stops, not deleted text, a text box once and not its fallback."""
    if depth > _DEEPEST:
        return
    for child in parent:
        if child.tag in (f"{_W}pPr", f"{_W}del", f"{_W}rPr", f"{_MARKUP}Fallback"):
            continue
        yield child
        yield from _walk(child, depth + 1)


class _Numbering:
    """Word's automatic numbers, counted as Word would."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        self._read_lists(document)
        for style in document.styles.element.iter(f"{_W}style"):
            found = _number_of(style)
            if found:
                self.styles[style.get(f"{_W}styleId")] = found

    def _read_lists(self, document: Any) -> None:
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is None:
            return
        abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
        for element in part.element.iter(f"{_W}abstractNum"):
            abstract[element.get(f"{_W}abstractNumId")] = {
                int(level.get(f"{_W}ilvl")): (_value(level, "numFmt"), _value(level, "lvlText"), _start(level))
                for level in element.iter(f"{_W}lvl")
            }
        for element in part.element.iter(f"{_W}num"):
            self.levels[element.get(f"{_W}numId")] = abstract.get(_value(element, "abstractNumId"), {})

    def mark(self, paragraph: Element) -> str:
        """The number or bullet Word draws before a paragraph, with a space, or ""."""
        found = _number_of(paragraph)
        if found is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            found = self.styles.get(style.get(f"{_W}val")) if style is not None else None
        if found is None or found[1] not in self.levels.get(found[0], {}):
            return ""
        list_id, level = found
        levels, counts = self.levels[list_id], self.counts.setdefault(list_id, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        form, text, _ = levels[level]
        if form in ("bullet", "none"):
            return "• " if form == "bullet" else ""
        for upper in range(level + 1):
            shape, _, start = levels.get(upper, ("decimal", "", 1))
            text = text.replace(f"%{upper + 1}", _written(counts.get(upper, start), shape))
        return f"{text} "


def _number_of(element: Element) -> tuple[str, int] | None:
    number = element.find(f"{_W}pPr/{_W}numPr")
    list_id = _value(number, "numId") if number is not None else ""
    if not list_id or list_id == "0":
        return None
    level = _value(number, "ilvl")
    return list_id, int(level) if level.isdigit() else 0


def _value(element: Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return (child.get(f"{_W}val") or "") if child is not None else ""


def _start(level: Element) -> int:
    written = _value(level, "start")
    return int(written) if written.isdigit() else 1


def _written(number: int, form: str) -> str:
    if form in ("thaiNumbers", "thaiCounting"):
        return "".join("๐๑๒๓๔๕๖๗๘๙"[int(digit)] for digit in str(number))
    if form == "thaiLetters":
        return _THAI_LETTERS[(number - 1) % len(_THAI_LETTERS)]
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    return str(number)
