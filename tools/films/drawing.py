"""Draws the layers of a film with Typst: pictures on clear ground, ready to be moved."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from saisaat.typesetting.fonts import font_folders, missing_characters
from saisaat.typesetting.job import TEMPLATES
from saisaat.typesetting.thai_text import breakable
from tools.films.script import Film

WIDTH, HEIGHT = 960, 540
EMBLEM_Y = 262
# Where the emblem's middle and the left edge of the text stand, and the same with the emblem on the other side.
PLACES = ((764, 60), (196, 408))
THEMES = 6  # as many as film.typ has
MARK = "ตัวอย่าง"
MAKER = "ภาพยนตร์สั้นตัวอย่างของโครงการใสสะอาด"
# The ground is drawn this much larger than the film, so that it can drift.
GROUND_SCALE = 1.15

_TEMPLATE = (Path(__file__).parent / "film.typ").read_bytes()
_FONTS = ("Kanit", "Prompt")


@dataclass(frozen=True, slots=True)
class Sprite:
    """The visible part of a layer, RGBA, and where its top left corner stands in the film."""

    image: Image.Image
    x: int
    y: int


class Drawing:
    """Draws the parts that film.typ knows. `look` chooses among its colours and the two places of the emblem."""

    def __init__(self, look: int) -> None:
        folders = [str(folder) for folder in font_folders()]
        self._typst = typst.Compiler(root=str(TEMPLATES), font_paths=folders, ignore_system_fonts=True)
        self._look = look
        emblem_x, self._left = PLACES[look // THEMES % len(PLACES)]
        self.emblem = (emblem_x, EMBLEM_Y)

    def ground(self) -> Image.Image:
        return self._picture("ground", {}, scale=GROUND_SCALE).convert("RGB")

    def sprite(self, part: str, **data: Any) -> Sprite:
        """Raises RuntimeError in Typst's words where a text does not fit, ValueError where nothing is drawn."""
        picture = self._picture(part, data)
        box = picture.getbbox()
        if box is None:
            raise ValueError(f"{part} is empty: {data}")
        return Sprite(picture.crop(box), box[0], box[1])

    def lines(self, part: str, count: int, **data: Any) -> list[Sprite]:
        """The lines of a block of text, each a sprite of its own."""
        return [self.sprite(part, _shown=place, **data) for place in range(count)]

    def title(self, film: Film) -> list[Sprite]:
        first, second = film.title_lines
        return self.lines("title", 3, kicker="ภาพยนตร์สั้นตัวอย่าง", first=first, second=second)

    def _picture(self, part: str, data: dict[str, Any], *, scale: float = 1) -> Image.Image:
        ours: dict[str, Any] = {"_part": part, "_theme": self._look % THEMES, "_left": self._left}
        ours |= {"_x": self.emblem[0], "_y": self.emblem[1]}
        ours |= {key: value if key.startswith("_") else _ready(value) for key, value in data.items()}
        png = self._typst.compile(
            input=_TEMPLATE, format="png", ppi=72 * scale, sys_inputs={"data": json.dumps(ours, ensure_ascii=False)}
        )
        assert isinstance(png, bytes)
        return Image.open(io.BytesIO(png)).convert("RGBA")


def _ready(text: str) -> str:
    if absent := missing_characters(text, _FONTS):
        raise ValueError(f"no glyph for {absent} in {text!r}")
    return breakable(text)
