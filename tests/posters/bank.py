"""Specs made of the real knowledge bank, for an office that does not exist."""

from dataclasses import replace

from saisaat.posters.spec import PosterSpec
from saisaat.posters.styles import STYLES
from tools.poster_sheet import bank_items, spec_of

ITEMS = {item["id"]: item for item in bank_items()}


def bank_spec(item_id: str, style: str = "aurora", **changes: object) -> PosterSpec:
    return replace(spec_of(ITEMS[item_id], style), **changes)  # type: ignore[arg-type]


def body_for(style: str, body: str) -> str:
    """`body` as it has to be written for the style: where it compares, as one side of two."""
    return f"ควรทำ:\n{body}\nไม่ควรทำ:\nเพิกเฉย" if STYLES[style].kind == "comparison" else body
