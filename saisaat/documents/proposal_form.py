"""A project proposal (โครงการ) in the official form, as Word and as PDF.

What the content does not say is a dotted line to write on; nothing is made up. The proposal reader finds the same
fields in the finished file again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from saisaat.documents import form_words
from saisaat.documents.blocks import Block, heading, in_thai_digits
from saisaat.documents.form_blocks import Signer, dotted, item, label, signing, words
from saisaat.documents.text_layer import repaired
from saisaat.documents.word import word_document
from saisaat.domain.proposal.headings import read_prefix
from saisaat.typesetting import Job, RenderPool
from saisaat.typesetting.thai_text import clean

SIGNED, DECLINED = "signed", "declined"

_SIGNING_HEADS = (("proposer", "ผู้เสนอโครงการ"), ("endorser", "ผู้ให้ความเห็นชอบ"), ("approver", "ผู้อนุมัติโครงการ"))
_WORDS = {SIGNED: "ลงลายมือชื่ออิเล็กทรอนิกส์แล้ว", DECLINED: "ไม่เห็นชอบ"}
_LETTERED = re.compile(r"[ก-ฮa-z]\) ?|[ก-ฮ]\. (?=\S)")
_UNDATED = date(1980, 1, 1)
"""Inside files that nobody has signed yet: a file must have some date, and equal contents give equal files."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """What one signatory decided about the content whose SHA-256 is given. role: "proposer", "endorser", "approver".

    decision: `SIGNED`, `DECLINED`, or "" for somebody who is still to decide. acting_for: the post on whose behalf,
    "" for one's own.
    """

    role: str
    name: str
    position: str
    acting_for: str
    decision: str
    decided_on: date | None
    content_sha256: str


def proposal_docx(content: Mapping[str, Any], signatures: Sequence[SignatureLine]) -> bytes:
    """The form in Word, to be edited further. Equal arguments give equal bytes."""
    return word_document(_blocks(content, signatures), title=_title(content), author=_author(content))


def proposal_pdf(content: Mapping[str, Any], signatures: Sequence[SignatureLine], pool: RenderPool) -> bytes:
    """The form as tagged PDF/A-2a. Equal arguments give equal bytes. Raises RenderFailed when the typesetter broke
    down; characters the font lacks come out as [?]."""
    decided = max((line.decided_on for line in signatures if line.decided_on), default=_UNDATED)
    job = Job(
        "documents/form.typ",
        {
            "_title": clean(_title(content)[:500]),
            "_author": clean(_author(content)[:500]),
            "blocks": _blocks(content, signatures),
        },
        format="pdf",
        text="breakable",
        fonts=("Sarabun",),
        missing="replace",
        pdf_standards=("a-2a",),
        timestamp=int(datetime.combine(decided, time(12), UTC).timestamp()),
    )
    return repaired(pool.render(job).data)


def _title(content: Mapping[str, Any]) -> str:
    return content.get("title") or "โครงการ"


def _author(content: Mapping[str, Any]) -> str:
    return content.get("org") or ""


def _blocks(content: Mapping[str, Any], signatures: Sequence[SignatureLine]) -> list[Block]:
    blocks: list[Block] = [*_labels(content)]
    numbers = count(1)
    for name, body in _sections(content):
        number = next(numbers)
        blocks += [heading(f"{number}. {name}"), *_numbered(body, number)]
    for number, (role, name) in zip(numbers, _SIGNING_HEADS, strict=False):
        blocks.append(signing(_signer(role, content, signatures), heading=f"{number}. {name}"))
    shown: list[Block] = in_thai_digits(blocks)
    return shown


def _labels(content: Mapping[str, Any]) -> Iterator[Block]:
    """The head of the form. What only some offices' forms ask for stands there only when it is known."""
    always = {"code": "เลขที่โครงการ", "title": "ชื่อโครงการ", "org": "หน่วยงานรับผิดชอบ"}
    known = {"owner": "ผู้รับผิดชอบโครงการ", "nature": "ลักษณะโครงการ", "alignment": "ความสอดคล้องกับแผน"}
    for key, name in (always | known).items():
        value = content.get(key)
        if value or key in always:
            yield label(name, value)


Body = str | Sequence[str]
"""Running text, or points to be numbered."""


def _sections(content: Mapping[str, Any]) -> Iterator[tuple[str, Body]]:
    method = list(content.get("method") or ())
    yield "หลักการและเหตุผล", content.get("rationale") or ""
    yield "วัตถุประสงค์", content.get("objectives") or ()
    yield "เป้าหมาย", form_words.target_words(content.get("target"))
    yield "วิธีดำเนินการ", method + _promises(content)
    yield "ระยะเวลาดำเนินการ", form_words.period_words(content.get("period"), content.get("period_text"))
    yield "สถานที่ดำเนินการ", content.get("place") or ""
    yield "งบประมาณ", form_words.budget_words(content.get("budget_baht"))
    yield "ผลที่คาดว่าจะได้รับ", content.get("expected") or ()
    yield "ตัวชี้วัดโครงการ", [form_words.kpi_words(kpi) for kpi in content.get("kpis") or ()]
    monitoring = content.get("monitoring") or ""
    if monitoring and not any(monitoring in step for step in method):
        yield "การติดตามและประเมินผล", monitoring


def _promises(content: Mapping[str, Any]) -> list[str]:
    """One more step for quotas that no other words of the form state."""
    texts = [*(content.get("method") or ()), *(content.get("objectives") or ())]
    texts += [kpi["text"] for kpi in content.get("kpis") or ()]
    texts += [(content.get("target") or {}).get("text") or "", content.get("monitoring") or ""]
    missing = form_words.unstated(list(content.get("quotas") or ()), texts)
    told = [f"- {form_words.quota_words(quota)}" for quota in missing]
    return ["\n".join(["เผยแพร่สื่อตามจำนวน ดังนี้", *told])] if told else []


def _numbered(body: Body, number: int) -> list[Block]:
    if not body:
        return [dotted()]
    if isinstance(body, str):
        return _text(body)
    return [block for place, point in enumerate(body, 1) for block in _point(f"{number}.{place}", point)]


def _text(text: str) -> list[Block]:
    """Running text; a line with a mark of its own is a point."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not any(_mark(line)[0] for line in lines):
        return words(text)
    return _below(lines, 1)


def _point(number: str, text: str) -> list[Block]:
    first, *rest = text.splitlines() or [""]
    return [item(number, first), *_below(rest, 2)]


def _below(lines: Sequence[str], level: int) -> list[Block]:
    """Points behind their marks; marks of one kind stand equally far in, in the order the kinds are met."""
    blocks: list[Block] = []
    kinds: list[str] = []
    for line in lines:
        mark, text = _mark(line)
        kind = re.sub(r"[ก-ฮa-z]", "ก", re.sub(r"[\d๐-๙]+", "1", mark))
        kinds = kinds[: kinds.index(kind) + 1] if kind in kinds else [*kinds, kind]
        blocks.append(item(mark, text, level + len(kinds) - 1))
    return blocks


def _mark(line: str) -> tuple[str, str]:
    """A line's number, letter or bullet, and its words."""
    line = line.strip()
    prefix, lettered = read_prefix(line), _LETTERED.match(line)
    marked = prefix.style in (".", ")", "()", "bullet") or (prefix.style == "bare" and len(prefix.number) > 1)
    end = prefix.end if marked else lettered.end() if lettered else 0
    return line[:end].strip(), line[end:]


def _signer(role: str, content: Mapping[str, Any], signatures: Sequence[SignatureLine]) -> Signer:
    decided = next((line for line in reversed(signatures) if line.role == role), None)
    if decided:
        return Signer(
            name=decided.name,
            position=decided.position,
            acting_for=decided.acting_for,
            on=decided.decided_on,
            word=_WORDS.get(decided.decision, ""),
            digest=decided.content_sha256 if decided.decision in _WORDS else "",
        )
    named: Mapping[str, Any] = next((line for line in content.get("signatures") or () if line.get("role") == role), {})
    return Signer(
        name=named.get("name") or "",
        position=named.get("position") or "",
        acting_for=named.get("acting_for") or "",
        on=date.fromisoformat(named["date"]) if named.get("date") else None,
    )
