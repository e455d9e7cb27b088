"""Faults on demand: what shall go wrong with LINE's API or its webhooks, how often, and a log of what did.

A fault is set once and strikes calls or events that fit it; `fault_gate` carries out those of calls, `webhooks` those
of deliveries. Every strike is in the log, so that whoever judges a bot can tell its faults from ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from practice_line.clock import iso
from practice_line.errors import RefusedError
from practice_line.ids import Ids
from practice_line.practice_rows import Fault, Strike
from practice_line.state import PendingWebhook, State

# What may happen to a call, and whether it does so before or after the call is carried out unless said otherwise.
CALL_KINDS = {
    "latency": "after",
    "timeout": "after",
    "reset": "before",
    "serverError": "before",
    "rateLimit": "before",
    "monthlyLimit": "before",
    "samePersonLimit": "before",
}
REFUSALS = frozenset({"rateLimit", "monthlyLimit", "samePersonLimit"})

HOLDING = frozenset({"delay", "reorder", "batch"})
AT_DELIVERY = frozenset({"duplicate", "emptyEvents", "wrongSignature", "unknownEvent"})
EVENT_KINDS = HOLDING | AT_DELIVERY | {"unknownField", "clockSkew"}
KINDS = (*CALL_KINDS, *sorted(EVENT_KINDS))

# An event held for a later one goes out alone when none has come by then.
LONGEST_HOLD_MS = 10_000
MOST_SKEW_MS = 5 * 60_000
MOST_MS = 3_600_000
MOST_EVENTS_A_POST = 100


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot, as far as a fault asks: "POST /v2/bot/message/push", and whom and what it is about."""

    endpoint: str
    group_id: str | None = None
    retry_key: str | None = None


class Faults:
    """Sets faults, decides whom they strike, and keeps the log. Methods return JSON or raise RefusedError."""

    def __init__(self, state: State, ids: Ids, now_ms: Callable[[], int]) -> None:
        self._state = state
        self._ids = ids
        self._now_ms = now_ms
        self._held = {pending.id: pending for pending in state.outbox if pending.held and pending.waits}

    def add(self, wish: dict[str, Any]) -> dict[str, Any]:
        """Set a fault from the properties of `Fault` in the control API, whose types were checked."""
        kind = wish.get("kind")
        if kind not in KINDS:
            raise RefusedError(400, f"`kind` is one of {', '.join(KINDS)}.")
        _check(kind, wish)
        fault = Fault(
            id=f"f{self._state.next_fault()}",
            kind=kind,
            when=wish.get("when") or CALL_KINDS.get(kind, ""),
            endpoint=wish.get("endpoint"),
            event=wish.get("event"),
            group_id=wish.get("groupId"),
            retry_key=wish.get("retryKey"),
            left=wish.get("next"),
            every=wish.get("every"),
            probability=wish.get("probability"),
            ms=wish.get("ms"),
            size=wish.get("size"),
        )
        self._state.faults.put(fault.id, fault)
        return describe(fault)

    def all(self) -> dict[str, Any]:
        return {"faults": [describe(fault) for fault in self._state.faults]}

    def remove(self, fault_id: str) -> dict[str, Any]:
        if fault_id not in self._state.faults:
            raise RefusedError(404, f"There is no fault {fault_id}; it may have struck as often as it was to.")
        self._state.faults.drop(fault_id)
        return {}

    def clear(self) -> dict[str, Any]:
        """End all faults. Events that are held keep their time; the log stays."""
        for fault in list(self._state.faults):
            self._state.faults.drop(fault.id)
        return {}

    def log(self, after: int = 0) -> dict[str, Any]:
        """What struck, in order, since line number `after`."""
        strikes = self._state.strikes
        return {"log": [_line(int(key), strike) for key, strike in strikes.items() if int(key) > after]}

    def on_call(self, call: Call) -> list[Fault]:
        """The faults that strike this call: all delays, and the first of the others."""
        struck: list[Fault] = []
        decided = False
        for fault in list(self._state.faults):
            if fault.kind not in CALL_KINDS or (decided and fault.kind != "latency") or not _fits(fault, call):
                continue
            if self._strikes(fault):
                struck.append(fault)
                decided = decided or fault.kind != "latency"
        return struck

    def note_call(self, struck: list[Fault], call: Call, call_id: str, status: int | None) -> None:
        """Write down what struck a call; `status` is the answer it was denied, None when it was not carried out."""
        for fault in struck:
            self.note(
                Strike(
                    self._now_ms(),
                    fault.id,
                    fault.kind,
                    endpoint=call.endpoint,
                    call_id=call_id,
                    status=status,
                    group_id=call.group_id,
                    retry_key=call.retry_key,
                )
            )

    def note(self, strike: Strike) -> None:
        self._state.strikes.put(str(len(self._state.strikes) + 1), strike)

    def on_event(self, pending: PendingWebhook) -> list[PendingWebhook]:
        """Let faults strike a fresh event; the events that now may go out, in their order."""
        if not len(self._state.faults) and not self._held:
            return [pending]
        for fault in list(self._state.faults):
            fits = fault.kind in EVENT_KINDS and _fits_event(fault, pending) and not self._excused(fault, pending)
            if fits and self._strikes(fault):
                self._strike(fault, pending)
        self._state.outbox.put(pending.id, pending)
        if pending.held:
            self._held[pending.id] = pending
            return self._complete_parcel(pending)
        return [pending, *self._release(self._reordered(pending.chat))]

    @property
    def any_call(self) -> bool:
        """Whether a fault waits for a call."""
        return any(fault.kind in CALL_KINDS for fault in self._state.faults)

    @property
    def holding(self) -> bool:
        """Whether an event is held back."""
        return bool(self._held)

    def fall_due(self, pending: PendingWebhook) -> None:
        """An event that was held goes out because its time has come."""
        self._held.pop(pending.id, None)

    def _strike(self, fault: Fault, pending: PendingWebhook) -> None:
        event = pending.event
        self.note(
            Strike(
                self._now_ms(),
                fault.id,
                fault.kind,
                event=event["type"],
                event_id=pending.id,
                group_id=event["source"].get("groupId"),
            )
        )
        if fault.kind == "clockSkew":
            event["timestamp"] += fault.ms
        elif fault.kind == "unknownField":
            _add_unknown_fields(event)
        elif fault.kind in AT_DELIVERY:
            pending.faults.append(fault.kind)
        else:
            pending.held, pending.waits = fault.kind, True
            pending.due_ms += (fault.ms or 0) if fault.kind == "delay" else LONGEST_HOLD_MS
            pending.parcel = f"{fault.id} {fault.size}" if fault.kind == "batch" else ""

    def _excused(self, fault: Fault, pending: PendingWebhook) -> bool:
        """An event is held for one reason only, and the one that overtakes a held event is not held itself."""
        if fault.kind not in HOLDING:
            return False
        return bool(pending.held) or (fault.kind == "reorder" and bool(self._reordered(pending.chat)))

    def _reordered(self, chat: str) -> list[PendingWebhook]:
        return [pending for pending in self._held.values() if pending.held == "reorder" and pending.chat == chat]

    def _complete_parcel(self, pending: PendingWebhook) -> list[PendingWebhook]:
        if not pending.parcel:
            return []
        together = [each for each in self._held.values() if each.parcel == pending.parcel]
        return self._release(together) if len(together) >= int(pending.parcel.split()[1]) else []

    def _release(self, held: list[PendingWebhook]) -> list[PendingWebhook]:
        for pending in held:
            self._held.pop(pending.id)
            pending.waits = False
            self._state.outbox.put(pending.id, pending)
        return held

    def _strikes(self, fault: Fault) -> bool:
        """Count something that fits the fault; whether the fault strikes it."""
        fault.seen += 1
        struck = True
        if fault.every is not None:
            struck = fault.seen % fault.every == 0
        elif fault.probability is not None:
            struck = self._ids.chance(f"{fault.id}:{fault.seen}") < fault.probability
        if struck and fault.left is not None:
            fault.left -= 1
        self._state.faults.put(fault.id, fault)
        if fault.left == 0:
            self._state.faults.drop(fault.id)
        return struck


def describe(fault: Fault) -> dict[str, Any]:
    """A fault as the control API shows it; `next` is how often it still strikes."""
    shown = {
        "faultId": fault.id,
        "kind": fault.kind,
        "when": fault.when or None,
        "endpoint": fault.endpoint,
        "event": fault.event,
        "groupId": fault.group_id,
        "retryKey": fault.retry_key,
        "next": fault.left,
        "every": fault.every,
        "probability": fault.probability,
        "ms": fault.ms,
        "size": fault.size,
    }
    return {name: value for name, value in shown.items() if value is not None} | {"seen": fault.seen}


def _line(number: int, strike: Strike) -> dict[str, Any]:
    line: dict[str, Any] = {"number": number, "at": iso(strike.at_ms), "kind": strike.kind}
    more = {
        "faultId": strike.fault_id,
        "endpoint": strike.endpoint,
        "callId": strike.call_id,
        "status": strike.status,
        "event": strike.event,
        "webhookEventId": strike.event_id,
        "groupId": strike.group_id,
        "retryKey": strike.retry_key,
    }
    line |= {name: value for name, value in more.items() if value is not None}
    if strike.endpoint is not None:
        line["accepted"] = strike.status is not None and 200 <= strike.status < 300
    return line


def _fits(fault: Fault, call: Call) -> bool:
    return (
        fault.endpoint in (None, call.endpoint)
        and fault.group_id in (None, call.group_id)
        and (fault.retry_key is None or fault.retry_key.lower() == (call.retry_key or "").lower())
    )


def _fits_event(fault: Fault, pending: PendingWebhook) -> bool:
    return fault.event in (None, pending.event["type"]) and fault.group_id in (None, pending.chat)


def _add_unknown_fields(event: dict[str, Any]) -> None:
    """What a bot must bear: properties that LINE may add tomorrow, at every level."""
    for part in (event, *(part for part in list(event.values()) if isinstance(part, dict))):
        part["practiceUnknown"] = {"since": "tomorrow"}


def _check(kind: str, wish: dict[str, Any]) -> None:
    about_calls = kind in CALL_KINDS
    foreign = ("event", "size") if about_calls else ("endpoint", "retryKey", "when")
    wrong = [name for name in foreign if wish.get(name) is not None]
    if wrong:
        raise RefusedError(400, f"A fault of kind {kind} has no `{wrong[0]}`.")
    if wish.get("when") not in (None, "before", "after") or (kind in REFUSALS and wish.get("when") == "after"):
        raise RefusedError(400, "`when` is before or after the call is carried out; a refused call never is.")
    if wish.get("every") is not None and wish.get("probability") is not None:
        raise RefusedError(400, "A fault strikes every so many or with a probability, not both.")
    for name, most in (("next", None), ("every", None), ("probability", 1)):
        value = wish.get(name)
        if value is not None and (value <= 0 or (most is not None and value > most)):
            raise RefusedError(400, f"`{name}` is above 0" + (" and at most 1." if most else "."))
    _check_amounts(kind, wish.get("ms"), wish.get("size"))


def _check_amounts(kind: str, ms: int | None, size: int | None) -> None:
    ranges = {"latency": (1, MOST_MS), "delay": (1, MOST_MS), "clockSkew": (-MOST_SKEW_MS, MOST_SKEW_MS)}
    if kind in ranges:
        low, high = ranges[kind]
        if ms is None or not low <= ms <= high:
            raise RefusedError(400, f"A fault of kind {kind} needs `ms` from {low} to {high}.")
    elif ms is not None:
        raise RefusedError(400, f"A fault of kind {kind} has no `ms`.")
    if kind == "batch":
        if size is None or not 2 <= size <= MOST_EVENTS_A_POST:
            raise RefusedError(400, f"A fault of kind batch needs `size` from 2 to {MOST_EVENTS_A_POST}.")
    elif size is not None:
        raise RefusedError(400, f"A fault of kind {kind} has no `size`.")
