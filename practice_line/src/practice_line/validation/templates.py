"""Template messages: buttons, confirm, carousel, image carousel. Limits from LINE's reference, "Template messages"."""

import re

from practice_line.validation.actions import TEMPLATE_LABEL, check_action
from practice_line.validation.node import Node

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def check_template(node: Node) -> None:
    kind = node.one_of("type", CHECKS, required=True)
    if kind is not None:
        CHECKS[kind](node)


def _buttons(node: Node) -> None:
    _look(node)
    _picture_and_text(node, plain=160, crowded=60)
    _actions(node, 1, 4)


def _confirm(node: Node) -> None:
    node.text("text", 240)
    _actions(node, 2, 2)


def _carousel(node: Node) -> None:
    _look(node)
    columns = node.children("columns", 1, 10)
    for column in columns:
        _picture_and_text(column, plain=120, crowded=60)
        _actions(column, 1, 3)
    for name in ("actions", "title", "thumbnailImageUrl"):
        if len({_shape(column.get(name)) for column in columns}) > 1:
            node.wrong("columns", f"the number of {name} must be the same in all columns")


def _image_carousel(node: Node) -> None:
    for column in node.children("columns", 1, 10):
        column.url("imageUrl")
        check_action(column.child("action"), label=12, label_required=False)


CHECKS = {"buttons": _buttons, "confirm": _confirm, "carousel": _carousel, "image_carousel": _image_carousel}


def _shape(value: object) -> int:
    return len(value) if isinstance(value, list) else int(bool(value))


def _look(node: Node) -> None:
    node.one_of("imageAspectRatio", ("rectangle", "square"))
    node.one_of("imageSize", ("cover", "contain"))


def _picture_and_text(node: Node, *, plain: int, crowded: int) -> None:
    node.url("thumbnailImageUrl", required=False)
    node.matching("imageBackgroundColor", COLOUR)
    node.text("title", 40, required=False)
    node.text("text", crowded if node.get("title") or node.get("thumbnailImageUrl") else plain)
    check_action(node.child("defaultAction", required=False), label=TEMPLATE_LABEL, label_required=False)


def _actions(node: Node, fewest: int, most: int) -> None:
    for action in node.children("actions", fewest, most):
        check_action(action, label=TEMPLATE_LABEL)
