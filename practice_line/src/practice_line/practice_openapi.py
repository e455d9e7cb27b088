"""The control API about faults, crowds and scenarios, for its OpenAPI document."""

from practice_line.crowd import CHARACTERS
from practice_line.faults import KINDS, MOST_EVENTS_A_POST
from practice_line.shapes import FLAG, GROUP_ID, SWITCH_COUNT, TEXT, TIME, Schema, listed, shape, to

COUNT: Schema = {"type": "integer", "minimum": 1}
FAULT_ID: Schema = {"type": "string", "pattern": "^f[0-9]+$"}
KIND: Schema = {"enum": list(KINDS)}
SELECTION: Schema = {
    "when": {
        "enum": ["before", "after"],
        "description": "the call is carried out; without it before, and for latency and timeout after",
    },
    "endpoint": {**TEXT, "description": "method and path of LINE's API, as POST /v2/bot/message/push; any without it"},
    "event": {**TEXT, "description": "type of events, as message; any without it"},
    "groupId": {**GROUP_ID, "description": "only calls into this group, or events of it"},
    "retryKey": {**TEXT, "description": "only calls with this X-Line-Retry-Key"},
    "next": {**COUNT, "description": "it strikes so many more times; without it until it is cleared"},
    "every": {**COUNT, "description": "it strikes every so many-th that fits"},
    "probability": {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "description": "drawn from the seed"},
    "ms": {"type": "integer", "description": "of latency, delay and clockSkew (-300000 to 300000)"},
    "size": {"type": "integer", "minimum": 2, "maximum": MOST_EVENTS_A_POST, "description": "of batch: events a POST"},
}

RULES: Schema = {
    "webhookSuspended": {**FLAG, "description": "LINE has stopped sending webhooks; what happens meanwhile is lost"},
    "suspendAfterSeconds": {**SWITCH_COUNT, "description": "it stops when they have failed for so long; null: never"},
}

SCHEMAS: dict[str, Schema] = {
    "FaultWish": shape({"kind": KIND}, SELECTION),
    "Fault": shape(
        {"faultId": FAULT_ID, "kind": KIND, "seen": {"type": "integer", "minimum": 0}},
        SELECTION,
        "`endpoint` without the names of its parameters; `seen` counts what fitted, struck or not",
    ),
    "Faults": shape({"faults": listed(to("Fault"))}),
    "Strike": shape(
        {"number": COUNT, "at": TIME, "kind": {"enum": [*KINDS, "webhookSuspended"]}},
        {
            "faultId": FAULT_ID,
            "endpoint": TEXT,
            "callId": {**TEXT, "description": "x-line-request-id, as in the transcript"},
            "accepted": {**FLAG, "description": "the call was carried out with success, whatever the bot was told"},
            "status": {"type": "integer", "description": "what the platform answered; absent when it was not asked"},
            "event": TEXT,
            "webhookEventId": TEXT,
            "groupId": GROUP_ID,
            "retryKey": TEXT,
        },
    ),
    "FaultLog": shape({"log": listed(to("Strike"))}, description="in order"),
    "CrowdWish": shape({"character": {"enum": list(CHARACTERS)}}),
    "Crowd": shape({"groupId": GROUP_ID, "character": {"enum": list(CHARACTERS)}}),
}

FAULTS, CROWD = "/_practice/faults", "/_practice/groups/{groupId}/crowd"

CALLS: tuple[tuple[str, str, str, str | None, str], ...] = (
    ("delete", f"{FAULTS}/{{faultId}}", "End one fault", None, "Empty"),
    ("get", FAULTS, "The faults that are set", None, "Faults"),
    ("post", FAULTS, "Let calls or webhooks go wrong", "FaultWish", "Fault"),
    ("delete", FAULTS, "End all faults; the log stays", None, "Empty"),
    ("get", f"{FAULTS}/log", "Every call and event that a fault struck", None, "FaultLog"),
    ("get", CROWD, "How a group lives by itself", None, "Crowd"),
    ("post", CROWD, "Let a group live by itself, from now on", "CrowdWish", "Crowd"),
)

PARAMETERS = {"faultId": FAULT_ID}

QUERY = {f"{FAULTS}/log": [{"name": "after", "in": "query", "required": False, "schema": COUNT}]}

# Answers that are no JSON: path, what it is, media type.
TEXTS = (("/_practice/scenario", "What was done so far, as a scenario for practice-line play", "application/yaml"),)
