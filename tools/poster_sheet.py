"""Draws posters of knowledge-bank points for looking at: one by one, or small on one contact sheet.

python -m tools.poster_sheet --style aurora --out sheet.png KB001 KB034 KB070
python -m tools.poster_sheet --style lai_thai --out sheet.png --count 24
python -m tools.poster_sheet --columns 3 --out docs/pictures/poster-styles.jpg KB008      every style
python -m tools.poster_sheet --style aurora --folder posters/ KB001
"""

import argparse
import functools
import hashlib
import io
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw, ImageFilter

from saisaat.posters.days import DAYS
from saisaat.posters.make import Poster, make_poster
from saisaat.posters.spec import PosterSpec, citation
from saisaat.posters.styles import STYLES
from saisaat.typesetting import RenderPool

_GAP = 12
BANK = Path(__file__).parents[1] / "saisaat" / "data" / "knowledge-bank.yaml"


def bank_items() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = yaml.safe_load(BANK.read_text("utf-8"))["items"]
    return items


# What a comparison needs and no point of the bank has: two sides.
TWO_SIDES = (
    "ทำได้:\nอวยพรด้วยการ์ดหรือ LINE\nรับของขวัญจากญาติตามฐานะ\nรับตามธรรมจรรยาไม่เกิน 3,000 บาท\n"
    "ทำไม่ได้:\nรับเงินหรือของเพราะตำแหน่ง\nแบ่งรับหลายครั้งให้ดูไม่เกิน\nให้คนในครอบครัวรับแทน",
    "ควรทำ:\nลงเวลาตามจริง\nถอนตัวเมื่อญาติมีส่วนได้เสีย\nไม่ควรทำ:\nใช้รถหลวงไปธุระส่วนตัว\nเร่งเรื่องให้คนรู้จัก",
)


def spec_of(item: dict[str, Any], style: str, *, seed: int = 0) -> PosterSpec:
    """A bank item as a poster of an office that does not exist."""
    spec = _bank_spec(item, style, seed)
    kind = STYLES[style].kind
    if kind == "comparison":
        return replace(spec, body=TWO_SIDES[seed % len(TWO_SIDES)])
    if kind == "greeting":
        return replace(spec, day=tuple(DAYS)[seed % 7])
    if "picture" in STYLES[style].needs:
        return replace(spec, picture=hashlib.sha256(sample_picture()).hexdigest(), credit="คลังภาพของหน่วยงาน")
    return spec


@functools.cache
def sample_picture() -> bytes:
    """Something a camera might have seen: fields under a morning sky. Drawn here, so that it is nobody's."""
    width, height = 1440, 1200
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    for y in range(height):
        share = y / height
        sky = [round(top + (low - top) * share) for top, low in ((96, 255), (168, 221), (214, 168))]
        draw.line((0, y, width, y), fill=(sky[0], sky[1], sky[2]))
    draw.ellipse((980, 300, 1180, 500), fill=(255, 244, 214))
    # Colour, height, swing and turns of each ridge, from far to near.
    ridges = (
        ((92, 140, 150), 640, 90, 2.1),
        ((66, 120, 110), 760, 70, 3.3),
        ((52, 110, 74), 880, 50, 1.7),
        ((96, 146, 58), 990, 26, 4.2),
    )
    for colour, level, swing, turns in ridges:
        line = [(x, level + swing * math.sin(turns * math.tau * x / width + level)) for x in range(0, width + 8, 8)]
        draw.polygon([(0, height), *line, (width, height)], fill=colour)
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(1.2)).save(out, "JPEG", quality=90)
    return out.getvalue()


def poster_of(spec: PosterSpec, pool: RenderPool) -> Poster:
    """The poster, with the sample picture where the style takes one."""
    return make_poster(spec, pool, picture=sample_picture() if spec.picture else b"")


def _bank_spec(item: dict[str, Any], style: str, seed: int) -> PosterSpec:
    return PosterSpec(
        style=style,
        headline=item["headline"],
        body=item["body"],
        topic=item["topic"],
        citation=citation(item["law"], item.get("section") or "", cite_check=item["cite_check"]),
        office="สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง",
        campaign="LINE ใสสะอาด",
        qr_url=f"https://saisaat.example.go.th/i/{item['id'].lower()}-{style}",
        seed=seed,
    )


def contact_sheet(posters: list[Poster], *, columns: int, width: int) -> Image.Image:
    """Rows of `columns` posters each; the posters of a row are as high as one another, and all rows as wide."""
    rows = [posters[at : at + columns] for at in range(0, len(posters), columns)]
    full = columns * (width + _GAP) - _GAP
    heights = [
        round((full - _GAP * (columns - 1)) / (sum(p.width / p.height for p in row) * columns / len(row)))
        for row in rows
    ]
    sheet = Image.new("RGB", (full + 2 * _GAP, sum(heights) + _GAP * (len(rows) + 1)), "#888888")
    y = _GAP
    for row, height in zip(rows, heights, strict=True):
        x = _GAP
        for poster in row:
            size = (round(height * poster.width / poster.height), height)
            with Image.open(io.BytesIO(poster.jpeg)) as picture:
                sheet.paste(picture.resize(size, Image.Resampling.LANCZOS), (x, y))
            x += size[0] + _GAP
        y += height + _GAP
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--style", choices=sorted(STYLES), help="every style when none is named")
    parser.add_argument("--count", type=int, help="as many points, spread evenly over the bank")
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--width", type=int, default=480, help="of one poster on the sheet, in pixels")
    parser.add_argument("--out", type=Path, help="the contact sheet")
    parser.add_argument("--folder", type=Path, help="where to put the posters themselves")
    parser.add_argument("ids", nargs="*", help="such as KB001; all points when none is named")
    options = parser.parse_args()
    items = [item for item in bank_items() if not options.ids or item["id"] in options.ids]
    if options.count:
        items = items[:: max(1, len(items) // options.count)][: options.count]
    styles = [options.style] if options.style else list(STYLES)
    pairs = [(item, style, number) for number, item in enumerate(items) for style in styles]
    specs = [spec_of(item, style, seed=number) for item, style, number in pairs]
    with RenderPool(processes=2) as pool, ThreadPoolExecutor(2) as threads:
        posters = list(threads.map(lambda spec: poster_of(spec, pool), specs))
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        for (item, style, _), poster in zip(pairs, posters, strict=True):
            (options.folder / f"{item['id']}-{style}.jpg").write_bytes(poster.jpeg)
    if options.out:
        contact_sheet(posters, columns=options.columns, width=options.width).save(options.out, quality=82)


if __name__ == "__main__":
    main()
