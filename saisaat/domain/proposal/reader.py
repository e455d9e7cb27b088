"""`read`: the whole reading of a proposal, field by field, from text to values with their evidence and doubts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from saisaat.domain.phrases import Phrase
from saisaat.domain.proposal import checks
from saisaat.domain.proposal.amounts import read_budget, read_measure, read_target
from saisaat.domain.proposal.headings import find_heading
from saisaat.domain.proposal.items import Item, is_sub_label, joined, read_items
from saisaat.domain.proposal.lines import READ_AT_MOST, is_table_head, read_lines
from saisaat.domain.proposal.model import Kpi, Line, Notes, Proposal, Quota, Role, Signature, Target
from saisaat.domain.proposal.periods import Reading, read_period
from saisaat.domain.proposal.quotas import find_quotas
from saisaat.domain.proposal.sections import Section, split
from saisaat.domain.proposal.signatures import SignatureBlock, find_blocks, read_block
from saisaat.domain.proposal.synonyms import ROLES

_TICKED = re.compile(r"(?:[☑☒✓✔■🗹]|[\[(] ?[/xX✓✔√] ?[\])])[ \t]{0,4}([^☑☐☒□✓✔■\[(\t]{1,80})")
_UNTICKED = re.compile(r"[☐□]|[\[(] {0,4}[\])]")
_TRACKING = re.compile("ติดตาม[^\n]{0,400}ทุกครั้งที่")
_LABELLED_TITLE = re.compile(r"^(?:แบบเสนอ|แบบฟอร์ม|ตัวอย่าง|รายละเอียด)")


def read(text: str) -> Proposal:
    """Everything `text` states of a project. Never raises: what cannot be read is None, with a question in `doubts`.

    Takes time linear in the text; beyond `READ_AT_MOST` characters nothing is read, and a doubt says so.
    """
    return _Reader(text).read()


class _Reader:
    """One reading. Each `_read_*` fills its fields of the proposal and notes where they came from."""

    def __init__(self, text: str) -> None:
        self.lines, damaged = read_lines(text)
        self.head, self.sections = split(self.lines)
        self.notes = Notes(damaged=damaged)
        self.proposal = Proposal()
        self.blocks = [block for block in find_blocks(self.lines) if block.role]
        if len(text) > READ_AT_MOST:
            self.notes.warn("document", Phrase("เอกสารยาวมาก อ่านเฉพาะส่วนต้น ส่วนที่เหลือมีเนื้อหาของโครงการหรือไม่"))
        if damaged:
            doubt = Phrase("ข้อความเสียหายจากการแปลงไฟล์ (สระหรือวรรณยุกต์ผิดที่) โปรดเทียบทุกช่องกับต้นฉบับ ถูกต้องหรือไม่")
            self.notes.warn("document", doubt)

    def read(self) -> Proposal:
        self._read_sections()
        self._read_title()
        for key in ("code", "org", "owner", "place", "alignment", "rationale", "monitoring"):
            self._read_text(key)
        for key in ("objectives", "method", "expected"):
            self._read_list(key)
        self._read_nature()
        self._read_target()
        self._read_period()
        self._read_budget()
        self._read_kpis()
        self._read_quotas()
        self._read_tracking()
        self._read_signatures()
        checks.check(self.proposal, self.sections, self.blocks, self.notes)
        self.proposal.evidence, self.proposal.doubts = self.notes.evidence, self.notes.doubts
        return self.proposal

    def _under(self, key: str) -> list[Section]:
        return [section for section in self.sections if key in section.keys]

    def _filled(self, key: str) -> Section | None:
        """The sections of one key as one, or None where nothing is under any of them."""
        filled = [section for section in self._under(key) if section.filled]
        if not filled:
            return None
        body = [line for section in filled for line in [*section.body, Line(section.heading.number, "", "")]]
        return replace(filled[0], body=body, confidence=min(section.confidence for section in filled))

    def _read_sections(self) -> None:
        met: dict[str, bool] = {}
        for section in self.sections:
            for key in section.keys:
                met[key] = met.get(key, False) or bool(section.filled)
        for block in self.blocks:
            met[str(block.role)] = any(line.text.strip(" .…()") for line in block.lines[1:]) or met.get(
                str(block.role), False
            )
        self.proposal.sections = list(met)
        self.proposal.empty_sections = [key for key, has_content in met.items() if not has_content]

    def _found(self, field: str, section: Section, line: Line | None = None) -> None:
        self.notes.found(field, line or section.filled[0], section.confidence)

    def _read_text(self, key: str) -> None:
        section = self._filled(key)
        if section is None:
            return
        if len(section.keys) > 1:
            heading = section.heading.text[:60]
            doubt = Phrase("หัวข้อ “%(heading)s” รวมสองเรื่องไว้ด้วยกัน ส่วนใดเป็นของช่องนี้", heading=heading)
            self.notes.warn(key, doubt, [section.heading])
        setattr(self.proposal, key, joined(section.body))
        self._found(key, section)

    def _read_title(self) -> None:
        section = self._filled("title")
        if section is not None:
            self.proposal.title = _first_paragraph(self._under_first_filled("title"))
            self._found("title", section)
            return
        for line in self.head[:40]:
            text = line.text.strip(' :"“”')
            if text.startswith("โครงการ") and len(text) > 12 and not _LABELLED_TITLE.match(text):
                after = self.head[self.head.index(line) :]
                self.proposal.title = _first_paragraph(after)
                self.notes.found("title", line, 0.6)
                return

    def _under_first_filled(self, key: str) -> list[Line]:
        return next(section.body for section in self._under(key) if section.filled)

    def _read_list(self, key: str) -> None:
        section = self._filled(key)
        if section is None:
            return
        values = [item.full_text() for item in read_items(section.body) if not _is_signpost(item)]
        if values:
            setattr(self.proposal, key, values)
            self._found(key, section)

    def _read_nature(self) -> None:
        section = self._filled("nature")
        if section is None:
            return
        text = joined(section.filled)
        ticked = [match[1].strip() for match in _TICKED.finditer(text)]
        if len(ticked) == 1:
            self.proposal.nature = ticked[0]
        elif ticked or _UNTICKED.search(text):
            doubt = Phrase("เครื่องหมายในช่องลักษณะโครงการไม่ชัดเจน เป็นโครงการใหม่หรือต่อเนื่อง")
            self.notes.warn("nature", doubt, section.filled)
            return
        else:
            self.proposal.nature = text
        self._found("nature", section)

    def _read_target(self) -> None:
        section = self._filled("target")
        if section is None:
            return
        text = joined(section.body)
        target, doubt = read_target(text)
        self.proposal.target = target
        stated = next((line for line in section.filled if _states(line, target)), None)
        self._found("target", section, stated)
        if doubt:
            self.notes.warn("target", doubt, section.filled[:3])

    def _read_period(self) -> None:
        section = self._filled("period")
        if section is None:
            return
        self.proposal.period_text = joined(section.filled)
        self._found("period_text", section)
        reading = read_period(self.proposal.period_text)
        self.proposal.period = reading.period
        if reading.period:
            self.notes.found("period", section.filled[0], section.confidence * (1 if reading.sure else 0.7))
        self._warn_of_period(reading, section)

    def _warn_of_period(self, reading: Reading, section: Section) -> None:
        for doubt in [reading.why, *reading.notes]:
            if doubt:
                self.notes.warn("period", doubt, section.filled[:3])
        checks.check_duration(reading, section.filled[:1], self.notes)

    def _read_budget(self) -> None:
        section = self._filled("budget")
        if section is None:
            return
        text = "\n".join(line.text for line in section.filled)
        self.proposal.budget_baht, doubt = read_budget(text)
        if self.proposal.budget_baht is not None:
            self._found("budget_baht", section)
        if doubt:
            self.notes.warn("budget_baht", doubt, section.filled[:5])

    def _read_kpis(self) -> None:
        section = self._filled("kpi") or self._kpi_table()
        if section is None:
            return
        mixed = len(section.keys) > 1
        for item in _indicators(read_items(section.body)):
            text = item.full_text()
            measure, value, doubt = read_measure(_measured(text))
            if mixed and measure is None:
                continue
            self.proposal.kpis.append(Kpi(item.no, text, measure, value))
            if doubt:
                self.notes.warn("kpis", doubt, item.all_lines())
        if self.proposal.kpis:
            self._found("kpis", section)

    def _kpi_table(self) -> Section | None:
        """Where there is no such heading: a table under another heading whose first column is headed "ตัวชี้วัด"."""
        for section in self.sections:
            if {"rationale", "alignment", "method"}.intersection(section.keys):
                continue
            for place, line in enumerate(section.body):
                cells = line.text.split("\t")
                heading = find_heading(0, cells[0])
                if heading and heading.keys == ("kpi",) and len(cells) > 1 and is_table_head(cells):
                    rows = [row for row in section.body[place + 1 :] if "\t" in row.text]
                    return Section(
                        ("kpi",), line, 0.6, (), [replace(row, text=row.text.split("\t")[0]) for row in rows]
                    )
        return None

    def _read_quotas(self) -> None:
        seen: set[tuple[str, str, int]] = set()
        for key in ("method", "target", "kpi", "objectives", "monitoring"):
            section = self._filled(key)
            for item in _leaves(read_items(section.body)) if section else []:
                for found in find_quotas(item.text):
                    quota = found.quota
                    mark = (quota.kind if quota.kind != "other" else quota.what, quota.per, quota.number)
                    if mark in seen:
                        continue
                    seen.add(mark)
                    self._keep_quota(quota, found.doubt, item, section)

    def _keep_quota(self, quota: Quota, doubt: Phrase | None, item: Item, section: Section | None) -> None:
        self.proposal.quotas.append(quota)
        self.notes.found(
            "quotas", item.lines[-1] if len(item.lines) > 1 else item.lines[0], section.confidence if section else 0.5
        )
        if doubt:
            self.notes.warn("quotas", doubt, item.lines)

    def _read_tracking(self) -> None:
        """A duty to follow up every publication has no number of its own, so it is kept, as printed, as monitoring."""
        section = self._filled("method")
        if self.proposal.monitoring or section is None:
            return
        for item in _leaves(read_items(section.body)):
            if _TRACKING.search(item.text[:1000]):
                self.proposal.monitoring = item.text
                self.notes.found("monitoring", item.lines[0], 0.5)
                return

    def _read_signatures(self) -> None:
        read_blocks: dict[Role, tuple[Signature, SignatureBlock]] = {}
        for block in self.blocks:
            if block.role is None:
                continue
            signature = read_block(block, block.role)
            earlier = read_blocks.get(block.role)
            if earlier and earlier[0].name and signature.name and earlier[0].name != signature.name:
                self.notes.warn("signatures", Phrase("พบผู้ลงนามในบทบาทเดียวกันมากกว่าหนึ่งคน ผู้ใดเป็นผู้ลงนาม"), block.lines[:1])
            if earlier is None or (earlier[0].name is None and signature.name):
                read_blocks[block.role] = (signature, block)
        ordered = [read_blocks[role] for role in ROLES if role in read_blocks]
        self.proposal.signatures = [signature for signature, _ in ordered]
        if ordered:
            block = ordered[0][1]
            named = next(
                (line for line in block.lines if ordered[0][0].name and ordered[0][0].name in line.text), block.lines[0]
            )
            self.notes.found("signatures", named, 0.9 if all(signature.name for signature, _ in ordered) else 0.6)


def _first_paragraph(body: Sequence[Line]) -> str:
    """A title and the lines it runs on to, up to a blank line."""
    words: list[str] = []
    for line in body:
        if not line.text.strip() and words:
            break
        if line.text.strip():
            words.append(" ".join(line.text.split()))
        if len(words) == 3:
            break
    return " ".join(words).strip(' "“”')


def _states(line: Line, target: Target) -> bool:
    found, _ = read_target(line.text)
    return (found.people, found.min, found.max) == (target.people, target.min, target.max) != (None, None, None)


def _is_signpost(item: Item) -> bool:
    return is_sub_label(item.text) and not item.subs


def _indicators(items: Sequence[Item]) -> list[Item]:
    """Points of a KPI section; a signpost such as "เชิงปริมาณ" gives way to what stands under it."""
    found: list[Item] = []
    for item in items:
        if is_sub_label(item.text):
            found += _indicators(item.subs)
        else:
            found.append(item)
    return found


def _leaves(items: Sequence[Item]) -> list[Item]:
    return [leaf for item in items for leaf in [item, *_leaves(item.subs)]]


def _measured(text: str) -> str:
    """A table row "ร้อยละของผู้ผ่าน | 80" reads as its unit and figure side by side."""
    cells = text.split(" | ")
    if len(cells) > 1 and cells[0].startswith("ร้อยละ") and re.fullmatch(r"[\d๐-๙.]{1,6}", cells[-1].strip()):
        return f"ร้อยละ {cells[-1]}"
    return text
