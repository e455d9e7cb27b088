"""What a LIFF app may send in a person's name, and what the bot hears of it. From LINE's LIFF reference."""

from typing import Any

from practice_line.errors import LineError
from practice_line.people import actions_in
from practice_line.validation.messages import check_messages

SENT = frozenset({"text", "sticker", "image", "video", "audio", "location", "template", "flex"})
SHARED = SENT - {"sticker"}

# Properties of the Messaging API's message objects that LIFF does not take.
NOT_TAKEN = {"text": ("emojis", "quoteToken"), "sticker": ("quoteToken",), "video": ("trackingId",)}

# Kinds that reach the chat without a word to the bot.
UNHEARD = frozenset({"template", "flex"})


def check_liff_messages(messages: Any, kinds: frozenset[str]) -> list[dict[str, Any]]:
    """Checked messages; `kinds` is SENT or SHARED. Raises LineError 400 with LINE's details.

    Where LIFF is narrower than the Messaging API the wording is ours: LINE publishes the limits, not the answers.
    """
    checked = check_messages({"messages": messages})
    details = [
        {"message": told, "property": f"messages[{index}]{where}"}
        for index, message in enumerate(checked)
        for where, told in _faults(message, kinds)
    ]
    if details:
        raise LineError(400, f"The request body has {len(details)} error(s)", details=details)
    return checked


def _faults(message: dict[str, Any], kinds: frozenset[str]) -> list[tuple[str, str]]:
    kind = message["type"]
    if kind not in kinds:
        return [(".type", f"Must be one of the following values: [{', '.join(sorted(kinds))}]")]
    faults = [(f".{name}", "Not available in LIFF") for name in NOT_TAKEN.get(kind, ()) if name in message]
    if any(action.get("type") != "uri" for action in actions_in(message)):
        faults.append(("", "Only a URI action can be set as an action"))
    return faults


def heard(message: dict[str, Any]) -> dict[str, Any] | None:
    """The `message` of the webhook event, but for its id and tokens; None where LINE sends no webhook."""
    kind = message["type"]
    if kind in UNHEARD:
        return None
    if kind == "sticker":
        return {**message, "stickerResourceType": "STATIC"}
    if kind not in ("image", "video", "audio"):
        return dict(message)
    names = ("originalContentUrl", "previewImageUrl")
    provider = {"type": "external", **{name: message[name] for name in names if name in message}}
    length = {"duration": message["duration"]} if "duration" in message else {}
    return {"type": kind, **length, "contentProvider": provider}
