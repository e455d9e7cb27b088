"""The pieces of a form to be signed, beside those of `documents.blocks`: labels, points, dotted lines, signatures.

`documents/form.typ` draws them as PDF, `documents.word` as Word. What a form does not know yet is a dotted line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from saisaat.documents.blocks import Block
from saisaat.domain.thai import format_date

DOTS = "." * 46
_DATE_TO_WRITE = f"วันที่ {'.' * 8} เดือน {'.' * 18} พ.ศ. {'.' * 10}"

_PIECE = 3_500
"""Characters; the typesetter takes no longer text in one piece."""


def pieces(text: str) -> str | list[str]:
    """A text of any length for the typesetter: as it is, or cut at spaces."""
    if len(text) <= _PIECE:
        return text
    cut: list[str] = []
    while len(text) > _PIECE:
        space = text.rfind(" ", 1, _PIECE)
        at = space if space > 0 else _PIECE
        cut.append(text[:at])
        text = text[at:].lstrip(" ")
    return [*cut, text]


def label(name: str, value: str | None) -> Block:
    """A name in bold and what stands behind it, or a dotted line to the margin."""
    return {"_is": "label", "name": name, "text": pieces(value or "")}


def words(text: str) -> list[Block]:
    """Running text: a paragraph for each line that is not empty."""
    return [{"_is": "paragraph", "text": pieces(line.strip())} for line in text.splitlines() if line.strip()]


def item(mark: str, text: str, level: int = 1) -> Block:
    """A point behind its number or bullet. Level 2 and 3 stand further in."""
    return {"_is": "item", "_level": min(level, 3), "mark": mark, "text": pieces(text)}


def dotted(lines: int = 2) -> Block:
    """Lines to write on, where a section says nothing."""
    return {"_is": "dots", "_lines": lines}


def centred(text: str, *, size: int = 16) -> Block:
    """A bold line in the middle; `size` in points of TH Sarabun."""
    return {"_is": "centred", "_size": size, "text": pieces(text)}


def given(text: str) -> Block:
    """The line "สั่ง ณ วันที่ ...", further in; it stays with the signature."""
    return {"_is": "given", "text": text}


def rule() -> Block:
    """A short line in the middle, between the head of an order and its words."""
    return {"_is": "rule"}


def emblem(picture: bytes | None = None) -> Block:
    """The office's emblem, three centimetres high, in the middle; room for it where the office gave none.

    `picture` is PNG or JPEG.
    """
    return {"_is": "emblem", "_picture": list(picture or b"")}


def members(rows: Sequence[tuple[str, str, str, str]]) -> Block:
    """People in columns: number, name, position, role."""
    return {"_is": "members", "rows": [[pieces(cell) for cell in row] for row in rows]}


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs. A blank part is left to be written by hand, except `acting_for`, which then does not occur.

    word: what stands in place of a signature by hand, such as that it was signed electronically. digest: SHA-256 of
    what was signed, in hex, printed below `word`.
    """

    name: str = ""
    position: str = ""
    acting_for: str = ""
    on: date | None = None
    word: str = ""
    digest: str = ""


def signing(signer: Signer, *, heading: str = "", dated: bool = True, labelled: bool = True) -> Block:
    """Room for a signature with name, position and date below it; never parted by the end of a page.

    An order has no date here, for its date stands above, and no "(ลงชื่อ)".
    """
    alone = signer.position and (signer.name or not labelled)
    post = signer.position if alone else f"ตำแหน่ง {signer.position or DOTS}"
    lines = [f"({signer.name or DOTS})", post]
    if signer.acting_for:
        lines += ["ปฏิบัติราชการแทน", signer.acting_for]
    if dated:
        lines.append(f"วันที่ {format_date(signer.on)}" if signer.on else _DATE_TO_WRITE)
    return {
        "_is": "signing",
        "heading": heading,
        "sign": ("(ลงชื่อ) " if labelled else "") + (signer.word or (DOTS if labelled else "")),
        "_digest": _digest_lines(signer.digest),
        "lines": lines,
    }


def _digest_lines(digest: str) -> list[str]:
    return ["SHA-256", *(digest[at : at + 32] for at in range(0, len(digest), 32))] if digest else []
