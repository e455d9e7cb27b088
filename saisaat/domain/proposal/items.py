"""The points of a section: numbered, bulleted or plain; broken lines are joined, sub-points kept under their point."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from saisaat.domain.proposal.headings import Prefix, is_blank, read_prefix
from saisaat.domain.proposal.lines import is_table_head
from saisaat.domain.proposal.model import Line
from saisaat.domain.thai import to_arabic_digits

_SUB_LABEL = re.compile(
    r"(?:ตัวชี้วัด|เป้าหมาย|ผลผลิต|ผลลัพธ์|ผล|ดัชนี)?(?:ของโครงการ)? ?(?:(?:เชิง|ด้าน)(?:ปริมาณ|คุณภาพ|เวลา|ค่าใช้จ่าย|ต้นทุน|ผลผลิต|ผลลัพธ์)"
    r"|ผลผลิต|ผลลัพธ์)(?: ?\([^()]{1,30}\))? ?:?"
)
_LOOK_BACK = 50
_LETTERED = re.compile(r"[ก-ฮa-z]\) ?|[ก-ฮ]\. (?=\S)")


@dataclass(slots=True)
class Item:
    """One point. `no` is its number in Arabic digits; `parts` are its lines, which `text` joins by spaces."""

    no: str | None
    parts: list[str]
    lines: list[Line]
    marker: str = ""
    subs: list["Item"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(part for part in self.parts if part)

    def full_text(self) -> str:
        """The point and its sub-points, each of these on a line of its own behind its mark."""
        below = [f"{sub.marker} {sub.full_text()}" for sub in self.subs]
        return "\n".join(part for part in [self.text, *below] if part)

    def all_lines(self) -> list[Line]:
        return [*self.lines, *(line for sub in self.subs for line in sub.all_lines())]


def read_items(body: Sequence[Line]) -> list[Item]:
    """The points at the section's first level. An introduction before the first mark is not a point."""
    flat = _flat(body)
    if any(item.marker for item in flat):
        flat = _without_introduction(flat)
    roots: list[Item] = []
    levels: list[tuple[str, Item]] = []
    for item in flat:
        kind = _kind(item)
        level = next((place for place, (known, _) in enumerate(levels) if known == kind), len(levels) if kind else 0)
        levels = levels[:level]
        if levels:
            levels[-1][1].subs.append(item)
        else:
            roots.append(item)
        if kind:
            levels.append((kind, item))
    return roots


def _kind(item: Item) -> str:
    """Points of one kind stand on one level: "4.1" and "4.2", "(1)" and "(2)", two bullets."""
    if not item.marker:
        return ""
    if item.no:
        closing = ")" if item.marker.endswith(")") else ""
        return f"number{item.no.count('.')}{item.marker[:1] if item.marker.startswith('(') else ''}{closing}"
    return item.marker[:1].translate(_LETTER)


_LETTER = dict.fromkeys(range(ord("ก"), ord("ฮ") + 1), "ก")


def _without_introduction(flat: list[Item]) -> list[Item]:
    first = next(place for place, item in enumerate(flat) if item.marker)
    if any(re.search(r"\d", to_arabic_digits(item.text)) for item in flat[:first]):
        return flat
    return flat[first:]


def is_sub_label(text: str) -> bool:
    """ "เชิงปริมาณ" and its like, alone on a line: a signpost, not a point."""
    return bool(_SUB_LABEL.fullmatch(text.strip()))


def _flat(body: Sequence[Line]) -> list[Item]:
    items: list[Item] = []
    marked = False
    for line in body:
        text = line.text.strip()
        if is_blank(text) or ("\t" in text and is_table_head(text.split("\t"))):
            continue
        prefix = read_prefix(text)
        lettered = _LETTERED.match(text)
        number = _accepted(prefix, items, in_cell=text[: prefix.end].endswith("\t"))
        if number or prefix.style == "bullet" or lettered:
            end = lettered.end() if lettered and not number and prefix.style != "bullet" else prefix.end
            items.append(Item(number, [_joined_cells(text[end:])], [line], text[:end].strip()))
            marked = True
        elif marked and not is_sub_label(text):
            items[-1].parts.append(_joined_cells(text))
            items[-1].lines.append(line)
        else:
            items.append(Item(None, [_joined_cells(text)], [line]))
            marked = False
    return items


def _joined_cells(text: str) -> str:
    return " | ".join(cell.strip() for cell in text.split("\t") if cell.strip())


def _accepted(prefix: Prefix, items: Sequence[Item], *, in_cell: bool) -> str | None:
    """The number, if it can begin a point: "104 คน" cannot unless in a table's cell of its own, and a wrapped
    "3.51 ขึ้นไป" cannot because it follows nothing."""
    number = prefix.number
    if not number or (prefix.style == "bare" and len(number) == 1 and not in_cell):
        return None
    if prefix.style == "bare" and not _follows(number, items):
        return None
    return ".".join(map(str, number))


def _follows(number: tuple[int, ...], items: Sequence[Item]) -> bool:
    before = [item.no for item in items[-_LOOK_BACK:] if item.no and item.no.count(".") == len(number) - 1]
    if not before:
        return number[-1] == 1
    last = tuple(int(part) for part in before[-1].split("."))
    return number[-1] == 1 or (number[:-1] == last[:-1] and last[-1] < number[-1] <= last[-1] + 2)


def joined(body: Sequence[Line]) -> str:
    """A section as running text: blank lines and marks end a paragraph, other line breaks become spaces. The bullet of
    a single point is left out."""
    written: list[list[str]] = []
    fresh = True
    for line in body:
        text = _joined_cells(line.text)
        if is_blank(text):
            fresh = True
            continue
        prefix = read_prefix(text)
        signpost = is_sub_label(text)
        if fresh or signpost or prefix.style not in ("", "bare") or len(prefix.number) > 1:
            written.append([text])
        else:
            written[-1].append(text)
        fresh = signpost
    paragraphs = [" ".join(parts) for parts in written]
    if len(paragraphs) == 1:
        prefix = read_prefix(paragraphs[0])
        return paragraphs[0][prefix.end :] if prefix.style == "bullet" else paragraphs[0]
    return "\n".join(paragraphs)
