"""What is asked of the typesetter and what it answers. Everything here crosses a pipe, so it is plain data."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

# All that a template can read: Typst refuses paths that lead out of here, so nothing else may lie in this folder.
TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE_NAME = re.compile(r"(?:posters|documents)/[a-z0-9_]+\.typ")


@dataclass(frozen=True, slots=True)
class Job:
    """One page or document to set.

    template: path below `saisaat/typesetting/templates/`, such as "posters/aurora.typ".
    data: JSON data, in the template as `json(bytes(sys.inputs.data))`. Text is data, never source: the template may
        only place it, not evaluate it. Every string is cleaned and prepared as `text` says, except below a key that
        starts with "_" (SVG, icon names, colours, identifiers), which arrives untouched.
    text: how strings arrive. "breakable": one string with invisible marks where a line may break (pictures).
        "words": a list of words and spaces, for `thai()` of lib/text.typ (PDFs: their text layer stays clean).
        "plain": cleaned only.
    fonts: families the template sets text in; each character must be in every one of them.
    missing: what to do with a character a font lacks. "refuse" raises RenderRefused, "replace" sets [?] instead.
    pdf_standards: as in Typst, such as ("a-2a", "ua-1"). timestamp: UNIX seconds; equal jobs then give equal bytes.
    """

    template: str
    data: Mapping[str, object]
    format: Literal["png", "pdf"] = "png"
    ppi: float = 72.0
    text: Literal["breakable", "words", "plain"] = "breakable"
    fonts: tuple[str, ...] = ("Sarabun",)
    missing: Literal["refuse", "replace"] = "refuse"
    pdf_standards: tuple[str, ...] = ()
    timestamp: int | None = None

    def __post_init__(self) -> None:
        if not TEMPLATE_NAME.fullmatch(self.template):
            raise ValueError(f"not a template name: {self.template!r}")

    def to_wire(self) -> dict[str, Any]:
        return asdict(self) | {"data": dict(self.data)}

    @classmethod
    def from_wire(cls, message: dict[str, Any]) -> "Job":
        lists = {key: tuple(message[key]) for key in ("fonts", "pdf_standards")}
        return cls(**(message | lists))


@dataclass(frozen=True, slots=True)
class Overflow:
    """A slot whose text is too tall even at its smallest size; `need` and `have` are points (pixels at 72 ppi)."""

    slot: str
    need: float
    have: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """`data` is one PNG or a whole PDF. With `overflow` not empty the result is not fit to be shown."""

    data: bytes
    overflow: tuple[Overflow, ...]
    pages: int
