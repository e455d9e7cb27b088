"""The control API around the account, for its OpenAPI document: friends, media, rich menus, keys of channels."""

from practice_line.shapes import CLIENT_ID, TEXT, USER_ID, Schema, shape

RICH_MENU_ID: Schema = {"type": "string", "pattern": "^richmenu-[0-9a-f]{32}$"}
PARAMS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
MEDIA: Schema = {"type": {"enum": ["video", "audio", "file"]}, "data": {**TEXT, "description": "base64"}}
MEDIA_MORE: Schema = {
    "contentType": TEXT,
    "duration": {"type": "integer", "minimum": 1, "description": "milliseconds; 10 seconds unless said"},
    "fileName": {**TEXT, "description": "of a file; required there"},
}
SPOT: Schema = {
    "latitude": {"type": "number", "minimum": -90, "maximum": 90},
    "longitude": {"type": "number", "minimum": -180, "maximum": 180},
}
SPOT_WORDS: Schema = {"title": TEXT, "address": TEXT}
MENU: Schema = {
    "type": "object",
    "required": ["richMenuId", "size", "selected", "name", "chatBarText", "areas"],
    "properties": {"richMenuId": RICH_MENU_ID},
    "description": "LINE's rich menu object",
}

SCHEMAS: dict[str, Schema] = {
    "Media": shape({"userId": USER_ID, **MEDIA}, MEDIA_MORE),
    "OwnMedia": shape(MEDIA, MEDIA_MORE),
    "Spot": shape({"userId": USER_ID, **SPOT}, SPOT_WORDS),
    "OwnSpot": shape(SPOT, SPOT_WORDS),
    "Play": shape({"userId": USER_ID}, {"percent": {"type": "integer", "minimum": 0, "maximum": 100, "default": 100}}),
    "RichMenu": shape({"richMenu": {"anyOf": [MENU, {"type": "null"}]}}, description="null: there is none"),
    "RichMenuPress": shape(
        {"area": {"type": "integer", "minimum": 0, "description": "its place in `areas`"}}, {"params": PARAMS}
    ),
    "AssertionKey": shape({"publicKey": {"type": "object", "description": "a public RSA key of 2048 bits, as a JWK"}}),
    "KeyId": shape({"kid": TEXT}),
}

GROUP, PERSON = "/_practice/groups/{groupId}", "/_practice/people/{userId}"

CALLS: tuple[tuple[str, str, str, str | None, str], ...] = (
    ("post", f"{PERSON}/unfollow", "A person blocks the account; the bot gets unfollow", None, "Empty"),
    ("post", f"{PERSON}/follow", "A person adds or unblocks the account; the bot gets follow", None, "Empty"),
    ("post", f"{GROUP}/media", "A member sends a video, a sound or a file", "Media", "MessageId"),
    ("post", f"{PERSON}/media", "A person sends a video, a sound or a file 1:1", "OwnMedia", "MessageId"),
    ("post", f"{GROUP}/location", "A member sends a place", "Spot", "MessageId"),
    ("post", f"{PERSON}/location", "A person sends a place 1:1", "OwnSpot", "MessageId"),
    ("post", "/_practice/messages/{messageId}/play", "Play a clip of the bot's; whole unless said", "Play", "Empty"),
    ("get", f"{PERSON}/rich-menu", "The rich menu below a person's 1:1 chat", None, "RichMenu"),
    ("post", f"{PERSON}/rich-menu", "A person taps an area of it", "RichMenuPress", "Pressed"),
    (
        "post",
        "/_practice/channels/{channelId}/assertion-keys",
        "Register a public key for JWT assertions, as in LINE's console",
        "AssertionKey",
        "KeyId",
    ),
)

PARAMETERS: dict[str, Schema] = {"channelId": CLIENT_ID, "richMenuId": RICH_MENU_ID}

# Answers that are no JSON: path -> what it is.
PICTURES = {"/_practice/rich-menus/{richMenuId}/image": "The picture of a rich menu"}
