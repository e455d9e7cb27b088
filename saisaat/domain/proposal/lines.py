"""From a file's text to numbered lines fit for reading: normalised, repaired where damaged, labels of a form parted."""

import re
from functools import lru_cache

from saisaat.domain.proposal.headings import clean, find_heading
from saisaat.domain.proposal.model import Line
from saisaat.domain.proposal.synonyms import SYNONYMS, TABLE_WORDS
from saisaat.domain.thai import THAI_MONTHS, looks_damaged, normalise, skeleton, to_arabic_digits

_Tree = dict[str, "_Tree"]

READ_AT_MOST = 200_000
"""Characters. About eighty pages; what lies beyond is not read, and the reader says so."""

_SIGNAL_WORDS = """
    สัปดาห์ละ เดือนละ ปีละ อย่างน้อย ไม่น้อยกว่า ไม่ต่ำกว่า ร้อยละ จำนวน ดำเนินการ ดำเนินงาน ตั้งแต่ ปฏิบัติราชการแทน รักษาราชการแทน
    ไม่ใช้งบประมาณ ปีงบประมาณ ปีการศึกษา ลงชื่อ เรื่อง โปสเตอร์ ภาพนิ่ง ระหว่างวันที่ เป็นเงิน ทั้งสิ้น ตำแหน่ง ค่าเฉลี่ย สำนักงาน
    """.split()  # noqa: SIM905
_LOST_AM = re.compile("ดา(?=เนิน)|จา(?=นวน)|สา(?=นัก|เร็จ|คัญ|หรับ)|กา(?=หนด|กับ)|อา(?=เภอ)|ตา(?=บล|แหน่ง)|ประจา(?=ปี|เดือน)")
_MOVABLE = frozenset(
    " \u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)
_PAGE_NUMBER = re.compile(
    r"(?:หน้า(?:ที่)? ?)?[-–] ?\d{1,4} ?[-–]|(?:หน้า(?:ที่)? ?)\d{1,4}(?: ?(?:/|จาก) ?\d{1,4})?|\d{1,3}"
)
_LONE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.)]")
_CELLS = re.compile(r"\t| {3,20}(?=\S)")


def read_lines(text: str) -> tuple[list[Line], bool]:
    """The lines worth reading, and whether the text is damaged. Blank lines stay; page numbers go.

    A number alone on its line ("๑.") joins the words on the next. A line with several labels of a form
    ("หน่วยงาน<tab>ก<tab>ผู้รับผิดชอบ<tab>ข") becomes several with one number.
    """
    plain = normalise(text[:READ_AT_MOST])
    damaged = looks_damaged(plain) or bool(_LOST_AM.search(plain))
    plain = _swap_back(plain)
    lines: list[Line] = []
    waiting = ""
    for number, raw in enumerate(plain.split("\n"), start=1):
        mended = repair(raw) if damaged else raw
        for part in _labels_apart(clean(mended)):
            arabic = to_arabic_digits(part[:40])
            if _LONE_NUMBER.fullmatch(arabic):
                waiting = part
            elif not _PAGE_NUMBER.fullmatch(arabic):
                numbered = waiting and part and not part[0].isdigit()
                lines.append(Line(number, raw, f"{waiting} {part}" if numbered else part))
                waiting = "" if part else waiting
    return lines, damaged


def _swap_back(text: str) -> str:
    """Some PDFs print every า as ำ ("โครงกำร") and a true ำ behind a space ("จ ำนวน") or as ำ too."""
    if "กำร" not in text or "การ" in text:
        return text
    return text.replace(" ำ", "\0").replace("ำ", "า").replace("\0", "ำ")


def _labels_apart(text: str) -> list[str]:
    if "\t" not in text and "   " not in text:
        return [text]
    cells = [cell.strip() for cell in _CELLS.split(text)]
    if not _opens(cells[0]) or is_table_head(cells):
        return [text]
    parts, start = [], 0
    for place in range(1, len(cells)):
        if _opens(cells[place]) and place + 1 - start > 1 and place < len(cells):
            parts.append("\t".join(cells[start:place]))
            start = place
    return [*parts, "\t".join(cells[start:])]


def _opens(cell: str) -> bool:
    heading = find_heading(0, cell)
    return heading is not None and heading.form in ("bare", "colon") and heading.prefix.style != "bullet"


def is_table_head(cells: list[str]) -> bool:
    """The first row of a table of activities or indicators, whose cells are themselves heading words."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return False
    if filled[0] in ("ที่", "ลำดับ", "ลำดับที่", "No.", "No"):
        return True
    filled = [cell for cell in filled if cell.replace(" ", "") not in TABLE_WORDS]
    opening = [
        cell for cell in filled if (found := find_heading(0, cell)) and found.form == "bare" and found.prefix.end == 0
    ]
    return len(opening) == len(filled)


def repair(raw: str) -> str:
    """Put back marks that a PDF moved or lost, only in words the reader knows; all else stays as printed."""
    mended = _LOST_AM.sub(lambda match: match[0].replace("า", "ำ"), raw)
    return "\t".join(_mend(cell) for cell in mended.split("\t"))


def _mend(cell: str) -> str:
    """Words are looked for among the letters damage leaves in place, and written whole where those letters stood."""
    places = [place for place, char in enumerate(cell) if char not in _MOVABLE]
    letters = "".join(cell[place] for place in places).replace("ำ", "า")
    places.append(len(cell))
    parts, done = [], 0
    for match in _damaged_words().finditer(letters):
        end = places[match.end()]
        behind = cell[places[match.end() - 1] + 1 : end]
        parts += [cell[done : places[match.start()]], _known_words()[match[0]], " " * behind.count(" ")]
        done = end
    return "".join([*parts, cell[done:]])


@lru_cache(maxsize=1)
def _known_words() -> dict[str, str]:
    """Skeleton -> word, for words long enough that their consonants alone tell them."""
    words = sorted((*SYNONYMS, *_SIGNAL_WORDS, *THAI_MONTHS))
    return {skeleton(word): word for word in words if len(skeleton(word)) >= 5 and "/" not in word}


@lru_cache(maxsize=1)
def _damaged_words() -> re.Pattern[str]:
    """Every known word as one tree of letters, so that a text is searched once and not once a word."""
    tree: _Tree = {}
    for letters in _known_words():
        node = tree
        for letter in letters:
            node = node.setdefault(letter, {})
        node[""] = {}
    return re.compile(_branches(tree))


def _branches(tree: "_Tree") -> str:
    shapes = [letter + _branches(below) for letter, below in sorted(tree.items()) if letter]
    if not shapes:
        return ""
    return f"(?:{'|'.join(shapes)}){'?' if '' in tree else ''}" if len(shapes) > 1 or "" in tree else shapes[0]
