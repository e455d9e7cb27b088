"""Which lines belong to which section.

A word list alone finds too many headings: "เป้าหมาย" also stands under a national strategy, "การประเมินผล" among
the steps. So the numbered headings are chosen as the heaviest run of rising numbers, and the rest must fit around it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from saisaat.domain.proposal.headings import Heading, find_heading, is_blank, read_prefix
from saisaat.domain.proposal.lines import is_table_head
from saisaat.domain.proposal.model import Line
from saisaat.domain.proposal.synonyms import DISTINCT, EVERYDAY, LABEL_KEYS, ROLES

_WEIGHT = {"bare": 4, "colon": 4, "tab": 3, "space": 2, "glued": 1}
_HEADING_AT_MOST = 70
_LAST_NUMBER = 40
_STRONG_RUN = 4
_MAY_NEST = frozenset({"period", "place", "owner", "budget", "monitoring", "target", "kpi"})
_PROSE = ("ของ", "ที่", "และ", "เพื่อ", "ซึ่ง", "โดย", "ใน", "นี้", "ดังกล่าว", "เป็น", "จะ", "ได้", "มี")


@dataclass(slots=True)
class Section:
    """A heading with the lines under it. `keys` has two for "ผู้รับผิดชอบ/สถานที่", none for a heading not known here.

    `body` begins with what followed the heading on its own line. `confidence` is that of the heading.
    """

    keys: tuple[str, ...]
    heading: Line
    confidence: float
    number: tuple[int, ...] = ()
    body: list[Line] = field(default_factory=list)

    @property
    def filled(self) -> list[Line]:
        return [line for line in self.body if not is_blank(line.text)]


SIGN = re.compile(r"\(? ?ลงชื่อ|\(? ?ลงนาม")
_UNDER_A_PLAN = re.compile("(?:ยุทธศาสตร์|แผนแม่บท|แผนปฏิรูป|แผนพัฒนา|แผนย่อย|ประเด็น|กลยุทธ์|เป้าหมายที่|เป้าประสงค์|หมุดหมาย|SDG)")


@dataclass(frozen=True, slots=True)
class _Chain:
    score: float
    heading: Heading
    before: "_Chain | None"


def split(lines: Sequence[Line]) -> tuple[list[Line], list[Section]]:
    """The lines before the first heading, and the sections in order."""
    found = [heading for index, line in enumerate(lines) if (heading := _candidate(index, line))]
    run = _rising_run(found, _inside_lists(lines, {heading.index for heading in found}))
    chosen = _Choice(lines, found, run).headings()
    borders = _unknown_between(lines, run) | {index for index, line in enumerate(lines) if SIGN.match(line.text)}
    return _cut(lines, {heading.index: heading for heading in chosen}, borders | _next_siblings(lines, chosen))


def _candidate(index: int, line: Line) -> Heading | None:
    if not line.text:
        return None
    heading = find_heading(index, line.text)
    if heading is None or ("\t" in line.text and is_table_head(line.text.split("\t"))):
        return None
    return heading if heading.form != "glued" or _glued_heading(heading, line.text) else None


def _glued_heading(heading: Heading, text: str) -> bool:
    """Words that run on are a heading only when numbered, and short or a signature's."""
    return heading.top is not None and (len(text) <= _HEADING_AT_MOST or heading.keys[0] in ROLES)


def _top_number(text: str) -> int | None:
    """The number of a first-level numbered line; a bare number before words may be a quantity and does not count."""
    prefix = read_prefix(text)
    return prefix.number[0] if len(prefix.number) == 1 and prefix.style in (".", ")") else None


def _inside_lists(lines: Sequence[Line], candidates: set[int]) -> set[int]:
    """Candidates that carry on a list whose last line is no candidate: perhaps steps, not headings."""
    inside: set[int] = set()
    last, last_was_candidate, running = 0, True, False
    for index, line in enumerate(lines):
        number = _top_number(line.text)
        if number is None:
            continue
        running = number == 1 or (running and number == last + 1)
        if running and number > 1 and not last_was_candidate and index in candidates:
            inside.add(index)
        last, last_was_candidate = number, index in candidates and index not in inside
    return inside


def _rising_run(found: Sequence[Heading], inside: set[int]) -> list[Heading]:
    """The heaviest chain whose numbers rise; a number printed twice is allowed and costs most of its weight."""
    ends: dict[int, _Chain] = {}
    for heading in found:
        number = heading.top
        if number is None or heading.prefix.style == "unit" or number > _LAST_NUMBER:
            continue
        earlier = [(chain.score - (3 if last == number else 0), last) for last, chain in ends.items() if last <= number]
        score, last = max(earlier, default=(0.0, 0))
        before = ends[last] if score > 0 else None
        weight = _WEIGHT[heading.form] - (0 if heading.exact else 1) - (2 if heading.index in inside else 0)
        chain = _Chain(max(score, 0.0) + weight, heading, before)
        if number not in ends or chain.score > ends[number].score:
            ends[number] = chain
    best = max(ends.values(), key=lambda chain: chain.score, default=None)
    run: list[Heading] = []
    while best is not None:
        run.append(best.heading)
        best = best.before
    return run[::-1]


class _Choice:
    """Which candidates are headings, given the run of rising numbers."""

    def __init__(self, lines: Sequence[Line], found: Sequence[Heading], run: Sequence[Heading]) -> None:
        self.lines = lines
        self.found = found
        self.in_run = {heading.index for heading in run}
        self.run_keys = {key for heading in run for key in heading.keys}
        self.first = run[0].index if run else len(lines)
        self.strong = len(run) >= _STRONG_RUN
        self.signing = next((index for index, line in enumerate(lines) if SIGN.match(line.text)), len(lines))
        self.last_place = {key: heading.index for heading in found for key in heading.keys}
        self.body_begun = False
        self.bulleted = self._is_bulleted()
        stray = [item for item in found if item.top and item.index not in self.in_run and item.form == "bare"]
        self.run_trusted = len(stray) * 2 <= len(run)

    def headings(self) -> list[Heading]:
        chosen: list[Heading] = []
        for heading in self.found:
            parent = chosen[-1] if chosen else None
            if heading.index in self.in_run or self._fits(heading, parent):
                chosen.append(heading)
                self.body_begun = self.body_begun or heading.keys[0] in ("rationale", "method")
        return chosen

    def _is_bulleted(self) -> bool:
        """Every heading of this document is a bullet: nothing else opens a section."""
        marked = {item.keys for item in self.found if item.prefix.style == "bullet" and item.form in ("bare", "colon")}
        plain = {item.keys for item in self.found if item.prefix.style != "bullet" and item.form != "space"}
        return len(marked) >= _STRONG_RUN and len(plain) <= 2

    def _fits(self, heading: Heading, parent: Heading | None) -> bool:
        if self._is_decoy(heading, parent):
            return False
        style, depth = heading.prefix.style, len(heading.prefix.number)
        if style == "bullet":
            return self.bulleted and heading.form in ("bare", "colon")
        if style == "unit":
            return heading.form != "glued" and (heading.form != "space" or heading.keys[0] in LABEL_KEYS)
        if depth == 1:
            return not self.run_trusted and heading.form == "bare" and self._is_new(heading)
        if depth > 1:
            return self._fits_below(heading, parent)
        return self._fits_unnumbered(heading)

    def _is_new(self, heading: Heading) -> bool:
        return not self.run_keys.intersection(heading.keys)

    def _fits_below(self, heading: Heading, parent: Heading | None) -> bool:
        """ "1.1 ชื่อโครงการ" under "ส่วนที่ 1", but not "4.2 การประเมินผล" under "4. วิธีดำเนินการ"."""
        under = parent is not None and parent.index in self.in_run and parent.prefix.number == heading.prefix.number[:1]
        if under:
            return heading.form in ("bare", "colon") and self._is_new(heading) and bool(set(heading.keys) & _MAY_NEST)
        clear = heading.form in ("bare", "colon", "tab")
        return clear or (heading.form == "space" and heading.keys[0] in LABEL_KEYS)

    def _fits_unnumbered(self, heading: Heading) -> bool:
        clear = heading.form in ("bare", "colon", "tab")
        label = heading.form == "space" and heading.keys[0] in LABEL_KEYS and self._is_plain_label(heading)
        if heading.keys[0] in ROLES:
            return clear or heading.form == "space"
        if heading.index > self.signing:
            return False
        if heading.index < self.first or not self.strong:
            return clear or label or self._is_distinct(heading)
        return self._is_new(heading) and (clear or (label and heading.keys[0] in ("owner", "org")))

    def _is_plain_label(self, heading: Heading) -> bool:
        """ "สถานที่ ห้องประชุม", not "สถานที่ ที่เหมาะสม"; "หน่วยงาน กองคลัง" only among the labels at the top."""
        text = self.lines[heading.index].text
        everyday = text.split(" ", 1)[0] in EVERYDAY and (self.body_begun or len(text) > _HEADING_AT_MOST)
        return not everyday and not heading.tail.startswith(_PROSE)

    def _is_distinct(self, heading: Heading) -> bool:
        word = self.lines[heading.index].text.split(" ", 1)[0]
        return word in DISTINCT and (heading.tail.startswith("เพื่อ") or not heading.tail.startswith(_PROSE))

    def _is_decoy(self, heading: Heading, parent: Heading | None) -> bool:
        """ "เป้าหมาย: …" under a national strategy, which is not this project's target."""
        if parent is None or "alignment" not in parent.keys or heading.prefix.number or not heading.tail:
            return False
        if heading.keys[0] not in ("target", "kpi", "method", "objectives", "expected", "alignment"):
            return False
        before = next((line.text for line in reversed(self.lines[: heading.index][-4:]) if line.text), "")
        before = before[read_prefix(before).end :]
        return bool(_UNDER_A_PLAN.match(before)) or self.last_place[heading.keys[0]] > heading.index


def _unknown_between(lines: Sequence[Line], run: Sequence[Heading]) -> set[int]:
    """First-level headings this reader has no word for. They fill gaps in the run, and end the section before them."""
    unknown: set[int] = set()
    if len(run) < _STRONG_RUN:
        return unknown
    borders = [*run, None]
    for heading, following in zip(run, borders[1:], strict=True):
        expected, stop = (heading.top or 0) + 1, following.top or 0 if following else _LAST_NUMBER
        last_inner = None
        for index in range(heading.index + 1, following.index if following else len(lines)):
            number = _top_number(lines[index].text)
            if number is None or expected >= stop:
                continue
            short = len(lines[index].text) <= _HEADING_AT_MOST
            if (
                number == expected
                and last_inner != number - 1
                and short
                and heading.prefix.style == _style(lines[index])
            ):
                unknown.add(index)
                expected, last_inner = expected + 1, None
            else:
                last_inner = number
    return unknown


def _next_siblings(lines: Sequence[Line], chosen: Sequence[Heading]) -> set[int]:
    """ "8.2 …" ends the section that "8.1 <known heading>" opened, though its own words are not known."""
    borders: set[int] = set()
    numbered = [heading for heading in chosen if heading.prefix.number]
    stops = [heading.index for heading in numbered[1:]]
    for heading, stop in zip(numbered, [*stops, len(lines)], strict=False):
        number = heading.prefix.number
        if len(number) < 2:
            continue
        following = (*number[:-1], number[-1] + 1)
        found = (
            index for index in range(heading.index + 1, stop) if read_prefix(lines[index].text).number == following
        )
        borders.update(list(found)[:1])
    return borders


def _style(line: Line) -> str:
    return read_prefix(line.text).style


def _cut(lines: Sequence[Line], chosen: dict[int, Heading], borders: set[int]) -> tuple[list[Line], list[Section]]:
    head: list[Line] = []
    sections: list[Section] = []
    for index, line in enumerate(lines):
        heading = chosen.get(index)
        if heading is not None:
            sections.append(_open(heading, line))
        elif index in borders and not (sections and sections[-1].keys[:1] and sections[-1].keys[0] in ROLES):
            sections.append(Section((), line, 0.5))
        elif sections:
            sections[-1].body.append(line)
        else:
            head.append(line)
    return head, sections


def _open(heading: Heading, line: Line) -> Section:
    sure = {"bare": 0.95, "colon": 0.95, "tab": 0.9, "space": 0.85, "glued": 0.7}[heading.form]
    if not heading.exact:
        sure = 0.6
    if heading.prefix.number:
        sure += 0.03
    body = [replace(line, text=heading.tail)] if heading.tail else []
    return Section(heading.keys, line, round(sure, 2), heading.prefix.number, body)
