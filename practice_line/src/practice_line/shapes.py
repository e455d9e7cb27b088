"""JSON schemas in few words, for the OpenAPI document of the control API."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
FLAG: Schema = {"type": "boolean"}
USER_ID: Schema = {"type": "string", "pattern": "^U[0-9a-f]{32}$"}
GROUP_ID: Schema = {"type": "string", "pattern": "^C[0-9a-f]{32}$"}
CHAT_ID: Schema = {"type": "string", "pattern": "^[CU][0-9a-f]{32}$"}
MESSAGE_ID: Schema = {"type": "string", "pattern": "^[0-9]{18}$"}
TIME: Schema = {"type": "string", "format": "date-time", "description": "ISO 8601 with offset"}
CLIENT_ID: Schema = {"type": "string", "pattern": "^[0-9]{10}$"}
CLIENT_SECRET: Schema = {"type": "string", "minLength": 32}
LIMIT: Schema = {"type": ["integer", "null"], "minimum": 0}
SWITCH_COUNT: Schema = {"type": ["integer", "null"], "minimum": 1}


def shape(required: Schema, optional: Schema | None = None, description: str = "") -> Schema:
    schema: Schema = {"type": "object", "properties": {**required, **(optional or {})}, "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    if description:
        schema["description"] = description
    return schema


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def to(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
