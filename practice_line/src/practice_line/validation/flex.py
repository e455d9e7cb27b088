"""Flex messages: bubbles and carousels, checked as deeply as LINE's reference describes them ("Flex Message")."""

import json
import re
from collections.abc import Callable
from typing import Any

from practice_line.validation.actions import FLEX_LABEL, check_action
from practice_line.validation.node import Node

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
CAROUSEL_BUBBLES = 12
VIDEO_BUBBLES = ("kilo", "mega", "giga")
BLOCKS = ("header", "hero", "body", "footer")

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?")
RATIO = re.compile(r"([1-9][0-9]{0,4}|100000):([1-9][0-9]{0,4}|100000)")
PIXELS = r"\d+(\.\d+)?px"
SIGNED_LENGTH = re.compile(rf"-?{PIXELS}|-?\d+(\.\d+)?%|none|xs|sm|md|lg|xl|xxl")
LENGTH = re.compile(rf"{PIXELS}|\d+(\.\d+)?%|none|xs|sm|md|lg|xl|xxl")
EXTENT = re.compile(rf"{PIXELS}|\d+(\.\d+)?%")
SPACE = re.compile(rf"{PIXELS}|none|xs|sm|md|lg|xl|xxl")
BORDER = re.compile(rf"{PIXELS}|none|light|normal|medium|semi-bold|bold")
TEXT_SIZE = re.compile(rf"{PIXELS}|xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl")
IMAGE_SIZE = re.compile(rf"{PIXELS}|\d+(\.\d+)?%|xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl|full")
ANGLE = re.compile(r"\d+(\.\d+)?deg")
PERCENT = re.compile(r"\d+(\.\d+)?%")

Check = Callable[[Node, str], None]


def _like(pattern: re.Pattern[str]) -> Check:
    return lambda node, key: node.matching(key, pattern)


def _word(*allowed: str) -> Check:
    def check(node: Node, key: str) -> None:
        node.one_of(key, allowed)

    return check


def _flag(node: Node, key: str) -> None:
    node.flag(key)


def _count(node: Node, key: str) -> None:
    node.whole(key, 0, 1_000_000, required=False)


def _tap(node: Node, key: str) -> None:
    check_action(node.child(key, required=False), label=FLEX_LABEL, label_required=False)


def _ratio(node: Node, key: str) -> None:
    node.matching(key, RATIO)
    value = node.get(key)
    if isinstance(value, str) and RATIO.fullmatch(value):
        width, height = (int(part) for part in value.split(":"))
        if height > 3 * width:
            node.bad_value(key)


def _elsewhere(node: Node, key: str) -> None:
    """Checked by the component itself."""


PLACE: dict[str, Check] = {
    "position": _word("relative", "absolute"),
    **{f"offset{side}": _like(SIGNED_LENGTH) for side in ("Top", "Bottom", "Start", "End")},
    "margin": _like(SPACE),
}
LETTERING: dict[str, Check] = {
    "size": _like(TEXT_SIZE),
    "color": _like(COLOUR),
    "weight": _word("regular", "bold"),
    "style": _word("normal", "italic"),
    "decoration": _word("none", "underline", "line-through"),
}
GRAVITY = _word("top", "bottom", "center")
ALIGN = _word("start", "end", "center")

PROPERTIES: dict[str, dict[str, Check]] = {
    "box": {
        **PLACE,
        "layout": _elsewhere,
        "contents": _elsewhere,
        "flex": _count,
        "spacing": _like(SPACE),
        **{f"padding{side}": _like(LENGTH) for side in ("All", "Top", "Bottom", "Start", "End")},
        **{name: _like(EXTENT) for name in ("width", "maxWidth", "height", "maxHeight")},
        "backgroundColor": _like(COLOUR),
        "borderColor": _like(COLOUR),
        "borderWidth": _like(BORDER),
        "cornerRadius": _like(SPACE),
        "justifyContent": _word("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
        "alignItems": _word("center", "flex-start", "flex-end"),
        "background": _elsewhere,
        "action": _tap,
    },
    "button": {
        **PLACE,
        "action": _elsewhere,
        "flex": _count,
        "height": _word("sm", "md"),
        "style": _word("primary", "secondary", "link"),
        "color": _like(COLOUR),
        "gravity": GRAVITY,
        "adjustMode": _word("shrink-to-fit"),
        "scaling": _flag,
    },
    "image": {
        **PLACE,
        "url": _elsewhere,
        "flex": _count,
        "align": ALIGN,
        "gravity": GRAVITY,
        "size": _like(IMAGE_SIZE),
        "aspectRatio": _ratio,
        "aspectMode": _word("cover", "fit"),
        "backgroundColor": _like(COLOUR),
        "action": _tap,
        "animated": _flag,
    },
    "icon": {**PLACE, "url": _elsewhere, "size": _like(TEXT_SIZE), "aspectRatio": _ratio, "scaling": _flag},
    "text": {
        **PLACE,
        **LETTERING,
        "text": _elsewhere,
        "contents": _elsewhere,
        "flex": _count,
        "align": ALIGN,
        "gravity": GRAVITY,
        "wrap": _flag,
        "lineSpacing": _like(re.compile(PIXELS)),
        "maxLines": _count,
        "action": _tap,
        "adjustMode": _word("shrink-to-fit"),
        "scaling": _flag,
    },
    "span": {**LETTERING, "text": _elsewhere},
    "separator": {"margin": _like(SPACE), "color": _like(COLOUR)},
    "filler": {"flex": _count},
    "video": {
        "url": _elsewhere,
        "previewUrl": _elsewhere,
        "altContent": _elsewhere,
        "aspectRatio": _ratio,
        "action": _tap,
    },
}

INSIDE = {
    "horizontal": ("box", "button", "image", "text", "separator", "filler"),
    "vertical": ("box", "button", "image", "text", "separator", "filler"),
    "baseline": ("icon", "text", "filler"),
}


def check_flex(node: Node) -> None:
    """Check the `contents` of a Flex message; `node` is the bubble or carousel."""
    kind = node.one_of("type", ("bubble", "carousel"), required=True)
    if kind == "bubble":
        _bubble(node, alone=True)
        _weigh(node, BUBBLE_BYTES)
    elif kind == "carousel":
        _known(node, ("type", "contents"))
        bubbles = node.children("contents", 1, CAROUSEL_BUBBLES)
        for bubble in bubbles:
            if bubble.one_of("type", ("bubble",), required=True):
                _bubble(bubble, alone=False)
                _weigh(bubble, BUBBLE_BYTES)
                if bubble.get("size") != bubbles[0].get("size"):
                    bubble.bad_value("size")
        _weigh(node, CAROUSEL_BYTES)


def _bubble(node: Node, *, alone: bool) -> None:
    _known(node, ("type", "size", "direction", "styles", "action", *BLOCKS))
    node.one_of("size", ("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"))
    node.one_of("direction", ("ltr", "rtl"))
    _tap(node, "action")
    _styles(node.child("styles", required=False))
    blocks = {name: node.child(name, required=False) for name in BLOCKS}
    if not any(node.get(name) is not None for name in BLOCKS):
        node.findings.append((node.path or "/", "At least one block must be specified"))
    for name, block in blocks.items():
        if block is not None:
            _component(block, ("box", "image", "video") if name == "hero" else ("box",))
    hero = blocks["hero"]
    if hero is not None and hero.get("type") == "video" and not (alone and node.get("size", "mega") in VIDEO_BUBBLES):
        hero.wrong(None, "invalid property")


def _styles(node: Node | None) -> None:
    if node is None:
        return
    _known(node, BLOCKS)
    for name in BLOCKS:
        style = node.child(name, required=False)
        if style is not None:
            _known(style, ("backgroundColor", "separator", "separatorColor"))
            style.matching("backgroundColor", COLOUR)
            style.flag("separator")
            style.matching("separatorColor", COLOUR)


def _component(node: Node, allowed: tuple[str, ...]) -> None:
    kind = node.get("type")
    if kind is None:
        node.missing("type")
        return
    if not isinstance(kind, str) or kind not in allowed:
        node.wrong(None, "invalid property")
        return
    properties = PROPERTIES[kind]
    for key, value in node.value.items():
        if key == "type" or value is None:
            continue
        check = properties.get(key)
        if check is None:
            node.bad_value(key)
        else:
            check(node, key)
    inside = STRUCTURE.get(kind)
    if inside is not None:
        inside(node)


def _box(node: Node) -> None:
    layout = node.one_of("layout", INSIDE, required=True)
    background = node.child("background", required=False)
    if background is not None:
        _gradient(background)
    for part in node.children("contents", 0, 1000):
        _component(part, INSIDE[layout or "vertical"])


def _gradient(node: Node) -> None:
    node.one_of("type", ("linearGradient",), required=True)
    node.matching("angle", ANGLE, required=True)
    node.matching("startColor", COLOUR, required=True)
    node.matching("endColor", COLOUR, required=True)
    node.matching("centerColor", COLOUR)
    node.matching("centerPosition", PERCENT)


def _text(node: Node) -> None:
    spans = node.children("contents", 1, 1000, required=False)
    for span in spans:
        _component(span, ("span",))
    if node.get("contents") is None:
        _words(node)


def _words(node: Node) -> None:
    value: Any = node.get("text")
    if not isinstance(value, str) or not value:
        node.wrong("text", "must be non-empty text")


def _button(node: Node) -> None:
    check_action(node.child("action"), label=FLEX_LABEL)


def _address(node: Node) -> None:
    node.url("url")


def _video(node: Node) -> None:
    node.url("url")
    node.url("previewUrl")
    alternative = node.child("altContent")
    if alternative is not None:
        _component(alternative, ("box", "image"))


STRUCTURE: dict[str, Callable[[Node], None]] = {
    "box": _box,
    "text": _text,
    "span": _words,
    "button": _button,
    "image": _address,
    "icon": _address,
    "video": _video,
}


def _known(node: Node, names: tuple[str, ...]) -> None:
    for key, value in node.value.items():
        if value is not None and key not in names:
            node.bad_value(key)


def _weigh(node: Node, most: int) -> None:
    size = len(json.dumps(node.value, ensure_ascii=False, separators=(",", ":")).encode())
    if size > most:
        node.findings.append(
            (node.path or "/", f"Too large flex message. The maximum size of JSON data is {most} bytes")
        )
