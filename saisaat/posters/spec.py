"""What a poster says, without how it looks. The same spec always gives the same picture."""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class PosterSpec:
    """Everything on a poster, as plain text.

    style: a name in `styles.STYLES`. headline: up to 120 characters. body: up to 300; a line feed forces a new point.
    topic: shown as a chip, and chooses icon and colours. citation: see `citation()`.
    office, campaign: as they should be read. qr_url: the item's stable public address.
    icon: a name from `icons.available()`, or empty for the topic's own. seed: any number; neighbours differ in
    colours and light, so that a season does not look the same every day.
    """

    style: str
    headline: str
    body: str
    topic: str
    citation: str
    office: str
    campaign: str
    qr_url: str
    icon: str = ""
    seed: int = 0

    def canonical_json(self) -> str:
        """Sorted keys, no spaces, NFC: equal specs give equal text on every machine."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return unicodedata.normalize("NFC", text)

    def sha256(self) -> str:
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    def alt_text(self) -> str:
        """The whole poster in one line for a screen reader, at most 400 characters (LINE's limit for altText)."""
        text = f"โปสเตอร์ {self.topic}: {_one_line(self.headline)} {_one_line(self.body)} {self.citation}"
        text = _one_line(text)
        return text if len(text) <= 400 else text[:399] + "…"

    def text_version(self) -> str:
        """The whole poster as lines of text, for those who cannot or would rather not look at a picture."""
        lines = [self.headline, "", self.body, "", self.citation, f"{self.office} · {self.campaign}", self.qr_url]
        return "\n".join(line.strip() for line in lines)

    @classmethod
    def from_json(cls, text: str) -> "PosterSpec":
        """Reads `canonical_json` back; unknown keys are an error (TypeError)."""
        return cls(**json.loads(text))


FIELD_NAMES = tuple(field.name for field in fields(PosterSpec))


def citation(law: str, section: str, *, cite_check: bool) -> str:
    """ "ที่มา: <law> <section>"; with `cite_check` the section has not been compared with the gazette and is left out."""
    parts = ["ที่มา:", law] + ([section] if section and not cite_check else [])
    return " ".join(parts)


def _one_line(text: str) -> str:
    return " ".join(text.split())
