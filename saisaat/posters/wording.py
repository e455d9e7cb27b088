"""Lays out given words for the eye: a headline in two tones, a body as a lead and a few points, or as two sides.

Nothing is invented, dropped or moved: joined again, the parts are the text they came from (spaces apart).
"""

import itertools
import re
from dataclasses import dataclass

MAX_PARTS = 4

_EYEBROW = re.compile(r"(?P<eyebrow>[^:]{3,32}:|\S{4,30} ข้อ \d{1,2})\s+(?P<rest>.{8,})")
_FRESH = "ถ้า|หาก|เมื่อ|แต่ละ|ส่วน|อย่า|ห้าม|แม้|นอกนั้น|ก่อน|เริ่ม|ไม่ว่า|เว้นแต่|นิติบุคคล|จำคุก|งาน|กิจกรรม|สาม|สอง|การ|ให้แชร์"
_SIDE = re.compile(r"(?P<title>[^:\n]{2,24}):(?!\S*//)\s*(?P<rest>.*)")
_REFUSES = re.compile(r"ไม่|ห้าม|อย่า|งด|เลี่ยง|ผิด|ระวัง|[Dd][Oo][Nn]")
_STARTS_ANEW = re.compile(_FRESH)
_GOES_ON = re.compile(r"คือ|โดย|เพื่อ|ที่|ซึ่ง|อัน|ล้วน|ก็|แก่|จาก|ใน|ว่า|ตาม|ของ|เป็นวินัย|เป็นความผิด|เป็นนโยบาย")
_JOINS = re.compile(r"และ|หรือ|เช่น|รวม|ทั้ง|ด้วย|เพราะ|พร้อม|แต่(?!ละ)")
_HANGS = re.compile(r"เว้นแต่|จึง|แล้ว|ถือ|แม้|หาก|ถ้า|จะ|ไม่ว่า|มีโทษ|จำคุก|ปล่อย|พร้อม|ก่อน")
_PREDICATE = re.compile(r"คือ|เป็น|ต้อง|มีโทษ|มีความผิด|โทษ|ก็|ไม่|งด|หมายถึง|ร้องเรียน|กฎหมาย|ภายใน|จำ")
# Spaces inside a phrase rather than between two: around figures and abbreviations, beside ๆ and ฯ, before Latin words.
_INNER_SPACE = re.compile(
    rf"(?<=[0-9๐-๙,.]) (?!{_FRESH}|หรือ|คือ|และ)|(?<=[ๆฯ]) (?!{_FRESH})"
    r"|(?<=เช่น) | (?=[0-9๐-๙A-Za-zๆฯ(])| (?=(?:[เแโไใ]?[ก-ฮ]{1,4}\.)+(?:\s|$|[ก-ฮเแโไใ]))"
)
# In running text a Latin word sits inside its phrase as well; in a headline it often is the phrase.
_AFTER_LATIN = re.compile(rf"(?<=[A-Za-z]) (?!{_FRESH}|ไม่)")


@dataclass(frozen=True, slots=True)
class Headline:
    """`eyebrow` (may be empty) stands small above; `first` and `second` (may be empty) are the two tones."""

    eyebrow: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Body:
    """`lead` (may be empty) is read first, then `points`; a body that does not split well is one point."""

    lead: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a comparison; `good` is false when its title refuses something (ไม่, ห้าม, อย่า ...)."""

    title: str
    points: tuple[str, ...]
    good: bool


def is_list(points: tuple[str, ...]) -> bool:
    """Can the points be counted off, or does one go on with what another said?"""
    return len(points) > 1 and not any(_GOES_ON.match(p) or _JOINS.match(p) or _HANGS.match(p) for p in points[1:])


def split_sides(body: str) -> tuple[Side, Side] | None:
    """Two sides, each a line that ends with a colon and then a point a line; None for a body not written so."""
    found: list[tuple[str, list[str]]] = []
    for line in (" ".join(line.split()) for line in body.splitlines()):
        heading = _SIDE.fullmatch(line)
        if heading:
            found.append((heading["title"].strip(), [heading["rest"]] if heading["rest"] else []))
        elif line and found:
            found[-1][1].append(line)
        elif line:
            return None
    if len(found) != 2 or any(not 1 <= len(points) <= MAX_PARTS for _, points in found):
        return None
    first, second = (Side(title, tuple(points), not _REFUSES.search(title)) for title, points in found)
    return first, second


def split_headline(headline: str) -> Headline:
    """Takes off a label such as "วินัยร้ายแรง:" as the eyebrow and splits the rest at a phrase space near its middle."""
    text = " ".join(headline.split())
    label = _EYEBROW.fullmatch(text)
    eyebrow, rest = (label["eyebrow"], label["rest"]) if label else ("", text)
    phrases = _phrases(rest)
    if len(phrases) == 1:
        return Headline(eyebrow, rest, "")
    cut = min(range(1, len(phrases)), key=lambda at: _tone_cost(phrases, at))
    return Headline(eyebrow, " ".join(phrases[:cut]), " ".join(phrases[cut:]))


def _tone_cost(phrases: list[str], at: int) -> float:
    """How badly the tone would change before phrase `at`: uneven halves, or in the middle of a list of short words."""
    uneven = abs(_visible(" ".join(phrases[:at])) - _visible(" ".join(phrases[at:])))
    in_list = max(_visible(phrases[at - 1]), _visible(phrases[at])) < 12
    return uneven + 12 * in_list - 9 * bool(_PREDICATE.match(phrases[at]))


def split_body(body: str) -> Body:
    """A lead and up to four points. Line feeds in the body, when there are any, say where to split."""
    lines = [" ".join(line.split()) for line in body.splitlines() if line.strip()]
    if not lines:
        return Body("", ())
    parts = lines if len(lines) > 1 else _parts(_phrases(" ".join(lines), after_latin=True))
    if len(parts) > MAX_PARTS:
        return Body("", (" ".join(parts),))
    if len(parts) == MAX_PARTS or (len(parts) == 3 and _visible(parts[0]) > 1.25 * max(map(_visible, parts[1:]))):
        return Body(parts[0], tuple(parts[1:]))
    return Body("", tuple(parts))


def _phrases(text: str, *, after_latin: bool = False) -> list[str]:
    marked = _INNER_SPACE.sub("\u00a0", text)
    if after_latin:
        marked = _AFTER_LATIN.sub("\u00a0", marked)
    return [phrase.replace("\u00a0", " ") for phrase in marked.split(" ")]


def _parts(phrases: list[str]) -> list[str]:
    """The cheapest way to cut the phrases into at most four parts; a body has some 15 phrases, so all are tried."""
    gaps = [_gap_cost(*three) for three in zip(phrases, phrases[1:], [*phrases[2:], ""], strict=False)]
    best, best_cost = [" ".join(phrases)], _parts_cost([" ".join(phrases)], 0)
    for count in range(1, min(MAX_PARTS, len(phrases))):
        for cuts in itertools.combinations(range(1, len(phrases)), count):
            edges = [0, *cuts, len(phrases)]
            parts = [" ".join(phrases[a:b]) for a, b in itertools.pairwise(edges)]
            cost = _parts_cost(parts, sum(gaps[cut - 1] for cut in cuts))
            if cost < best_cost:
                best, best_cost = parts, cost
    return best


def _gap_cost(left: str, right: str, after: str) -> float:
    """How badly a part would begin with `right`, between `left` and `after`: 0.3 a fresh sentence, 4 a torn phrase."""
    if _STARTS_ANEW.match(right):
        return 0.3
    list_goes_on = _visible(right) < 18 and _JOINS.match(after)
    if _GOES_ON.match(right) or list_goes_on:
        return 4.0
    if _JOINS.match(right):
        return 1.4 if _visible(right) >= 16 and _visible(left) >= 10 else 4.0
    return 3.2 if min(_visible(left), _visible(right)) < 10 else 1.0


def _parts_cost(parts: list[str], gap_cost: float) -> float:
    lengths = [_visible(part) for part in parts]
    size = sum(max(0, 13 - length) * 0.5 + max(0, length - 60) / 14 for length in lengths)
    uneven = (max(lengths) - min(lengths)) / 40
    return gap_cost + size + uneven + {1: 2.6, 2: 1.2, 3: 0.4, 4: 0.9}[len(parts)]


def _visible(text: str) -> int:
    """Characters that take room on the line: Thai vowels and tones above and below do not."""
    return len(re.sub(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", text))
