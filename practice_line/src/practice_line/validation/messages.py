"""Message objects of one call. Limits from LINE's reference, "Message objects"."""

import re
from collections.abc import Callable
from typing import Any

from practice_line.errors import LineError
from practice_line.validation.actions import QUICK_REPLY_ACTIONS, TEMPLATE_LABEL, check_action
from practice_line.validation.flex import check_flex
from practice_line.validation.node import Finding, Node
from practice_line.validation.templates import check_template

MOST_MESSAGES = 5
TEXT = 5000
ALT_TEXT = 1500
DIGITS = re.compile(r"\d+")
TRACKING = re.compile(r"[A-Za-z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}")
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([A-Za-z0-9_]{1,20})\}")
MOST_MENTIONS = 20


def check_messages(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The `messages` of a request body, checked. Raises LineError 400 with LINE's details where something is wrong."""
    findings: list[Finding] = []
    nodes = Node(body, "", findings, inner=False).children("messages", 1, MOST_MESSAGES)
    for node in nodes:
        kind = node.one_of("type", KINDS, required=True)
        if kind is not None:
            KINDS[kind](node)
        _extras(node)
    if findings:
        raise LineError(400, f"The request body has {len(findings)} error(s)", details=_details(findings))
    for index, node in enumerate(nodes):
        inner = _inside(node.value)
        if inner:
            text = f"A message (messages[{index}]) in the request body is invalid"
            raise LineError(400, text, details=_details(inner))
    return [node.value for node in nodes]


def _details(findings: list[Finding]) -> list[dict[str, str]]:
    return [{"message": message, "property": where} for where, message in findings]


def _inside(message: dict[str, Any]) -> list[Finding]:
    """What LINE's second stage finds inside a template or Flex message."""
    findings: list[Finding] = []
    if message["type"] == "flex":
        check_flex(Node(message["contents"], "", findings, inner=True))
    elif message["type"] == "template":
        check_template(Node(message["template"], "template", findings, inner=True))
    return findings


def _extras(node: Node) -> None:
    sender = node.child("sender", required=False)
    if sender is not None:
        sender.text("name", 20, required=False)
        sender.url("iconUrl", required=False)
    quick = node.child("quickReply", required=False)
    if quick is None:
        return
    for item in quick.children("items", 1, 13):
        item.one_of("type", ("action",), required=True)
        item.url("imageUrl", required=False)
        check_action(item.child("action"), label=TEMPLATE_LABEL, types=QUICK_REPLY_ACTIONS)


def _text(node: Node) -> None:
    node.text("text", TEXT)
    node.text("quoteToken", 1000, required=False)
    for emoji in node.children("emojis", 0, 20, required=False):
        emoji.whole("index", 0, TEXT)
        emoji.text("productId", 100)
        emoji.text("emojiId", 100)


def _text_v2(node: Node) -> None:
    text = node.text("text", TEXT) or ""
    node.text("quoteToken", 1000, required=False)
    substitution = node.child("substitution", required=False)
    names = {match[1] for match in PLACEHOLDER.finditer(text) if match[1]}
    given = substitution.value if substitution is not None else {}
    for name in sorted(names - given.keys()):
        node.wrong("text", f"No substitution for {{{name}}}")
    if substitution is None:
        return
    mentions = 0
    for name in given:
        entry = substitution.child(name)
        if entry is not None and entry.one_of("type", ("mention", "emoji"), required=True) == "mention":
            mentions += 1
            mentionee = entry.child("mentionee")
            if mentionee is not None and mentionee.one_of("type", ("user", "all"), required=True) == "user":
                mentionee.text("userId", 100)
        elif entry is not None and entry.get("type") == "emoji":
            entry.text("productId", 100)
            entry.text("emojiId", 100)
    if mentions > MOST_MENTIONS:
        node.wrong("substitution", f"Size must be between 0 and {MOST_MENTIONS}")


def _sticker(node: Node) -> None:
    node.matching("packageId", DIGITS, required=True)
    node.matching("stickerId", DIGITS, required=True)
    node.text("quoteToken", 1000, required=False)


def _image(node: Node) -> None:
    node.url("originalContentUrl")
    node.url("previewImageUrl")


def _video(node: Node) -> None:
    _image(node)
    node.matching("trackingId", TRACKING)


def _audio(node: Node) -> None:
    node.url("originalContentUrl")
    node.whole("duration", 1, 24 * 3600 * 1000)


def _location(node: Node) -> None:
    node.text("title", 100)
    node.text("address", 100)
    node.number("latitude", -90, 90)
    node.number("longitude", -180, 180)


def _imagemap(node: Node) -> None:
    node.url("baseUrl")
    node.text("altText", ALT_TEXT)
    size = node.child("baseSize")
    if size is not None:
        size.whole("width", 1040, 1040)
        size.whole("height", 1, 1040 * 10)
    for action in node.children("actions", 0, 50):
        _imagemap_action(action)
    video = node.child("video", required=False)
    if video is not None:
        _image(video)
        _area(video.child("area"))
        link = video.child("externalLink", required=False)
        if link is not None:
            link.text("linkUri", 1000)
            link.text("label", 30)


def _imagemap_action(node: Node) -> None:
    kind = node.one_of("type", ("uri", "message", "clipboard"), required=True)
    node.text("label", 100, required=False)
    _area(node.child("area"))
    if kind == "uri":
        node.text("linkUri", 1000)
    elif kind == "message":
        node.text("text", 400)
    elif kind == "clipboard":
        node.text("clipboardText", 1000)


def _area(node: Node | None) -> None:
    if node is not None:
        for key in ("x", "y", "width", "height"):
            node.whole(key, 0, 1040 * 10)


def _template(node: Node) -> None:
    node.text("altText", ALT_TEXT)
    node.child("template")


def _flex(node: Node) -> None:
    node.text("altText", ALT_TEXT)
    node.child("contents")


KINDS: dict[str, Callable[[Node], None]] = {
    "text": _text,
    "textV2": _text_v2,
    "sticker": _sticker,
    "image": _image,
    "video": _video,
    "audio": _audio,
    "location": _location,
    "imagemap": _imagemap,
    "template": _template,
    "flex": _flex,
}
