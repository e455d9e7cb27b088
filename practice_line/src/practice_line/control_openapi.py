"""The control API as an OpenAPI 3.1 document, served at `/_practice/openapi.json`."""

from practice_line import account_openapi, liff_openapi, practice_openapi
from practice_line.shapes import (
    CHAT_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    FLAG,
    GROUP_ID,
    LIMIT,
    MESSAGE_ID,
    SWITCH_COUNT,
    TEXT,
    TIME,
    USER_ID,
    Schema,
)
from practice_line.shapes import listed as _list
from practice_line.shapes import shape as _object
from practice_line.shapes import to as _ref

RULES: Schema = {
    "replyTokenSeconds": {"type": "integer", "minimum": 1},
    "ratePerSecond": {**SWITCH_COUNT, "description": "calls an endpoint in one second of real time; null: any number"},
    "pushesPerPersonPerMinute": {**SWITCH_COUNT, "description": "1:1 pushes to one person; null: any number"},
    "postbackUserIds": {**FLAG, "description": "whether a postback in a group names the person"},
    "editUserIds": {**FLAG, "description": "whether unsend and messageEdited in a group name the person"},
    "groupChats": {**FLAG, "description": "the account may join groups; when turned off it leaves them"},
    "chat": {**FLAG, "description": "the account's chat is on: it marks messages as read itself"},
    "verified": {**FLAG, "description": "a verified account, which may list followers and members"},
    "mediaSeconds": {"type": "integer", "minimum": 0, "description": "until a video, sound or file can be fetched"},
    "redelivery": {**FLAG, "description": "whether a webhook that failed is sent again"},
    **practice_openapi.RULES,
}

SCHEMAS: dict[str, Schema] = {
    "Refusal": _object({"message": TEXT}, description="why the call was refused; nothing has changed"),
    "Empty": _object({}),
    "Bot": _object(
        {
            "userId": USER_ID,
            "channelId": CLIENT_ID,
            "name": TEXT,
            "webhook": {"type": ["string", "null"]},
            "active": FLAG,
        }
    ),
    "BotSettings": _object({"webhook": {"type": ["string", "null"]}}, {"name": TEXT, "active": FLAG}),
    "NewPerson": _object(
        {"name": TEXT},
        {
            "friend": {**FLAG, "default": True, "description": "has added the account"},
            "consented": {**FLAG, "default": True, "description": "lets LINE tell accounts who this is"},
        },
    ),
    "PersonId": _object({"userId": USER_ID}),
    "Person": _object({"userId": USER_ID, "name": TEXT}),
    "People": _object({"people": _list(_ref("Person"))}),
    "NewGroup": _object(
        {"name": TEXT},
        {"members": _list(USER_ID), "otherAccount": FLAG},
        "the bot joins, unless `otherAccount` says that another official account already sits there",
    ),
    "GroupId": _object({"groupId": GROUP_ID}),
    "Group": _object({"groupId": GROUP_ID, "name": TEXT, "botIn": FLAG, "members": _list(_ref("Person"))}),
    "Groups": _object({"groups": _list(_ref("Group"))}),
    "Saying": _object({"userId": USER_ID, "text": TEXT}, {"quotedMessageId": MESSAGE_ID}),
    "Sticker": _object(
        {"userId": USER_ID},
        {"packageId": TEXT, "stickerId": TEXT, "quotedMessageId": MESSAGE_ID},
    ),
    "Image": _object({"userId": USER_ID}, {"data": {**TEXT, "description": "base64"}, "contentType": TEXT}),
    "MessageId": _object({"messageId": MESSAGE_ID}),
    "Edit": _object({"text": TEXT}),
    "Press": _object(
        {"userId": USER_ID, "messageId": MESSAGE_ID, "data": TEXT},
        {"params": {"type": "object", "additionalProperties": {"type": "string"}}},
        "`data` is the button's postback data, address, text to say or text to copy; `params` a date picker's answer",
    ),
    "Pressed": _object(
        {"action": {"enum": ["postback", "datetimepicker", "uri", "message", "clipboard"]}},
        {"opened": TEXT, "copied": TEXT, "messageId": MESSAGE_ID},
        "`opened` is the address a uri action opens; `messageId` what the button made the person say",
    ),
    "ClockSetting": _object(
        {"now": TIME},
        {"running": {**FLAG, "default": True}, "settleMs": {"type": "integer", "minimum": 0, "maximum": 10_000}},
        "groups with a crowd live through the time between, with `settleMs` of real time after each doing",
    ),
    "Clock": _object({"now": TIME, "running": FLAG}),
    "QuotaSetting": _object({"limit": LIMIT}),
    "Quota": _object({"limit": LIMIT, "used": {"type": "integer", "minimum": 0}}),
    "RulesSetting": _object({}, RULES),
    "Rules": _object(RULES),
    "Line": _object(
        {
            "id": MESSAGE_ID,
            "groupId": {"anyOf": [GROUP_ID, {"type": "null"}]},
            "at": TIME,
            "from": {"anyOf": [USER_ID, {"const": "bot"}]},
            "way": {"enum": ["reply", "push", "multicast", "broadcast", "narrowcast", "member"]},
            "cost": {"type": "integer", "minimum": 0, "description": "heads taken by the call; on its first message"},
            "type": TEXT,
            "raw": {"type": "object", "description": "the message object as sent; only its type once unsent"},
        },
        {
            "text": {"type": "string"},
            "to": {**TEXT, "description": "the person, where the chat is 1:1"},
            "callId": {**TEXT, "description": "x-line-request-id of the bot's call; the same for its messages"},
            "unsent": FLAG,
            "received": {"const": False, "description": "LINE answered 200, but the person gets nothing"},
            "edited": FLAG,
            "quotedMessageId": {**MESSAGE_ID, "description": "the message that this one answers"},
        },
    ),
    "OwnSaying": _object({"text": TEXT}, {"quotedMessageId": MESSAGE_ID}),
    "OwnSticker": _object({}, {"packageId": TEXT, "stickerId": TEXT, "quotedMessageId": MESSAGE_ID}),
    "OwnImage": _object({}, {"data": {**TEXT, "description": "base64"}, "contentType": TEXT}),
    "OwnPress": _object(
        {"messageId": MESSAGE_ID, "data": TEXT},
        {"params": {"type": "object", "additionalProperties": {"type": "string"}}},
    ),
    "ChatEntry": _object(
        {"chatId": CHAT_ID, "unread": {"type": "integer", "minimum": 0, "maximum": 999}}, {"last": _ref("Line")}
    ),
    "ChatList": _object({"chats": _list(_ref("ChatEntry"))}, description="the last spoken in first"),
    "Notice": _object(
        {"chatId": CHAT_ID, "after": MESSAGE_ID, "at": TIME, "kind": {"enum": ["joined", "left"]}},
        {"userId": {**USER_ID, "description": "who; without it the account"}},
        "a line across a chat, below every message with the id `after` or a smaller one",
    ),
    "Reading": _object(
        {"chatId": CHAT_ID, "reader": {"anyOf": [USER_ID, {"const": "bot"}]}, "upto": MESSAGE_ID},
        description="the reader has seen every message of the chat with the id `upto` or a smaller one",
    ),
    "Chat": _object(
        {
            "messages": _list(_ref("Line")),
            "notices": _list(_ref("Notice")),
            "reads": _list(_ref("Reading")),
            "earlier": FLAG,
        },
        description="at most 200 messages; `earlier` says that there are more before them",
    ),
    "Seen": _object({"userId": USER_ID, "messageId": MESSAGE_ID}),
    "Readers": _object({"count": {"type": "integer", "minimum": 0}}),
    "LoginChannelSettings": _object(
        {"redirectUris": _list(TEXT)},
        {"name": TEXT, "clientSecret": CLIENT_SECRET},
        "the addresses an app may be led back to, each exactly; without a secret the channel keeps or gets one",
    ),
    "LoginChannel": _object(
        {"clientId": CLIENT_ID, "name": TEXT, "clientSecret": CLIENT_SECRET, "redirectUris": _list(TEXT)}
    ),
    "LoginChannels": _object({"channels": _list(_ref("LoginChannel"))}),
    "LiffTokens": _object({"idToken": TEXT, "accessToken": TEXT}, description="the ID token is signed with ES256"),
    "Transcript": _object({"messages": _list(_ref("Line"))}, description="in the order the platform accepted them"),
    **liff_openapi.SCHEMAS,
    **account_openapi.SCHEMAS,
    **practice_openapi.SCHEMAS,
}

GROUP, MESSAGE = "/_practice/groups/{groupId}", "/_practice/messages/{messageId}"
PERSON = "/_practice/people/{userId}"
LOGIN = "/_practice/login-channels"

# method, path, what it does, schema of the body, schema of the answer
CALLS: tuple[tuple[str, str, str, str | None, str], ...] = (
    ("get", "/_practice/bot", "The account and where it listens", None, "Bot"),
    ("put", "/_practice/bot", "Say where the bot listens; null takes the address away", "BotSettings", "Bot"),
    ("get", "/_practice/people", "Everybody", None, "People"),
    ("post", "/_practice/people", "Make a person", "NewPerson", "PersonId"),
    ("get", "/_practice/groups", "All groups with their members", None, "Groups"),
    ("post", "/_practice/groups", "Make a group; the bot gets join", "NewGroup", "GroupId"),
    ("post", f"{GROUP}/members", "A person joins; the bot gets memberJoined", "PersonId", "Group"),
    ("delete", f"{GROUP}/members/{{userId}}", "A person leaves; the bot gets memberLeft", None, "Group"),
    ("post", f"{GROUP}/invite-bot", "The bot joins", None, "Group"),
    ("post", f"{GROUP}/remove-bot", "The bot is removed and gets leave", None, "Group"),
    ("post", f"{GROUP}/say", "A member writes, or answers by quoting", "Saying", "MessageId"),
    ("post", f"{GROUP}/sticker", "A member sends a sticker", "Sticker", "MessageId"),
    ("post", f"{GROUP}/image", "A member sends a picture; a white dot by default", "Image", "MessageId"),
    ("post", f"{GROUP}/press", "A member presses a button under a bot's message", "Press", "Pressed"),
    ("post", f"{PERSON}/say", "A person writes to the account 1:1", "OwnSaying", "MessageId"),
    ("post", f"{PERSON}/sticker", "A person sends a sticker 1:1", "OwnSticker", "MessageId"),
    ("post", f"{PERSON}/image", "A person sends a picture 1:1", "OwnImage", "MessageId"),
    ("post", f"{PERSON}/press", "A person presses a button in the 1:1 chat", "OwnPress", "Pressed"),
    ("get", f"{PERSON}/chats", "What a person's list of chats shows", None, "ChatList"),
    ("get", "/_practice/chats/{chatId}", "A group, or a person's 1:1 chat: its end and who read what", None, "Chat"),
    ("post", "/_practice/chats/{chatId}/read", "A person sees everything up to a message", "Seen", "Empty"),
    ("put", f"{MESSAGE}/readers", "Say how many of the others read a member's message", "Readers", "Readers"),
    ("post", f"{MESSAGE}/unsend", "Take a member's message back", None, "Empty"),
    ("post", f"{MESSAGE}/edit", "Change a member's text; the bot gets messageEdited", "Edit", "Empty"),
    ("get", "/_practice/clock", "What time it is here", None, "Clock"),
    ("put", "/_practice/clock", "Set the time; it flows on unless `running` is false", "ClockSetting", "Clock"),
    ("get", "/_practice/quota", "The plan's limit and this month's use", None, "Quota"),
    ("put", "/_practice/quota", "Set the plan's limit; null for none", "QuotaSetting", "Quota"),
    ("get", "/_practice/rules", "The switches", None, "Rules"),
    ("put", "/_practice/rules", "Change some switches", "RulesSetting", "Rules"),
    ("get", LOGIN, "All login channels", None, "LoginChannels"),
    ("put", f"{LOGIN}/{{clientId}}", "Make or change a login channel", "LoginChannelSettings", "LoginChannel"),
    ("post", f"{LOGIN}/{{clientId}}/liff", "What LIFF gives a person: ID and access token", "PersonId", "LiffTokens"),
    ("get", "/_practice/transcript", "All that was said", None, "Transcript"),
    *liff_openapi.CALLS,
    *account_openapi.CALLS,
    *practice_openapi.CALLS,
)

PARAMETERS = {
    "groupId": GROUP_ID,
    "chatId": CHAT_ID,
    "messageId": MESSAGE_ID,
    "userId": USER_ID,
    "clientId": CLIENT_ID,
    **liff_openapi.PARAMETERS,
    **account_openapi.PARAMETERS,
    **practice_openapi.PARAMETERS,
}


def _json(name: str) -> Schema:
    return {"application/json": {"schema": _ref(name)}}


def _operation(path: str, summary: str, body: str | None, result: str) -> Schema:
    refusal = {"description": "Refused", "content": _json("Refusal")}
    operation: Schema = {
        "summary": summary,
        "responses": {"200": {"description": "Done", "content": _json(result)}, "4XX": refusal},
    }
    if body is not None:
        operation["requestBody"] = {"required": True, "content": _json(body)}
    operation["parameters"] = [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in PARAMETERS.items()
        if f"{{{name}}}" in path
    ]
    if path.endswith("/{chatId}"):
        before = {"name": "before", "in": "query", "required": False, "schema": MESSAGE_ID}
        operation["parameters"] += [before]
    operation["parameters"] += practice_openapi.QUERY.get(path, [])
    if path.endswith("/transcript"):
        operation["parameters"] += [
            {"name": "groupId", "in": "query", "required": False, "schema": GROUP_ID},
            {"name": "after", "in": "query", "required": False, "schema": MESSAGE_ID},
        ]
    return operation


def _paths() -> Schema:
    paths: Schema = {}
    for method, path, summary, body, result in CALLS:
        paths.setdefault(path, {})[method] = _operation(path, summary, body, result)
    news = "Server-sent events: message (a Line), unsend, membership, bot, read (a Reading), clock (a Clock; the first)"
    picture = {"200": {"description": "Its bytes", "content": {"*/*": {"schema": {"type": "string"}}}}}
    pictures = {f"{MESSAGE}/content": "What a person sent with a message", **account_openapi.PICTURES}
    for path, summary in pictures.items():
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": schema}
            for name, schema in PARAMETERS.items()
            if f"{{{name}}}" in path
        ]
        paths[path] = {"get": {"summary": summary, "parameters": parameters, "responses": picture}}
    for path, summary, media_type in (*practice_openapi.TEXTS, ("/_practice/stream", news, "text/event-stream")):
        content = {media_type: {"schema": {"type": "string"}}}
        paths[path] = {"get": {"summary": summary, "responses": {"200": {"description": "Text", "content": content}}}}
    return paths


DOCUMENT: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "practice-line control API",
        "version": "1",
        "description": "The world around a bot. Open to whoever reaches the port: keep it on loopback.",
    },
    "paths": _paths(),
    "components": {"schemas": SCHEMAS},
}
