"""A campaign's life, its signatures in order, and the settings an office may change."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.plan_dates import is_quiet


class Status(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    RUNNING = "running"
    ENDED = "ended"


STATUS_TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PROPOSED}),
    Status.PROPOSED: frozenset({Status.APPROVED, Status.DRAFT}),
    Status.APPROVED: frozenset({Status.RUNNING, Status.DRAFT}),
    Status.RUNNING: frozenset({Status.ENDED}),
    Status.ENDED: frozenset({Status.RUNNING}),
}
"""Signatures lead from draft to approved, an edit back; a plan lets it run; a person ends it or opens it again."""


def check_status(old: Status, new: Status) -> None:
    """Raises `NotNow` where a campaign cannot go from `old` to `new`."""
    if new not in STATUS_TRANSITIONS[old]:
        raise NotNow("โครงการไม่ได้อยู่ในขั้นที่ทำรายการนี้ได้ โครงการยังอยู่ครบ โปรดดูสถานะล่าสุดของโครงการ")


def check_start(old: Status, entries: int) -> None:
    """An approved campaign runs once it has a plan; an ended one may be opened again. Raises `NotNow`."""
    check_status(old, Status.RUNNING)
    if not entries:
        raise NotNow("โครงการยังไม่มีแผนปฏิบัติการ จึงยังเริ่มไม่ได้ โปรดจัดแผนก่อน")


def check_end(old: Status, unfinished: int) -> None:
    """A running campaign ends when nothing of its plan is left open. Raises `NotNow`."""
    check_status(old, Status.ENDED)
    if unfinished:
        raise NotNow(
            "ยังมี %(unfinished)s รายการที่ยังไม่จบ จึงยังปิดโครงการไม่ได้ ทุกรายการยังอยู่ครบ โปรดปิดงานหรือถอนรายการที่เหลือออกจากแผนก่อน",
            unfinished=unfinished,
        )


class SignatureRole(StrEnum):
    PROPOSER = "proposer"
    ENDORSER = "endorser"
    APPROVER = "approver"


SIGNING_ORDER = (SignatureRole.PROPOSER, SignatureRole.ENDORSER, SignatureRole.APPROVER)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one byte form of a content: JSON, sorted keys, no spaces, UTF-8. Its SHA-256 is what a signature fixes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_sha256(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def check_signable(role: SignatureRole, signed: set[SignatureRole], seen_sha256: str, content_sha: str) -> None:
    """Signatures come in order, once each, on the content the signatory saw. Raises `NotNow`."""
    if seen_sha256 != content_sha:
        raise NotNow("เนื้อหาโครงการถูกแก้ไขหลังจากที่ท่านเปิดอ่าน จึงยังไม่ได้ลงนาม โปรดอ่านฉบับล่าสุดแล้วลงนามอีกครั้ง")
    if role in signed:
        raise NotNow("ผู้ลงนามในฐานะนี้ลงนามแล้ว ไม่มีการลงนามซ้ำ")
    # Written out, so that each refusal is one whole sentence in any language.
    if role is not SignatureRole.PROPOSER and SignatureRole.PROPOSER not in signed:
        raise NotNow("ผู้เสนอโครงการยังไม่ได้ลงนาม จึงยังไม่ถึงตาท่าน เอกสารยังอยู่ครบ")
    if role is SignatureRole.APPROVER and SignatureRole.ENDORSER not in signed:
        raise NotNow("ผู้ให้ความเห็นชอบยังไม่ได้ลงนาม จึงยังไม่ถึงตาท่าน เอกสารยังอยู่ครบ")


def next_to_sign(signed: set[SignatureRole]) -> SignatureRole | None:
    """Whose turn it is; None when everybody has signed."""
    return next((role for role in SIGNING_ORDER if role not in signed), None)


def status_after(signed: set[SignatureRole]) -> Status:
    """Where the signatures alone put a campaign that has not started."""
    if SignatureRole.APPROVER in signed:
        return Status.APPROVED
    return Status.PROPOSED if signed else Status.DRAFT


@dataclass(frozen=True, slots=True)
class CampaignSettings:
    """What an office may choose. Times are local (Asia/Bangkok).

    `quiet_from`/`quiet_to`: no sending between them over midnight. `late_hours`: a delivery still unsent this long
    after its time is missed (the late policy "send if less than N hours late"). `close_after_days`: a publication's
    record is closed this long after it was sent. `push_allowed`: whether free quota may be spent when free ways fail.
    """

    quiet_from: time = time(20, 0)
    quiet_to: time = time(8, 0)
    late_hours: int = 10
    close_after_days: int = 7
    push_allowed: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CampaignSettings":
        known = {"quiet_from", "quiet_to", "late_hours", "close_after_days", "push_allowed"}
        if unknown := set(data) - known:
            raise Invalid("ไม่รู้จักการตั้งค่า %(value)s การตั้งค่าเดิมยังอยู่ครบ", value=", ".join(sorted(unknown)))
        values: dict[str, Any] = dict(data)
        for name in {"quiet_from", "quiet_to"} & set(data):
            values[name] = time.fromisoformat(data[name])
        return cls(**values)

    def is_quiet(self, at: time) -> bool:
        """Whether `at` (local time of day) falls into the quiet hours."""
        return is_quiet(at, (self.quiet_from, self.quiet_to))
