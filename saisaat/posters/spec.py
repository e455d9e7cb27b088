"""What a poster says, without how it looks. The same spec always gives the same picture."""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass, fields

from saisaat.posters.days import DAYS, HELLO, WISHES
from saisaat.posters.styles import STYLES

# Fields that came after the first posters were approved: left out of the JSON when empty, so that a poster without
# them keeps its hash.
_LATER = ("day", "colours", "picture", "credit", "greeting")


@dataclass(frozen=True, slots=True)
class PosterSpec:
    """Everything on a poster, as plain text.

    style: a name in `styles.STYLES`. headline: up to 120 characters. body: up to 300; a line feed forces a new point.
    topic: shown as a chip, and chooses icon and colours. citation: see `citation()`.
    office, campaign: as they should be read. qr_url: the item's stable public address.
    icon: a name from `icons.available()`, or empty for the topic's own. seed: any number; neighbours differ in
    colours and light, so that a season does not look the same every day.

    The rest may be empty, and shows only in a style that takes it (`Style.takes`). day: a key of `days.DAYS`, for that
    weekday's colour. colours: the office's two as #RRGGBB, made readable where they are not; a day's colour comes
    before them. picture: the SHA-256 of the office's own picture, credit: whose it is. greeting: what a greeting card
    says first and, after a line feed, wishes; empty for the day's own (`hello`).
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
    day: str = ""
    colours: tuple[str, ...] = ()
    picture: str = ""
    credit: str = ""
    greeting: str = ""

    def canonical_json(self) -> str:
        """Sorted keys, no spaces, NFC: equal specs give equal text on every machine."""
        said = {name: value for name, value in asdict(self).items() if value or name not in _LATER}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return unicodedata.normalize("NFC", text)

    def sha256(self) -> str:
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    def hello(self) -> tuple[str, str]:
        """The greeting and the wish of a greeting card; empty in every other style."""
        if not self._takes("greeting"):
            return "", ""
        if self.greeting.strip():
            first, _, rest = self.greeting.strip().partition("\n")
            return _one_line(first), _one_line(rest)
        greeting = DAYS[self.day].greeting if self.day in DAYS else f"{HELLO}ตอนเช้า"
        return greeting, WISHES[self.seed % len(WISHES)]

    def alt_text(self) -> str:
        """The whole poster in one line for a screen reader, at most 400 characters (LINE's limit for altText)."""
        said = " ".join((*self.hello(), f"โปสเตอร์ {self.topic}:"))
        text = f"{said} {_one_line(self.headline)} {_one_line(self.body)} {self.citation}"
        text = _one_line(text)
        return text if len(text) <= 400 else text[:399] + "…"

    def text_version(self) -> str:
        """The whole poster as lines of text, for those who cannot or would rather not look at a picture."""
        lines = [self.headline, "", self.body, "", self.citation, f"{self.office} · {self.campaign}", self.qr_url]
        greeting = [*filter(None, self.hello()), ""] if any(self.hello()) else []
        credit = [f"ภาพ: {self.credit}"] if self.credit and self._takes("credit") else []
        return "\n".join(line.strip() for line in (*greeting, *lines[:-1], *credit, lines[-1]))

    def _takes(self, field: str) -> bool:
        return self.style in STYLES and field in STYLES[self.style].takes

    @classmethod
    def from_json(cls, text: str) -> "PosterSpec":
        """Reads `canonical_json` back; unknown keys are an error (TypeError)."""
        found = json.loads(text)
        return cls(**found | {"colours": tuple(found.get("colours", ()))})


FIELD_NAMES = tuple(field.name for field in fields(PosterSpec))


def citation(law: str, section: str, *, cite_check: bool) -> str:
    """ "ที่มา: <law> <section>"; with `cite_check` the section has not been compared with the gazette and is left out."""
    parts = ["ที่มา:", law] + ([section] if section and not cite_check else [])
    return " ".join(parts)


def _one_line(text: str) -> str:
    return " ".join(text.split())
