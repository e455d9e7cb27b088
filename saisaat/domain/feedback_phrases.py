"""An office's changes to the words by which comments are told apart: what may be added, and the file they travel in.

A change adds a phrase to a kind with a weight, or takes one out (weight 0). The form of a phrase: `feedback_words`.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from saisaat.domain.errors import Invalid
from saisaat.domain.feedback import DEFAULT_LEXICON, CommentKind
from saisaat.domain.feedback_lexicon import Lexicon, fold
from saisaat.domain.thai import normalise, to_arabic_digits

LONGEST_PHRASE = 60
MOST_PHRASES = 500
LARGEST_FILE = 200_000
"""Bytes."""
WEIGHTS = (1, 2, 3)
OUT = 0
KINDS = tuple(CommentKind)
HEADINGS = ("kind", "phrase", "weight")


@dataclass(frozen=True, slots=True)
class Change:
    """One phrase an office added (`weight` 1 to 3) or took out (`OUT`)."""

    kind: CommentKind
    phrase: str
    weight: int


def check_phrase(phrase: str) -> str:
    """The phrase as it is looked for: no spaces, no ๆ, three dots for a gap. Raises `Invalid`."""
    bare = "".join(normalise(to_arabic_digits(phrase)).lower().replace("ๆ", "").split()).replace("...", "…")
    inner = bare.removeprefix("^").removesuffix("$")
    if len(bare) > LONGEST_PHRASE:
        raise Invalid("คำยาวเกิน %(most)s ตัวอักษร จึงยังไม่ได้บันทึก โปรดย่อให้สั้นลง", most=LONGEST_PHRASE)
    parts = inner.split("…")
    if any(sum(letter.isalnum() for letter in fold(part)) < 2 for part in parts):
        raise Invalid("คำต้องมีอย่างน้อยสองตัวอักษร และสองตัวอักษรทั้งก่อนและหลังเครื่องหมาย … จึงยังไม่ได้บันทึก โปรดแก้คำ")
    if any(mark in inner for mark in "^$\"'\\,"):
        raise Invalid("ใช้ ^ ได้เฉพาะหน้าสุด และ $ เฉพาะท้ายสุดของคำ ไม่ใช้เครื่องหมายคำพูดหรือจุลภาค จึงยังไม่ได้บันทึก โปรดแก้คำ")
    return bare


def check_change(change: Change) -> Change:
    """The change as it is kept. Raises `Invalid`."""
    if change.weight == OUT:
        if not DEFAULT_LEXICON.weight(change.kind, change.phrase):
            raise Invalid(
                "ไม่มีคำว่า “%(phrase)s” ในรายการของระบบ จึงไม่มีอะไรให้เอาออก", phrase=change.phrase[:LONGEST_PHRASE]
            )
        return change
    if change.weight not in WEIGHTS:
        raise Invalid("น้ำหนักของคำต้องเป็น 1, 2 หรือ 3 จึงยังไม่ได้บันทึก โปรดเลือกใหม่")
    return Change(change.kind, check_phrase(change.phrase), change.weight)


def lexicon_with(changes: Iterable[Change]) -> Lexicon:
    """The program's words with an office's changes."""
    listed = list(changes)
    if not listed:
        return DEFAULT_LEXICON
    return DEFAULT_LEXICON.changed(
        [(change.kind, change.weight, change.phrase) for change in listed if change.weight != OUT],
        [(change.kind, change.phrase) for change in listed if change.weight == OUT],
    )


def file_rows(changes: Iterable[Change]) -> list[list[str]]:
    """The lines of the file under `HEADINGS`. A weight of 0 takes a phrase out."""
    return [[str(change.kind), change.phrase, str(change.weight)] for change in changes]


def read_file(data: bytes) -> list[Change]:
    """The changes in a .csv file, each checked. Raises `Invalid` naming the line; nothing is half read."""
    if len(data) > LARGEST_FILE:
        raise Invalid("ไฟล์ใหญ่เกินกว่าจะเป็นรายการคำ จึงยังไม่ได้นำเข้า โปรดเลือกไฟล์ที่ส่งออกจากหน้านี้")
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise Invalid("อ่านไฟล์นี้ไม่ได้ จึงยังไม่ได้นำเข้า โปรดบันทึกเป็น .csv แบบ UTF-8 แล้วลองใหม่") from None
    if not lines or tuple(cell.strip().lower() for cell in lines[0][:3]) != HEADINGS:
        raise Invalid("แถวแรกของไฟล์ต้องเป็น kind, phrase, weight จึงยังไม่ได้นำเข้า โปรดเริ่มจากไฟล์ที่ส่งออกจากหน้านี้")
    found = [_read_line(no, cells) for no, cells in enumerate(lines[1:], start=2) if any(map(str.strip, cells))]
    if len(found) > MOST_PHRASES:
        raise Invalid("ไฟล์มี %(rows)s คำ เกิน %(most)s จึงยังไม่ได้นำเข้า", rows=len(found), most=MOST_PHRASES)
    return list({(change.kind, change.phrase): change for change in found}.values())


def _read_line(no: int, cells: Sequence[str]) -> Change:
    kind, phrase, weight = ([cell.strip() for cell in cells] + ["", "", ""])[:3]
    weight = to_arabic_digits(weight)
    if kind not in set(CommentKind) or not (weight.isascii() and weight.isdecimal()):
        raise Invalid(
            "แถวที่ %(line)s: ไม่รู้จักประเภท “%(kind)s” หรือน้ำหนัก “%(weight)s” จึงยังไม่ได้นำเข้าทั้งไฟล์ โปรดแก้แถวนี้",
            line=no,
            kind=kind[:20],
            weight=weight[:20],
        )
    try:
        return check_change(Change(CommentKind(kind), phrase.removeprefix("'"), int(weight[:4])))
    except Invalid as error:
        raise Invalid("แถวที่ %(line)s: %(reason)s", line=no, reason=error) from error
