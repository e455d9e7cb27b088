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


class SignatureRole(StrEnum):
    PROPOSER = "proposer"
    ENDORSER = "endorser"
    APPROVER = "approver"


SIGNING_ORDER = (SignatureRole.PROPOSER, SignatureRole.ENDORSER, SignatureRole.APPROVER)

_ROLE_TH = {
    SignatureRole.PROPOSER: "ผู้เสนอโครงการ",
    SignatureRole.ENDORSER: "ผู้ให้ความเห็นชอบ",
    SignatureRole.APPROVER: "ผู้อนุมัติ",
}


def role_th(role: SignatureRole) -> str:
    """The signatory's title as it stands in an official project document."""
    return _ROLE_TH[role]


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
        raise NotNow(f"{role_th(role)}ลงนามแล้ว ไม่มีการลงนามซ้ำ")
    for earlier in SIGNING_ORDER[: SIGNING_ORDER.index(role)]:
        if earlier not in signed:
            raise NotNow(f"{role_th(earlier)}ยังไม่ได้ลงนาม {role_th(role)}จึงยังลงนามไม่ได้ เอกสารยังอยู่ครบ")


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
            raise Invalid(f"ไม่รู้จักการตั้งค่า {', '.join(sorted(unknown))} การตั้งค่าเดิมยังอยู่ครบ")
        values: dict[str, Any] = dict(data)
        for name in {"quiet_from", "quiet_to"} & set(data):
            values[name] = time.fromisoformat(data[name])
        return cls(**values)

    def is_quiet(self, at: time) -> bool:
        """Whether `at` (local time of day) falls into the quiet hours."""
        return is_quiet(at, (self.quiet_from, self.quiet_to))
