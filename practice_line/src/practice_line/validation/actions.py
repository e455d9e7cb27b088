"""Actions: what a tap on a button does. Limits from LINE's reference, section "Action objects"."""

from collections.abc import Collection
from urllib.parse import urlsplit

from practice_line.validation.node import Node

BUTTON_ACTIONS = ("postback", "message", "uri", "datetimepicker", "clipboard")
QUICK_REPLY_ACTIONS = (*BUTTON_ACTIONS, "camera", "cameraRoll", "location")

TEMPLATE_LABEL = 20
FLEX_LABEL = 40


def check_action(
    node: Node | None, *, label: int, label_required: bool = True, types: Collection[str] = BUTTON_ACTIONS
) -> None:
    """`label` is the longest label there; `label_required` is false where the whole component is the button."""
    if node is None:
        return
    kind = node.one_of("type", types, required=True)
    node.text("label", label, required=label_required)
    if kind == "postback":
        _postback(node)
    elif kind == "message":
        node.text("text", 300)
    elif kind == "uri":
        _uri(node)
    elif kind == "datetimepicker":
        node.text("data", 300)
        node.one_of("mode", ("date", "time", "datetime"), required=True)
    elif kind == "clipboard":
        node.text("clipboardText", 1000)


def _postback(node: Node) -> None:
    node.text("data", 300)
    node.text("displayText", 300, required=False)
    node.text("text", 300, required=False)
    node.text("fillInText", 300, required=False)
    node.one_of("inputOption", ("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"))
    if node.get("displayText") is not None and node.get("text") is not None:
        node.wrong("text", "text and displayText cannot both be specified")


def _uri(node: Node) -> None:
    value = node.text("uri", 1000)
    if not value:
        return
    try:
        parts = urlsplit(value)
    except ValueError:
        node.wrong("uri", "invalid uri")
        return
    if parts.scheme not in ("http", "https", "line", "tel"):
        node.wrong("uri", "invalid uri scheme")
    elif parts.scheme in ("http", "https") and not parts.hostname:
        node.wrong("uri", "invalid uri")
