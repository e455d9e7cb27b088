"""What does not agree, or is not there: each becomes a doubt that ends with the question to ask the office."""

import re
from collections.abc import Sequence

from saisaat.domain.phrases import Phrase
from saisaat.domain.proposal.model import Line, Notes, Proposal, Role
from saisaat.domain.proposal.periods import Reading, durations, months_covered
from saisaat.domain.proposal.sections import Section
from saisaat.domain.proposal.signatures import SignatureBlock
from saisaat.domain.proposal.synonyms import ROLES
from saisaat.domain.thai import skeleton, to_arabic_digits

_ABSENT = {
    "title": Phrase("ไม่พบชื่อโครงการ โครงการชื่ออะไร"),
    "org": Phrase("ไม่พบหน่วยงานรับผิดชอบ หน่วยงานใดรับผิดชอบโครงการ"),
    "rationale": Phrase("ไม่พบหลักการและเหตุผล เหตุใดจึงจัดทำโครงการ"),
    "objectives": Phrase("ไม่พบวัตถุประสงค์ โครงการมีวัตถุประสงค์ใด"),
    "target": Phrase("ไม่พบเป้าหมายหรือกลุ่มเป้าหมาย กลุ่มเป้าหมายคือใคร กี่คน"),
    "method": Phrase("ไม่พบวิธีดำเนินการ โครงการมีขั้นตอนใดบ้าง"),
    "period": Phrase("ไม่พบระยะเวลาดำเนินการ โครงการเริ่มวันใดและสิ้นสุดวันใด"),
    "place": Phrase("ไม่พบสถานที่ดำเนินการ ดำเนินการที่ใด"),
    "budget": Phrase("ไม่พบงบประมาณ โครงการใช้งบประมาณเท่าใด หรือไม่ใช้งบประมาณ"),
    "kpi": Phrase("ไม่พบตัวชี้วัด วัดความสำเร็จด้วยตัวชี้วัดใด"),
    "expected": Phrase("ไม่พบผลที่คาดว่าจะได้รับ คาดว่าจะได้ผลใด"),
}
_EMPTY = {
    "title": Phrase("มีหัวข้อแต่ไม่ได้กรอกชื่อโครงการ โครงการชื่ออะไร"),
    "org": Phrase("มีหัวข้อแต่ไม่ได้กรอกหน่วยงานรับผิดชอบ หน่วยงานใดรับผิดชอบโครงการ"),
    "rationale": Phrase("มีหัวข้อแต่ไม่ได้กรอกหลักการและเหตุผล เหตุใดจึงจัดทำโครงการ"),
    "objectives": Phrase("มีหัวข้อแต่ไม่ได้กรอกวัตถุประสงค์ โครงการมีวัตถุประสงค์ใด"),
    "target": Phrase("มีหัวข้อแต่ไม่ได้กรอกเป้าหมายหรือกลุ่มเป้าหมาย กลุ่มเป้าหมายคือใคร กี่คน"),
    "method": Phrase("มีหัวข้อแต่ไม่ได้กรอกวิธีดำเนินการ โครงการมีขั้นตอนใดบ้าง"),
    "period": Phrase("มีหัวข้อแต่ไม่ได้กรอกระยะเวลาดำเนินการ โครงการเริ่มวันใดและสิ้นสุดวันใด"),
    "place": Phrase("มีหัวข้อแต่ไม่ได้กรอกสถานที่ดำเนินการ ดำเนินการที่ใด"),
    "budget": Phrase("มีหัวข้อแต่ไม่ได้กรอกงบประมาณ โครงการใช้งบประมาณเท่าใด หรือไม่ใช้งบประมาณ"),
    "kpi": Phrase("มีหัวข้อแต่ไม่ได้กรอกตัวชี้วัด วัดความสำเร็จด้วยตัวชี้วัดใด"),
    "expected": Phrase("มีหัวข้อแต่ไม่ได้กรอกผลที่คาดว่าจะได้รับ คาดว่าจะได้ผลใด"),
}
_FIELD = {"budget": "budget_baht", "kpi": "kpis"}
_UNSIGNED: dict[Role, Phrase] = {
    "proposer": Phrase("ไม่พบผู้เสนอโครงการ ผู้ใดลงนามในฐานะนี้"),
    "endorser": Phrase("ไม่พบผู้เห็นชอบโครงการ ผู้ใดลงนามในฐานะนี้"),
    "approver": Phrase("ไม่พบผู้อนุมัติโครงการ ผู้ใดลงนามในฐานะนี้"),
}
_UNNAMED: dict[Role, Phrase] = {
    "proposer": Phrase("ผู้เสนอโครงการไม่มีชื่อ ผู้ใดลงนามในฐานะนี้"),
    "endorser": Phrase("ผู้เห็นชอบโครงการไม่มีชื่อ ผู้ใดลงนามในฐานะนี้"),
    "approver": Phrase("ผู้อนุมัติโครงการไม่มีชื่อ ผู้ใดลงนามในฐานะนี้"),
}
_UNDATED: dict[Role, Phrase] = {
    "proposer": Phrase("ผู้เสนอโครงการไม่ได้ลงวันที่ ลงนามวันใด"),
    "endorser": Phrase("ผู้เห็นชอบโครงการไม่ได้ลงวันที่ ลงนามวันใด"),
    "approver": Phrase("ผู้อนุมัติโครงการไม่ได้ลงวันที่ ลงนามวันใด"),
}
_STAFF = ("ข้าราชการ", "พนักงานราชการ", "ลูกจ้าง", "เจ้าหน้าที่", "บุคลากร", "นักเรียน", "นักศึกษา", "ประชาชน", "ผู้สูงอายุ", "ครู")
_CRITERIA = re.compile("(?:ตาม|เป็นไปตาม|ผ่าน)เกณฑ์(?:ที่กำหนด|ที่ตั้งไว้|ที่กำหนดไว้)|มาตรฐานที่กำหนด")
_TITLE_YEAR = re.compile(r"(ปีงบประมาณ|ประจำปี)? {0,2}(?:พ\.? ?ศ\.?)? {0,2}(25\d\d)(?!\d)")


def check(proposal: Proposal, sections: Sequence[Section], blocks: Sequence[SignatureBlock], notes: Notes) -> None:
    """Add every doubt that needs more than one field to see."""
    if not sections and not blocks:
        notes.warn("document", Phrase("ไม่พบหัวข้อของโครงการในข้อความนี้ ไฟล์นี้เป็นโครงการหรือไม่"))
    _check_absent(proposal, sections, notes)
    _check_titles(proposal, sections, blocks, notes)
    _check_code(proposal, notes)
    _check_title_year(proposal, notes)
    _check_other_durations(proposal, sections, notes)
    _check_denominators(proposal, sections, notes)
    _check_quotas(proposal, notes)
    _check_signatures(proposal, blocks, notes)


def _check_absent(proposal: Proposal, sections: Sequence[Section], notes: Notes) -> None:
    for key, absent in _ABSENT.items():
        if key == "title" and proposal.title:
            continue
        if key not in proposal.sections:
            notes.warn(_FIELD.get(key, key), absent)
        elif key in proposal.empty_sections:
            headings = [section.heading for section in sections if key in section.keys]
            notes.warn(_FIELD.get(key, key), _EMPTY[key], headings)


def _check_titles(
    proposal: Proposal, sections: Sequence[Section], blocks: Sequence[SignatureBlock], notes: Notes
) -> None:
    """The title is repeated above signatures; a different spelling there is a question for the office."""
    if not proposal.title:
        return
    others = [
        (section.filled[0].text, section.filled[0])
        for section in sections
        if "title" in section.keys and section.filled
    ]
    others += [(block.title, block.lines[0]) for block in blocks if len(block.title) > 8]
    spelled = [(text, line) for text, line in others if _plain(text) != _plain(proposal.title)]
    if not spelled:
        return
    lines = [line for _, line in spelled]
    if all(_same_letters(text, proposal.title) for text, _ in spelled):
        example = spelled[0][0][-30:]
        notes.warn("title", Phrase("ชื่อโครงการเว้นวรรคหรือสะกดต่างกันในเอกสาร (…%(end)s) ใช้แบบใด", end=example), lines)
    elif not proposal.title.startswith(spelled[0][0]):
        other = spelled[0][0][:80]
        notes.warn("title", Phrase("ชื่อโครงการไม่ตรงกันในเอกสาร (“%(other)s”) ชื่อใดถูกต้อง", other=other), lines)


def _plain(text: str) -> str:
    return " ".join(to_arabic_digits(text).split()).removeprefix("โครงการ").strip()


def _same_letters(one: str, other: str) -> bool:
    return skeleton(_plain(one)) == skeleton(_plain(other))


def _check_code(proposal: Proposal, notes: Notes) -> None:
    if proposal.code and not re.search(r"\d", to_arabic_digits(proposal.code).split("/")[0]):
        line = notes.evidence["code"].line
        doubt = Phrase("เลขที่โครงการพิมพ์ไว้เพียง “%(code)s” ยังไม่มีลำดับเลข เลขที่เต็มคืออะไร", code=proposal.code[:40])
        notes.warn("code", doubt, [line])


def _check_title_year(proposal: Proposal, notes: Notes) -> None:
    found = _TITLE_YEAR.search(to_arabic_digits(proposal.title or ""))
    if found is None or proposal.period is None:
        return
    year, start, end = int(found[2]) - 543, proposal.period.start, proposal.period.end
    first, last = start.year + (start.month > 9), end.year + (end.month > 9)
    in_fiscal = first <= year <= last
    if not in_fiscal and (found[1] == "ปีงบประมาณ" or not start.year <= year <= end.year):
        lines = [notes.evidence[name].line for name in ("title", "period") if name in notes.evidence]
        notes.warn("period", Phrase("ชื่อโครงการระบุปี %(year)s แต่ระยะเวลาอยู่นอกปีนั้น ปีใดถูกต้อง", year=found[2]), lines)


def check_duration(reading: Reading, lines: Sequence[Line], notes: Notes) -> None:
    """ "๖ เดือน" beside dates that cover five."""
    if reading.period and reading.months and reading.months != months_covered(reading.period):
        notes.warn("period", _disagreement(reading.months, months_covered(reading.period)), lines)


def _disagreement(written: int, covered: int) -> Phrase:
    return Phrase(
        "เขียนว่า %(written)s เดือน แต่วันเริ่มถึงวันสิ้นสุดครอบคลุม %(covered)s เดือน ระยะเวลาใดถูกต้อง",
        written=written,
        covered=covered,
    )


def _check_other_durations(proposal: Proposal, sections: Sequence[Section], notes: Notes) -> None:
    if proposal.period is None:
        return
    covered = months_covered(proposal.period)
    for section in sections:
        if "period" in section.keys or "rationale" in section.keys or "alignment" in section.keys:
            continue
        for line in section.filled:
            for written in durations(line.text):
                if written != covered:
                    notes.warn("period", _disagreement(written, covered), [line.number])


def _check_denominators(proposal: Proposal, sections: Sequence[Section], notes: Notes) -> None:
    """A share "of civil servants" where the target counts every kind of staff has no agreed denominator."""
    body = [line for section in sections if "kpi" in section.keys for line in section.filled]
    target = proposal.target
    for line in body:
        if _CRITERIA.search(line.text):
            doubt = Phrase("ตัวชี้วัดอ้าง “ตามเกณฑ์ที่กำหนด” แต่ไม่มีเกณฑ์ในเอกสาร ใช้เกณฑ์ใด ใครกำหนด")
            notes.warn("kpis", doubt, _lines_with(_CRITERIA, body))
        counted = re.search(rf"ร้อยละ[^ก-ฮ\n]{{0,12}}ของ({'|'.join(_STAFF)})", line.text)
        if counted is None or target is None or target.people is None:
            continue
        named = {word for word in _STAFF if word in target.text}
        if named and named != {counted[1]}:
            doubt = Phrase(
                "ตัวชี้วัดนับเฉพาะ%(kind)s แต่เป้าหมาย %(people)s คนนับบุคลากรหลายประเภท ตัวหารคือกี่คน",
                kind=counted[1],
                people=f"{target.people:,}",
            )
            notes.warn("kpis", doubt, [line.number, notes.evidence["target"].line])


def _lines_with(pattern: re.Pattern[str], body: Sequence[Line]) -> list[Line]:
    return [line for line in body if pattern.search(line.text)]


def _check_quotas(proposal: Proposal, notes: Notes) -> None:
    stated: dict[tuple[str, str], set[int]] = {}
    for quota in proposal.quotas:
        if quota.kind != "other":
            stated.setdefault((quota.kind, quota.per), set()).add(quota.number)
    for numbers in stated.values():
        if len(numbers) > 1:
            least, most = min(numbers), max(numbers)
            doubt = Phrase("จำนวนสื่อประเภทเดียวกันเขียนไว้ต่างกัน (%(least)s และ %(most)s) ใช้จำนวนใด", least=least, most=most)
            notes.warn("quotas", doubt)


def _check_signatures(proposal: Proposal, blocks: Sequence[SignatureBlock], notes: Notes) -> None:
    signed = {signature.role: signature for signature in proposal.signatures}
    for role in ROLES:
        signature = signed.get(role)
        lines = [line for block in blocks if block.role == role for line in block.lines[:1]]
        if signature is None:
            notes.warn("signatures", _UNSIGNED[role])
        elif signature.name is None:
            notes.warn("signatures", _UNNAMED[role], lines)
        elif signature.signed_on is None:
            notes.warn("signatures", _UNDATED[role], lines)
    dates = [(role, signed[role].signed_on) for role in ROLES if role in signed and signed[role].signed_on]
    days = [day for _, day in dates if day]
    if days != sorted(days):
        notes.warn("signatures", Phrase("วันที่ลงนามไม่เรียงตามลำดับ เสนอ เห็นชอบ อนุมัติ วันใดถูกต้อง"))
    if days and proposal.period and max(days) > proposal.period.start:
        notes.warn("signatures", Phrase("ลงนามหลังวันเริ่มโครงการ วันที่ลงนามหรือวันเริ่มโครงการถูกต้องหรือไม่"))
