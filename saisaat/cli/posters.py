"""`saisaat posters styles [--json]`: the designed styles, what each shows and how much it holds."""

import argparse
import json
import re
from collections.abc import Iterator
from typing import Any

from saisaat.posters.styles import FIELD_TITLES, STYLES, Style

_ABOVE_OR_BELOW = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def add_parser(subparsers: Any) -> None:
    """Add `posters styles` to the command line; `args.run` is `run`."""
    posters = subparsers.add_parser("posters", help="what the posters can look like")
    verbs = posters.add_subparsers(dest="verb", required=True)
    styles = verbs.add_parser("styles", help="list the styles: size, kind, the fields each shows and their limits")
    styles.add_argument("--json", action="store_true", help="print JSON instead of a table")
    styles.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Always 0: the styles are part of the program."""
    if args.json:
        print(json.dumps([style.as_json() for style in STYLES.values()], ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_table(STYLES.values())))
    return 0


def as_table(styles: Any) -> Iterator[str]:
    """One row a style with what sets it apart below it, then the limits, which are the same for all."""
    rows = [("ชื่อ", "ชื่อไทย", "ขนาด", "ลักษณะ"), *(_row(style) for style in styles)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    yield _line(rows[0], widths)
    for style, row in zip(styles, rows[1:], strict=True):
        yield _line(row, widths)
        yield f"    {style.about}"
        yield f"    นอกจากข้อความ: {_titles(style.takes) or '-'}{_needs(style)}"
    yield ""
    yield "ตัวอักษรสูงสุด: " + " · ".join(_limits(styles))


def _row(style: Style) -> tuple[str, ...]:
    return style.name, style.title, f"{style.width}×{style.height}", style.kind


def _needs(style: Style) -> str:
    needed = f" · ต้องมี{_titles(style.needs)}" if style.needs else ""
    return needed + ("" if style.suits_any_topic else " · เลือกใช้เอง แผนอัตโนมัติไม่เลือกให้")


def _limits(styles: Any) -> Iterator[str]:
    largest: dict[str, int] = {}
    for style in styles:
        largest |= {name: limit for name, limit in style.limits.items() if name in style.fields}
    yield from (f"{FIELD_TITLES[name].message} {limit}" for name, limit in largest.items())


def _titles(names: tuple[str, ...]) -> str:
    return ", ".join(FIELD_TITLES[name].message for name in names)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    """Columns on a terminal: Thai vowels and tones above and below take none."""
    return len(_ABOVE_OR_BELOW.sub("", text))
