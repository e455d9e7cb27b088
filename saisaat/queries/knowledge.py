"""The knowledge bank as shipped, or an office's own file of the same form."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from saisaat.domain.phrases import Phrase
from saisaat.domain.topics import Topic, Verified
from saisaat.queries.yaml_files import Row, read_text, read_yaml

_FILE = "knowledge-bank.yaml"
_FIELDS = (
    *("id", "topic", "headline", "body", "law", "section", "verified", "source", "applies_to"),
    *("valid_from", "valid_to", "tags", "publishable", "cite_check"),
)


@cache
def knowledge_bank() -> tuple[Topic, ...]:
    """Every point of the shipped bank, publishable or not, in file order."""
    return parse_bank((files("saisaat.data") / _FILE).read_text("utf-8"), _FILE)


def read_bank(path: Path) -> tuple[Topic, ...]:
    """The points of an office's own file. Raises `Invalid` naming file and line."""
    return parse_bank(read_text(path), path.name)


def parse_bank(content: str, file: str) -> tuple[Topic, ...]:
    """The points in `content`. Any bad or doubled point refuses the whole file with `Invalid`."""
    top = read_yaml(content, file, schema=1)
    top.only("schema", "compiled", "items")
    found: dict[str, Topic] = {}
    for row in top.rows("items"):
        topic = _topic(row)
        if topic.id in found:
            row.refuse(Phrase("รหัส %(id)s ซ้ำกับข้อก่อนหน้า", id=topic.id))
        found[topic.id] = topic
    if not found:
        top.refuse(Phrase("ไม่มีข้อความรู้แม้แต่ข้อเดียว"))
    return tuple(found.values())


def _topic(row: Row) -> Topic:
    row.only(*_FIELDS)
    verified = row.text("verified")
    if verified not in set(Verified):
        row.refuse(Phrase("ช่อง verified ต้องเป็น text, page หรือ memory"))
    topic = Topic(
        id=row.text("id", longest=40),
        topic=row.text("topic", longest=80),
        headline=row.text("headline", longest=120),
        body=row.text("body", longest=300),
        law=row.text("law", longest=200),
        section=row.text("section", longest=80),
        verified=Verified(verified),
        applies_to=row.texts("applies_to"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        publishable=row.flag("publishable"),
        cite_check=row.flag("cite_check"),
        tags=row.texts("tags"),
        source=row.text("source", longest=300),
    )
    if not topic.applies_to:
        row.refuse(Phrase("ช่อง applies_to ว่าง จึงไม่รู้ว่าใช้กับใคร"))
    if topic.valid_from and topic.valid_to and topic.valid_to < topic.valid_from:
        row.refuse(Phrase("valid_to อยู่ก่อน valid_from"))
    if topic.publishable and topic.verified is Verified.MEMORY:
        row.refuse(Phrase("ข้อที่ยังไม่ได้ตรวจ (verified: memory) จะตั้ง publishable: true ไม่ได้"))
    return topic
