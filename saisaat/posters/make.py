"""From a spec to a finished poster: a JPEG for LINE, its preview, and the words for those who do not see it."""

import base64
import functools
import hashlib
import io
import re
from dataclasses import dataclass

import segno
from PIL import Image, ImageOps

from saisaat.posters.colours import is_colour, office_palette
from saisaat.posters.days import DAYS, HELLO
from saisaat.posters.icons import available, point_icons, topic_icon
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import FIELD_TITLES, STYLES, Style
from saisaat.posters.wording import is_list, split_body, split_headline, split_sides
from saisaat.typesetting import Job, Overflow, RenderPool, RenderRefused

JPEG_LIMIT = 300_000
PREVIEW_WIDTH = 480
"""Sharp in a chat bubble on a phone of two pixels a point, and still light in a list on a slow line."""

# Best first. Full colour resolution keeps coloured text on a dark ground crisp, so it is given up last.
_QUALITIES = ((90, 0), (85, 0), (80, 0), (80, 2), (72, 2), (60, 2), (45, 2))


@dataclass(frozen=True, slots=True)
class Poster:
    """`jpeg` is under 300,000 bytes, `preview` a JPEG 480 pixels wide; both sRGB. `alt` is one line, `text` has all."""

    jpeg: bytes
    preview: bytes
    width: int
    height: int
    alt: str
    text: str


def make_poster(spec: PosterSpec, pool: RenderPool, *, picture: bytes = b"") -> Poster:
    """Raises RenderRefused, naming the field, when a text is too long or has no glyph; RenderFailed as the pool.

    `picture`: the bytes `spec.picture` is the SHA-256 of, for a style that takes one; a picture Pillow reads, already
    checked and stripped. ValueError when they are others.
    """
    drawn = draw(spec, pool, picture=picture)
    small = drawn.resize((PREVIEW_WIDTH, round(PREVIEW_WIDTH * drawn.height / drawn.width)), Image.Resampling.LANCZOS)
    return Poster(_jpeg(drawn), _encoded(small, 85, 0), drawn.width, drawn.height, spec.alt_text(), spec.text_version())


def draw(spec: PosterSpec, pool: RenderPool, *, picture: bytes = b"", scale: float = 1.0) -> Image.Image:
    """The poster as pixels, `scale` times its size: a small one takes less time. Raises as `make_poster` does."""
    style = check_spec(spec)
    data = template_data(spec, picture)
    try:
        rendered = pool.render(Job(style.template, data, ppi=72 * scale, text="breakable", fonts=style.fonts))
    except RenderRefused as refusal:
        name = _field(refusal.field)
        raise RenderRefused(
            "%(name)s: %(message)s", name=FIELD_TITLES.get(name, name), message=refusal, field=name
        ) from refusal
    if rendered.overflow:
        raise _too_long(rendered.overflow[0], spec)
    with Image.open(io.BytesIO(rendered.data)) as png:
        return png.convert("RGB")


def check_spec(spec: PosterSpec) -> Style:
    """The spec's style. Raises RenderRefused, naming the field, for what cannot be drawn whatever its size."""
    style = STYLES.get(spec.style)
    if style is None:
        raise RenderRefused("ไม่มีแบบโปสเตอร์ชื่อ “%(style)s” โปรดเลือกจากแบบที่มี", style=spec.style[:40], field="style")
    if spec.icon and spec.icon not in available():
        raise RenderRefused("ไม่มีไอคอนชื่อ “%(icon)s” โปรดเลือกจากไอคอนที่มี", icon=spec.icon[:40], field="icon")
    if not spec.headline.strip():
        raise RenderRefused("โปสเตอร์ยังไม่มีหัวข้อ โปรดใส่หัวข้อก่อน", field="headline")
    for name, limit in style.limits.items():
        length = len(getattr(spec, name))
        if length > limit:
            raise RenderRefused(
                "%(field_titles)sยาว %(length)s ตัวอักษร เกินที่แบบนี้รับได้ %(limit)s ตัวอักษร "
                "ข้อความเดิมยังอยู่ครบ โปรดตัดออกอย่างน้อย %(value)s ตัวอักษร",
                field_titles=FIELD_TITLES[name],
                length=format(length, ","),
                limit=format(limit, ","),
                value=format(length - limit, ","),
                field=name,
            )
    _check_variant(spec, style)
    return style


def _check_variant(spec: PosterSpec, style: Style) -> None:
    """Day, colours, picture and the two sides of a comparison."""
    if spec.day and spec.day not in DAYS:
        raise RenderRefused("ไม่มีวันชื่อ “%(day)s” โปรดเลือกจากวันทั้งเจ็ด", day=spec.day[:40], field="day")
    if spec.colours and (len(spec.colours) != 2 or not all(map(is_colour, spec.colours))):
        raise RenderRefused("สีของหน่วยงานต้องมีสองสี เขียนแบบ #0E7C66 โปรดเลือกสีใหม่", field="colours")
    if "picture" in style.needs and not spec.picture:
        raise RenderRefused("แบบนี้ใช้ภาพของหน่วยงาน แต่ยังไม่มีภาพ โปรดเลือกภาพหรือเลือกแบบอื่น", field="picture")
    if style.kind == "comparison" and split_sides(spec.body) is None:
        raise RenderRefused(
            "แบบนี้ต้องมีสองฝั่ง ฝั่งละหนึ่งถึงสี่ข้อ ข้อความเดิมยังอยู่ครบ โปรดเขียนหัวฝั่งให้ลงท้ายด้วย : เช่น “ทำได้:” "
            "แล้วขึ้นบรรทัดใหม่ทีละข้อ จากนั้นทำแบบเดียวกันกับฝั่งที่สอง",
            field="body",
        )


def template_data(spec: PosterSpec, picture: bytes = b"") -> dict[str, object]:
    """The data every poster template gets. Keys with "_" are ours and reach the template untouched."""
    headline, body = split_headline(spec.headline), split_body(spec.body)
    icon = spec.icon or topic_icon(spec.topic)
    data = {
        "_icon": icon,
        "_point_icons": point_icons(body.points, besides=icon),
        "_qr": _qr_svg(spec.qr_url),
        "_tint": _tint(spec),
        "_seed": spec.seed % 997,
        "_palette": _palette(spec),
        "eyebrow": headline.eyebrow,
        "first": headline.first,
        "second": headline.second,
        "lead": body.lead,
        "points": list(body.points),
        "topic": spec.topic,
        "citation": spec.citation,
        "office": spec.office,
        "campaign": spec.campaign,
        "scan": "สแกนอ่านต่อ",
        "mark": "ใสสะอาด",
    }
    return data | _own_data(spec, STYLES[spec.style], picture)


def _own_data(spec: PosterSpec, style: Style, picture: bytes) -> dict[str, object]:
    """What only this style's template reads."""
    if style.kind == "comparison" and (sides := split_sides(spec.body)):
        return {
            "_good": [side.good for side in sides],
            "sides": [{"title": side.title, "points": list(side.points)} for side in sides],
        }
    if style.kind == "steps":
        return {"_numbered": is_list(split_body(spec.body).points)}
    if style.kind == "greeting":
        hello, wish = spec.hello()
        # สวัสดี and what the day is stand on lines of their own.
        occasion = hello.removeprefix(HELLO).strip()
        greeting, occasion = (HELLO, occasion) if hello.startswith(HELLO) else (hello, "")
        flower = DAYS[spec.day].flower if spec.day else ""
        return {"_flower": flower, "greeting": greeting, "occasion": occasion, "wish": wish}
    if style.picture_size:
        return {"_picture": _data_uri(spec, style.picture_size, picture), "credit": spec.credit}
    return {}


def _palette(spec: PosterSpec) -> dict[str, str] | None:
    """The colours that stand in for the style's own, if any."""
    if spec.day:
        return DAYS[spec.day].palette.as_data()
    if spec.colours:
        return office_palette((spec.colours[0], spec.colours[1])).as_data()
    return None


def _data_uri(spec: PosterSpec, size: tuple[int, int], picture: bytes) -> str:
    if hashlib.sha256(picture).hexdigest() != spec.picture:
        raise ValueError("the picture given is not the one the poster names")
    return "data:image/jpeg;base64," + base64.b64encode(_fitted(picture, size)).decode()


@functools.lru_cache(maxsize=4)
def _fitted(picture: bytes, size: tuple[int, int]) -> bytes:
    """The picture cut to `size` around its middle, a little above it: that is where faces are.

    The last few are kept, because a preview asks for the same one at every pause of the typing.
    """
    with Image.open(io.BytesIO(picture)) as opened:
        fitted = ImageOps.fit(opened.convert("RGB"), size, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    return _encoded(fitted, 92, 0)


def _tint(spec: PosterSpec) -> int:
    """A number that tells topics apart; a template takes it modulo its palettes."""
    return sum(map(ord, spec.topic)) + spec.seed


def _qr_svg(url: str) -> str:
    code = segno.make_qr(url, error="m")
    out = io.BytesIO()
    code.save(out, kind="svg", border=0, xmldecl=False, omitsize=True, nl=False, dark="#000000")
    return out.getvalue().decode()


def _too_long(overflow: Overflow, spec: PosterSpec) -> RenderRefused:
    """What does not fit, and how much of it: a share of the room, and as many letters of the field."""
    name = _field(overflow.slot)
    share = max(1 - overflow.have / overflow.need, 0.01)
    return RenderRefused(
        "%(name)sยาวเกินที่ว่างบนโปสเตอร์ราว %(share)s %% "
        "แม้ใช้ตัวอักษรเล็กที่สุดที่ยังอ่านได้บนมือถือแล้ว ข้อความเดิมยังอยู่ครบ "
        "โปรดตัดออกราว %(cut)s ตัวอักษรหรือเลือกแบบอื่น",
        name=FIELD_TITLES.get(name, name),
        share=round(100 * share) or 1,
        cut=max(round(len(getattr(spec, name, "")) * share), 1),
        field=name,
    )


_FIELD_OF_SLOT = {
    "points": "body",
    "lead": "body",
    "sides": "body",
    "eyebrow": "headline",
    "first": "headline",
    "second": "headline",
    "occasion": "greeting",
    "wish": "greeting",
}


def _field(slot: str) -> str:
    """The spec's field behind a name of template data, such as body for points[2]."""
    name = re.split(r"[\[.]", slot, maxsplit=1)[0]
    return _FIELD_OF_SLOT.get(name, name)


def _jpeg(picture: Image.Image) -> bytes:
    for quality, subsampling in _QUALITIES:
        data = _encoded(picture, quality, subsampling)
        if len(data) < JPEG_LIMIT:
            return data
    raise AssertionError("no poster of these sizes is larger than the limit at the lowest quality")


def _encoded(picture: Image.Image, quality: int, subsampling: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling=subsampling, optimize=True)
    return out.getvalue()
