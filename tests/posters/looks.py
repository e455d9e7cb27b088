"""What a poster looks like, measured: how small its letters are and how well they stand out, from its own layout.

The same template set as PDF tells every few letters with their size and place. Drawn once with and once without them,
the page says what is behind each: no list of colours to keep in step with the templates.
"""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageStat

from saisaat.posters.colours import contrast
from saisaat.posters.make import template_data
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import STYLES
from saisaat.typesetting import Job, RenderPool
from tools.poster_sheet import sample_picture

# Fine enough that a stroke of the smallest letter fills whole pixels; dots and tone marks by themselves do not.
_SCALE = 1.5
_FULL, _SEEN, _MARK = 0.9, 8, 0.3


@dataclass(frozen=True, slots=True)
class Letters:
    """A few letters set together: their size in pixels of the poster, their contrast with what is behind, where."""

    size: float
    contrast: float
    at: tuple[int, int]


def sizes_of(spec: PosterSpec, pool: RenderPool, **changes: object) -> list[float]:
    """The size of all letters; `changes` replace what the template gets."""
    with _set(spec, pool, changes) as document:
        return [_size(text) for text in _texts(document[0])]


def letters_of(spec: PosterSpec, pool: RenderPool) -> list[Letters]:
    """All letters of the poster."""
    with _set(spec, pool, {}) as document:
        page = document[0]
        texts = _texts(page)
        places = [(_size(text), _box(text, page.get_height())) for text in texts]
        written = page.render(scale=_SCALE).to_pil().convert("RGB")
        for text in texts:
            page.remove_obj(text)
        page.gen_content()
        blank = page.render(scale=_SCALE).to_pil().convert("RGB")
    return [
        Letters(size, ratio, (round(box[0] / _SCALE), round(box[1] / _SCALE)))
        for size, box in places
        if _is_letter(size, box) and (ratio := _contrast(written.crop(box), blank.crop(box)))
    ]


def _set(spec: PosterSpec, pool: RenderPool, changes: dict[str, object]) -> pypdfium2.PdfDocument:
    style = STYLES[spec.style]
    data = template_data(spec, sample_picture() if spec.picture else b"") | changes
    rendered = pool.render(Job(style.template, data, format="pdf", fonts=style.fonts))
    assert not rendered.overflow
    return pypdfium2.PdfDocument(rendered.data)


def _texts(page: pypdfium2.PdfPage) -> list[pypdfium2.PdfObject]:
    return list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=8))


def _size(text: pypdfium2.PdfObject) -> float:
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text.raw, ctypes.byref(size))
    return size.value * abs(text.get_matrix().d)


def _box(text: pypdfium2.PdfObject, height: float) -> tuple[int, int, int, int]:
    left, bottom, right, top = (each * _SCALE for each in text.get_bounds())
    return int(left), int(height * _SCALE - top), int(right) + 1, int(height * _SCALE - bottom) + 1


def _is_letter(size: float, box: tuple[int, int, int, int]) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= _MARK * size * _SCALE


def _contrast(written: Image.Image, blank: Image.Image) -> float:
    """Of the pixels a stroke fills, the middle ones; 0 where nothing was written, such as a space."""
    apart = ImageChops.difference(written, blank).convert("L")
    most = apart.getextrema()[1]
    if most < _SEEN:
        return 0.0
    filled = apart.point([255 * (value >= _FULL * most) for value in range(256)])
    one, other = (ImageStat.Stat(each, filled).median for each in (written, blank))
    return contrast(_hex(one), _hex(other))


def _hex(colour: list[int]) -> str:
    return "#" + "".join(f"{channel:02X}" for channel in colour)
