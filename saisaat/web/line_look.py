"""A message as it will look in a LINE group on a phone, drawn by the server.

    look = line_look(item.canonical, channel.name)                      in the view
    {% include "saisaat/_line.html" with look=look %}                   in the page, any number of times
    <link rel="stylesheet" href="{% static 'saisaat/line.css' %}">      in the page's block `head`, once

`line_look(messages_json, account_name, *, alt="", at=None) -> LineLook` takes the message objects as JSON text (an
array, or one object), such as `Item.canonical` or `canonical_message(channel.render(messages))`. `account_name` stands
over the bubbles, `alt` says the pictures to those who do not see them (by default the notification's text), `at` is the
time beside the bubbles. JSON that cannot be read raises `ValueError`; an object of a kind not known here is drawn as a
bubble that says so. Nothing in the drawing can be pressed, for there its buttons do nothing.

The placeholder {base} becomes this very server, so that pictures come from our own /media/ and /static/; a picture from
elsewhere is framed and not fetched. {group} and {delivery} become a dash. Sizes are LINE's, in its own pixels.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

Json = Mapping[str, Any]

_DEEPEST = 12
_OURS = re.compile(r"/(?:media|static|studio)/[\w./?=&%-]+")
_RATIO = re.compile(r"([1-9]\d{0,5}):([1-9]\d{0,5})")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LINK = re.compile(r"(https?://[^\s]+)")
_SIZES = {"xxs", "xs", "sm", "md", "lg", "xl", "xxl", "full"}
_CARDS = {"nano", "micro", "deca", "hecto", "kilo", "mega", "giga"}
_SPACES = {"none", "xs", "sm", "md", "lg", "xl", "xxl"}
_ALIGNS = {"start", "end", "center"}
_LONG_LABEL = 10
"""Letters (without the marks above and below) from which a button of two in a row shrinks its text."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a card: `kind` is box, text, image, button, separator, filler or unknown; `look` are its classes."""

    kind: str
    look: str = ""
    text: str = ""
    url: str = ""
    width: int = 1
    height: int = 1
    fit: str = "slice"
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message object: `kind` is text, image, cards or unknown. `words` is its text cut at its links."""

    kind: str
    words: tuple[tuple[str, bool], ...] = ()
    url: str = ""
    cards: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class LineLook:
    """All messages of one call. `notice` is what the phone's notification says; `quick` are the quick replies."""

    name: str
    bubbles: tuple[Bubble, ...]
    notice: str = ""
    alt: str = ""
    at: datetime | None = None
    quick: tuple[str, ...] = field(default=())

    @property
    def initial(self) -> str:
        """The first consonant: a Thai vowel written before it says nothing alone."""
        letters = self.name.lstrip("เแโใไ \"'“”()")
        return letters[:1] or "•"


def line_look(messages_json: str, account_name: str, *, alt: str = "", at: datetime | None = None) -> LineLook:
    """The drawing of a message; see the module."""
    found = json.loads(messages_json)
    objects = [one if isinstance(one, dict) else {} for one in (found if isinstance(found, list) else [found])]
    notice = next((str(one["altText"]) for one in objects if one.get("altText")), "")
    return LineLook(
        name=account_name,
        bubbles=tuple(_bubble(one) for one in objects),
        notice=notice or next((str(one["text"]) for one in objects if one.get("text")), ""),
        alt=alt or notice or _("ภาพในข้อความ"),
        at=at,
        quick=tuple(_quick(objects[-1])) if objects else (),
    )


def _bubble(one: Json) -> Bubble:
    match one.get("type"):
        case "text" | "textV2":
            return Bubble("text", _words(str(one.get("text", ""))))
        case "image":
            return Bubble("image", url=_ours(one.get("previewImageUrl") or one.get("originalContentUrl")))
        case "flex":
            contents = _object(one.get("contents"))
            cards = contents.get("contents") if contents.get("type") == "carousel" else [contents]
            return Bubble("cards", cards=tuple(_card(_object(card)) for card in _list(cards)))
        case None if "lines" in one:
            return Bubble("text", _words("\n".join(str(line) for line in _list(one["lines"]))))
    return Bubble("unknown")


def _words(text: str) -> tuple[tuple[str, bool], ...]:
    pieces = _LINK.split(_filled(text))
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece)


def _quick(one: Json) -> Iterator[str]:
    for item in _list(_object(one.get("quickReply")).get("items")):
        action = _object(_object(item).get("action"))
        yield str(action.get("label") or action.get("text") or "…")


def _card(bubble: Json) -> Part:
    blocks = [
        Part("box", f"block {name}", parts=(_part(_object(bubble[name])),))
        for name in ("header", "hero", "body", "footer")
        if bubble.get(name)
    ]
    size = bubble.get("size") if bubble.get("size") in _CARDS else "mega"
    return Part("box", f"card-{size}", parts=tuple(blocks))


def _part(part: Json, place: str = "", depth: int = 0) -> Part:
    """`place` are the classes that the box around gives the part: its share of a row, its distance."""
    kind = part.get("type")
    look = _look(part, place)
    if depth > _DEEPEST:
        return Part("unknown")
    if kind == "box":
        return _box(part, look, depth)
    if kind == "text":
        spans = "".join(str(_object(span).get("text", "")) for span in _list(part.get("contents")))
        return Part("text", look, text=_filled(spans or str(part.get("text", ""))))
    if kind == "image":
        return _image(part, look)
    if kind == "button":
        return _button(part, look, in_row="share" in place)
    return Part(kind if kind in {"separator", "filler"} else "unknown", look)


def _box(box: Json, look: str, depth: int) -> Part:
    """A part's own margin stands in place of the box's spacing."""
    layout = box.get("layout") if box.get("layout") in {"horizontal", "baseline"} else "vertical"
    parts = []
    for number, one in enumerate(map(_object, _list(box.get("contents")))):
        gap = one.get("margin", box.get("spacing"))
        place = f"{'down' if layout == 'vertical' else 'along'}-{gap}" if number and gap in _SPACES else ""
        share = "" if layout == "vertical" or one.get("flex") == 0 else " share"
        parts.append(_part(one, place + share, depth + 1))
    return Part("box", f"{look} {layout}", parts=tuple(parts))


def _image(part: Json, look: str) -> Part:
    ratio = _RATIO.fullmatch(str(part.get("aspectRatio", "1:1")))
    width, height = (int(ratio[1]), int(ratio[2])) if ratio else (1, 1)
    fit = "slice" if part.get("aspectMode") == "cover" else "meet"
    return Part("image", look, url=_ours(part.get("url")), width=width, height=height, fit=fit)


def _button(part: Json, look: str, *, in_row: bool) -> Part:
    action = _object(part.get("action"))
    label = str(action.get("label") or action.get("text") or "…")
    style = part.get("style") if part.get("style") in {"primary", "secondary"} else "link"
    low = " low" if part.get("height") == "sm" else ""
    tight = " tight" if in_row and _letters(label) > _LONG_LABEL else ""
    return Part("button", f"{look} {style}{low}{tight}", text=label)


def _look(part: Json, place: str) -> str:
    """The classes of a part: its place, size, weight and colours, each only where LINE knows the value."""
    size, align = part.get("size"), part.get("align")
    paints = (("color", "paint"), ("backgroundColor", "on"))
    classes = [
        place,
        f"size-{size}" if size in _SIZES else "",
        "bold" if part.get("weight") == "bold" else "",
        "runs-on" if part.get("wrap") else "",
        f"align-{align}" if align in _ALIGNS else "",
        *(f"{name}-{part[key][1:].lower()}" for key, name in paints if _COLOUR.fullmatch(str(part.get(key, "")))),
    ]
    return " ".join(found for found in classes if found)


def _ours(url: object) -> str:
    """The path of a picture that this server gives out, "" for any other."""
    told = str(url or "").replace("{base}", "").removeprefix(str(settings.BASE_URL))
    return told if _OURS.fullmatch(told) and ".." not in told else ""


def _filled(text: str) -> str:
    """A text with its placeholders as a reader will see them."""
    for name, seen in {"base": settings.BASE_URL, "page": settings.BASE_URL, "group": "–", "delivery": "–"}.items():
        text = text.replace(f"{{{name}}}", str(seen))
    return text


def _letters(label: str) -> int:
    """How wide a label is, in letters: Thai marks above and below take no room of their own."""
    return len(re.sub(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", label))


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
