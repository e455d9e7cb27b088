"""Draws posters of knowledge-bank points for looking at: one by one, or small on one contact sheet.

python -m tools.poster_sheet --style aurora --out sheet.png KB001 KB034 KB070
python -m tools.poster_sheet --style lai_thai --out sheet.png --count 24
python -m tools.poster_sheet --style aurora --folder posters/ KB001
"""

import argparse
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from saisaat.posters.make import Poster, make_poster
from saisaat.posters.spec import PosterSpec, citation
from saisaat.posters.styles import STYLES
from saisaat.typesetting import RenderPool

BANK = Path(__file__).parents[1] / "saisaat" / "data" / "knowledge-bank.yaml"


def bank_items() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = yaml.safe_load(BANK.read_text("utf-8"))["items"]
    return items


def spec_of(item: dict[str, Any], style: str, *, seed: int = 0) -> PosterSpec:
    """A bank item as a poster of an office that does not exist."""
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
    pictures = [Image.open(io.BytesIO(poster.jpeg)) for poster in posters]
    height = round(width * pictures[0].height / pictures[0].width)
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (width + 12) + 12, rows * (height + 12) + 12), "#888888")
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        sheet.paste(
            picture.resize((width, height), Image.Resampling.LANCZOS),
            (12 + column * (width + 12), 12 + row * (height + 12)),
        )
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--style", choices=sorted(STYLES), required=True)
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
    specs = [spec_of(item, options.style, seed=number) for number, item in enumerate(items)]
    with RenderPool(processes=2) as pool, ThreadPoolExecutor(2) as threads:
        posters = list(threads.map(lambda spec: make_poster(spec, pool), specs))
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        for item, poster in zip(items, posters, strict=True):
            (options.folder / f"{item['id']}-{options.style}.jpg").write_bytes(poster.jpeg)
    if options.out:
        contact_sheet(posters, columns=options.columns, width=options.width).save(options.out)


if __name__ == "__main__":
    main()
