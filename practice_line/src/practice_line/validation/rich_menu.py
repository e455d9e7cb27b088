"""Rich menu objects. Limits from LINE's reference, "Rich menu structure"."""

import re
from typing import Any

from practice_line.errors import LineError
from practice_line.validation.actions import BUTTON_ACTIONS, TEMPLATE_LABEL, check_action
from practice_line.validation.node import Finding, Node

NARROWEST, WIDEST, LOWEST = 800, 2500, 250
LEAST_RATIO = 1.45
MOST_AREAS = 20


def check_rich_menu(body: dict[str, Any]) -> None:
    """Raises LineError 400 with LINE's details: the words of its second stage at the places of its first."""
    findings: list[Finding] = []
    node = Node(body, "", findings, inner=True)
    size = node.child("size")
    if size is not None:
        _check_size(size)
    if node.get("selected") is None:
        node.missing("selected")
    node.flag("selected")
    node.text("name", 300)
    node.text("chatBarText", 14)
    for area in node.children("areas", 0, MOST_AREAS):
        bounds = area.child("bounds")
        if bounds is not None:
            for key, least in (("x", 0), ("y", 0), ("width", 1), ("height", 1)):
                bounds.whole(key, least, 2**31 - 1)
        check_action(area.child("action"), label=TEMPLATE_LABEL, label_required=False, types=BUTTON_ACTIONS)
    if findings:
        details = [{"message": told, "property": _dotted(where)} for where, told in findings]
        raise LineError(400, f"The request body has {len(findings)} error(s)", details=details)


def fits_rich_menu(width: int, height: int) -> bool:
    return NARROWEST <= width <= WIDEST and height >= LOWEST and width / height >= LEAST_RATIO


def _check_size(size: Node) -> None:
    before = len(size.findings)
    size.whole("width", NARROWEST, WIDEST)
    size.whole("height", LOWEST, WIDEST)
    if len(size.findings) == before and not fits_rich_menu(size.get("width"), size.get("height")):
        size.bad_value("height")


def _dotted(path: str) -> str:
    """ "/areas/0/action/uri" as LINE writes it here: "areas[0].action.uri"."""
    return re.sub(r"/([0-9]+)(?=/|$)", r"[\1]", path).replace("/", ".").lstrip(".")
