"""The words of a publication's close-out. Unknown is never written as 0."""

from collections.abc import Sequence

from saisaat.domain.feedback import CommentKind
from saisaat.domain.remarks import Remark

KIND_TH = {
    CommentKind.ACK: "รับทราบ",
    CommentKind.GREETING: "ทักทาย",
    CommentKind.PRAISE: "ชื่นชม",
    CommentKind.QUESTION: "คำถาม",
    CommentKind.SUGGESTION: "ข้อเสนอแนะ",
    CommentKind.CRITICISM: "วิจารณ์",
    CommentKind.COMPLAINT: "ร้องเรียน",
    CommentKind.OFF_TOPIC: "เรื่องอื่น",
    CommentKind.STICKER: "สติกเกอร์",
}


def comment_record(kinds: Sequence[str]) -> str:
    """The comments in one Thai line: that there were none, or how many of each kind."""
    counts = [(KIND_TH[kind], sum(1 for k in kinds if k == kind)) for kind in CommentKind]
    return " · ".join(f"{name} {count}" for name, count in counts if count) or Remark.NO_COMMENTS
