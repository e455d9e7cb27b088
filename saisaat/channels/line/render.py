"""Our messages as LINE's message objects: pure, the same input giving the same JSON.

Limits are those of the Messaging API reference, "Message objects" and "Action objects". The placeholders `{base}`,
`{page}`, `{group}` and `{delivery}` pass through untouched; whoever sends fills them in, and every limit is checked
with room for what will stand there.
"""

import re
from collections.abc import Sequence
from typing import Any

import orjson

from saisaat.channels.line.addresses import is_web_address
from saisaat.domain.errors import Invalid
from saisaat.domain.messages import Button, Card, OutgoingMessage, Picture, Text
from saisaat.domain.phrases import Phrase

MESSAGES_LIMIT = 5
TEXT_LIMIT = 5_000
ALT_LIMIT = 1_500
LABEL_LIMIT = 20
DATA_LIMIT = 300
ACTION_URI_LIMIT = 1_000
PICTURE_URL_LIMIT = 2_000
BUBBLE_LIMIT = 30_000
"""Bytes of one bubble's JSON; LINE says 30 KB."""

ROOM = 100
"""Characters kept free for a text's, an address's or a button's placeholders; bytes for each one in a bubble."""

# Every pair below has a contrast of at least 4.5:1 (WCAG 2.2 AA); tests/channels/test_line_render.py measures it.
BACKGROUND = "#FFFFFF"
KICKER_COLOUR = "#0B6B63"
TITLE_COLOUR = "#16252B"
TEXT_COLOUR = "#33454D"
NOTE_COLOUR = "#5A6A72"
FIRST_BUTTON_COLOUR = "#0B6B63"
BUTTON_COLOUR = "#E3EEEC"

_PLACEHOLDER = re.compile(r"\{(?:base|page|group|delivery)\}")
_RATIO = re.compile(r"([1-9]\d{0,4}):([1-9]\d{0,4})")
_BLANK_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]")

Json = dict[str, Any]


def render(messages: Sequence[OutgoingMessage]) -> list[Json]:
    """One to five messages for one call. Raises `Invalid` with a Thai sentence beyond LINE's limits."""
    if not 1 <= len(messages) <= MESSAGES_LIMIT:
        raise _refused(
            Phrase("หนึ่งครั้งส่งได้ 1 ถึง %(most)s ข้อความ แต่มี %(count)s", most=MESSAGES_LIMIT, count=len(messages)),
            Phrase("แบ่งส่งเป็นหลายครั้ง"),
        )
    return [_message(message) for message in messages]


def _message(message: OutgoingMessage) -> Json:
    match message:
        case Text(text):
            return {"type": "text", "text": _text(Phrase("ข้อความ"), text, TEXT_LIMIT)}
        case Picture(url, preview_url):
            return {
                "type": "image",
                "originalContentUrl": _address(Phrase("ภาพ"), url, PICTURE_URL_LIMIT),
                "previewImageUrl": _address(Phrase("ภาพตัวอย่าง"), preview_url, PICTURE_URL_LIMIT),
            }
        case Card():
            return {
                "type": "flex",
                "altText": _text(Phrase("ข้อความแทนภาพ"), message.alt, ALT_LIMIT),
                "contents": _bubble(message),
            }


def _bubble(card: Card) -> Json:
    bubble: Json = {"type": "bubble", "size": "mega"}
    if card.picture_url is not None:
        bubble["hero"] = _hero(card, card.picture_url)
    bubble["body"] = _body(card)
    if card.buttons:
        bubble["footer"] = _footer(card.buttons)
    content = orjson.dumps(bubble)
    size = len(content) + ROOM * len(_PLACEHOLDER.findall(content.decode()))
    if size > BUBBLE_LIMIT:
        raise _refused(
            Phrase("การ์ดใหญ่เกินไป (%(size)s จาก %(most)s ไบต์)", size=f"{size:,}", most=f"{BUBBLE_LIMIT:,}"),
            Phrase("ตัดข้อความให้สั้นลง"),
        )
    return bubble


def _hero(card: Card, url: str) -> Json:
    hero: Json = {
        "type": "image",
        "url": _address(Phrase("ภาพ"), url, PICTURE_URL_LIMIT),
        "size": "full",
        "aspectRatio": _ratio(card.picture_ratio),
        "aspectMode": "cover",
    }
    if card.picture_uri is not None:
        hero["action"] = {
            "type": "uri",
            "label": "เปิดดู",
            "uri": _address(Phrase("ลิงก์ของภาพ"), card.picture_uri, ACTION_URI_LIMIT),
        }
    return hero


def _body(card: Card) -> Json:
    lines = [_line(Phrase("หัวเรื่อง"), card.title, size="lg", weight="bold", color=TITLE_COLOUR)]
    if card.kicker:
        lines.insert(0, _line(Phrase("บรรทัดนำ"), card.kicker, size="xs", weight="bold", color=KICKER_COLOUR))
    if card.text:
        lines.append(_line(Phrase("เนื้อความ"), card.text, size="md", color=TEXT_COLOUR, margin="md"))
    if card.note:
        lines.append(_line(Phrase("หมายเหตุ"), card.note, size="xs", color=NOTE_COLOUR, margin="lg"))
    return {"type": "box", "layout": "vertical", "spacing": "sm", "backgroundColor": BACKGROUND, "contents": lines}


def _line(name: Phrase, text: str, **look: str) -> Json:
    """`scaling` lets the text follow the letter size that the reader chose in LINE."""
    return {"type": "text", "text": _text(name, text, TEXT_LIMIT), "wrap": True, "scaling": True, **look}


def _footer(buttons: Sequence[Button]) -> Json:
    """Rows of two, so that four buttons stand 2 × 2 and fit a thumb; the first is the one most wanted."""
    drawn = [_button(button, first=position == 0) for position, button in enumerate(buttons)]
    rows = [
        {"type": "box", "layout": "horizontal", "spacing": "sm", "contents": drawn[start : start + 2]}
        for start in range(0, len(drawn), 2)
    ]
    return {"type": "box", "layout": "vertical", "spacing": "sm", "backgroundColor": BACKGROUND, "contents": rows}


def _button(button: Button, *, first: bool) -> Json:
    look = (
        {"style": "primary", "color": FIRST_BUTTON_COLOUR} if first else {"style": "secondary", "color": BUTTON_COLOUR}
    )
    return {"type": "button", "height": "sm", "adjustMode": "shrink-to-fit", **look, "action": _action(button)}


def _action(button: Button) -> Json:
    """A postback has no displayText: it would make every press a line in the group."""
    label = _text(Phrase("ป้ายปุ่ม"), button.label, LABEL_LIMIT)
    if button.data is not None and button.uri is None:
        return {"type": "postback", "label": label, "data": _text(Phrase("ข้อมูลของปุ่ม"), button.data, DATA_LIMIT)}
    if button.uri is not None and button.data is None:
        return {"type": "uri", "label": label, "uri": _address(Phrase("ลิงก์ของปุ่ม"), button.uri, ACTION_URI_LIMIT)}
    raise _refused(Phrase("ปุ่ม “%(label)s” ต้องมีข้อมูลหรือลิงก์อย่างใดอย่างหนึ่ง", label=button.label), Phrase("เลือกเพียงอย่างเดียว"))


def _ratio(ratio: str) -> str:
    """LINE: width:height, each 1 to 100000, height at most three times the width."""
    found = _RATIO.fullmatch(ratio)
    if found is None or int(found[2]) > 3 * int(found[1]):
        raise _refused(
            Phrase("สัดส่วนภาพ “%(ratio)s” ใช้ไม่ได้", ratio=ratio),
            Phrase("ใช้แบบ กว้าง:สูง เช่น 1:1 หรือ 16:9 โดยสูงไม่เกิน 3 เท่าของกว้าง"),
        )
    return ratio


def _text(name: Phrase, text: str, limit: int) -> str:
    """LINE counts UTF-16 units, so an emoji is two."""
    try:
        units = len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        raise _refused(Phrase("%(name)sมีอักขระที่เสียหาย", name=name), Phrase("พิมพ์ข้อความใหม่")) from error
    if not text.strip():
        raise _refused(Phrase("%(name)sว่างอยู่", name=name), Phrase("เติมข้อความ"))
    if units + _room(text) > limit:
        raise _too_long(name, units, limit - _room(text), Phrase("ตัดให้สั้นลง"))
    return text


def _address(name: Phrase, url: str, limit: int) -> str:
    leads = url.startswith(("{base}/", "{page}/")) or is_web_address(url)
    if not leads or not url.isascii() or _BLANK_OR_CONTROL.search(url):
        raise _refused(
            Phrase("%(name)s “%(url)s” ใช้กับ LINE ไม่ได้", name=name, url=url[:80]),
            Phrase("ใช้ที่อยู่เต็มที่ขึ้นต้นด้วย https:// และเข้ารหัสอักษรไทยเป็น %E0… แล้ว"),
        )
    if len(url) + _room(url) > limit:
        raise _too_long(name, len(url), limit - _room(url), Phrase("ใช้ที่อยู่ที่สั้นลง"))
    return url


def _room(text: str) -> int:
    return ROOM if _PLACEHOLDER.search(text) else 0


def _too_long(name: Phrase, length: int, limit: int, cure: Phrase) -> Invalid:
    figures = {"length": f"{length:,}", "limit": f"{limit:,}"}
    return _refused(Phrase("%(name)sยาว %(length)s ตัวอักษร เกินที่ LINE รับได้ (%(limit)s)", name=name, **figures), cure)


def _refused(what: Phrase, cure: Phrase) -> Invalid:
    return Invalid("%(what)s ยังไม่มีอะไรถูกส่ง และข้อความเดิมยังอยู่ครบ โปรด%(cure)s", what=what, cure=cure)
