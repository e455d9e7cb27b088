"""Whom a narrowcast reaches. There are no audiences here, and nobody has told LINE an age, a gender or a region."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from practice_line.clock import iso
from practice_line.errors import LineError, invalid_property, monthly_limit
from practice_line.rows import Narrowcast

# LINE's least number of friends where attributes choose ("Restrictions on sending messages using attributes").
FEWEST_FRIENDS = 100
MOST_PARTS = 10

NOT_ENOUGH, CANCELLED = 2, 5
TOLD = {NOT_ENOUGH: "Not enough recipients", CANCELLED: "The number of recipients exceeds the limit of messages"}

Find = Callable[[str], Narrowcast | None]


def choose(body: dict[str, Any], friends: Sequence[str], left: int | None, find: Find) -> tuple[list[str], int]:
    """The recipients and LINE's errorCode, 0 where it goes out. `left` is what the month still allows, None for any.

    Raises LineError for what LINE refuses at once: unknown audiences or requests, too few friends, the monthly limit.
    """
    targets = list(friends)
    recipient = body.get("recipient")
    if recipient is not None:
        try:
            wanted = _recipients(recipient, set(friends), find, _parts(recipient))
        except RecursionError:
            raise invalid_property("recipient") from None
        targets = [user_id for user_id in friends if user_id in wanted]
    if _part(body, "filter").get("demographic") is not None:
        if len(friends) < FEWEST_FRIENDS:
            raise LineError(403, "Your account does not have enough friends")
        return [], NOT_ENOUGH
    return _limited(_part(body, "limit"), targets, left)


def describe(row: Narrowcast) -> dict[str, Any]:
    """LINE's answer about the progress. Everything is sent as soon as it is accepted."""
    at = iso(row.accepted_ms).replace("+00:00", "Z")
    told: dict[str, Any] = {"phase": "failed" if row.error else "succeeded", "acceptedTime": at, "completedTime": at}
    sent = 0 if row.error else len(row.targets)
    told |= {"successCount": sent, "failureCount": 0, "targetCount": len(row.targets)}
    if row.error:
        told |= {"failedDescription": TOLD[row.error], "errorCode": row.error}
    return told


def _part(body: dict[str, Any], name: str) -> dict[str, Any]:
    part = body.get(name)
    if part is not None and not isinstance(part, dict):
        raise invalid_property(name)
    return part or {}


def _limited(limit: dict[str, Any], targets: list[str], left: int | None) -> tuple[list[str], int]:
    most, partly = limit.get("max"), limit.get("upToRemainingQuota") is True
    if most is not None and (not isinstance(most, int) or isinstance(most, bool) or most < 1):
        raise invalid_property("limit.max")
    if limit.get("forbidPartialDelivery") is True and not partly:
        raise LineError(400, "The option forbidPartialDelivery must be used with upToRemainingQuota.")
    room = len(targets) if most is None else most
    if partly and left is not None:
        room = min(room, left)
    if limit.get("forbidPartialDelivery") is True and len(targets) > room:
        return targets, CANCELLED
    chosen = targets[:room]
    if left is not None and len(chosen) > left:
        raise monthly_limit()
    return chosen, 0


def _parts(recipient: Any) -> int:
    """How many audiences and earlier requests a recipient object names."""
    return sum(1 for part in _walk(recipient) if part.get("type") != "operator")


def _walk(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for key in ("and", "or", "not"):
            yield from _walk(part.get(key))
    elif isinstance(part, list):
        for each in part:
            yield from _walk(each)


def _recipients(part: Any, everybody: set[str], find: Find, parts: int) -> set[str]:
    if parts > MOST_PARTS or not isinstance(part, dict):
        raise invalid_property("recipient")
    kind = part.get("type")
    if kind == "audience":
        raise LineError(400, f"Invalid audience group id: {part.get('audienceGroupId')}")
    if kind == "redelivery":
        earlier = find(str(part.get("requestId")))
        if earlier is None or earlier.error:
            raise LineError(400, f"Invalid request id: {part.get('requestId')}")
        return set(earlier.targets)
    given = [key for key in ("and", "or", "not") if part.get(key)]
    if kind != "operator" or len(given) != 1:
        raise invalid_property("recipient")
    inner = part[given[0]]
    if given[0] == "not":
        return everybody - _recipients(inner, everybody, find, parts)
    if not isinstance(inner, list):
        raise invalid_property("recipient")
    sets = [_recipients(each, everybody, find, parts) for each in inner]
    return set.intersection(*sets) if given[0] == "and" else set.union(*sets)
