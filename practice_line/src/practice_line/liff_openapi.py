"""The control API about LIFF, for its OpenAPI document: LIFF apps, and apps that somebody has open."""

from practice_line.shapes import CHAT_ID, FLAG, GROUP_ID, TEXT, USER_ID, Schema, listed, shape, to

LIFF_ID: Schema = {"type": "string", "pattern": "^[0-9]{10}-[0-9A-Za-z]{8}$"}
KEY: Schema = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
SCOPES: Schema = listed({"enum": ["openid", "email", "profile", "chat_message.write"]})
VIEW: Schema = shape({"type": {"enum": ["compact", "tall", "full"]}, "url": TEXT}, {"moduleMode": FLAG})
MESSAGES: Schema = {"type": "array", "minItems": 1, "maxItems": 5, "items": {"type": "object"}}
SETTINGS: Schema = {
    "description": {"type": "string", "description": "the app's name; without it the channel's is shown"},
    "scope": SCOPES,
    "botPrompt": {"enum": ["none", "normal", "aggressive"]},
    "features": {"type": "object", "additionalProperties": FLAG},
    "permanentLinkPattern": {"const": "concat"},
    "shareTargetPicker": {**FLAG, "description": "the console's switch; on by default"},
}

SCHEMAS: dict[str, Schema] = {
    "LiffAppSettings": shape({"view": VIEW}, SETTINGS, "in the shape of LINE's LIFF server API and with its defaults"),
    "LiffApp": shape({"liffId": LIFF_ID, "view": VIEW}, SETTINGS),
    "LiffApps": shape({"apps": listed(to("LiffApp"))}),
    "LiffOpen": shape(
        {"userId": USER_ID},
        {
            "chatId": CHAT_ID,
            "extra": {"type": "string"},
            "referrer": {"type": "string"},
            "agreed": SCOPES,
            "addFriend": FLAG,
        },
        "`chatId`: where the LIFF URL was tapped, a group or by the person's own id the chat with the account;"
        " `extra`: what followed the LIFF ID in the URL; `agreed`, `addFriend`: what was ticked on the consent screen",
    ),
    "LiffOpened": shape(
        {
            "ask": {**SCOPES, "description": "not empty: the person has to agree first, nothing is open"},
            "app": shape(
                {"liffId": LIFF_ID, "name": TEXT, "viewType": {"enum": ["compact", "tall", "full"]}, "origin": TEXT}
            ),
            "user": shape({"userId": USER_ID, "name": TEXT}),
        },
        {
            "offersFriend": {**FLAG, "description": "the consent screen offers to add the account as a friend"},
            "key": KEY,
            "url": {**TEXT, "description": "the primary redirect URL"},
        },
    ),
    "LiffStart": shape(
        {"liffId": LIFF_ID, "accessToken": TEXT, "context": {"type": "object"}, "granted": SCOPES},
        {"idToken": {**TEXT, "description": "signed with ES256; only with the scope openid"}},
        "what liff.init() learns; `context` is what liff.getContext() gives",
    ),
    "LiffProfile": shape({"userId": USER_ID, "displayName": TEXT}),
    "LiffFriendship": shape({"friendFlag": FLAG}),
    "LiffMessages": shape({"messages": MESSAGES}),
    "LiffShareWish": shape({"messages": MESSAGES}, {"isMultiple": FLAG}),
    "LiffTargets": shape(
        {
            "friends": listed(shape({"userId": USER_ID, "name": TEXT})),
            "groups": listed(shape({"groupId": GROUP_ID, "name": TEXT, "members": {"type": "integer"}})),
        }
    ),
    "LiffShare": shape(
        {"messages": MESSAGES, "to": listed({"anyOf": [USER_ID, GROUP_ID]})},
        {"isMultiple": FLAG},
        "without `isMultiple` (true unless said) exactly one friend",
    ),
    "LiffShared": shape({"status": {"const": "success"}}),
}

APP, OPENING = "/_practice/liff-apps/{liffId}", "/_practice/liff-openings/{key}"

CALLS: tuple[tuple[str, str, str, str | None, str], ...] = (
    ("get", "/_practice/liff-apps", "All LIFF apps", None, "LiffApps"),
    ("put", APP, "Make or change a LIFF app under an id of one's own", "LiffAppSettings", "LiffApp"),
    (
        "post",
        f"{APP}/open",
        "A person opens a LIFF app, or is asked to agree first",
        "LiffOpen",
        "LiffOpened",
    ),
    ("get", OPENING, "What liff.init() learns: tokens, context, granted scopes", None, "LiffStart"),
    ("get", f"{OPENING}/profile", "liff.getProfile()", None, "LiffProfile"),
    ("get", f"{OPENING}/friendship", "liff.getFriendship()", None, "LiffFriendship"),
    ("post", f"{OPENING}/messages", "liff.sendMessages(), into the chat it was opened from", "LiffMessages", "Empty"),
    ("post", f"{OPENING}/targets", "Whom liff.shareTargetPicker() offers", "LiffShareWish", "LiffTargets"),
    ("post", f"{OPENING}/share", "What was chosen there is sent", "LiffShare", "LiffShared"),
    ("delete", OPENING, "Close the LIFF app", None, "Empty"),
)

PARAMETERS = {"liffId": LIFF_ID, "key": KEY}
