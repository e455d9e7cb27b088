"""`saisaat proposal read FILE [--json]`: what the reader makes of a proposal, each field beside its line."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from saisaat.documents.extract import extract_text
from saisaat.domain.errors import DomainError
from saisaat.domain.proposal import Proposal, read
from saisaat.domain.thai import format_date, thai_number, to_thai_digits

_LABELS = {
    "title": "ชื่อโครงการ",
    "code": "เลขที่โครงการ",
    "org": "หน่วยงานรับผิดชอบ",
    "owner": "ผู้รับผิดชอบ",
    "nature": "ลักษณะโครงการ",
    "alignment": "ความสอดคล้อง",
    "rationale": "หลักการและเหตุผล",
    "objectives": "วัตถุประสงค์",
    "target": "เป้าหมาย",
    "method": "วิธีดำเนินการ",
    "quotas": "จำนวนที่ต้องเผยแพร่",
    "period": "ระยะเวลา",
    "place": "สถานที่",
    "budget_baht": "งบประมาณ",
    "expected": "ผลที่คาดว่าจะได้รับ",
    "kpis": "ตัวชี้วัด",
    "monitoring": "การติดตามประเมินผล",
    "signatures": "ผู้ลงนาม",
}
_PER = {
    "day": "วัน",
    "week": "สัปดาห์",
    "month": "เดือน",
    "quarter": "ไตรมาส",
    "year": "ปี",
    "term": "ภาคเรียน",
    "time": "ครั้ง",
}
_KIND = {"poster": "ภาพนิ่ง", "clip": "คลิป", "other": "อื่น ๆ"}
_MEASURE = {"percent": "ร้อยละ {}", "count": "จำนวน {}", "mean_score": "ค่าเฉลี่ย {}", "baht": "{} บาท"}
_ROLE = {"proposer": "ผู้เสนอ", "endorser": "ผู้ให้ความเห็นชอบ", "approver": "ผู้อนุมัติ"}
_SHOWN = 160
_NO_SECTIONS = "ไม่พบหัวข้อของโครงการในไฟล์นี้ ยังไม่ได้บันทึกอะไร โปรดตรวจว่าเป็นไฟล์ของโครงการ"


def add_parser(subparsers: Any) -> None:
    """Add `proposal read` to the command line; `args.run` is `run`."""
    proposal = subparsers.add_parser("proposal", help="read a Thai project proposal")
    verbs = proposal.add_subparsers(dest="verb", required=True)
    reading = verbs.add_parser("read", help="parse FILE and show each field with its source line and what is doubtful")
    reading.add_argument("file", metavar="FILE", type=Path, help=".txt, .docx, or .pdf with a text layer")
    reading.add_argument("--json", action="store_true", help="print JSON instead of a table")
    reading.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when the file reads as a proposal, 1 when it is refused or holds no section this reader knows."""
    try:
        proposal = read(extract_text(args.file))
    except DomainError as error:
        print(error.message, file=sys.stderr)
        return 1
    print(json.dumps(proposal.to_json(), ensure_ascii=False, indent=2) if args.json else as_table(proposal))
    if proposal.sections:
        return 0
    print(_NO_SECTIONS, file=sys.stderr)
    return 1


def as_table(proposal: Proposal) -> str:
    """The fields in Thai with source line and confidence, then the questions to ask."""
    lines: list[str] = []
    for field, label in _LABELS.items():
        seen = proposal.evidence.get(field)
        source = to_thai_digits(f"บรรทัด {seen.line} · มั่นใจ {seen.confidence:.0%}") if seen else ""
        lines.append(f"{label}  [{source or 'ไม่พบ'}]")
        lines += [f"    {shown}" for shown in _shown(proposal, field)]
    if proposal.doubts:
        lines += ["", to_thai_digits(f"ต้องถามหรือยืนยัน {len(proposal.doubts)} เรื่อง")]
    for doubt in proposal.doubts:
        where = f" (บรรทัด {', '.join(map(str, doubt.lines))})" if doubt.lines else ""
        lines.append(f"  ? {doubt.message}{to_thai_digits(where)}")
    return "\n".join(lines)


def _shown(proposal: Proposal, field: str) -> list[str]:
    if field in ("target", "quotas", "period", "budget_baht", "kpis", "signatures"):
        return _SPECIAL[field](proposal)
    value = getattr(proposal, field)
    values = value if isinstance(value, list) else [value] if value else []
    return [_short(line) for text in values for line in text.split("\n")]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _target(proposal: Proposal) -> list[str]:
    target = proposal.target
    if target is None:
        return []
    bounds = {"": target.people, "อย่างน้อย ": target.min, "ไม่เกิน ": target.max}
    counts = [f"{word}{thai_number(number)} คน" for word, number in bounds.items() if number is not None]
    return [*counts, *(_short(line) for line in target.text.split("\n"))]


def _quotas(proposal: Proposal) -> list[str]:
    return [
        f"{_KIND[quota.kind]} {'อย่างน้อย' if quota.at_least else 'จำนวน'} {thai_number(quota.number)}"
        f" ต่อ{_PER.get(quota.per, quota.per)}: {_short(quota.what)}"
        for quota in proposal.quotas
    ]


def _period(proposal: Proposal) -> list[str]:
    if proposal.period is None:
        return [_short(line) for line in (proposal.period_text or "").split("\n") if line]
    return [f"{format_date(proposal.period.start)} ถึง {format_date(proposal.period.end)}"]


def _budget(proposal: Proposal) -> list[str]:
    amount = proposal.budget_baht
    if amount is None:
        return []
    return [f"{thai_number(amount, decimals=0 if isinstance(amount, int) else 2)} บาท"]


def _kpis(proposal: Proposal) -> list[str]:
    shown = []
    for kpi in proposal.kpis:
        stated = f" [{_MEASURE[kpi.measure].format(kpi.value)}]" if kpi.measure else ""
        shown.append(to_thai_digits(f"{kpi.no or '-'}{stated} ") + _short(kpi.text.replace("\n", " ")))
    return shown


def _signatures(proposal: Proposal) -> list[str]:
    shown = []
    for signature in proposal.signatures:
        parts = [
            signature.name or "(ไม่มีชื่อ)",
            signature.position,
            signature.acting_for and f"แทน {signature.acting_for}",
            signature.signed_on and format_date(signature.signed_on),
        ]
        shown.append(f"{_ROLE[signature.role]}: {' · '.join(part for part in parts if part)}")
    return shown


_SPECIAL = {
    "target": _target,
    "quotas": _quotas,
    "period": _period,
    "budget_baht": _budget,
    "kpis": _kpis,
    "signatures": _signatures,
}
