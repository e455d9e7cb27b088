"""Whether a line is a heading, judged by its numbering and words alone."""

import re
from dataclasses import dataclass
from typing import Literal

from saisaat.domain.proposal.synonyms import ENDINGS, ROLES, SYNONYMS
from saisaat.domain.thai import skeleton, to_arabic_digits


def squeeze(text: str) -> str:
    return text.replace(" ", "")


_LONGEST = max(map(len, SYNONYMS))
_BY_SKELETON = {skeleton(word): key for word, key in SYNONYMS.items() if len(skeleton(word)) >= 5}

_JOINS = ("และ", "/", ",", "กับ")

_DIGITS = r"\d{1,2}(?:\.\d{1,2}){0,3}"
_PREFIX = re.compile(
    rf"(?P<unit>ข้อ|ส่วน|ตอน|บท|หมวด)?(?:ที่)? ?(?P<open>\()?(?P<no>{_DIGITS})"
    r"(?P<close>[.)]{1,3})?[ \t]{0,8}[:\-–]?[ \t]{0,8}"
)
_PLAIN_OPENERS = frozenset("กคงจชซดถธนปผฝพฟภมยรลวศษอฮเแโใไ")
"""Letters no numbering word begins with: most lines of a text, told apart at a glance."""
_BULLET = re.compile(r"(?:[-–—•●○▪■□◦‣➢➤❖✓✔*·>]|[\uf000-\uf0ff])[ \t]{0,8}")
_IN_BRACKETS = re.compile(r" {0,2}\((?=[^()]{0,60}[ก-ฮA-Za-z]{2})[^()\d]{1,60}\)")
_FILLER = " \t.…_-–:()=*~"
_LETTERED = re.compile(r"(?:[ก-ฮA-Z]|[IVX]{1,5})[.)] {0,4}(?=[ก-ฮเ-ไ])")


@dataclass(frozen=True, slots=True)
class Prefix:
    """A line's numbering. `number` is empty for none; `style` tells "1." from "1)", "(1)", "ส่วนที่ 1"; `end` is where
    the words begin."""

    number: tuple[int, ...]
    style: Literal["", ".", ")", "()", "unit", "bare", "bullet"]
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may open one or more sections. `tail` is what follows the heading on its line.

    `form`: "bare" when nothing follows, "colon" and "tab" when a value clearly does, "space" when one seems to,
    "glued" when the words run on. `exact` is False when only the consonants agree.
    """

    index: int
    keys: tuple[str, ...]
    prefix: Prefix
    tail: str
    form: Literal["bare", "colon", "tab", "space", "glued"]
    exact: bool = True

    @property
    def top(self) -> int | None:
        """The number of a first-level heading."""
        return self.prefix.number[0] if len(self.prefix.number) == 1 else None


def read_prefix(text: str) -> Prefix:
    """The numbering or bullet a line begins with."""
    if text[:1] in _PLAIN_OPENERS:
        return Prefix((), "", 0)
    head = to_arabic_digits(text[:40])
    bullet = _BULLET.match(head)
    if bullet:
        return Prefix((), "bullet", bullet.end())
    match = _PREFIX.match(head)
    if not match:
        return Prefix((), "", 0)
    number = tuple(int(part) for part in match["no"].split("."))
    if match["unit"]:
        return Prefix(number, "unit", match.end())
    if match["open"]:
        return Prefix(number, "()", match.end()) if match["close"] and ")" in match["close"] else Prefix((), "", 0)
    if match["close"]:
        return Prefix(number, ")" if ")" in match["close"] else ".", match.end())
    return Prefix(number, "bare", match.end())


def clean(text: str) -> str:
    """A line without Markdown marks and outer spaces; the cells of a table drawn with bars parted by tabs."""
    if text.lstrip().startswith("|"):
        text = "\t".join(cell.strip(" -:") for cell in text.strip(" |\t").split("|"))
    return text.replace("**", "").replace("__", "").lstrip(" \t#|>").rstrip(" \t|")


def is_blank(text: str) -> bool:
    """Nothing filled in: no words, or a form's dots with at most its unit words around them (".... คน")."""
    words = text[read_prefix(text).end :].strip(_FILLER)
    if not words:
        return True
    dotted = "...." in text or "……" in text or "____" in text
    return dotted and len(re.sub(r"[\s.…_:]", "", words)) <= 25 and not re.search(r"[\d๐-๙]", words)


def find_heading(index: int, text: str) -> Heading | None:
    """The heading a cleaned line may be, judged by its words alone; None when its words open nothing."""
    prefix = read_prefix(text)
    lettered = None if prefix.end else _LETTERED.match(text)
    rest = text[lettered.end() if lettered else prefix.end :]
    matched = _match_words(rest)
    exact = matched is not None
    matched = matched or _match_skeleton(rest)
    if matched is None:
        return None
    keys, length = matched
    tail = rest[length:]
    form = _form(tail)
    if rest[:length] == "โครงการ" and form not in ("tab", "colon") and prefix.number != (1,):
        return None  # in running text the commonest word of all
    return Heading(index, keys, prefix, tail.strip(" \t:：-–").strip(), form, exact)


def _form(tail: str) -> Literal["bare", "colon", "tab", "space", "glued"]:
    stripped = tail.strip(" \t.…:：-–_")
    if not stripped:
        return "bare"
    lead = tail[: len(tail) - len(tail.lstrip(" \t:：.…-–"))]
    if ":" in lead or "：" in lead:
        return "colon"
    if "\t" in lead:
        return "tab"
    return "space" if lead or not _is_thai_letter(tail[0]) else "glued"


def _is_thai_letter(char: str) -> bool:
    return "ก" <= char <= "๎" and char not in "ฯๆ"


def _match_words(rest: str) -> tuple[tuple[str, ...], int] | None:
    """The longest synonym `rest` begins with, endings and a second key joined on; and how much of `rest` they take."""
    first = _longest_word(rest)
    if first is None:
        return None
    keys, length = [first[0]], _take_endings(rest, first[1])
    for _ in range(2):
        joined = _joined(rest, length)
        if joined is None:
            break
        keys.append(joined[0])
        length = _take_endings(rest, joined[1])
    if keys[0] not in (*ROLES, "owner"):  # brackets behind these hold a person's name
        length = _take_brackets(rest, length)
    return tuple(dict.fromkeys(keys)), length


def _joined(rest: str, start: int) -> tuple[str, int] | None:
    after = len(rest) - len(rest[start:].lstrip(" "))
    for join in _JOINS:
        if rest.startswith(join, after):
            gap = after + len(join)
            gap += len(rest[gap:]) - len(rest[gap:].lstrip(" "))
            found = _longest_word(rest[gap:])
            if found and found[0] not in ROLES:
                return found[0], gap + found[1]
    return None


def _longest_word(rest: str) -> tuple[str, int] | None:
    window = rest[: _LONGEST + 12]
    positions = [place for place, char in enumerate(window) if char != " "]
    packed = squeeze(window)
    for size in range(min(len(packed), _LONGEST), 2, -1):
        key = SYNONYMS.get(packed[:size])
        if key:
            return key, positions[size - 1] + 1
    return None


def _take_endings(rest: str, length: int) -> int:
    for ending in ENDINGS:
        spaced = rest.startswith(" ", length)
        at = length + spaced
        follows = rest[at + len(ending) : at + len(ending) + 1]
        # "ชื่อโครงการ โครงการอบรม…": after a space the value begins, unless the ending stands alone.
        if rest.startswith(ending, at) and not (spaced and follows and _is_thai_letter(follows)):
            length = at + len(ending)
            break
    return length


def _take_brackets(rest: str, length: int) -> int:
    bracket = _IN_BRACKETS.match(rest[length : length + 70])
    return length + bracket.end() if bracket else length


def _match_skeleton(rest: str) -> tuple[tuple[str, ...], int] | None:
    """For damaged lines: the whole label, up to a colon or tab, must agree in its consonants."""
    label = re.split(r"[:：\t]", rest[:80], maxsplit=1)[0]
    if not 5 <= len(label) <= 60:
        return None
    bare = skeleton(label).strip(".…")
    key = _BY_SKELETON.get(bare) or _BY_SKELETON.get(bare.removesuffix("โครงการ").removesuffix("ของ"))
    return ((key,), len(label)) if key else None
