"""What is approved, and that what is sent is what was approved.

An item's canonical message is the channel's message objects as canonical JSON, with placeholders that only sending can
fill: {base} (the office's public address), {page} (where its phone pages open: that address, or LINE's for them),
{group} (the group's code), {delivery} (the attempt's mark). Approval is of the SHA-256 over the media's digests, that
text and the item's question.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.phrases import Phrase

PLACEHOLDERS = ("base", "page", "group", "delivery")
_PLACEHOLDER = re.compile(r"\{(base|page|group|delivery)\}")
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9._~:/\[\]-]{1,200}")


class ItemKind(StrEnum):
    POSTER = "poster"
    CLIP = "clip"
    ANNOUNCEMENT = "announcement"


class ItemStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    DISCARDED = "discarded"


ITEM_TRANSITIONS: dict[ItemStatus, frozenset[ItemStatus]] = {
    ItemStatus.DRAFT: frozenset({ItemStatus.IN_REVIEW, ItemStatus.DISCARDED}),
    ItemStatus.IN_REVIEW: frozenset({ItemStatus.APPROVED, ItemStatus.REJECTED, ItemStatus.DRAFT}),
    ItemStatus.APPROVED: frozenset({ItemStatus.DRAFT}),
    ItemStatus.REJECTED: frozenset({ItemStatus.DRAFT, ItemStatus.DISCARDED}),
    ItemStatus.DISCARDED: frozenset({ItemStatus.DRAFT}),
}

_STATUS_TH = {
    ItemStatus.DRAFT: Phrase("ร่าง"),
    ItemStatus.IN_REVIEW: Phrase("รอตรวจ"),
    ItemStatus.APPROVED: Phrase("อนุมัติแล้ว"),
    ItemStatus.REJECTED: Phrase("ส่งกลับแก้ไข"),
    ItemStatus.DISCARDED: Phrase("ทิ้งแล้ว"),
}


def check_item_transition(old: ItemStatus, new: ItemStatus) -> None:
    if new not in ITEM_TRANSITIONS[old]:
        raise NotNow(
            "สื่อชิ้นนี้อยู่ในสถานะ “%(status_th)s” จึงเปลี่ยนเป็น “%(status_th2)s” ไม่ได้ สื่อยังอยู่ครบ",
            status_th=_STATUS_TH[old],
            status_th2=_STATUS_TH[new],
        )


def check_edit(status: ItemStatus, *, seen: int, latest: int, published: bool) -> None:
    """An item may be changed by whoever saw its latest version (by number), until it stands in a group."""
    if published:
        raise NotNow("สื่อชิ้นนี้เผยแพร่ในกลุ่มแล้ว จึงแก้ไม่ได้ ของเดิมยังอยู่ครบ โปรดทำสำเนาแล้วแก้ที่สำเนา")
    if status is ItemStatus.DISCARDED:
        raise NotNow("สื่อชิ้นนี้ถูกทิ้งแล้ว จึงยังแก้ไม่ได้ โปรดกู้คืนก่อน")
    if seen != latest:
        raise NotNow("ผู้อื่นบันทึกสื่อชิ้นนี้หลังจากที่ท่านเปิด ข้อความที่พิมพ์ยังอยู่ในหน้านี้ โปรดเปิดฉบับล่าสุดเทียบดูก่อนบันทึก")


def check_review(author: str, reviewer: str, seen_sha256: str, sha256: str) -> None:
    """The reviewer is not the author and has seen this very version."""
    if author == reviewer:
        raise NotNow("ผู้จัดทำสื่อตรวจสื่อของตนเองไม่ได้ สื่อยังรอตรวจอยู่ โปรดให้ผู้ตรวจคนอื่นพิจารณา")
    if seen_sha256 != sha256:
        raise NotNow("สื่อถูกแก้ไขหลังจากที่ท่านเปิดดู จึงยังไม่ได้บันทึกผลตรวจ โปรดดูฉบับล่าสุดแล้วตรวจอีกครั้ง")


def canonical_message(objects: list[dict[str, Any]]) -> str:
    """The one text form of a message: compact JSON with sorted keys."""
    return json.dumps(objects, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def item_sha256(media: Iterable[str], canonical: str, quiz: str = "") -> str:
    """SHA-256 over the media's own SHA-256 digests (in order), the canonical message, and the question where one is."""
    digest = hashlib.sha256()
    for sha in media:
        digest.update(bytes.fromhex(sha))
    digest.update(canonical.encode())
    if quiz:
        digest.update(b"\0quiz\0" + quiz.encode())  # no JSON text holds a NUL: the two cannot run together
    return digest.hexdigest()


def fill(canonical: str, values: Mapping[str, str]) -> str:
    """The canonical message with its placeholders filled. A value that could break out of a JSON string is refused."""
    for name, value in values.items():
        if not _PLAIN_VALUE.fullmatch(value):
            raise Invalid("ค่าที่จะใส่ใน {%(name)s} มีอักขระที่ไม่อนุญาต จึงยังไม่ส่ง โปรดตรวจที่อยู่เว็บของสำนักงานในการตั้งค่า", name=name)
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], canonical)


def check_sent_form(body: str, canonical: str, values: Mapping[str, str]) -> None:
    """`body` is `canonical` with only the placeholders filled, each by its own value. Raises `NotNow`.

    Checked piece by piece from the front, so that it does not lean on `fill`.
    """
    at = 0
    for piece in re.split(r"(\{(?:base|page|group|delivery)\})", canonical):
        name = piece[1:-1]
        wanted = values[name] if _PLACEHOLDER.fullmatch(piece) else piece
        if not body.startswith(wanted, at):
            break
        at += len(wanted)
    else:
        if at == len(body):
            return
    raise NotNow("ข้อความที่จะส่งไม่ตรงกับฉบับที่อนุมัติ จึงยังไม่ส่ง รายการยังรออยู่ โปรดให้ผู้ตรวจตรวจสื่ออีกครั้ง")
