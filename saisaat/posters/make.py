"""From a spec to a finished poster: a JPEG for LINE, its preview, and the words for those who do not see it."""

import io
from dataclasses import dataclass

import segno
from PIL import Image

from saisaat.posters.icons import available, point_icons, topic_icon
from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import FIELD_TITLES, STYLES, Style
from saisaat.posters.wording import split_body, split_headline
from saisaat.typesetting import Job, Overflow, RenderPool, RenderRefused

JPEG_LIMIT = 300_000
PREVIEW_WIDTH = 240

# Best first. Full colour resolution keeps coloured text on a dark ground crisp, so it is given up last.
_QUALITIES = ((90, 0), (85, 0), (80, 0), (80, 2), (72, 2), (60, 2), (45, 2))


@dataclass(frozen=True, slots=True)
class Poster:
    """`jpeg` is under 300,000 bytes, `preview` a JPEG 240 pixels wide; both sRGB. `alt` is one line, `text` has all."""

    jpeg: bytes
    preview: bytes
    width: int
    height: int
    alt: str
    text: str


def make_poster(spec: PosterSpec, pool: RenderPool) -> Poster:
    """Raises RenderRefused, naming the field, when a text is too long or has no glyph; RenderFailed as the pool."""
    style = check_spec(spec)
    try:
        rendered = pool.render(Job(style.template, template_data(spec), text="breakable", fonts=style.fonts))
    except RenderRefused as refusal:
        name = _field(refusal.field)
        raise RenderRefused(f"{FIELD_TITLES.get(name, name)}: {refusal.message}", field=name) from refusal
    if rendered.overflow:
        raise _too_long(rendered.overflow[0])
    with Image.open(io.BytesIO(rendered.data)) as png:
        picture = png.convert("RGB")
    small = picture.resize(
        (PREVIEW_WIDTH, round(PREVIEW_WIDTH * picture.height / picture.width)), Image.Resampling.LANCZOS
    )
    return Poster(
        _jpeg(picture), _encoded(small, 85, 0), picture.width, picture.height, spec.alt_text(), spec.text_version()
    )


def check_spec(spec: PosterSpec) -> Style:
    """The spec's style. Raises RenderRefused for an unknown style or icon, no headline, or a field past its limit."""
    style = STYLES.get(spec.style)
    if style is None:
        raise RenderRefused(f"ไม่มีแบบโปสเตอร์ชื่อ “{spec.style[:40]}” โปรดเลือกจากแบบที่มี", field="style")
    if spec.icon and spec.icon not in available():
        raise RenderRefused(f"ไม่มีไอคอนชื่อ “{spec.icon[:40]}” โปรดเลือกจากไอคอนที่มี", field="icon")
    if not spec.headline.strip():
        raise RenderRefused("โปสเตอร์ยังไม่มีหัวข้อ โปรดใส่หัวข้อก่อน", field="headline")
    for name, limit in style.limits.items():
        length = len(getattr(spec, name))
        if length > limit:
            raise RenderRefused(
                f"{FIELD_TITLES[name]}ยาว {length:,} ตัวอักษร เกินที่แบบนี้รับได้ {limit:,} ตัวอักษร "
                f"ข้อความเดิมยังอยู่ครบ โปรดตัดออกอย่างน้อย {length - limit:,} ตัวอักษร",
                field=name,
            )
    return style


def template_data(spec: PosterSpec) -> dict[str, object]:
    """The data every poster template gets. Keys with "_" are ours and reach the template untouched."""
    headline, body = split_headline(spec.headline), split_body(spec.body)
    icon = spec.icon or topic_icon(spec.topic)
    return {
        "_icon": icon,
        "_point_icons": point_icons(body.points, besides=icon),
        "_qr": _qr_svg(spec.qr_url),
        "_tint": _tint(spec),
        "_seed": spec.seed % 997,
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
    }


def _tint(spec: PosterSpec) -> int:
    """A number that tells topics apart; a template takes it modulo its palettes."""
    return sum(map(ord, spec.topic)) + spec.seed


def _qr_svg(url: str) -> str:
    code = segno.make_qr(url, error="m")
    out = io.BytesIO()
    code.save(out, kind="svg", border=0, xmldecl=False, omitsize=True, nl=False, dark="#000000")
    return out.getvalue().decode()


def _too_long(overflow: Overflow) -> RenderRefused:
    name = _field(overflow.slot)
    share = round(100 * (1 - overflow.have / overflow.need))
    return RenderRefused(
        f"{FIELD_TITLES.get(name, name)}ยาวเกินที่ว่างบนโปสเตอร์ราว {max(share, 1)} % แม้ใช้ตัวอักษรเล็กที่สุดที่ยังอ่านได้บนมือถือแล้ว "
        "ข้อความเดิมยังอยู่ครบ โปรดตัดให้สั้นลงหรือเลือกแบบอื่น",
        field=name,
    )


_FIELD_OF_SLOT = {
    "points": "body",
    "lead": "body",
    "eyebrow": "headline",
    "first": "headline",
    "second": "headline",
}


def _field(slot: str) -> str:
    """The spec's field behind a name of template data, such as body for points[2]."""
    name = slot.partition("[")[0]
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
